"""Requests as Slack sends them to an app's address: signed, tried again, and, for a test, anything but right."""

import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.fakes.slack.delivery import Dispatch, Pace, Parcel
from tests.fakes.slack.things import App

FORM = "application/x-www-form-urlencoded"
OTHER_SECRET = "another-signing-secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent: the body, byte for byte, and the headers."""

    body: bytes
    headers: Mapping[str, str]

    def but(self, *, body: bytes | None = None, **headers: str | None) -> "Request":
        """The same with other headers (X_Slack_Signature for X-Slack-Signature; None for none), or another body."""
        changed = {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in {**self.headers, **changed}.items() if value is not None}
        return replace(self, body=self.body if body is None else body, headers=kept)


def signed(app: App, body: bytes, *, kind: str = "application/json", at: float | None = None) -> Request:
    """A request that an app can tell is Slack's; `at` is when it says it was sent."""
    stamp = str(int(time.time() if at is None else at))
    mac = hmac.new(app.signing_secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    headers = {
        "Content-Type": kind,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={mac.hexdigest()}",
    }
    return Request(body=body, headers=headers)


def request_of(app: App, parcel: Parcel, *, at: float | None = None) -> Request:
    """The request that carries a parcel: an event as JSON, what people do as a form."""
    if parcel.type == "slash_commands":
        return signed(app, urlencode(parcel.payload).encode(), kind=FORM, at=at)
    body = json.dumps(parcel.payload).encode()
    if parcel.type == "interactive":
        return signed(app, urlencode({"payload": body.decode()}).encode(), kind=FORM, at=at)
    made = signed(app, body, at=at)
    if parcel.tries > 1:
        made = made.but(X_Slack_Retry_Num=str(parcel.tries - 1), X_Slack_Retry_Reason=parcel.retry_reason)
    return made


def not_slacks(app: App, parcel: Parcel) -> dict[str, Request]:
    """Requests with a good body that an app must refuse, by what is wrong with them."""
    good = request_of(app, parcel)
    forger = replace(app, signing_secret=OTHER_SECRET)
    now = time.time()
    return {
        "forged": request_of(forger, parcel),
        "unsigned": good.but(X_Slack_Signature=None),
        "with an empty signature": good.but(X_Slack_Signature=""),
        "with a signature that is none": good.but(X_Slack_Signature="v0=made-up"),
        "with another version's signature": good.but(X_Slack_Signature="v1" + good.headers["X-Slack-Signature"][2:]),
        "without a time": good.but(X_Slack_Request_Timestamp=None),
        "with a time that is none": good.but(X_Slack_Request_Timestamp="yesterday"),
        "with another time than was signed": good.but(X_Slack_Request_Timestamp=str(int(now) - 1)),
        "stale": request_of(app, parcel, at=now - 6 * 60),
        "from the future": request_of(app, parcel, at=now + 6 * 60),
        "tampered with": good.but(body=good.body + b" "),
    }


def malformed(app: App) -> dict[str, Request]:
    """Requests that Slack signed, but whose body is nothing an app understands."""
    bodies = {
        "empty": b"",
        "no JSON": b"{event",
        "a list": b"[1, 2]",
        "a number": b"7",
        "null": b"null",
        "an empty object": b"{}",
        "an unknown type": b'{"type": "event_callbock"}',
        "an event that is a text": b'{"type": "event_callback", "event": "message", "event_id": "Ev1"}',
        "an event without a type": b'{"type": "event_callback", "event": {}, "event_id": "Ev1"}',
        "no event id": b'{"type": "event_callback", "team_id": "T1", "event": {"type": "message"}}',
        "a number for a channel": json.dumps(
            {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": {"type": "message", "channel": 7}}
        ).encode(),
        "what no text of Slack's holds": json.dumps(
            {
                "type": "event_callback",
                "team_id": "T\0",
                "event_id": "Ev1",
                "event": {"type": "message", "channel": "C1", "ts": "1.1"},
            }
        ).encode(),
        "lists for texts": b'{"type": "event_callback", "team_id": [], "event": {"type": []}, "event_id": {}}',
        "deep": b'{"event": ' + b"[" * 5000 + b"]" * 5000 + b"}",
        "not UTF-8": b'{"type": "event_callback", "event": "\xff\xfe"}',
    }
    forms = {
        "a form without a payload": b"pay=load",
        "a form whose payload is no JSON": b"payload=%7Bbroken",
        "a form whose payload is a list": b"payload=%5B1%5D",
        "a form whose payload is empty": b"payload=",
        "an interaction of nobody": b"payload=%7B%22type%22%3A%22block_actions%22%7D",
        "an interaction without an action": urlencode({"payload": '{"type": "block_actions", "actions": []}'}).encode(),
        "a command of nobody": b"command=%2Ffrontdoor&text=about",
    }
    return {
        **{name: signed(app, body) for name, body in bodies.items()},
        **{name: signed(app, body, kind=FORM) for name, body in forms.items()},
    }


def post(url: str, request: Request, *, timeout: float = 5.0) -> tuple[int, Mapping[str, str], bytes]:
    """Send it; gives status, headers (lower case) and body. Raises OSError, http.client.HTTPException."""
    where = urlsplit(url)
    line = http.client.HTTPConnection(where.hostname or "", where.port, timeout=timeout)
    try:
        line.request("POST", where.path or "/", request.body, dict(request.headers))
        answer = line.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        line.close()


class HttpDelivery:
    """Delivers to the app's request `url`, while there is one."""

    def __init__(self, apps: Mapping[str, App], pace: Pace) -> None:
        self.url = ""
        self.dispatch = Dispatch(pace, self._carry, late="http_timeout")
        self._apps = apps
        self._workers = ThreadPoolExecutor(4, thread_name_prefix="fake-slack-http")

    def start(self) -> None:
        self.dispatch.start()

    def stop(self) -> None:
        self.dispatch.stop()
        self._workers.shutdown()

    def verify(self, url: str, app: App) -> bool:
        """Ask an address for a challenge, as Slack does before it uses it; tells whether it knew the answer."""
        asked = {"type": "url_verification", "token": app.verification, "challenge": "made-up-challenge"}
        status, headers, body = post(url, signed(app, json.dumps(asked).encode()))
        if headers.get("content-type", "").startswith("application/json"):
            told = json.loads(body).get("challenge")
        else:
            told = body.decode()
        return status == http.HTTPStatus.OK and told == asked["challenge"]

    def _carry(self, parcel: Parcel) -> None:
        self._workers.submit(self._post, parcel, parcel.tries)

    def _post(self, parcel: Parcel, tries: int) -> None:
        request = request_of(self._apps[parcel.app], parcel)
        try:
            status, headers, body = post(self.url, request, timeout=self.dispatch.pace.ack_seconds)
        except TimeoutError:
            self.dispatch.failed(parcel, tries, "http_timeout")
        except (OSError, http.client.HTTPException):
            self.dispatch.failed(parcel, tries, "connection_failed")
        else:
            if status // 100 == 2:
                self.dispatch.settled(parcel, tries, _answer(headers, body))
            else:
                self.dispatch.failed(parcel, tries, "http_error", final=headers.get("x-slack-no-retry") == "1")


def _answer(headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    if headers.get("content-type", "").startswith("application/json"):
        read = json.loads(body)
        return read if isinstance(read, dict) else {}
    return {"text": body.decode()}
