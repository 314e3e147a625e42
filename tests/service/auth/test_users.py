"""Who may sign in."""

import uuid

import pytest

from service.audit.store import list_entries
from service.negotiations.models import NegotiationAccess, NegotiationRow


def test_a_user_is_added_listed_and_changed_over_the_api(house):
    browser = house.browser("administrator", name="Zoe")
    made = browser.post("/api/v1/users", json={"name": " Ann   Buyer ", "roles": ["lead", "reviewer"]})
    assert made.status_code == 201
    assert made.json()["name"] == "Ann Buyer"
    assert made.json()["roles"] == ["reviewer", "lead"]
    changed = browser.patch(f"/api/v1/users/{made.json()['id']}", json={"roles": ["tuner"]})
    assert changed.json()["roles"] == ["tuner"]
    assert [user["name"] for user in browser.get("/api/v1/users").json()] == ["Ann Buyer", "Zoe"]


@pytest.mark.parametrize("name", ["Ann", "ANN", " ann ", "command line", "frontdoor", "Frontdoor"])
def test_a_name_that_is_taken_or_reserved_is_refused(house, name):
    house.user("reviewer", name="Ann")
    answer = house.browser("administrator").post("/api/v1/users", json={"name": name, "roles": []})
    assert answer.status_code == 409


@pytest.mark.parametrize("name", ["Ann", "Åsa Öberg", "李 雷", "o'neil", "ann@ourco.example"])
def test_names_of_all_kinds_are_taken(house, name):
    answer = house.browser("administrator").post("/api/v1/users", json={"name": name, "roles": []})
    assert (answer.status_code, answer.json()["name"]) == (201, name)


@pytest.mark.parametrize("name", [" ", "a\x00", "a\u202eb", "a\u200b", "\u2028"])
def test_a_name_that_can_not_be_read_is_refused(house, name):
    assert house.browser("administrator").post("/api/v1/users", json={"name": name, "roles": []}).status_code == 400


def test_disabling_signs_a_user_out_everywhere_and_for_good(house):
    user, administrator = house.user("reviewer"), house.browser("administrator")
    browser, machine = house.browser(user=user), house.machine("alerts:read", user=user)
    assert administrator.patch(f"/api/v1/users/{user}", json={"disabled": True}).json()["disabled"] is True
    assert browser.get("/api/v1/me").status_code == 401
    assert machine.get("/api/v1/me").status_code == 401
    assert administrator.patch(f"/api/v1/users/{user}", json={"disabled": False}).json()["disabled"] is False
    assert browser.get("/api/v1/me").status_code == 401
    assert machine.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("change", [{"roles": ["reviewer"]}, {"roles": []}, {"disabled": True}])
def test_the_last_administrator_stays(house, change):
    user = house.user("administrator")
    browser = house.browser(user=user)
    answer = browser.patch(f"/api/v1/users/{user}", json=change)
    assert answer.status_code == 409
    assert "administrator" in answer.json()["detail"]
    assert browser.get("/api/v1/users").status_code == 200


def test_a_disabled_administrator_does_not_count_as_one(house):
    user, other = house.user("administrator"), house.user("administrator")
    browser = house.browser(user=user)
    assert browser.patch(f"/api/v1/users/{other}", json={"disabled": True}).status_code == 200
    assert browser.patch(f"/api/v1/users/{user}", json={"roles": []}).status_code == 409


def test_nobody_gives_away_more_than_they_have(house):
    machine = house.machine("users:manage", "audit:read", "awareness:read", "sources:read")
    officer = machine.post("/api/v1/users", json={"name": "Bo", "roles": ["privacy_officer"]})
    assert officer.status_code == 201
    assert machine.post("/api/v1/users", json={"name": "Cy", "roles": ["administrator"]}).status_code == 403
    path = f"/api/v1/users/{officer.json()['id']}"
    assert machine.patch(path, json={"roles": ["reviewer"]}).status_code == 403
    reviewer = house.user("reviewer")
    assert machine.post(f"{path}/link").status_code == 201
    assert machine.post(f"/api/v1/users/{reviewer}/link").status_code == 403


def test_a_user_who_is_not_there_can_not_be_changed(house):
    browser = house.browser("administrator")
    assert browser.patch(f"/api/v1/users/{uuid.uuid4()}", json={"roles": []}).status_code == 404
    assert browser.post(f"/api/v1/users/{uuid.uuid4()}/link").status_code == 404


def test_changes_to_users_are_on_record(house):
    browser = house.browser("administrator", name="Zoe")
    user = browser.post("/api/v1/users", json={"name": "Ann", "roles": ["reviewer"]}).json()["id"]
    for change in ({"roles": ["lead"]}, {"roles": ["lead"]}, {"disabled": True}, {"disabled": False}):
        browser.patch(f"/api/v1/users/{user}", json=change)
    with house.database.transaction(write=False) as session:
        rows = [(one.action, one.actor) for one in list_entries(session, object=user)][::-1]
    actions = ["user.created", "user.roles_set", "user.disabled", "user.enabled"]
    assert rows == [(action, "Zoe") for action in actions]


def test_a_slack_person_is_given_changed_and_taken_back(house):
    browser = house.browser("administrator", name="Zoe")
    made = browser.post("/api/v1/users", json={"name": "Ann", "roles": ["reviewer"], "slack": " t024be7ld:u0g9qf9c6 "})
    assert (made.status_code, made.json()["slack"]) == (201, "T024BE7LD:U0G9QF9C6")
    path = f"/api/v1/users/{made.json()['id']}"
    assert browser.patch(path, json={"slack": "T1:U2"}).json()["slack"] == "T1:U2"
    assert browser.patch(path, json={"roles": ["lead"]}).json()["slack"] == "T1:U2"
    assert browser.patch(path, json={"slack": ""}).json()["slack"] is None
    assert browser.get("/api/v1/users").json()[0]["slack"] is None
    with house.database.transaction(write=False) as session:
        rows = [one for one in list_entries(session, object=made.json()["id"]) if "slack" in one.action][::-1]
    assert [(one.action, one.actor, one.detail["slack"]) for one in rows] == [
        ("user.slack_linked", "Zoe", "T024BE7LD:U0G9QF9C6"),
        ("user.slack_linked", "Zoe", "T1:U2"),
        ("user.slack_unlinked", "Zoe", "T1:U2"),
    ]


@pytest.mark.parametrize("slack", ["T1:U1", "E0GRID:W1", "\tT1:U1\n"])
def test_a_workspaces_or_a_grids_people_are_taken(house, slack):
    answer = house.browser("administrator").post("/api/v1/users", json={"name": "Ann", "roles": [], "slack": slack})
    assert (answer.status_code, answer.json()["slack"]) == (201, slack.strip())


@pytest.mark.parametrize(
    "slack", ["U1", "T1", "T1:", ":U1", "U1:T1", "T1:B1", "T1:U1:U2", "@ann", "ann@ourco.example", "T1:U 1", "T1：U1"]
)
def test_what_names_no_slack_person_is_refused_with_an_example(house, slack):
    answer = house.browser("administrator").post("/api/v1/users", json={"name": "Ann", "roles": [], "slack": slack})
    assert answer.status_code == 400
    assert "T024BE7LD:U0G9QF9C6" in answer.json()["detail"]


def test_two_users_are_never_the_same_slack_person(house):
    browser = house.browser("administrator")
    body = {"name": "Ann", "roles": ["reviewer"], "slack": "T1:U1"}
    ann = browser.post("/api/v1/users", json=body).json()["id"]
    answer = browser.post("/api/v1/users", json=body | {"name": "Bo", "slack": "t1:u1"})
    assert (answer.status_code, answer.json()["detail"]) == (409, "Another user acts as this Slack person already.")
    assert browser.patch(f"/api/v1/users/{house.user('tuner')}", json={"slack": "T1:U1"}).status_code == 409
    assert browser.patch(f"/api/v1/users/{ann}", json={"slack": "T1:U1"}).status_code == 200
    browser.patch(f"/api/v1/users/{ann}", json={"slack": ""})
    assert browser.post("/api/v1/users", json=body | {"name": "Bo"}).status_code == 201


def test_a_disabled_user_keeps_the_slack_person_and_nobody_else_gets_it(house):
    browser = house.browser("administrator")
    ann = browser.post("/api/v1/users", json={"name": "Ann", "roles": ["reviewer"], "slack": "T1:U1"}).json()["id"]
    assert browser.patch(f"/api/v1/users/{ann}", json={"disabled": True}).json()["slack"] == "T1:U1"
    assert browser.post("/api/v1/users", json={"name": "Bo", "roles": [], "slack": "T1:U1"}).status_code == 409


def test_nobody_lends_a_slack_person_more_than_they_have_themselves(house):
    machine = house.machine("users:manage", "audit:read", "awareness:read", "sources:read")
    reviewer, officer = house.user("reviewer"), house.user("privacy_officer")
    assert machine.patch(f"/api/v1/users/{reviewer}", json={"slack": "T1:U1"}).status_code == 403
    assert machine.patch(f"/api/v1/users/{officer}", json={"slack": "T1:U1"}).status_code == 200


def test_a_mail_address_says_who_a_user_is_and_is_taken_back(house):
    browser = house.browser("administrator", name="Zoe")
    body = {"name": "Ann", "roles": ["lead"], "address": " Ann.Buyer@OurCo.example "}
    made = browser.post("/api/v1/users", json=body)
    assert (made.status_code, made.json()["address"]) == (201, "ann.buyer@ourco.example")
    path = f"/api/v1/users/{made.json()['id']}"
    assert browser.patch(path, json={"roles": ["lead"]}).json()["address"] == "ann.buyer@ourco.example"
    assert browser.patch(path, json={"address": "ann@ourco.example"}).json()["address"] == "ann@ourco.example"
    assert browser.patch(path, json={"address": ""}).json()["address"] is None
    with house.database.transaction(write=False) as session:
        rows = [one for one in list_entries(session, object=made.json()["id"]) if "address" in one.action][::-1]
    assert [(one.action, one.actor, one.detail["address"]) for one in rows] == [
        ("user.address_linked", "Zoe", "ann.buyer@ourco.example"),
        ("user.address_linked", "Zoe", "ann@ourco.example"),
        ("user.address_unlinked", "Zoe", "ann@ourco.example"),
    ]


@pytest.mark.parametrize("address", ["ann", "ann@", "@ourco.example", "a@b@c", "ann buyer@ourco.example"])
def test_what_is_no_mail_address_is_nobodys(house, address):
    answer = house.browser("administrator").post("/api/v1/users", json={"name": "Ann", "roles": [], "address": address})
    assert answer.status_code == 400


def test_two_users_are_never_the_same_person(house):
    browser = house.browser("administrator")
    body = {"name": "Ann", "roles": ["lead"], "address": "ann@ourco.example"}
    ann = browser.post("/api/v1/users", json=body).json()["id"]
    assert browser.post("/api/v1/users", json=body | {"name": "Bo"}).status_code == 409
    assert (
        browser.patch(f"/api/v1/users/{house.user('lead')}", json={"address": "ANN@ourco.example"}).status_code == 409
    )
    assert browser.patch(f"/api/v1/users/{ann}", json={"address": "ann@ourco.example"}).status_code == 200


def test_nobody_says_of_somebody_who_may_more_who_they_are(house):
    reviewer, officer = house.user("reviewer"), house.user("privacy_officer")
    machine = house.machine("users:manage", "audit:read", "sources:read", "awareness:read")
    assert machine.patch(f"/api/v1/users/{reviewer}", json={"address": "a@ourco.example"}).status_code == 403
    assert machine.patch(f"/api/v1/users/{officer}", json={"address": "a@ourco.example"}).status_code == 200


def test_whoever_holds_a_plan_stays_who_they_are(house):
    browser = house.browser("administrator")
    body = {"name": "Ann", "roles": ["lead"], "address": "ann@ourco.example"}
    ann = browser.post("/api/v1/users", json=body).json()["id"]
    with house.database.transaction() as session:
        row = NegotiationRow(
            name="Castings",
            phase="bids",
            lead="ann@ourco.example",
            terms={},
            created_by="Ann",
            created_at=house.clock(),
            updated_at=house.clock(),
        )
        session.add(row)
        session.flush()
        session.add(
            NegotiationAccess(
                negotiation_id=row.id, user_id=uuid.UUID(ann), admitted_by="Ann", admitted_at=house.clock()
            )
        )
    for address in ("bo@ourco.example", ""):
        answer = browser.patch(f"/api/v1/users/{ann}", json={"address": address})
        assert answer.status_code == 409
        assert "holds a negotiation's plan" in answer.json()["detail"]
    assert browser.patch(f"/api/v1/users/{ann}", json={"address": "ann@ourco.example"}).status_code == 200
