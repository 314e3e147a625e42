"""The daily digest: once a day at its time in procurement's zone, whatever is restarted or runs twice."""

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.database import serialised
from service.errors import FrontdoorError
from service.notify.channel import Answer, Channel, Heard
from service.notify.digest_post import digest_post
from service.notify.figures import Figures, read_figures
from service.notify.models import Digest, PostState
from service.notify.store import give_up_claims
from service.reports.models import REPORTED
from service.settings import Procurement
from service.slack.office import Office
from service.slack.repeating import repeat

log = logging.getLogger("frontdoor.notify")

_LATEST = timedelta(hours=12)
_LONGEST = timedelta(days=7)
_LOOK_SECONDS, _SHUT_SECONDS = 20.0, 300.0
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A day's digest: the day in procurement's zone, and the moment it is due."""

    day: date
    at: datetime


def run_digest(office: Office, stop: threading.Event) -> None:
    """Post a digest each day, until `stop`."""
    procurement = office.source.procurement
    if procurement is None or procurement.digest_at is None:
        return
    channel = Channel(office, stop=stop)
    repeat("the daily digest", lambda: post_digest(office, channel), stop, failed=_SHUT_SECONDS)


def due_slot(at: time, zone: tzinfo, *, now: datetime) -> Slot | None:
    """Return the digest that is due: the last one whose time has come, unless that is twelve hours ago.

    A time that the clocks jump over comes an hour later, one that they repeat comes at its first time.
    """
    today = now.astimezone(zone).date()
    for day in (today, today - timedelta(days=1)):
        moment = moment_of(day, at, zone)
        if moment <= now:
            return Slot(day=day, at=moment) if now - moment < _LATEST else None
    return None


def moment_of(day: date, at: time, zone: tzinfo) -> datetime:
    """Return a day's time of the clock in a zone, in UTC."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def post_digest(office: Office, channel: Channel) -> float:
    """Post the digest that is due, unless it was; returns how many seconds nothing more can be done."""
    procurement, now = office.source.procurement, office.clock()
    assert procurement is not None
    assert procurement.digest_at is not None
    slot = due_slot(procurement.digest_at, procurement.zone, now=now)
    if slot is None:
        return _LOOK_SECONDS
    with office.database.transaction(write=False) as session:
        if _is_done(session, slot, procurement.channel):
            return _LOOK_SECONDS
    try:
        team = channel.team()
    except FrontdoorError as error:
        log.warning("the daily digest: %s", error)
        return _SHUT_SECONDS
    with office.database.transaction() as session:
        give_up_claims(session, now=now)
        if not _claim(session, slot, procurement.channel, now=now):
            return _LOOK_SECONDS
        figures = _figures(session, office, procurement, slot)
    if figures.is_empty and slot.day.weekday() >= _SATURDAY:
        _conclude(office, slot, PostState.EMPTY)
        return _LOOK_SECONDS
    post = digest_post(figures, language=office.source.language, base=office.settings.server.public_url)
    answer = channel.post(team, procurement.channel, post)
    return _settle(office, slot, answer)


def _settle(office: Office, slot: Slot, answer: Answer) -> float:
    if answer.heard is Heard.TAKEN:
        _conclude(office, slot, PostState.POSTED)
        return _LOOK_SECONDS
    log.warning("the daily digest was not posted (%s)", answer.code)
    again = answer.heard in {Heard.LATER, Heard.SHUT}
    failure = "" if answer.heard is Heard.LATER else answer.code
    _conclude(office, slot, PostState.DUE if again else PostState.FAILED, failure=failure)
    return answer.wait or _SHUT_SECONDS


def _is_done(session: Session, slot: Slot, channel: str) -> bool:
    row = session.get(Digest, (slot.day.isoformat(), channel))
    return row is not None and row.state != PostState.DUE


def _claim(session: Session, slot: Slot, channel: str, *, now: datetime) -> bool:
    """Take a day's digest into one's own hands; False when somebody has, or did."""
    serialised(session, "digest")
    row = session.get(Digest, (slot.day.isoformat(), channel), populate_existing=True)
    if row is not None and row.state != PostState.DUE:
        return False
    if row is None:
        row = Digest(day=slot.day.isoformat(), channel=channel)
        session.add(row)
    row.state, row.failure, row.claimed_at = PostState.CLAIMED.value, "", now
    session.flush()
    return True


def _conclude(office: Office, slot: Slot, state: PostState, *, failure: str = "") -> None:
    assert office.source.procurement is not None
    with office.database.transaction() as session:
        row = session.get(Digest, (slot.day.isoformat(), office.source.procurement.channel))
        if row is not None:
            row.state, row.failure = state.value, failure


def _figures(session: Session, office: Office, procurement: Procurement, slot: Slot) -> Figures:
    policies = procurement.policies or tuple(policy.name for policy in office.policies)
    return read_figures(
        session,
        policies={*policies, REPORTED},
        channel=procurement.channel,
        sources=office.settings.source,
        since=_since(session, procurement, slot),
        until=slot.at,
    )


def _since(session: Session, procurement: Procurement, slot: Slot) -> datetime:
    """Return where the digest before ended: a week ago at most, the day before where there was none."""
    told = (PostState.POSTED.value, PostState.EMPTY.value)
    before = select(Digest.day).where(
        Digest.channel == procurement.channel, Digest.day < slot.day.isoformat(), Digest.state.in_(told)
    )
    last = session.scalar(before.order_by(Digest.day.desc()).limit(1))
    day = date.fromisoformat(last) if last else slot.day - timedelta(days=1)
    assert procurement.digest_at is not None
    day = max(day, slot.day - _LONGEST)
    return moment_of(day, procurement.digest_at, procurement.zone)
