"""Reminders: rare, in working hours, once, and easy to end."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from detectors.warning_rules import WarningRules
from service.coaching.course import Language, course
from service.coaching.learners import Progress, expire_learners, finish_lesson, note_learner
from service.coaching.models import Learner
from service.coaching.reminders import Rounds, remind, reminder, rules_of
from tests.fakes.slack import blockkit

MONDAY = datetime(2026, 3, 16, 0, 0, tzinfo=UTC)


class Days:
    """A scene whose clock is turned by hand, and a round of reminders at any moment."""

    def __init__(self, scene, *, remind_days=7, **rules):
        self.scene = scene
        self.now = MONDAY
        policy = scene.office.policies[0]
        warning = WarningRules(remind_days=remind_days, **rules)
        policies = (replace(policy, warning=replace(policy.warning, remind_days=0)), replace(policy, warning=warning))
        self.office = replace(scene.office, policies=policies, clock=lambda: self.now)
        self.rounds = Rounds()

    def join(self, *users, ago=30):
        with self.office.database.transaction() as session:
            for user in users:
                note_learner(session, "T1", user, "Engineering", "en", self.now - timedelta(days=ago))

    def round(self, at=None):
        self.now = at or self.now
        return remind(self.office, self.rounds, threading.Event())

    def day(self, at):
        """Go through a whole day by twenty minutes; returns the hours (UTC) at which somebody was reminded."""
        return [
            (at + timedelta(minutes=minute)).hour
            for minute in range(19, 24 * 60, 20)
            for _ in range(self.round(at + timedelta(minutes=minute)))
        ]

    def messages(self, user="U1"):
        channel = self.scene.slack.world.direct("UBOT", user)
        return [one for one in channel.posts if one["user"] == "UBOT"]


@pytest.fixture
def days(scene):
    return Days(scene)


def test_a_learner_is_reminded_once_a_pace_in_working_hours(days):
    days.join("U1")
    for week in range(3):
        for day in range(7):
            hours = days.day(MONDAY + timedelta(days=7 * week + day))
            assert all(9 <= hour < 17 for hour in hours)
            assert not (hours and day > 4)
    assert len(days.messages()) == 3
    assert "A lesson of three minutes is waiting for you: The side door" in days.messages()[0]["text"]


def test_the_hours_are_those_of_the_persons_own_zone(days):
    days.scene.slack.world.users["U1"].tz_offset = -5 * 3600
    days.join("U1")
    [hour] = days.day(MONDAY)
    assert 14 <= hour <= 21


def test_not_everybody_is_reminded_in_the_same_minute(days):
    world = days.scene.slack.world
    users = [f"U9{number:02d}" for number in range(30)]
    for user in users:
        world.user(user, "T1", user)
    days.join(*users)
    hours = days.day(MONDAY)
    assert len(hours) == 30
    assert len(set(hours)) >= 4


def test_a_weekend_is_left_alone(days):
    days.join("U1")
    assert days.day(MONDAY + timedelta(days=5)) == []
    assert days.day(MONDAY + timedelta(days=6)) == []


def test_quiet_hours_of_the_policy_count_as_well(scene):
    days = Days(scene, quiet=(time(8), time(16)))
    days.join("U1")
    assert set(days.day(MONDAY)) == {16}


def test_a_day_that_is_all_quiet_brings_nothing(scene):
    days = Days(scene, days=frozenset({6}))
    days.join("U1")
    assert days.day(MONDAY) == []


def test_a_policy_of_no_reminders_sends_none(scene):
    days = Days(scene, remind_days=0)
    days.join("U1")
    assert rules_of(days.office) is None
    assert days.day(MONDAY) == []


def test_a_source_that_warns_nobody_reminds_nobody(days):
    days.join("U1")
    days.office = replace(days.office, source=days.office.source.model_copy(update={"warn": False}))
    assert days.day(MONDAY) == []


def test_whoever_has_just_come_has_time(days):
    days.join("U1", ago=3)
    assert days.day(MONDAY) == []
    assert days.day(MONDAY + timedelta(days=4)) != []


def test_whoever_has_just_done_a_lesson_is_left_alone(days):
    days.join("U1")
    with days.office.database.transaction() as session:
        finish_lesson(session, "T1", "U1", "door", 100, now=MONDAY - timedelta(days=2))
    assert days.day(MONDAY) == []


def test_a_reminder_names_the_next_lesson(days):
    days.join("U1")
    with days.office.database.transaction() as session:
        finish_lesson(session, "T1", "U1", "door", 100, now=MONDAY - timedelta(days=20))
    days.day(MONDAY)
    [message] = days.messages()
    assert "The number in your head" in message["text"]
    assert "1 of 12 lessons" in message["blocks"][0]["text"]["text"]


def test_whoever_has_finished_is_not_reminded(days):
    days.join("U1")
    with days.office.database.transaction() as session:
        for lesson in course():
            finish_lesson(session, "T1", "U1", lesson.id, 50, now=MONDAY - timedelta(days=20))
    assert days.day(MONDAY) == []


@pytest.mark.parametrize("what", [{"deleted": True}, {"guest": "multi"}, {"hidden": True}, {"bot": True}])
def test_whoever_has_left_is_not_reminded(days, what):
    days.join("U1")
    for name, value in what.items():
        setattr(days.scene.slack.world.users["U1"], name, value)
    assert days.day(MONDAY) == []


def test_people_of_a_workspace_that_is_not_ours_are_not_reminded(days):
    with days.office.database.transaction() as session:
        note_learner(session, "T2", "U2", "", "en", MONDAY - timedelta(days=30))
    assert days.day(MONDAY) == []


def test_nobody_is_looked_up_every_minute(days):
    days.join("U1")
    for minute in range(60):
        days.round(MONDAY + timedelta(minutes=minute))
    assert len(days.scene.slack.called("users.info")) == 1


def test_a_reminder_of_unknown_outcome_is_not_repeated(days):
    days.join("U1")
    days.scene.slack.fault("chat.postMessage", hang_up=True, done=True)
    assert days.day(MONDAY) == []
    assert days.day(MONDAY + timedelta(days=1)) == []
    assert len(days.messages()) <= 1


def test_a_reminder_that_slack_put_off_comes_later(days):
    days.join("U1")
    days.scene.slack.limit("chat.postMessage", retry_after=30)
    assert len(days.day(MONDAY)) == 1
    assert len(days.messages()) == 1


def test_two_programs_remind_a_person_once(days):
    days.join("U1")
    other = Rounds()
    at = MONDAY + timedelta(hours=16, minutes=59)
    assert [days.round(at), remind(days.office, other, threading.Event())] == [1, 0]


def test_nothing_more_is_sent_once_it_is_told_to_stop(days):
    days.join("U1")
    days.now = MONDAY + timedelta(hours=16, minutes=59)
    stop = threading.Event()
    stop.set()
    assert remind(days.office, Rounds(), stop) == 0


def test_a_reminder_opens_its_lesson(days):
    days.join("U1")
    days.day(MONDAY)
    channel = days.scene.slack.world.direct("UBOT", "U1").id
    days.scene.press("course.open", where=channel)
    assert days.scene.modal().content["title"]["text"] == "Lesson 1 of 12"


def test_reminders_are_ended_where_they_arrive(days):
    days.join("U1")
    days.day(MONDAY)
    channel = days.scene.slack.world.direct("UBOT", "U1").id
    days.scene.press("reminder.stop", where=channel)
    [message] = days.messages()
    assert message["text"].startswith("Done: no more reminders.")
    assert days.scene.learner().reminders is False
    assert days.day(MONDAY + timedelta(days=7)) == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("done", [{}, {"door": 100}])
def test_a_reminder_keeps_to_slacks_limits(language, done):
    progress = Progress(done=done, language=language, reminders=True)
    for lesson in course():
        assert blockkit.problems(reminder(progress, lesson)) == []


def test_people_who_are_gone_are_forgotten_with_their_lessons(scene):
    with scene.office.database.transaction() as session:
        for user, ago in (("U1", 10), ("U4", 200)):
            note_learner(session, "T1", user, "", "en", MONDAY - timedelta(days=ago))
            finish_lesson(session, "T1", user, "door", 100, now=MONDAY - timedelta(days=200))
    with scene.office.database.transaction() as session:
        assert expire_learners(session, MONDAY - timedelta(days=180)) == 1
    with scene.office.database.transaction(write=False) as session:
        assert [one.user for one in session.query(Learner)] == ["U1"]
    assert "1 of 12 lessons" in scene.open_home("U1")
