"""Drip: many small leaks of several people in few weeks add up to an alert of their own.

Each of them weighs less than "high" by itself, so that nobody looked twice. The alert has a thread that no message is
in; its evidence are the words that were told. More evidence within the policy's days joins it.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from detectors.drip_rules import DRIP
from detectors.finding import Finding
from detectors.scoring import Policy, Severity, assess, severity_of
from service.alerts.events import take_turn
from service.alerts.record import Evidence, record_together
from service.crypto import Keys
from service.database import insert_new
from service.exposure.models import EntryKind, EntryState, ExposureEntry, ExposureSource
from service.models import Alert, FindingRow, MessageRow, Thread, ThreadRef, Verdict
from service.negotiations.models import AlertNegotiation
from service.threads.keep import keep_evidence

# How sure a drip is that just reaches the policy's numbers; each thing beyond them adds to it.
_SURE, _MORE, _SUREST = 0.85, 0.02, 0.97
_DAY = timedelta(days=1)
_COUNTED = (EntryState.VALID.value, EntryState.OUTDATED.value)

Matter = tuple[str, uuid.UUID | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """A thing that a counterparty learned: when first, from whom, and where it stands."""

    entry_id: uuid.UUID
    mark: bytes
    label: str
    confidence: float
    said_at: datetime
    author: str
    message_id: uuid.UUID | None
    channel: str
    part: str
    start: int | None
    end: int | None


def add_up(
    session: Session, keys: Keys, touched: Iterable[ExposureEntry], *, policies: Sequence[Policy], now: datetime
) -> frozenset[uuid.UUID]:
    """Raise what the leaks around new ones add up to, for each policy; returns the alerts opened or changed."""
    wanted = [policy for policy in policies if policy.weights.get(DRIP, 0.0) > 0]
    fresh: dict[Matter, list[ExposureEntry]] = defaultdict(list)
    for row in touched:
        if row.kind == EntryKind.KNOWN:
            fresh[row.counterparty, row.negotiation_id].append(row)
    if not wanted or not fresh:
        return frozenset()
    alerts = set[uuid.UUID]()
    for matter, rows in fresh.items():
        reach = timedelta(days=max(policy.drip.days for policy in wanted))
        moments = [row.first_at for row in rows]
        drops = _drops(session, matter, since=min(moments) - reach, until=max(moments) + reach)
        new = {row.id for row in rows}
        for policy in wanted:
            small = [one for one in drops if _is_small(one, policy)]
            for some in _clusters(small, policy, new):
                alert = _raise(session, keys, matter, some, policy, now=now)
                alerts.update([alert] if alert is not None else [])
    return frozenset(alerts)


def _drops(session: Session, matter: Matter, *, since: datetime, until: datetime) -> list[Drop]:
    """Return what a counterparty first learned in a time, in order; what was found wrong or known before is no leak."""
    entry, source = ExposureEntry, ExposureSource
    query = (
        select(entry, source, MessageRow.channel)
        .join(source, source.entry_id == entry.id)
        .join(MessageRow, MessageRow.id == source.message_id, isouter=True)
        .where(
            entry.counterparty == matter[0],
            entry.negotiation_id == matter[1] if matter[1] is not None else entry.negotiation_id.is_(None),
            entry.kind == EntryKind.KNOWN.value,
            entry.state.in_(_COUNTED),
            entry.first_at >= since,
            entry.first_at <= until,
            (source.verdict.is_(None)) | (source.verdict != Verdict.FALSE_POSITIVE.value),
        )
        .order_by(source.said_at, source.id)
    )
    found: dict[uuid.UUID, Drop] = {}
    for row, place, channel in session.execute(query):
        if row.id not in found:
            found[row.id] = Drop(
                entry_id=row.id,
                mark=row.mark,
                label=row.label,
                confidence=row.confidence,
                said_at=place.said_at,
                author=place.author,
                message_id=place.message_id,
                channel=channel or row.channel,
                part=place.part,
                start=place.start,
                end=place.end,
            )
    return list(found.values())


def _is_small(drop: Drop, policy: Policy) -> bool:
    """Whether a policy looks at a leak, and would not call it grave by itself."""
    weight = policy.weights.get(drop.label, 0.0)
    if weight == 0 or drop.confidence < policy.confidence.get(drop.label, 0.0):
        return False
    grave = (Severity.HIGH, Severity.CRITICAL)
    return severity_of(100 * drop.confidence * weight, policy) not in grave


def _clusters(drops: Sequence[Drop], policy: Policy, new: set[uuid.UUID]) -> Iterator[list[Drop]]:
    """Yield leaks that add up, among them a new one; windows that share a leak are one."""
    found: list[list[Drop]] = []
    first = 0
    for last, drop in enumerate(drops):
        while drop.said_at - drops[first].said_at > policy.drip.days * _DAY:
            first += 1
        window = list(drops[first : last + 1])
        if not _is_enough(window, policy):
            continue
        if found and found[-1][-1].said_at >= window[0].said_at:
            known = {one.entry_id for one in found[-1]}
            found[-1].extend(one for one in window if one.entry_id not in known)
        else:
            found.append(window)
    yield from (some for some in found if any(one.entry_id in new for one in some))


def _is_enough(window: Sequence[Drop], policy: Policy) -> bool:
    people = len({one.author for one in window})
    return len(window) >= policy.drip.entries and people >= policy.drip.people


def _raise(
    session: Session, keys: Keys, matter: Matter, drops: Sequence[Drop], policy: Policy, *, now: datetime
) -> uuid.UUID | None:
    """Open the alert of these leaks or join it; None where that says nothing new."""
    placed = [one for one in drops if one.message_id is not None]
    if not placed:
        return None
    take_turn(session)
    thread = _thread(session, keys, matter, placed) or _new_thread(session, keys, matter, placed, now=now)
    known = _places(session, thread, policy)
    fresh = {place: one for one in placed if (place := _place(one)) not in known}
    if not fresh:
        return None
    pieces = list(_pieces(matter[0], fresh.values(), drops, thread, policy))
    if not pieces or not all(piece.assessment.alert for piece in pieces):
        return None
    alert = record_together(session, keys, pieces, now=now)
    if matter[1] is not None:
        insert_new(session, AlertNegotiation, alert_id=alert, negotiation_id=matter[1])
    keep_evidence(session, keys, alert, [piece.message_id for piece in pieces])
    return alert


def _pieces(
    counterparty: str, fresh: Iterable[Drop], drops: Sequence[Drop], thread: uuid.UUID, policy: Policy
) -> Iterator[Evidence]:
    """Yield the new evidence, a piece for each message, in order of time."""
    days = (drops[-1].said_at - drops[0].said_at) / _DAY
    people = len({one.author for one in drops})
    span = f"within {max(round(days), 1)} day{'s' if round(days) > 1 else ''}"
    reason = f"{counterparty} learned {len(drops)} things from {people} people {span}."
    sure = min(_SURE + _MORE * (len(drops) - policy.drip.entries), _SUREST)
    by_message: dict[uuid.UUID, list[Drop]] = defaultdict(list)
    for one in fresh:
        if one.message_id is not None:
            by_message[one.message_id].append(one)
    for message_id, some in by_message.items():
        findings = [_finding(one, sure, reason) for one in some]
        yield Evidence(
            message_id=message_id,
            thread_id=thread,
            channel=some[0].channel,
            author=some[0].author,
            said_at=some[0].said_at,
            counterparty=counterparty,
            policy=policy,
            assessment=assess(findings, policy),
        )


def _finding(drop: Drop, confidence: float, reason: str) -> Finding:
    # The entry's mark stands for the words: they are sealed, and the same thing is no new evidence.
    return Finding(
        label=DRIP,
        start=drop.start,
        end=drop.end,
        quote=drop.mark.hex(),
        confidence=confidence,
        reason=reason,
        detector=DRIP,
        rule=drop.label,
        part=drop.part,
    )


def _thread(session: Session, keys: Keys, matter: Matter, drops: Sequence[Drop]) -> uuid.UUID | None:
    """Return the thread of an alert that rests on some of these leaks already, whatever policy raised it."""
    query = (
        select(Alert.thread_id)
        .join(FindingRow, FindingRow.alert_id == Alert.id)
        .where(
            Alert.counterparty == matter[0],
            FindingRow.label == DRIP,
            FindingRow.message_id.in_({one.message_id for one in drops}),
        )
        .order_by(Alert.opened_at, Alert.id)
    )
    candidates = list(dict.fromkeys(session.scalars(query)))
    names = {_name(keys, matter[1], one): one for one in candidates}
    known = set(session.scalars(select(ThreadRef.ref).where(ThreadRef.ref.in_(names))))
    return next((thread for name, thread in names.items() if name in known), None)


def _new_thread(session: Session, keys: Keys, matter: Matter, drops: Sequence[Drop], *, now: datetime) -> uuid.UUID:
    thread = Thread(id=uuid.uuid4(), channel=drops[-1].channel, seen_at=now)
    session.add(thread)
    session.flush()
    session.add(ThreadRef(ref=_name(keys, matter[1], thread.id), thread_id=thread.id, seen_at=now))
    session.flush()
    return thread.id


def _name(keys: Keys, negotiation: uuid.UUID | None, thread: uuid.UUID) -> bytes:
    # Without the counterparty's name, which may change; its alert bears the present one.
    return keys.digest("thread", f"{DRIP}\n{negotiation or ''}\n{thread}")


def _places(session: Session, thread: uuid.UUID, policy: Policy) -> set[tuple[object, ...]]:
    query = (
        select(FindingRow.message_id, FindingRow.part, FindingRow.start, FindingRow.end)
        .join(Alert, Alert.id == FindingRow.alert_id)
        .where(Alert.thread_id == thread, Alert.policy == policy.name)
    )
    return {tuple(row) for row in session.execute(query)}


def _place(drop: Drop) -> tuple[object, ...]:
    return drop.message_id, drop.part, drop.start, drop.end
