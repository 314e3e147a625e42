"""Slack's requests over HTTP: what is signed, fresh and new passes, and nothing of the rest is kept."""

import json
import threading
import time
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from service.app import create_app
from service.models import Alert
from service.slack.http_routes import Desk
from service.slack.intake import refusals
from service.slack.listeners import make_app
from service.slack.models import SlackEvent
from service.slack.running import answering
from tests.fakes.office import LEAK, SECRETS, Live, fill, make_office
from tests.fakes.slack.delivery import Parcel
from tests.fakes.slack.requests import malformed, not_slacks, request_of, signed
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.things import App
from tests.fakes.slack.world import World

KIND = sorted(not_slacks(App(), Parcel(app="A", type="events_api", payload={})))
BROKEN = sorted(malformed(App()))


@pytest.fixture
def slack():
    with FakeSlack(World(live=True)) as fake:
        fill(fake.world)
        yield fake


@pytest.fixture
def office(database, slack):
    return make_office(database, slack, signing_secret={"env": "FRONTDOOR_TEST_SIGNING"})


@pytest.fixture
def web(office):
    secret = SECRETS["FRONTDOOR_TEST_SIGNING"]
    app = create_app(office.database, office.keys, office.settings, clock=office.clock)
    app.state.slack = Desk(make_app(office, threading.Event(), signing_secret=secret), office, signing_secret=secret)
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


@pytest.fixture
def live(office, slack):
    office.workspaces.register()
    return Live(office=office, slack=slack)


@pytest.fixture
def parcel(live):
    """An event of a message that gives something away, as it would be sent."""
    live.slack.world.post("C1", "U1", LEAK)
    return Parcel(app=live.slack.world.app.id, type="events_api", payload=live.mail[-1])


def send(web, request):
    return web.post("/slack/events", content=request.body, headers=dict(request.headers))


def counted(live):
    with live.office.database.transaction(write=False) as session:
        return refusals(session)


def test_a_signed_event_is_stored_and_raises_its_alert(live, web, parcel):
    assert send(web, request_of(live.slack.world.app, parcel)).status_code == 200
    live.mail.clear()
    live.work()
    assert len(live.rows(Alert)) == 1
    assert counted(live) == {}


@pytest.mark.parametrize("kind", KIND)
def test_a_request_that_is_not_slacks_is_refused_and_counted(live, web, parcel, kind):
    answer = send(web, not_slacks(live.slack.world.app, parcel)[kind])
    assert answer.status_code == 401
    assert live.rows(SlackEvent) == []
    assert sum(counted(live).values()) == 1


def test_a_signature_with_letters_that_no_signature_has_is_forged(live, web, parcel):
    request = request_of(live.slack.world.app, parcel)
    headers = {name: value.encode() for name, value in request.headers.items()}
    headers["X-Slack-Signature"] = "v0=é".encode("latin-1")
    answer = web.post("/slack/events", content=request.body, headers=headers)
    assert (answer.status_code, answer.text) == (401, "forged")
    assert counted(live) == {"forged": 1}


def test_a_flood_of_forged_requests_is_counted_without_a_write_for_each(live, web):
    desk = web.app.state.slack
    for _ in range(300):
        desk.refuse("forged")
    assert counted(live)["forged"] < 200
    time.sleep(0.2)
    assert web.post("/slack/events", content=b"{}").status_code == 401
    assert counted(live) == {"forged": 300, "unsigned": 1}


def test_what_was_refused_last_is_counted_when_the_program_stops(live):
    app = create_app(live.office.database, live.office.keys, live.office.settings, clock=live.office.clock)
    with answering(app, [live.office], threading.Event()):
        for _ in range(300):
            app.state.slack.refuse("forged")
        assert counted(live)["forged"] < 300
    assert counted(live) == {"forged": 300}


def test_a_program_without_requests_of_slacks_stops_all_the_same(live):
    source = live.office.source.model_copy(update={"signing_secret": None})
    app = create_app(live.office.database, live.office.keys, live.office.settings, clock=live.office.clock)
    with answering(app, [replace(live.office, source=source)], threading.Event()):
        assert app.state.slack is None
    assert counted(live) == {}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_signed_request_that_makes_no_sense_is_refused_and_counted(live, web, kind):
    answer = send(web, malformed(live.slack.world.app)[kind])
    assert answer.status_code == 400
    assert live.rows(SlackEvent) == []
    assert counted(live) == {"malformed": 1}


def test_a_replayed_request_is_refused_and_counted(live, web, parcel):
    request = request_of(live.slack.world.app, parcel)
    assert send(web, request).status_code == 200
    assert send(web, request).status_code == 401
    assert counted(live) == {"replayed": 1}
    assert len(live.rows(SlackEvent, SlackEvent.kind != "request")) == 1


def test_a_retry_that_slack_signed_anew_is_acknowledged_and_stored_once(live, web, parcel):
    app = live.slack.world.app
    send(web, request_of(app, parcel))
    parcel.tries, parcel.retry_reason = 2, "http_timeout"
    again = request_of(app, parcel, at=live.office.clock().timestamp() + 1)
    assert send(web, again).status_code == 200
    assert len(live.rows(SlackEvent, SlackEvent.kind != "request")) == 1


def test_the_address_knows_the_answer_to_slacks_challenge(live, web):
    body = json.dumps({"type": "url_verification", "token": "t", "challenge": "made-up-challenge"}).encode()
    answer = send(web, signed(live.slack.world.app, body))
    assert answer.status_code == 200
    assert "made-up-challenge" in answer.text


def test_a_request_that_could_not_be_answered_may_come_again(live, web, parcel, monkeypatch):
    request = request_of(live.slack.world.app, parcel)
    with monkeypatch.context() as broken:
        broken.setattr("service.slack.listeners.store_event", _fail)
        assert send(web, request).status_code == 500
    assert live.rows(SlackEvent) == []
    assert send(web, request).status_code == 200
    assert counted(live) == {}


def test_nothing_is_answered_where_no_source_has_a_signing_secret(office, slack, live, parcel):
    app = create_app(office.database, office.keys, office.settings, clock=office.clock)
    web = TestClient(app, base_url="http://localhost")
    assert send(web, request_of(slack.world.app, parcel)).status_code == 404


def test_a_huge_request_is_refused(live, web):
    answer = send(web, signed(live.slack.world.app, b"[" + b"1," * 600_000 + b"1]"))
    assert answer.status_code == 413
    assert live.rows(SlackEvent) == []


def _fail(*_, **__):
    raise OSError("the disk is full")


def test_an_event_of_a_whole_organisation_names_no_workspace_and_is_taken(live, web):
    body = {
        "type": "event_callback",
        "event_id": "Ev0ORG",
        "enterprise_id": "E1",
        "event": {"type": "team_access_granted"},
    }
    answer = send(web, signed(live.slack.world.app, json.dumps(body).encode()))
    assert answer.status_code == 200
    assert counted(live) == {}
