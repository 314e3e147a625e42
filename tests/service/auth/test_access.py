"""Who may use a route."""

import re
import uuid

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute, iter_route_contexts

from service.app import create_app
from service.auth.access import declared
from service.auth.permissions import GRANTS, Permission, Role
from service.crypto import new_keys
from service.database import connect
from service.settings import parse_settings

PUBLIC = {
    ("GET", "/health"),
    ("GET", "/ready"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/signed-out"),
    ("GET", "/static/{version}/{name}"),
    # What Slack sends is let in by its signature, who installs by a link, who consents by Slack.
    ("POST", "/slack/events"),
    ("GET", "/slack/install"),
    ("POST", "/slack/install"),
    ("GET", "/slack/consent"),
    ("POST", "/slack/consent"),
    ("GET", "/slack/oauth_redirect"),
}


def every_route():
    """All routes of the application as (method, path, access)."""
    slack = {"kind": "slack", "name": "slack", "installs": {"client_id": "1.2", "client_secret": {"env": "NONE"}}}
    settings = parse_settings({"company": {"own_domains": ["ourco.example"]}, "source": [slack]}, where="the test")
    app = create_app(connect("sqlite://"), new_keys(), settings)
    for route in iter_route_contexts(app.routes):
        for method in sorted(route.methods or ["?"]):
            yield method, str(route.path), route


ROUTES = [(method, path) for method, path, _ in every_route()]
CLOSED = [
    (method, path, declared(route.endpoint).permission)
    for method, path, route in every_route()
    if not declared(route.endpoint).public
]


def filled(path):
    return re.sub(r"\{[^}]+\}", str(uuid.UUID(int=7)), path)


def test_every_route_goes_through_the_guard_and_declares_who_may_use_it():
    for method, path, route in every_route():
        assert isinstance(route.original_route, APIRoute), f"{method} {path} would not pass the guard"
        assert declared(route.endpoint) is not None, f"{method} {path} declares nothing"


def test_only_the_known_few_are_open_to_everybody():
    assert {(method, path) for method, path, route in every_route() if declared(route.endpoint).public} == PUBLIC


def test_a_route_that_declares_nothing_is_refused_even_to_an_administrator(house):
    router = APIRouter()
    router.add_api_route("/api/v1/forgotten", lambda: "secret")
    house.app.include_router(router)
    answer = house.browser("administrator").get("/api/v1/forgotten")
    assert answer.status_code == 403
    assert "secret" not in answer.text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_gets_anywhere_without_signing_in(house):
    browser = house.anonymous()
    for method, path, _ in CLOSED:
        answer = browser.request(method, filled(path))
        if path.startswith(("/api/", "/feeds/", "/scim/")) or path in {"/metrics", "/openapi.json"}:
            assert answer.status_code == 401, f"{method} {path}"
            assert answer.headers["www-authenticate"] == "Bearer"
        elif method == "GET":
            assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in"), f"{method} {path}"
        else:
            assert answer.status_code == 401, f"{method} {path}"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_gets_anywhere_with_every_permission_but_the_one(house):
    by_lack = {}
    for permission in Permission:
        scopes = [one for one in Permission if one is not permission]
        by_lack[permission] = house.machine(*scopes)
    for method, path, permission in CLOSED:
        if permission is not None:
            answer = by_lack[permission].request(method, filled(path))
            assert answer.status_code == 403, f"{method} {path}"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_its_permissions_say_and_nothing_else(house, role):
    browser = house.browser(role)
    for method, path, permission in CLOSED:
        if path.endswith("/events") or path == "/sign-out":
            continue
        status = browser.request(method, filled(path)).status_code
        allowed = permission is None or permission in GRANTS[role]
        assert (status == 403) != allowed, f"{role} {method} {path}: {status}"
        assert status != 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://localhost"}, 201),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 201),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 201),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost:8080"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "http://user@localhost"}, 403),
        ({"Origin": "http://localhost:80:80"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"}, 403),
        ({}, 403),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_another_sites_page_can_not_make_a_browser_change_anything(house, headers, status):
    browser = house.browser("administrator")
    del browser.headers["Origin"]
    body = {"name": "Bo", "roles": ["reviewer"]}
    assert browser.post("/api/v1/users", json=body, headers=headers).status_code == status


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_behind_a_proxy_the_origin_is_the_public_one(database, keys, house):
    server = {"public_url": "https://frontdoor.example"}
    settings = parse_settings({"company": {"own_domains": ["ourco.example"]}, "server": server}, where="the test")
    app = create_app(database, keys, settings, clock=house.clock)
    browser = type(house)(app=app, database=database, keys=keys, settings=settings, clock=house.clock).browser(
        "administrator"
    )
    for origin, status in {"https://frontdoor.example": 201, "https://frontdoor.example.evil.example": 403}.items():
        answer = browser.post("/api/v1/users", json={"name": "Bo", "roles": []}, headers={"Origin": origin})
        assert answer.status_code == status


def test_a_program_with_a_token_needs_no_origin(house):
    machine = house.machine("users:manage", "audit:read")
    answer = machine.post("/api/v1/users", json={"name": "Bo", "roles": ["privacy_officer"]})
    assert answer.status_code == 403
    assert machine.post("/api/v1/users", json={"name": "Bo", "roles": []}).status_code == 201


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer x", "Bearer fd_", "bearer fd_wrong", "Basic YTpi", "Bearer fd_\x00", "x"],
)
def test_a_wrong_token_lets_nobody_in(house, header):
    assert house.anonymous().get("/api/v1/me", headers={"Authorization": header}).status_code == 401


def test_a_wrong_token_is_not_made_good_by_a_cookie(house):
    browser = house.browser("administrator")
    assert browser.get("/api/v1/me").status_code == 200
    assert browser.get("/api/v1/me", headers={"Authorization": "Bearer fd_wrong"}).status_code == 401
