"""The register as a read-only snapshot of the database, and what a file says taken over into it."""

import logging
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from messages import Directory, Negotiation, Register
from service.crypto import Keys
from service.directory import models as directory_models
from service.directory.version import note_context_change
from service.errors import ConfigurationError, FrontdoorError
from service.negotiations.access import held_among
from service.negotiations.models import NegotiationParty, NegotiationRow
from service.negotiations.plan import facts_of, save_facts
from service.negotiations.rates import load_rates, save_rates
from service.negotiations.record import ChangeNote, add_row, change_row
from service.negotiations.tables import Table
from service.negotiations.terms import negotiation_of

log = logging.getLogger("frontdoor.negotiations")

ACTOR = "files"


def load_register(session: Session, keys: Keys, directory: Directory) -> Register:
    """Take a snapshot of all that is neither archived nor a template, with opened sealed facts, by name.

    Whom the directory does not know any more is named as the negotiation names them.
    """
    query = select(NegotiationRow).where(NegotiationRow.archived_at.is_(None), NegotiationRow.is_template.is_(False))
    rows = session.scalars(query.order_by(NegotiationRow.name)).all()
    facts = facts_of(session, keys, [row.id for row in rows])
    read = zip(rows, read_rows(session, rows, directory), strict=True)
    found = [replace(one, sealed=facts.get(row.id, ())) for row, one in read if one is not None]
    return Register(tuple(found), load_rates(session))


def read_rows(session: Session, rows: Sequence[NegotiationRow], directory: Directory) -> list[Negotiation | None]:
    """Read rows as negotiations without sealed facts; None for one that can't be read, which is logged."""
    parties = parties_of(session, [row.id for row in rows])
    return [_read(row, parties.get(row.id, ()), directory) for row in rows]


def parties_of(session: Session, negotiation_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[str, ...]]:
    """Return the counterparties of negotiations, by name."""
    found: dict[uuid.UUID, list[str]] = {one: [] for one in negotiation_ids}
    query = (
        select(NegotiationParty.negotiation_id, directory_models.Counterparty.name)
        .join(directory_models.Counterparty, directory_models.Counterparty.id == NegotiationParty.counterparty_id)
        .order_by(directory_models.Counterparty.name)
    )
    # All of them are few: naming those that are wanted would take longer.
    for negotiation_id, name in session.execute(query):
        if negotiation_id in found:
            found[negotiation_id].append(name)
    return {negotiation_id: tuple(names) for negotiation_id, names in found.items()}


def save_register(session: Session, keys: Keys, register: Register, *, now: datetime) -> None:
    """Take over a register read from files: what it names is added or changed, nothing else is touched.

    What was published stays published. What only holders change of a negotiation whose plan they hold, files leave
    alone, and a warning in the log says so. Raises ConfigurationError.
    """
    known = {row.name: row for row in session.scalars(select(NegotiationRow))}
    held = held_among(session, [row.id for row in known.values()])
    save_rates(session, register.rates, actor=ACTOR, now=now)
    for one in register:
        row = known.get(one.name)
        if row is not None and row.is_template:
            raise ConfigurationError(f"a template is called {one.name!r}: rename it in the console, or mend the file")
        row = _save(session, row, one, is_held=row is not None and row.id in held, now=now)
        if row.id not in held:
            save_facts(session, keys, row.id, one.sealed, actor=ACTOR, now=now)
        elif one.sealed:
            log.warning("negotiation %s: its plan has holders, so the file's sealed facts are left out", row.id)
    note_context_change(session)


def _save(
    session: Session, row: NegotiationRow | None, one: Negotiation, *, is_held: bool, now: datetime
) -> NegotiationRow:
    note = ChangeNote(actor=ACTOR, now=now)
    if row is None:
        return add_row(session, one, note=note)
    [before] = read_rows(session, [row], Directory(own_domains=()))
    if before is not None:
        published = (*before.published, *(told for told in one.published if told not in before.published))
        one = replace(one, published=published)
        if is_held:
            one = _as_held(row.id, one, before)
    change_row(session, row, one, note=note)
    return row


def _as_held(row_id: uuid.UUID, one: Negotiation, before: Negotiation) -> Negotiation:
    """Return what a file says of a negotiation without what its plan's holders alone change."""
    kept = replace(
        one,
        lead=before.lead,
        team=before.team,
        counterparties=before.counterparties,
        published=before.published,
    )
    wanted = (one.lead, set(one.team), set(one.counterparties), one.published)
    if wanted != (kept.lead, set(kept.team), set(kept.counterparties), kept.published):
        log.warning("negotiation %s: its plan has holders, who alone change who is in it and publish", row_id)
    return kept


def _read(row: NegotiationRow, parties: tuple[str, ...], directory: Directory) -> Negotiation | None:
    days = {"from": row.first_day, "to": row.last_day}
    data = {
        **row.terms,
        **days,
        "name": row.name,
        "lead": row.lead,
        "phase": row.phase,
        "counterparties": list(parties),
    }
    table = Table(where=f"negotiation {row.id}", data=data, directory=directory, strict=False, complete=False)
    try:
        return replace(negotiation_of(table), id=str(row.id))
    except FrontdoorError:
        log.warning("negotiation %s can't be read, and is left out", row.id)
        return None
