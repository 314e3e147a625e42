"""What stands around entries of the ledger: names, pseudonyms, links, what became of their sources."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from service.crypto import Keys
from service.exposure.models import ExposureEntry, ExposureLink, ExposureSource
from service.exposure.pseudonyms import pseudonyms_of
from service.exposure.veil import fact_words
from service.models import Verdict
from service.negotiations.access import opened_by
from service.negotiations.models import NegotiationRow, SealedFactRow
from service.negotiations.plan import read_plan

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around some entries: names, pseudonyms, what became of their sources, and what the viewer opens."""

    matters: dict[uuid.UUID, str]
    people: dict[tuple[str, str], str]
    links: dict[uuid.UUID, tuple[int, float]]
    sources: dict[uuid.UUID, tuple[int, int, int]]
    opened: frozenset[uuid.UUID]
    facts: dict[uuid.UUID, str] = field(repr=False)
    plans: dict[uuid.UUID, uuid.UUID]

    def may_read_typed(self, row: ExposureEntry) -> bool:
        """Whether the viewer reads what was written of an entry while its negotiation's plan had holders."""
        return row.negotiation_id is None or row.negotiation_id in self.opened


def around_of(
    session: Session, keys: Keys, rows: Sequence[ExposureEntry], viewer: uuid.UUID | None, *, facts: bool = False
) -> Around:
    """Look up what stands around entries, for all of them at once; with `facts`, what plans say that the viewer opens.

    `viewer` is None for somebody outside.
    """
    ids = [row.id for row in rows]
    opened = opened_by(session, viewer)
    plans = _plans(session, {row.sealed_fact_id for row in rows if row.sealed_fact_id is not None})
    matters = {row.negotiation_id for row in rows if row.negotiation_id is not None} | set(plans.values())
    return Around(
        matters=_names(session, matters),
        people=dict(pseudonyms_of(session, {row.counterparty for row in rows})),
        links=_links(session, ids),
        sources=_sources(session, ids),
        opened=opened,
        facts=_facts(session, keys, set(plans.values()) & opened) if facts else {},
        plans=plans,
    )


def _names(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows = session.execute(select(NegotiationRow.id, NegotiationRow.name).where(NegotiationRow.id.in_(list(ids))))
    return {key: value for key, value in rows}  # noqa: C416 - rows are no pairs


def _plans(session: Session, facts: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return to which negotiation's plan each of these facts belongs."""
    rows = session.execute(
        select(SealedFactRow.id, SealedFactRow.negotiation_id).where(SealedFactRow.id.in_(list(facts)))
    )
    return {key: value for key, value in rows}  # noqa: C416 - rows are no pairs


def _facts(session: Session, keys: Keys, negotiations: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    stored = (one for negotiation in negotiations for one in read_plan(session, keys, negotiation))
    return {one.id: fact_words(one.entry) for one in stored if one.entry is not None}


def _links(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[int, float]]:
    """Return by entry how many it is linked with, and the fewest days between."""
    found: dict[uuid.UUID, tuple[int, float]] = {}
    for some in _batches(ids):
        for end in (ExposureLink.asked_id, ExposureLink.told_id):
            query = select(end, func.count(), func.min(ExposureLink.days)).where(end.in_(some)).group_by(end)
            for entry_id, count, days in session.execute(query):
                found[entry_id] = (count, days)
    return found


def _sources(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int, int]]:
    """Return by entry how many sources stand, how many of them are authorised, and how many were taken back."""
    row, found = ExposureSource, dict[uuid.UUID, tuple[int, int, int]]()
    stands = or_(row.verdict.is_(None), row.verdict != Verdict.FALSE_POSITIVE.value)
    benign = func.sum(case((row.verdict == Verdict.BENIGN.value, 1), else_=0))
    gone = func.sum(case((row.taken_back_at.is_not(None), 1), else_=0))
    for some in _batches(ids):
        query = select(row.entry_id, func.count(), benign, gone).where(row.entry_id.in_(some), stands)
        for entry_id, count, authorised, taken_back in session.execute(query.group_by(row.entry_id)):
            found[entry_id] = (count, int(authorised), int(taken_back))
    return found


def _batches(ids: Sequence[uuid.UUID]) -> Iterable[Sequence[uuid.UUID]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
