"""Writing negotiations: each change raises the version, and is kept field by field with who made it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from messages import Negotiation
from service.audit.store import Action, record
from service.database import serialised
from service.directory import models as directory_models
from service.directory.version import note_context_change
from service.errors import BadRequestError, ConflictError
from service.negotiations.models import NegotiationChange, NegotiationParty, NegotiationRow
from service.negotiations.terms import days_of, terms_of


class NameTakenError(ConflictError):
    """Another negotiation or template has this name, perhaps an archived one: choose another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNote:
    """Who changes something, and when."""

    actor: str
    now: datetime


def add_row(
    session: Session,
    one: Negotiation,
    *,
    note: ChangeNote,
    is_template: bool = False,
    copied_from: uuid.UUID | None = None,
) -> NegotiationRow:
    """Store a new negotiation. Raises NameTakenError."""
    _free(session, one.name, but=None)
    row = NegotiationRow(
        id=uuid.uuid4(),
        is_template=is_template,
        copied_from=copied_from,
        version=1,
        created_at=note.now,
        created_by=note.actor,
    )
    _fill(row, one, note)
    session.add(row)
    session.flush()
    _set_parties(session, row.id, one)
    detail = {"name": one.name, "template": is_template}
    _note(session, row.id, Action.NEGOTIATION_CREATED, detail, note)
    return row


def change_row(session: Session, row: NegotiationRow, one: Negotiation, *, note: ChangeNote) -> bool:
    """Put what a negotiation is now in the place of what it was; tells whether that differs. Raises NameTakenError."""
    parties = select(directory_models.Counterparty.name).join(
        NegotiationParty, directory_models.Counterparty.id == NegotiationParty.counterparty_id
    )
    names = sorted(session.scalars(parties.where(NegotiationParty.negotiation_id == row.id)))
    before, after = _fields_of(row, names), fields_of(one)
    changed = {key: [before.get(key), after[key]] for key in after if before.get(key) != after[key]}
    if not changed:
        return False
    if one.name != row.name:
        _free(session, one.name, but=row.id)
    _fill(row, one, note)
    row.version += 1
    _set_parties(session, row.id, one)
    note_fields(session, row.id, changed, note=note)
    _note(session, row.id, Action.NEGOTIATION_CHANGED, {"name": one.name, "fields": sorted(changed)}, note)
    return True


def set_archived(session: Session, row: NegotiationRow, at: datetime | None, *, note: ChangeNote) -> None:
    """Put a negotiation aside, or take it back with None."""
    before, row.archived_at = row.archived_at, at
    row.updated_at = note.now
    row.version += 1
    note_fields(session, row.id, {"archived": [_iso(before), _iso(at)]}, note=note)
    action = Action.NEGOTIATION_RESTORED if at is None else Action.NEGOTIATION_ARCHIVED
    _note(session, row.id, action, {"name": row.name}, note)


def note_fields(
    session: Session, negotiation_id: uuid.UUID, fields: Mapping[str, list[Any]], *, note: ChangeNote
) -> None:
    """Keep each field's value before and after."""
    change = NegotiationChange(negotiation_id=negotiation_id, at=note.now, actor=note.actor, fields=dict(fields))
    session.add(change)


def fields_of(one: Negotiation) -> dict[str, Any]:
    """Write a negotiation's public part under the keys of negotiations.toml."""
    return {
        "name": one.name,
        "counterparties": sorted(one.counterparties),
        "lead": one.lead,
        "phase": one.phase.value,
        **days_of(one.days),
        **terms_of(one),
    }


def _fields_of(row: NegotiationRow, parties: list[str]) -> dict[str, Any]:
    return {
        **row.terms,
        "name": row.name,
        "counterparties": parties,
        "lead": row.lead,
        "phase": row.phase,
        "from": row.first_day.isoformat() if row.first_day else None,
        "to": row.last_day.isoformat() if row.last_day else None,
    }


def _fill(row: NegotiationRow, one: Negotiation, note: ChangeNote) -> None:
    row.name, row.phase, row.lead = one.name, one.phase.value, one.lead
    row.first_day, row.last_day = one.days.first, one.days.last
    row.terms = terms_of(one)
    row.updated_at = note.now


def _set_parties(session: Session, negotiation_id: uuid.UUID, one: Negotiation) -> None:
    table = directory_models.Counterparty
    # One by one: names can be too many for one query, and are a handful.
    ids = {name: session.scalar(select(table.id).where(table.name == name)) for name in one.counterparties}
    session.execute(delete(NegotiationParty).where(NegotiationParty.negotiation_id == negotiation_id))
    for name, counterparty_id in ids.items():
        if counterparty_id is None:
            raise BadRequestError(f"no counterparty is called {name!r}")
        session.add(NegotiationParty(negotiation_id=negotiation_id, counterparty_id=counterparty_id))
    session.flush()


def _free(session: Session, name: str, *, but: uuid.UUID | None) -> None:
    serialised(session, "negotiation")
    taken = session.scalar(select(NegotiationRow.id).where(NegotiationRow.name == name))
    if taken is not None and taken != but:
        raise NameTakenError


def _note(
    session: Session, negotiation_id: uuid.UUID, action: Action, detail: dict[str, object], note: ChangeNote
) -> None:
    session.flush()
    note_context_change(session)
    record(session, actor=note.actor, action=action, object=str(negotiation_id), detail=detail, now=note.now)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
