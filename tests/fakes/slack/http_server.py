"""The fake's HTTP side: reads a request, hands it on, and writes what it gets."""

import base64
import json
import socket
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from tests.fakes.slack.server import FakeSlack


class ApiServer(ThreadingHTTPServer):
    """A thread for each connection, which is kept open while its client wishes."""

    request_queue_size = 128
    daemon_threads = True

    def __init__(self, fake: "FakeSlack") -> None:
        self.fake = fake
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hangs up on us is nobody's concern."""

    def server_close(self) -> None:
        super().server_close()
        with self._lock:
            left = tuple(self._open)
        for one in left:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self._answer(self.rfile.read(length))

    def do_GET(self) -> None:
        self._answer(b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has in the library
        """Stay silent."""

    def _answer(self, body: bytes) -> None:
        where = urlsplit(self.path)
        given = dict(parse_qsl(where.query, keep_blank_values=True)) | self._read(body)
        fake: FakeSlack = self.server.fake  # type: ignore[attr-defined] # set by ApiServer
        if where.path.startswith("/hooks/"):
            status, word = fake.take_hook(where.path.removeprefix("/hooks/"), given)
            self._write(status, word.encode(), {"Content-Type": "text/plain; charset=utf-8"})
            return
        arguments = {key: _as_form(value) for key, value in given.items() if value is not None}
        fault, headers = fake.take(where.path.removeprefix("/api/"), self._token(arguments), arguments)
        if fault.hang_up:
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        answer = fault.body if fault.body is not None else json.dumps({"ok": False, "error": fault.error}).encode()
        json_type = {"Content-Type": "application/json; charset=utf-8"}
        self._write(fault.status, answer, {**json_type, **headers, **fault.headers})

    def _token(self, arguments: dict[str, Any]) -> str:
        """The token of a call, or for oauth.v2.access the app's own credentials, put among its arguments."""
        given = self.headers.get("Authorization", "")
        if given.startswith("Basic "):
            client, _, secret = base64.b64decode(given.removeprefix("Basic ")).decode().partition(":")
            arguments |= {"client_id": client, "client_secret": secret}
            given = ""
        in_form = arguments.pop("token", "")
        return given.removeprefix("Bearer ") or in_form

    def _write(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        # One write for all of it: two would wait for each other on a connection that is kept.
        self._headers_buffer.append(b"\r\n" + body)  # type: ignore[attr-defined] # the library's own
        self.flush_headers()

    def _read(self, body: bytes) -> dict[str, Any]:
        if not self.headers.get("Content-Type", "").startswith("application/json"):
            return dict(parse_qsl(body.decode(), keep_blank_values=True))
        try:
            read = json.loads(body or b"{}")
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}


def _as_form(value: Any) -> Any:
    """A JSON argument as a form would have it, except for lists and objects."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else value
