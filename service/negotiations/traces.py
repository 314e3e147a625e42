"""What the audit log tells a plan's holders: who looked, who was refused, who could have signed in as one of them."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.audit.store import Action
from service.models import AuditEntry
from service.negotiations.access import Holder

_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A look at a plan, or one that was `refused`."""

    actor: str
    at: datetime
    refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A sign-in link that somebody else made for a holder since they were admitted."""

    holder: str
    made_by: str
    at: datetime


def looks_at(session: Session, negotiation_id: uuid.UUID) -> tuple[Look, ...]:
    """Return the last looks at a plan, latest first, those of earlier holders included."""
    actions = {Action.PLAN_VIEWED.value, Action.PLAN_REFUSED.value}
    query = select(AuditEntry).where(AuditEntry.object == str(negotiation_id), AuditEntry.action.in_(actions))
    rows = session.scalars(query.order_by(AuditEntry.seq.desc()).limit(_MOST))
    return tuple(Look(actor=row.actor, at=row.at, refused=row.action == Action.PLAN_REFUSED) for row in rows)


def links_for(session: Session, held: Collection[Holder]) -> tuple[Link, ...]:
    """Return the last sign-in links that somebody other than the holder made for one, latest first."""
    known = {str(one.user_id): one for one in held}
    query = select(AuditEntry).where(AuditEntry.object.in_(known), AuditEntry.action == Action.LINK_MADE.value)
    rows = session.scalars(query.order_by(AuditEntry.seq.desc()).limit(_MOST))
    return tuple(
        Link(holder=known[row.object].name, made_by=row.actor, at=row.at)
        for row in rows
        if row.actor != known[row.object].name and row.at >= known[row.object].admitted_at
    )
