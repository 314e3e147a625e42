"""What Microsoft and Okta document that they send is answered as they document."""

import pytest

from tests.service.scim.exchanges import CLIENTS, hold


@pytest.mark.parametrize("client", CLIENTS)
def test_every_documented_request_is_answered_as_documented(house, client):
    machine = house.machine("directory:provision")
    assert {name: wrong for name, wrong in hold(client, machine) if wrong} == {}
