"""Procurement's channel over the fake Slack, on SQLite, or on a database of each kind."""

import contextlib

import pytest

from service.database import connect
from tests.fakes.office import fill
from tests.fakes.slack.server import FakeSlack
from tests.service.notify.desk import make_desk


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def slack():
    with FakeSlack() as fake:
        fill(fake.world)
        yield fake


@pytest.fixture
def lite(sqlite_url):
    with contextlib.closing(connect(sqlite_url)) as database:
        yield database


@pytest.fixture
def desk(lite, slack):
    return make_desk(lite, slack)


@pytest.fixture
def either(database, slack):
    """The same on SQLite and on PostgreSQL, where locks matter."""
    return make_desk(database, slack)
