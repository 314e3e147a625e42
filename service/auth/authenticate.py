"""Finding out who is asking, by cookie or token."""

import uuid
from datetime import datetime, timedelta

from fastapi import Request
from sqlalchemy import Row, Select, select, update
from sqlalchemy.orm import Session

from service.auth.credentials import hash_of
from service.auth.identity import Identity
from service.auth.permissions import Permission, Role, named, permissions_of
from service.auth.sessions import cookie_name, extended
from service.auth.tokens import PREFIX
from service.database import Database
from service.models import ApiToken, SessionRow, User

_NOTED_EVERY = timedelta(minutes=1)


def authenticate(database: Database, request: Request, *, now: datetime) -> Identity | None:
    """Tell who is asking; None when the request shows nothing valid.

    A token goes before a cookie, and a wrong token is not made good by a cookie. Its own short transaction: nothing
    is locked for somebody who is not let in.
    """
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return _by_token(database, bearer.strip(), now=now)
    in_query = request.query_params.get("token")
    if in_query and request.url.path.startswith("/feeds/"):
        return _by_token(database, in_query, now=now, in_address=True)
    cookie = request.cookies.get(cookie_name(request.app.state.settings))
    return _by_cookie(database, cookie, now=now) if cookie else None


def still_valid(session: Session, identity: Identity, permission: Permission, *, now: datetime) -> bool:
    """Tell whether somebody who was let in before would be let in again: for connections that stay open."""
    if identity.token_id is not None:
        row = session.execute(_tokens(now).where(ApiToken.id == identity.token_id)).one_or_none()
        return row is not None and permission in _token_identity(row).permissions
    browser = session.execute(_sessions(now).where(SessionRow.token_hash == identity.session)).one_or_none()
    return browser is not None and permission in permissions_of(browser.User.roles)


def _by_token(database: Database, token: str, *, now: datetime, in_address: bool = False) -> Identity | None:
    if not token.startswith(PREFIX):
        return None
    with database.transaction(write=False) as session:
        row = session.execute(_tokens(now).where(ApiToken.token_hash == hash_of(token))).one_or_none()
    # An address is written down in many places, so a token in one may open nothing but feeds without words.
    if row is None or (in_address and row.ApiToken.scopes != [Permission.FEEDS_READ.value]):
        return None
    used = row.ApiToken.used_at
    if used is None or now - used >= _NOTED_EVERY:
        with database.transaction() as session:
            session.execute(update(ApiToken).where(ApiToken.id == row.ApiToken.id).values(used_at=now))
    return _token_identity(row)


def _by_cookie(database: Database, cookie: str, *, now: datetime) -> Identity | None:
    token_hash = hash_of(cookie)
    with database.transaction(write=False) as session:
        row = session.execute(_sessions(now).where(SessionRow.token_hash == token_hash)).one_or_none()
    if row is None:
        return None
    end = extended(row.SessionRow, now=now)
    if end is not None:
        with database.transaction() as session:
            session.execute(update(SessionRow).where(SessionRow.token_hash == token_hash).values(expires_at=end))
    user = row.User
    return Identity(
        user_id=user.id,
        name=user.name,
        roles=_roles(user),
        permissions=permissions_of(user.roles),
        session=token_hash,
    )


def _tokens(now: datetime) -> Select[ApiToken, User]:
    return (
        select(ApiToken, User)
        .join(User, User.id == ApiToken.user_id)
        .where(
            User.disabled.is_(False),
            ApiToken.revoked_at.is_(None),
            (ApiToken.expires_at.is_(None)) | (ApiToken.expires_at > now),
        )
    )


def _sessions(now: datetime) -> Select[SessionRow, User]:
    return (
        select(SessionRow, User)
        .join(User, User.id == SessionRow.user_id)
        .where(User.disabled.is_(False), SessionRow.expires_at > now)
    )


def _token_identity(row: Row[ApiToken, User]) -> Identity:
    token, user = row.ApiToken, row.User
    # A token never has more than its owner, also when the owner's roles were narrowed after it was made.
    allowed = named(token.scopes) & permissions_of(user.roles)
    return Identity(
        user_id=user.id, name=user.name, roles=_roles(user), permissions=allowed, token_id=uuid.UUID(str(token.id))
    )


def _roles(user: User) -> tuple[Role, ...]:
    return tuple(role for role in Role if role.value in user.roles)
