"""Plans over the API, as their holders use it and others try to."""

import contextlib

import pytest
from sqlalchemy import select

from service.audit.store import Action
from service.auth.permissions import Role
from service.database import connect
from service.models import AuditEntry
from tests.fakes.console import make_house
from tests.fakes.plans import LEAD, MEMBER, NAME, add_negotiation, add_user, signed_in

ENTRY = {"role": "limit", "title": "Rebate", "note": "", "fact": {"kind": "percentage", "value": 12.5}}


class Scene:
    """A negotiation with two of its team and an administrator, each in a browser."""

    def __init__(self, database, clock):
        self.house = make_house(database, clock)
        self.id = add_negotiation(self.house, NAME, lead=LEAD, team=[MEMBER])
        self.users = {
            "ida": add_user(self.house, "Ida Kern", Role.LEAD, address=LEAD),
            "bo": add_user(self.house, "Bo Lind", Role.REVIEWER, address=MEMBER),
            "eve": add_user(self.house, "Eve Admin", Role.ADMINISTRATOR),
        }
        self.ida, self.bo, self.eve = (signed_in(self.house, user) for user in self.users.values())
        self.plan = f"/api/v1/negotiations/{self.id}/plan"

    def names(self, client=None):
        return [one["name"] for one in (client or self.eve).get(f"{self.plan}/holders").json()]

    def user(self, name):
        return {"user_id": str(self.users[name])}


@pytest.fixture
def scene(database, clock):
    return Scene(database, clock)


@pytest.fixture
def lite_scene(lite, clock):
    return Scene(lite, clock)


def test_a_plan_from_its_claim_to_its_end(scene):
    assert scene.ida.get(scene.plan).status_code == 403
    claimed = scene.ida.post(f"{scene.plan}/claim")
    assert (claimed.status_code, [one["name"] for one in claimed.json()]) == (201, ["Ida Kern"])
    added = scene.ida.post(f"{scene.plan}/facts", json=ENTRY)
    assert added.status_code == 201
    entry = added.json()
    assert {key: entry[key] for key in ("role", "title", "version", "readable", "changed_by")} == {
        "role": "limit",
        "title": "Rebate",
        "version": 1,
        "readable": True,
        "changed_by": "Ida Kern",
    }
    address = f"{scene.plan}/facts/{entry['id']}"
    changed = scene.ida.put(address, json=ENTRY | {"version": 1, "title": "Rebate, at most"})
    assert (changed.status_code, changed.json()["version"], changed.json()["title"]) == (200, 2, "Rebate, at most")
    assert scene.ida.put(address, json=ENTRY | {"version": 1}).status_code == 409
    [shown] = scene.ida.get(scene.plan).json()["entries"]
    assert shown["fact"]["value"] == 12.5
    assert scene.ida.delete(address).status_code == 204
    assert scene.ida.delete(address).status_code == 404
    assert scene.ida.delete(scene.plan).status_code == 204
    assert scene.ida.get(scene.plan).status_code == 403
    assert scene.names() == []


def test_holders_come_and_go(scene):
    scene.ida.post(f"{scene.plan}/claim")
    assert scene.bo.post(f"{scene.plan}/claim").status_code == 409
    assert scene.bo.post(f"{scene.plan}/holders", json=scene.user("bo")).status_code == 403
    assert scene.ida.post(f"{scene.plan}/holders", json=scene.user("eve")).status_code == 409
    assert scene.ida.post(f"{scene.plan}/holders", json=scene.user("bo")).status_code == 201
    assert scene.names() == ["Bo Lind", "Ida Kern"]
    assert scene.bo.delete(f"{scene.plan}/holders/{scene.users['ida']}").status_code == 204
    assert scene.ida.get(scene.plan).status_code == 403
    last = scene.bo.delete(f"{scene.plan}/holders/{scene.users['bo']}")
    assert (last.status_code, "destroys it" in last.json()["detail"]) == (409, True)
    assert scene.bo.post(f"{scene.plan}/hand-over", json=scene.user("ida")).status_code == 201
    assert scene.names() == ["Ida Kern"]


def test_who_opened_and_who_was_refused_is_told_to_the_holders(scene):
    scene.ida.post(f"{scene.plan}/claim")
    scene.eve.get(scene.plan)
    scene.eve.post(f"{scene.plan}/facts", json=ENTRY)
    scene.ida.get(scene.plan)
    looks = scene.ida.get(scene.plan).json()["looks"]
    assert [(one["actor"], one["refused"]) for one in looks] == [("Ida Kern", False), ("Eve Admin", True)]


def test_a_refused_look_is_on_record_although_the_request_came_to_nothing(scene):
    answer = scene.eve.get(scene.plan)
    assert answer.status_code == 403
    assert set(answer.json()) == {"status", "title", "detail", "flaws"}
    with scene.house.database.transaction(write=False) as session:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.PLAN_REFUSED.value)).all()
    assert [(row.actor, row.object, row.detail) for row in rows] == [("Eve Admin", str(scene.id), {})]


@pytest.mark.parametrize(
    "body",
    [
        {"role": "limit"},
        {"role": "strategy", "note": ""},
        {"role": "strategy", "note": "n", "fact": ENTRY["fact"]},
        {"role": "limit", "fact": {"kind": "percentage"}},
        {"role": "limit", "fact": {"kind": "percentage", "value": 3, "unit": "days"}},
        {"role": "limit", "fact": {"kind": "amount", "value": 3}},
    ],
    ids=lambda body: " ".join(str(one) for one in body.values()) or "nothing",
)
def test_an_entry_that_can_not_be_is_refused_in_words(lite_scene, body):
    lite_scene.ida.post(f"{lite_scene.plan}/claim")
    answer = lite_scene.ida.post(f"{lite_scene.plan}/facts", json=body)
    assert answer.status_code == 400
    assert lite_scene.ida.get(lite_scene.plan).json()["entries"] == []


@pytest.mark.parametrize(
    ("method", "end", "body"),
    [
        ("GET", "", None),
        ("DELETE", "", None),
        ("POST", "/claim", None),
        ("POST", "/facts", ENTRY),
        ("GET", "/holders", None),
    ],
)
def test_a_negotiation_that_is_not_there_has_no_plan(lite_scene, method, end, body):
    address = lite_scene.plan.replace(str(lite_scene.id), "00000000-0000-0000-0000-000000000000")
    assert lite_scene.ida.request(method, address + end, json=body).status_code == 404


def test_whoever_is_removed_in_between_adds_nothing(lite_scene):
    lite_scene.ida.post(f"{lite_scene.plan}/claim")
    lite_scene.ida.post(f"{lite_scene.plan}/holders", json=lite_scene.user("bo"))
    lite_scene.ida.delete(f"{lite_scene.plan}/holders/{lite_scene.users['bo']}")
    assert lite_scene.bo.post(f"{lite_scene.plan}/facts", json=ENTRY).status_code == 403


def test_nobody_reads_a_plan_without_signing_in(sqlite_url, clock):
    with contextlib.closing(connect(sqlite_url)) as database:
        scene = Scene(database, clock)
        visitor = scene.house.visitor()
        assert visitor.get(scene.plan).status_code == 401
        assert visitor.get(f"/negotiations/{scene.id}/plan").url.path == "/sign-in"
