"""An office over the fake Slack in which people report."""

import contextlib

import pytest

from service.database import connect
from tests.fakes.office import make_office
from tests.service.reports.desk import Desk


@pytest.fixture
def make_desk(sqlite_url, slack):
    with contextlib.closing(connect(sqlite_url)) as database:
        yield lambda **source: Desk(make_office(database, slack, **source), slack)


@pytest.fixture
def desk(make_desk):
    return make_desk()
