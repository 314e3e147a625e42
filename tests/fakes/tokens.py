"""A small OAuth2 token service: hands out access tokens (RFC 6749) and says whose they are (RFC 7662)."""

import contextlib
import json
import threading
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class TokenService:
    """What it knows and does; may be changed while it is in use.

    `requests` are the forms posted to `token_url`. Tokens are for `mailbox`; those that are `revoked` are handed out
    all the same but are nobody's. `failure`, a status and a JSON object, is answered instead of a token.
    """

    def __init__(self, mailbox: str) -> None:
        self.mailbox = mailbox
        self.requests: list[dict[str, str]] = []
        self.issued: list[str] = []
        self.revoked: set[str] = set()
        self.failure: tuple[int, object] | None = None
        self.extra: dict[str, object] = {"expires_in": 3600}
        self.port = 0

    @property
    def token_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/token"

    @property
    def introspection_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/introspect"

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, object]:
        """Answer a posted form with a status and a JSON object."""
        if path == "/introspect":
            token = form.get("token", "")
            known = token in self.issued and token not in self.revoked
            return 200, {"active": True, "username": self.mailbox} if known else {"active": False}
        self.requests.append(form)
        if self.failure:
            return self.failure
        self.issued.append(f"token-{len(self.issued) + 1}")
        return 200, {"access_token": self.issued[-1], "token_type": "Bearer", **self.extra}


@contextlib.contextmanager
def token_service(mailbox: str) -> Iterator[TokenService]:
    """Run the service for one mailbox for as long as the block lasts."""
    service = TokenService(mailbox)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, answer = service.answer(self.path, dict(urllib.parse.parse_qsl(body)))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

        def log_message(self, *_arguments: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        service.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()
