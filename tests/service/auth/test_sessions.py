"""Browsers that are signed in."""

import pytest

from service.app import create_app
from service.auth.permissions import permissions_of
from service.settings import parse_settings


@pytest.mark.parametrize(("hours", "status"), [(11, 200), (12, 401)])
def test_a_browser_is_forgotten_after_twelve_idle_hours(house, hours, status):
    browser = house.browser("reviewer")
    house.clock.pass_by(hours=hours)
    assert browser.get("/api/v1/me").status_code == status


def test_using_it_keeps_a_browser_signed_in_but_no_longer_than_a_week(house):
    browser = house.browser("reviewer")
    for _ in range(16):
        house.clock.pass_by(hours=10)
        assert browser.get("/api/v1/me").status_code == 200
    house.clock.pass_by(hours=8)
    assert browser.get("/api/v1/me").status_code == 401


def test_signing_out_ends_the_session_and_not_only_the_cookie(house):
    browser = house.browser("reviewer")
    cookies = dict(browser.cookies)
    answer = browser.post("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/signed-out")
    again = house.anonymous()
    for name, value in cookies.items():
        again.cookies.set(name, value, domain="localhost.local")
    assert again.get("/api/v1/me").status_code == 401
    assert again.get("/signed-out").status_code == 200


def test_signing_out_leaves_the_users_other_browsers(house):
    user = house.user("reviewer")
    one, other = house.browser(user=user), house.browser(user=user)
    one.post("/sign-out")
    assert other.get("/api/v1/me").status_code == 200


def test_roles_count_as_they_are_now(house):
    user = house.user("reviewer")
    browser, administrator = house.browser(user=user), house.browser("administrator")
    assert browser.get("/api/v1/alerts").status_code == 200
    administrator.patch(f"/api/v1/users/{user}", json={"roles": ["tuner"]})
    assert browser.get("/api/v1/alerts").status_code == 403


def test_with_tls_the_cookie_is_bound_to_this_host(house, database, keys):
    server = {"public_url": "https://frontdoor.example"}
    settings = parse_settings({"company": {"own_domains": ["ourco.example"]}, "server": server}, where="the test")
    app = create_app(database, keys, settings, clock=house.clock)
    with_tls = type(house)(app=app, database=database, keys=keys, settings=settings, clock=house.clock)
    administrator = with_tls.machine(*permissions_of(["reviewer"]), "users:manage")
    link = administrator.post(f"/api/v1/users/{with_tls.user('reviewer')}/link").json()["url"]
    assert link.startswith("https://frontdoor.example/sign-in?token=")
    cookie = with_tls.anonymous().get(link.replace("https://frontdoor.example", "")).headers["set-cookie"]
    assert cookie.startswith("__Host-frontdoor=")
    assert "Secure" in cookie
    assert "Domain" not in cookie
