"""Signing in by a link that works once."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from service.audit.store import Action, record
from service.auth.credentials import hash_of, new_secret
from service.auth.permissions import Role
from service.auth.sessions import open_session
from service.auth.users import COMMAND_LINE, PROGRAM, create_user, find_user
from service.errors import ConflictError
from service.models import AuditEntry, SignInLink, User

FIRST_LIFETIME = timedelta(hours=24)
LIFETIME = timedelta(minutes=15)
_FIRST_NAME = "administrator"


def make_sign_in_link(
    session: Session, *, user: User, base_url: str, actor: str, now: datetime, lifetime: timedelta = LIFETIME
) -> str:
    """Make a link that signs a user in once. Raises ConflictError when the user is disabled."""
    if user.disabled:
        raise ConflictError("this user is disabled")
    secret = new_secret()
    session.add(SignInLink(token_hash=hash_of(secret), user_id=user.id, expires_at=now + lifetime))
    session.flush()
    detail = {"name": user.name, "minutes": int(lifetime.total_seconds() // 60)}
    record(session, actor=actor, action=Action.LINK_MADE, object=str(user.id), detail=detail, now=now)
    return f"{base_url.rstrip('/')}/sign-in?token={secret}"


def sign_in_link_for(session: Session, name: str, *, base_url: str, now: datetime) -> str:
    """Make a link for the user of a name, from the command line. Raises NotFoundError, ConflictError."""
    return make_sign_in_link(session, user=find_user(session, name), base_url=base_url, actor=COMMAND_LINE, now=now)


def first_sign_in_link(session: Session, *, base_url: str, now: datetime) -> str | None:
    """Make the first administrator's link, as long as nobody has ever signed in; None after that."""
    signed_in = select(AuditEntry.seq).where(AuditEntry.action == Action.SIGNED_IN.value).order_by(AuditEntry.seq)
    if session.execute(signed_in.limit(1)).first() is not None:
        return None
    user = ensure_first_administrator(session, now=now)
    return make_sign_in_link(session, user=user, base_url=base_url, actor=PROGRAM, now=now, lifetime=FIRST_LIFETIME)


def ensure_first_administrator(session: Session, *, now: datetime) -> User:
    """Return the oldest administrator who may sign in; make the first one where there is none."""
    for user in session.scalars(select(User).where(User.disabled.is_(False)).order_by(User.created_at, User.id)):
        if Role.ADMINISTRATOR.value in user.roles:
            return user
    return create_user(session, name=_FIRST_NAME, roles=[Role.ADMINISTRATOR], actor=PROGRAM, now=now)


def redeem(session: Session, secret: str, *, now: datetime) -> str | None:
    """Use a link up; returns the new session's cookie, or None when the link was used, has expired or never was.

    Of two that try at once, one wins. The user's other links are void then.
    """
    link = SignInLink.token_hash == hash_of(secret)
    used = update(SignInLink).where(link, SignInLink.used_at.is_(None), SignInLink.expires_at > now)
    if session.execute(used.values(used_at=now)).rowcount != 1:  # type: ignore[attr-defined] # an UPDATE's result has one
        return None
    user = session.scalars(
        select(User).join(SignInLink, SignInLink.user_id == User.id).where(link, User.disabled.is_(False))
    ).one_or_none()
    if user is None:
        return None
    session.execute(delete(SignInLink).where(SignInLink.user_id == user.id, SignInLink.used_at.is_(None)))
    cookie = open_session(session, user, now=now)
    record(session, actor=user.name, action=Action.SIGNED_IN, object=str(user.id), detail={}, now=now)
    return cookie
