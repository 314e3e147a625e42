"""Socket Mode, with Slack's own client and with Bolt."""

import logging
import threading

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from tests.fakes.slack.delivery import Pace
from tests.fakes.slack.server import FakeSlack

XAPP = "xapp-1-made-up"
QUICK = Pace(ack_seconds=0.3, retry_seconds=(0.05, 0.05, 0.05))

silent = logging.getLogger("silent")
silent.setLevel(logging.CRITICAL + 1)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def slack():
    with FakeSlack(pace=QUICK) as fake:
        world = fake.world
        world.team("T1", "Ourco")
        world.team("T2", "Norvik")
        world.user("UBOT", "T1", "frontdoor", bot=True)
        world.user("U1", "T1", "Anna Alt")
        world.user("U2", "T2", "Nils Norvik")
        world.channel("C1", "ext-norvik", "T1", ["UBOT", "U1", "U2"], teams=["T2"])
        world.channel("C2", "engineering", "T1", ["U1"])
        world.grant("xoxb-1", "UBOT")
        yield fake


@pytest.fixture
def connect(slack):
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


def test_what_is_not_acknowledged_comes_again_three_times_and_then_no_more(slack, connect):
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
    while slack.socket.connections("A0FRONTDOOR"):
        pass
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
    before = slack.socket.connections("A0FRONTDOOR")
    slack.socket.disconnect("A0FRONTDOOR", "refresh_requested")
    while not slack.socket.connections("A0FRONTDOOR") or slack.socket.connections("A0FRONTDOOR") == before:
        pass
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


def test_bolt_answers_a_message_with_an_ephemeral_one(slack):
    client = WebClient("xoxb-1", base_url=slack.url, logger=silent)
    app = App(client=client, logger=silent, process_before_response=True)

    @app.event("message")
    def warn(event, client):
        client.chat_postEphemeral(channel=event["channel"], user=event["user"], text="careful")

    handler = SocketModeHandler(app, XAPP)
    handler.connect()
    try:
        slack.world.post("C1", "U1", "our budget is 40k")
        assert slack.socket.dispatch.idle()
        assert [(one.user, one.channel, one.text) for one in slack.ephemerals] == [("U1", "C1", "careful")]
    finally:
        slack.socket.release(handler.client)
