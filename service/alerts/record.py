"""Writing alerts: evidence joins the alert of its thread and policy, and what is new opens it again."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from detectors.finding import Finding
from detectors.scoring import Assessment, Policy, Severity, assess
from service.alerts.events import EventKind, add_event, take_turn
from service.crypto import Keys
from service.models import Alert, AlertLabel, AlertPerson, AlertStatus, FindingRow
from service.negotiations.secrecy import SEALED_FACT, masked, sealed_among


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a policy saw in a stored message."""

    message_id: uuid.UUID
    thread_id: uuid.UUID
    channel: str
    author: str
    said_at: datetime
    counterparty: str
    policy: Policy
    assessment: Assessment


def record_evidence(session: Session, keys: Keys, evidence: Evidence, *, now: datetime) -> uuid.UUID:
    """Open the thread's alert, or join it. Returns the alert's id.

    Words already in evidence change nothing but the list of findings. New ones raise the risk, and open a resolved
    alert again; a suppressed one only when it becomes graver than it was.
    """
    return record_together(session, keys, [evidence], now=now)


def record_together(session: Session, keys: Keys, pieces: Sequence[Evidence], *, now: datetime) -> uuid.UUID:
    """Let several pieces of evidence, of one thread and policy, open its alert or join it at once.

    The messages may be of other threads; counterparty and channel of a new alert are those of the last piece.
    """
    take_turn(session)
    last = pieces[-1]
    query = select(Alert).where(Alert.thread_id == last.thread_id, Alert.policy == last.policy.name)
    alert = session.scalars(query).one_or_none()
    known: list[FindingRow] = []
    kind = EventKind.OPENED
    if alert is None:
        alert = _open(session, last, now=now)
    else:
        kind = EventKind.EVIDENCE
        known = list(session.scalars(select(FindingRow).where(FindingRow.alert_id == alert.id)))
    seen = {row.evidence for row in known}
    new = [row for piece in pieces for row in _add_findings(session, keys, alert, piece, now=now)]
    if known and all(row.evidence in seen for row in new):
        session.flush()
        return alert.id
    before = alert.severity
    _weigh(alert, [*known, *new], last.policy)
    for piece in pieces:
        _name(alert, piece)
    alert.updated_at = now
    alert.said_at = max(alert.said_at, *(piece.said_at for piece in pieces))
    graver = kind is EventKind.EVIDENCE and alert.risk > 0 and _rank(alert.severity) > _rank(before)
    if alert.status == AlertStatus.RESOLVED or (alert.status == AlertStatus.SUPPRESSED and graver):
        alert.status, alert.verdict, kind = AlertStatus.NEW.value, None, EventKind.REOPENED
        alert.reopened += 1
    session.flush()
    add_event(session, alert.id, kind, now=now)
    return alert.id


def alerts_on(session: Session, message_id: uuid.UUID) -> dict[str, uuid.UUID]:
    """Return the alerts that rest on a stored message, by policy."""
    query = select(Alert.policy, Alert.id).join(FindingRow, FindingRow.alert_id == Alert.id)
    return {row.policy: row.id for row in session.execute(query.where(FindingRow.message_id == message_id))}


def _rank(severity: str) -> int:
    return list(Severity).index(Severity(severity))


def _open(session: Session, evidence: Evidence, *, now: datetime) -> Alert:
    alert = Alert(
        id=uuid.uuid4(),
        thread_id=evidence.thread_id,
        policy=evidence.policy.name,
        status=AlertStatus.NEW.value,
        severity=evidence.assessment.severity.value,
        risk=0.0,
        channel=evidence.channel,
        counterparty=evidence.counterparty,
        said_at=evidence.said_at,
        opened_at=now,
        updated_at=now,
        reopened=0,
        labels=[],
        people=[],
    )
    session.add(alert)
    session.flush()
    return alert


def _add_findings(session: Session, keys: Keys, alert: Alert, evidence: Evidence, *, now: datetime) -> list[FindingRow]:
    """Store the findings of a piece of evidence."""
    rows = []
    told_of = {one.finding.label for one in evidence.assessment.contributions}
    is_sealed = SEALED_FACT in told_of or bool(sealed_among(session, [evidence.message_id]))
    for contribution in evidence.assessment.contributions:
        one = contribution.finding
        words = " ".join(one.quote.casefold().split()) or one.reason
        row = FindingRow(
            id=uuid.uuid4(),
            alert_id=alert.id,
            message_id=evidence.message_id,
            label=str(one.label),
            part=one.part,
            start=one.start,
            end=one.end,
            confidence=one.confidence,
            points=0.0,
            explanation="",
            reason=masked(one.reason) if is_sealed else one.reason,
            detector=one.detector,
            rule=one.rule,
            evidence=keys.digest("evidence", f"{one.label}\n{words}"),
            answers=contribution.answers,
            found_at=now,
        )
        session.add(row)
        rows.append(row)
    return rows


def _weigh(alert: Alert, rows: Sequence[FindingRow], policy: Policy) -> None:
    """Judge all of the thread's evidence together, and say how much each piece counts."""
    findings = {_finding(row): row for row in rows}
    whole = assess(findings, policy, answers={row.label: row.answers for row in rows if row.answers})
    for contribution in whole.contributions:
        row = findings[contribution.finding]
        row.points, row.explanation = contribution.points, contribution.reason
    alert.risk, alert.severity = whole.risk, whole.severity.value


def _finding(row: FindingRow) -> Finding:
    # The row's id stands for the words, so that two findings are never taken for one.
    return Finding(
        label=row.label,
        start=row.start,
        end=row.end,
        quote=str(row.id),
        confidence=row.confidence,
        reason=row.reason,
        detector=row.detector,
        rule=row.rule,
        part=row.part,
    )


def _name(alert: Alert, evidence: Evidence) -> None:
    labels: Iterable[str] = {str(one.label) for one in evidence.assessment.findings} - {
        row.label for row in alert.labels
    }
    alert.labels.extend(AlertLabel(label=label) for label in sorted(labels))
    if evidence.author not in {row.address for row in alert.people}:
        alert.people.append(AlertPerson(address=evidence.author))
