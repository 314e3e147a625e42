"""A negotiation's plan: what is wanted, what is the limit, and how to get there. Each entry is sealed as a whole.

Nothing here asks who may: the routes let holders alone in (service.negotiations.access), and intake opens the facts to
look for them. Nothing of an entry is in the clear in the database but that there is one, since when, and by whom; its
sealed length says nothing either.
"""

import json
import logging
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from messages import SealedFact
from service.audit.store import Action, record
from service.crypto import Keys
from service.directory.version import note_context_change
from service.errors import BadRequestError, ConflictError, NotFoundError, UndecryptableError
from service.negotiations.facts import FactError, checked_fact, fact_fields
from service.negotiations.models import SealedFactRow

log = logging.getLogger("frontdoor.negotiations")

LONGEST_TITLE = 200
LONGEST_NOTE = 10_000
MOST_ENTRIES = 200
# Sealed texts are filled up to a multiple of this, so that their length does not tell how long a figure is.
_BLOCK = 512


class EntryRole(StrEnum):
    """What an entry is in the plan. `strategy` is a note without a fact; all others have one."""

    TARGET = "target"
    WALK_AWAY = "walk_away"
    LIMIT = "limit"
    ALTERNATIVE = "alternative"
    DEADLINE = "deadline"
    STRATEGY = "strategy"
    OTHER = "other"


class EntryChangedError(ConflictError):
    """The entry has changed since you looked at it: look again, then change it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """An entry of a plan. None of it shows in its repr."""

    role: EntryRole = field(repr=False)
    title: str = field(default="", repr=False)
    fact: SealedFact | None = field(default=None, repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """An entry as it is stored. `entry` is None where it can't be opened; `version` grows with every change."""

    id: uuid.UUID
    version: int
    changed_by: str
    changed_at: datetime
    entry: PlanEntry | None = field(repr=False)


def read_plan(session: Session, keys: Keys, negotiation_id: uuid.UUID) -> tuple[StoredEntry, ...]:
    """Open a plan, entries in the order of their roles, then of their titles; for its holders alone."""
    rows = session.scalars(select(SealedFactRow).where(SealedFactRow.negotiation_id == negotiation_id))
    return tuple(sorted((_stored(keys, row) for row in rows), key=_place))


def read_entry(session: Session, keys: Keys, negotiation_id: uuid.UUID, entry_id: uuid.UUID) -> StoredEntry:
    """Open one entry; for holders alone. Raises NotFoundError."""
    return _stored(keys, _row(session, negotiation_id, entry_id))


def facts_of(
    session: Session, keys: Keys, negotiation_ids: Iterable[uuid.UUID]
) -> dict[uuid.UUID, tuple[SealedFact, ...]]:
    """Open the facts of these negotiations' plans, to be looked for; each goes by its entry's id."""
    wanted = list(negotiation_ids)
    found: dict[uuid.UUID, list[SealedFact]] = {one: [] for one in wanted}
    query = select(SealedFactRow).where(SealedFactRow.negotiation_id.in_(wanted)).order_by(SealedFactRow.id)
    for row in session.scalars(query):
        entry = _opened(keys, row)
        if entry is not None and entry.fact is not None:
            found[row.negotiation_id].append(entry.fact)
    return {negotiation_id: tuple(facts) for negotiation_id, facts in found.items()}


def planned_among(session: Session, negotiation_ids: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return those of the negotiations that have a plan: all that others may know of it."""
    query = select(SealedFactRow.negotiation_id).where(SealedFactRow.negotiation_id.in_(list(negotiation_ids)))
    return frozenset(session.scalars(query.distinct()))


def add_fact(
    session: Session, keys: Keys, negotiation_id: uuid.UUID, entry: PlanEntry, *, actor: str, now: datetime
) -> uuid.UUID:
    """Add an entry to a plan; returns its id. Raises BadRequestError for one that can't be."""
    checked = _checked(entry)
    entries = session.scalars(select(SealedFactRow.id).where(SealedFactRow.negotiation_id == negotiation_id)).all()
    if len(entries) >= MOST_ENTRIES:
        raise BadRequestError(f"a plan has at most {MOST_ENTRIES} entries")
    row = SealedFactRow(id=uuid.uuid4(), negotiation_id=negotiation_id, version=1, changed_by=actor, changed_at=now)
    row.key_id, row.sealed = _seal(keys, row.id, checked)
    session.add(row)
    _note(session, row, "added", actor=actor, now=now)
    return row.id


def change_fact(
    session: Session,
    keys: Keys,
    negotiation_id: uuid.UUID,
    entry_id: uuid.UUID,
    entry: PlanEntry,
    *,
    version: int,
    actor: str,
    now: datetime,
) -> int:
    """Put another entry in the place of the one that was read at `version`; returns the new version.

    Raises NotFoundError, BadRequestError, EntryChangedError.
    """
    checked = _checked(entry)
    row = _row(session, negotiation_id, entry_id)
    if row.version != version:
        raise EntryChangedError
    row.key_id, row.sealed = _seal(keys, row.id, checked)
    row.version, row.changed_by, row.changed_at = version + 1, actor, now
    _note(session, row, "changed", actor=actor, now=now)
    return row.version


def remove_fact(session: Session, negotiation_id: uuid.UUID, entry_id: uuid.UUID, *, actor: str, now: datetime) -> None:
    """Take an entry out of a plan. Raises NotFoundError."""
    row = _row(session, negotiation_id, entry_id)
    session.delete(row)
    _note(session, row, "removed", actor=actor, now=now)


def save_facts(
    session: Session, keys: Keys, negotiation_id: uuid.UUID, facts: Collection[SealedFact], *, actor: str, now: datetime
) -> None:
    """Add the facts of a file that are not in the plan yet, their ids as titles; what is there stays as it is."""
    known = [replace(fact, id="") for fact in facts_of(session, keys, [negotiation_id])[negotiation_id]]
    for fact in facts:
        bare = replace(checked_fact(fact_fields(fact)), id="")
        if bare not in known:
            known.append(bare)
            # Without an id in the file a fact is called by its place there, which tells a holder nothing.
            title = "" if fact.id.isdecimal() else fact.id[:LONGEST_TITLE]
            entry = PlanEntry(role=EntryRole.OTHER, title=title, fact=bare)
            add_fact(session, keys, negotiation_id, entry, actor=actor, now=now)


def entry_place(entry_id: uuid.UUID) -> str:
    """Name the place that an entry is sealed for."""
    return f"sealed_fact:{entry_id}"


def _checked(entry: PlanEntry) -> PlanEntry:
    """Return an entry as it is stored. Raises FactError, which names the field alone."""
    title, note = " ".join(entry.title.split()), entry.note.replace("\r\n", "\n").strip()
    if len(title) > LONGEST_TITLE:
        raise FactError("title", f"must be a text of at most {LONGEST_TITLE} characters")
    if len(note) > LONGEST_NOTE:
        raise FactError("note", f"must be a text of at most {LONGEST_NOTE} characters")
    if entry.role is EntryRole.STRATEGY:
        if entry.fact is not None or not note:
            raise FactError("note", "is needed in an entry of role strategy, which has no fact")
        return PlanEntry(role=entry.role, title=title, note=note)
    if entry.fact is None:
        raise FactError("fact", f"is needed in an entry of role {entry.role}")
    return PlanEntry(role=entry.role, title=title, note=note, fact=checked_fact(fact_fields(entry.fact)))


def _seal(keys: Keys, entry_id: uuid.UUID, entry: PlanEntry) -> tuple[str, bytes]:
    content = {
        "role": entry.role.value,
        "title": entry.title,
        "note": entry.note,
        "fact": fact_fields(entry.fact) if entry.fact is not None else None,
    }
    text = json.dumps(content)
    return keys.seal(text + " " * (-len(text) % _BLOCK), place=entry_place(entry_id))


def _stored(keys: Keys, row: SealedFactRow) -> StoredEntry:
    return StoredEntry(
        id=row.id,
        version=row.version,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        entry=_opened(keys, row),
    )


def _opened(keys: Keys, row: SealedFactRow) -> PlanEntry | None:
    """Open an entry; one that can't be opened does not stop the others."""
    try:
        content: dict[str, Any] = json.loads(keys.open(row.key_id, row.sealed, place=entry_place(row.id)))
    except UndecryptableError:
        log.warning("the plan's entry %s can't be opened", row.id)
        return None
    fact = content["fact"]
    return PlanEntry(
        role=EntryRole(content["role"]),
        title=content["title"],
        note=content["note"],
        fact=checked_fact(fact, id=str(row.id)) if fact is not None else None,
    )


def _row(session: Session, negotiation_id: uuid.UUID, entry_id: uuid.UUID) -> SealedFactRow:
    row = session.get(SealedFactRow, entry_id, with_for_update=True, populate_existing=True)
    if row is None or row.negotiation_id != negotiation_id:
        raise NotFoundError
    return row


def _note(session: Session, row: SealedFactRow, what: str, *, actor: str, now: datetime) -> None:
    """Let intake take a new snapshot, and put on record that a plan changed, and nothing of what it says."""
    session.flush()
    note_context_change(session)
    record(
        session,
        actor=actor,
        action=Action.PLAN_CHANGED,
        object=str(row.negotiation_id),
        detail={"what": what},
        now=now,
    )


def _place(stored: StoredEntry) -> tuple[int, str, str]:
    if stored.entry is None:
        return len(EntryRole), "", str(stored.id)
    return list(EntryRole).index(stored.entry.role), stored.entry.title.casefold(), str(stored.id)
