"""Briefs that were made: kept sealed, and composed anew for each viewer."""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.audit.store import Action, record
from service.crypto import Keys
from service.errors import NotFoundError, UndecryptableError
from service.exposure.brief import Brief, compose
from service.exposure.gather import gather
from service.exposure.models import BriefRow
from service.exposure.snapshot import Snapshot
from service.exposure.veil import veil_of
from service.models import AuditEntry
from service.negotiations.models import NegotiationRow
from service.settings import Settings

log = logging.getLogger("frontdoor.exposure")

_SAME_LOOK = timedelta(minutes=10)
_LISTED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A brief as it is listed: nothing of what it says."""

    id: uuid.UUID
    negotiation_id: uuid.UUID
    counterparty: str
    made_by: str
    made_at: datetime


def preview(
    session: Session,
    keys: Keys,
    settings: Settings,
    row: NegotiationRow,
    counterparty: str,
    *,
    viewer: uuid.UUID | None,
    actor: str,
    now: datetime,
) -> Brief:
    """Compose a brief of what stands in the ledger now, without keeping it. Raises NoSuchPartyError."""
    snapshot = gather(session, keys, settings, row, counterparty, now=now)
    before = _latest(session, row.id, counterparty)
    return _composed(session, keys, snapshot, before, viewer=viewer, made_at=now, made_by=actor)


def make_brief(
    session: Session,
    keys: Keys,
    settings: Settings,
    row: NegotiationRow,
    counterparty: str,
    *,
    actor: str,
    now: datetime,
) -> Made:
    """Keep a brief of what stands in the ledger now; it goes on record. Raises NoSuchPartyError."""
    snapshot = gather(session, keys, settings, row, counterparty, now=now)
    made = BriefRow(id=uuid.uuid4(), negotiation_id=row.id, counterparty=counterparty, made_by=actor, made_at=now)
    made.key_id, made.sealed = seal_snapshot(keys, made.id, snapshot)
    session.add(made)
    session.flush()
    detail = {"negotiation": str(row.id), "counterparty": counterparty}
    record(session, actor=actor, action=Action.BRIEF_MADE, object=str(made.id), detail=detail, now=now)
    return _made(made)


def open_brief(session: Session, keys: Keys, brief_id: uuid.UUID, *, viewer: uuid.UUID | None) -> tuple[Made, Brief]:
    """Compose a kept brief for a viewer, with what had changed since the one before it. Raises NotFoundError."""
    row = session.get(BriefRow, brief_id)
    if row is None:
        raise NotFoundError
    snapshot = open_snapshot(keys, row)
    if snapshot is None:
        raise UndecryptableError
    before = _latest(session, row.negotiation_id, row.counterparty, but=row)
    brief = _composed(session, keys, snapshot, before, viewer=viewer, made_at=row.made_at, made_by=row.made_by)
    return _made(row), brief


def list_briefs(session: Session, negotiation_id: uuid.UUID) -> Sequence[Made]:
    """Return the latest briefs of a negotiation, latest first."""
    query = select(BriefRow).where(BriefRow.negotiation_id == negotiation_id)
    rows = session.scalars(query.order_by(BriefRow.made_at.desc(), BriefRow.id).limit(_LISTED))
    return [_made(row) for row in rows]


def record_brief_look(session: Session, made: Made, *, actor: str, form: str, now: datetime) -> None:
    """Put on record that somebody looked at a brief; looking again within minutes is the same look."""
    recent = select(AuditEntry.seq).where(
        AuditEntry.object == str(made.id),
        AuditEntry.at > now - _SAME_LOOK,
        AuditEntry.action == Action.BRIEF_VIEWED.value,
        AuditEntry.actor == actor,
    )
    if form == "page" and session.scalar(recent.limit(1)) is not None:
        return
    detail = {"negotiation": str(made.negotiation_id), "counterparty": made.counterparty, "form": form}
    record(session, actor=actor, action=Action.BRIEF_VIEWED, object=str(made.id), detail=detail, now=now)


def _composed(
    session: Session,
    keys: Keys,
    snapshot: Snapshot,
    previous: BriefRow | None,
    *,
    viewer: uuid.UUID | None,
    made_at: datetime,
    made_by: str,
) -> Brief:
    before = open_snapshot(keys, previous) if previous is not None else None
    lines = [*snapshot.lines, *(before.lines if before else ())]
    veil = veil_of(session, keys, lines, viewer)
    return compose(
        snapshot,
        veil,
        made_at=made_at,
        made_by=made_by,
        before=before,
        previous_at=previous.made_at if previous is not None and before is not None else None,
    )


def _latest(
    session: Session, negotiation_id: uuid.UUID, counterparty: str, *, but: BriefRow | None = None
) -> BriefRow | None:
    """Return the latest brief on a counterparty; the latest before one, with `but`."""
    query = select(BriefRow).where(BriefRow.negotiation_id == negotiation_id, BriefRow.counterparty == counterparty)
    if but is not None:
        query = query.where(BriefRow.made_at < but.made_at)
    return session.scalars(query.order_by(BriefRow.made_at.desc(), BriefRow.id).limit(1)).first()


def seal_snapshot(keys: Keys, brief_id: uuid.UUID, snapshot: Snapshot) -> tuple[str, bytes]:
    """Seal what a brief is composed of."""
    return keys.seal(snapshot.model_dump_json(), place=_place(brief_id))


def open_snapshot(keys: Keys, row: BriefRow) -> Snapshot | None:
    """Open what a brief is composed of; None where it can't be opened, which is logged."""
    try:
        return Snapshot.model_validate_json(keys.open(row.key_id, row.sealed, place=_place(row.id)))
    except (UndecryptableError, ValidationError):
        log.warning("brief %s can't be opened", row.id)
        return None


def _made(row: BriefRow) -> Made:
    return Made(
        id=row.id,
        negotiation_id=row.negotiation_id,
        counterparty=row.counterparty,
        made_by=row.made_by,
        made_at=row.made_at,
    )


def _place(brief_id: uuid.UUID) -> str:
    return f"brief:{brief_id}"
