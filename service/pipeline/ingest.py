"""One batch into the store: judged, joined, sealed and committed together with its cursor."""

import logging
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from connectors import TRUNCATED, Batch
from detectors.catalogue import Analysis, analyze
from detectors.context import Context
from detectors.scoring import Assessment, Policy, assess
from messages import Channel, Direction, Message, counterparties_of
from service.alerts.record import Evidence, record_evidence
from service.alerts.withdrawal import is_edit, mark_replaced
from service.crypto import Keys
from service.settings import Retention
from service.sources.record import Refused, count, move_cursor, note_read, note_refusals
from service.threads.keep import keep_context
from service.threads.store import Incoming, join_threads, message_key, store_messages, stored_ids

log = logging.getLogger("frontdoor.pipeline")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What a batch is judged and stored with."""

    keys: Keys
    context: Context
    policies: tuple[Policy, ...]
    retention: Retention

    def with_own_domain(self, domain: str) -> "House":
        """Add a domain of ours that only the source knows (a Slack workspace's)."""
        directory = self.context.directory
        if not domain or domain in directory.own_domains:
            return self
        directory = replace(directory, own_domains=(*directory.own_domains, domain))
        return replace(self, context=replace(self.context, directory=directory))

    def looks_at(self, message: Message) -> bool:
        """Tell whether the message touches a counterparty, or a policy asks for internal ones."""
        return any(policy.internal for policy in self.policies) or self.is_in_scope(message)

    def is_in_scope(self, message: Message) -> bool:
        """Tell whether someone outside wrote or reads the message; an author who hides is outside."""
        directory = self.context.directory
        return not directory.is_ours(message.sender.address) or bool(counterparties_of(message, directory))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Messages that were looked at, before anything of them is stored.

    `found` are those in scope with what was seen in them, `refused` those that could not be judged, `counts` what the
    day's counts gain.
    """

    found: tuple[tuple[Incoming, Analysis], ...]
    refused: tuple[Refused, ...]
    counts: Mapping[str, int]


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


def judge(messages: Sequence[Message], house: House) -> Judged:
    """Analyze what is in scope; what is not is counted and forgotten. Needs no transaction."""
    counts: Counter[str] = Counter(brought=len(messages))
    found: dict[bytes, tuple[Incoming, Analysis]] = {}
    refused: list[Refused] = []
    for message in messages:
        if message.truncated:
            refused.append(Refused(location=message.id, why=TRUNCATED))
        if not house.looks_at(message):
            counts["out_of_scope"] += 1
            continue
        try:
            analysis = analyze(message, house.context)
        except Exception as error:  # noqa: BLE001 - one message a detector trips over must not stop the others
            log.error("analysis failed", extra={"error": type(error).__name__})  # noqa: TRY400 - a trace holds text
            refused.append(Refused(location=message.id, why=f"the analysis failed ({type(error).__name__})"))
            continue
        one = Incoming(
            message=message,
            direction=analysis.direction,
            counterparties=analysis.counterparties,
            text=analysis.text,
            key=message_key(house.keys, message),
        )
        found.setdefault(one.key, (one, analysis))
    return Judged(found=tuple(found.values()), refused=tuple(refused), counts=counts)


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
    """Take in a batch. The caller commits: messages, alerts and cursor together, or none of them.

    `judged` is what `judge` said of the batch's messages, where that was done before the transaction. `can_warn` tells
    of which messages somebody in Slack can still be warned: a policy that prefers that gets its alert for all others.
    """
    judged = judged or judge(batch.messages, house)
    known = stored_ids(session, (one.key for one, _ in judged.found))
    new = [(one, analysis) for one, analysis in judged.found if one.key not in known]
    incoming = [one for one, _ in new]
    threads = join_threads(session, house.keys, incoming, now=now)
    hours = house.retention.text_hours
    ids = store_messages(session, house.keys, source, incoming, threads, now=now, text_hours=hours)
    places = {one.key: place for one, place in zip(incoming, zip(ids, threads, strict=True), strict=True)}
    taken = tuple(
        _take(session, house, one, analysis, places, known, now=now, can_warn=can_warn(one.message))
        for one, analysis in judged.found
    )
    for one, row_id, thread in zip(incoming, ids, threads, strict=True):
        if one.message.channel is Channel.SLACK and is_edit(one.message.id):
            mark_replaced(session, one.message.id, row_id, thread, now=now)
    keep_context(session, house.keys, threads)
    refused = [Refused(location=one.where, why=one.why) for one in batch.refusals] + list(judged.refused)
    new_refusals = note_refusals(session, source, batch.stream, refused, now=now)
    counts = Counter(judged.counts)
    counts["refused"] += new_refusals
    for one in incoming:
        counts[one.direction.value] += 1
    if batch.cursor:
        move_cursor(session, source, batch.stream, batch.cursor, now=now)
    note_read(session, source, kind, messages=len(batch.messages), refusals=new_refusals, now=now)
    count(session, source, counts, now=now)
    return Outcome(
        brought=len(batch.messages),
        stored=len(ids),
        refused=new_refusals,
        refusals=tuple(refused),
        alerts=frozenset(alert for one in taken for alert in one.alerts.values()),
        taken=taken,
    )


def _raises(policy: Policy, assessment: Assessment, message: Message, *, can_warn: bool) -> bool:
    """Tell whether a policy wants an alert. In Slack it may prefer to warn alone; whoever wrote a mail can't be."""
    if message.channel is not Channel.SLACK:
        return assessment.alert
    return assessment.alert and policy.warning.wants_alert(assessment, can_warn=can_warn)


def _take(
    session: Session,
    house: House,
    one: Incoming,
    analysis: Analysis,
    places: Mapping[bytes, tuple[uuid.UUID, uuid.UUID]],
    known: Mapping[bytes, uuid.UUID],
    *,
    now: datetime,
    can_warn: bool,
) -> Taken:
    """Let each policy judge a message, and raise what alerts a new one gives."""
    in_scope = house.is_in_scope(one.message)
    judged = tuple((policy, assess(analysis.findings, policy, in_scope=in_scope)) for policy in house.policies)
    counterparty = one.counterparties[0].name if one.counterparties else "unknown"
    place = places.get(one.key)
    alerts = {}
    for policy, assessment in judged:
        if place is not None and _raises(policy, assessment, one.message, can_warn=can_warn):
            evidence = Evidence(
                message_id=place[0],
                thread_id=place[1],
                channel=one.message.channel.value,
                author=one.message.sender.address,
                said_at=one.message.sent_at or now,
                counterparty=counterparty,
                policy=policy,
                assessment=assessment,
            )
            alerts[policy.name] = record_evidence(session, house.keys, evidence, now=now)
    return Taken(
        message=one.message,
        direction=one.direction,
        counterparty=counterparty,
        message_id=place[0] if place is not None else known[one.key],
        is_new=place is not None,
        judged=judged,
        alerts=alerts,
    )
