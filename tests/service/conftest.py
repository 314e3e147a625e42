"""A database of each kind, made by the migrations, and the application over it with somebody signed in."""

import contextlib
import shutil
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from anyio.from_thread import start_blocking_portal
from fastapi.testclient import TestClient

from service.app import create_app
from service.auth.permissions import Permission, Role
from service.auth.sessions import cookie_name, open_session
from service.auth.tokens import create_token
from service.auth.users import create_user, get_user
from service.crypto import new_keys
from service.database import connect
from service.migrate import upgrade
from service.settings import parse_settings
from tests.fakes.office import fill, make_office
from tests.fakes.postgres import postgres
from tests.fakes.postgres_again import PostgresAgain
from tests.fakes.slack.server import FakeSlack

ORIGIN = "http://localhost"
_TEMPLATE = "template_frontdoor"


class Clock:
    """The time of a test: it stands until it is moved."""

    def __init__(self):
        self.now = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_by(self, **how_long):
        """Let time go by."""
        self.now += timedelta(**how_long)


@dataclass(frozen=True)
class House:
    """An application over its database, and ways to be let in."""

    app: object
    database: object
    keys: object
    settings: object
    clock: Clock

    def anonymous(self):
        """Give a browser that nobody signed in with."""
        return TestClient(self.app, base_url=ORIGIN, headers={"Origin": ORIGIN}, follow_redirects=False)

    def user(self, *roles, name=""):
        """Make a user; returns their id."""
        with self.database.transaction() as session:
            name = name or f"{'-'.join(roles) or 'nobody'} {uuid.uuid4().hex[:6]}"
            return create_user(
                session, name=name, roles=[Role(one) for one in roles], actor="test", now=self.clock()
            ).id

    def browser(self, *roles, name="", user=None):
        """Give a browser that a user of these roles is signed in with."""
        user = user or self.user(*roles, name=name)
        with self.database.transaction() as session:
            secret = open_session(session, get_user(session, user), now=self.clock())
        browser = self.anonymous()
        browser.cookies.set(cookie_name(self.settings), secret, domain="localhost.local")
        return browser

    def token(self, *scopes, user=None, expires_at=None):
        """Make a token of a user, an administrator unless another one is named; returns its secret."""
        owner = user or self.user("administrator")
        with self.database.transaction() as session:
            _, secret = create_token(
                session,
                owner=get_user(session, owner),
                name="token",
                scopes=[Permission(one) for one in scopes],
                expires_at=expires_at,
                actor="test",
                now=self.clock(),
            )
        return secret

    def machine(self, *scopes, **options):
        """Give a program that has a token."""
        headers = {"Authorization": f"Bearer {self.token(*scopes, **options)}"}
        return TestClient(self.app, base_url=ORIGIN, headers=headers, follow_redirects=False)


@pytest.fixture(scope="session", autouse=True)
def _one_loop():
    """Let all browsers share an event loop, as those of a real server do; else each request would start its own."""
    with start_blocking_portal() as portal, pytest.MonkeyPatch.context() as patch:
        patch.setattr(TestClient, "portal", portal)
        yield
        portal.call(partial(portal.stop, cancel_remaining=True))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = connect(f"sqlite:///{path}")
    upgrade(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_server():
    with postgres() as server:
        database = connect(server.create(_TEMPLATE))
        upgrade(database)
        database.close()
        yield server


@pytest.fixture
def sqlite_url(sqlite_template, tmp_path):
    """Give the URL of an empty SQLite database."""
    path = tmp_path / "frontdoor.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgres_again(postgres_server):
    again = PostgresAgain(postgres_server, template=_TEMPLATE)
    yield again
    again.remove()


@pytest.fixture
def postgres_url(postgres_again):
    """Give the URL of an empty PostgreSQL database."""
    yield postgres_again.give()
    postgres_again.take_back()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    """Give an empty database's URL, of each kind in turn."""
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")


@pytest.fixture
def database(database_url):
    with contextlib.closing(connect(database_url)) as database:
        yield database


@pytest.fixture(scope="session")
def keys():
    return new_keys()


@pytest.fixture
def settings():
    return parse_settings({"company": {"own_domains": ["ourco.example"]}}, where="the test")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def house(database, keys, settings, clock):
    app = create_app(database, keys, settings, clock=clock)
    return House(app=app, database=database, keys=keys, settings=settings, clock=clock)


@pytest.fixture
def lite(sqlite_url):
    """Give an empty SQLite database, where the kind makes no difference."""
    with contextlib.closing(connect(sqlite_url)) as database:
        yield database


@pytest.fixture
def slack(monkeypatch):
    """Give a Slack with a channel shared with Norvik, one with a guest, and one of our own."""
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    with FakeSlack() as fake:
        fill(fake.world)
        yield fake


@pytest.fixture
def office(lite, slack):
    """Give an office over that Slack."""
    return make_office(lite, slack)
