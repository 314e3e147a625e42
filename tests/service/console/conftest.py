"""The console over a database of the test's own: by HTTP alone, and in a real browser."""

import shutil
import threading
from datetime import UTC, datetime

import pytest
import uvicorn

from service.database import connect
from tests.fakes.alerts import NOW
from tests.fakes.console import make_house


@pytest.fixture
def house(database):
    """An installation on SQLite and on PostgreSQL whose clock stands still."""
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
def live(sqlite_template, tmp_path):
    """An installation that listens on a port, on SQLite, with the real time."""
    database = connect(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'live.db')}")
    house = make_house(database, lambda: datetime.now(UTC))
    server = uvicorn.Server(uvicorn.Config(house.app, port=0, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    house.base = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield house
    house.app.state.stopping.set()
    server.should_exit = True
    thread.join()
    database.close()
