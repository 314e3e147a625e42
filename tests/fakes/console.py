"""An installation whose pages a test can open, and ways to read a page as a person does."""

import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from html import unescape

import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.app import create_app
from service.auth.links import make_sign_in_link
from service.auth.permissions import Role
from service.auth.users import create_user
from service.crypto import Keys, new_keys
from service.database import Database
from service.settings import Settings, parse_settings
from tests.fakes.alerts import NOW, Case, add_case

HOST = "http://127.0.0.1"


@dataclass
class House:
    """An installation: its application, and short ways to fill it and to sign in."""

    database: Database
    keys: Keys
    settings: Settings
    app: FastAPI
    now: datetime = NOW
    base: str = HOST

    def add(self, *cases: Case):
        with self.database.transaction() as session:
            return [add_case(session, self.keys, case) for case in cases]

    def link(self, name="Ana Ferreira", *roles):
        with self.database.transaction() as session:
            user = create_user(session, name=name, roles=roles or [Role.ADMINISTRATOR], actor="test", now=self.now)
            return make_sign_in_link(session, user=user, base_url=self.base, actor="test", now=self.now)

    def visitor(self):
        return TestClient(self.app, base_url=HOST, headers={"sec-fetch-site": "same-origin", "accept": "text/html"})

    def signed_in(self, *roles, name="Ana Ferreira"):
        client = self.visitor()
        client.get(self.link(name, *roles), follow_redirects=False)
        return client


def make_house(database, clock, **settings):
    keys = new_keys()
    parsed = parse_settings({"company": {"own_domains": ["ourco.example"]}, **settings}, where="test")
    return House(
        database=database,
        keys=keys,
        settings=parsed,
        app=create_app(database, keys, parsed, clock=clock),
        now=clock(),
    )


@contextmanager
def serving(house):
    """Let an installation listen on a port inside the block."""
    server = uvicorn.Server(uvicorn.Config(house.app, port=0, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    house.base = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield house
    finally:
        house.app.state.stopping.set()
        server.should_exit = True
        thread.join()


def text_of(page):
    """Return what a reader sees: no markup, white space folded."""
    bare = re.sub(r"(?s)<(script|head|dialog).*?</\1>", " ", page.text)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", bare)).split())


def rows_of(page):
    """Return the ids of the alerts in a list, in order."""
    return re.findall(r'data-alert="([^"]+)"', page.text)


def form_of(page, action):
    """Return the hidden fields of the form that goes to an address."""
    form = re.search(rf'(?s)<form method="post" action="{re.escape(action)}".*?</form>', page.text)[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {name: unescape(value) for name, value in hidden}
