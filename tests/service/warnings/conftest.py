"""An office over the fake Slack, on a database of each kind or on SQLite alone."""

import contextlib

import pytest

from service.database import connect
from tests.fakes.office import fill, make_office
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.world import World
from tests.service.warnings.speaking import KEYS, WEDNESDAY


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def lite(sqlite_url):
    """Give an empty SQLite database, where the kind makes no difference."""
    with contextlib.closing(connect(sqlite_url)) as database:
        yield database


@pytest.fixture
def slack():
    with FakeSlack(fill(World(now=WEDNESDAY))) as fake:
        yield fake


@pytest.fixture
def office(lite, slack):
    return make_office(lite, slack, keys=KEYS)
