import contextlib

import pytest

from service.database import connect
from tests.fakes.office import Live, fill, make_office
from tests.fakes.slack.server import FakeSlack


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def slack():
    """A workspace with a channel shared with Norvik, one with a guest, and one of our own."""
    with FakeSlack() as fake:
        fill(fake.world)
        yield fake


@pytest.fixture
def office(sqlite_url, slack):
    with contextlib.closing(connect(sqlite_url)) as database:
        yield make_office(database, slack)


@pytest.fixture
def live(office, slack):
    office.workspaces.register()
    return Live(office=office, slack=slack)
