"""One batch into the store: judged, joined, sealed and committed together with its cursor."""

import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from connectors import Batch
from detectors.catalogue import Analysis
from detectors.finding import Finding
from detectors.scoring import Assessment, Policy, assess
from messages import Channel, CounterpartyKind, Direction, Message
from service.alerts.record import Evidence, record_evidence
from service.alerts.withdrawal import is_edit, mark_replaced
from service.directory.unknown import note_unknown
from service.exposure.record import Questions, questions_of, record_told
from service.exposure.told import Told
from service.negotiations.marks import known_negotiations, mark_alerts
from service.negotiations.sealing import note_sealed
from service.pipeline.house import House
from service.pipeline.judging import Judged, judge, went_before
from service.sources.record import Refused, count, move_cursor, note_read, note_refusals
from service.threads.keep import keep_context
from service.threads.store import Incoming, join_threads, store_messages, stored_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A message in scope: where it is stored, what each policy says, and by policy the alert that it raised or joined.

    `is_new`: whether it was stored just now; one that was stored before raises nothing again.
    """

    message: Message
    direction: Direction
    counterparty: str
    message_id: uuid.UUID
    is_new: bool
    judged: tuple[tuple[Policy, Assessment], ...]
    alerts: Mapping[str, uuid.UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a batch: messages brought, of those new and in scope, refusals, and alerts touched.

    `refused` counts the refusals that were not on record before; `taken` has every message in scope.
    """

    brought: int
    stored: int
    refused: int
    refusals: tuple[Refused, ...]
    alerts: frozenset[uuid.UUID]
    taken: tuple[Taken, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A message in scope on its way: what shows in it, where it is stored, and what it has to do with.

    `thread_id` is None for one that was stored before. `firms` are the counterparties on it by name, with those that
    one of them is a reseller of.
    """

    one: Incoming
    analysis: Analysis
    message_id: uuid.UUID
    thread_id: uuid.UUID | None
    firms: tuple[str, ...]
    negotiations: tuple[uuid.UUID, ...]
    said_at: datetime


def ingest(
    session: Session,
    source: str,
    kind: str,
    batch: Batch,
    house: House,
    *,
    now: datetime,
    judged: Judged | None = None,
    can_warn: Callable[[Message], bool] = lambda _: False,
) -> Outcome:
    """Take in a batch. The caller commits: messages, alerts, ledger and cursor together, or none of them.

    `judged` is what `judge` said of the batch's messages, where that was done before the transaction. `can_warn` tells
    of which messages somebody in Slack can still be warned: a policy that prefers that gets its alert for all others.
    """
    judged = judged or judge(batch.messages, house, went_before(session, batch.messages, house))
    found, threads = _store(session, source, judged, house, now=now)
    taken, told_alerts = _take_all(session, house, found, now=now, can_warn=can_warn)
    new = [one for one in found if one.thread_id is not None]
    for one in new:
        if one.one.message.channel is Channel.SLACK and is_edit(one.one.message.id) and one.thread_id is not None:
            mark_replaced(session, one.one.message.id, one.message_id, one.thread_id, now=now)
    keep_context(session, house.keys, threads)
    refused = [Refused(location=one.where, why=one.why) for one in batch.refusals] + list(judged.refused)
    new_refusals = note_refusals(session, source, batch.stream, refused, now=now)
    counts = Counter(judged.counts)
    counts["refused"] += new_refusals
    for one in new:
        counts[one.one.direction.value] += 1
    if batch.cursor:
        move_cursor(session, source, batch.stream, batch.cursor, now=now)
    note_read(session, source, kind, messages=len(batch.messages), refusals=new_refusals, now=now)
    count(session, source, counts, now=now)
    return Outcome(
        brought=len(batch.messages),
        stored=len(new),
        refused=new_refusals,
        refusals=tuple(refused),
        alerts=frozenset(alert for one in taken for alert in one.alerts.values()) | told_alerts,
        taken=taken,
    )


def _store(
    session: Session, source: str, judged: Judged, house: House, *, now: datetime
) -> tuple[list[_Found], list[uuid.UUID]]:
    """Store what is new, and note at once what of it must be withheld; returns all, and the threads of the new ones."""
    known = stored_ids(session, (one.key for one, _ in judged.found))
    incoming = [one for one, _ in judged.found if one.key not in known]
    threads = join_threads(session, house.keys, incoming, now=now)
    ids = store_messages(session, house.keys, source, incoming, threads, now=now, text_hours=house.retention.text_hours)
    places = {one.key: place for one, place in zip(incoming, zip(ids, threads, strict=True), strict=True)}
    named = (name for _, one in judged.found for name in (*one.negotiations, *one.sealed_in))
    negotiations = known_negotiations(session, named)
    found, sealed = list[_Found](), dict[uuid.UUID, list[uuid.UUID]]()
    for one, analysis in judged.found:
        message_id, thread_id = places.get(one.key) or (known[one.key], None)
        found.append(_found(one, analysis, message_id, thread_id, negotiations, house, now=now))
        sealed[message_id] = [negotiations[name] for name in analysis.sealed_in if name in negotiations]
    note_sealed(session, house.keys, sealed)
    unknown = (
        party.name
        for one in incoming
        for party in one.counterparties
        if party.kind is CounterpartyKind.UNASSIGNED and party.domains
    )
    note_unknown(session, Counter(unknown), now=now)
    return found, threads


def _found(
    one: Incoming,
    analysis: Analysis,
    message_id: uuid.UUID,
    thread_id: uuid.UUID | None,
    negotiations: Mapping[str, uuid.UUID],
    house: House,
    *,
    now: datetime,
) -> _Found:
    directory = house.context.directory
    firms = (name for party in one.counterparties for name in directory.represented(party))
    return _Found(
        one=one,
        analysis=analysis,
        message_id=message_id,
        thread_id=thread_id,
        firms=tuple(dict.fromkeys(firms)),
        negotiations=tuple(negotiations[name] for name in analysis.negotiations if name in negotiations),
        said_at=one.message.sent_at or now,
    )


def _take_all(
    session: Session,
    house: House,
    found: Sequence[_Found],
    *,
    now: datetime,
    can_warn: Callable[[Message], bool],
) -> tuple[tuple[Taken, ...], frozenset[uuid.UUID]]:
    """Take in all messages, the oldest first, so that a question is known before its answer; tell the ledger of them.

    Returns them in the batch's order, and the alerts that the ledger opened or changed.
    """
    questions = questions_of(
        session,
        house.keys,
        {firm for one in found for firm in one.firms},
        now=now,
        since=min((one.said_at for one in found), default=None),
    )
    taken: dict[uuid.UUID, Taken] = {}
    told: list[Told] = []
    for one in sorted(found, key=lambda one: one.said_at):
        done = _take(session, house, one, questions, now=now, can_warn=can_warn(one.one.message))
        taken[one.message_id] = done
        kept = _kept(done)
        questions.hear(one.firms, kept, one.said_at, direction=one.one.direction, thread_id=one.thread_id)
        if one.thread_id is not None and kept and one.firms:
            told.append(_told(one, one.thread_id, kept, house))
    alerts = record_told(session, house.keys, told, policies=house.policies, now=now) if told else frozenset()
    return tuple(taken[one.message_id] for one in found), alerts


def _raises(policy: Policy, assessment: Assessment, message: Message, *, can_warn: bool) -> bool:
    """Tell whether a policy wants an alert. In Slack it may prefer to warn alone; whoever wrote a mail can't be."""
    if message.channel is not Channel.SLACK:
        return assessment.alert
    return assessment.alert and policy.warning.wants_alert(assessment, can_warn=can_warn)


def _take(
    session: Session, house: House, found: _Found, questions: Questions, *, now: datetime, can_warn: bool
) -> Taken:
    """Let each policy judge a message, and raise what alerts a new one gives."""
    one, in_scope = found.one, house.is_in_scope(found.one.message)
    is_ours = one.direction is Direction.OUTBOUND
    answers = questions.answered(found.firms, found.said_at, thread_id=found.thread_id) if is_ours else {}
    judged = tuple(
        (policy, assess(found.analysis.findings, policy, in_scope=in_scope, answers=answers))
        for policy in house.policies
    )
    counterparty = one.counterparties[0].name if one.counterparties else "unknown"
    alerts = {}
    for policy, assessment in judged:
        if found.thread_id is not None and _raises(policy, assessment, one.message, can_warn=can_warn):
            evidence = Evidence(
                message_id=found.message_id,
                thread_id=found.thread_id,
                channel=one.message.channel.value,
                author=one.message.sender.address,
                said_at=found.said_at,
                counterparty=counterparty,
                policy=policy,
                assessment=assessment,
            )
            alerts[policy.name] = record_evidence(session, house.keys, evidence, now=now)
    mark_alerts(session, alerts.values(), found.negotiations)
    return Taken(
        message=one.message,
        direction=one.direction,
        counterparty=counterparty,
        message_id=found.message_id,
        is_new=found.thread_id is not None,
        judged=judged,
        alerts=alerts,
    )


def _kept(taken: Taken) -> tuple[Finding, ...]:
    """Return what any policy keeps of what shows in a message, each once."""
    return tuple({id(one): one for _, assessment in taken.judged for one in assessment.findings}.values())


def _told(found: _Found, thread_id: uuid.UUID, kept: tuple[Finding, ...], house: House) -> Told:
    message, direction = found.one.message, found.one.direction
    person = house.context.directory.person(message.sender.address) if direction is not Direction.INBOUND else None
    return Told(
        message=message,
        message_id=found.message_id,
        thread_id=thread_id,
        direction=direction,
        said_at=found.said_at,
        counterparties=found.firms,
        negotiations=found.negotiations,
        findings=kept,
        author=person.address if person is not None else message.sender.address,
        role=person.role if person is not None else "",
        department=person.department if person is not None else "",
    )
