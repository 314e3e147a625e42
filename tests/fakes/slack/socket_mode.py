"""Slack's Socket Mode: a websocket that an app opens, over which it is told what happens and says that it knows."""

import json
import logging
import secrets
from contextlib import suppress
from threading import Condition, Thread
from typing import Any

from websockets.exceptions import WebSocketException
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from tests.fakes.slack.delivery import Dispatch, Pace, Parcel
from tests.fakes.slack.things import FRONTDOOR

MOST_CONNECTIONS = 10

_silent = logging.getLogger(f"{__name__}.silent")
_silent.setLevel(logging.CRITICAL + 1)


class SocketMode:
    """The websocket server. `received` is all that apps sent, `refused` the connections without a valid ticket."""

    def __init__(self, pace: Pace) -> None:
        self.dispatch = Dispatch(pace, self._carry)
        self.received: list[dict[str, Any]] = []
        self.refused = 0
        self.opened = 0
        self._tickets: dict[str, str] = {}
        self._lines: list[tuple[str, ServerConnection]] = []
        self._under_way: dict[str, tuple[Parcel, int, ServerConnection]] = {}
        self._turn = 0
        self._lock = Condition()
        self._server = serve(
            self._talk,
            "127.0.0.1",
            0,
            process_request=self._check_ticket,
            compression=None,
            ping_interval=None,
            close_timeout=1,
            logger=_silent,
        )
        self._thread = Thread(target=self._server.serve_forever, name="fake-slack-sockets", daemon=True)
        self._url = f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}/link/"

    def start(self) -> None:
        self._thread.start()
        self.dispatch.start()

    def stop(self) -> None:
        self.dispatch.stop()
        self._server.shutdown()
        self._thread.join()

    def ticket(self, app: str) -> str:
        """An address to connect to, once."""
        ticket = secrets.token_hex(16)
        with self._lock:
            self._tickets[ticket] = app
            self.opened += 1
        return f"{self._url}?ticket={ticket}&app_id={app}"

    def connections(self, app: str = FRONTDOOR) -> list[ServerConnection]:
        """The connections that an app has open."""
        with self._lock:
            return [line for owner, line in self._lines if owner == app]

    def connected(self, app: str = FRONTDOOR, *, number: int = 1, timeout: float = 10.0) -> bool:
        """Wait until an app has so many connections open; tells whether that came to be."""
        with self._lock:
            return self._lock.wait_for(lambda: sum(owner == app for owner, _ in self._lines) == number, timeout)

    def disconnect(self, app: str = FRONTDOOR, reason: str = "refresh_requested", *, close: bool = True) -> None:
        """Say goodbye on all connections of an app, as Slack does every few hours; and `close` them.

        Before it refreshes a connection, Slack warns (`reason` "warning", not closed).
        """
        for line in self.connections(app):
            said = {"type": "disconnect", "reason": reason, "debug_info": {"host": "fake-slack"}}
            with suppress(WebSocketException):
                line.send(json.dumps(said))
            if close:
                line.close()

    def cut(self, app: str = FRONTDOOR) -> None:
        """Break all connections of an app without a word."""
        for line in self.connections(app):
            with suppress(OSError):
                line.socket.shutdown(2)

    def release(self, client: Any) -> None:
        """Close one of slack_sdk's own clients at once: left to itself it waits for seconds for another message."""
        client.auto_reconnect_enabled = False
        client.closed = True
        client.message_queue.put(None)
        for app in {owner for owner, _ in self._lines}:
            self.cut(app)
        client.close()

    def _check_ticket(self, line: ServerConnection, request: Request) -> Response | None:
        ticket = request.path.partition("ticket=")[2].partition("&")[0]
        with self._lock:
            app = self._tickets.pop(ticket, None)
            if app is None:
                self.refused += 1
                return line.respond(403, "not a ticket of ours\n")
        line.app = app  # type: ignore[attr-defined] # whose connection it is
        return None

    def _talk(self, line: ServerConnection) -> None:
        app: str = line.app  # type: ignore[attr-defined] # set when its ticket was checked
        with self._lock:
            number = sum(owner == app for owner, _ in self._lines) + 1
            if number <= MOST_CONNECTIONS:
                self._lines.append((app, line))
                self._lock.notify_all()
        if number > MOST_CONNECTIONS:
            line.send(json.dumps({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {}}))
            return
        try:
            with suppress(WebSocketException):
                line.send(json.dumps(_hello(app, number)))
                self.dispatch.hurry()
                for text in line:
                    self._take(text)
        finally:
            self._gone(app, line)

    def _take(self, text: str | bytes) -> None:
        said = json.loads(text)
        with self._lock:
            self.received.append(said)
            found = self._under_way.pop(said.get("envelope_id", ""), None)
        if found:
            parcel, tries, _ = found
            self.dispatch.settled(parcel, tries, said.get("payload"))

    def _gone(self, app: str, line: ServerConnection) -> None:
        with self._lock:
            self._lines.remove((app, line))
            self._lock.notify_all()
            lost = {key: found for key, found in self._under_way.items() if found[2] is line}
            for key in lost:
                del self._under_way[key]
        for parcel, tries, _ in lost.values():
            self.dispatch.failed(parcel, tries, "timeout")

    def _carry(self, parcel: Parcel) -> None:
        lines = self.connections(parcel.app)
        tries = parcel.tries
        if not lines:
            self.dispatch.failed(parcel, tries, "no_connection")
            return
        self._turn += 1
        line = lines[self._turn % len(lines)]
        with self._lock:
            self._under_way[parcel.envelope] = (parcel, tries, line)
        try:
            line.send(json.dumps(_envelope(parcel)))
        except WebSocketException:
            self.dispatch.failed(parcel, tries, "timeout")


def _hello(app: str, number: int) -> dict[str, Any]:
    return {
        "type": "hello",
        "num_connections": number,
        "debug_info": {"host": "fake-slack", "build_number": 1, "approximate_connection_time": 18060},
        "connection_info": {"app_id": app},
    }


def _envelope(parcel: Parcel) -> dict[str, Any]:
    made = {
        "envelope_id": parcel.envelope,
        "payload": parcel.payload,
        "type": parcel.type,
        "accepts_response_payload": parcel.type != "events_api",
    }
    if parcel.type == "events_api":
        made |= {"retry_attempt": parcel.tries - 1, "retry_reason": parcel.retry_reason}
    return made
