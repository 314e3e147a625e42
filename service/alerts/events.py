"""What happened to alerts, in order: the feeds' memory."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from service.database import serialised
from service.models import AlertEvent


class EventKind(StrEnum):
    """What happened."""

    OPENED = "opened"
    EVIDENCE = "evidence"
    REOPENED = "reopened"
    REVIEWED = "reviewed"


def take_turn(session: Session) -> None:
    """Let one transaction at a time change alerts, until it ends.

    Whoever changes an alert takes its turn before touching the alert's row: two that went the other way round could
    wait for each other.
    """
    serialised(session, "alert_event")


def add_event(session: Session, alert_id: uuid.UUID, kind: EventKind, *, now: datetime) -> None:
    """Put an event behind all others; one transaction at a time, so that ids become visible in their order."""
    take_turn(session)
    session.add(AlertEvent(alert_id=alert_id, kind=kind.value, happened_at=now))
    session.flush()
