"""A person's own reports, found without opening anybody's: their days are known by a keyed hash alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.crypto import Keys
from service.models import Alert, AlertStatus
from service.reports.models import Report

_DAYS = 90
_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReport:
    """When something was reported, and how far its alert has come."""

    reported_at: datetime
    status: AlertStatus


def own_reports(session: Session, keys: Keys, team: str, user: str, *, now: datetime) -> tuple[OwnReport, ...]:
    """Return the latest reports of a person in the last months; one without an alert yet is new."""
    days = [(now - timedelta(days=ago)).date().isoformat() for ago in range(_DAYS)]
    hashes = [keys.digest("reporter", f"{team}:{user}\n{day}") for day in days]
    query = (
        select(Report.reported_at, Alert.status)
        .outerjoin(Alert, Alert.id == Report.alert_id)
        .where(Report.by_day.in_(hashes))
        .order_by(Report.reported_at.desc(), Report.id)
        .limit(_MOST)
    )
    return tuple(
        OwnReport(reported_at=reported_at, status=AlertStatus(status) if status else AlertStatus.NEW)
        for reported_at, status in session.execute(query)
    )
