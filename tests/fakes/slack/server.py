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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from random import Random
from threading import Lock, Thread
from typing import Any, Self

from tests.fakes.slack import audience, hooks
from tests.fakes.slack.acting import People
from tests.fakes.slack.delivery import Pace, Parcel
from tests.fakes.slack.http_server import ApiServer
from tests.fakes.slack.installing import Approval
from tests.fakes.slack.limits import RateLimits
from tests.fakes.slack.methods import answer
from tests.fakes.slack.requests import HttpDelivery
from tests.fakes.slack.shown import Ephemeral
from tests.fakes.slack.socket_mode import SocketMode
from tests.fakes.slack.things import EVERY_SCOPE, App, Happening
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """How many of a hundred events come twice: `same` as they are, `other` under another event_id."""

    same: int = 0
    other: int = 0


class FakeSlack(People):
    """The server; `url` is what a client takes for base_url.

    `events` are all events on their way to apps or arrived. Set `http.url` to have them delivered there, signed;
    otherwise they go through Socket Mode. With `each`, every workspace of a channel gets its own event.
    """

    def __init__(
        self,
        world: World | None = None,
        *,
        pace: Pace | None = None,
        each: bool = False,
        duplicates: Duplicates = Duplicates(),
        seed: int = 7,
    ) -> None:
        self.world = world or World()
        self.calls: list[Called] = []
        self.events: list[Parcel] = []
        self.each = each
        self.duplicates = duplicates
        self.socket = SocketMode(pace or Pace())
        self.http = HttpDelivery(self.world.apps, pace or Pace())
        self.rate_limits: RateLimits | None = None
        self._random = Random(seed)
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._lock = Lock()
        self._server = ApiServer(self)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/api/"
        self.hooks_url = self.url.replace("/api/", "/hooks/")
        self.world.watchers.append(self._tell)

    def __enter__(self) -> Self:
        self._thread.start()
        self.socket.start()
        self.http.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.stop()
        self.http.stop()
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
        wait = self.rate_limits.wait(method, token, arguments) if self.rate_limits and not fault else 0
        if wait:
            return Fault(status=429, error="ratelimited", headers={"Retry-After": str(wait)}), headers
        if fault and fault.delay:
            time.sleep(fault.delay)
        if fault and not fault.done:
            return fault, headers
        answered = self._answer(method, token, arguments)
        return fault or Fault(body=json.dumps(answered).encode()), headers

    def approve(
        self,
        user: str,
        scopes: Iterable[str] = EVERY_SCOPE,
        *,
        user_scopes: Iterable[str] = (),
        org: bool = False,
        redirect: str = "",
        app: App | None = None,
    ) -> str:
        """Let somebody install the app, in their workspace or with `org` in the whole organisation; gives the code.

        With `user_scopes` alone (`scopes` empty) they give it a token of their own.
        """
        team = self.world.teams[self.world.users[user].team]
        code = f"code-{len(self.world.shown.codes) + 1}"
        self.world.shown.codes[code] = Approval(
            app=(app or self.world.app).id,
            user=user,
            scopes=frozenset(scopes),
            user_scopes=frozenset(user_scopes),
            enterprise=team.enterprise if org else "",
            redirect=redirect,
        )
        return code

    def canvas(self, channel: str) -> str | None:
        """The text of a channel's canvas."""
        found = (one["markdown"] for one in self.world.shown.canvases.values() if one["channel"] == channel)
        return next(found, None)

    def rate_limited(self, team: str) -> Parcel:
        """Tell the app that for a minute it gets no events of a workspace, as it would be too many."""
        app = self.world.app
        payload = {"token": app.verification, "type": "app_rate_limited", "team_id": team}
        payload |= {"minute_rate_limited": self.world.now // 60 * 60, "api_app_id": app.id}
        return self.send(Parcel(app=app.id, type="events_api", payload=payload))

    def take_hook(self, key: str, posted: Mapping[str, Any]) -> tuple[int, str]:
        """Answer what an app posted to a response_url."""
        with self.world.lock:
            return hooks.take(self.world, key, posted)

    def send(self, parcel: Parcel) -> Parcel:
        """Deliver something to an app, by HTTP where it has an address, else through Socket Mode."""
        return (self.http if self.http.url else self.socket).dispatch.add(parcel)

    def again(self, parcel: Parcel, *, new_id: bool = False) -> Parcel:
        """Deliver an event once more, though it may have arrived; with `new_id` under another event_id."""
        payload = parcel.payload | ({"event_id": audience.event_id()} if new_id else {})
        copy = self.send(Parcel(app=parcel.app, type=parcel.type, payload=payload))
        self.events.append(copy)
        return copy

    def settle(self, timeout: float = 10.0) -> bool:
        """Wait until everything under way is acknowledged or given up; tells whether that came to be."""
        return self.socket.dispatch.idle(timeout) and self.http.dispatch.idle(timeout)

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
        if not self.socket.opened and not self.http.url:
            return
        for app, payload in audience.payloads(self.world, happening, each=self.each):
            parcel = Parcel(app=app.id, type="events_api", payload=payload)
            self.events.append(self.send(parcel))
            if self._random.randrange(100) < self.duplicates.same:
                self.again(parcel)
            if self._random.randrange(100) < self.duplicates.other:
                self.again(parcel, new_id=True)
