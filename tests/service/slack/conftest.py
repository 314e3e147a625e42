import pytest

from tests.fakes.office import Live


@pytest.fixture
def live(office, slack):
    office.workspaces.register()
    return Live(office=office, slack=slack)
