"""Alerts as they happen, over a real connection."""

import json
import threading
import time
import uuid

import httpx2
import pytest

from service.alerts.events import EventKind, add_event
from service.alerts.reviews import add_review
from service.alerts.schemas import ReviewIn
from service.feeds.events import ListenersError, Seats
from tests.fakes.alerts import Case, add_case
from tests.fakes.server import serve


@pytest.fixture
def at(house, monkeypatch):
    monkeypatch.setattr("service.feeds.routes._EVERY_SECONDS", 0.02)
    with serve(house.app) as address:
        yield address


class Listener:
    """Collects what a stream sends, in a thread of its own."""

    def __init__(self, address, token, path="/feeds/alerts/events", **headers):
        self.events, self.ended, self.status = [], False, None
        self._client = httpx2.Client(base_url=address, timeout=30)
        self._headers = {"Authorization": f"Bearer {token}", **headers}
        self._path = path
        self._open = threading.Event()
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()
        assert self._open.wait(30)

    def _listen(self):
        event = {}
        with self._client, self._client.stream("GET", self._path, headers=self._headers) as answer:
            self.status, self.type = answer.status_code, answer.headers["content-type"]
            for line in answer.iter_lines():
                self._open.set()
                if not line and event.get("data"):
                    self.events.append((event["event"], event["id"], json.loads(event["data"])))
                if not line:
                    event = {}
                elif not line.startswith(":"):
                    name, _, value = line.partition(": ")
                    event[name] = value
        self._open.set()
        self.ended = True

    def wait_for(self, count):
        end = time.monotonic() + 30
        while len(self.events) < count and time.monotonic() < end:
            time.sleep(0.01)
        return [(kind, data["alert"]) for kind, _, data in self.events]

    def wait_for_end(self):
        self._thread.join(30)
        return self.ended


def happen(house, kind=EventKind.OPENED, **case):
    with house.database.transaction() as session:
        alert_id = add_case(session, house.keys, Case(**case))
        add_event(session, alert_id, kind, now=house.clock())
    return str(alert_id)


def test_a_listener_hears_what_happens_from_now_on_in_order(house, at):
    happen(house)
    listener = Listener(at, house.token("feeds:read"))
    assert listener.type.startswith("text/event-stream")
    first, second = happen(house), happen(house, EventKind.REOPENED)
    with house.database.transaction() as session:
        review = ReviewIn(verdict="benign")
        add_review(session, house.keys, uuid.UUID(first), review, reviewer="Ann", now=house.clock())
    assert listener.wait_for(3) == [("opened", first), ("reopened", second), ("reviewed", first)]
    ids = [int(event_id) for _, event_id, _ in listener.events]
    assert ids == sorted(ids)
    data = listener.events[2][2]
    assert (data["status"], data["labels"], data["counterparty"]) == ("resolved", ["budget"], "Norvik Metall")
    assert "480k" not in json.dumps(data)


def test_a_listener_that_was_cut_off_goes_on_where_it_was(house, at):
    first, second, third = happen(house), happen(house), happen(house)
    token = house.token("feeds:read")
    everything = Listener(at, token, **{"Last-Event-ID": "0"})
    assert everything.wait_for(3) == [("opened", one) for one in (first, second, third)]
    rest = Listener(at, token, **{"Last-Event-ID": everything.events[0][1]})
    assert rest.wait_for(2) == [("opened", second), ("opened", third)]


def test_a_listener_hears_only_of_what_its_filter_selects(house, at):
    listener = Listener(at, house.token("feeds:read"), "/feeds/alerts/events?severity=low&label=budget")
    happen(house)
    wanted = happen(house, severity="low")
    happen(house, severity="critical")
    last = happen(house, severity="low")
    assert listener.wait_for(2) == [("opened", wanted), ("opened", last)]


def test_a_long_absence_is_made_up_for_at_once(house, at):
    with house.database.transaction() as session:
        alert_id = add_case(session, house.keys, Case())
        for _ in range(450):
            add_event(session, alert_id, EventKind.EVIDENCE, now=house.clock())
    listener = Listener(at, house.token("feeds:read"), **{"Last-Event-ID": "0"})
    assert len(listener.wait_for(450)) == 450


def test_a_stream_ends_when_its_token_is_revoked(house, at):
    owner = house.user("reviewer")
    listener = Listener(at, house.token("feeds:read", user=owner))
    house.browser("administrator").patch(f"/api/v1/users/{owner}", json={"disabled": True})
    assert listener.wait_for_end()


def test_a_stream_ends_when_the_browser_signs_out(house, at):
    user = house.user("reviewer")
    browser = house.browser(user=user)
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    listener = Listener(at, "", Authorization="", Cookie=cookie)
    assert listener.status == 200
    browser.post("/sign-out")
    assert listener.wait_for_end()


def test_a_stream_ends_when_its_reader_loses_the_right(house, at):
    owner = house.user("reviewer")
    listener = Listener(at, house.token("feeds:read", user=owner))
    house.browser("administrator").patch(f"/api/v1/users/{owner}", json={"roles": ["privacy_officer"]})
    assert listener.wait_for_end()


def test_a_stream_ends_when_the_program_does(house, at):
    listener = Listener(at, house.token("feeds:read"))
    began = time.monotonic()
    house.app.state.stopping.set()
    assert listener.wait_for_end()
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("header", ["x", "-1", "99999999999999999999", ""])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_place_that_can_not_be_meant_is_refused(house, header):
    machine = house.machine("feeds:read")
    assert machine.get("/feeds/alerts/events", headers={"Last-Event-ID": header}).status_code == 422


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_seats_of_a_user_are_limited_and_freed_again(house, at, monkeypatch):
    monkeypatch.setattr("service.feeds.events._MOST_A_USER", 1)
    owner = house.user("reviewer")
    token = house.token("feeds:read", user=owner)
    first, second = Listener(at, token), Listener(at, token)
    other = Listener(at, house.token("feeds:read"))
    assert (first.status, second.status, other.status) == (200, 429, 200)
    house.app.state.stopping.set()
    assert first.wait_for_end()
    assert other.wait_for_end()
    house.app.state.stopping.clear()
    end = time.monotonic() + 30
    while house.app.state.seats.taken and time.monotonic() < end:
        time.sleep(0.01)
    assert Listener(at, token).status == 200


def test_there_are_only_so_many_seats_in_all(monkeypatch):
    monkeypatch.setattr("service.feeds.events._MOST", 3)
    seats = Seats()
    held = [seats.seat(uuid.uuid4()) for _ in range(3)]
    for one in held:
        one.__enter__()
    with pytest.raises(ListenersError), seats.seat(uuid.uuid4()):
        pass
    held[0].__exit__(None, None, None)
    with seats.seat(uuid.uuid4()):
        pass
