"""Machines' keys."""

from datetime import timedelta

import pytest

from service.auth.tokens import create_token
from service.auth.users import get_user
from service.errors import BadRequestError, ForbiddenError
from service.models import ApiToken


def test_a_token_opens_what_its_scopes_say(house):
    machine = house.machine("alerts:read")
    assert machine.get("/api/v1/alerts").status_code == 200
    assert machine.get("/api/v1/users").status_code == 403
    me = machine.get("/api/v1/me").json()
    assert me["permissions"] == ["alerts:read"]
    assert me["token"]


def test_a_token_has_no_more_than_its_owner_has_now(house):
    owner = house.user("reviewer")
    machine, administrator = house.machine("alerts:read", "feeds:read", user=owner), house.browser("administrator")
    assert machine.get("/api/v1/alerts").status_code == 200
    administrator.patch(f"/api/v1/users/{owner}", json={"roles": ["tuner"]})
    assert machine.get("/api/v1/alerts").status_code == 403
    assert machine.get("/api/v1/me").json()["permissions"] == ["feeds:read"]


def test_a_token_is_made_listed_used_and_revoked_over_the_api(house):
    browser = house.browser("administrator", name="Ann")
    made = browser.post("/api/v1/tokens", json={"name": "SIEM", "scopes": ["alerts:read"]})
    assert made.status_code == 201
    secret, token_id = made.json()["secret"], made.json()["id"]
    machine = house.anonymous()
    headers = {"Authorization": f"Bearer {secret}"}
    assert machine.get("/api/v1/alerts", headers=headers).status_code == 200
    [listed] = browser.get("/api/v1/tokens").json()
    assert (listed["name"], listed["owner"], listed["scopes"]) == ("SIEM", "Ann", ["alerts:read"])
    assert listed["used_at"]
    assert "secret" not in listed
    assert browser.delete(f"/api/v1/tokens/{token_id}").status_code == 204
    assert machine.get("/api/v1/alerts", headers=headers).status_code == 401


def test_only_a_hash_of_the_token_is_kept(house):
    secret = house.token("alerts:read")
    with house.database.transaction(write=False) as session:
        [row] = session.query(ApiToken).all()
    assert secret.startswith("fd_")
    assert len(secret) == 46
    assert secret.encode() not in row.token_hash


@pytest.mark.parametrize(("hours", "status"), [(23, 200), (24, 401)])
def test_a_token_ends_when_it_was_said_to(house, hours, status):
    machine = house.machine("alerts:read", expires_at=house.clock() + timedelta(days=1))
    house.clock.pass_by(hours=hours)
    assert machine.get("/api/v1/alerts").status_code == status


def test_its_last_use_is_noted_once_a_minute(house):
    machine = house.machine("alerts:read")

    def used_at():
        machine.get("/api/v1/alerts")
        with house.database.transaction(write=False) as session:
            return session.query(ApiToken).one().used_at

    first = used_at()
    house.clock.pass_by(seconds=59)
    assert used_at() == first
    house.clock.pass_by(seconds=1)
    assert used_at() == house.clock()


@pytest.mark.parametrize("scopes", [[], ["alerts:read", "users:manage"]])
def test_a_token_has_at_least_one_scope_and_none_that_its_owner_lacks(house, scopes):
    with pytest.raises((BadRequestError, ForbiddenError)):
        house.token(*scopes, user=house.user("reviewer"))


def test_a_token_can_not_make_one_that_may_more(house):
    machine = house.machine("tokens:manage", "feeds:read")
    assert machine.post("/api/v1/tokens", json={"name": "x", "scopes": ["alerts:read"]}).status_code == 403
    assert machine.post("/api/v1/tokens", json={"name": "x", "scopes": ["feeds:read"]}).status_code == 201


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "x", "scopes": ["alerts:read"], "expires_at": "2026-03-14T12:00:00Z"}, 400),
        ({"name": "x", "scopes": ["alerts:read"], "expires_at": "2026-03-15T12:00:00"}, 422),
        ({"name": "x", "scopes": ["everything"]}, 422),
        ({"name": "x", "scopes": []}, 422),
        ({"name": "", "scopes": ["alerts:read"]}, 422),
        ({"name": " ", "scopes": ["alerts:read"]}, 400),
        ({"name": "a\x00b", "scopes": ["alerts:read"]}, 400),
        ({"name": "a\u202eb", "scopes": ["alerts:read"]}, 400),
        ({"name": "x" * 101, "scopes": ["alerts:read"]}, 422),
        ({"name": "x", "scopes": ["alerts:read"], "owner": "Bo"}, 422),
    ],
)
def test_a_token_that_makes_no_sense_is_not_made(house, body, status):
    assert house.browser("administrator").post("/api/v1/tokens", json=body).status_code == status


def test_a_disabled_owner_gets_no_token(house):
    owner, administrator = house.user("reviewer"), house.browser("administrator")
    administrator.patch(f"/api/v1/users/{owner}", json={"disabled": True})
    with house.database.transaction() as session, pytest.raises(Exception, match="disabled"):
        create_token(
            session,
            owner=get_user(session, owner),
            name="x",
            scopes=["alerts:read"],
            expires_at=None,
            actor="test",
            now=house.clock(),
        )
