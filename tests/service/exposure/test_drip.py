"""Drip: what adds up to an alert, what does not, what joins it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from detectors.scoring import load_policy
from service.alerts.detail import get_alert
from service.alerts.reviews import add_review
from service.alerts.schemas import AlertFilter, ReviewIn
from service.alerts.store import list_alerts
from service.directory.references import move_references
from service.exposure.models import EntryState, ExposureEntry
from service.models import Alert, AlertEvent, FindingRow, MessageRow, Thread, Verdict
from service.negotiations.models import AlertNegotiation
from service.negotiations.sealing import note_sealed
from service.settings import Retention
from service.threads.keep import expire
from tests.fakes.ledger import BALANCED, START, add_counterparty, add_negotiation, tell, told

PEOPLE = tuple(f"{name}@ourco.example" for name in ("pavel", "ida", "bo", "jonas"))
LEAKS = (
    ("specification", "5 mm wall"),
    ("timeline", "by 14 May"),
    ("innovation", "a new pump"),
    ("leverage", "the line is down"),
    ("decision", "Bo signs it"),
    ("competitor", "Brandl bids too"),
    ("specification", "at 40 bar"),
)


@pytest.fixture
def session(database):
    with database.transaction() as session:
        add_counterparty(session)
        yield session


def leak(session, keys, number, **more):
    label, words = LEAKS[number]
    given = {"day": 4.0 * number, "author": PEOPLE[number % 3], "confidence": 0.6}
    return told(session, keys, label, words, **given | more)


def drip(session, keys, count=5, **more):
    """Tell so many small things, one after the other; returns what the last one raised."""
    raised = frozenset()
    for number in range(count):
        raised = tell(session, keys, leak(session, keys, number, **more))
    return raised


def alerts(session):
    return list(session.scalars(select(Alert).order_by(Alert.opened_at)))


def findings(session, alert):
    query = select(FindingRow).join(MessageRow, MessageRow.id == FindingRow.message_id)
    return list(session.scalars(query.where(FindingRow.alert_id == alert).order_by(MessageRow.sent_at)))


def test_small_leaks_of_several_people_add_up(session, keys):
    raised = drip(session, keys)
    [alert] = alerts(session)
    assert raised == {alert.id}
    assert [row.label for row in alert.labels] == ["drip"]
    assert (alert.counterparty, alert.policy, alert.severity, alert.status) == ("Norvik", "balanced", "high", "new")
    assert sorted(row.address for row in alert.people) == sorted(PEOPLE[:3])
    rows = findings(session, alert.id)
    assert {row.reason for row in rows} == {"Norvik learned 5 things from 3 people within 16 days."}
    assert [row.rule for row in rows] == [label for label, _ in LEAKS[:5]]
    assert session.scalar(select(func.count()).select_from(Thread).where(Thread.id == alert.thread_id)) == 1


def test_the_alert_shows_the_words_and_the_messages_they_stand_in(session, keys):
    [alert] = drip(session, keys)
    shown = get_alert(session, keys, alert, own_domains=["ourco.example"])
    quotes = [one.quote for message in shown.messages for one in message.findings]
    assert quotes == [words for _, words in LEAKS[:5]]
    assert shown.quote in quotes


TOO_LITTLE = [
    pytest.param({"count": 4}, id="too few"),
    pytest.param({"author": PEOPLE[0]}, id="one person"),
    pytest.param({"confidence": 0.95}, id="each grave by itself"),
    pytest.param({"confidence": 0.3}, id="each too unsure"),
]


@pytest.mark.parametrize("given", TOO_LITTLE)
def test_what_does_not_add_up_raises_nothing(session, keys, given):
    drip(session, keys, **given)
    assert alerts(session) == []


def test_questions_do_not_add_up(session, keys):
    for number, (_, words) in enumerate(LEAKS[:5]):
        author = f"p{number}@norvik.example"
        tell(session, keys, told(session, keys, "elicitation", words, day=number, author=author, confidence=0.6))
    assert alerts(session) == []


def test_leaks_that_lie_too_far_apart_do_not_add_up(session, keys):
    for number in range(5):
        tell(session, keys, leak(session, keys, number, day=8.0 * number))
    assert alerts(session) == []


def test_the_same_thing_told_five_times_is_one_thing(session, keys):
    for number in range(5):
        tell(session, keys, leak(session, keys, 3, day=number, author=PEOPLE[number % 3]))
    assert alerts(session) == []


def test_what_they_knew_before_does_not_add_up(session, keys):
    drip(session, keys, 4)
    session.scalars(select(ExposureEntry)).first().state = EntryState.KNOWN_BEFORE.value
    session.flush()
    tell(session, keys, leak(session, keys, 4))
    assert alerts(session) == []


def test_each_counterparty_and_negotiation_adds_up_by_itself(session, keys):
    castings = add_negotiation(session)
    drip(session, keys, 3, negotiations=(castings,))
    for number in (3, 4):
        tell(session, keys, leak(session, keys, number))
    assert alerts(session) == []
    for number in (3, 4):
        tell(session, keys, leak(session, keys, number, negotiations=(castings,)))
    [alert] = alerts(session)
    assert session.scalars(select(AlertNegotiation.negotiation_id)).all() == [castings]
    assert len(findings(session, alert.id)) == 5


def test_more_of_it_joins_the_alert_and_opens_it_again(session, keys):
    [alert] = drip(session, keys)
    add_review(session, keys, alert, ReviewIn(verdict=Verdict.TRUE_POSITIVE), reviewer="Ann", now=START)
    assert tell(session, keys, leak(session, keys, 5)) == {alert}
    [row] = alerts(session)
    assert (row.status, row.reopened, len(findings(session, alert))) == ("new", 1, 6)
    assert findings(session, alert)[-1].reason == "Norvik learned 6 things from 3 people within 20 days."


def test_more_of_it_joins_though_the_counterparty_has_another_name_now(session, keys):
    [alert] = drip(session, keys)
    move_references(session, "Norvik", "Norvik Metall")
    session.expire_all()
    assert tell(session, keys, leak(session, keys, 5, firms=("Norvik Metall",))) == {alert}


def test_a_redelivery_changes_nothing(session, keys):
    pieces = [leak(session, keys, number) for number in range(5)]
    tell(session, keys, *pieces)
    [alert] = alerts(session)
    count = session.scalar(select(func.count()).select_from(AlertEvent))
    assert tell(session, keys, *pieces) == frozenset()
    assert session.scalar(select(func.count()).select_from(AlertEvent)) == count
    assert len(findings(session, alert.id)) == 5


def test_an_older_leak_that_comes_in_later_closes_the_gap(session, keys):
    for number in (0, 1, 3, 4):
        tell(session, keys, leak(session, keys, number))
    assert alerts(session) == []
    tell(session, keys, leak(session, keys, 2))
    assert len(alerts(session)) == 1


def test_months_later_it_is_another_alert(session, keys):
    drip(session, keys)
    for number in range(5):
        label, words = LEAKS[number]
        tell(
            session,
            keys,
            told(
                session, keys, label, f"{words}, variant B", day=100 + number, author=PEOPLE[number % 3], confidence=0.6
            ),
        )
    first, second = alerts(session)
    assert len(findings(session, first.id)) == len(findings(session, second.id)) == 5


def test_each_policy_adds_up_by_its_own_numbers(session, keys):
    text = "threshold = 15\n[weights]\n{weights}\n[severity]\nhigh = 70\n[drip]\nentries = 3\npeople = 2\n"
    labels = [label for label, _ in LEAKS]
    with_drip = "\n".join(f"{label} = 0.8" for label in [*dict.fromkeys(labels), "drip"])
    without = "\n".join(f"{label} = 0.8" for label in dict.fromkeys(labels))
    three = load_policy(text.format(weights=with_drip), name="three")
    never = load_policy(text.format(weights=without), name="never")
    for number in range(3):
        tell(session, keys, leak(session, keys, number), policies=(BALANCED, three, never))
    assert [alert.policy for alert in alerts(session)] == ["three"]
    for number in (3, 4):
        tell(session, keys, leak(session, keys, number), policies=(BALANCED, three, never))
    assert sorted(alert.policy for alert in alerts(session)) == ["balanced", "three"]
    assert len({alert.thread_id for alert in alerts(session)}) == 1


def test_its_evidence_is_kept_as_long_as_the_alert(session, keys):
    [alert] = drip(session, keys)
    texts = select(func.count()).select_from(MessageRow).where(MessageRow.sealed.is_not(None))
    expire(session, Retention(), now=START + timedelta(days=400))
    assert session.scalar(texts) == 5
    add_review(session, keys, alert, ReviewIn(verdict=Verdict.BENIGN), reviewer="Ann", now=START + timedelta(days=400))
    expire(session, Retention(), now=START + timedelta(days=1131))
    assert alerts(session) == []
    assert session.scalar(texts) == 0
    assert session.scalar(select(func.count()).select_from(MessageRow)) == 0


def test_what_turns_out_to_be_sealed_is_no_longer_found_by_its_words(session, keys):
    castings = add_negotiation(session)
    pieces = [leak(session, keys, number) for number in range(5)]
    tell(session, keys, *pieces)
    found = AlertFilter(text="pump")
    assert len(list_alerts(session, keys, found).alerts) == 1
    note_sealed(session, keys, {pieces[2].message_id: [castings]})
    assert list_alerts(session, keys, found).alerts == []
    assert len(list_alerts(session, keys, AlertFilter(text="wall")).alerts) == 1
