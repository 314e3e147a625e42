"""What went before messages that are about to come in: the stored headers of their threads, and one another.

The rules are those of service.pipeline.history, and names of threads count as in `join_threads`: among the same firms
alone. Dates decide what went before, so that old mail which is read after newer is judged by what was older.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from messages import Channel, Counterparty, Envelope, Message
from service.crypto import Keys
from service.models import MessageRow, ThreadRef
from service.threads.order import envelope_of, goes_before, in_order, is_bare_reply, is_near
from service.threads.store import refs_of

# Of a thread so many are looked at: the newest ones, and the first. Whoever was last seen before all of these, the
# first message excepted, counts as never seen.
MOST = 200
# Databases bound how many values a query may name.
_AT_ONCE = 5_000

_Name = bytes | uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Arriving:
    """A message that is about to come in; `key` identifies it across redeliveries."""

    message: Message
    counterparties: tuple[Counterparty, ...]
    key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A message of a thread: stored (place 0), or of the batch, by its place in it, from 1."""

    key: bytes
    place: int
    envelope: Envelope


@dataclass(slots=True)
class _Threads:
    """Which names of threads, and which stored threads, are one conversation."""

    _parents: dict[_Name, _Name] = field(default_factory=dict)

    def join(self, one: _Name, other: _Name) -> None:
        self._parents[self.root(other)] = self.root(one)

    def root(self, name: _Name) -> _Name:
        root = name
        while (parent := self._parents.get(root, root)) != root:
            root = parent
        while name != root:
            self._parents[name], name = root, self._parents.get(name, root)
        return root


def earlier_of(session: Session, keys: Keys, arriving: Sequence[Arriving]) -> list[tuple[Envelope, ...]]:
    """Return for each message what went before it in its thread, the oldest first: two queries for all of them.

    A message that is stored already, or that its author edited since, does not go before itself.
    """
    if not arriving:
        return []
    refs = [refs_of(keys, one.message, one.counterparties) for one in arriving]
    stored = _stored_names(session, {ref for names, subject in refs for ref in (*names, subject) if ref})
    threads = _joined(arriving, refs, stored)
    ids = {found[0] for found in stored.values()}
    conversations: dict[_Name, list[_Known]] = defaultdict(list)
    for thread, known in _stored_headers(session, ids, arriving):
        conversations[threads.root(thread)].append(known)
    names = [own[0] for own, _ in refs]
    _add_batch(conversations, [threads.root(name) for name in names], arriving)
    ordered = {root: in_order(known, _when) for root, known in conversations.items()}
    return [
        _before(one, place, ordered.get(threads.root(name), ()))
        for place, (one, name) in enumerate(zip(arriving, names, strict=True), start=1)
    ]


def _stored_names(session: Session, refs: set[bytes]) -> dict[bytes, tuple[uuid.UUID, datetime]]:
    wanted, found = list(refs), dict[bytes, tuple[uuid.UUID, datetime]]()
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(ThreadRef.ref, ThreadRef.thread_id, ThreadRef.seen_at)
        for ref, thread, seen in session.execute(query.where(ThreadRef.ref.in_(wanted[start : start + _AT_ONCE]))):
            found[ref] = (thread, seen)
    return found


def _joined(
    arriving: Sequence[Arriving],
    refs: Sequence[tuple[tuple[bytes, ...], bytes | None]],
    stored: Mapping[bytes, tuple[uuid.UUID, datetime]],
) -> _Threads:
    """Join all names of each message, with the stored threads that go by them, and bare replies by their subjects."""
    threads = _Threads()
    for names, _ in refs:
        for name in names:
            threads.join(names[0], name)
            if name in stored:
                threads.join(stored[name][0], name)
    latest: dict[bytes, tuple[_Name, datetime | None]] = dict(stored)
    places = in_order(range(len(arriving)), lambda at: (arriving[at].message.sent_at, at))
    for at in places:
        (names, subject), message = refs[at], arriving[at].message
        if not subject:
            continue
        before = latest.get(subject)
        if before is not None and is_bare_reply(message) and is_near(before[1], message.sent_at):
            threads.join(before[0], names[0])
        latest[subject] = (names[0], message.sent_at)
    return threads


def _stored_headers(
    session: Session, threads: Iterable[uuid.UUID], arriving: Sequence[Arriving]
) -> Iterable[tuple[uuid.UUID, _Known]]:
    """Yield what is stored of these threads until the latest arriving message, of long ones the newest and the first.

    A message without a date was stored under that of its arrival, and has none here either.
    """
    row, said, wanted = MessageRow, [one.message.sent_at for one in arriving], list(threads)
    dates = [one for one in said if one is not None]
    in_time: list[ColumnElement[bool]] = (
        [or_(row.sent_at <= max(dates), row.sent_at == row.stored_at)] if len(dates) == len(said) else []
    )
    place = func.row_number().over(partition_by=row.thread_id, order_by=row.sent_at.desc()).label("place")
    size = func.count().over(partition_by=row.thread_id).label("size")
    for start in range(0, len(wanted), _AT_ONCE):
        of_threads = row.thread_id.in_(wanted[start : start + _AT_ONCE])
        ranked = select(row.id, place, size).where(of_threads, *in_time).subquery()
        query = (
            select(row.thread_id, row.key, row.sent_at, row.stored_at, row.participants)
            .join(ranked, ranked.c.id == row.id)
            .where(or_(ranked.c.place <= MOST, ranked.c.place == ranked.c.size))
            .order_by(row.sent_at, row.id)
        )
        for thread, key, sent_at, stored_at, participants in session.execute(query):
            envelope = _envelope(participants, sent_at if sent_at != stored_at else None)
            yield thread, _Known(key=key, place=0, envelope=envelope)


def _envelope(participants: Sequence[Sequence[Any]], sent_at: datetime | None) -> Envelope:
    sender = next((str(address) for role, address, _ in participants if role == "from"), "")
    recipients = tuple(str(address) for role, address, _ in participants if role != "from")
    return Envelope(sender=sender, recipients=recipients, sent_at=sent_at)


def _add_batch(conversations: dict[_Name, list[_Known]], roots: Sequence[_Name], arriving: Sequence[Arriving]) -> None:
    """Add the batch's own messages to their conversations, each once, and those that are stored not again."""
    seen = {known.key for conversation in conversations.values() for known in conversation}
    for place, (root, one) in enumerate(zip(roots, arriving, strict=True), start=1):
        if one.key not in seen:
            seen.add(one.key)
            conversations[root].append(_Known(key=one.key, place=place, envelope=envelope_of(one.message)))


def _before(arriving: Arriving, place: int, conversation: Sequence[_Known]) -> tuple[Envelope, ...]:
    own, is_chat = envelope_of(arriving.message), arriving.message.channel is Channel.SLACK
    return tuple(
        one.envelope
        for one in conversation
        if one.key != arriving.key
        and not (is_chat and _is_version_of(one.envelope, own))
        and goes_before(_when(one), (own.sent_at, place))
    )


def _is_version_of(one: Envelope, other: Envelope) -> bool:
    """Whether the same author said both in Slack at the same instant: then one is an edited form of the other."""
    return one.sent_at is not None and one.sent_at == other.sent_at and one.sender == other.sender


def _when(known: _Known) -> tuple[datetime | None, int]:
    return known.envelope.sent_at, known.place
