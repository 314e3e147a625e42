"""What surrounds every request: known hosts, bounded bodies, safe headers, no error that tells what it was about."""

import re
import time
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.failures import answer, note_unexpected
from service.scim.body import LARGEST_BODY as LARGEST_SCIM_BODY
from service.scim.names import PREFIX as SCIM
from service.settings import Server

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# `same-origin` for the referrer, since without one a browser sends forms with the origin `null`.
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_LARGEST_BODY = 1_000_000
# A directory's file has a row for everybody in the company.
_LARGER = {"/directory/import": 9_000_000, "/api/v1/directory/import": 9_000_000}
_HOST = re.compile(r"(?:\[(?P<address>[0-9a-f:.]{2,45})\]|(?P<name>[a-z0-9._-]{1,255}))(?::\d{1,5})?")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

# Method, route template, status and seconds of an answered request.
Observer = Callable[[str, str, int, float], None]


class BrokenOffError(Exception):
    """The answer broke off half-way; why is in the log."""


def hosts_of(server: Server) -> frozenset[str]:
    """Return the names this server goes by. A page on another name that resolves to us is refused."""
    public = urlsplit(server.public_url).hostname or ""
    return _LOOPBACK | {name for name in (server.host.lower(), public.lower()) if name}


def shielded(app: ASGIApp, *, hosts: frozenset[str], observe: Observer) -> ASGIApp:
    """Wrap an application."""

    async def answer_safely(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            if _host(scope) in hosts:
                await app(scope, _bounded(receive, _largest(scope["path"])), send_with_headers)
            else:
                await _refuse_host(scope, receive, send_with_headers)
        except Exception as error:  # noqa: BLE001 - the server would log its text and trace
            note_unexpected(error)
            if status:
                raise BrokenOffError from None
            request = Request(scope, receive)
            failed = HTTPStatus.INTERNAL_SERVER_ERROR
            await answer(request, failed, "Something went wrong here.")(scope, receive, send_with_headers)
        finally:
            observe(scope["method"], _template(scope), status, time.perf_counter() - began)

    return answer_safely


def _largest(path: str) -> int:
    return LARGEST_SCIM_BODY if path.startswith(f"{SCIM}/") else _LARGER.get(path, _LARGEST_BODY)


def _bounded(receive: Receive, most: int) -> Receive:
    """Hand on a request's body until it is too large; then whoever reads it gets the refusal."""
    size = 0

    async def receive_some() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            why = f"The request is larger than {most // 1_000_000} megabyte{'s' if most > _LARGEST_BODY else ''}."
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, why, headers={"Connection": "close"})
        return message

    return receive_some


def _host(scope: Scope) -> str:
    match = _HOST.fullmatch(Headers(scope=scope).get("host", "").lower())
    if match is None:
        return ""
    try:
        return str(ip_address(match["address"])) if match["address"] else match["name"].rstrip(".")
    except ValueError:
        return ""


async def _refuse_host(scope: Scope, receive: Receive, send: Send) -> None:
    message = "This server does not go by that name: set server.public_url to the address people use."
    await answer(Request(scope, receive), HTTPStatus.MISDIRECTED_REQUEST, message)(scope, receive, send)


def _template(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", "unmatched"))
