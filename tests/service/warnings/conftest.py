"""An office over the fake Slack, on a database of each kind or on SQLite alone."""

import pytest

from tests.fakes.office import fill, make_office
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.world import World
from tests.service.warnings.speaking import KEYS, WEDNESDAY


@pytest.fixture
def slack(monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    with FakeSlack(fill(World(now=WEDNESDAY))) as fake:
        yield fake


@pytest.fixture
def office(lite, slack):
    return make_office(lite, slack, keys=KEYS)
