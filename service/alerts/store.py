"""Reading alerts: a page of them, one with its thread, and how many there are."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What a row of the list quotes, and the negotiations whose sealed facts keep words from whoever looks."""

    subject: str = ""
    quote: str = ""
    withheld: frozenset[str] = frozenset()


def list_alerts(
    session: Session,
    keys: Keys,
    asked: AlertFilter,
    *,
    sort: Sort = Sort.SAID,
    cursor: str | None = None,
    limit: int = 50,
    viewer: uuid.UUID | None = None,
) -> AlertPage:
    """Return a page of the alerts that a filter selects, greatest first. Raises BadCursorError.

    `viewer` is the user who looks, None for somebody outside.
    """
    after = read_cursor(cursor, sort) if cursor else None
    ids = select_page(session, keys, asked, sort=sort, cursor=after, limit=limit + 1)
    alerts = summaries(session, keys, ids[:limit], viewer=viewer)
    if len(ids) <= limit or not alerts:
        return AlertPage(alerts=alerts, next=None)
    last = alerts[-1]
    value = getattr(last, order_column(sort).key)
    return AlertPage(alerts=alerts, next=write_cursor(Cursor(sort=sort, value=value, id=last.id)))


def summaries(
    session: Session,
    keys: Keys,
    ids: Sequence[uuid.UUID],
    *,
    words: bool = True,
    viewer: uuid.UUID | None = None,
) -> list[AlertSummary]:
    """Return these alerts as rows of a list, in this order; without `words`, subject and quote stay empty.

    They stay empty, too, where a sealed fact keeps them from the viewer.
    """
    rows = {row.id: row for row in session.scalars(select(Alert).where(Alert.id.in_(ids)))}
    said = _words_of(session, keys, ids, viewer) if words else {}
    return [_summary(rows[one], said.get(one, _Words())) for one in ids if one in rows]


def _summary(alert: Alert, said: _Words) -> AlertSummary:
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
        subject=said.subject,
        quote=said.quote,
        withheld=sorted(said.withheld),
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


def _words_of(
    session: Session, keys: Keys, ids: Collection[uuid.UUID], viewer: uuid.UUID | None
) -> dict[uuid.UUID, _Words]:
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
    contents = contents_of(session, keys, {row.message_id for row in rows}, viewer=viewer)
    said: dict[uuid.UUID, _Words] = {}
    for row in rows:
        found = said.get(row.alert_id, _Words())
        content = contents.get(row.message_id, Content())
        said[row.alert_id] = _Words(
            subject=content.subject if row.age == 1 else found.subject,
            quote=content.words(row.part, row.start, row.end) if row.weight == 1 else found.quote,
            withheld=found.withheld | set(content.withheld),
        )
    return said


def _rank(*order: SQLColumnExpression[Any]) -> ColumnElement[int]:
    # Equals are told apart by id, so that the same finding is first each time.
    return func.row_number().over(
        partition_by=FindingRow.alert_id, order_by=(*order, FindingRow.found_at, FindingRow.id)
    )
