"""Reading alerts: a page of them, one with its thread, and how many there are."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select
from sqlalchemy.orm import Session

from service.alerts.contents import Content, contents_of
from service.alerts.cursor import Cursor, read_cursor, write_cursor
from service.alerts.schemas import AlertFilter, AlertPage, AlertSummary, Sort
from service.alerts.selection import order_column, select_page
from service.crypto import Keys
from service.models import Alert, AlertStatus, FindingRow, MessageRow, Verdict

LARGEST_PAGE = 200


def list_alerts(
    session: Session,
    keys: Keys,
    asked: AlertFilter,
    *,
    sort: Sort = Sort.SAID,
    cursor: str | None = None,
    limit: int = 50,
) -> AlertPage:
    """Return a page of the alerts that a filter selects, greatest first. Raises BadCursorError."""
    after = read_cursor(cursor, sort) if cursor else None
    ids = select_page(session, keys, asked, sort=sort, cursor=after, limit=limit + 1)
    alerts = summaries(session, keys, ids[:limit])
    if len(ids) <= limit or not alerts:
        return AlertPage(alerts=alerts, next=None)
    last = alerts[-1]
    value = getattr(last, order_column(sort).key)
    return AlertPage(alerts=alerts, next=write_cursor(Cursor(sort=sort, value=value, id=last.id)))


def summaries(session: Session, keys: Keys, ids: Sequence[uuid.UUID], *, words: bool = True) -> list[AlertSummary]:
    """Return these alerts as rows of a list, in this order; without `words`, subject and quote stay empty."""
    rows = {row.id: row for row in session.scalars(select(Alert).where(Alert.id.in_(ids)))}
    said = _words_of(session, keys, ids) if words else {}
    return [summary(rows[one], *said.get(one, ("", ""))) for one in ids if one in rows]


def summary(alert: Alert, subject: str, quote: str) -> AlertSummary:
    """Make a row of the list."""
    return AlertSummary(
        id=alert.id,
        policy=alert.policy,
        status=AlertStatus(alert.status),
        severity=alert.severity,
        risk=alert.risk,
        labels=sorted(row.label for row in alert.labels),
        channel=alert.channel,
        counterparty=alert.counterparty,
        people=sorted(row.address for row in alert.people),
        subject=subject,
        quote=quote,
        verdict=Verdict(alert.verdict) if alert.verdict else None,
        said_at=alert.said_at,
        opened_at=alert.opened_at,
        updated_at=alert.updated_at,
        reopened=alert.reopened,
    )


def status_counts(session: Session) -> dict[AlertStatus, int]:
    """Count alerts by status; every status is there."""
    rows = session.execute(select(Alert.status, func.count()).group_by(Alert.status))
    return dict.fromkeys(AlertStatus, 0) | {AlertStatus(status): count for status, count in rows}


def _words_of(session: Session, keys: Keys, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[str, str]]:
    """Return each alert's subject (of its last message with evidence) and the words that weigh most."""
    ranked = (
        select(
            FindingRow.alert_id,
            FindingRow.message_id,
            FindingRow.part,
            FindingRow.start,
            FindingRow.end,
            _rank(FindingRow.start.is_(None), FindingRow.points.desc(), FindingRow.confidence.desc()).label("weight"),
            _rank(MessageRow.sent_at.desc(), MessageRow.id).label("age"),
        )
        .join(MessageRow, MessageRow.id == FindingRow.message_id)
        .where(FindingRow.alert_id.in_(ids))
        .subquery()
    )
    rows = session.execute(select(ranked).where((ranked.c.weight == 1) | (ranked.c.age == 1))).all()
    contents = contents_of(session, keys, {row.message_id for row in rows})
    said: dict[uuid.UUID, tuple[str, str]] = {}
    for row in rows:
        subject, quote = said.get(row.alert_id, ("", ""))
        content = contents.get(row.message_id, Content())
        if row.age == 1:
            subject = content.subject
        if row.weight == 1:
            quote = content.words(row.part, row.start, row.end)
        said[row.alert_id] = subject, quote
    return said


def _rank(*order: SQLColumnExpression[Any]) -> ColumnElement[int]:
    # Equals are told apart by id, so that the same finding is first each time.
    return func.row_number().over(
        partition_by=FindingRow.alert_id, order_by=(*order, FindingRow.found_at, FindingRow.id)
    )
