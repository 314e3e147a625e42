"""One batch into the store: judged, joined, sealed and committed together with its cursor."""

import logging
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from connectors import TRUNCATED, Batch
from detectors.catalogue import Analysis, analyze
from detectors.context import Context
from detectors.scoring import Policy, assess
from messages import Message, counterparties_of
from service.alerts.record import Evidence, record_evidence
from service.crypto import Keys
from service.settings import Retention
from service.sources.record import Refused, count, move_cursor, note_read, note_refusals
from service.threads.keep import keep_context
from service.threads.store import Incoming, join_threads, message_key, store_messages, stored_keys

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
class Outcome:
    """What became of a batch: messages brought, of those new and in scope, refusals, and alerts touched.

    `refused` counts the refusals that were not on record before.
    """

    brought: int
    stored: int
    refused: int
    refusals: tuple[Refused, ...]
    alerts: frozenset[uuid.UUID]


def ingest(session: Session, source: str, kind: str, batch: Batch, house: House, *, now: datetime) -> Outcome:
    """Take in a batch. The caller commits: messages, alerts and cursor together, or none of them."""
    counts: Counter[str] = Counter(brought=len(batch.messages))
    judged, failed = _judge(batch.messages, house, counts)
    judged = _unstored(session, judged)
    incoming = [one for one, _ in judged]
    threads = join_threads(session, house.keys, incoming, now=now)
    hours = house.retention.text_hours
    ids = store_messages(session, house.keys, source, incoming, threads, now=now, text_hours=hours)
    alerts = _raise_alerts(session, house, judged, list(zip(ids, threads, strict=True)), now=now)
    keep_context(session, house.keys, threads)
    refused = [Refused(location=one.where, why=one.why) for one in batch.refusals] + failed
    new_refusals = note_refusals(session, source, batch.stream, refused, now=now)
    counts["refused"] += new_refusals
    for one in incoming:
        counts[one.direction.value] += 1
    move_cursor(session, source, batch.stream, batch.cursor, now=now)
    note_read(session, source, kind, messages=len(batch.messages), refusals=new_refusals, now=now)
    count(session, source, counts, now=now)
    return Outcome(
        brought=len(batch.messages),
        stored=len(ids),
        refused=new_refusals,
        refusals=tuple(refused),
        alerts=frozenset(alerts),
    )


def _judge(
    messages: Sequence[Message], house: House, counts: Counter[str]
) -> tuple[list[tuple[Incoming, Analysis]], list[Refused]]:
    """Analyze what is in scope; what is not is counted and forgotten."""
    judged: dict[bytes, tuple[Incoming, Analysis]] = {}
    failed: list[Refused] = []
    for message in messages:
        if message.truncated:
            failed.append(Refused(location=message.id, why=TRUNCATED))
        if not house.looks_at(message):
            counts["out_of_scope"] += 1
            continue
        try:
            analysis = analyze(message, house.context)
        except Exception as error:  # noqa: BLE001 - one message a detector trips over must not stop the others
            log.error("analysis failed", extra={"error": type(error).__name__})  # noqa: TRY400 - a trace holds text
            failed.append(Refused(location=message.id, why=f"the analysis failed ({type(error).__name__})"))
            continue
        one = Incoming(
            message=message,
            direction=analysis.direction,
            counterparties=analysis.counterparties,
            text=analysis.text,
            key=message_key(house.keys, message),
        )
        judged.setdefault(one.key, (one, analysis))
    return list(judged.values()), failed


def _unstored(session: Session, judged: list[tuple[Incoming, Analysis]]) -> list[tuple[Incoming, Analysis]]:
    known = stored_keys(session, (one.key for one, _ in judged))
    return [(one, analysis) for one, analysis in judged if one.key not in known]


def _raise_alerts(
    session: Session,
    house: House,
    judged: list[tuple[Incoming, Analysis]],
    places: list[tuple[uuid.UUID, uuid.UUID]],
    *,
    now: datetime,
) -> set[uuid.UUID]:
    alerts = set()
    for (one, analysis), (message_id, thread_id) in zip(judged, places, strict=True):
        for policy in house.policies:
            assessment = assess(analysis.findings, policy, in_scope=house.is_in_scope(one.message))
            if not assessment.alert:
                continue
            evidence = Evidence(
                message_id=message_id,
                thread_id=thread_id,
                channel=one.message.channel.value,
                author=one.message.sender.address,
                said_at=one.message.sent_at or now,
                counterparty=one.counterparties[0].name if one.counterparties else "unknown",
                policy=policy,
                assessment=assessment,
            )
            alerts.add(record_evidence(session, house.keys, evidence, now=now))
    return alerts
