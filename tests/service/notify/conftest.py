"""Procurement's channel over the fake Slack, on SQLite, or on a database of each kind."""

import pytest

from tests.service.notify.desk import make_desk


@pytest.fixture
def desk(lite, slack):
    return make_desk(lite, slack)


@pytest.fixture
def either(database, slack):
    """The same on SQLite and on PostgreSQL, where locks matter."""
    return make_desk(database, slack)
