"""What the daily digest tells: counts alone, and nobody's name."""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from detectors.scoring import Severity
from service.console.health import sources_of
from service.models import Alert, AlertStatus, Review, SourceState
from service.notify.store import unposted
from service.reports.models import Report
from service.settings import SourceSettings
from service.warnings.models import WarningRow, WarningState

_MOST_COUNTERPARTIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Oldest:
    """The alert that has been open longest."""

    id: uuid.UUID
    counterparty: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts of a period, and of what is open at its end.

    `severities` are gravest first, `verdicts` most frequent first; a verdict is empty where an alert was closed
    without one. `unsure` are warnings of which nobody knows whether they arrived, `failing` names of sources.
    """

    since: datetime
    until: datetime
    new: int
    severities: Mapping[str, int]
    counterparties: Sequence[tuple[str, int]]
    open: int
    taken: int
    oldest: Oldest | None
    resolved: int
    verdicts: Sequence[tuple[str, int]]
    reports: int
    warned: int
    unsure: int
    unposted: int
    failing: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        told = (self.new, self.open, self.resolved, self.reports, self.warned, self.unsure, self.unposted)
        return not any(told) and not self.failing


def read_figures(
    session: Session,
    *,
    policies: Collection[str],
    channel: str,
    sources: Sequence[SourceSettings],
    since: datetime,
    until: datetime,
) -> Figures:
    """Count what happened from `since` up to `until` to the alerts of these policies."""
    fresh = (Alert.opened_at >= since, Alert.opened_at < until, Alert.policy.in_(policies))
    severities = _counts(session, Alert.severity, *fresh)
    verdicts = _verdicts(session, policies, since, until)
    statuses = _counts(session, Alert.status, Alert.policy.in_(policies))
    taken = statuses[AlertStatus.IN_PROGRESS]
    warned = (WarningRow.state == WarningState.SENT, WarningRow.sent_at >= since, WarningRow.sent_at < until)
    unsure = (WarningRow.state == WarningState.UNKNOWN, WarningRow.claimed_at >= since, WarningRow.claimed_at < until)
    return Figures(
        since=since,
        until=until,
        new=severities.total(),
        severities={one.value: severities[one] for one in reversed(Severity) if severities[one]},
        counterparties=_first(_counts(session, Alert.counterparty, *fresh))[:_MOST_COUNTERPARTIES],
        open=statuses[AlertStatus.NEW] + taken,
        taken=taken,
        oldest=_oldest(session, policies),
        resolved=verdicts.total(),
        verdicts=_first(verdicts),
        reports=_number(session, Report.id, Report.reported_at >= since, Report.reported_at < until),
        warned=_number(session, WarningRow.id, *warned),
        unsure=_number(session, WarningRow.id, *unsure),
        unposted=unposted(session, channel, since=since),
        failing=_failing(session, sources, now=until),
    )


def _counts(session: Session, column: Any, *where: ColumnElement[bool]) -> Counter[str]:
    rows = session.execute(select(column, func.count()).where(*where).group_by(column))
    return Counter({str(row[0] or ""): row[1] for row in rows})


def _first(counts: Counter[str]) -> list[tuple[str, int]]:
    """Sort by count, equals by name, so that two digests of the same day are the same."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _verdicts(session: Session, policies: Collection[str], since: datetime, until: datetime) -> Counter[str]:
    """Count alerts that were closed in the period, and still are, by their verdicts."""
    closed = select(Review.id).where(
        Review.alert_id == Alert.id,
        Review.reviewed_at >= since,
        Review.reviewed_at < until,
        Review.status == AlertStatus.RESOLVED,
        Review.status_before != AlertStatus.RESOLVED,
    )
    return _counts(
        session, Alert.verdict, Alert.status == AlertStatus.RESOLVED, Alert.policy.in_(policies), closed.exists()
    )


def _oldest(session: Session, policies: Collection[str]) -> Oldest | None:
    waiting = (Alert.status.in_((AlertStatus.NEW, AlertStatus.IN_PROGRESS)), Alert.policy.in_(policies))
    query = select(Alert.id, Alert.counterparty, Alert.opened_at).where(*waiting)
    row = session.execute(query.order_by(Alert.opened_at, Alert.id).limit(1)).first()
    return Oldest(id=row.id, counterparty=row.counterparty, opened_at=row.opened_at) if row is not None else None


def _number(session: Session, column: Any, *where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count(column)).where(*where)) or 0


def _failing(session: Session, sources: Sequence[SourceSettings], *, now: datetime) -> tuple[str, ...]:
    states = session.scalars(select(SourceState)).all()
    return tuple(view.name for view in sources_of(states, sources, now=now) if view.warning)
