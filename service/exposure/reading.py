"""What pages and briefs read of the ledger beside its entries: their order, counts, links, reasons."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from service.crypto import Keys
from service.exposure.edits import edits_of, open_edit
from service.exposure.facts import open_fact
from service.exposure.models import EntryKind, EntryState, ExposureEntry, ExposureLink
from service.exposure.pseudonyms import pseudonyms_of
from service.exposure.schemas import EntryFilter
from service.exposure.snapshot import Line
from service.exposure.store import matching
from service.negotiations.access import opened_by

# More entries on one counterparty than a brief takes in: the latest count.
MOST_LINES = 2000
FOR_HOLDERS = "Withheld: the holders of the plan can read it."
_AT_ONCE = 1000


class Sort(StrEnum):
    """The order of entries."""

    LAST = "last"
    FIRST = "first"
    SURE = "sure"
    OFTEN = "often"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What followed a question, or the question that something answered: the entry at the other end."""

    entry_id: uuid.UUID
    kind: EntryKind
    told_by: str
    days: float


def rows_of(
    session: Session, asked: EntryFilter, *, sort: Sort = Sort.LAST, offset: int = 0, limit: int = 50
) -> Sequence[ExposureEntry]:
    """Return a page of entries as they are stored."""
    query = select(ExposureEntry).where(*matching(asked)).order_by(*_order(sort))
    return session.scalars(query.offset(offset).limit(limit)).all()


def count_kinds(session: Session, asked: EntryFilter) -> dict[EntryKind, int]:
    """Count the entries of each kind."""
    query = select(ExposureEntry.kind, func.count()).where(*matching(asked)).group_by(ExposureEntry.kind)
    counts = {kind: count for kind, count in session.execute(query)}  # noqa: C416 - rows are no pairs
    return {kind: counts.get(kind, 0) for kind in EntryKind}


def first_told(session: Session, asked: EntryFilter) -> Sequence[tuple[datetime, str]]:
    """Return when each entry was first told, with its label."""
    query = select(ExposureEntry.first_at, ExposureEntry.label).where(*matching(asked))
    return [(at, label) for at, label in session.execute(query)]


def labels_in(session: Session, asked: EntryFilter) -> Sequence[str]:
    """Return the labels that there are entries of."""
    query = select(ExposureEntry.label).where(*matching(asked)).distinct().order_by(ExposureEntry.label)
    return session.scalars(query).all()


def links_of(session: Session, rows: Sequence[ExposureEntry]) -> dict[uuid.UUID, tuple[Link, ...]]:
    """Return by entry what counts at the other end of its links: answers of a question, questions of an answer."""
    names = pseudonyms_of(session, {row.counterparty for row in rows})
    found: dict[uuid.UUID, list[Link]] = defaultdict(list)
    other, ids = aliased(ExposureEntry), [row.id for row in rows]
    valid = other.state == EntryState.VALID.value
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        for own, far in ((ExposureLink.asked_id, ExposureLink.told_id), (ExposureLink.told_id, ExposureLink.asked_id)):
            query = select(own, other, ExposureLink.days).join(other, other.id == far).where(own.in_(some), valid)
            for entry_id, row, days in session.execute(query.order_by(ExposureLink.days)):
                link = Link(entry_id=row.id, kind=EntryKind(row.kind), told_by=teller_of(row, names), days=days)
                found[entry_id].append(link)
    return {entry: tuple(links) for entry, links in found.items()}


def reasons_of(
    session: Session, keys: Keys, rows: Sequence[ExposureEntry], viewer: uuid.UUID | None
) -> dict[uuid.UUID, str]:
    """Return why entries no longer count, by entry; what was written for holders is withheld from others."""
    opened = opened_by(session, viewer)
    found = {}
    for row in rows:
        if row.state == EntryState.VALID:
            continue
        edits = edits_of(session, row.id)
        undone = {edit.undoes for edit in edits}
        last = next((one for one in reversed(edits) if one.undoes is None and one.id not in undone), None)
        told = open_edit(keys, last) if last is not None else None
        if told is not None:
            found[row.id] = FOR_HOLDERS if told.guarded and row.negotiation_id not in opened else told.reason
    return found


def lines_of(session: Session, keys: Keys, counterparty: str, negotiation_id: uuid.UUID) -> list[Line]:
    """Return what a brief holds of a counterparty's entries in a negotiation, or in none; the latest first."""
    query = select(ExposureEntry).where(*_scope(counterparty, negotiation_id)).order_by(*_order(Sort.LAST))
    rows = session.scalars(query.limit(MOST_LINES)).all()
    names, links = pseudonyms_of(session, {counterparty}), links_of(session, rows)
    return [_line(keys, row, links.get(row.id, ()), teller_of(row, names)) for row in rows]


def count_in_scope(session: Session, counterparty: str, negotiation_id: uuid.UUID) -> tuple[int, int]:
    """Count the valid entries that a brief takes in, and those on the same counterparty that it does not."""
    valid = ExposureEntry.state == EntryState.VALID.value
    query = select(func.count()).select_from(ExposureEntry).where(valid)
    inside = session.scalar(query.where(*_scope(counterparty, negotiation_id))) or 0
    return inside, (session.scalar(query.where(ExposureEntry.counterparty == counterparty)) or 0) - inside


def teller_of(row: ExposureEntry, names: Mapping[tuple[str, str], str]) -> str:
    """Name who told or asked something first: by pseudonym, else by role."""
    return names.get((row.counterparty, row.author)) or row.role or "somebody"


def _scope(counterparty: str, negotiation_id: uuid.UUID) -> Collection[ColumnElement[bool]]:
    row = ExposureEntry
    matter = or_(row.negotiation_id == negotiation_id, row.negotiation_id.is_(None))
    return row.counterparty == counterparty, matter


def _order(sort: Sort) -> Sequence[ColumnElement[Any]]:
    row = ExposureEntry
    latest: list[ColumnElement[Any]] = [row.last_at.desc(), row.id.asc()]
    first: dict[Sort, ColumnElement[Any]] = {
        Sort.FIRST: row.first_at.asc(),
        Sort.SURE: row.confidence.desc(),
        Sort.OFTEN: row.times.desc(),
    }
    return [first[sort], *latest] if sort in first else latest


def _line(keys: Keys, row: ExposureEntry, links: Sequence[Link], told_by: str) -> Line:
    fact = open_fact(keys, row.id, row.key_id, row.fact)
    guard = row.negotiation_id if fact.typed and fact.guarded else None
    kind = EntryKind(row.kind)
    first = min(links, key=lambda one: one.days, default=None) if kind is EntryKind.ASKED else None
    return Line(
        id=row.id,
        kind=kind,
        label=row.label,
        topic=row.topic,
        words=fact.words,
        typed=fact.typed,
        sealed_fact=row.sealed_fact_id,
        guards=(guard,) if guard is not None else (),
        told_by=told_by,
        confidence=row.confidence,
        times=row.times,
        first_at=row.first_at,
        last_at=row.last_at,
        state=EntryState(row.state),
        answered_by=first.told_by if first else "",
        days=first.days if first else None,
    )
