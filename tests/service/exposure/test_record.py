"""What goes into the ledger: entries, sources, who told it, what the same thing told again does."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from messages import Channel, Direction
from service.alerts.withdrawal import mark_replaced
from service.directory.references import move_references
from service.exposure.facts import open_fact
from service.exposure.models import EntryState, ExposureEntry, ExposurePerson, ExposureSource
from service.models import Thread
from tests.fakes.ledger import START, add_counterparty, add_negotiation, tell, told


@pytest.fixture
def session(database):
    with database.transaction() as session:
        add_counterparty(session)
        yield session


def entries(session):
    query = select(ExposureEntry).order_by(ExposureEntry.first_at, ExposureEntry.label, ExposureEntry.topic)
    return list(session.scalars(query))


def sources(session):
    return list(session.scalars(select(ExposureSource).order_by(ExposureSource.said_at)))


WHAT = [
    pytest.param("budget", "we have 480k left", Direction.OUTBOUND, ("known", "budget", "budget"), id="a leak"),
    pytest.param("leverage", "no second source", Direction.OUTBOUND, ("known", "leverage", "leverage"), id="weakness"),
    pytest.param(
        "elicitation", "what is your budget?", Direction.INBOUND, ("asked", "elicitation", "budget"), id="a question"
    ),
    pytest.param(
        "elicitation", "and the other thing?", Direction.INBOUND, ("asked", "elicitation", ""), id="an unclear question"
    ),
    pytest.param(
        "commitment", "the order is yours", Direction.OUTBOUND, ("promised", "commitment", "decision"), id="the award"
    ),
    pytest.param(
        "commitment",
        "we will sort it out",
        Direction.OUTBOUND,
        ("promised", "commitment", "commitment"),
        id="a promise",
    ),
    pytest.param(
        "authority_exceeded",
        "68.500 EUR",
        Direction.OUTBOUND,
        ("promised", "authority_exceeded", "budget"),
        id="a limit",
    ),
    pytest.param(
        "price_no_obstacle",
        "not lose it on price",
        Direction.OUTBOUND,
        ("promised", "price_no_obstacle", "budget"),
        id="price surrendered",
    ),
]


@pytest.mark.parametrize(("label", "words", "direction", "entry"), WHAT)
def test_what_was_told_becomes_an_entry_of_its_kind(session, keys, label, words, direction, entry):
    tell(session, keys, told(session, keys, label, words, direction=direction))
    [row] = entries(session)
    assert (row.kind, row.label, row.topic) == entry
    assert (row.counterparty, row.negotiation_id, row.times, row.state) == ("Norvik", None, 1, "valid")


NOTHING = [
    pytest.param("over_the_head", Direction.INBOUND, id="who is missing"),
    pytest.param("lone_negotiator", Direction.OUTBOUND, id="who is alone"),
    pytest.param("sidestep", Direction.OUTBOUND, id="going round somebody"),
    pytest.param("budget", Direction.INBOUND, id="their own budget"),
    pytest.param("budget", Direction.INTERNAL, id="among ourselves"),
    pytest.param("price_no_obstacle", Direction.INTERNAL, id="a boast among ourselves"),
    pytest.param("elicitation", Direction.OUTBOUND, id="our own question"),
]


@pytest.mark.parametrize(("label", "direction"), NOTHING)
def test_what_nobody_learns_makes_no_entry(session, keys, label, direction):
    tell(session, keys, told(session, keys, label, "about 480k", direction=direction))
    assert entries(session) == []


def test_a_question_for_two_things_is_two_entries(session, keys):
    tell(session, keys, told(session, keys, "elicitation", "what is your budget, and who signs it off?"))
    assert [row.topic for row in entries(session)] == ["budget", "decision"]


SAME = [
    pytest.param("budget", "we have 480k left for this", "Our budget: EUR 480,000.", id="an amount"),
    pytest.param("budget", "up to 7.50 a piece", "seven and a half is what we can do", id="in words"),
    pytest.param("leverage", "we have no second source", "No second source, honestly!", id="the same words"),
    pytest.param("timeline", "the launch is on 14 May", "launching May 14th", id="a day"),
]
ANOTHER = [
    pytest.param("budget", "we have 480k left for this", "we have 490k left for this", id="another amount"),
    pytest.param("timeline", "the launch is on 14 May", "the launch is on 15 May", id="another day"),
    pytest.param("specification", "5 mm wall thickness", "5 mm bore", id="another thing of the same size"),
    pytest.param("leverage", "we have no second source", "our line is down", id="another weakness"),
]


@pytest.mark.parametrize(("label", "first", "second"), SAME)
def test_the_same_told_again_extends_its_entry(session, keys, label, first, second):
    tell(session, keys, told(session, keys, label, first, confidence=0.6))
    tell(session, keys, told(session, keys, label, second, day=3, author="ida@ourco.example", confidence=0.9))
    [row] = entries(session)
    assert (row.times, row.confidence, row.author) == (2, 0.9, "pavel@ourco.example")
    assert (row.first_at, row.last_at) == (START, START + timedelta(days=3))
    assert [one.author for one in sources(session)] == ["pavel@ourco.example", "ida@ourco.example"]


@pytest.mark.parametrize(("label", "first", "second"), ANOTHER)
def test_something_else_is_another_entry(session, keys, label, first, second):
    tell(session, keys, told(session, keys, label, first))
    tell(session, keys, told(session, keys, label, second, day=3))
    assert [row.times for row in entries(session)] == [1, 1]


def test_what_another_counterparty_hears_is_an_entry_of_its_own(session, keys):
    add_counterparty(session, "Brandl")
    tell(session, keys, told(session, keys, "budget", "480k left", firms=("Norvik", "Brandl")))
    assert sorted(row.counterparty for row in entries(session)) == ["Brandl", "Norvik"]


def test_a_redelivery_adds_nothing(session, keys):
    one = told(session, keys, "budget", "480k left")
    tell(session, keys, one)
    tell(session, keys, one)
    [row] = entries(session)
    assert (row.times, len(sources(session))) == (1, 1)


def test_what_one_message_says_twice_was_told_once(session, keys):
    tell(session, keys, told(session, keys, "budget", "480k left", more=[("budget", "the 480,000 EUR")]))
    [row] = entries(session)
    assert (row.times, len(sources(session))) == (1, 2)


def test_an_older_message_that_comes_in_later_moves_the_beginning_back(session, keys):
    tell(session, keys, told(session, keys, "budget", "480k left", day=9, author="ida@ourco.example"))
    tell(session, keys, told(session, keys, "budget", "480k left", day=2, channel=Channel.SLACK))
    [row] = entries(session)
    assert (row.author, row.channel, row.first_at) == ("pavel@ourco.example", "slack", START + timedelta(days=2))
    assert row.last_at == START + timedelta(days=9)


def test_each_negotiation_has_an_entry_of_its_own_for_the_firms_it_is_with(session, keys):
    castings = add_negotiation(session)
    hydraulics = add_negotiation(session, "Hydraulics", ("Brandl",))
    message = told(
        session,
        keys,
        "budget",
        "480k left",
        firms=("Norvik", "Brandl", "Lunaform"),
        negotiations=(castings, hydraulics),
    )
    tell(session, keys, message)
    found = {(row.counterparty, row.negotiation_id) for row in entries(session)}
    assert found == {("Norvik", castings), ("Brandl", hydraulics), ("Lunaform", None)}


def test_what_a_firm_hears_that_acts_for_an_invited_one_belongs_to_the_negotiation(session, keys):
    castings = add_negotiation(session)
    tell(session, keys, told(session, keys, "budget", "480k left", firms=("Agentur",), negotiations=(castings,)))
    [row] = entries(session)
    assert (row.counterparty, row.negotiation_id) == ("Agentur", castings)


def test_somebody_who_promises_too_much_has_promised_once(session, keys):
    one = told(session, keys, "commitment", "we accept 68.500 EUR", more=[("authority_exceeded", "That is settled.")])
    tell(session, keys, one)
    assert [row.label for row in entries(session)] == ["commitment"]


def test_people_appear_under_a_pseudonym_that_stays(session, keys):
    tell(session, keys, told(session, keys, "budget", "480k left"))
    tell(session, keys, told(session, keys, "leverage", "line is down", day=1, author="ida@ourco.example"))
    tell(session, keys, told(session, keys, "decision", "Bo decides", day=2, department="Procurement"))
    tell(session, keys, told(session, keys, "elicitation", "what is your budget?", day=3, author="lena@norvik.example"))
    names = session.execute(select(ExposurePerson.address, ExposurePerson.pseudonym))
    assert dict(names.all()) == {
        "pavel@ourco.example": "Engineering 1",
        "ida@ourco.example": "Engineering 2",
        "lena@norvik.example": "Norvik 1",
    }


def test_the_words_of_an_entry_hold_no_figure(session, keys):
    for label, words in (("budget", "480k left"), ("timeline", "by 14 May"), ("specification", "5 mm at 40 bar")):
        tell(session, keys, told(session, keys, label, words))
    for row in entries(session):
        words = open_fact(keys, row.id, row.key_id, row.fact).words
        assert words
        assert not any(letter.isdigit() for letter in words)


def slack_version(session, keys, words, version, thread, *, day=0.0):
    return told(
        session,
        keys,
        "budget",
        words,
        channel=Channel.SLACK,
        external_id=f"T1:C1:1770000000.1{version}",
        thread=thread,
        day=day,
    )


@pytest.fixture
def thread(session):
    row = Thread(id=uuid.uuid4(), channel="slack", seen_at=START)
    session.add(row)
    session.flush()
    return row.id


def edit(session, keys, words, thread):
    second = slack_version(session, keys, words, ":1770000900.2", thread)
    tell(session, keys, second)
    mark_replaced(session, second.message.id, second.message_id, thread, now=START + timedelta(days=1))
    return second


def test_an_edited_message_that_says_the_same_stands_in_the_place_of_the_first(session, keys, thread):
    tell(session, keys, slack_version(session, keys, "480k left", "", thread))
    second = edit(session, keys, "EUR 480,000 left", thread)
    [row] = entries(session)
    [source] = sources(session)
    assert (row.times, source.message_id, source.taken_back_at) == (1, second.message_id, None)


def test_what_an_edit_took_out_may_have_been_read(session, keys, thread):
    first = slack_version(session, keys, "480k left", "", thread)
    tell(session, keys, first)
    edit(session, keys, "490k left", thread)
    taken_back = {one.message_id: one.taken_back_at is not None for one in sources(session)}
    assert len(taken_back) == 2
    assert taken_back[first.message_id]
    assert [row.state for row in entries(session)] == ["valid", "valid"]


def test_what_was_taken_back_by_the_team_counts_again_once_it_is_told_again(session, keys):
    tell(session, keys, told(session, keys, "budget", "480k left"))
    [row] = entries(session)
    row.state = EntryState.RETRACTED.value
    tell(session, keys, told(session, keys, "budget", "480k left", day=2))
    assert (row.state, row.times) == ("valid", 2)


@pytest.mark.parametrize("state", [EntryState.KNOWN_BEFORE, EntryState.OUTDATED])
def test_what_they_knew_before_stays_so_when_it_is_told_again(session, keys, state):
    tell(session, keys, told(session, keys, "budget", "480k left"))
    [row] = entries(session)
    row.state = state.value
    tell(session, keys, told(session, keys, "budget", "480k left", day=2))
    assert row.state == state.value


def test_a_counterparty_that_is_renamed_keeps_its_entries(session, keys):
    tell(session, keys, told(session, keys, "budget", "480k left"))
    move_references(session, "Norvik", "Norvik Metall")
    session.expire_all()
    tell(session, keys, told(session, keys, "budget", "EUR 480,000 left", day=2, firms=("Norvik Metall",)))
    [row] = entries(session)
    assert (row.counterparty, row.times) == ("Norvik Metall", 2)
