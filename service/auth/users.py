"""Who may sign in."""

import re
import unicodedata
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from service.audit.store import Action, record
from service.auth.permissions import Permission, Role, permissions_of
from service.database import serialised
from service.directory.fields import cleaned_address
from service.errors import BadRequestError, ConflictError, NotFoundError
from service.models import ApiToken, SessionRow, SignInLink, User
from service.negotiations.models import NegotiationAccess

_LONGEST_NAME = 100
# A workspace's id, or a whole Enterprise Grid's, and a person's id in it.
_SLACK = re.compile(r"[TE][A-Z0-9]{1,30}:[UW][A-Z0-9]{1,30}")
# How the audit log names what no user did; nobody may go by these names.
COMMAND_LINE = "command line"
PROGRAM = "frontdoor"
# Behind the name of its owner, it names a token in the audit log; a user called so would pass for another's.
TOKEN_MARK = "(token"  # noqa: S105 - a name, not a secret


class NameTakenError(ConflictError):
    """There is a user of this name already."""


class SlackTakenError(ConflictError):
    """Another user acts as this Slack person already."""


class AddressTakenError(ConflictError):
    """Another user is this person already."""


class HoldsPlanError(ConflictError):
    """This user holds a negotiation's plan: a holder removes them first, then their address can be changed."""


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


def find_slack_user(session: Session, people: Iterable[str]) -> User | None:
    """Return the user who acts as one of these Slack people (`TEAM:USER`), the first that has one; disabled or not."""
    names = list(people)
    found = {user.slack: user for user in session.scalars(select(User).where(User.slack.in_(names)))}
    return next((found[name] for name in names if name in found), None)


def create_user(
    session: Session,
    *,
    name: str,
    roles: Iterable[Role],
    actor: str,
    now: datetime,
    slack: str = "",
    address: str = "",
) -> User:
    """Add a user; `slack` is as for `link_slack`, `address` as for `link_address`.

    Raises BadRequestError for what can't be, NameTakenError, SlackTakenError, AddressTakenError.
    """
    name, wanted = cleaned_name(name), cleaned_slack(slack)
    if TOKEN_MARK in name.casefold():
        raise BadRequestError("a name has no “(token” in it: the audit log names programs so")
    serialised(session, "user")
    taken = {other.casefold() for other in session.scalars(select(User.name))}
    if name.casefold() in taken | {COMMAND_LINE, PROGRAM}:
        raise NameTakenError
    _keep_apart(session, wanted)
    user = User(id=uuid.uuid4(), name=name, roles=_stored(roles), disabled=False, created_at=now)
    session.add(user)
    session.flush()
    detail = {"name": user.name, "roles": user.roles}
    record(session, actor=actor, action=Action.USER_CREATED, object=str(user.id), detail=detail, now=now)
    link_slack(session, user, slack, actor=actor, now=now)
    link_address(session, user, address, actor=actor, now=now)
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


def link_slack(session: Session, user: User, slack: str, *, actor: str, now: datetime) -> None:
    """Let a user act as a Slack person, `TEAM:USER`, and as no other; an empty text takes that back.

    Raises BadRequestError for what names no Slack person, SlackTakenError.
    """
    wanted = cleaned_slack(slack)
    if wanted == user.slack:
        return
    serialised(session, "user")
    _keep_apart(session, wanted)
    action = Action.SLACK_LINKED if wanted else Action.SLACK_UNLINKED
    detail = {"name": user.name, "slack": wanted or user.slack}
    user.slack = wanted
    session.flush()
    record(session, actor=actor, action=action, object=str(user.id), detail=detail, now=now)


def link_address(session: Session, user: User, address: str, *, actor: str, now: datetime) -> None:
    """Say which person of ours a user is, by mail address, which no other user has; an empty text takes that back.

    By it the register knows who leads what, so it opens plans: whoever holds one keeps their address until a holder has
    removed them. Raises BadRequestError for what is no address, AddressTakenError, HoldsPlanError.
    """
    wanted = cleaned_address("address", address) if address.strip() else None
    if wanted == user.address:
        return
    serialised(session, "user")
    held = select(NegotiationAccess.negotiation_id).where(NegotiationAccess.user_id == user.id)
    if session.scalar(held.limit(1)) is not None:
        raise HoldsPlanError
    if wanted and session.scalar(select(User.id).where(User.address == wanted)) is not None:
        raise AddressTakenError
    action = Action.ADDRESS_LINKED if wanted else Action.ADDRESS_UNLINKED
    detail = {"name": user.name, "address": wanted or user.address}
    user.address = wanted
    session.flush()
    record(session, actor=actor, action=action, object=str(user.id), detail=detail, now=now)


def disable_user(session: Session, user: User, *, actor: str, now: datetime) -> None:
    """Shut a user out: browsers are signed out, tokens revoked, links void. Raises LastAdministratorError."""
    if user.disabled:
        return
    serialised(session, "user")
    _keep_an_administrator(session, user)
    user.disabled = True
    session.flush()
    _sign_out(session, user, now=now)
    detail = {"name": user.name}
    record(session, actor=actor, action=Action.USER_DISABLED, object=str(user.id), detail=detail, now=now)


def sign_out_user(session: Session, user: User, *, actor: str, now: datetime) -> None:
    """Take back all by which a user is let in, browsers, links and tokens; a new link lets them in again."""
    if _sign_out(session, user, now=now):
        detail = {"name": user.name, "everywhere": True}
        record(session, actor=actor, action=Action.SIGNED_OUT, object=str(user.id), detail=detail, now=now)


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


def cleaned_slack(slack: str) -> str | None:
    """Return a Slack person as stored, None for an empty text. Raises BadRequestError for anything else."""
    text = slack.strip().upper()
    if not text:
        return None
    if not _SLACK.fullmatch(text):
        raise BadRequestError(
            "a Slack person is TEAM:USER, the workspace's and the person's id, such as T024BE7LD:U0G9QF9C6"
        )
    return text


def _sign_out(session: Session, user: User, *, now: datetime) -> bool:
    """Tell whether there was anything to take back."""
    tokens = update(ApiToken).where(ApiToken.user_id == user.id, ApiToken.revoked_at.is_(None))
    found = [
        session.execute(delete(SessionRow).where(SessionRow.user_id == user.id).returning(SessionRow.user_id)).all(),
        session.execute(delete(SignInLink).where(SignInLink.user_id == user.id).returning(SignInLink.user_id)).all(),
        session.execute(tokens.values(revoked_at=now).returning(ApiToken.id)).all(),
    ]
    return any(found)


def _stored(roles: Iterable[Role]) -> list[str]:
    wanted = set(roles)
    return [role.value for role in Role if role in wanted]


def _keep_apart(session: Session, slack: str | None) -> None:
    if slack and find_slack_user(session, [slack]) is not None:
        raise SlackTakenError


def _keep_an_administrator(session: Session, leaving: User) -> None:
    for user in session.scalars(select(User).where(User.disabled.is_(False), User.id != leaving.id)):
        if Permission.USERS_MANAGE in permissions_of(user.roles):
            return
    if not leaving.disabled and Permission.USERS_MANAGE in permissions_of(leaving.roles):
        raise LastAdministratorError
