"""Reports in the store: kept sealed before anybody is thanked, and told of what became of them."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from service.crypto import Keys
from service.models import Alert, AlertStatus
from service.reports.models import Report

# More than this a day from one person is no reporting any more.
MOST_A_DAY = 20

# What a reporter hears of. Each once: an alert may be taken up, put down and taken up again.
TELLING = (AlertStatus.IN_PROGRESS.value, AlertStatus.RESOLVED.value, AlertStatus.SUPPRESSED.value)
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=1)


class Kept(StrEnum):
    """What became of what was sent: kept, the same as an earlier one, or too much for a day."""

    NEW = "new"
    KNOWN = "known"
    MANY = "many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What somebody sent by the form. `name` is how the reviewers know them, empty for who wants none shown.

    A message is named by `channel` and `ts`; without one there are `words` alone.
    """

    source: str
    team: str
    enterprise: str
    reporter: str
    name: str
    hidden: bool
    language: str
    note: str = ""
    words: str = ""
    channel: str = ""
    channel_name: str = ""
    ts: str = ""
    thread_ts: str = ""
    message: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A status of an alert that its reporter has not heard of."""

    report: Report
    status: AlertStatus
    verdict: str


def keep_report(session: Session, keys: Keys, sent: Sent, *, now: datetime) -> tuple[Kept, str]:
    """Keep what was sent, once; returns what became of it, and the pseudonym of who wished for one."""
    by_day = keys.digest("reporter", f"{sent.team}:{sent.reporter}\n{now.date().isoformat()}")
    what = [sent.team, sent.reporter, sent.channel, sent.ts, sent.words, sent.note]
    once = keys.digest("report", json.dumps(what))
    known = session.scalars(select(Report).where(Report.once == once)).one_or_none()
    if known is not None:
        return Kept.KNOWN, known.pseudonym
    today = session.scalar(select(func.count()).select_from(Report).where(Report.by_day == by_day)) or 0
    if today >= MOST_A_DAY:
        return Kept.MANY, ""
    row = _row(keys, sent, once=once, by_day=by_day, now=now)
    session.add(row)
    session.flush()
    return Kept.NEW, row.pseudonym


def due_reports(session: Session, source: str, *, now: datetime) -> Sequence[Report]:
    """Return the reports that wait to be worked on, oldest first."""
    query = select(Report).where(Report.source == source, Report.alert_id.is_(None), Report.due_at <= now)
    return session.scalars(query.order_by(Report.reported_at).limit(20)).all()


def waiting_report(session: Session, report_id: uuid.UUID) -> Report | None:
    """Return a report that still waits, for this transaction alone."""
    row = session.get(Report, report_id, with_for_update=True, populate_existing=True)
    return row if row is not None and row.alert_id is None else None


def settle(keys: Keys, row: Report, alert: uuid.UUID) -> None:
    """Note a report's alert; of what was sent only the reporter is kept, to be told."""
    row.alert_id = alert
    _seal(keys, row, {"reporter": reporter_of(keys, row)})


def postpone(session: Session, report_id: uuid.UUID, *, now: datetime) -> None:
    """Try a report again later, and later each time."""
    row = waiting_report(session, report_id)
    if row is not None:
        row.due_at = now + min(_FIRST_WAIT * 2 ** min(row.tries, 12), _LONGEST_WAIT)
        row.tries += 1


def outcomes(session: Session, source: str, *, before: datetime) -> list[Outcome]:
    """Return what reporters have not heard of, as far as it has stood since `before`."""
    query = (
        select(Report, Alert.status, Alert.verdict)
        .join(Alert, Alert.id == Report.alert_id)
        .where(
            Report.source == source,
            Alert.status.in_(TELLING),
            Alert.updated_at <= before,
            ~Report.told.contains(Alert.status),
        )
        .order_by(Report.reported_at)
        .limit(100)
    )
    return [
        Outcome(report=report, status=AlertStatus(status), verdict=verdict or "")
        for report, status, verdict in session.execute(query)
    ]


def claim(session: Session, outcome: Outcome) -> bool:
    """Note that a reporter hears of a status, before they do; tells whether nobody else has."""
    told = f"{outcome.report.told} {outcome.status}".strip()
    return _set_told(session, outcome.report, outcome.report.told, told)


def release(session: Session, outcome: Outcome) -> None:
    """Take back that a reporter heard of a status, since they certainly did not."""
    told = f"{outcome.report.told} {outcome.status}".strip()
    _set_told(session, outcome.report, told, outcome.report.told)


def reporter_of(keys: Keys, row: Report) -> str:
    """Return the user id of who reported. Raises UndecryptableError."""
    return str(sent_of(keys, row)["reporter"])


def sent_of(keys: Keys, row: Report) -> dict[str, Any]:
    """Return what is sealed of a report. Raises UndecryptableError."""
    content: dict[str, Any] = json.loads(keys.open(row.key_id, row.sealed, place=_place(row.id)))
    return content


def _row(keys: Keys, sent: Sent, *, once: bytes, by_day: bytes, now: datetime) -> Report:
    row = Report(
        id=uuid.uuid4(),
        once=once,
        by_day=by_day,
        source=sent.source,
        team=sent.team,
        enterprise=sent.enterprise,
        channel=sent.channel,
        ts=sent.ts,
        language=sent.language,
        due_at=now,
        reported_at=now,
    )
    # A name for this report alone: two reports of one person must not look like it.
    row.pseudonym = f"Reporter {row.id.hex[:6].upper()}" if sent.hidden else ""
    content = {
        "reporter": sent.reporter,
        "name": "" if sent.hidden else sent.name,
        "note": sent.note,
        "words": sent.words,
        "channel_name": sent.channel_name,
        "thread_ts": sent.thread_ts,
        "message": dict(sent.message),
    }
    _seal(keys, row, content)
    return row


def _set_told(session: Session, row: Report, before: str, after: str) -> bool:
    changed = session.execute(update(Report).where(Report.id == row.id, Report.told == before).values(told=after))
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined] # an UPDATE's result has one


def _seal(keys: Keys, row: Report, content: Mapping[str, object]) -> None:
    row.key_id, row.sealed = keys.seal(json.dumps(content, ensure_ascii=False), place=_place(row.id))


def _place(report_id: uuid.UUID) -> str:
    return f"report:{report_id}"
