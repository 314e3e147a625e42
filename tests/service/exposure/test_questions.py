"""What a counterparty asked makes the answer weigh more."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from detectors.finding import Finding
from messages import Direction
from service.exposure.models import EntryState, ExposureEntry
from service.exposure.record import Questions, questions_of
from tests.fakes.ledger import START, add_counterparty, tell, told

NORVIK = ("Norvik",)


def asked(quote, *, rule=""):
    return Finding(
        label="elicitation",
        start=0,
        end=len(quote),
        quote=quote,
        confidence=0.8,
        reason="They ask.",
        detector="elicitation",
        rule=rule,
    )


@pytest.fixture
def questions():
    found = Questions()
    found.hear(NORVIK, [asked("what is your budget, and who signs it off?")], START)
    return found


def test_an_answer_names_the_day_of_the_question(questions):
    answered = questions.answered(NORVIK, START + timedelta(days=4))
    assert answered == {
        "budget": "answers their question of 2 March",
        "decision": "answers their question of 2 March",
    }


@pytest.mark.parametrize(
    ("firms", "after"),
    [
        (("Brandl",), timedelta(days=1)),
        (NORVIK, timedelta(days=61)),
        (NORVIK, timedelta(hours=-1)),
        ((), timedelta(days=1)),
    ],
)
def test_what_nobody_asked_is_no_answer(questions, firms, after):
    assert questions.answered(firms, START + after) == {}


def test_the_latest_question_counts(questions):
    questions.hear(NORVIK, [asked("what budget do you have?")], START + timedelta(days=6))
    answered = questions.answered(NORVIK, START + timedelta(days=8))
    assert answered["budget"] == "answers their question of 8 March"


def test_an_unclear_question_is_answered_in_its_thread_alone():
    questions, thread = Questions(), uuid.uuid4()
    questions.hear(NORVIK, [asked("and the other thing?")], START, thread_id=thread)
    later = START + timedelta(days=2)
    assert questions.answered(NORVIK, later) == {}
    assert questions.answered(NORVIK, later, thread_id=uuid.uuid4()) == {}
    assert questions.answered(NORVIK, later, thread_id=thread)["leverage"] == "answers their question of 2 March"


def test_our_own_questions_are_none_of_theirs(questions):
    ours = Questions()
    ours.hear(NORVIK, [asked("what is your budget?")], START, direction=Direction.OUTBOUND)
    assert ours.answered(NORVIK, START) == {}


def test_what_the_ledger_holds_is_asked_until_the_team_takes_it_back(database, keys):
    later = START + timedelta(days=4)
    with database.transaction() as session:
        add_counterparty(session)
        tell(session, keys, told(session, keys, "elicitation", "what is your budget?", author="lena@norvik.example"))
        found = questions_of(session, keys, NORVIK, now=later)
        assert found.answered(NORVIK, later) == {"budget": "answers their question of 2 March"}
        assert questions_of(session, keys, ["Brandl"], now=later).answered(NORVIK, later) == {}
        session.scalars(select(ExposureEntry)).one().state = EntryState.RETRACTED.value
        session.flush()
        assert questions_of(session, keys, NORVIK, now=later, since=START).answered(NORVIK, later) == {}
