"""Machines' keys."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.audit.store import Action, record
from service.auth.credentials import hash_of, new_secret
from service.auth.permissions import Permission, permissions_of
from service.auth.users import cleaned_name
from service.errors import BadRequestError, ConflictError, ForbiddenError, NotFoundError
from service.models import ApiToken, User

PREFIX = "fd_"


def create_token(
    session: Session,
    *,
    owner: User,
    name: str,
    scopes: Collection[Permission],
    expires_at: datetime | None,
    actor: str,
    now: datetime,
) -> tuple[ApiToken, str]:
    """Make a token; returns its row and the secret, which can't be had again.

    Raises BadRequestError without a scope or with an end in the past, ForbiddenError for a scope its owner lacks.
    """
    if not scopes:
        raise BadRequestError("a token needs at least one scope")
    if expires_at is not None and expires_at <= now:
        raise BadRequestError("a token must end in the future")
    if owner.disabled:
        raise ConflictError("the token's owner is disabled")
    if not set(scopes) <= permissions_of(owner.roles):
        raise ForbiddenError("a token can't have a scope that its owner lacks")
    secret = PREFIX + new_secret()
    token = ApiToken(
        id=uuid.uuid4(),
        name=cleaned_name(name),
        token_hash=hash_of(secret),
        user_id=owner.id,
        scopes=[scope.value for scope in Permission if scope in scopes],
        created_at=now,
        expires_at=expires_at,
    )
    session.add(token)
    session.flush()
    detail = {"name": token.name, "owner": owner.name, "scopes": token.scopes}
    record(session, actor=actor, action=Action.TOKEN_CREATED, object=str(token.id), detail=detail, now=now)
    return token, secret


def list_tokens(session: Session, *, owner: uuid.UUID | None = None) -> Sequence[tuple[ApiToken, User]]:
    """Return tokens with their owners, latest first: all of them, or one owner's."""
    query = select(ApiToken, User).join(User, User.id == ApiToken.user_id)
    if owner is not None:
        query = query.where(ApiToken.user_id == owner)
    rows = session.execute(query.order_by(ApiToken.created_at.desc(), ApiToken.id)).all()
    return [(row.ApiToken, row.User) for row in rows]


def revoke_token(session: Session, token_id: uuid.UUID, *, actor: str, now: datetime) -> ApiToken:
    """Make a token let nobody in any more. Raises NotFoundError."""
    token = session.get(ApiToken, token_id)
    if token is None:
        raise NotFoundError
    if token.revoked_at is None:
        token.revoked_at = now
        session.flush()
        detail = {"name": token.name}
        record(session, actor=actor, action=Action.TOKEN_REVOKED, object=str(token.id), detail=detail, now=now)
    return token
