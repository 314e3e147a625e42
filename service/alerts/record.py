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
    take_turn(session)
    query = select(Alert).where(Alert.thread_id == evidence.thread_id, Alert.policy == evidence.policy.name)
    alert = session.scalars(query).one_or_none()
    if alert is None:
        alert = _open(session, evidence, now=now)
        kind = EventKind.OPENED
        rows = _add_findings(session, keys, alert, (), evidence, now=now)
    else:
        known = list(session.scalars(select(FindingRow).where(FindingRow.alert_id == alert.id)))
        seen = {row.evidence for row in known}
        rows = _add_findings(session, keys, alert, known, evidence, now=now)
        if all(row.evidence in seen for row in rows[len(known) :]):
            session.flush()
            return alert.id
        kind = EventKind.EVIDENCE
    before = alert.severity
    _weigh(alert, rows, evidence.policy)
    _name(alert, evidence)
    alert.updated_at = now
    alert.said_at = max(alert.said_at, evidence.said_at)
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


def _add_findings(
    session: Session, keys: Keys, alert: Alert, known: Sequence[FindingRow], evidence: Evidence, *, now: datetime
) -> list[FindingRow]:
    """Store the findings; returns all of the alert's, the known ones first."""
    rows = list(known)
    for one in evidence.assessment.findings:
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
            reason=one.reason,
            detector=one.detector,
            rule=one.rule,
            evidence=keys.digest("evidence", f"{one.label}\n{words}"),
            found_at=now,
        )
        session.add(row)
        rows.append(row)
    return rows


def _weigh(alert: Alert, rows: Sequence[FindingRow], policy: Policy) -> None:
    """Judge all of the thread's evidence together, and say how much each piece counts."""
    findings = {_finding(row): row for row in rows}
    whole = assess(findings, policy)
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
