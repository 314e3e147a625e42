"""Reminders of the course: rare, in working hours of the person's own zone, and easy to switch off.

A reminder is claimed in the store before it is sent, so that a crash can lose one and never repeat one. Everybody has a
minute of the working day of their own, or all would hear at nine.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Event
from typing import Any

from slack_bolt import Ack, App
from slack_sdk.errors import SlackApiError
from sqlalchemy import func, or_, select, update

from detectors.warning_rules import WarningRules
from service.coaching.blocks import OPEN, Block, actions, button, section
from service.coaching.course import Lesson, course, find_lesson
from service.coaching.home import publish_home
from service.coaching.learners import Progress, progress_of, set_reminders
from service.coaching.models import Learner, LessonDone
from service.coaching.wording import plain, say
from service.errors import FrontdoorError
from service.slack.asker import Asker, asker_of
from service.slack.office import Office
from service.slack.repeating import repeat
from service.slack.web import CALL_ERRORS, code_of

log = logging.getLogger("frontdoor.coaching")

STOP = "reminder.stop"

_LOOK_SECONDS = 60.0
# So many are looked up, and so many sent, in one pass: a reminder never waits for a rate limit, nor causes one.
_MOST_ASKED, _MOST_SENT = 40, 10
_FIRST_MINUTE, _LAST_MINUTE = 9 * 60, 17 * 60
_KNOWN_FOR = timedelta(hours=20)
_MOST_DAYS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Zone:
    """What Slack last said of a person: their distance from UTC in seconds; None for nobody to remind."""

    offset: int | None
    asked_at: datetime


@dataclass(slots=True, kw_only=True)
class Rounds:
    """What was found out in earlier rounds: people's zones, and the minutes of a day that are not quiet in a zone."""

    zones: dict[tuple[str, str], _Zone] = field(default_factory=dict)
    minutes: dict[tuple[date, int], tuple[int, ...]] = field(default_factory=dict)

    def minutes_of(self, midnight: datetime, rules: WarningRules, *, offset: int) -> tuple[int, ...]:
        """Return the working minutes of a day, counted from its midnight by a clock `offset` seconds from UTC."""
        key = (midnight.date(), offset)
        if key not in self.minutes:
            if len(self.minutes) >= _MOST_DAYS:
                self.minutes.clear()
            start = midnight - timedelta(seconds=offset)
            self.minutes[key] = tuple(
                minute
                for minute in range(_FIRST_MINUTE, _LAST_MINUTE)
                if not rules.is_quiet(start + timedelta(minutes=minute), offset=offset)
            )
        return self.minutes[key]


def run_reminders(office: Office, stop: Event) -> None:
    """Remind people of the course until `stop`."""
    rounds = Rounds()

    def work() -> float:
        remind(office, rounds, stop)
        return _LOOK_SECONDS

    repeat("the reminders", work, stop, failed=_LOOK_SECONDS)


def listen(app: App, office: Office) -> None:
    """Answer the button that ends reminders."""

    def stopped(ack: Ack, body: Mapping[str, Any]) -> None:
        ack()
        _stop(office, asker_of(body), body)

    app.action(STOP)(stopped)


def remind(office: Office, rounds: Rounds, stop: Event) -> int:
    """Send the reminders whose time has come; returns how many Slack took."""
    rules = rules_of(office)
    if rules is None or not office.source.warn:
        return 0
    now, sent, tried, asked = office.clock(), 0, 0, 0
    for person in _due(office, rules, now=now):
        if stop.is_set() or tried >= _MOST_SENT or asked >= _MOST_ASKED:
            break
        key = (person.team, person.user)
        zone = rounds.zones.get(key)
        if zone is None or now - zone.asked_at >= _KNOWN_FOR:
            zone, asked = _zone(office, person, now=now), asked + 1
            rounds.zones[key] = zone
        if zone.offset is None or not _is_time(office, rounds, person, rules, now=now, offset=zone.offset):
            continue
        if _claim(office, person, rules, now=now):
            tried += 1
            sent += _send(office, person)
    return sent


def rules_of(office: Office) -> WarningRules | None:
    """Return the rules of the first active policy that wants reminders; None when none does."""
    return next((one.warning for one in office.policies if one.warning.remind_days > 0), None)


def reminder(progress: Progress, lesson: Lesson) -> dict[str, Any]:
    """Return `text` and `blocks` of a reminder."""
    language, told, lessons = progress.language, lesson.tell(progress.language), len(course())
    name = "reminder.on" if progress.done else "reminder.first"
    blocks: list[Block] = [
        section(say(language, name, done=len(progress.done), lessons=lessons)),
        section(say(language, "reminder.lesson", title=told.title, teaser=told.teaser)),
        actions(
            button(OPEN, plain(language, "reminder.open"), value=lesson.id, primary=True),
            button(STOP, plain(language, "reminder.stop")),
        ),
    ]
    return {"text": say(language, "reminder.text", title=told.title), "blocks": blocks}


def _due(office: Office, rules: WarningRules, *, now: datetime) -> Sequence[Learner]:
    """Return who was left alone for a whole pace and has lessons to do, the longest waiting first."""
    before = now - timedelta(days=rules.remind_days)
    done = (
        select(func.count(LessonDone.lesson).label("lessons"), func.max(LessonDone.done_at).label("last"))
        .add_columns(LessonDone.team, LessonDone.user)
        .where(LessonDone.lesson.in_([one.id for one in course()]))
        .group_by(LessonDone.team, LessonDone.user)
        .subquery()
    )
    query = (
        select(Learner)
        .outerjoin(done, (done.c.team == Learner.team) & (done.c.user == Learner.user))
        .where(
            Learner.team.in_(office.workspaces.teams()),
            Learner.reminders,
            Learner.since <= before,
            or_(Learner.reminded_at.is_(None), Learner.reminded_at <= before),
            or_(done.c.lessons.is_(None), done.c.lessons < len(course())),
            or_(done.c.last.is_(None), done.c.last <= before),
        )
        .order_by(func.coalesce(Learner.reminded_at, Learner.since), Learner.team, Learner.user)
    )
    with office.database.transaction(write=False) as session:
        return session.scalars(query).all()


def _zone(office: Office, person: Learner, *, now: datetime) -> _Zone:
    """Ask Slack where somebody is, and whether they still are one of ours."""
    offset = None
    try:
        user = office.workspaces.client(person.team).users_info(user=person.user)["user"]
        if not any(user.get(name) for name in ("deleted", "is_restricted", "is_ultra_restricted", "is_bot")):
            offset = int(user.get("tz_offset") or 0)
    except (FrontdoorError, *CALL_ERRORS) as error:
        log.info("a learner can't be looked up: %s", code_of(error))
    return _Zone(offset=offset, asked_at=now)


def _is_time(
    office: Office, rounds: Rounds, person: Learner, rules: WarningRules, *, now: datetime, offset: int
) -> bool:
    """Tell whether the person's own minute of this working day has come, and the day is not over yet."""
    if rules.is_quiet(now, offset=offset):
        return False
    local = now + timedelta(seconds=offset)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    minutes = rounds.minutes_of(midnight, rules, offset=offset)
    if not minutes:
        return False
    chance = office.keys.digest("reminder", f"{person.team}:{person.user}:{local.date().isoformat()}")
    own = minutes[int.from_bytes(chance, "big") % len(minutes)]
    return own <= local.hour * 60 + local.minute < _LAST_MINUTE


def _claim(office: Office, person: Learner, rules: WarningRules, *, now: datetime) -> bool:
    """Put on record that a person is reminded now; tells whether nobody else did."""
    before = now - timedelta(days=rules.remind_days)
    with office.database.transaction() as session:
        changed = session.execute(
            update(Learner)
            .where(
                Learner.team == person.team,
                Learner.user == person.user,
                Learner.reminders,
                or_(Learner.reminded_at.is_(None), Learner.reminded_at <= before),
            )
            .values(reminded_at=now)
        )
        return bool(changed.rowcount == 1)  # type: ignore[attr-defined] # an UPDATE's result has one


def _send(office: Office, person: Learner) -> bool:
    with office.database.transaction(write=False) as session:
        progress = progress_of(session, person.team, person.user, language=person.language)
    lesson = find_lesson(progress.next)
    if lesson is None:
        return False
    try:
        client = office.workspaces.client(person.team)
        message = reminder(progress, lesson)
        client.chat_postMessage(channel=person.user, unfurl_links=False, unfurl_media=False, **message)
    except (FrontdoorError, *CALL_ERRORS) as error:
        log.warning("a reminder was not sent: %s", code_of(error))
        if isinstance(error, SlackApiError) and code_of(error) in {"ratelimited", "rate_limited"}:
            _release(office, person)
        return False
    return True


def _release(office: Office, person: Learner) -> None:
    """Take a claim back: Slack surely sent nothing."""
    with office.database.transaction() as session:
        session.execute(
            update(Learner)
            .where(Learner.team == person.team, Learner.user == person.user)
            .values(reminded_at=person.reminded_at)
        )


def _stop(office: Office, asker: Asker, body: Mapping[str, Any]) -> None:
    with office.database.transaction() as session:
        set_reminders(session, asker.team, asker.user, wanted=False)
        language = progress_of(session, asker.team, asker.user, language=office.source.language).language
    text = say(language, "reminder.stopped")
    message = body.get("message")
    ts = str(message.get("ts") or "") if isinstance(message, Mapping) else ""
    try:
        client = office.workspaces.client(asker.team, asker.enterprise)
        client.chat_update(channel=asker.channel, ts=ts, text=text, blocks=[section(text)])
    except (FrontdoorError, *CALL_ERRORS) as error:
        log.info("a reminder can't be changed: %s", code_of(error))
    publish_home(office, asker)
