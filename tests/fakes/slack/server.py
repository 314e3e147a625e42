"""A stateful Slack Web API on loopback.

    with FakeSlack() as slack:
        slack.world.team("T1", "Ourco")
        ...
        client = WebClient("xoxb-1", base_url=slack.url)

`calls` is everything that was asked for, in order. `fault` lets the next calls of a method go wrong.
"""

import json
import socket
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.slack.methods import answer
from tests.fakes.slack.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """One call: the method and its arguments, without the token."""

    method: str
    arguments: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a call gets instead of its answer: an error, a status, a body as it is, or silence."""

    status: int = 200
    error: str = ""
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    hang_up: bool = False


class FakeSlack:
    """The server; `url` is what a client takes for base_url."""

    def __init__(self, world: World | None = None) -> None:
        self.world = world or World()
        self.calls: list[Called] = []
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._lock = Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.fake = self  # type: ignore[attr-defined] # how a handler finds us
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/api/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def fault(self, method: str, *, times: int = 1, **what: Any) -> None:
        """Let the next `times` calls of a method go wrong, as Fault says."""
        self._faults[method].extend([Fault(**what)] * times)

    def limit(self, method: str, *, retry_after: int, times: int = 1) -> None:
        """Answer the next calls of a method with 429."""
        self.fault(method, times=times, status=429, error="ratelimited", headers={"Retry-After": str(retry_after)})

    def called(self, method: str) -> list[Mapping[str, str]]:
        """Return the arguments of all calls of a method."""
        return [call.arguments for call in self.calls if call.method == method]

    def take(self, method: str, token: str, arguments: Mapping[str, str]) -> tuple[Fault, Mapping[str, str]]:
        """Note a call and say what it gets, with the headers Slack adds."""
        with self._lock:
            self.calls.append(Called(method=method, arguments=arguments))
            headers = {"Date": formatdate(self.world.now, usegmt=True)}
            grant = self.world.grants.get(token)
            if grant:
                headers["x-oauth-scopes"] = ",".join(sorted(grant.scopes))
            if self._faults[method]:
                return self._faults[method].popleft(), headers
            return Fault(body=json.dumps(answer(self.world, token, method, arguments)).encode()), headers


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self._answer(self.rfile.read(length).decode())

    def do_GET(self) -> None:
        self._answer("")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has in the library
        """Stay silent."""

    def _answer(self, form: str) -> None:
        where = urlsplit(self.path)
        arguments = dict(parse_qsl(where.query) + parse_qsl(form))
        token = self.headers.get("Authorization", "").removeprefix("Bearer ") or arguments.get("token", "")
        arguments.pop("token", None)
        fake: FakeSlack = self.server.fake  # type: ignore[attr-defined] # set by FakeSlack
        fault, headers = fake.take(where.path.removeprefix("/api/"), token, arguments)
        if fault.hang_up:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        body = fault.body if fault.body is not None else json.dumps({"ok": False, "error": fault.error}).encode()
        self.send_response_only(fault.status)
        for name, value in {"Content-Type": "application/json; charset=utf-8", **headers, **fault.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
