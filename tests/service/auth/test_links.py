"""Signing in by a link."""

import threading
from datetime import timedelta

import pytest

from service.audit.store import list_entries
from service.auth.links import first_sign_in_link, make_sign_in_link, redeem, sign_in_link_for
from service.auth.users import disable_user, find_user, get_user
from service.errors import ConflictError, NotFoundError
from service.models import SignInLink


def link_for(house, user, **options):
    with house.database.transaction() as session:
        return make_sign_in_link(
            session,
            user=get_user(session, user),
            base_url="http://localhost",
            actor="test",
            now=house.clock(),
            **options,
        )


def secret_of(link):
    return link.partition("?token=")[2]


def test_a_link_signs_its_user_in(house):
    browser = house.anonymous()
    answer = browser.get(link_for(house, house.user("reviewer", name="Ann")))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert browser.get("/api/v1/me").json()["name"] == "Ann"


def test_a_form_with_the_links_token_signs_in_too(house):
    browser = house.anonymous()
    secret = secret_of(link_for(house, house.user("reviewer")))
    assert browser.post("/sign-in", data={"token": secret}).status_code == 303
    assert browser.get("/api/v1/me").status_code == 200


def test_a_link_works_once(house):
    link = link_for(house, house.user("reviewer"))
    assert house.anonymous().get(link).status_code == 303
    again = house.anonymous()
    answer = again.get(link)
    assert answer.status_code == 410
    assert "frontdoor user link" in answer.text
    assert again.get("/api/v1/me").status_code == 401


def test_a_program_learns_how_to_get_a_new_link(house):
    answer = house.anonymous().get("/sign-in?token=wrong", headers={"Accept": "application/json"})
    assert answer.status_code == 410
    assert "frontdoor user link" in answer.json()["detail"]


@pytest.mark.parametrize(("minutes", "status"), [(14, 303), (15, 410), (60, 410)])
def test_a_link_ends_after_a_quarter_of_an_hour(house, minutes, status):
    link = link_for(house, house.user("reviewer"))
    house.clock.pass_by(minutes=minutes)
    assert house.anonymous().get(link).status_code == status


def test_using_a_link_voids_the_users_other_links_and_nobody_elses(house):
    user, other = house.user("reviewer"), house.user("reviewer")
    first, second, others = link_for(house, user), link_for(house, user), link_for(house, other)
    assert house.anonymous().get(second).status_code == 303
    assert house.anonymous().get(first).status_code == 410
    assert house.anonymous().get(others).status_code == 303


def test_of_two_who_use_a_link_at_once_one_gets_in(house):
    secret = secret_of(link_for(house, house.user("reviewer")))
    ready, results = threading.Barrier(4), []

    def try_it():
        ready.wait()
        with house.database.transaction() as session:
            results.append(redeem(session, secret, now=house.clock()))

    threads = [threading.Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(result is not None for result in results) == 1


def test_the_database_does_not_hold_what_lets_somebody_in(house):
    link = link_for(house, house.user("reviewer"))
    with house.database.transaction(write=False) as session:
        [row] = session.query(SignInLink).all()
        assert secret_of(link).encode() not in row.token_hash
        assert len(row.token_hash) == 32
        assert secret_of(link) not in str([one.detail for one in list_entries(session)])


def test_a_disabled_user_gets_no_link_and_loses_the_one_they_had(house):
    user = house.user("reviewer")
    link = link_for(house, user)
    with house.database.transaction() as session:
        disable_user(session, get_user(session, user), actor="test", now=house.clock())
    assert house.anonymous().get(link).status_code == 410
    with pytest.raises(ConflictError, match="disabled"):
        link_for(house, user)


def test_the_first_start_makes_an_administrator_and_a_link_that_is_good_for_a_day(house):
    with house.database.transaction() as session:
        link = first_sign_in_link(session, base_url="http://localhost/", now=house.clock())
    assert link.startswith("http://localhost/sign-in?token=")
    house.clock.pass_by(hours=23)
    browser = house.anonymous()
    assert browser.get(link).status_code == 303
    assert browser.get("/api/v1/me").json()["roles"] == ["administrator"]


def test_another_start_before_anybody_signed_in_gives_a_new_link_for_the_same_user(house):
    with house.database.transaction() as session:
        first = first_sign_in_link(session, base_url="http://localhost", now=house.clock())
    house.clock.pass_by(days=3)
    with house.database.transaction() as session:
        second = first_sign_in_link(session, base_url="http://localhost", now=house.clock())
    browser = house.anonymous()
    assert browser.get(first).status_code == 410
    assert browser.get(second).status_code == 303
    assert [user["name"] for user in browser.get("/api/v1/users").json()] == ["administrator"]


def test_once_somebody_has_signed_in_a_start_gives_no_link(house):
    with house.database.transaction() as session:
        link = first_sign_in_link(session, base_url="http://localhost", now=house.clock())
    house.anonymous().get(link)
    house.clock.pass_by(days=400)
    with house.database.transaction() as session:
        assert first_sign_in_link(session, base_url="http://localhost", now=house.clock()) is None


def test_the_command_line_makes_a_link_by_name_however_it_is_capitalised(house):
    house.user("reviewer", name="Ann Buyer")
    with house.database.transaction() as session:
        link = sign_in_link_for(session, "ann buyer", base_url="http://localhost", now=house.clock())
    assert house.anonymous().get(link).status_code == 303
    with house.database.transaction() as session, pytest.raises(NotFoundError):
        sign_in_link_for(session, "Bo", base_url="http://localhost", now=house.clock())


def test_making_and_using_a_link_are_on_record(house):
    user = house.user("reviewer", name="Ann")
    house.anonymous().get(link_for(house, user, lifetime=timedelta(minutes=5)))
    with house.database.transaction() as session:
        rows = [(one.actor, one.action) for one in list_entries(session, limit=2)]
        assert find_user(session, "Ann").id == user
    assert rows == [("Ann", "user.signed_in"), ("test", "user.link_made")]
