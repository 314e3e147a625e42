"""Who learns: taken note of with one write a day, counted by department, never as a person."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from messages import Directory, Person
from service.coaching.learners import (
    departments_of,
    finish_lesson,
    note_learner,
    note_talk,
    progress_of,
    set_language,
    set_reminders,
)
from service.coaching.models import DepartmentWeek, Learner
from service.directory.store import save_directory
from service.warnings.spoken import Addressee
from tests.fakes.office import LEAK, ORDINARY

NOW = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
ANNA = Addressee(user="U1", team="T1", address="Anna@ourco.example", language="de-DE")
BERND = Addressee(user="U4", team="T1")
STRANGER = Addressee(user="U7", team="T1")


@pytest.fixture
def known(database):
    people = (
        Person(address="anna@ourco.example", department="Engineering"),
        Person(address="bernd@ourco.example", department="Quality", slack_id="U4"),
        Person(address="carla@ourco.example", department="Sales", slack_id="T1:U5"),
    )
    with database.transaction() as session:
        save_directory(session, Directory(own_domains=("ourco.example",), people={one.address: one for one in people}))
    return database


def learner(database, user="U1"):
    with database.transaction(write=False) as session:
        return session.get(Learner, ("T1", user))


def weeks(database):
    with database.transaction(write=False) as session:
        return {
            (row.week, row.department): (row.people, row.messages, row.warnings)
            for row in session.scalars(select(DepartmentWeek))
        }


def writes(database, what):
    """Count the statements that write while something is done."""
    seen = []

    def note(connection, cursor, statement, *rest):
        if statement.split()[0] in {"INSERT", "UPDATE", "DELETE"}:
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    with database.transaction() as session:
        what(session)
    event.remove(database.engine, "before_cursor_execute", note)
    return len(seen)


def test_departments_are_found_by_slack_id_and_by_address(known):
    carla = Addressee(user="U5", team="T1")
    elsewhere = Addressee(user="U5", team="T9")
    with known.transaction(write=False) as session:
        found = departments_of(session, [ANNA, BERND, STRANGER, carla, elsewhere])
    assert found == {
        ("T1", "U1"): "Engineering",
        ("T1", "U4"): "Quality",
        ("T1", "U7"): "",
        ("T1", "U5"): "Sales",
        ("T9", "U5"): "",
    }


def test_what_was_said_is_counted_by_department(known):
    with known.transaction() as session:
        note_talk(session, said=[ANNA, BERND, ANNA, STRANGER], now=NOW)
        note_talk(session, said=[ANNA], now=NOW)
        note_talk(session, said=[], now=NOW)
    assert weeks(known) == {
        ("2026-W12", "Engineering"): (1, 3, 0),
        ("2026-W12", "Quality"): (1, 1, 0),
        ("2026-W12", ""): (1, 1, 0),
    }
    assert learner(known).language == "de"


def test_a_warning_is_counted_and_makes_a_learner_who_did_not_write(known):
    with known.transaction() as session:
        note_talk(session, said=[], warned=[BERND], now=NOW)
    assert weeks(known) == {("2026-W12", "Quality"): (0, 0, 1)}
    assert learner(known, "U4").spoke_at is None


def test_a_person_costs_one_write_a_day(database):
    def note(session):
        note_learner(session, "T1", "U1", "Engineering", "en", NOW)

    assert writes(database, note) == 1
    assert writes(database, note) == 0
    assert writes(database, lambda session: note_learner(session, "T1", "U1", "", "", NOW)) == 0
    tomorrow = NOW + timedelta(days=1)
    assert writes(database, lambda session: note_learner(session, "T1", "U1", "", "", tomorrow)) == 1
    assert (learner(database).seen_at, learner(database).since) == (tomorrow, NOW)
    assert (learner(database).department, learner(database).language) == ("Engineering", "en")


def test_who_moves_to_another_department_is_one_of_it_from_then_on(database):
    with database.transaction() as session:
        note_learner(session, "T1", "U1", "Engineering", "en", NOW)
        note_learner(session, "T1", "U1", "Quality", "en", NOW)
    assert learner(database).department == "Quality"


def test_the_language_that_somebody_picked_stands_above_that_of_their_slack(database):
    with database.transaction() as session:
        note_learner(session, "T1", "U1", "", "en", NOW)
        set_language(session, "T1", "U1", "de")
        note_learner(session, "T1", "U1", "", "en", NOW + timedelta(days=2))
        assert progress_of(session, "T1", "U1", language="en").language == "de"


def test_progress_is_ones_own(database):
    with database.transaction() as session:
        for user in ("U1", "U4"):
            note_learner(session, "T1", user, "", "en", NOW)
        finish_lesson(session, "T1", "U4", "door", 100, now=NOW)
        set_reminders(session, "T1", "U4", wanted=False)
    with database.transaction(write=False) as session:
        mine = progress_of(session, "T1", "U1", language="en")
        theirs = progress_of(session, "T1", "U4", language="en")
        nobody = progress_of(session, "T1", "U9", language="de")
    assert (mine.done, mine.reminders, mine.next) == ({}, True, "door")
    assert (theirs.done, theirs.reminders, theirs.next) == ({"door": 100}, False, "numbers")
    assert (nobody.done, nobody.language) == ({}, "de")


def test_what_is_said_in_slack_is_counted_as_it_happens(live):
    live.say("C1", "U1", LEAK)
    live.say("C1", "U1", ORDINARY)
    live.say("C1", "U2", ORDINARY)
    live.say("C2", "U4", LEAK)
    [(week, counted)] = [(key[1], value) for key, value in weeks(live.office.database).items()]
    assert (week, counted) == ("Engineering", (1, 2, 1))
    assert learner(live.office.database).spoke_at is not None
    assert learner(live.office.database, "U4") is None
    assert learner(live.office.database, "U2") is None
