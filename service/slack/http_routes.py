"""Slack's requests over HTTP: events, buttons, modals, shortcuts and commands, all at one address.

A request passes when it is signed with the app's secret, no older than five minutes, and was not answered before. What
does not is refused and counted by reason, and nothing of it is kept.
"""

import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from slack_bolt import App, BoltRequest
from slack_sdk.signature import Clock, SignatureVerifier

from service.auth.access import public
from service.slack.intake import forget_request, note_refused, remember_request
from service.slack.lifecycle import note_rate_limited
from service.slack.office import Office

router = APIRouter(include_in_schema=False)

_STALE_SECONDS = 60 * 5
# What Slack sends as JSON, and as a form, by type, with what each of the type has; and what a command has.
_EVENTS: Mapping[str, Mapping[str, type]] = {
    "url_verification": {"challenge": str},
    "event_callback": {"event_id": str, "event": dict},
    "app_rate_limited": {"team_id": str},
}
_INTERACTIONS: Mapping[str, Mapping[str, type]] = {
    "block_actions": {"user": dict, "actions": list},
    "block_suggestion": {"user": dict},
    "message_action": {"user": dict, "callback_id": str},
    "shortcut": {"user": dict, "callback_id": str},
    "view_closed": {"user": dict, "view": dict},
    "view_submission": {"user": dict, "view": dict},
}
_COMMAND = ("command", "team_id", "user_id")
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"
# Anybody can send what is refused, so that writing it down must not keep the store from its work: so many at once, and
# so many a second; beyond that they are added up, and written with a later one, or at the end.
_WRITES, _WRITES_PER_SECOND = 100.0, 10.0


class Desk:
    """The app and the office that requests are answered by; kept in `app.state.slack`."""

    def __init__(self, app: App, office: Office, *, signing_secret: str) -> None:
        self.app = app
        self.office = office
        self.verifier = SignatureVerifier(signing_secret, _OfficeClock(office))
        self._lock = threading.Lock()
        self._refused = Counter[str]()
        self._writes, self._written_at = _WRITES, time.monotonic()

    def refuse(self, reason: str) -> None:
        """Count a refused request; under a flood several are written at once."""
        with self._lock:
            self._refused[reason] += 1
            now = time.monotonic()
            self._writes = min(self._writes + (now - self._written_at) * _WRITES_PER_SECOND, _WRITES)
            self._written_at = now
            if self._writes < 1:
                return
            self._writes -= 1
        self.write_down()

    def write_down(self) -> None:
        """Write the counts that have added up: those of a flood's end would be lost with the program."""
        with self._lock:
            due, self._refused = self._refused, Counter()
        if not due:
            return
        with self.office.database.transaction() as session:
            for one, count in due.items():
                note_refused(session, one, now=self.office.clock(), count=count)


class _OfficeClock(Clock):
    def __init__(self, office: Office) -> None:
        self._office = office

    def now(self) -> float:
        """Return the time in seconds since 1970."""
        return self._office.clock().timestamp()


@router.post("/slack/events")
@public()
async def take_request(request: Request) -> Response:
    """Take a request of Slack's."""
    body = await request.body()
    desk: Desk | None = request.app.state.slack
    if desk is None:
        return Response(status_code=HTTPStatus.NOT_FOUND)
    return await run_in_threadpool(_answer, desk, body, dict(request.headers))


def _answer(desk: Desk, body: bytes, headers: dict[str, str]) -> Response:
    office = desk.office
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return _refuse(desk, "malformed", status=HTTPStatus.BAD_REQUEST)
    flaw = _flaw(desk, text, headers)
    if flaw:
        return _refuse(desk, flaw)
    payload = _payload(text, headers.get("content-type", ""))
    request = _request(text, headers) if payload is not None else None
    if payload is None or request is None:
        return _refuse(desk, "malformed", status=HTTPStatus.BAD_REQUEST)
    if payload.get("type") == "app_rate_limited":
        note_rate_limited(office, payload)
        return Response()
    signature = hashlib.sha256(headers["x-slack-signature"].encode()).hexdigest()
    if not remember_request(office.database, signature, now=office.clock()):
        return _refuse(desk, "replayed")
    answer = desk.app.dispatch(request)
    if answer.status != HTTPStatus.OK:
        forget_request(office.database, signature)
    kind = answer.headers.get("content-type", ["text/plain;charset=utf-8"])[0]
    return Response(answer.body, status_code=answer.status, media_type=kind)


def _flaw(desk: Desk, body: str, headers: dict[str, str]) -> str:
    """Say why a request can't be Slack's; empty when it is."""
    timestamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    if not (timestamp and signature):
        return "unsigned"
    # The comparison that does not tell how far it came takes nothing but ASCII.
    if not (signature.isascii() and timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
        return "forged"
    if abs(desk.office.clock().timestamp() - int(timestamp)) > _STALE_SECONDS:
        return "stale"
    return "" if desk.verifier.is_valid(body, timestamp, signature) else "forged"


def _payload(text: str, kind: str) -> Mapping[str, Any] | None:
    """Read the body; None when it is nothing that Slack sends."""
    media = kind.partition(";")[0].strip().lower()
    try:
        if media == _JSON:
            return _known(json.loads(text), _EVENTS)
        form = parse_qs(text, strict_parsing=True) if media == _FORM else {}
        if "payload" in form:
            return _known(json.loads(form["payload"][0]), _INTERACTIONS)
    except (ValueError, RecursionError):
        return None
    flat = {name: values[0] for name, values in form.items()}
    return flat if all(flat.get(name) for name in _COMMAND) else None


def _known(found: object, kinds: Mapping[str, Mapping[str, type]]) -> Mapping[str, Any] | None:
    """Return an object of a known type that has what each of its type has."""
    if not isinstance(found, dict) or not isinstance(found.get("type"), str) or found["type"] not in kinds:
        return None
    wanted = kinds[found["type"]]
    if not all(isinstance(found.get(name), kind) and found[name] for name, kind in wanted.items()):
        return None
    event = found.get("event", {"type": "none"})
    return found if isinstance(event, dict) and isinstance(event.get("type"), str) else None


def _request(text: str, headers: Mapping[str, str]) -> BoltRequest | None:
    """Hand a body to the library; None where it finds something else in a place than Slack puts there."""
    try:
        return BoltRequest(body=text, headers={name: [value] for name, value in headers.items()})
    except (TypeError, AttributeError, LookupError):
        return None


def _refuse(desk: Desk, reason: str, *, status: HTTPStatus = HTTPStatus.UNAUTHORIZED) -> Response:
    desk.refuse(reason)
    return Response(reason, status_code=status, media_type="text/plain")
