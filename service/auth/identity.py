"""Who is asking."""

import uuid
from dataclasses import dataclass

from service.auth.permissions import Permission, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A user, in a browser or by a token, and what they may do just now.

    `token_id` is set when a token let them in, `session` (the hash of the cookie) when a browser did.
    """

    user_id: uuid.UUID
    name: str
    roles: tuple[Role, ...]
    permissions: frozenset[Permission]
    token_id: uuid.UUID | None = None
    session: bytes | None = None

    def may(self, permission: str) -> bool:
        """Tell whether something is allowed."""
        return permission in self.permissions

    @property
    def actor(self) -> str:
        """How the audit log names them."""
        return f"{self.name} (token {self.token_id})" if self.token_id else self.name
