"""Question → answer → promise: what is linked, what is not, in whatever order it comes in."""

import uuid

import pytest
from sqlalchemy import select

from messages import Channel
from service.exposure.links import chain_of
from service.exposure.models import EntryState, ExposureEntry, ExposureLink
from service.models import Thread
from tests.fakes.ledger import START, add_counterparty, add_negotiation, tell, told

LENA, KARL = "lena@norvik.example", "karl@norvik.example"
QUESTION, UNCLEAR = "what is your budget for this?", "and the other thing, between us?"


@pytest.fixture
def session(database):
    with database.transaction() as session:
        add_counterparty(session)
        yield session


@pytest.fixture
def thread(session):
    row = Thread(id=uuid.uuid4(), channel="email", seen_at=START)
    session.add(row)
    session.flush()
    return row.id


def ask(session, keys, words=QUESTION, **more):
    return told(session, keys, "elicitation", words, **{"author": LENA} | more)


def links(session):
    return [(round(row.days, 2), row.same_thread) for row in session.scalars(select(ExposureLink))]


def chains(session, keys, label):
    entry = session.scalars(select(ExposureEntry).where(ExposureEntry.label == label)).one()
    rows = {row.id: row for row in session.scalars(select(ExposureEntry))}
    return [
        [rows[chain.asked_id].label, *((rows[one.entry_id].label, round(one.days)) for one in chain.steps)]
        for chain in chain_of(session, entry.id)
    ]


def test_a_question_its_answer_and_the_promise_after_it_are_a_chain_across_people_and_channels(session, keys):
    tell(session, keys, ask(session, keys))
    tell(session, keys, told(session, keys, "budget", "480k left", day=3, channel=Channel.SLACK))
    promise = told(
        session, keys, "commitment", "at 479,000 EUR it is a deal", day=10, author="karin@ourco.example", confidence=0.9
    )
    tell(session, keys, promise)
    whole = [["elicitation", ("budget", 3), ("commitment", 10)]]
    assert chains(session, keys, "elicitation") == whole
    assert chains(session, keys, "budget") == whole
    assert chains(session, keys, "commitment") == whole


def test_an_older_question_that_comes_in_later_links_all_the_same(session, keys):
    tell(session, keys, told(session, keys, "budget", "480k left", day=5))
    tell(session, keys, ask(session, keys, day=2))
    assert links(session) == [(3.0, False)]


def test_all_of_it_links_when_it_comes_in_one_batch(session, keys):
    tell(session, keys, told(session, keys, "budget", "480k left", day=5), ask(session, keys, day=2))
    assert links(session) == [(3.0, False)]


NOT_LINKED = [
    pytest.param({"label": "timeline", "words": "by 14 May", "day": 3}, {}, id="about something else"),
    pytest.param({"day": 61}, {}, id="too late"),
    pytest.param({"day": 1}, {"day": 2}, id="told before it was asked"),
    pytest.param({"firms": ("Brandl",), "day": 3}, {}, id="told to somebody else"),
    pytest.param({"day": 3}, {"words": UNCLEAR}, id="an unclear question in another thread"),
]


@pytest.mark.parametrize(("answer", "question"), NOT_LINKED)
def test_what_is_no_answer_is_not_linked(session, keys, answer, question):
    tell(session, keys, ask(session, keys, **question))
    answer = {"label": "budget", "words": "480k left"} | answer
    tell(session, keys, told(session, keys, **answer))
    assert links(session) == []


@pytest.mark.parametrize(("days", "linked"), [(13, [(13.0, True)]), (15, [])])
def test_an_unclear_question_is_answered_in_its_own_thread_within_two_weeks(session, keys, thread, days, linked):
    tell(session, keys, ask(session, keys, UNCLEAR, thread=thread))
    tell(session, keys, told(session, keys, "budget", "480k left", day=days, thread=thread))
    assert links(session) == linked


def test_a_promise_of_no_clear_topic_links_in_its_own_thread(session, keys, thread):
    tell(session, keys, ask(session, keys, thread=thread))
    tell(session, keys, told(session, keys, "commitment", "we will sort it out", day=1, thread=thread))
    assert links(session) == [(1.0, True)]


def test_matters_of_their_own_are_not_mixed(session, keys):
    castings, hydraulics = add_negotiation(session), add_negotiation(session, "Hydraulics")
    tell(session, keys, ask(session, keys, negotiations=(castings,)))
    tell(session, keys, told(session, keys, "budget", "480k left", day=3, negotiations=(hydraulics,)))
    assert links(session) == []
    tell(session, keys, told(session, keys, "budget", "90k left", day=4))
    assert links(session) == [(4.0, False)]


def test_the_days_are_the_fewest_between_asking_and_telling(session, keys):
    tell(session, keys, ask(session, keys), ask(session, keys, day=20))
    tell(session, keys, told(session, keys, "budget", "480k left", day=22))
    assert links(session) == [(2.0, False)]
    tell(session, keys, ask(session, keys, day=21.5))
    assert links(session) == [(0.5, False)]


def test_what_was_taken_back_stands_in_no_chain(session, keys):
    tell(session, keys, ask(session, keys))
    tell(session, keys, told(session, keys, "budget", "480k left", day=3))
    answer = session.scalars(select(ExposureEntry).where(ExposureEntry.label == "budget")).one()
    answer.state = EntryState.RETRACTED.value
    session.flush()
    assert chains(session, keys, "elicitation") == []
