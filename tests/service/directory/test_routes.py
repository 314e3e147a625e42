"""People, counterparties, unknown domains and imports over the API."""

import pytest
from sqlalchemy import select

from service.audit.store import list_entries
from service.directory.counterparties import find_counterparty
from service.directory.models import UnknownDomain
from service.directory.unknown import expire_unknown, note_unknown
from service.exposure.models import BriefRow, ExposureEntry
from service.models import Alert
from service.negotiations.models import NegotiationParty, NegotiationRow
from tests.fakes.alerts import Case, add_case

PEOPLE, PARTIES, UNKNOWN = "/api/v1/people", "/api/v1/counterparties", "/api/v1/unknown-domains"
IMPORT = "/api/v1/directory/import"
ANN = {"address": "Ann@OurCo.example", "name": "Ann", "away": [{"first": "2026-03-01", "last": None}]}


@pytest.fixture
def client(house):
    return house.browser("lead", name="Zoe")


def seen(house, domain, count=1):
    with house.database.transaction() as session:
        note_unknown(session, {domain: count}, now=house.clock())


def unknown(client):
    return {one["domain"]: one["messages"] for one in client.get(UNKNOWN).json()["domains"]}


def imported(client, text, kind="people", **asked):
    return client.post(IMPORT, params={"kind": kind, **asked}, content=text)


def test_somebody_is_added_read_changed_and_marked_as_left(house, client):
    made = client.post(PEOPLE, json=ANN)
    assert made.status_code == 201
    assert made.json()["address"] == "ann@ourco.example"
    assert made.json()["away"] == [{"first": "2026-03-01", "last": None}]
    path = f"{PEOPLE}/ann@ourco.example"
    changed = client.patch(path, json={"aliases": ["Ann@freemail.example"], "active": False}).json()
    assert (changed["name"], changed["active"], changed["aliases"]) == ("Ann", False, ["ann@freemail.example"])
    read = client.get(f"{PEOPLE}/ann@freemail.example").json()
    assert read["version"] == changed["version"]
    assert [one["actor"] for one in read["history"]] == ["Zoe", "Zoe"]
    assert {"active": [True, False], "aliases": [[], ["ann@freemail.example"]]} in [
        one["fields"] for one in read["history"]
    ]
    with house.database.transaction(write=False) as session:
        done = [(one.action, one.object) for one in list_entries(session, action="directory.changed")]
    assert done == [("directory.changed", "ann@ourco.example")] * 2


def test_a_change_to_what_was_not_seen_is_refused(client):
    old = client.post(PEOPLE, json=ANN).json()["version"]
    path = f"{PEOPLE}/ann@ourco.example"
    assert client.patch(path, json={"role": "Buyer"}, params={"expected_version": old}).status_code == 200
    assert client.patch(path, json={"role": "Lead"}, params={"expected_version": old}).status_code == 409
    one = client.post(PARTIES, json={"name": "Norvik"}).json()
    path = f"{PARTIES}/{one['id']}"
    assert client.patch(path, json={"name": "N"}, params={"expected_version": one["version"]}).status_code == 200
    assert client.patch(path, json={"name": "M"}, params={"expected_version": one["version"]}).status_code == 409


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"address": "ann"}, 400),
        ({"address": "ann@ourco.example"}, 409),
        ({"address": "ann@freemail.example"}, 409),
        ({"address": "bo@ourco.example", "aliases": ["ann@ourco.example"]}, 409),
        ({"address": "bo@ourco.example", "members": ["ann@ourco.example"]}, 400),
        ({"address": "bo@ourco.example", "kind": "robot"}, 422),
        ({"address": "bo@ourco.example", "colour": "blue"}, 422),
        ({"address": "bo@ourco.example", "away": [{"first": "2026-03-05", "last": "2026-03-01"}]}, 400),
        ({"address": "bo@ourco.example"}, 201),
    ],
)
def test_an_address_is_one_persons(client, body, status):
    client.post(PEOPLE, json={**ANN, "aliases": ["ann@freemail.example"]})
    assert client.post(PEOPLE, json=body).status_code == status


def test_an_address_of_a_counterparty_is_none_of_ours(client):
    client.post(PARTIES, json={"name": "Norvik", "domains": ["norvik.example"], "people": ["jo@freemail.example"]})
    for theirs in ("lee@mail.norvik.example", "jo@freemail.example"):
        assert client.post(PEOPLE, json={"address": theirs}).status_code == 400
        assert client.post(PEOPLE, json={**ANN, "aliases": [theirs]}).status_code == 400
        flaw = imported(client, f"address,aliases\nbo@ourco.example,{theirs}\n")
        assert f"row 2, aliases: {theirs} is an address of Norvik" in flaw.json()["detail"]
    assert client.post(PEOPLE, json={"address": "lee@norvik.example.test"}).status_code == 201


def test_people_come_in_pages_and_are_narrowed(client):
    for name in ("ann", "bo", "cy"):
        client.post(PEOPLE, json={"address": f"{name}@ourco.example", "name": name.title(), "department": name[0]})
    client.patch(f"{PEOPLE}/bo@ourco.example", json={"active": False})
    first = client.get(PEOPLE, params={"limit": 2}).json()
    rest = client.get(PEOPLE, params={"limit": 2, "after": first["next"]}).json()
    assert [one["name"] for one in first["people"] + rest["people"]] == ["Ann", "Bo", "Cy"]
    assert rest["next"] is None
    assert [one["name"] for one in client.get(PEOPLE, params={"active": False}).json()["people"]] == ["Bo"]
    assert [one["name"] for one in client.get(PEOPLE, params={"department": "c"}).json()["people"]] == ["Cy"]
    assert [one["name"] for one in client.get(PEOPLE, params={"q": "OURCO"}).json()["people"]] == ["Ann", "Bo", "Cy"]
    assert client.get(PEOPLE, params={"q": "_"}).json()["people"] == []


def test_a_renamed_counterparty_keeps_all_that_is_attached(house, client):
    one = client.post(PARTIES, json={"name": "Norvik", "domains": ["norvik.example"]}).json()
    client.post(PARTIES, json={"name": "Ferromar", "resellers": []})
    halden = client.post(PARTIES, json={"name": "Halden", "resellers": ["Norvik", "x.example"]}).json()
    now = house.clock()
    with house.database.transaction() as session:
        add_case(session, house.keys, Case(counterparty="Norvik"))
        negotiation = NegotiationRow(
            name="Castings", phase="bids", lead="", terms={}, created_at=now, created_by="Zoe", updated_at=now
        )
        session.add(negotiation)
        session.flush()
        session.add(
            NegotiationParty(negotiation_id=negotiation.id, counterparty_id=find_counterparty(session, "Norvik").id)
        )
        session.add(
            ExposureEntry(
                counterparty="Norvik", kind="known", label="budget", topic="budget", mark=b"m" * 16, key_id="k",
                fact=b"", author="", role="", department="", channel="email", confidence=1.0, first_at=now,
                last_at=now, updated_at=now,
            )
        )  # fmt: skip
        session.add(
            BriefRow(
                negotiation_id=negotiation.id, counterparty="Norvik", made_by="Zoe", made_at=now, key_id="k", sealed=b""
            )
        )
    path = f"{PARTIES}/{one['id']}"
    assert client.get(path).json()["references"] == [
        "1 negotiation", "1 alert", "1 ledger entry", "1 brief", "1 other counterparty",
    ]  # fmt: skip
    assert client.delete(path).status_code == 409
    renamed = client.patch(path, json={"name": "Norvik Metall"}).json()
    assert len(renamed["references"]) == 5
    assert renamed["domains"] == ["norvik.example"]
    assert {"name": ["Norvik", "Norvik Metall"]} in [one["fields"] for one in renamed["history"]]
    assert len(renamed["history"]) == 2
    assert client.get(f"{PARTIES}/{halden['id']}").json()["resellers"] == ["Norvik Metall", "x.example"]
    with house.database.transaction(write=False) as session:
        for table in (Alert, ExposureEntry, BriefRow):
            assert session.scalars(select(table.counterparty)).all() == ["Norvik Metall"]
    assert client.patch(path, json={"name": "Ferromar"}).status_code == 409
    with house.database.transaction() as session:
        add_case(session, house.keys, Case(counterparty="hauck.example"))
    assert client.patch(path, json={"name": "hauck.example"}).status_code == 409


def test_what_nothing_refers_to_is_deleted(client):
    path = f"{PARTIES}/{client.post(PARTIES, json={'name': 'Norvik', 'domains': ['norvik.example']}).json()['id']}"
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404
    again = client.post(PARTIES, json={"name": "Norvik", "domains": ["norvik.example"]})
    assert again.status_code == 201
    assert len(again.json()["history"]) == 3


def test_unknown_domains_are_counted_and_leave_the_list_once_they_are_somebodys(house, client):
    for count in (2, 3):
        seen(house, "hauck.example", count)
        house.clock.pass_by(hours=1)
    seen(house, "south.hauck.example", 9)
    seen(house, "other-hauck.example")
    [south, hauck, other] = client.get(UNKNOWN).json()["domains"]
    assert (south["domain"], hauck["messages"], other["obstacle"]) == ("south.hauck.example", 5, "")
    assert hauck["first_seen"] < hauck["last_seen"]
    assigned = client.post(f"{UNKNOWN}/hauck.example/assign", json={"counterparty": "Hauck", "kind": "customer"})
    assert assigned.json() == {"counterparty": "Hauck", "person": None}
    assert unknown(client) == {"other-hauck.example": 1}
    assert client.post(f"{UNKNOWN}/hauck.example/assign", json={"counterparty": "X"}).status_code == 409


def test_unknown_domains_come_in_pages(house, client):
    for number in range(5):
        seen(house, f"f{number}.example", 1 + number % 2)
    found, after = [], ""
    while after is not None:
        page = client.get(UNKNOWN, params={"limit": 2, "after": after}).json()
        found += [one["domain"] for one in page["domains"]]
        after = page["next"]
    assert found == ["f1.example", "f3.example", "f0.example", "f2.example", "f4.example"]


def test_free_mail_of_one_of_ours_resolves(house, client):
    client.post(PEOPLE, json=ANN)
    seen(house, "gmail.com", 7)
    assert client.get(UNKNOWN).json()["domains"][0]["obstacle"]
    refused = client.post(f"{UNKNOWN}/gmail.com/assign", json={"counterparty": "Hauck"})
    assert refused.status_code == 400
    body = {"address": "Ann.V@gmail.com", "person": "ann@ourco.example"}
    assert client.post(f"{UNKNOWN}/gmail.com/assign", json=body).json()["person"] == "ann@ourco.example"
    assert client.get(f"{PEOPLE}/ann.v@gmail.com").json()["name"] == "Ann"
    assert unknown(client) == {}


@pytest.mark.parametrize("body", [{}, {"address": "a@gmail.com"}, {"address": "a@web.de", "counterparty": "X"}])
def test_an_assignment_says_whose(house, client, body):
    seen(house, "gmail.com")
    assert client.post(f"{UNKNOWN}/gmail.com/assign", json=body).status_code == 400


def test_an_import_is_a_dry_run_unless_it_is_said_otherwise(client):
    told = imported(client, "address,name\nann@ourco.example,Ann\n").json()
    assert (told["dry_run"], told["added"], told["id"]) == (True, 1, None)
    assert client.get(PEOPLE).json()["people"] == []
    done = imported(client, "address,name\nann@ourco.example,Ann\n", dry_run=False, expected=told["digest"]).json()
    assert done["changes"] == [one | {"at": None} for one in told["changes"]]
    assert [one["name"] for one in client.get(PEOPLE).json()["people"]] == ["Ann"]
    assert [one["id"] for one in client.get("/api/v1/directory/imports").json()] == [done["id"]]
    again = imported(client, "address;name\r\nann@ourco.example;Ann\r\n").json()
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 1)


def test_an_import_that_would_do_otherwise_than_was_shown_is_refused(client):
    told = imported(client, "address,role\nann@ourco.example,Buyer\n").json()
    client.post(PEOPLE, json=ANN)
    asked = {"dry_run": False, "expected": told["digest"]}
    assert imported(client, "address,role\nann@ourco.example,Buyer\n", **asked).status_code == 409
    assert client.get(f"{PEOPLE}/ann@ourco.example").json()["role"] == ""


def test_only_the_columns_of_the_file_change(client):
    client.post(PEOPLE, json={**ANN, "role": "Buyer", "department": "Procurement"})
    told = imported(client, "address,role\nann@ourco.example,\n", dry_run=False).json()
    assert told["changes"][0]["fields"] == {"role": ["Buyer", ""]}
    assert client.get(f"{PEOPLE}/ann@ourco.example").json()["department"] == "Procurement"


def test_whoever_is_not_in_a_whole_list_has_left_and_is_back_once_named(client):
    for name in ("ann", "bo"):
        client.post(PEOPLE, json={"address": f"{name}@ourco.example"})
    client.post(PEOPLE, json={"address": "desk@ourco.example", "kind": "mailbox"})
    assert imported(client, "address\nbo@ourco.example\n", leave=True, dry_run=False).json()["left"] == 1
    who = {one["address"]: one["active"] for one in client.get(PEOPLE).json()["people"]}
    assert who == {"ann@ourco.example": False, "bo@ourco.example": True, "desk@ourco.example": True}
    assert imported(client, "address\nann@ourco.example\n", dry_run=False).json()["changed"] == 0
    assert imported(client, "address\nann@ourco.example\n", leave=True).json()["changed"] == 1


def test_counterparties_are_imported_and_a_domain_may_move(client):
    client.post(PARTIES, json={"name": "Hauck", "domains": ["hauck.example", "hauck.test"]})
    text = "name,kind,domains\nNorvik,supplier,norvik.example; hauck.test\n"
    told = imported(client, text, kind="counterparties", dry_run=False).json()
    assert {one["name"]: one["fields"]["domains"] for one in told["changes"]} == {
        "Hauck": [["hauck.example", "hauck.test"], ["hauck.example"]],
        "Norvik": [None, ["hauck.test", "norvik.example"]],
    }
    assert {one["name"]: one["domains"] for one in client.get(PARTIES).json()["counterparties"]} == {
        "Hauck": ["hauck.example"],
        "Norvik": ["hauck.test", "norvik.example"],
    }
    assert client.post(f"/api/v1/directory/imports/{told['id']}/undo").json() == {"reverted": 2, "kept": []}
    assert [one["domains"] for one in client.get(PARTIES).json()["counterparties"]] == [["hauck.example", "hauck.test"]]


def test_what_was_changed_since_stays_when_an_import_is_taken_back(client):
    client.post(PEOPLE, json=ANN)
    text = "address,role,department\nann@ourco.example,Buyer,P\nbo@ourco.example,Buyer,P\ncy@ourco.example,Buyer,P\n"
    done = imported(client, text, dry_run=False).json()
    client.patch(f"{PEOPLE}/ann@ourco.example", json={"role": "Lead"})
    client.patch(f"{PEOPLE}/bo@ourco.example", json={"manager": "ann@ourco.example"})
    client.patch(f"{PEOPLE}/cy@ourco.example", json={"role": "Lead"})
    undone = client.post(f"/api/v1/directory/imports/{done['id']}/undo").json()
    assert undone["reverted"] == 2
    assert {one["name"]: one["why"] for one in undone["kept"]} == {
        "ann@ourco.example": "keeps what was changed since: role",
        "cy@ourco.example": "stays, since it was changed: role",
    }
    people = {one["address"]: (one["role"], one["department"]) for one in client.get(PEOPLE).json()["people"]}
    assert people == {"ann@ourco.example": ("Lead", ""), "cy@ourco.example": ("Lead", "P")}
    assert client.post(f"/api/v1/directory/imports/{done['id']}/undo").status_code == 409


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("people", "address\nann\n", "people.csv, row 2: address has no @"),
        ("people", "address\na@b.example\na@b.example\n", "row 3: a@b.example stands in row 2 too"),
        ("people", 'address\n"a@b.example\n', "people.csv, row"),
        ("people", "address,kind\na@b.example,robot\n", "row 2: kind is one of person"),
        ("people", "address,members\na@b.example,c@b.example\n", "row 2: members are for a list"),
        ("counterparties", "name,domains\nA,gmail.com\n", "row 2, domains: gmail.com can't be a counterparty's"),
        (
            "counterparties",
            "name,domains\nA,ourco.example\n",
            "row 2, domains: ourco.example can't be a counterparty's",
        ),
        ("counterparties", "name,domains\nA,nothing\n", "row 2, domains: that is no domain (nothing)"),
        ("counterparties", "name\nA\nA\n", "row 3: A stands in an earlier row, too"),
        ("counterparties", "name,owner\nA,ann\n", "row 2: owner has no @"),
        ("people", "", "not empty"),
        ("people", b"address,name\na@b.example,\xe4\n", "can't be read as UTF-8 text (line 2)"),
        ("people", "x" * 8_000_001, "larger than 8 MB"),
    ],
)
def test_a_flaw_is_named_by_row_and_column_and_nothing_is_written(client, kind, text, said):
    answer = imported(client, text, kind=kind, dry_run=False)
    assert answer.status_code == 400
    assert said in answer.json()["detail"]
    assert client.get(PEOPLE).json()["people"] == []
    assert client.get(PARTIES).json()["counterparties"] == []


def test_reading_the_directory_does_not_allow_to_change_it(house):
    client = house.machine("directory:read")
    assert client.get(PEOPLE).status_code == 200
    assert client.get(PARTIES).status_code == 200
    assert client.get(UNKNOWN).status_code == 200
    assert client.post(PEOPLE, json=ANN).status_code == 403
    assert client.post(PARTIES, json={"name": "X"}).status_code == 403
    assert imported(client, "address\n").status_code == 403
    other = house.machine("alerts:read")
    assert other.get(PEOPLE).status_code == 403


def test_a_list_of_the_unknown_forgets_what_was_not_seen_for_long(house):
    seen(house, "hauck.example")
    with house.database.transaction() as session:
        assert expire_unknown(session, house.clock.now) == 0
        house.clock.pass_by(days=1)
        assert expire_unknown(session, house.clock.now) == 1
        assert session.scalars(select(UnknownDomain)).all() == []
