"""Who holds a negotiation's plan: its holders alone open it, and they alone say who else may.

No role opens a plan. The first holder is a user who leads the negotiation or is in its team (by `User.address`) and
creates it, or claims it where nobody holds it. From then on holders admit and remove each other, and the last one
leaves only by handing the plan over or destroying it. A plan whose holders are all shut out can be destroyed by an
administrator, unread. What was sealed before a plan was destroyed stays withheld from whoever claims the next one.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.audit.store import Action, record
from service.auth.identity import Identity
from service.auth.permissions import Permission
from service.database import serialised
from service.directory.version import note_context_change
from service.errors import ConflictError, ForbiddenError, NotFoundError
from service.models import User
from service.negotiations.models import NegotiationAccess, NegotiationRow, SealedFactRow


class PlanClosedError(ForbiddenError):
    """The plan of this negotiation is open to its holders."""


class NotInTeamError(ConflictError):
    """Only somebody who leads this negotiation or is in its team can hold its plan."""


class HeldError(ConflictError):
    """This plan has holders: they alone admit others."""


class LastHolderError(ConflictError):
    """The last holder hands the plan over to somebody of the team, or destroys it."""


class HolderLeftError(ConflictError):
    """A plan can be destroyed from outside only when none of its holders can sign in any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A user who opens a plan; `address` is that of the person they are, None where no address is linked."""

    user_id: uuid.UUID
    name: str
    address: str | None
    disabled: bool
    admitted_by: str
    admitted_at: datetime


def holders(session: Session, negotiation_id: uuid.UUID) -> tuple[Holder, ...]:
    """Return who opens a plan, the longest-standing first; those who are shut out are marked."""
    query = (
        select(NegotiationAccess, User)
        .join(User, User.id == NegotiationAccess.user_id)
        .where(NegotiationAccess.negotiation_id == negotiation_id)
        .order_by(NegotiationAccess.admitted_at, User.name)
    )
    return tuple(
        Holder(
            user_id=user.id,
            name=user.name,
            address=user.address,
            disabled=user.disabled,
            admitted_by=access.admitted_by,
            admitted_at=access.admitted_at,
        )
        for access, user in session.execute(query)
    )


def viewer_of(asking: Identity) -> uuid.UUID | None:
    """Return the user as whom somebody sees plans and what is withheld for them; None sees what an outsider sees.

    A browser counts as its user. A token does only with the scope `negotiations:manage`: one that was made to export
    alerts opens nothing that is sealed, whoever made it.
    """
    if asking.token_id is None or asking.may(Permission.NEGOTIATIONS_MANAGE):
        return asking.user_id
    return None


def may_open(session: Session, negotiation_id: uuid.UUID, user_id: uuid.UUID | None) -> bool:
    """Tell whether a user opens a negotiation's plan."""
    return negotiation_id in opened_by(session, user_id)


def opened_by(session: Session, user_id: uuid.UUID | None) -> frozenset[uuid.UUID]:
    """Return the negotiations whose plans a user opens; none for nobody, or for somebody who is shut out."""
    if user_id is None:
        return frozenset()
    query = select(NegotiationAccess.negotiation_id).join(User, User.id == NegotiationAccess.user_id)
    return frozenset(session.scalars(query.where(User.id == user_id, User.disabled.is_(False))))


def is_held(session: Session, negotiation_id: uuid.UUID) -> bool:
    """Tell whether a negotiation has holders, whether or not they can sign in."""
    query = select(NegotiationAccess.user_id).where(NegotiationAccess.negotiation_id == negotiation_id)
    return session.scalar(query.limit(1)) is not None


def may_change_guarded(session: Session, negotiation_id: uuid.UUID, user_id: uuid.UUID | None) -> bool:
    """Tell whether a user may change who can be let into a plan and what stays sealed: once it has holders, they alone.

    That is lead, team and counterparties of the negotiation, what is published, and whether it is archived.
    """
    return not is_held(session, negotiation_id) or may_open(session, negotiation_id, user_id)


def in_team(row: NegotiationRow, user: User) -> bool:
    """Tell whether a user is the person who leads the negotiation, or one of its team."""
    return user.address is not None and user.address in {row.lead, *row.terms.get("team", ())}


def candidates(session: Session, row: NegotiationRow) -> list[User]:
    """Return the users of lead and team who could be admitted, by name."""
    held = {one.user_id for one in holders(session, row.id)}
    people = {row.lead, *row.terms.get("team", ())}
    query = select(User).where(User.address.in_(people), User.disabled.is_(False)).order_by(User.name)
    return [user for user in session.scalars(query) if user.id not in held]


def note_creator(session: Session, row: NegotiationRow, user_id: uuid.UUID, *, actor: str, now: datetime) -> bool:
    """Make whoever creates a negotiation its first holder, if they lead it or are in its team; tells whether so."""
    user = session.get(User, user_id)
    if user is None or not in_team(row, user) or is_held(session, row.id):
        return False
    _let_in(session, row.id, user, Action.PLAN_CLAIMED, actor=actor, now=now)
    return True


def claim(session: Session, row: NegotiationRow, user_id: uuid.UUID | None, *, actor: str, now: datetime) -> None:
    """Make a user the first holder of a plan that nobody holds.

    Raises PlanClosedError for somebody outside, HeldError, NotInTeamError, ConflictError for a template.
    """
    if user_id is None:
        raise PlanClosedError
    if row.is_template:
        raise ConflictError("a template has no plan")
    serialised(session, f"plan {row.id}")
    if is_held(session, row.id):
        raise HeldError
    user = _user(session, user_id)
    if user.disabled or not in_team(row, user):
        raise NotInTeamError
    _let_in(session, row.id, user, Action.PLAN_CLAIMED, actor=actor, now=now)


def admit(
    session: Session, row: NegotiationRow, user_id: uuid.UUID, *, by: uuid.UUID, actor: str, now: datetime
) -> None:
    """Let a holder admit somebody of lead or team. Raises PlanClosedError, NotInTeamError."""
    serialised(session, f"plan {row.id}")
    need_holder(session, row.id, by)
    user = _user(session, user_id)
    if user.disabled or not in_team(row, user):
        raise NotInTeamError
    if session.get(NegotiationAccess, (row.id, user.id)) is None:
        _let_in(session, row.id, user, Action.HOLDER_ADMITTED, actor=actor, now=now)


def remove(
    session: Session, negotiation_id: uuid.UUID, user_id: uuid.UUID, *, by: uuid.UUID, actor: str, now: datetime
) -> None:
    """Let a holder remove a holder, another or themselves.

    Raises PlanClosedError, NotFoundError, and LastHolderError where nobody who can sign in would be left.
    """
    serialised(session, f"plan {negotiation_id}")
    need_holder(session, negotiation_id, by)
    access = session.get(NegotiationAccess, (negotiation_id, user_id))
    if access is None:
        raise NotFoundError
    if not any(one.user_id != user_id and not one.disabled for one in holders(session, negotiation_id)):
        raise LastHolderError
    session.delete(access)
    session.flush()
    detail = {"user": str(user_id), "name": _user(session, user_id).name}
    record(session, actor=actor, action=Action.HOLDER_REMOVED, object=str(negotiation_id), detail=detail, now=now)


def hand_over(
    session: Session, row: NegotiationRow, user_id: uuid.UUID, *, by: uuid.UUID, actor: str, now: datetime
) -> None:
    """Admit somebody of lead or team and leave, at once. Raises as `admit` and `remove` do."""
    admit(session, row, user_id, by=by, actor=actor, now=now)
    remove(session, row.id, by, by=by, actor=actor, now=now)


def destroy(session: Session, negotiation_id: uuid.UUID, *, by: uuid.UUID | None, actor: str, now: datetime) -> None:
    """Delete a plan unread, with all its holders' access; what it had sealed stays withheld for good.

    A holder may do it, and anybody else (an administrator: the caller sees to that) once no holder can sign in any
    more. Raises HolderLeftError.
    """
    serialised(session, f"plan {negotiation_id}")
    if not may_open(session, negotiation_id, by) and not is_orphaned(session, negotiation_id):
        raise HolderLeftError
    session.execute(delete(SealedFactRow).where(SealedFactRow.negotiation_id == negotiation_id))
    session.execute(delete(NegotiationAccess).where(NegotiationAccess.negotiation_id == negotiation_id))
    session.flush()
    note_context_change(session)
    record(session, actor=actor, action=Action.PLAN_DESTROYED, object=str(negotiation_id), detail={}, now=now)


def is_orphaned(session: Session, negotiation_id: uuid.UUID) -> bool:
    """Tell whether a plan has holders of whom none can sign in any more."""
    held = holders(session, negotiation_id)
    return bool(held) and all(one.disabled for one in held)


def need_holder(session: Session, negotiation_id: uuid.UUID, user_id: uuid.UUID | None) -> None:
    """Raise PlanClosedError for whoever is no holder."""
    if not may_open(session, negotiation_id, user_id):
        raise PlanClosedError


def held_among(session: Session, negotiation_ids: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return those of the negotiations that have holders."""
    query = select(NegotiationAccess.negotiation_id).where(NegotiationAccess.negotiation_id.in_(list(negotiation_ids)))
    return frozenset(session.scalars(query.distinct()))


def _let_in(
    session: Session, negotiation_id: uuid.UUID, user: User, action: Action, *, actor: str, now: datetime
) -> None:
    session.add(NegotiationAccess(negotiation_id=negotiation_id, user_id=user.id, admitted_by=actor, admitted_at=now))
    session.flush()
    detail = {"user": str(user.id), "name": user.name}
    record(session, actor=actor, action=action, object=str(negotiation_id), detail=detail, now=now)


def _user(session: Session, user_id: uuid.UUID) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise NotFoundError
    return user
