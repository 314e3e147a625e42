"""A stateful Slack on loopback: its Web API, Socket Mode, and what people do in it.

    with FakeSlack() as slack:
        slack.world.team("T1", "Ourco")
        ...
        client = WebClient("xoxb-1", base_url=slack.url)

`calls` is everything that was asked for, in order. `fault` lets the next calls of a method go wrong. What happens in
the world is delivered to apps, through Socket Mode once they opened a connection.
"""

import json
import time
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from threading import Lock, Thread
from typing import Any, Self

from tests.fakes.slack import audience
from tests.fakes.slack.delivery import Pace, Parcel
from tests.fakes.slack.http_server import ApiServer
from tests.fakes.slack.methods import answer
from tests.fakes.slack.shown import Ephemeral
from tests.fakes.slack.socket_mode import SocketMode
from tests.fakes.slack.things import Happening
from tests.fakes.slack.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """One call: the method and its arguments, without the token; `at` by time.monotonic()."""

    method: str
    arguments: Mapping[str, Any]
    at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a call gets instead of its answer: an error, a status, a body as it is, or silence.

    With `done` the call takes effect all the same, and only its answer is lost; `delay` seconds pass before anything.
    """

    status: int = 200
    error: str = ""
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    hang_up: bool = False
    done: bool = False
    delay: float = 0.0


class FakeSlack:
    """The server; `url` is what a client takes for base_url."""

    def __init__(self, world: World | None = None, *, pace: Pace | None = None, each: bool = False) -> None:
        self.world = world or World()
        self.calls: list[Called] = []
        self.events: list[Parcel] = []
        self.each = each
        self.socket = SocketMode(pace or Pace())
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._lock = Lock()
        self._server = ApiServer(self)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/api/"
        self.world.watchers.append(self._tell)

    def __enter__(self) -> Self:
        self._thread.start()
        self.socket.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.stop()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def ephemerals(self) -> list[Ephemeral]:
        """The ephemeral messages that were accepted, in order."""
        return self.world.shown.ephemerals

    def messages(self, channel: str) -> list[dict[str, Any]]:
        """The messages of a channel, in order."""
        return self.world.channels[channel].posts

    def fault(self, method: str, *, times: int = 1, **what: Any) -> None:
        """Let the next `times` calls of a method go wrong, as Fault says."""
        self._faults[method].extend([Fault(**what)] * times)

    def limit(self, method: str, *, retry_after: int, times: int = 1) -> None:
        """Answer the next calls of a method with 429."""
        self.fault(method, times=times, status=429, error="ratelimited", headers={"Retry-After": str(retry_after)})

    def called(self, method: str) -> list[Mapping[str, Any]]:
        """Return the arguments of all calls of a method."""
        return [call.arguments for call in self.calls if call.method == method]

    def take(self, method: str, token: str, arguments: Mapping[str, Any]) -> tuple[Fault, Mapping[str, str]]:
        """Note a call and say what it gets, with the headers Slack adds."""
        with self._lock:
            self.calls.append(Called(method=method, arguments=arguments, at=time.monotonic()))
            fault = self._faults[method].popleft() if self._faults[method] else None
        headers = {"Date": formatdate(self.world.now, usegmt=True)}
        grant = self.world.grants.get(token)
        if grant:
            headers["x-oauth-scopes"] = ",".join(sorted(grant.scopes))
        if fault and fault.delay:
            time.sleep(fault.delay)
        if fault and not fault.done:
            return fault, headers
        answered = self._answer(method, token, arguments)
        return fault or Fault(body=json.dumps(answered).encode()), headers

    def _answer(self, method: str, token: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        with self.world.lock:
            if method == "apps.connections.open":
                return self._open_connection(token)
            return answer(self.world, token, method, arguments)

    def _open_connection(self, token: str) -> dict[str, Any]:
        if not token.startswith("xapp-"):
            error = "not_allowed_token_type" if token in self.world.grants else "invalid_auth"
            return {"ok": False, "error": error if token else "not_authed"}
        app = next((one for one in self.world.apps.values() if token in one.tokens), None)
        if app is None:
            return {"ok": False, "error": "invalid_auth"}
        if "connections:write" not in app.tokens[token]:
            provided = ",".join(sorted(app.tokens[token]))
            return {"ok": False, "error": "missing_scope", "needed": "connections:write", "provided": provided}
        return {"ok": True, "url": self.socket.ticket(app.id)}

    def _tell(self, happening: Happening) -> None:
        if not self.socket.opened:
            return
        for app, payload in audience.payloads(self.world, happening, each=self.each):
            parcel = Parcel(app=app.id, type="events_api", payload=payload)
            self.events.append(parcel)
            self.socket.dispatch.add(parcel)
