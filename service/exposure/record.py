"""The ledger's way in: what a counterparty learned, asked and was promised by new messages.

Order does not matter: an older message that comes in later moves an entry's beginning back, and links as it would have.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from detectors.scoring import Policy
from messages import Channel, Direction
from service.crypto import Keys
from service.database import serialised
from service.exposure.drip import add_up
from service.exposure.facts import Fact, neutral_words, seal_fact
from service.exposure.links import link
from service.exposure.models import EntryState, ExposureEntry, ExposureSource
from service.exposure.pieces import Piece, matters_of, pieces_of
from service.exposure.pseudonyms import Voice, give_pseudonyms, group_of
from service.exposure.questions import Questions, questions_of
from service.exposure.told import Told
from service.exposure.verdicts import revive
from service.models import MessageRow

__all__ = ["Questions", "questions_of", "record_told"]

_Same = tuple[str, bytes]


def record_told(
    session: Session, keys: Keys, told: Sequence[Told], *, policies: Sequence[Policy], now: datetime
) -> frozenset[uuid.UUID]:
    """Write what messages tell into the ledger, link it, and raise what adds up; returns the alerts that changed.

    The messages must be stored. What is told of the same message a second time changes nothing.
    """
    matters = matters_of(session, keys, told)
    pieces = [piece for one in told for piece in pieces_of(keys, one, matters)]
    if not pieces:
        return frozenset()
    serialised(session, "exposure_entry")
    give_pseudonyms(session, (_voice(one) for one in pieces))
    entries = _entries(session, keys, pieces, now=now)
    touched, again = _add_sources(session, pieces, entries, now=now)
    session.flush()
    revive(session, keys, again, now=now)
    link(session, touched, now=now)
    return add_up(session, keys, touched, policies=policies, now=now)


def _voice(piece: Piece) -> Voice:
    told = piece.told
    group = group_of(
        ours=told.direction is Direction.OUTBOUND,
        counterparty=piece.counterparty,
        department=told.department,
        role=told.role,
    )
    return Voice(counterparty=piece.counterparty, address=told.author, group=group)


def _entries(session: Session, keys: Keys, pieces: Sequence[Piece], *, now: datetime) -> dict[_Same, ExposureEntry]:
    """Find or make the entry of each piece, by its counterparty and mark."""
    query = select(ExposureEntry).where(
        ExposureEntry.counterparty.in_({piece.counterparty for piece in pieces}),
        ExposureEntry.mark.in_({piece.mark for piece in pieces}),
    )
    rows = {(row.counterparty, row.mark): row for row in session.scalars(query)}
    for piece in pieces:
        same = piece.counterparty, piece.mark
        if same not in rows:
            rows[same] = _new(keys, piece, now=now)
            session.add(rows[same])
    session.flush()
    return rows


def _new(keys: Keys, piece: Piece, *, now: datetime) -> ExposureEntry:
    row_id, told, finding = uuid.uuid4(), piece.told, piece.finding
    words = neutral_words(piece.kind, finding.label, piece.topic, finding.quote)
    key_id, sealed = seal_fact(keys, row_id, Fact(words=words))
    return ExposureEntry(
        id=row_id,
        counterparty=piece.counterparty,
        negotiation_id=piece.negotiation_id,
        kind=piece.kind.value,
        label=str(finding.label),
        topic=piece.topic,
        mark=piece.mark,
        key_id=key_id,
        fact=sealed,
        sealed_fact_id=piece.sealed_fact_id,
        author=told.author,
        role=told.role,
        department=told.department,
        channel=told.message.channel.value,
        confidence=finding.confidence,
        times=0,
        first_at=told.said_at,
        last_at=told.said_at,
        state=EntryState.VALID.value,
        added_by="",
        updated_at=now,
    )


def _add_sources(
    session: Session, pieces: Sequence[Piece], entries: dict[_Same, ExposureEntry], *, now: datetime
) -> tuple[list[ExposureEntry], list[ExposureEntry]]:
    """Add where each piece stands, and let its entry follow.

    Returns the entries that changed, and those of them that were told once more rather than in other words.
    """
    ids = [row.id for row in entries.values()]
    known: dict[uuid.UUID, list[ExposureSource]] = defaultdict(list)
    for row in session.scalars(select(ExposureSource).where(ExposureSource.entry_id.in_(ids))):
        known[row.entry_id].append(row)
    earlier = _earlier_versions(session, {piece.told.message_id: piece.told for piece in pieces}.values())
    touched: dict[uuid.UUID, ExposureEntry] = {}
    again: dict[uuid.UUID, ExposureEntry] = {}
    for piece in pieces:
        entry, told, finding = entries[piece.counterparty, piece.mark], piece.told, piece.finding
        sources = known[entry.id]
        place = (told.message_id, finding.part, finding.start)
        if any((one.message_id, one.part, one.start) == place for one in sources):
            continue
        # An edited message stands in the place of what it said before; what it says no more was read all the same.
        replaced = [one for one in sources if one.message_id in earlier.get(told.message_id, ())]
        for one in replaced:
            # Both versions may come in one batch.
            session.expunge(one) if one in session.new else session.delete(one)
            sources.remove(one)
        source = _source(entry, piece)
        session.add(source)
        sources.append(source)
        _extend(entry, piece, sources, now=now)
        touched[entry.id] = entry
        if not replaced:
            again[entry.id] = entry
    return list(touched.values()), list(again.values())


def _source(entry: ExposureEntry, piece: Piece) -> ExposureSource:
    told, finding = piece.told, piece.finding
    return ExposureSource(
        id=uuid.uuid4(),
        entry_id=entry.id,
        message_id=told.message_id,
        author=told.author,
        part=finding.part,
        start=finding.start,
        end=finding.end,
        confidence=finding.confidence,
        said_at=told.said_at,
        verdict=None,
        taken_back_at=None,
    )


def _extend(entry: ExposureEntry, piece: Piece, sources: Sequence[ExposureSource], *, now: datetime) -> None:
    """Let an entry follow its sources: whoever told it first stands for it."""
    told = piece.told
    if told.said_at < entry.first_at:
        entry.author, entry.role, entry.department = told.author, told.role, told.department
        entry.channel = told.message.channel.value
    entry.first_at = min(entry.first_at, told.said_at)
    entry.last_at = max(entry.last_at, told.said_at)
    entry.confidence = max(entry.confidence, piece.finding.confidence)
    # Messages that are no longer kept count by their number; a message that says it twice says it once.
    messages = {one.message_id for one in sources if one.message_id is not None}
    gone = sum(one.message_id is None for one in sources)
    entry.times = max(entry.times, len(messages) + gone)
    entry.updated_at = now


def _earlier_versions(session: Session, told: Iterable[Told]) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """Return, by message, the versions of it that an edit in Slack has put it in the place of."""
    edited = [one for one in told if one.message.channel is Channel.SLACK and one.message.id.count(":") == 3]
    if not edited:
        return {}
    query = select(MessageRow.thread_id, MessageRow.id, MessageRow.external_id).where(
        MessageRow.thread_id.in_({one.thread_id for one in edited})
    )
    rows = session.execute(query).all()
    return {
        one.message_id: frozenset(
            row.id
            for row in rows
            if row.thread_id == one.thread_id
            and row.id != one.message_id
            and row.external_id.split(":")[1:3] == one.message.id.split(":")[1:3]
        )
        for one in edited
    }
