"""The daily digest: what it tells, when it comes, and that it comes once."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from service.models import SourceState
from service.notify.channel import Channel
from service.notify.digest import due_slot, moment_of, post_digest, run_digest
from service.notify.models import Digest
from service.notify.store import trouble
from service.reports.models import Report
from tests.service.notify.desk import CONSOLE, make_desk, text_of
from tests.service.notify.test_posts import add_warning

BERLIN = ZoneInfo("Europe/Berlin")
# A Wednesday, in Berlin an hour later than in UTC.
WEDNESDAY = datetime(2026, 3, 11, 7, 30, tzinfo=UTC)


class Clock:
    def __init__(self, now=WEDNESDAY):
        self.now = now

    def __call__(self):
        return self.now

    def to(self, hour, minute=0, *, days=0):
        """Go to a time of the clock in Berlin."""
        day = self.now.astimezone(BERLIN).date() + timedelta(days=days)
        self.now = moment_of(day, time(hour, minute), BERLIN)


@pytest.fixture
def clock():
    return Clock()


def desk_for(database, slack, clock, **more):
    return make_desk(database, slack, clock=clock, timezone="Europe/Berlin", digest_at="09:00", **more)


@pytest.fixture
def desk(lite, slack, clock):
    return desk_for(lite, slack, clock)


@pytest.fixture
def either(database, slack, clock):
    return desk_for(database, slack, clock)


def digest(desk):
    """Look once whether a digest is due; returns what the channel has got, digests alone."""
    post_digest(desk.office, Channel(desk.office))
    return [one for one in desk.posts() if "alerts of" in one["text"].lower()]


def test_a_digest_tells_what_came_what_is_open_and_what_became_of_the_rest(either, clock):
    clock.to(10, 30)
    either.opens(counterparty="Hauck")
    clock.to(11)
    alerts = [either.opens(severity=one) for one in ("critical", "high", "high", "medium")]
    either.reviews(alerts[0], verdict="true_positive")
    either.reviews(alerts[1], verdict="false_positive")
    either.reviews(alerts[2], status="in_progress")
    add_warning(either, alerts[0])
    add_warning(either, alerts[1], state="unknown", sent_at=None)
    with either.office.database.transaction() as session:
        session.add(SourceState(source="mailbox", kind="imap", failed_at=clock(), failure="refused for jonas.weber"))
        row = {"once": b"1", "by_day": b"1", "source": "slack", "team": "T1", "channel": "C1", "ts": "1.1"}
        session.add(Report(reported_at=clock(), due_at=clock(), key_id="k", sealed=b"", **row))
    clock.to(9, 1, days=1)
    [post] = digest(either)
    shown = text_of(post)
    assert shown.startswith("Alerts of the last 24 hours\n")
    assert "*5 new alerts:* 1 critical, 3 high, 1 medium\nMost about Norvik Metall (4), Hauck (1)" in shown
    assert "*3 are open*, 1 in progress." in shown
    assert "The oldest, about Hauck, was opened <!date^" in shown
    assert f"{CONSOLE}/alerts/" in shown
    assert "*2 were resolved:* 1 false positive, 1 true positive" in shown
    assert "1 suspicious approach was reported." in shown
    assert "1 warning was sent." in shown
    assert "Of 1 warning nobody knows whether it arrived." in shown
    assert shown.endswith(f"*Not being read:* mailbox\n<{CONSOLE}/alerts|Open the console>")


def test_nobody_is_named_in_a_digest(desk, clock):
    clock.to(10)
    alert = desk.opens()
    desk.opens()
    desk.reviews(alert, name="Rita Console", verdict="benign")
    clock.to(9, days=1)
    [post] = digest(desk)
    everything = str(post["blocks"]) + post["text"]
    for name in ("Jonas", "Weber", "Pia", "Rita", "480k", "@"):
        assert name not in everything


def test_a_day_is_told_once_however_often_it_is_looked_at(either, clock):
    either.opens()
    clock.to(9)
    for _ in range(3):
        digest(either)
    clock.to(17)
    assert len(digest(either)) == 1
    clock.to(9, days=1)
    assert len(digest(either)) == 2


def test_two_processes_tell_a_day_once(either, clock):
    either.opens()
    clock.to(9)
    start = threading.Barrier(3)

    def run():
        start.wait()
        post_digest(either.office, Channel(either.office))

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(either.slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize(
    ("hour", "minute", "days", "told"), [(8, 59, 0, 0), (9, 0, 0, 1), (20, 59, 0, 1), (21, 0, 0, 0), (8, 59, 1, 0)]
)
def test_a_digest_that_downtime_kept_back_comes_late_but_not_later_than_twelve_hours(
    desk, clock, hour, minute, days, told
):
    desk.opens()
    clock.to(hour, minute, days=days)
    assert len(digest(desk)) == told


def test_a_digest_near_midnight_is_still_told_after_it(lite, slack, clock):
    desk = make_desk(lite, slack, clock=clock, timezone="Europe/Berlin", digest_at="23:30")
    desk.opens()
    clock.to(2, days=1)
    assert len(digest(desk)) == 1
    assert desk.rows(Digest)[0].day == "2026-03-11"


def test_days_that_were_missed_are_told_with_the_next_one(desk, clock):
    clock.to(9)
    digest(desk)
    clock.to(15)
    desk.opens()
    clock.to(9, days=3)
    shown = text_of(digest(desk)[-1])
    assert "Alerts of the last 3 days" in shown
    assert "*1 new alert:*" in shown


@pytest.mark.parametrize(("days", "told"), [(0, 1), (2, 1), (3, 0), (4, 0), (5, 1)])
def test_a_day_with_nothing_to_tell_is_one_line_and_none_on_weekends(desk, clock, days, told):
    clock.to(9, days=days)
    keep_reading(desk, clock)
    found = digest(desk)
    assert len(found) == told
    assert [row.state for row in desk.rows(Digest)] == ["posted" if told else "empty"]
    if told:
        assert text_of(found[0]).endswith("\nNothing new, and nothing is open.")


def keep_reading(desk, clock):
    with desk.office.database.transaction() as session:
        session.merge(SourceState(source="slack", kind="slack", read_at=clock()))


def test_a_weekend_with_something_to_tell_is_told(desk, clock):
    clock.to(9, days=3)
    desk.opens()
    assert len(digest(desk)) == 1


def test_alerts_of_other_policies_are_not_counted_and_reports_are(lite, slack, clock):
    desk = desk_for(lite, slack, clock, policies=["vigilant"])
    clock.to(8, 30)
    for policy in ("balanced", "vigilant", "reported"):
        desk.opens(policy=policy)
    clock.to(9)
    assert "*2 new alerts:*" in text_of(digest(desk)[0])


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        (date(2026, 3, 28), time(8, 0), "2026-03-28T07:00"),
        (date(2026, 3, 29), time(8, 0), "2026-03-29T06:00"),  # summer time began at night
        (date(2026, 3, 29), time(2, 30), "2026-03-29T01:30"),  # a time that does not exist: 03:30 by then
        (date(2026, 10, 25), time(2, 30), "2026-10-25T00:30"),  # a time that comes twice: the first
        (date(2026, 10, 25), time(8, 0), "2026-10-25T07:00"),
    ],
)
def test_the_clocks_being_changed_moves_no_digest_to_another_time_of_day(day, at, utc):
    assert moment_of(day, at, BERLIN).isoformat()[:16] == utc


@pytest.mark.parametrize("at", [time(0, 0), time(2, 30), time(3, 0), time(23, 59)])
@pytest.mark.parametrize("month", [3, 10])
def test_each_day_of_a_month_with_a_change_of_clocks_has_one_digest(at, month):
    moment = datetime(2026, month, 1, tzinfo=UTC)
    seen = []
    while moment < datetime(2026, month, 31, tzinfo=UTC):
        slot = due_slot(at, BERLIN, now=moment)
        if slot is not None and slot not in seen:
            seen.append(slot)
        moment += timedelta(minutes=20)
    days = [slot.day for slot in seen]
    assert len(days) == len(set(days))
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert len(days) >= 30


def test_a_digest_of_which_nobody_knows_whether_it_arrived_is_not_repeated(desk, clock):
    clock.to(9)
    desk.opens()
    desk.slack.fault("chat.postMessage", hang_up=True, done=True)
    for _ in range(3):
        digest(desk)
    assert len(desk.slack.called("chat.postMessage")) == 1
    assert desk.rows(Digest)[0].state == "failed"


def test_a_digest_that_slack_did_not_take_is_posted_once_it_does(desk, clock):
    clock.to(9)
    desk.opens()
    desk.slack.limit("chat.postMessage", retry_after=30)
    assert post_digest(desk.office, Channel(desk.office)) == 30
    members = desk.slack.world.channels["CPROC"].members
    members.remove("UBOT")
    digest(desk)
    with desk.office.database.transaction(write=False) as session:
        assert "the daily digest can't be posted: the app does not see it: invite" in trouble(session, now=clock())
    members.append("UBOT")
    assert len(digest(desk)) == 1


def test_a_claim_that_a_crash_left_behind_is_not_repeated(desk, clock):
    clock.to(9)
    desk.opens()
    with desk.office.database.transaction() as session:
        session.add(Digest(day="2026-03-11", channel="CPROC", state="claimed", claimed_at=clock()))
    for hour in (9, 10, 20):
        clock.to(hour, 5)
        assert digest(desk) == []


@pytest.mark.parametrize("change", [{"digest_at": None}, None])
def test_who_wants_no_digest_gets_none(desk, change):
    procurement = desk.office.source.procurement.model_copy(update=change) if change else None
    source = desk.office.source.model_copy(update={"procurement": procurement})
    run_digest(replace(desk.office, source=source), threading.Event())
    assert desk.slack.messages("CPROC") == []


def test_it_runs_by_itself_until_it_is_stopped(desk, clock):
    clock.to(9)
    desk.opens()
    stop = threading.Event()
    thread = threading.Thread(target=run_digest, args=(desk.office, stop))
    thread.start()
    for _ in range(500):
        if desk.slack.messages("CPROC"):
            break
        stop.wait(0.01)
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    assert len(desk.slack.messages("CPROC")) == 1


def test_a_digest_speaks_the_language_of_the_source(lite, slack, clock):
    desk = make_desk(lite, slack, clock=clock, language="de", timezone="Europe/Berlin", digest_at="09:00")
    clock.to(8, 45)
    alert = desk.opens()
    desk.reviews(alert, verdict="true_positive")
    clock.to(9)
    post_digest(desk.office, Channel(desk.office))
    shown = text_of(desk.posts()[0])
    assert "*1 neuer Alarm:* 1 × Hoch" in shown
    assert "*1 wurde erledigt:* 1 × Treffer" in shown
