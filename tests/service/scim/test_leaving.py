"""Who leaves is signed out, on the spot."""

import pytest

from service.auth.users import get_user
from service.models import User
from tests.service.scim.employees import ADDRESS, OFF, ON, WAYS, Employee


@pytest.fixture
def ann(client):
    client.house.user("administrator")
    return client.add(ADDRESS, displayName="Ann")


def test_who_is_active_is_let_in(client, ann):
    assert Employee(client, "reviewer").let_in() == 3


@pytest.mark.parametrize("way", WAYS)
def test_who_left_is_let_in_nowhere(client, ann, way):
    employee, other = Employee(client, "reviewer"), Employee(client, "reviewer", address="bob@ourco.example")
    assert WAYS[way](client, ann).status_code in {200, 204}
    assert (employee.let_in(), other.let_in()) == (0, 3)
    assert (employee.disabled, other.disabled) == (True, False)


def test_who_came_back_is_not_let_in_by_that(client, ann):
    employee = Employee(client, "reviewer")
    client.patch(f"/Users/{ann}", OFF)
    client.patch(f"/Users/{ann}", ON)
    assert client.person(ADDRESS).active
    assert (employee.let_in(), employee.disabled) == (0, True)


def test_who_is_provisioned_as_having_left_is_signed_out_too(client):
    employee = Employee(client, "reviewer")
    client.house.user("administrator")
    client.add(ADDRESS, active=False)
    assert employee.let_in() == 0


def test_who_is_known_by_an_alias_is_signed_out_too(client, ann):
    client.patch(f"/Users/{ann}", {"op": "add", "path": "emails", "value": [{"value": "a@ourco.example"}]})
    employee = Employee(client, "reviewer", address="a@ourco.example")
    client.patch(f"/Users/{ann}", OFF)
    assert employee.let_in() == 0


def test_one_of_several_administrators_is_shut_out(client, ann):
    employee = Employee(client, "administrator")
    client.delete(f"/Users/{ann}")
    assert (employee.let_in(), employee.disabled) == (0, True)


def test_the_last_administrator_is_signed_out_and_keeps_the_account(lone):
    # The client's token is that of an administrator, who is not the one to stay here.
    [owner] = [user for user in users(lone) if "administrator" in user.roles]
    employee = Employee(lone, "administrator")
    ann = lone.add(ADDRESS)
    with lone.house.database.transaction() as session:
        get_user(session, owner.id).roles = ["privacy_officer"]
    lone_http = lone.house.machine("directory:provision", user=employee.id)
    answer = lone_http.patch(f"/scim/v2/Users/{ann}", json={"Operations": [OFF]})
    assert answer.status_code == 200
    assert (employee.let_in(), employee.disabled) == (0, False)
    assert not lone.person(ADDRESS).active
    assert lone_http.get("/scim/v2/Users").status_code == 401


def users(client):
    with client.house.database.transaction(write=False) as session:
        return list(session.query(User))
