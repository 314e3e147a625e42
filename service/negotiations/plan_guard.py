"""Letting holders alone through to a plan, and putting on record whoever was not let in."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session

from service.audit.store import Action, record_once
from service.auth.identity import Identity
from service.auth.permissions import Permission
from service.crypto import Keys
from service.depends import Asking, Now, TheDatabase
from service.errors import NotFoundError
from service.exposure.forget import forget_guarded
from service.negotiations import access
from service.negotiations.access import PlanClosedError, may_open, viewer_of
from service.negotiations.models import NegotiationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A plan that is open to whoever asks, and who they are."""

    negotiation_id: uuid.UUID
    user_id: uuid.UUID
    actor: str


def get_holding(negotiation_id: uuid.UUID, database: TheDatabase, asking: Asking, now: Now) -> Holding:
    """Let a holder through. Raises NotFoundError, PlanClosedError.

    In a transaction of its own, before the request's: what is refused is on record although the request comes to
    nothing. So a route names its holding first, and its session after it.
    """
    user_id = viewer_of(asking)
    with database.transaction(write=False) as session:
        if session.get(NegotiationRow, negotiation_id) is None:
            raise NotFoundError
        if user_id is not None and may_open(session, negotiation_id, user_id):
            return Holding(negotiation_id=negotiation_id, user_id=user_id, actor=asking.actor)
    with database.transaction() as session:
        note_refused(session, negotiation_id, asking, now=now)
    raise PlanClosedError


def note_refused(session: Session, negotiation_id: uuid.UUID, asking: Identity, *, now: datetime) -> None:
    """Put on record that somebody wanted to see a plan that is not open to them."""
    record_once(session, actor=asking.actor, action=Action.PLAN_REFUSED, object=str(negotiation_id), now=now)


def note_look(session: Session, holding: Holding, *, now: datetime) -> None:
    """Put on record that a holder looked at their plan."""
    record_once(session, actor=holding.actor, action=Action.PLAN_VIEWED, object=str(holding.negotiation_id), now=now)


def destroy(session: Session, keys: Keys, negotiation_id: uuid.UUID, asking: Identity, *, now: datetime) -> None:
    """Destroy a plan unread, for a holder of it; for an administrator, once no holder can sign in any more.

    What the ledger holds for the plan's holders alone goes with it.

    Raises NotFoundError, PlanClosedError, HolderLeftError.
    """
    if session.get(NegotiationRow, negotiation_id) is None:
        raise NotFoundError
    by = viewer_of(asking)
    if not may_open(session, negotiation_id, by) and not asking.may(Permission.USERS_MANAGE):
        raise PlanClosedError
    access.destroy(session, negotiation_id, by=by, actor=asking.actor, now=now)
    forget_guarded(session, keys, negotiation_id)


TheHolding = Annotated[Holding, Depends(get_holding)]
