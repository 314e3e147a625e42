"""Alerts as entries of a feed: with the words for whoever may read them, without for everybody else."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from service.alerts.schemas import AlertFilter, AlertSummary, Sort
from service.alerts.selection import select_page
from service.alerts.store import summaries
from service.crypto import Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An alert in a feed. `authors` are addresses, and empty, as the words are, for a reader who may not see them."""

    id: str
    url: str
    title: str
    text: str
    authors: tuple[str, ...]
    opened_at: datetime
    updated_at: datetime
    alert: AlertSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The alerts of a feed, latest first. `base` is the console's address."""

    base: str
    updated_at: datetime
    entries: tuple[Entry, ...]


def read_feed(
    session: Session,
    keys: Keys,
    asked: AlertFilter,
    *,
    limit: int,
    words: bool,
    base: str,
    now: datetime,
    viewer: uuid.UUID | None = None,
) -> Feed:
    """Read the alerts that changed last among those a filter selects, with the words that the viewer gets to read."""
    ids = select_page(session, keys, asked, sort=Sort.UPDATED, cursor=None, limit=limit)
    alerts = summaries(session, keys, ids, words=words, viewer=viewer)
    entries = tuple(_entry(alert, base, words=words) for alert in alerts)
    return Feed(base=base, updated_at=entries[0].updated_at if entries else now, entries=entries)


def title(alert: AlertSummary) -> str:
    """Say in a line what an alert is, without a word of the messages."""
    about = " · ".join(filter(None, (_listed(alert.labels), alert.counterparty)))
    return f"{alert.severity.capitalize()}: {about}" if about else alert.severity.capitalize()


def _entry(alert: AlertSummary, base: str, *, words: bool) -> Entry:
    state = f"{alert.status.replace('_', ' ')}, risk {alert.risk:.0f} of 100, {alert.channel}"
    said = [alert.subject, f"“{alert.quote}”" if alert.quote else ""] if words else []
    return Entry(
        id=f"urn:uuid:{alert.id}",
        url=f"{base}/alerts/{alert.id}",
        title=title(alert),
        text="\n".join(filter(None, [state, *said])),
        authors=tuple(alert.people) if words else (),
        opened_at=alert.opened_at,
        updated_at=alert.updated_at,
        alert=alert,
    )


def _listed(labels: Sequence[str]) -> str:
    return ", ".join(label.replace("_", " ") for label in labels)
