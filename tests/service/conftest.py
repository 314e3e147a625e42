"""Databases for the tests of the service: every test that asks for one runs on SQLite and on PostgreSQL."""

import shutil

import pytest

from service.database import connect
from service.migrate import upgrade
from tests.fakes.postgres import postgres


@pytest.fixture(scope="session")
def postgres_server():
    with postgres() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server):
    url = postgres_server.new_database()
    _migrate(url)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """The URL of a migrated, empty database of the test's own."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "test.db")
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgres_server")
    url = server.new_database(request.getfixturevalue("postgres_template"))
    yield url
    server.drop_database(url)


@pytest.fixture
def database(database_url):
    """A migrated, empty database of the test's own."""
    database = connect(database_url)
    yield database
    database.close()


def _migrate(url):
    database = connect(url)
    upgrade(database)
    database.close()
