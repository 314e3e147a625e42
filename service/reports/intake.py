"""Reports on their way to an alert: each with its thread, in one transaction, as soon as Slack lets us read it."""

import logging
from collections.abc import Mapping
from threading import Event
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from messages import Participant
from service.alerts.reviews import add_review
from service.alerts.schemas import ReviewIn
from service.errors import UndecryptableError
from service.failures import note_unexpected
from service.pipeline.report import LaterError, Told, prepare, take_in
from service.reports.models import Report
from service.reports.store import due_reports, postpone, sent_of, settle, waiting_report
from service.slack.office import Office
from service.slack.repeating import repeat

log = logging.getLogger("frontdoor.reports")

_LOOK_SECONDS = 1.0
# From then on a report makes do with what it brought itself.
_TRIES = 5
_NO_WORDS = "A message that Slack did not show us was reported."


def run_intake(office: Office, stop: Event) -> None:
    """Work off reports until `stop`."""

    def work() -> float:
        work_off(office, stop)
        return _LOOK_SECONDS

    repeat("the intake of reports", work, stop, failed=_LOOK_SECONDS)


def work_off(office: Office, stop: Event) -> int:
    """Work off the reports that are due; returns how many have an alert now."""
    with office.database.transaction(write=False) as session:
        due = due_reports(session, office.source.name, now=office.clock())
    return sum(_store(office, row, stop) for row in due if not stop.is_set())


def _store(office: Office, row: Report, stop: Event) -> bool:
    try:
        return _take(office, row, stop)
    except (LaterError, UndecryptableError, SQLAlchemyError) as error:
        log.warning("report %s has to wait (%s)", row.id, type(error).__name__)
    except Exception as error:  # noqa: BLE001 - one report must not stop the others
        note_unexpected(error)
    if not stop.is_set():
        with office.database.transaction() as session:
            postpone(session, row.id, now=office.clock())
    return False


def _take(office: Office, row: Report, stop: Event) -> bool:
    sent = sent_of(office.keys, row)
    told = _told(row, sent)
    prepared = prepare(office, told, pause=stop.wait, wait=row.tries < _TRIES)
    now = office.clock()
    with office.database.transaction() as session:
        waiting = waiting_report(session, row.id)
        if waiting is None:
            return False
        alert = take_in(session, prepared, now=now)
        settle(office.keys, waiting, alert)
        who = f"{row.pseudonym} (name withheld)" if row.pseudonym else f"{sent['name']} via Slack (reporter)"
        add_review(session, office.keys, alert, ReviewIn(note=_note(row, sent)), reviewer=who, now=now)
    return True


def _told(row: Report, sent: Mapping[str, Any]) -> Told:
    reporter = row.pseudonym.replace(" ", "-") or sent["reporter"]
    by = Participant(address=f"{reporter}@{row.team}.slack".lower(), name=row.pseudonym or sent["name"])
    return Told(
        id=row.id,
        team=row.team,
        enterprise=row.enterprise,
        reader=sent["reporter"],
        by=by,
        words=sent["words"] or sent["note"] or _NO_WORDS,
        at=row.reported_at,
        channel=row.channel,
        channel_name=sent["channel_name"],
        ts=row.ts,
        thread_ts=sent["thread_ts"],
        brought=sent["message"],
    )


def _note(row: Report, sent: Mapping[str, Any]) -> str:
    """Say what the reporter wrote; words that stand in the message's place are not said twice."""
    said = [sent["words"] if row.channel else "", sent["note"]]
    return "\n\n".join(["Reported from Slack.", *(one for one in said if one)])
