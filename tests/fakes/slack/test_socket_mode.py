"""Socket Mode, with Slack's own client."""

import threading
import time

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from tests.fakes.slack.delivery import Pace
from tests.fakes.slack.things import XAPP


@pytest.fixture
def connect(slack, silent):
    """Connect a client; `ack` says whether it acknowledges a request."""
    clients = []

    def make(ack=lambda _request: True):
        requests = []
        hello = threading.Event()
        web = WebClient("xoxb-1", base_url=slack.url, logger=silent)
        client = SocketModeClient(XAPP, web_client=web, logger=silent, ping_interval=0.2)
        client.message_listeners.append(lambda _client, said, _raw: said.get("type") == "hello" and hello.set())

        def listen(one, request):
            requests.append(request)
            if ack(request):
                one.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))

        client.socket_mode_request_listeners.append(listen)
        client.connect()
        clients.append(client)
        assert hello.wait(5)
        return client, requests

    yield make
    for one in clients:
        slack.socket.release(one)


def test_a_message_reaches_a_connected_client(slack, connect):
    _, requests = connect()
    ts = slack.world.post("C1", "U2", "what is your budget?")
    assert slack.socket.dispatch.idle()
    (request,) = requests
    assert request.type == "events_api"
    assert request.retry_attempt == 0
    assert request.payload["team_id"] == "T1"
    assert request.payload["is_ext_shared_channel"] is True
    assert request.payload["authorizations"][0]["user_id"] == "UBOT"
    event = request.payload["event"]
    assert (event["text"], event["ts"], event["channel_type"], event["user_team"]) == (
        "what is your budget?",
        ts,
        "channel",
        "T2",
    )
    assert slack.events[0].acked


def test_nothing_is_heard_of_a_channel_without_the_app(slack, connect):
    connect()
    slack.world.post("C2", "U1", "hello")
    assert slack.events == []


def test_what_is_not_acknowledged_comes_again_three_times_and_then_no_more(slack, connect, impatient):
    _, requests = connect(ack=lambda _request: False)
    slack.world.post("C1", "U2", "hello")
    assert slack.socket.dispatch.idle()
    assert [one.retry_attempt for one in requests] == [0, 1, 2, 3]
    assert {one.retry_reason for one in requests[1:]} == {"timeout"}
    assert len({one.payload["event_id"] for one in requests}) == 1
    assert slack.events[0].dropped


def test_what_was_missed_is_given_to_the_next_connection(slack, connect):
    client, _ = connect()
    slack.socket.release(client)
    slack.socket.dispatch.pace = Pace(ack_seconds=1, retry_seconds=(30, 30, 30))
    assert slack.socket.connected(number=0)
    slack.world.post("C1", "U2", "hello")
    _, requests = connect()
    assert slack.socket.dispatch.idle()
    assert [one.payload["event"]["text"] for one in requests] == ["hello"]


def test_an_event_goes_to_one_of_several_connections(slack, connect):
    (_, first), (_, second) = connect(), connect()
    for number in range(6):
        slack.world.post("C1", "U2", f"hello {number}")
    assert slack.socket.dispatch.idle()
    assert (len(first), len(second)) == (3, 3)


def test_a_client_that_is_told_to_disconnect_comes_back(slack, connect):
    _, requests = connect()
    before = slack.socket.connections()
    slack.socket.disconnect(reason="refresh_requested")
    while slack.socket.connections() in ([], before):
        time.sleep(0.01)
    slack.world.post("C1", "U2", "hello")
    assert slack.socket.dispatch.idle()
    assert [one.payload["event"]["text"] for one in requests] == ["hello"]


@pytest.mark.parametrize(
    ("token", "error"),
    [("xapp-1-other", "invalid_auth"), ("xoxb-1", "not_allowed_token_type"), ("xoxb-2", "invalid_auth")],
)
def test_only_an_app_level_token_opens_a_connection(slack, token, error):
    with pytest.raises(SlackApiError) as refused:
        WebClient(base_url=slack.url).apps_connections_open(app_token=token)
    assert refused.value.response["error"] == error


def test_an_app_level_token_needs_its_scope(slack):
    slack.world.app.tokens["xapp-2"] = frozenset({"authorizations:read"})
    with pytest.raises(SlackApiError) as refused:
        WebClient(base_url=slack.url).apps_connections_open(app_token="xapp-2")
    assert refused.value.response["needed"] == "connections:write"
