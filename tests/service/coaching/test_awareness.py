"""Awareness by team: five people or more, in bands, as of last Monday, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from service.coaching.awareness import (
    OTHER,
    Share,
    awareness_of,
    last_weeks,
    note_week,
    share_of,
    week_start,
)
from service.coaching.course import course
from service.coaching.learners import finish_lesson, note_learner, note_talk
from service.warnings.spoken import Addressee

NOW = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)  # a Wednesday, in week 12
BEFORE = NOW - timedelta(days=10)  # in week 10
LESSONS = [one.id for one in course()]


def join(session, department, *users, at=BEFORE):
    for user in users:
        note_learner(session, "T1", user, department, "en", at)


def people(department, count):
    return [f"U{department}{number}" for number in range(count)]


def shown(database, now=NOW):
    with database.transaction(write=False) as session:
        return {team.name: team for team in awareness_of(session, now).teams}


def test_a_department_of_five_is_shown_and_one_of_four_is_not(database):
    with database.transaction() as session:
        join(session, "Engineering", *people("e", 5))
        join(session, "Quality", *people("q", 4))
    assert {name: team.people for name, team in shown(database).items()} == {"Engineering": 5}


def test_small_departments_are_summed_and_shown_once_they_are_five_together(database):
    with database.transaction() as session:
        join(session, "Engineering", *people("e", 6))
        join(session, "Quality", *people("q", 3))
        join(session, "", "Ux")
    assert list(shown(database)) == ["Engineering"]
    with database.transaction() as session:
        join(session, "Sales", "Us")
    assert {name: team.people for name, team in shown(database).items()} == {"Engineering": 6, OTHER: 5}


def test_people_of_no_known_department_are_other_teams_however_many(database):
    with database.transaction() as session:
        join(session, "", *people("x", 9))
    assert {name: team.people for name, team in shown(database).items()} == {OTHER: 9}


def test_nothing_moves_before_monday(database):
    with database.transaction() as session:
        join(session, "Engineering", *people("e", 5))
        join(session, "Engineering", "Unew", at=NOW - timedelta(hours=1))
        for user in people("e", 5):
            for lesson in LESSONS:
                finish_lesson(session, "T1", user, lesson, 100, now=NOW)
    team = shown(database)["Engineering"]
    assert (team.people, team.lessons, team.finished) == (5, Share(low=0, high=50), Share(low=0, high=50))
    team = shown(database, NOW + timedelta(days=7))["Engineering"]
    assert (team.people, team.lessons, team.finished) == (6, Share(low=50, high=100), Share(low=50, high=100))


def test_lessons_that_are_not_taught_any_more_do_not_count(database):
    with database.transaction() as session:
        join(session, "Engineering", *people("e", 50))
        for user in people("e", 50):
            finish_lesson(session, "T1", user, "an old one", 100, now=BEFORE)
            finish_lesson(session, "T1", user, LESSONS[0], 100, now=BEFORE)
    assert shown(database)["Engineering"].lessons == Share(low=5, high=10)


@pytest.mark.parametrize("count", [5, 6, 9, 10, 13, 24, 25, 50, 500])
def test_every_band_holds_two_possible_counts_or_more_and_ends_hold_more(count):
    bands = [share_of(part, count) for part in range(count + 1)]
    holding = {(band.low, band.high): bands.count(band) for band in bands}
    assert min(holding.values()) >= 2
    assert bands.count(bands[0]) >= 3
    assert bands.count(bands[-1]) >= 3
    assert bands[0].low == 0
    assert bands[-1].high == 100


@pytest.mark.parametrize(
    ("part", "count", "band"),
    [(0, 5, (0, 50)), (2, 5, (0, 50)), (3, 5, (50, 100)), (5, 5, (50, 100)), (1, 50, (0, 5)), (50, 50, (95, 100))],
)
def test_a_share_is_a_band(part, count, band):
    assert (share_of(part, count).low, share_of(part, count).high) == band


def week_of(session, department, count, messages, warnings, *, at=BEFORE):
    join(session, department, *people(department, count), at=at)
    note_week(session, department, at, people=count, messages=messages)
    note_week(session, department, at, warnings=warnings)


def test_a_week_tells_warnings_per_thousand_messages(database):
    with database.transaction() as session:
        week_of(session, "Engineering", 5, 100, 0, at=BEFORE - timedelta(weeks=1))
        week_of(session, "Engineering", 5, 400, 3)
    with database.transaction(write=False) as session:
        found = awareness_of(session, NOW)
    assert (len(found.weeks), found.weeks[-1]) == (12, "2026-W11")
    by_week = dict(zip(found.weeks, found.teams[0].rates, strict=True))
    assert (by_week["2026-W10"], by_week["2026-W09"], by_week["2026-W08"]) == (8, 0, None)


def test_a_week_in_which_four_people_wrote_tells_nothing(database):
    with database.transaction() as session:
        join(session, "Engineering", *people("Engineering", 5), at=BEFORE)
        week_of(session, "Engineering", 4, 400, 3)
    assert set(shown(database)["Engineering"].rates) == {None}


def test_a_week_of_few_messages_tells_nothing(database):
    with database.transaction() as session:
        week_of(session, "Engineering", 5, 49, 3)
    assert set(shown(database)["Engineering"].rates) == {None}


def test_the_week_that_is_not_over_is_left_out(database):
    with database.transaction() as session:
        week_of(session, "Engineering", 5, 400, 3)
        week_of(session, "Engineering", 5, 400, 400, at=NOW)
    assert [one for one in shown(database)["Engineering"].rates if one is not None] == [8]


def test_somebody_who_writes_every_day_is_one_person_of_the_week(database):
    monday = week_start(BEFORE)
    with database.transaction() as session:
        join(session, "", *people("e", 5), at=monday)
        for day in range(5):
            said = [Addressee(user="Ue0", team="T1")] * 100
            note_talk(session, said=said, now=monday + timedelta(days=day))
    assert set(shown(database)[OTHER].rates) == {None}


def test_other_teams_have_a_rate_of_their_own(database):
    with database.transaction() as session:
        week_of(session, "Quality", 3, 100, 1)
        week_of(session, "Sales", 3, 100, 1)
    assert [one for one in shown(database)[OTHER].rates if one is not None] == [10]


def test_a_department_that_has_nobody_is_not_shown(database):
    with database.transaction() as session:
        note_week(session, "Ghosts", BEFORE, people=9, messages=5000)
    assert shown(database) == {}


def test_weeks_run_on_over_the_end_of_a_year():
    assert last_weeks(datetime(2027, 1, 12, tzinfo=UTC))[-2:] == ("2026-W53", "2027-W01")


def test_no_name_of_a_person_leaves(database):
    with database.transaction() as session:
        join(session, "Engineering", *people("e", 7))
    assert "Ue" not in repr(shown(database))
