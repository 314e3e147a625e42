"""Who may sign in."""

import unicodedata
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from service.audit.store import Action, record
from service.auth.permissions import Permission, Role, permissions_of
from service.database import serialised
from service.errors import BadRequestError, ConflictError, NotFoundError
from service.models import ApiToken, SessionRow, SignInLink, User

_LONGEST_NAME = 100
# How the audit log names what no user did; nobody may go by these names.
COMMAND_LINE = "command line"
PROGRAM = "frontdoor"


class NameTakenError(ConflictError):
    """There is a user of this name already."""


class LastAdministratorError(ConflictError):
    """That would leave nobody to administer this. Make another administrator first."""


def list_users(session: Session) -> Sequence[User]:
    """Return all users by name."""
    return session.scalars(select(User).order_by(func.lower(User.name), User.id)).all()


def get_user(session: Session, user_id: uuid.UUID) -> User:
    """Return a user. Raises NotFoundError."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFoundError
    return user


def find_user(session: Session, name: str) -> User:
    """Return the user of a name, however it is capitalised. Raises NotFoundError."""
    wanted = cleaned_name(name).casefold()
    for user in session.scalars(select(User)):
        if user.name.casefold() == wanted:
            return user
    raise NotFoundError("there is no user of this name")


def create_user(session: Session, *, name: str, roles: Iterable[Role], actor: str, now: datetime) -> User:
    """Add a user. Raises BadRequestError for an unusable name, NameTakenError."""
    name = cleaned_name(name)
    serialised(session, "user")
    taken = {other.casefold() for other in session.scalars(select(User.name))}
    if name.casefold() in taken | {COMMAND_LINE, PROGRAM}:
        raise NameTakenError
    user = User(id=uuid.uuid4(), name=name, roles=_stored(roles), disabled=False, created_at=now)
    session.add(user)
    session.flush()
    detail = {"name": user.name, "roles": user.roles}
    record(session, actor=actor, action=Action.USER_CREATED, object=str(user.id), detail=detail, now=now)
    return user


def set_roles(session: Session, user: User, roles: Iterable[Role], *, actor: str, now: datetime) -> None:
    """Give a user exactly these roles. Raises LastAdministratorError."""
    wanted = _stored(roles)
    if wanted == user.roles:
        return
    serialised(session, "user")
    if Permission.USERS_MANAGE not in permissions_of(wanted):
        _keep_an_administrator(session, user)
    user.roles = wanted
    session.flush()
    detail = {"name": user.name, "roles": wanted}
    record(session, actor=actor, action=Action.ROLES_SET, object=str(user.id), detail=detail, now=now)


def disable_user(session: Session, user: User, *, actor: str, now: datetime) -> None:
    """Shut a user out: browsers are signed out, tokens revoked, links void. Raises LastAdministratorError."""
    if user.disabled:
        return
    serialised(session, "user")
    _keep_an_administrator(session, user)
    user.disabled = True
    session.flush()
    session.execute(delete(SessionRow).where(SessionRow.user_id == user.id))
    session.execute(delete(SignInLink).where(SignInLink.user_id == user.id))
    tokens = update(ApiToken).where(ApiToken.user_id == user.id, ApiToken.revoked_at.is_(None))
    session.execute(tokens.values(revoked_at=now))
    detail = {"name": user.name}
    record(session, actor=actor, action=Action.USER_DISABLED, object=str(user.id), detail=detail, now=now)


def enable_user(session: Session, user: User, *, actor: str, now: datetime) -> None:
    """Let a user sign in again, by a new link; tokens stay revoked."""
    if not user.disabled:
        return
    user.disabled = False
    session.flush()
    detail = {"name": user.name}
    record(session, actor=actor, action=Action.USER_ENABLED, object=str(user.id), detail=detail, now=now)


def cleaned_name(name: str) -> str:
    """Return a name as it is stored. Raises BadRequestError for one that is empty, too long or not printable."""
    text = unicodedata.normalize("NFC", " ".join(name.split()))
    if not text or len(text) > _LONGEST_NAME or not text.isprintable():
        raise BadRequestError(f"a name has 1 to {_LONGEST_NAME} characters, all of them printable")
    return text


def _stored(roles: Iterable[Role]) -> list[str]:
    wanted = set(roles)
    return [role.value for role in Role if role in wanted]


def _keep_an_administrator(session: Session, leaving: User) -> None:
    for user in session.scalars(select(User).where(User.disabled.is_(False), User.id != leaving.id)):
        if Permission.USERS_MANAGE in permissions_of(user.roles):
            return
    if not leaving.disabled and Permission.USERS_MANAGE in permissions_of(leaving.roles):
        raise LastAdministratorError
