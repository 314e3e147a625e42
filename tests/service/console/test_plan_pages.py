"""The page of a plan: for its holders the plan, for others what they can do."""

import re

import pytest

from service.auth.permissions import Role
from service.auth.users import disable_user, get_user
from tests.fakes.console import make_house, text_of
from tests.fakes.plans import LEAD, MEMBER, NAME, add_negotiation, add_user, signed_in
from tests.fakes.prying import PAGE, Listening

AMOUNT = {"role": "walk_away", "title": "Unit price", "value": "7,43", "currency": "EUR", "unit": "piece"}


class Scene:
    """A negotiation with its lead, a member of its team, and an administrator, each in a browser without scripts."""

    def __init__(self, house):
        self.house = house
        self.id = add_negotiation(house, NAME, lead=LEAD, team=[MEMBER])
        self.users = {
            "ida": add_user(house, "Ida Kern", Role.LEAD, address=LEAD),
            "bo": add_user(house, "Bo Lind", Role.REVIEWER, address=MEMBER),
            "eve": add_user(house, "Eve Admin", Role.ADMINISTRATOR),
        }
        self.ida, self.bo, self.eve = (signed_in(house, user) for user in self.users.values())
        self.page = f"/negotiations/{self.id}/plan"

    def open(self, client, query=""):
        return client.get(f"{self.page}{query}", headers=PAGE)

    def send(self, client, form, **data):
        """Send a form; returns the answer, and the page that it leads to."""
        answer = client.post(f"{self.page}/{form}", data=data, headers=PAGE)
        return answer, self.open(client) if answer.status_code == 303 else answer

    def claimed(self):
        self.send(self.ida, "claim")
        return self

    def disable(self, name):
        with self.house.database.transaction() as session:
            disable_user(session, get_user(session, self.users[name]), actor="test", now=self.house.now)


@pytest.fixture
def scene(house):
    return Scene(house)


def entry_of(page):
    return re.search(r"plan\?edit=([0-9a-f-]{36})", page.text)[1]


def test_somebody_of_the_team_claims_the_plan_by_a_button(scene):
    assert "Claim the plan" in scene.open(scene.ida).text
    answer, page = scene.send(scene.ida, "claim")
    assert answer.headers["location"] == scene.page
    said = text_of(page)
    assert "You hold this plan now." in said
    assert "Nothing is in this plan yet" in said


def test_whoever_is_not_of_the_team_is_told_why_and_by_whom(scene):
    page = scene.open(scene.eve)
    assert page.status_code == 403
    assert "Claim the plan" not in page.text
    assert "Yours is linked to none" in text_of(page)
    assert "Only somebody who leads this negotiation" in text_of(scene.send(scene.eve, "claim")[1])
    scene.claimed()
    said = text_of(scene.open(scene.bo))
    assert "It is held by Ida Kern: if you belong to the negotiation's team, ask one of them to admit you." in said
    assert "This plan has holders already" in text_of(scene.send(scene.bo, "claim")[1])


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        ("amount", AMOUNT, "EUR 7.43 per piece"),
        ("percentage", {"role": "limit", "value": "12.5"}, "12.5 %"),
        ("date", {"role": "deadline", "first": "2026-05-19"}, "19 May 2026"),
        ("duration", {"role": "limit", "value": "6", "unit": "weeks"}, "6 weeks"),
        ("quantity", {"role": "target", "value": "40000"}, "40,000"),
        ("name", {"role": "alternative", "words": "Kestrelwerk"}, "Kestrelwerk"),
        ("phrase", {"role": "other", "words": "no second source"}, "no second source"),
        ("strategy", {"role": "strategy", "note": "Hold back the tooling."}, "Hold back the tooling."),
    ],
)
def test_an_entry_of_each_kind_is_added_by_its_form(scene, kind, typed, shown):
    scene.claimed()
    form = scene.open(scene.ida, f"?add={kind}").text
    fields = set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', form))
    assert set(typed) - {"title"} <= fields
    answer, page = scene.send(scene.ida, f"entries/{kind}", **typed)
    assert answer.status_code == 303
    assert shown in text_of(page)
    assert "The entry was added." in text_of(page)


def test_an_entry_is_changed_and_removed(scene):
    scene.claimed()
    _, page = scene.send(scene.ida, "entries/amount", **AMOUNT)
    entry = entry_of(page)
    form = scene.open(scene.ida, f"?edit={entry}").text
    assert 'value="7.43"' in form
    version = re.search(r'name="version" value="(\d+)"', form)[1]
    _, page = scene.send(scene.ida, f"entries/amount/{entry}", **AMOUNT | {"value": "8,10", "version": version})
    assert "EUR 8.1 per piece" in text_of(page)
    _, page = scene.send(scene.ida, f"entries/amount/{entry}", **AMOUNT | {"value": "9", "version": version})
    assert "The entry has changed since you looked at it." in text_of(page)
    assert "EUR 8.1 per piece" in text_of(page)
    assert "It can't be brought back." in text_of(page)
    _, page = scene.send(scene.ida, f"remove/{entry}")
    assert "EUR 8.1" not in page.text


def test_a_value_is_in_no_address_cookie_title_or_log(scene):
    scene.claimed()
    with Listening() as heard:
        answer, page = scene.send(scene.ida, "entries/amount", **AMOUNT)
        mistaken, again = scene.send(scene.ida, "entries/amount", **AMOUNT | {"currency": "zł 7,43"})
    assert "7,43" not in str(answer.headers) + answer.text
    assert "7" not in re.search(r"<title>(.*?)</title>", page.text)[1].replace("2027", "")
    assert mistaken.status_code == 400
    assert "Currency must be three letters such as EUR." in text_of(again)
    assert "zł 7,43" not in re.search(r'(?s)class="failure".*?</p>', again.text)[0]
    assert 'value="7,43"' in again.text
    assert "7,43" not in str(mistaken.headers)
    assert "7,43" not in heard.text
    assert "7.43" not in heard.text


def test_what_was_typed_wrongly_stays_in_the_form_on_a_change_too(scene):
    scene.claimed()
    _, page = scene.send(scene.ida, "entries/amount", **AMOUNT)
    entry = entry_of(page)
    answer, _ = scene.send(scene.ida, f"entries/amount/{entry}", **AMOUNT | {"value": "7,500", "version": "1"})
    assert answer.status_code == 400
    assert "can be read in two ways" in text_of(answer)
    assert 'value="7,500"' in answer.text
    assert f"/plan/entries/amount/{entry}" in answer.text


def test_holders_are_admitted_removed_and_hand_over_by_forms(scene):
    scene.claimed()
    bo = str(scene.users["bo"])
    _, page = scene.send(scene.ida, "holders", user=bo)
    assert "They open this plan now." in text_of(page)
    assert scene.open(scene.bo).status_code == 200
    _, page = scene.send(scene.ida, f"holders/{bo}/remove")
    assert "They no longer open this plan." in text_of(page)
    assert scene.open(scene.bo).status_code == 403
    _, page = scene.send(scene.ida, f"holders/{scene.users['ida']}/remove")
    assert "You are the last holder who can sign in: hand the plan over, or destroy it." in text_of(page)
    _, page = scene.send(scene.ida, "holders", user=str(scene.users["eve"]))
    assert "Only somebody who leads this negotiation or is in its team can hold its plan." in text_of(page)
    _, page = scene.send(scene.ida, "hand-over", user=bo)
    assert "The plan was handed over. It is no longer open to you." in text_of(page)
    assert scene.open(scene.ida).status_code == 403


def test_the_last_holder_has_no_button_to_leave(scene):
    page = scene.open(scene.claimed().ida)
    assert ">Leave<" not in page.text
    scene.send(scene.ida, "holders", user=str(scene.users["bo"]))
    assert ">Leave<" in scene.open(scene.ida).text


def test_destroying_a_plan_wants_a_tick(scene):
    scene.claimed()
    scene.send(scene.ida, "entries/amount", **AMOUNT)
    assert "Nothing was destroyed: tick the box to confirm." in text_of(scene.send(scene.ida, "destroy")[1])
    assert "EUR 7.43" in text_of(scene.open(scene.ida))
    _, page = scene.send(scene.ida, "destroy", confirmed="yes")
    assert "The plan was destroyed. What it had sealed stays withheld." in text_of(page)
    assert "Nobody holds it yet." in text_of(page)


def test_an_administrator_destroys_what_nobody_opens_any_more_and_nothing_else(scene):
    scene.claimed()
    assert "A holder can still sign in" in text_of(scene.send(scene.eve, "destroy", confirmed="yes")[1])
    assert "Destroy the plan" not in scene.open(scene.eve).text
    scene.disable("ida")
    assert "Destroy the plan" not in scene.open(scene.bo).text
    assert "You can destroy it unread" in text_of(scene.open(scene.eve))
    _, page = scene.send(scene.eve, "destroy", confirmed="yes")
    assert "The plan was destroyed." in text_of(page)


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("entries/amount", AMOUNT),
        ("entries/amount/00000000-0000-0000-0000-000000000000", AMOUNT),
        ("remove/00000000-0000-0000-0000-000000000000", {}),
        ("holders", {"user": "00000000-0000-0000-0000-000000000000"}),
        ("holders/00000000-0000-0000-0000-000000000000/remove", {}),
        ("hand-over", {"user": "00000000-0000-0000-0000-000000000000"}),
    ],
)
def test_nobody_else_s_form_is_taken(scene, form, data):
    scene.claimed()
    for client in (scene.bo, scene.eve):
        answer, _ = scene.send(client, form, **data)
        assert answer.status_code == 403
        assert "The plan of this negotiation is open to its holders." in text_of(answer)


def test_who_looked_is_shown_with_who_was_refused(scene):
    scene.claimed()
    scene.open(scene.eve)
    said = text_of(scene.open(scene.ida))
    assert re.search(r"Eve Admin Refused", said)


def test_a_plan_s_page_is_not_kept_by_the_browser(scene):
    assert scene.open(scene.claimed().ida).headers["cache-control"] == "no-store"


def test_the_page_works_on_both_databases(either):
    scene = Scene(either).claimed()
    _, page = scene.send(scene.ida, "entries/amount", **AMOUNT)
    assert "EUR 7.43 per piece" in text_of(page)


def test_a_lost_key_leaves_the_page_standing(sqlite, house, scene):
    scene.claimed()
    scene.send(scene.ida, "entries/amount", **AMOUNT)
    other = make_house(sqlite, lambda: house.now)
    page = signed_in(other, scene.users["ida"]).get(scene.page, headers=PAGE)
    assert page.status_code == 200
    assert "The key it was sealed with is missing" in text_of(page)
