"""What an operator says about a mailbox."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypeVar

from connectors import ConnectorError
from connectors.imap.loopback import is_loopback
from connectors.imap.oauth import TokenSource

_Choice = TypeVar("_Choice", bound=StrEnum)


class Tls(StrEnum):
    """How the connection is protected: from its first byte, after a STARTTLS, or not at all (this machine only)."""

    SSL = "ssl"
    STARTTLS = "starttls"
    NONE = "none"


class Mechanism(StrEnum):
    """How we sign in."""

    PASSWORD = "password"  # noqa: S105 - the name of a mechanism, not a password
    XOAUTH2 = "xoauth2"
    OAUTHBEARER = "oauthbearer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapSettings:
    r"""One account on one server. Raises ConnectorError, saying what to mend, when the values do not fit together.

    `folders` are names as a person reads them (`Angebote/Köln`), patterns with `*` (anything) and `%` (anything within
    one level), or special-use marks such as `\Sent`. `password` and `tokens` are secrets and never part of the repr.
    `timeout` is in seconds, for each answer of the server. `batch_size` messages at most are fetched in one call, and
    a message of more than `max_message_bytes` is refused unread. A lost connection is tried `tries` times in a row,
    `pause` seconds apart at first and twice as long each time.
    """

    name: str
    host: str
    user: str
    port: int = 993
    folders: tuple[str, ...] = ("INBOX", r"\Sent")
    tls: Tls | Literal["ssl", "starttls", "none"] = Tls.SSL
    ca_file: Path | None = None
    mechanism: Mechanism | Literal["password", "xoauth2", "oauthbearer"] = Mechanism.PASSWORD
    password: str = field(default="", repr=False)
    tokens: TokenSource | None = field(default=None, repr=False)
    batch_size: int = 200
    timeout: float = 60.0
    max_message_bytes: int = 64 * 2**20
    tries: int = 6
    pause: float = 0.5

    def __post_init__(self) -> None:
        object.__setattr__(self, "tls", _one_of(Tls, "tls", self.tls))
        object.__setattr__(self, "mechanism", _one_of(Mechanism, "mechanism", self.mechanism))
        for fault in _faults(self):
            raise ConnectorError(f"mailbox {self.name!r}: {fault}")

    @property
    def where(self) -> str:
        """Host and port, as error texts name the server."""
        return f"{self.host}:{self.port}"


def _one_of(kind: type[_Choice], field_name: str, value: str) -> _Choice:
    try:
        return kind(value)
    except ValueError:
        raise ConnectorError(f"{field_name} must be one of: {', '.join(kind)}") from None


def _faults(settings: ImapSettings) -> Iterator[str]:
    if not settings.name or not settings.host or not settings.user:
        yield "name, host and user are needed"
    if any(ord(sign) < 32 for sign in settings.host + settings.user + settings.password + "".join(settings.folders)):
        yield "host, user, password and folders must not contain control characters"
    if settings.tls is Tls.NONE and not is_loopback(settings.host):
        yield 'tls = "none" sends the password in the clear and is for this machine alone; use "ssl" or "starttls"'
    if settings.mechanism is Mechanism.PASSWORD and not settings.password:
        yield "a password is needed, or an OAuth2 mechanism with a token source"
    if settings.mechanism is not Mechanism.PASSWORD and settings.tokens is None:
        yield f"{settings.mechanism} needs a token source: client credentials, a refresh token or a service account"
    if not settings.folders:
        yield 'folders is empty; name at least one, for instance "INBOX"'
    yield from _out_of_bounds(settings)


def _out_of_bounds(settings: ImapSettings) -> Iterator[str]:
    if not 1 <= settings.port <= 65535:
        yield "port must be between 1 and 65535"
    if not 1 <= settings.batch_size <= 200:
        yield "batch_size must be between 1 and 200; 50 and more are fast"
    if settings.timeout <= 0 or settings.pause < 0:
        yield "timeout must be more than 0 seconds, and pause not less than 0"
    if settings.tries < 1 or settings.max_message_bytes < 1:
        yield "tries and max_message_bytes must be at least 1"
