"""The ledger as pages and briefs read it: entries with what became of them, the words of their sources, counts."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from service.crypto import Keys
from service.exposure.facts import Fact, open_fact
from service.exposure.models import EntryKind, EntryState, ExposureEntry, ExposureLink
from service.exposure.pseudonyms import pseudonyms_of
from service.exposure.snapshot import Line
from service.exposure.veil import guards_of
from service.negotiations.access import held_among
from service.negotiations.models import NegotiationRow

# More entries of one counterparty than a brief takes in: the latest count.
MOST_LINES = 2000
_AT_ONCE = 1000


class Sort(StrEnum):
    """The order of entries."""

    LAST = "last"
    FIRST = "first"
    SURE = "sure"
    OFTEN = "often"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFilter:
    """Which entries; what is left out does not narrow.

    `since` and `until` bound when something was told last. With `stray`, entries of the counterparty that belong to no
    negotiation count for the negotiation, too.
    """

    counterparty: str | None = None
    negotiation_id: uuid.UUID | None = None
    stray: bool = False
    kind: EntryKind | None = None
    label: tuple[str, ...] = ()
    state: tuple[EntryState, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What followed a question, or the question that something answered: the entry at the other end."""

    entry_id: uuid.UUID
    kind: EntryKind
    told_by: str
    days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of the ledger with its negotiation's name; `line` is what a brief would hold of it."""

    row: ExposureEntry = field(repr=False)
    line: Line = field(repr=False)
    fact: Fact = field(repr=False)
    negotiation: str = ""
    links: tuple[Link, ...] = ()


def list_entries(
    session: Session, keys: Keys, asked: LedgerFilter, *, sort: Sort = Sort.LAST, offset: int = 0, limit: int = 50
) -> list[Entry]:
    """Return a page of entries."""
    query = select(ExposureEntry).where(*matching(asked)).order_by(*_order(sort)).offset(offset).limit(limit)
    return _entries(session, keys, session.scalars(query).all())


def read_entry(session: Session, keys: Keys, entry_id: uuid.UUID) -> Entry | None:
    """Return one entry, None where there is none."""
    row = session.get(ExposureEntry, entry_id)
    return _entries(session, keys, [row])[0] if row is not None else None


def lines_of(session: Session, keys: Keys, asked: LedgerFilter) -> list[Line]:
    """Return what a brief holds of the entries, the latest first."""
    query = select(ExposureEntry).where(*matching(asked)).order_by(*_order(Sort.LAST)).limit(MOST_LINES)
    return [entry.line for entry in _entries(session, keys, session.scalars(query).all())]


def count_kinds(session: Session, asked: LedgerFilter) -> dict[EntryKind, int]:
    """Count the entries of each kind."""
    query = select(ExposureEntry.kind, func.count()).where(*matching(asked)).group_by(ExposureEntry.kind)
    counts = dict(session.execute(query).tuples().all())
    return {kind: counts.get(kind, 0) for kind in EntryKind}


def count_valid(session: Session, asked: LedgerFilter) -> int:
    """Count the entries that still count."""
    query = select(func.count()).select_from(ExposureEntry)
    valid = ExposureEntry.state == EntryState.VALID.value
    return session.scalar(query.where(*matching(asked), valid)) or 0


def first_told(session: Session, asked: LedgerFilter) -> Sequence[tuple[datetime, str]]:
    """Return when each entry was first told, with its label."""
    query = select(ExposureEntry.first_at, ExposureEntry.label).where(*matching(asked))
    return session.execute(query).tuples().all()


def labels_in(session: Session, asked: LedgerFilter) -> Sequence[str]:
    """Return the labels that there are entries of."""
    query = select(ExposureEntry.label).where(*matching(asked)).distinct().order_by(ExposureEntry.label)
    return session.scalars(query).all()


def matching(asked: LedgerFilter) -> list[ColumnElement[bool]]:
    """Return a filter as conditions."""
    row = ExposureEntry
    found: list[ColumnElement[bool]] = []
    if asked.counterparty is not None:
        found.append(row.counterparty == asked.counterparty)
    if asked.negotiation_id is not None:
        own = row.negotiation_id == asked.negotiation_id
        found.append(or_(own, row.negotiation_id.is_(None)) if asked.stray else own)
    if asked.kind is not None:
        found.append(row.kind == asked.kind.value)
    if asked.label:
        found.append(row.label.in_(asked.label))
    if asked.state:
        found.append(row.state.in_([one.value for one in asked.state]))
    if asked.since is not None:
        found.append(row.last_at >= asked.since)
    if asked.until is not None:
        found.append(row.last_at < asked.until)
    return found


def _order(sort: Sort) -> Sequence[ColumnElement[Any]]:
    row = ExposureEntry
    latest: list[ColumnElement[Any]] = [row.last_at.desc(), row.id.asc()]
    first: dict[Sort, ColumnElement[Any]] = {
        Sort.FIRST: row.first_at.asc(),
        Sort.SURE: row.confidence.desc(),
        Sort.OFTEN: row.times.desc(),
    }
    return [first[sort], *latest] if sort in first else latest


def _entries(session: Session, keys: Keys, rows: Sequence[ExposureEntry]) -> list[Entry]:
    names = pseudonyms_of(session, {row.counterparty for row in rows})
    ids = [row.id for row in rows]
    guards, links = guards_of(session, ids), _links(session, ids, names)
    negotiations = {row.negotiation_id for row in rows if row.negotiation_id is not None}
    matters, held = _matters(session, negotiations), held_among(session, negotiations)
    found = []
    for row in rows:
        fact = open_fact(keys, row.id, row.key_id, row.fact)
        some = links.get(row.id, ())
        guard = guards.get(row.id, ())
        if fact.typed and row.negotiation_id in held and row.negotiation_id not in guard:
            guard = (*guard, row.negotiation_id)
        line = _line(row, fact, guard, some, names.get((row.counterparty, row.author), row.role))
        name = matters.get(row.negotiation_id, "") if row.negotiation_id is not None else ""
        found.append(Entry(row=row, line=line, fact=fact, negotiation=name, links=some))
    return found


def _line(row: ExposureEntry, fact: Fact, guards: tuple[uuid.UUID, ...], links: Sequence[Link], told_by: str) -> Line:
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
        guards=guards,
        told_by=told_by,
        confidence=row.confidence,
        times=row.times,
        first_at=row.first_at,
        last_at=row.last_at,
        state=EntryState(row.state),
        answered_by=first.told_by if first else "",
        days=first.days if first else None,
    )


def _links(
    session: Session, ids: Collection[uuid.UUID], names: Mapping[tuple[str, str], str]
) -> dict[uuid.UUID, tuple[Link, ...]]:
    """Return by entry the entries at the other end of its links: answers of a question, questions of an answer."""
    found: dict[uuid.UUID, list[Link]] = defaultdict(list)
    other = aliased(ExposureEntry)
    some = list(ids)
    for start in range(0, len(some), _AT_ONCE):
        batch = some[start : start + _AT_ONCE]
        for own, far in ((ExposureLink.asked_id, ExposureLink.told_id), (ExposureLink.told_id, ExposureLink.asked_id)):
            query = select(own, other, ExposureLink.days).join(other, other.id == far).where(own.in_(batch))
            valid = other.state == EntryState.VALID.value
            for entry_id, row, days in session.execute(query.where(valid).order_by(ExposureLink.days)).tuples():
                by = names.get((row.counterparty, row.author), row.role)
                found[entry_id].append(Link(entry_id=row.id, kind=EntryKind(row.kind), told_by=by, days=days))
    return {entry: tuple(links) for entry, links in found.items()}


def _matters(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    if not ids:
        return {}
    query = select(NegotiationRow.id, NegotiationRow.name).where(NegotiationRow.id.in_(list(ids)))
    return dict(session.execute(query).tuples().all())
