"""Requests to an app's address: Bolt takes Slack's own and no other."""

import pytest
from slack_bolt import App, BoltRequest

from tests.fakes.slack.delivery import Parcel
from tests.fakes.slack.requests import malformed, not_slacks, post, request_of, signed


@pytest.fixture
def parcel(slack):
    payload = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": {"type": "message"}}
    return Parcel(app=slack.world.app.id, type="events_api", payload=payload)


@pytest.fixture
def bolt(slack, client, silent):
    app = App(client=client, logger=silent, signing_secret=slack.world.app.signing_secret)
    app.event("message")(lambda: None)
    return lambda request: (
        app.dispatch(BoltRequest(body=request.body.decode(), headers=dict(request.headers.items()))).status
    )


def test_a_request_of_slacks_is_taken_and_taken_again(slack, parcel, bolt):
    request = request_of(slack.world.app, parcel)
    assert (bolt(request), bolt(request)) == (200, 200)


# Bolt crashes at a time that is none, and so would have to be asked only after a look at it.
@pytest.mark.parametrize(
    "why",
    [
        "forged",
        "unsigned",
        "with an empty signature",
        "with a signature that is none",
        "with another version's signature",
        "without a time",
        "with another time than was signed",
        "stale",
        "from the future",
        "tampered with",
    ],
)
def test_a_request_that_is_not_slacks_is_refused(slack, parcel, bolt, why):
    assert bolt(not_slacks(slack.world.app, parcel)[why]) == 401


def test_malformed_requests_are_signed_all_the_same(slack):
    app = slack.world.app
    for request in malformed(app).values():
        at = float(request.headers["X-Slack-Request-Timestamp"])
        assert request == signed(app, request.body, kind=request.headers["Content-Type"], at=at)


@pytest.mark.parametrize("app", ["http"], indirect=True)
def test_an_address_is_asked_for_its_challenge(slack, app):
    assert slack.http.verify(slack.http.url, slack.world.app)
    assert not slack.http.verify(slack.url + "auth.test", slack.world.app)


@pytest.mark.parametrize("app", ["http"], indirect=True)
def test_an_event_that_fails_comes_again_with_its_number_and_reason(slack, app):
    heard = []

    @app.event("message")
    def listen(request):
        heard.append((request.headers.get("x-slack-retry-num"), request.headers.get("x-slack-retry-reason")))
        if len(heard) < 3:
            raise ValueError

    slack.world.post("C1", "U1", "hello")
    assert slack.settle()
    assert heard == [(None, None), (["1"], ["http_error"]), (["2"], ["http_error"])]
    assert slack.events[0].acked


def test_an_address_where_nobody_is_gets_four_tries(slack):
    slack.http.url = "http://127.0.0.1:9/slack/events"
    slack.world.post("C1", "U1", "hello")
    assert slack.settle()
    (parcel,) = slack.events
    assert (parcel.dropped, parcel.tries, parcel.retry_reason) == (True, 4, "connection_failed")


@pytest.mark.parametrize("app", ["http"], indirect=True)
def test_a_request_can_be_sent_byte_for_byte(slack, app, parcel):
    request = not_slacks(slack.world.app, parcel)["forged"]
    assert post(slack.http.url, request)[0] == 401
