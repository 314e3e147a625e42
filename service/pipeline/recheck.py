"""Messages that were deleted while nobody listened: those of open alerts are looked for again, now and then.

Slack tells of a deletion once, as it happens. After an hour of downtime the sweep of history brings what was said and
edited; what is gone it does not show. So the few messages that an alert still rests on are asked for, one by one.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Event

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors import ConnectorError
from connectors.slack.errors import THREAD_CODES, DeclinedError
from connectors.slack.live import SlackLive
from messages import Channel
from service.alerts.withdrawal import withdraw
from service.errors import FrontdoorError
from service.models import Alert, AlertStatus, FindingRow, MessageRow
from service.pipeline.connect import live_for
from service.slack.office import Office
from service.slack.repeating import repeat

log = logging.getLogger("frontdoor.pipeline")

_FIRST_SECONDS, _EVERY_SECONDS = 60.0, 3600.0
# Of so many at most, a call each: an hour's allowance of Slack's is many times that.
_AT_ONCE = 200


def run_recheck(office: Office, stop: Event) -> None:
    """Look for deleted messages once in an hour, until `stop`."""

    def work() -> float:
        log.info("rechecked messages of open alerts: %d are gone", recheck(office, stop))
        return _EVERY_SECONDS

    repeat("the recheck of messages", work, stop, failed=_EVERY_SECONDS, first=_FIRST_SECONDS)


def recheck(office: Office, stop: Event) -> int:
    """Ask Slack for the messages that open alerts rest on; withdraws those that are gone, and returns how many."""
    now = office.clock()
    with office.database.transaction(write=False) as session:
        ids = _resting(session, now - timedelta(days=office.source.window_days))
    readers: dict[str, SlackLive] = {}
    gone = [one for one in ids if not stop.is_set() and _is_gone(office, readers, one)]
    for one in gone:
        with office.database.transaction() as session:
            withdraw(session, office.keys, [one], deleted=True, now=now)
    return len(gone)


def _resting(session: Session, since: datetime) -> list[str]:
    """Return the ids of the Slack messages that new alerts rest on, latest first."""
    query = (
        select(MessageRow.external_id)
        .join(FindingRow, FindingRow.message_id == MessageRow.id)
        .join(Alert, Alert.id == FindingRow.alert_id)
        .where(
            Alert.status == AlertStatus.NEW.value,
            Alert.channel == Channel.SLACK.value,
            Alert.said_at >= since,
            MessageRow.withdrawn_at.is_(None),
        )
        .order_by(MessageRow.sent_at.desc())
        .limit(_AT_ONCE)
    )
    found: Iterable[str] = session.scalars(query)
    return list(dict.fromkeys(found))


def _is_gone(office: Office, readers: dict[str, SlackLive], message_id: str) -> bool:
    team, channel, ts, *_ = message_id.split(":")
    try:
        if team not in readers:
            readers[team] = live_for(office.source, office.workspaces.token(team), team=team)
        return not readers[team].exists(channel, ts)
    except DeclinedError as error:
        return error.code in THREAD_CODES
    except (ConnectorError, FrontdoorError):
        return False
