"""Who is warned of what was said: once, in their language, and not too often."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from messages import Direction
from service.coaching.learners import note_learner, set_language
from service.warnings.models import STALE, WarningMute, WarningRow, WarningSign
from service.warnings.plan import withdraw_warnings
from tests.service.warnings.speaking import ANNA, BERND, NOON, a_policy, found, plan, quotes, said

LEAKS = (
    *("specification", "budget", "timeline", "innovation", "leverage", "competitor", "decision"),
    *("commitment", "sidestep"),
)
NIGHT = NOON + timedelta(hours=11)


def states(database):
    with database.transaction(write=False) as session:
        return sorted(session.scalars(select(WarningRow.state)))


def test_the_author_of_a_leak_is_warned_at_once_with_its_words(database):
    [row] = plan(database, said(found("budget", "85,000 euros"), ts="10.1", thread="9.9"))
    assert (row.kind, row.team, row.recipient, row.channel, row.ts, row.thread_ts) == (
        *("author", "T1", "U1", "C1", "10.1", "9.9"),
    )
    assert (row.labels, row.severity, row.policy, row.lesson) == (["budget"], "high", "ours", "numbers")
    assert (row.state, row.via, row.counterparty, row.language) == ("due", "ephemeral", "Norvik", "en")
    assert (row.not_before, row.expires_at) == (NOON, NOON + STALE)
    assert quotes(row) == [("budget", "85,000 euros")]
    assert b"85,000" not in row.sealed


@pytest.mark.parametrize("label", LEAKS)
def test_every_sign_of_our_author_is_warned_of(lite, label):
    [row] = plan(lite, said(found(label)))
    assert row.labels == [label]


@pytest.mark.parametrize(
    ("findings", "how"),
    [
        ((), {}),
        ((found("budget", confidence=0.1),), {}),
        ((found("elicitation"),), {}),
        ((found("too_early"),), {}),
        ((found("budget", part="subject"),), {}),
        ((found("budget"),), {"direction": Direction.INTERNAL}),
        ((found("budget"),), {"author": None, "listeners": (ANNA,)}),
        ((found("sidestep"),), {"author": None, "listeners": (ANNA,)}),
        ((found("elicitation"),), {"author": None}),
        ((found("budget"),), {"policies": (a_policy("[warn]\nper_day = 0"),)}),
        ((found("budget"),), {"policies": (a_policy('[warn.actions]\nbudget = "alert"'),)}),
        ((found("budget"),), {"policies": (a_policy('[warn.actions]\ndefault = { high = "nothing" }'),)}),
        ((found("budget"),), {"at": NOON - timedelta(minutes=11)}),
    ],
    ids=[
        "nothing",
        "below the threshold",
        "a question of ours",
        "no text of it",
        "the channel's name",
        "among us",
        "theirs",
        "their sidestep",
        "nobody listens",
        "no warnings a day",
        "only an alert",
        "nothing for this severity",
        "old",
    ],
)
def test_nobody_is_warned_of_this(lite, findings, how):
    assert plan(lite, said(*findings, **how)) == []


def test_nobody_is_warned_when_the_source_says_so(lite):
    assert plan(lite, said(found("budget")), warn=False) == []


def test_several_signs_make_one_warning_that_names_the_gravest_and_quotes_three(lite):
    signs = [
        found("timeline", "by 3 May", confidence=0.5),
        found("budget", "85,000", confidence=0.9),
        found("budget", "ceiling of 90,000", confidence=0.85),
        found("leverage", "no second source", confidence=0.6),
        found("competitor", "Hauck bids, too", confidence=0.55),
    ]
    [row] = plan(lite, said(*signs))
    assert row.labels == ["budget", "leverage", "competitor", "timeline"]
    assert quotes(row) == [("budget", "85,000"), ("leverage", "no second source"), ("competitor", "Hauck bids, too")]


def test_a_second_quote_of_a_label_is_shown_where_there_is_room(lite):
    [row] = plan(lite, said(found("budget", "85,000", confidence=0.9), found("budget", "90,000 at most")))
    assert quotes(row) == [("budget", "85,000"), ("budget", "90,000 at most")]


def test_the_first_policy_that_wants_to_warn_decides(lite):
    silent = a_policy('[warn.actions]\ndefault = "alert"', name="silent")
    strict, loud = a_policy(name="strict", threshold=90), a_policy(name="loud")
    [row] = plan(lite, said(found("budget"), policies=(silent, strict, loud, a_policy(name="last"))))
    assert row.policy == "loud"


@pytest.mark.parametrize(
    ("first", "second", "again"),
    [
        ({}, {}, False),
        ({}, {"ts": "11.1"}, False),
        ({}, {"ts": "11.1", "words": "85,000  EUROS!"}, False),
        ({}, {"words": "85,000 euros, I think"}, False),
        ({"words": "no second source"}, {"words": "there is no other source"}, False),
        ({}, {"ts": "11.1", "words": "90,000 euros"}, True),
        ({}, {"words": "90,000 euros"}, True),
        ({}, {"label": "timeline"}, True),
        ({}, {"ts": "11.1", "thread": "9.1"}, True),
        ({"ts": "9.1"}, {"ts": "9.1", "thread": "9.1"}, False),
        ({"thread": "9.1"}, {"ts": "11.1", "thread": "9.1"}, False),
        ({}, {"ts": "11.1", "channel": "C9"}, True),
        ({}, {"ts": "11.1", "author": BERND}, True),
    ],
    ids=[
        "the same event",
        "the same words anew",
        "the same words, written otherwise",
        "an edit that still says the same",
        "an edit of the wording, without a figure",
        "another figure",
        "an edit that names another figure",
        "another label",
        "in another thread",
        "a message that became a thread",
        "again in the thread",
        "in another channel",
        "by somebody else",
    ],
)
def test_nobody_is_warned_twice_of_the_same_thing(database, first, second, again):
    def once(label="budget", words="85,000 euros", **how):
        return plan(database, said(found(label, words), **how))

    assert len(once(**first)) == 1
    assert bool(once(**second)) is again


def test_an_edit_that_adds_a_sign_is_warned_of_the_new_one_alone(lite):
    plan(lite, said(found("budget", "85,000 euros")))
    edited = said(found("budget", "85,000 euros", confidence=0.95), found("timeline", "before 3 May"))
    [row] = plan(lite, edited)
    assert row.labels == ["timeline"]
    assert quotes(row) == [("timeline", "before 3 May")]


def test_the_retried_event_of_a_warning_with_two_labels_adds_nothing(database):
    twice = said(found("budget", "85,000 euros"), found("timeline", "before 3 May"))
    assert len(plan(database, twice)) == 1
    assert plan(database, twice) == []
    with database.transaction(write=False) as session:
        assert session.scalar(select(func.count()).select_from(WarningSign)) == 4


def test_somebody_gets_only_so_many_warnings_a_day_by_their_own_clock(database):
    def warn(number, now, author=BERND):
        return plan(
            database, said(found("budget", f"{number} euros"), ts=f"{number}.1", author=author, at=now), now=now
        )

    assert [len(warn(n, NOON)) for n in range(5)] == [1, 1, 1, 0, 0]
    assert len(warn(5, NOON, author=ANNA)) == 1
    assert warn(6, NOON + timedelta(hours=10, minutes=59)) == []
    # It is midnight where he is.
    assert len(warn(7, NOON + timedelta(hours=11))) == 1


def test_questions_from_outside_leave_a_place_in_the_day_for_who_gives_something_away(lite):
    def ask(number):
        return plan(
            lite, said(found("elicitation", f"question {number}"), ts=f"{number}.1", author=None, listeners=(ANNA,))
        )

    assert [len(ask(number)) for number in range(1000, 1005)] == [1, 1, 0, 0, 0]
    assert len(plan(lite, said(found("budget"), ts="7.1", channel="C9"))) == 1
    assert plan(lite, said(found("timeline"), ts="8.1", channel="C9")) == []


def test_what_never_reached_anybody_leaves_its_place_in_the_day(lite):
    rows = [plan(lite, said(found("budget", f"{n} euros"), ts=f"{n}.1"))[0] for n in range(3)]
    with lite.transaction() as session:
        session.get_one(WarningRow, rows[0].id).state = "failed"
        session.get_one(WarningRow, rows[1].id).state = "unknown"
    assert len(plan(lite, said(found("budget", "77 euros"), ts="77.1"))) == 1
    assert plan(lite, said(found("budget", "78 euros"), ts="78.1")) == []


def test_a_label_that_was_called_no_problem_stays_silent_for_that_person_and_that_time(lite):
    with lite.transaction() as session:
        until = NOON + timedelta(days=2)
        session.add(WarningMute(team="T1", recipient="U1", label="budget", times=1, until=until))
    both = said(found("budget", "85,000 euros", confidence=0.95), found("timeline", "before 3 May"))
    assert plan(lite, both)[0].labels == ["timeline"]
    assert plan(lite, said(found("budget", "1 euro"), ts="11.1")) == []
    assert len(plan(lite, said(found("budget", "1 euro"), ts="11.1", author=BERND))) == 1
    assert len(plan(lite, said(found("budget", "2 euros"), ts="12.1", at=until), now=until)) == 1


def test_an_author_is_warned_at_night_too_but_a_direct_message_would_wait_for_the_morning(lite):
    [row] = plan(lite, said(found("budget"), at=NIGHT), now=NIGHT)
    assert row.not_before == NIGHT
    assert row.direct_from == NOON + timedelta(hours=19)
    [noon] = plan(lite, said(found("budget", "1 euro"), ts="2.1"))
    assert noon.direct_from is None


def test_whoever_reads_a_fishing_question_is_warned_before_the_answer(database):
    asked = said(found("elicitation", "what is your budget?"), author=None, listeners=(BERND, ANNA))
    rows = plan(database, asked)
    assert {(row.recipient, row.kind, row.language) for row in rows} == {("U1", "reader", "en"), ("U4", "reader", "de")}
    assert all(row.not_before == NOON for row in rows)
    assert plan(database, asked) == []


def test_a_reader_is_warned_once_for_all_questions_of_a_thread(lite):
    def ask(words, **how):
        return plan(lite, said(found("elicitation", words), author=None, listeners=(ANNA,), **how))

    assert len(ask("what is your budget?", ts="10.1")) == 1
    assert ask("so what number would do?", ts="11.1", thread="10.1") == []
    assert ask("what is your budget?", ts="12.1") == []
    assert len(ask("and who else is bidding?", ts="13.1")) == 1


def test_a_leak_of_the_same_words_is_another_thing_than_the_question(lite):
    plan(lite, said(found("elicitation", "4.5 million?"), author=None, listeners=(ANNA,)))
    assert len(plan(lite, said(found("budget", "4.5 million?"), ts="11.1"))) == 1


def test_a_listener_who_is_named_twice_is_warned_once(lite):
    assert len(plan(lite, said(found("elicitation"), author=None, listeners=(ANNA, ANNA)))) == 1


def test_a_question_at_night_waits_for_the_end_of_each_readers_quiet_hours(lite):
    rows = plan(lite, said(found("elicitation"), author=None, listeners=(ANNA, BERND), at=NIGHT), now=NIGHT)
    starts = {row.recipient: row.not_before for row in rows}
    assert starts == {"U1": NOON + timedelta(hours=19), "U4": NOON + timedelta(hours=18)}
    assert all(row.expires_at == row.not_before + STALE for row in rows)


@pytest.mark.parametrize(
    ("question", "answer", "lapses"),
    [
        ({"ts": "10.1"}, {"ts": "11.1"}, True),
        ({"ts": "10.1"}, {"ts": "11.1", "thread": "10.1"}, True),
        ({"ts": "10.1", "thread": "9.1"}, {"ts": "11.1", "thread": "9.1"}, True),
        ({"ts": "10.1", "thread": "9.1"}, {"ts": "11.1"}, False),
        ({"ts": "10.1", "thread": "9.1"}, {"ts": "11.1", "thread": "8.1"}, False),
        ({"ts": "10.1"}, {"ts": "11.1", "channel": "C9"}, False),
        ({"ts": "10.1"}, {"ts": "11.1", "author": BERND}, False),
    ],
)
def test_a_waiting_warning_lapses_once_its_reader_has_answered(lite, question, answer, lapses):
    plan(lite, said(found("elicitation"), author=None, listeners=(ANNA,), at=NIGHT, **question), now=NIGHT)
    later = NIGHT + timedelta(hours=1)
    plan(lite, said(at=later, **answer), now=later)
    assert states(lite) == ["expired" if lapses else "due"]


def test_a_message_that_is_taken_back_needs_no_warning_any_more(lite):
    plan(lite, said(found("budget"), ts="10.1"))
    plan(lite, said(found("timeline"), ts="11.1"))
    with lite.transaction() as session:
        withdraw_warnings(session, channel="C1", ts="10.1")
    assert states(lite) == ["due", "expired"]


@pytest.mark.parametrize(
    ("language", "spoken"), [("en-US", "en"), ("de", "de"), ("DE-at", "de"), ("fr", "de"), ("", "de")]
)
def test_people_are_spoken_to_in_their_language_else_in_the_houses(lite, language, spoken):
    person = type(ANNA)(user="U1", team="T1", language=language)
    [row] = plan(lite, said(found("budget"), author=person), language="de")
    assert row.language == spoken


def test_the_language_that_a_person_picked_comes_before_that_of_their_slack(lite):
    with lite.transaction() as session:
        note_learner(session, "T1", "U1", "Engineering", "en", NOON)
        set_language(session, "T1", "U1", "de")
    [row] = plan(lite, said(found("budget")))
    assert row.language == "de"
