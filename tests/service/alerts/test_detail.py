"""One alert with its thread."""

import uuid
from datetime import timedelta

import pytest

from service.audit.store import list_entries
from service.directory.models import Person
from service.models import Alert, MessageRow
from tests.fakes.alerts import LEAK, Case, Mail, Words, add_case

QUIET = Mail(
    subject="Forecast",
    text="Could you tell me more?\n\n> old\n",
    sender=("pia@norvik.example", "Pia"),
    to=(("jonas.weber@ourco.example", "Jonas Weber"),),
    cc=(("sales@mail.norvik.example", ""),),
    direction="inbound",
    parts=(("new", "Could"), ("quote", "> old")),
    attachments=(("drawing.pdf", "application/pdf", 1200),),
)


@pytest.fixture
def show(house):
    browser = house.browser("reviewer", name="Ann")

    def get(alert_id):
        answer = browser.get(f"/api/v1/alerts/{alert_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    return get


def store(house, case):
    with house.database.transaction() as session:
        return add_case(session, house.keys, case)


def test_it_shows_the_thread_with_the_very_words_that_caused_it(house, show):
    alert = show(store(house, Case(messages=(QUIET, LEAK))))
    quiet, leak = alert["messages"]
    assert quiet["text"] == QUIET.text
    assert quiet["findings"] == []
    assert quiet["parts"] == [{"kind": "new", "start": 0, "end": 25}, {"kind": "quote", "start": 25, "end": 31}]
    assert quiet["attachments"] == [{"name": "drawing.pdf", "media_type": "application/pdf", "size": 1200}]
    [finding] = leak["findings"]
    assert leak["text"][finding["start"] : finding["end"]] == finding["quote"] == "we have 480k left for this"
    assert finding["points"] == alert["risk"] == 81.0
    assert finding["explanation"] == "budget: confidence 0.90 x weight 0.90"
    assert alert["quote"] == finding["quote"]
    assert alert["reviews"] == []


def test_it_tells_ours_from_theirs(house, show):
    with house.database.transaction() as session:
        session.add(Person(address="ann@holding.example"))
    cc = (("ann@holding.example", ""), ("b@sub.ourco.example", ""), ("c@notourco.example", ""), ("d", ""))
    alert = show(store(house, Case(messages=(Mail(text=LEAK.text, evidence=LEAK.evidence, cc=cc),))))
    sides = {one["address"]: one["ours"] for one in alert["messages"][0]["participants"]}
    assert sides == {
        "jonas.weber@ourco.example": True,
        "pia@norvik.example": False,
        "ann@holding.example": True,
        "b@sub.ourco.example": True,
        "c@notourco.example": False,
        "d": False,
    }


def test_in_slack_our_workspace_is_the_one_that_wrote_outward(house, show):
    mail = Mail(
        subject="ext-norvik",
        text=LEAK.text,
        evidence=LEAK.evidence,
        sender=("u1@t1.slack", "Jonas"),
        to=(("u2@t1.slack", ""), ("u3@t2.slack", "")),
    )
    participants = show(store(house, Case(messages=(mail,), channel="slack")))["messages"][0]["participants"]
    assert [one["ours"] for one in participants] == [True, True, False]


def test_a_neighbour_whose_text_is_only_held_for_now_is_not_shown(house, show):
    alert_id = store(house, Case(messages=(QUIET, LEAK)))
    with house.database.transaction() as session:
        row = session.query(MessageRow).filter_by(direction="inbound").one()
        row.text_until = house.clock() + timedelta(hours=1)
    assert [message["direction"] for message in show(alert_id)["messages"]] == ["outbound"]


@pytest.mark.parametrize(("sealed", "note"), [(None, "No longer kept"), (b"\x01" * 50, "Can't be read")])
def test_evidence_whose_text_can_not_be_shown_says_why(house, show, sealed, note):
    alert_id = store(house, Case())
    with house.database.transaction() as session:
        session.query(MessageRow).one().sealed = sealed
    [message] = show(alert_id)["messages"]
    assert message["text"] is None
    assert message["text_note"].startswith(note)
    assert message["findings"][0]["quote"] == ""
    assert message["findings"][0]["reason"]


def test_a_text_that_was_moved_from_another_message_does_not_open(house, show):
    one, other = store(house, Case()), store(house, Case(messages=(QUIET, LEAK)))
    with house.database.transaction() as session:
        thread = session.get(Alert, other).thread_id
        rows = session.query(MessageRow).order_by(MessageRow.thread_id == thread).all()
        rows[0].sealed, rows[0].key_id = rows[-1].sealed, rows[-1].key_id
    assert show(one)["messages"][0]["text"] is None


def test_findings_come_in_the_order_of_the_text_the_subject_first(house, show):
    evidence = (
        Words(label="timeline", words="May"),
        Words(label="budget", words="480k"),
        Words(label="innovation", words="new", part="subject"),
        Words(label="sidestep", words=""),
    )
    mail = Mail(subject="the new one", text="480k until May", evidence=evidence)
    [message] = show(store(house, Case(messages=(mail,), risk=50.0)))["messages"]
    assert [one["label"] for one in message["findings"]] == ["innovation", "budget", "timeline", "sidestep"]


@pytest.mark.parametrize("alert_id", [uuid.UUID(int=0), uuid.UUID(int=2**128 - 1)])
def test_an_alert_that_is_not_there_is_not_found(house, alert_id):
    assert house.browser("reviewer").get(f"/api/v1/alerts/{alert_id}").status_code == 404


@pytest.mark.parametrize("alert_id", ["x", "1", "%00", "7d0f4c7e-5a58-4a53-9c1e-0c9b8a0f6d1"])
def test_what_is_no_id_is_refused(house, alert_id):
    assert house.browser("reviewer").get(f"/api/v1/alerts/{alert_id}").status_code in {404, 422}


def test_every_look_is_on_record_and_the_same_look_once(house, show):
    one, other = store(house, Case()), store(house, Case())
    for alert_id, minutes in [(one, 0), (one, 5), (other, 0), (one, 4.9), (one, 0.2), (one, 9)]:
        house.clock.pass_by(minutes=minutes)
        show(alert_id)
    house.browser("lead", name="Bo").get(f"/api/v1/alerts/{one}")
    with house.database.transaction(write=False) as session:
        looks = [(row.actor, row.object) for row in list_entries(session, action="alert.viewed")][::-1]
    assert looks == [("Ann", str(one)), ("Ann", str(other)), ("Ann", str(one)), ("Bo", str(one))]


def test_asking_for_an_alert_that_is_not_there_leaves_no_trace(house):
    house.browser("reviewer").get(f"/api/v1/alerts/{uuid.uuid4()}")
    with house.database.transaction(write=False) as session:
        assert not list_entries(session, action="alert.viewed")
