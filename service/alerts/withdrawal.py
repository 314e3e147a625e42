"""Messages that their authors deleted, or put an edited version in the place of."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.alerts.reviews import add_review
from service.alerts.schemas import ReviewIn
from service.crypto import Keys
from service.exposure.verdicts import note_taken_back
from service.models import Alert, AlertStatus, FindingRow, MessageRow
from service.reports.models import REPORTED
from service.threads.store import slack_key

AUTHOR = "frontdoor (its author deleted it)"


def withdraw(session: Session, keys: Keys, versions: Sequence[str], *, deleted: bool, now: datetime) -> set[uuid.UUID]:
    """Mark versions of a Slack message as withdrawn, by their ids; returns the alerts that this closes.

    A deleted message takes all its versions along. An alert closes when nothing of its evidence stands any more and
    nobody has taken it up; what was read before it was deleted is still known, so nothing of it is dropped, and a
    reviewer can open it again.
    """
    rows = _rows(session, keys, versions, whole=deleted)
    fresh = [row for row in rows if row.withdrawn_at is None]
    if fresh:
        ids = [row.id for row in fresh]
        session.execute(update(MessageRow).where(MessageRow.id.in_(ids)).values(withdrawn_at=now))
        note_taken_back(session, ids, now=now)
    if not (deleted and rows):
        return set()
    # An alert may rest on a version that an edit had replaced before.
    ids = [row.id for row in rows]
    alerts = session.scalars(select(FindingRow.alert_id).where(FindingRow.message_id.in_(ids)).distinct()).all()
    seconds = (now - min(row.sent_at for row in rows)).total_seconds()
    return {alert for alert in alerts if _close(session, keys, alert, seconds, now=now)}


def mark_replaced(session: Session, version: str, row_id: uuid.UUID, thread_id: uuid.UUID, *, now: datetime) -> None:
    """Mark what an edited version, just stored, stands in the place of."""
    others = session.scalars(
        select(MessageRow).where(
            MessageRow.thread_id == thread_id, MessageRow.id != row_id, MessageRow.withdrawn_at.is_(None)
        )
    )
    replaced = [row for row in others if _said(row.external_id) == _said(version)]
    for row in replaced:
        row.withdrawn_at = now
    session.flush()
    note_taken_back(session, [row.id for row in replaced], now=now)


def is_edit(version: str) -> bool:
    """Tell whether a Slack message's id is that of an edited version."""
    return version.count(":") == 3


def _rows(session: Session, keys: Keys, versions: Sequence[str], *, whole: bool) -> list[MessageRow]:
    wanted = [slack_key(keys, one) for one in versions]
    rows = list(session.scalars(select(MessageRow).where(MessageRow.key.in_(wanted))))
    if not whole or not rows:
        return rows
    query = select(MessageRow).where(MessageRow.thread_id.in_({row.thread_id for row in rows}))
    return [row for row in session.scalars(query) if _said(row.external_id) == _said(versions[0])]


def _said(version: str) -> list[str]:
    """Name the channel and the time stamp that all versions of a message have in common."""
    return version.split(":")[1:3]


def _close(session: Session, keys: Keys, alert_id: uuid.UUID, seconds: float, *, now: datetime) -> bool:
    alert = session.get(Alert, alert_id)
    standing = (
        select(FindingRow.id)
        .join(MessageRow, MessageRow.id == FindingRow.message_id)
        .where(FindingRow.alert_id == alert_id, MessageRow.withdrawn_at.is_(None))
        .limit(1)
    )
    if alert is None or alert.status != AlertStatus.NEW or session.scalar(standing) is not None:
        return False
    if alert.policy == REPORTED:
        return False  # who is reported can't close the matter by deleting what was reported
    note = f"The author deleted the message {_span(seconds)} after it was said. Whoever read it before knows it."
    step = ReviewIn(status=AlertStatus.RESOLVED, note=note)
    add_review(session, keys, alert_id, step, reviewer=AUTHOR, now=now)
    return True


def _span(seconds: float) -> str:
    for size, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {name}"
    return f"{max(seconds, 0):.0f} seconds"
