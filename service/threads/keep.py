"""What of a thread's texts is kept for its alerts, and what goes when its time is over."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.orm import Session

from service.alerts.contents import open_content
from service.alerts.search import tokens_of
from service.coaching.learners import expire_learners
from service.crypto import Keys
from service.directory.imports import PATIENCE, expire_imports
from service.directory.unknown import expire_unknown
from service.exposure.keep import expire_ledger
from service.models import (
    Alert,
    AlertStatus,
    ApiToken,
    FindingRow,
    MessageRow,
    Refusal,
    SearchToken,
    SessionRow,
    SignInLink,
    Thread,
)
from service.negotiations.secrecy import sealed_among
from service.settings import Retention
from service.slack.intake import expire_events
from service.warnings.keep import expire_warnings

# How many messages before and after a piece of evidence are kept with it.
NEIGHBOURS = 3


def keep_context(session: Session, keys: Keys, threads: Iterable[uuid.UUID]) -> int:
    """Keep the texts of evidence and of what stands next to it, and index their words; returns how many were new.

    The words of a message that holds a sealed fact are found by nobody: neither what a search gives nor how long it
    takes tells one of them.
    """
    alerts: dict[uuid.UUID, list[uuid.UUID]] = {}
    query = select(Alert.thread_id, Alert.id).where(Alert.thread_id.in_(set(threads)))
    for thread, alert in session.execute(query):
        alerts.setdefault(thread, []).append(alert)
    return sum(_keep_thread(session, keys, thread, ids) for thread, ids in alerts.items())


def keep_evidence(session: Session, keys: Keys, alert_id: uuid.UUID, messages: Iterable[uuid.UUID]) -> None:
    """Keep the texts of an alert's evidence that stands in other threads than its own, and index their words."""
    wanted = list(dict.fromkeys(messages))
    rows = list(session.scalars(select(MessageRow).where(MessageRow.id.in_(wanted), MessageRow.sealed.is_not(None))))
    sealed = sealed_among(session, wanted)
    for row in rows:
        row.text_until = None
        if row.id not in sealed:
            _index(session, keys, row, [alert_id])
    session.flush()


def index_evidence_anew(session: Session, keys: Keys, messages: Iterable[uuid.UUID]) -> None:
    """Take messages that are sealed by now out of the index of alerts that rest on them from other threads."""
    query = (
        select(FindingRow.alert_id)
        .join(Alert, Alert.id == FindingRow.alert_id)
        .join(MessageRow, MessageRow.id == FindingRow.message_id)
        .where(FindingRow.message_id.in_(list(messages)), MessageRow.thread_id != Alert.thread_id)
    )
    for alert_id in session.scalars(query.distinct()).all():
        session.execute(delete(SearchToken).where(SearchToken.alert_id == alert_id))
        evidence = session.scalars(select(FindingRow.message_id).where(FindingRow.alert_id == alert_id)).all()
        keep_evidence(session, keys, alert_id, evidence)


def _keep_thread(session: Session, keys: Keys, thread: uuid.UUID, alerts: list[uuid.UUID]) -> int:
    evidence = set(session.scalars(select(FindingRow.message_id).where(FindingRow.alert_id.in_(alerts))))
    order = session.execute(
        select(MessageRow.id, MessageRow.text_until)
        .where(MessageRow.thread_id == thread)
        .order_by(MessageRow.sent_at, MessageRow.id)
    ).all()
    near = set[int]()
    for place, (row_id, _) in enumerate(order):
        if row_id in evidence:
            near.update(range(max(place - NEIGHBOURS, 0), place + NEIGHBOURS + 1))
    due = [row_id for place, (row_id, until) in enumerate(order) if place in near and until is not None]
    rows = list(session.scalars(select(MessageRow).where(MessageRow.id.in_(due), MessageRow.sealed.is_not(None))))
    for row in rows:
        row.text_until = None
    session.flush()
    sealed = sealed_among(session, (row_id for row_id, _ in order))
    if sealed:
        # One of them may have been indexed before it was known to be sealed, so the thread is indexed anew.
        session.execute(delete(SearchToken).where(SearchToken.alert_id.in_(alerts)))
        kept = (MessageRow.thread_id == thread, MessageRow.sealed.is_not(None), MessageRow.text_until.is_(None))
        rows_to_index = [row for row in session.scalars(select(MessageRow).where(*kept)) if row.id not in sealed]
    else:
        rows_to_index = rows
    for row in rows_to_index:
        _index(session, keys, row, alerts)
    return len(rows)


def _index(session: Session, keys: Keys, row: MessageRow, alerts: list[uuid.UUID]) -> None:
    content = open_content(keys, row.id, row.key_id, row.sealed)
    tokens = tokens_of(f"{content.subject}\n{content.text or ''}", keys)
    for alert in alerts:
        known = set(session.scalars(select(SearchToken.token).where(SearchToken.alert_id == alert)))
        new = [{"token": token, "alert_id": alert} for token in tokens - known]
        if new:
            session.execute(insert(SearchToken), new)


def expire(session: Session, retention: Retention, *, now: datetime) -> dict[str, int]:
    """Delete what has had its time; returns how much of each kind went.

    Texts without cause, and events that nobody worked on, go after `text_hours`, headers and the quotes of warnings
    after `header_days` unless an alert's thread needs the headers, closed alerts with all their texts after
    `alert_days` since they last changed, people who learn after `header_days` since they were last seen, what the
    ledger holds after `ledger_days` since it was last told.
    """
    gone = {"alerts": _expire_alerts(session, now - timedelta(days=retention.alert_days))}
    due = (MessageRow.text_until <= now, MessageRow.sealed.is_not(None))
    gone["texts"] = _count(
        session.execute(update(MessageRow).where(*due).values(sealed=None, key_id=None, text_until=None, parts=[]))
    )
    old = now - timedelta(days=retention.header_days)
    alerted = select(Alert.thread_id)
    evidence = exists().where(FindingRow.message_id == MessageRow.id)
    headers = delete(MessageRow).where(MessageRow.stored_at <= old, MessageRow.thread_id.not_in(alerted), ~evidence)
    gone["headers"] = _count(session.execute(headers))
    empty = delete(Thread).where(
        Thread.seen_at <= old, Thread.id.not_in(alerted), Thread.id.not_in(select(MessageRow.thread_id))
    )
    gone["threads"] = _count(session.execute(empty))
    gone["events"] = expire_events(session, text_hours=retention.text_hours, now=now)
    gone["refusals"] = _count(session.execute(delete(Refusal).where(Refusal.refused_at <= old)))
    gone["warnings"] = expire_warnings(session, retention, now=now)
    gone["ledger"] = expire_ledger(session, now - timedelta(days=retention.ledger_days))
    gone["learners"] = expire_learners(session, old)
    expire_unknown(session, old)
    expire_imports(session, now - PATIENCE)
    session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
    session.execute(delete(SignInLink).where(SignInLink.expires_at <= now))
    session.execute(delete(ApiToken).where(ApiToken.expires_at <= old))
    return gone


def _expire_alerts(session: Session, before: datetime) -> int:
    closed = (AlertStatus.RESOLVED.value, AlertStatus.SUPPRESSED.value)
    due = select(Alert.id, Alert.thread_id).where(Alert.updated_at <= before, Alert.status.in_(closed))
    rows = session.execute(due).all()
    for alert, thread in rows:
        elsewhere = select(MessageRow.id).join(FindingRow, FindingRow.message_id == MessageRow.id)
        apart = session.scalars(elsewhere.where(FindingRow.alert_id == alert, MessageRow.thread_id != thread)).all()
        session.execute(delete(Alert).where(Alert.id == alert))
        _forget_evidence(session, apart)
        if session.scalar(select(Alert.id).where(Alert.thread_id == thread).limit(1)) is None:
            # No alert needs the thread's texts any more; its headers go with the other headers.
            session.execute(
                update(MessageRow)
                .where(MessageRow.thread_id == thread)
                .values(sealed=None, key_id=None, text_until=None, parts=[])
            )
    return len(rows)


def _forget_evidence(session: Session, messages: Sequence[uuid.UUID]) -> None:
    """Delete the texts of evidence from other threads, unless these have an alert, or another alert rests on it."""
    for start in range(0, len(messages), 500):
        session.execute(
            update(MessageRow)
            .where(
                MessageRow.id.in_(messages[start : start + 500]),
                MessageRow.thread_id.not_in(select(Alert.thread_id)),
                ~exists().where(FindingRow.message_id == MessageRow.id),
            )
            .values(sealed=None, key_id=None, text_until=None, parts=[])
            .execution_options(synchronize_session=False)
        )


def _count(result: object) -> int:
    return int(getattr(result, "rowcount", 0))
