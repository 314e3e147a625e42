import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk import WebClient

from tests.fakes.slack.delivery import Pace
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.things import XAPP

# Long enough for an app on a busy machine; a test of what is not acknowledged is less patient.
PATIENT = Pace(ack_seconds=10, retry_seconds=(0.05, 0.05, 0.05))
IMPATIENT = Pace(ack_seconds=0.3, retry_seconds=(0.05, 0.05, 0.05))


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def silent():
    logger = logging.getLogger("silent")
    logger.setLevel(logging.CRITICAL + 1)
    return logger


@pytest.fixture
def slack():
    """A workspace with a channel shared with Norvik, one of our own, and one without the app."""
    with FakeSlack(pace=PATIENT) as fake:
        world = fake.world
        world.team("T1", "Ourco")
        world.team("T2", "Norvik")
        world.user("UBOT", "T1", "frontdoor", bot=True)
        world.user("U1", "T1", "Anna Alt", locale="de-DE")
        world.user("U2", "T2", "Nils Norvik")
        world.user("U3", "T1", "Otto Ost")
        world.channel("C1", "ext-norvik", "T1", ["UBOT", "U1", "U2"], teams=["T2"])
        world.channel("C2", "engineering", "T1", ["U1"])
        world.channel("C3", "procurement", "T1", ["UBOT", "U1", "U3"], private=True)
        world.grant("xoxb-1", "UBOT")
        yield fake


@pytest.fixture
def impatient(slack):
    slack.socket.dispatch.pace = slack.http.dispatch.pace = IMPATIENT


@pytest.fixture
def client(slack, silent):
    return WebClient("xoxb-1", base_url=slack.url, logger=silent)


@pytest.fixture(params=["socket", "http"])
def app(request, slack, client, silent):
    """A Bolt app that is connected to the fake by the one way or the other."""
    made = App(
        client=client, logger=silent, signing_secret=slack.world.app.signing_secret, process_before_response=True
    )
    if request.param == "http":
        with _listening(made) as url:
            slack.http.url = url
            yield made
        return
    handler = SocketModeHandler(made, XAPP)
    handler.connect()
    assert slack.socket.connected()
    yield made
    slack.socket.release(handler.client)


class _listening:  # noqa: N801 - it is used like a function
    """The app behind an address, for as long as the block lasts."""

    def __init__(self, app):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                answer = app.dispatch(BoltRequest(body=body, headers=dict(self.headers.items())))
                self.send_response_only(answer.status)
                for name, value in answer.first_headers().items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write((answer.body or "").encode())

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self):
        self.thread.start()
        return f"http://127.0.0.1:{self.server.server_address[1]}/slack/events"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
