"""What happened to alerts since: read from the store, for those who keep listening."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.alerts.schemas import AlertFilter
from service.alerts.selection import matching
from service.auth.authenticate import still_valid
from service.auth.identity import Identity
from service.auth.permissions import Permission
from service.crypto import Keys
from service.errors import TooManyError
from service.models import Alert, AlertEvent

_BATCH = 200
_MOST, _MOST_A_USER = 200, 20


class News(BaseModel):
    """What happened to an alert, without a word of its messages."""

    alert: uuid.UUID
    kind: str
    happened_at: datetime
    status: str
    severity: str
    risk: float
    labels: list[str]
    policy: str
    channel: str
    counterparty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some news with the ids of their events, and the id behind which to go on."""

    news: tuple[tuple[int, News], ...]
    last: int


class ListenersError(TooManyError):
    """Too many are listening already."""


@dataclass(slots=True)
class Seats:
    """How many may listen at once: all together, and each user."""

    taken: dict[uuid.UUID, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    @contextmanager
    def seat(self, user_id: uuid.UUID) -> Iterator[None]:
        """Take a seat for as long as the block lasts. Raises ListenersError."""
        with self.lock:
            if sum(self.taken.values()) >= _MOST or self.taken.get(user_id, 0) >= _MOST_A_USER:
                raise ListenersError
            self.taken[user_id] = self.taken.get(user_id, 0) + 1
        try:
            yield
        finally:
            with self.lock:
                self.taken[user_id] -= 1
                if not self.taken[user_id]:
                    del self.taken[user_id]


def last_event(session: Session) -> int:
    """Return the id of the event that happened last."""
    return session.scalar(select(func.max(AlertEvent.id))) or 0


def read_news(
    session: Session, keys: Keys, asked: AlertFilter, asking: Identity, *, after: int, now: datetime
) -> Batch | None:
    """Return what happened behind an event to alerts that a filter selects; None when nobody would be let in now."""
    if not still_valid(session, asking, Permission.FEEDS_READ, now=now):
        return None
    events = session.scalars(
        select(AlertEvent).where(AlertEvent.id > after).order_by(AlertEvent.id).limit(_BATCH)
    ).all()
    if not events:
        return Batch(news=(), last=after)
    ids = {event.alert_id for event in events}
    alerts = session.scalars(select(Alert).where(Alert.id.in_(ids), *matching(asked, keys)))
    known = {alert.id: alert for alert in alerts}
    news = tuple((event.id, _news(event, known[event.alert_id])) for event in events if event.alert_id in known)
    return Batch(news=news, last=events[-1].id)


def _news(event: AlertEvent, alert: Alert) -> News:
    return News(
        alert=alert.id,
        kind=event.kind,
        happened_at=event.happened_at,
        status=alert.status,
        severity=alert.severity,
        risk=alert.risk,
        labels=sorted(row.label for row in alert.labels),
        policy=alert.policy,
        channel=alert.channel,
        counterparty=alert.counterparty,
    )
