"""Question → answer → promise: what was asked, and what of it was told or promised after it.

A question and what answers it are of one counterparty and not of two negotiations. They are about the same topic, up to
sixty days apart, whoever spoke and in whatever channel; where the topic of one is not clear, they stand in the same
thread, up to fourteen days apart. Order of arrival makes no difference.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from detectors.finding import Label
from service.exposure.models import EntryKind, EntryState, ExposureEntry, ExposureLink, ExposureSource
from service.exposure.questions import ANSWER_WINDOW, THREAD_WINDOW
from service.models import MessageRow

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One time that an entry was asked or told."""

    entry_id: uuid.UUID
    counterparty: str
    negotiation_id: uuid.UUID | None
    kind: str
    topic: str
    said_at: datetime
    thread_id: uuid.UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What was told or promised after a question: which entry, how many days later, and whether in its thread."""

    entry_id: uuid.UUID
    kind: EntryKind
    days: float
    same_thread: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A question and all that followed it, in order of time."""

    asked_id: uuid.UUID
    steps: tuple[Step, ...]


def link(session: Session, touched: Sequence[ExposureEntry], *, now: datetime) -> None:
    """Link entries that are new, or were asked or told again, with what they answer and what answers them."""
    ids = {row.id for row in touched}
    mine = list(_sayings(session, [ExposureSource.entry_id.in_(ids)]))
    if not mine:
        return
    others = [one for one in _near(session, mine) if one.entry_id not in ids]
    found: dict[tuple[uuid.UUID, uuid.UUID], tuple[timedelta, bool]] = {}
    for asked, told in _pairs([*mine, *others], ids):
        gap = told.said_at - asked.said_at
        here = asked.thread_id is not None and asked.thread_id == told.thread_id
        key = asked.entry_id, told.entry_id
        before = found.get(key)
        found[key] = (gap, here) if before is None else (min(gap, before[0]), here or before[1])
    known = {
        (row.asked_id, row.told_id): row
        for row in session.scalars(
            select(ExposureLink).where(or_(ExposureLink.asked_id.in_(ids), ExposureLink.told_id.in_(ids)))
        )
    }
    for key, (gap, here) in found.items():
        days = gap / _DAY
        row = known.get(key)
        if row is None:
            session.add(ExposureLink(asked_id=key[0], told_id=key[1], days=days, same_thread=here, made_at=now))
        else:
            row.days, row.same_thread = min(row.days, days), row.same_thread or here
    session.flush()


def chain_of(session: Session, entry_id: uuid.UUID) -> tuple[Chain, ...]:
    """Return the chains that an entry stands in, oldest question first; none where it is linked with nothing."""
    return chains_of(session, [entry_id]).get(entry_id, ())


def chains_of(session: Session, entries: Collection[uuid.UUID]) -> Mapping[uuid.UUID, tuple[Chain, ...]]:
    """Return the chains that each of some entries stands in; what the team took back stands in none."""
    ids = list(entries)
    asked_ids = select(ExposureLink.asked_id).where(or_(ExposureLink.asked_id.in_(ids), ExposureLink.told_id.in_(ids)))
    asked, told = ExposureEntry.__table__.alias("asked"), ExposureEntry.__table__.alias("told")
    query = (
        select(ExposureLink, asked.c.first_at, told.c.kind, told.c.first_at)
        .join(asked, asked.c.id == ExposureLink.asked_id)
        .join(told, told.c.id == ExposureLink.told_id)
        .where(
            ExposureLink.asked_id.in_(asked_ids),
            asked.c.state != EntryState.RETRACTED.value,
            told.c.state != EntryState.RETRACTED.value,
        )
        .order_by(asked.c.first_at, ExposureLink.asked_id, ExposureLink.days, told.c.first_at, ExposureLink.told_id)
    )
    steps: dict[uuid.UUID, list[Step]] = defaultdict(list)
    for row, _, kind, _ in session.execute(query):
        step = Step(entry_id=row.told_id, kind=EntryKind(kind), days=row.days, same_thread=row.same_thread)
        steps[row.asked_id].append(step)
    found: dict[uuid.UUID, list[Chain]] = defaultdict(list)
    wanted = set(ids)
    for asked_id, some in steps.items():
        chain = Chain(asked_id=asked_id, steps=tuple(some))
        for one in {asked_id, *(step.entry_id for step in some)} & wanted:
            found[one].append(chain)
    return {one: tuple(chains) for one, chains in found.items()}


def _near(session: Session, mine: Sequence[Saying]) -> Iterator[Saying]:
    """Yield what the same counterparties asked or were told in time, about the same topics or in the same threads."""
    threads = {one.thread_id for one in mine if one.thread_id is not None}
    first, last = min(one.said_at for one in mine), max(one.said_at for one in mine)
    about = ExposureEntry.topic.in_({one.topic for one in mine} - {""})
    return _sayings(
        session,
        [
            ExposureEntry.counterparty.in_({one.counterparty for one in mine}),
            ExposureEntry.last_at >= first - ANSWER_WINDOW,
            ExposureSource.said_at >= first - ANSWER_WINDOW,
            ExposureSource.said_at <= last + ANSWER_WINDOW,
            or_(about, MessageRow.thread_id.in_(threads)) if threads else about,
        ],
    )


def _sayings(session: Session, conditions: Iterable[object]) -> Iterator[Saying]:
    entry, source = ExposureEntry, ExposureSource
    query = (
        select(
            entry.id,
            entry.counterparty,
            entry.negotiation_id,
            entry.kind,
            entry.topic,
            source.said_at,
            MessageRow.thread_id,
        )
        .join(source, source.entry_id == entry.id)
        .join(MessageRow, MessageRow.id == source.message_id, isouter=True)
        .where(*conditions)  # type: ignore[arg-type] # conditions on columns, of several types
    )
    for entry_id, firm, negotiation, kind, topic, said_at, thread_id in session.execute(query):
        yield Saying(
            entry_id=entry_id,
            counterparty=firm,
            negotiation_id=negotiation,
            kind=kind,
            topic=topic,
            said_at=said_at,
            thread_id=thread_id,
        )


def _pairs(sayings: Iterable[Saying], touched: Collection[uuid.UUID]) -> Iterator[tuple[Saying, Saying]]:
    """Yield a question and what answers it, one of them of a touched entry."""
    asked: dict[str, list[Saying]] = defaultdict(list)
    told: dict[str, list[Saying]] = defaultdict(list)
    for one in sayings:
        (asked if one.kind == EntryKind.ASKED else told)[one.counterparty].append(one)
    for firm, questions in asked.items():
        for question in questions:
            for answer in told.get(firm, ()):
                if (question.entry_id in touched or answer.entry_id in touched) and _answers(question, answer):
                    yield question, answer


def _answers(asked: Saying, told: Saying) -> bool:
    matters = {asked.negotiation_id, told.negotiation_id} - {None}
    gap = told.said_at - asked.said_at
    if len(matters) > 1 or gap < timedelta():
        return False
    if asked.topic and asked.topic == told.topic:
        return gap <= ANSWER_WINDOW
    unclear = not asked.topic or told.topic in {"", Label.COMMITMENT.value}
    return unclear and gap <= THREAD_WINDOW and asked.thread_id is not None and asked.thread_id == told.thread_id
