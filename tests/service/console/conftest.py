"""The console over a database of the test's own: by HTTP alone, and in a real browser."""

import shutil
from contextlib import closing
from datetime import UTC, datetime

import pytest

from service.database import connect
from tests.fakes.alerts import NOW
from tests.fakes.console import make_house, serving


@pytest.fixture
def sqlite(sqlite_template, tmp_path):
    with closing(connect(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'console.db')}")) as database:
        yield database


@pytest.fixture
def house(sqlite):
    """An installation whose clock stands still."""
    return make_house(sqlite, lambda: NOW)


@pytest.fixture
def either(database):
    """The same on SQLite and on PostgreSQL, for what depends on the database."""
    return make_house(database, lambda: NOW)


@pytest.fixture
def client(house):
    """An administrator's browser without scripts."""
    return house.signed_in()


@pytest.fixture(scope="session")
def chromium():
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install playwright")
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def live(sqlite):
    """An installation that listens on a port, with the real time."""
    with serving(make_house(sqlite, lambda: datetime.now(UTC))) as house:
        yield house
