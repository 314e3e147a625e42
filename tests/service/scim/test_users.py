"""Users as a client keeps them, and what the directory makes of it."""

import pytest

from service.directory.models import Counterparty, CounterpartyDomain, Person
from tests.service.scim.conftest import ENTERPRISE, USER


def replace(path, value):
    return {"op": "replace", "path": path, "value": value}


def work(address):
    return [{"value": address, "type": "work", "primary": True}]


def test_a_user_becomes_a_person_of_ours(client):
    boss = client.add("tom@ourco.example", displayName="Tom Brandl")
    client.add(
        "Ann.Berg@ourco.example",
        name={"givenName": "Ann", "familyName": "Berg"},
        title="Engineer",
        externalId="e-1",
        emails=[*work("ann.berg@ourco.example"), {"value": "Ann@Berg.example", "type": "home"}],
        **{ENTERPRISE: {"department": "Research", "manager": {"value": boss}}},
    )
    ann = client.person("ann.berg@ourco.example")
    assert (ann.name, ann.role, ann.department, ann.manager) == (
        "Ann Berg",
        "Engineer",
        "Research",
        "tom@ourco.example",
    )
    assert (ann.aliases, ann.external_id, ann.active, ann.origin) == (["ann@berg.example"], "e-1", True, "scim")
    assert ann.created_at == ann.updated_at == client.house.clock()


def test_what_changes_is_in_the_history_and_the_log_and_the_rest_is_not(client):
    ann = client.add("ann@ourco.example", displayName="Ann Berg", title="Engineer")
    before = client.version()
    client.patch(f"/Users/{ann}", replace("title", "Lead"))
    client.patch(f"/Users/{ann}", replace("title", "Lead"))
    assert client.version() == before + 1
    created, changed = client.history("ann@ourco.example")
    assert created[0] == changed[0] == "scim"
    assert created[1]["name"] == [None, "Ann Berg"]
    assert changed[1] == {"role": ["Engineer", "Lead"]}
    [_, last] = client.audited()
    assert last == ("ann@ourco.example", {"subject": "person", "fields": ["role"]})
    assert "Ann" not in str(client.audited())


def test_people_who_came_otherwise_are_found_by_their_address_and_keep_their_id(client):
    client.knows(Person(address="eva@ourco.example", name="Eva Maler", role="Buyer", slack_id="U1"))
    [eva] = client.get("/Users", filter='userName eq "Eva@ourco.example"').json()["Resources"]
    assert (eva["userName"], eva["displayName"], eva["title"]) == ("eva@ourco.example", "Eva Maler", "Buyer")
    assert eva["emails"] == [{"value": "eva@ourco.example", "type": "work", "primary": True}]
    answer = client.put(f"/Users/{eva['id']}", {"userName": "Eva@ourco.example", "displayName": "Eva Malerin"})
    assert (answer.json()["id"], answer.json()["userName"]) == (eva["id"], "Eva@ourco.example")
    person = client.person("eva@ourco.example")
    # What the client never gave is not its to clear.
    assert (person.name, person.role, person.slack_id) == ("Eva Malerin", "Buyer", "U1")


def test_a_put_clears_what_the_client_gave_before_and_leaves_out_now(client):
    ann = client.add("ann@ourco.example", displayName="Ann", title="Engineer", externalId="e-1", active=False)
    answer = client.put(f"/Users/{ann}", {"userName": "ann@ourco.example"})
    assert answer.json().keys() & {"displayName", "title", "externalId"} == set()
    assert answer.json()["active"] is False


@pytest.mark.parametrize(
    ("user_name", "address"),
    [("anna", "eva@ourco.example"), ("anna@corp.example", "eva@ourco.example")],
    ids=["a name", "an address"],
)
def test_somebody_known_by_mail_address_alone_is_taken_over(client, user_name, address):
    client.knows(Person(address=address, name="Eva Maler", role="Buyer"))
    known = client.id_of(address)
    assert client.add(user_name, emails=work(address)) == known
    assert client.find(f'userName eq "{user_name}"') == [user_name]
    assert client.person(address).role == "Buyer"
    assert client.find("title pr") == [user_name]


@pytest.mark.parametrize(
    "body",
    [
        {"userName": "ANN@ourco.example"},
        {"userName": "other", "emails": work("ann@ourco.example")},
        {"userName": "other@ourco.example", "emails": work("ann@ourco.example")},
        {"userName": "other", "emails": work("ann@home.example")},
        {"userName": "other@ourco.example", "emails": [{"value": "Ann@home.example", "type": "home"}]},
        {"userName": "bob@ourco.example"},
        {"userName": "BOBBY"},
        {"userName": "team@ourco.example"},
        {"userName": "eva@ourco.example"},
    ],
    ids=str,
)
def test_a_name_or_address_is_one_persons(lone, body):
    lone.add("ann@ourco.example", emails=[*work("ann@ourco.example"), {"value": "ann@home.example", "type": "home"}])
    lone.add("bobby", emails=work("bob@ourco.example"))
    lone.knows(Person(address="team@ourco.example", kind="list"), Person(address="eva@ourco.example"))
    answer = lone.post("/Users", {"schemas": [USER], **body})
    assert (answer.status_code, answer.json()["scimType"]) == (409, "uniqueness")
    assert "ourco" not in answer.text


@pytest.mark.parametrize(
    "operation",
    [
        replace("userName", "Ann@ourco.example"),
        replace("userName", "ann@home.example"),
        replace("userName", "ANNIE"),
        replace('emails[type eq "other"].value', "ann@home.example"),
    ],
    ids=str,
)
def test_nobody_takes_over_a_name_or_address_by_a_change(lone, operation):
    lone.add("annie", emails=[*work("ann@ourco.example"), {"value": "ann@home.example", "type": "home"}])
    bob = lone.add("bob@ourco.example")
    answer = lone.patch(f"/Users/{bob}", operation)
    assert (answer.status_code, answer.json()["scimType"]) == (409, "uniqueness")
    assert lone.person("bob@ourco.example").aliases == []


def test_a_guest_of_a_counterparty_is_not_made_one_of_ours(client):
    firm = Counterparty(name="Norvik", kind="supplier", people=["pia@freemail.example"], primary_contact="p@x.example")
    firm.domains = [CounterpartyDomain(domain="norvik.example")]
    client.knows(firm)
    for address in ("pia@norvik.example", "pia@sub.norvik.example", "pia@freemail.example", "p@x.example"):
        for body in ({"userName": address}, {"userName": "pia_ext@ourco.example", "emails": work(address)}):
            answer = client.post("/Users", body)
            assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidValue")
    assert client.find("active eq true") == []


def test_somebody_deleted_has_left_and_comes_back_as_the_same(client):
    ann = client.add("ann@ourco.example", displayName="Ann Berg", title="Engineer")
    client.group("Research", ann)
    assert client.delete(f"/Users/{ann}").status_code == 204
    person = client.person("ann@ourco.example")
    assert (person.name, person.active) == ("Ann Berg", False)
    for answer in (
        client.get(f"/Users/{ann}"),
        client.patch(f"/Users/{ann}", replace("active", value=True)),
        client.put(f"/Users/{ann}", {"userName": "ann@ourco.example"}),
        client.delete(f"/Users/{ann}"),
    ):
        assert (answer.status_code, answer.json()["status"]) == (404, "404")
    assert client.find('displayName co "ann"') == []
    assert client.get("/Groups").json()["Resources"][0]["members"] == []
    assert client.history("ann@ourco.example")[-1][1] == {"active": [True, False], "groups": [["Research"], []]}
    assert client.add("ann@ourco.example", displayName="Ann Holm") == ann
    revived = client.get(f"/Users/{ann}").json()
    assert (revived["active"], revived["displayName"], revived.get("title")) == (True, "Ann Holm", None)


def test_somebody_deleted_who_is_active_again_by_other_means_is_there_again(client):
    ann = client.add("ann@ourco.example")
    client.delete(f"/Users/{ann}")
    with client.house.database.transaction() as session:
        session.get(Person, "ann@ourco.example").active = True
    assert client.get(f"/Users/{ann}").status_code == 200


def test_the_user_name_of_somebody_deleted_can_be_another_persons(client):
    ann = client.add("aberg", emails=work("ann.berg@ourco.example"))
    client.delete(f"/Users/{ann}")
    anton = client.add("ABerg", emails=work("anton.berg@ourco.example"))
    assert anton != ann
    assert client.find('userName eq "aberg"') == ["ABerg"]
    assert not client.person("ann.berg@ourco.example").active


def test_lists_and_mailboxes_are_no_users(client):
    client.knows(
        Person(address="team@ourco.example", kind="list"),
        Person(address="info@ourco.example", kind="mailbox"),
        Person(address="assistant@ourco.example", kind="assistant"),
    )
    assert client.find("active eq true") == ["assistant@ourco.example"]
    assert client.get(f"/Users/{client.id_of('team@ourco.example')}").status_code == 404


def test_a_name_that_was_mended_here_is_shown_as_mended(client):
    ann = client.add("ann@ourco.example", displayName="Anne Berg")
    with client.house.database.transaction() as session:
        session.get(Person, "ann@ourco.example").name = "Ann Berg"
    assert client.get(f"/Users/{ann}").json()["displayName"] == "Ann Berg"
    client.patch(f"/Users/{ann}", replace("title", "Lead"))
    assert client.person("ann@ourco.example").name == "Ann Berg"
    client.patch(f"/Users/{ann}", replace("displayName", "Ann Holm"))
    assert client.person("ann@ourco.example").name == "Ann Holm"


@pytest.mark.parametrize(
    ("said", "stored"),
    [("eva@ourco.example", "eva@ourco.example"), ("Not.Known@ourco.example", "not.known@ourco.example")],
)
def test_a_manager_may_be_named_by_address(lone, said, stored):
    lone.knows(Person(address="eva@ourco.example", name="Eva"))
    ann = lone.add("ann@ourco.example", **{ENTERPRISE: {"manager": {"value": said}}})
    assert lone.person("ann@ourco.example").manager == stored
    shown = lone.get(f"/Users/{ann}").json()[ENTERPRISE]["manager"]
    assert shown["value"] == (lone.id_of(said) if said.startswith("eva") else stored)


@pytest.mark.parametrize("manager", ["eva", "0b1c2d3e-4f50-4617-8899-aabbccddee44", "ann@ourco.example"])
def test_a_manager_who_can_not_be_is_refused(lone, manager):
    answer = lone.post("/Users", {"userName": "ann@ourco.example", ENTERPRISE: {"manager": {"value": manager}}})
    assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidValue")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"userName": ""},
        {"userName": "ann"},
        {"userName": "ann", "emails": [{"value": "ann"}]},
        {"userName": "ann@ourco.example", "emails": [{"value": "no address"}]},
        {"userName": ["a", "b"]},
        {"userName": "ann\x00@ourco.example"},
        {"userName": "ann@ourco.example", "displayName": "A\x00"},
        {"userName": "ann@ourco.example", "displayName": "A" * 301},
        {"userName": "ann@ourco.example", "externalId": "x" * 1001},
        {"userName": "ann@ourco.example", "active": "maybe"},
        {"userName": "ann@ourco.example", "name": "Ann"},
    ],
    ids=lambda body: str(body)[:60] + str(len(str(body))),
)
def test_a_user_that_can_not_be_is_refused(lone, body):
    answer = lone.post("/Users", body)
    assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidValue")


def test_names_of_all_kinds_come_back_as_they_were_sent_and_are_found(client):
    for number, name in enumerate(("Ünal Çelik", "李小龍", "O'Brien; DROP TABLE person", "Zoë 🦊", "100%_real\\")):
        user = client.add(f"person{number}@ourco.example", displayName=name, title=name)
        assert client.get(f"/Users/{user}").json()["displayName"] == name
        quoted = name.replace("\\", "\\\\")
        for operator in ("eq", "sw", "co", "ew"):
            assert client.find(f'displayName {operator} "{quoted}"') == [f"person{number}@ourco.example"]


FILTERS = [
    ('userName eq "ANN@ourco.example"', {"ann"}),
    ('userName sw "B"', {"bob"}),
    ('userName co "n@ourco"', {"ann"}),
    ('userName ew "OURCO.example"', {"ann", "bob", "eva"}),
    ('userName ne "ann@ourco.example"', {"bob", "eva"}),
    ('userName gt "b"', {"bob", "eva"}),
    ('userName lt "b"', {"ann"}),
    ('userName ge "bob@ourco.example" and userName le "bob@ourco.example"', {"bob"}),
    ('externalId eq "E-1"', {"ann"}),
    ('externalId eq "e-1"', set()),
    ('externalId ne "E-1"', {"bob", "eva"}),
    ('not (externalId eq "E-1")', {"bob", "eva"}),
    ("externalId pr", {"ann"}),
    ("not (externalId pr)", {"bob", "eva"}),
    ("externalId eq null", {"bob", "eva"}),
    ('name.familyName eq "BERG"', {"ann"}),
    ('not (name.familyName eq "berg")', {"bob", "eva"}),
    ("name.givenName pr", {"ann"}),
    ('title eq "buyer" or title eq "ENGINEER"', {"ann", "eva"}),
    ('displayName co "a" and (title pr)', {"ann", "eva"}),
    ("active eq false", {"bob"}),
    ('active eq "True"', {"ann", "eva"}),
    ("active ne true", {"bob"}),
    ('emails[type eq "work"].value eq "Ann@mail.example"', {"ann"}),
    ('emails[type eq "work"].value eq "eva@ourco.example"', {"eva"}),
    ('emails[type eq "home"].value eq "eva@ourco.example"', set()),
    ('emails[type eq "home" and value co "home"]', {"ann"}),
    ('emails eq "ann@home.example"', {"ann"}),
    ('emails.value sw "bob"', {"bob"}),
    ('emails.type eq "work"', {"ann", "bob", "eva"}),
    ("emails[primary eq true]", {"ann", "bob", "eva"}),
    ('not (emails[type eq "home"])', {"bob", "eva"}),
    ("emails pr", {"ann", "bob", "eva"}),
    (f"{ENTERPRISE}:manager pr", {"ann"}),
    (f'{ENTERPRISE}:manager.value eq "bob@ourco.example"', {"ann"}),
    (f'{ENTERPRISE}:department eq "research"', {"ann"}),
    ('groups.display eq "Team"', {"bob"}),
    ('meta.created ge "2026-01-01T00:00:00Z"', {"ann", "bob"}),
    ('meta.lastModified gt "2026-03-14T12:00:00+00:00"', set()),
    ('id eq "no id at all"', set()),
    ('groups[value eq "no id at all"]', set()),
]


def test_a_filter_finds_whom_it_names(client):
    bob = client.add("bob@ourco.example", active=False)
    client.add(
        "ann@ourco.example",
        externalId="E-1",
        name={"givenName": "Ann", "familyName": "Berg"},
        title="Engineer",
        emails=[*work("ann@mail.example"), {"value": "ann@home.example", "type": "home"}],
        **{ENTERPRISE: {"department": "Research", "manager": {"value": bob}}},
    )
    client.knows(Person(address="eva@ourco.example", name="Eva Maler", role="Buyer"))
    client.group("team", bob)
    found = {wanted: {one.partition("@")[0] for one in client.find(wanted)} for wanted, _ in FILTERS}
    assert found == dict(FILTERS)


def test_pages_hold_everybody_once(client):
    wanted = {f"person{i}@ourco.example" for i in range(7)}
    client.knows(*(Person(address=one) for one in wanted))
    seen = []
    for start in (1, 4, 7, 10):
        page = client.get("/Users", startIndex=start, count=3).json()
        assert (page["totalResults"], page["startIndex"]) == (7, start)
        assert page["itemsPerPage"] == len(page["Resources"])
        seen += [one["userName"] for one in page["Resources"]]
    assert sorted(seen) == sorted(wanted)


@pytest.mark.parametrize(
    ("query", "start", "shown"),
    [
        ({"count": 0}, 1, 0),
        ({"count": -5}, 1, 0),
        ({"count": 1000000}, 1, 3),
        ({"startIndex": 0}, 1, 3),
        ({"startIndex": -7, "count": 2}, 1, 2),
        ({"startIndex": 99999999999}, 1_000_000_000, 0),
        ({"startIndex": "", "count": ""}, 1, 3),
    ],
)
def test_a_page_that_can_not_be_is_the_nearest_that_can(lone, query, start, shown):
    lone.knows(*(Person(address=f"person{i}@ourco.example") for i in range(3)))
    page = lone.get("/Users", **query).json()
    assert (page["totalResults"], page["startIndex"], page["itemsPerPage"]) == (3, start, shown)
    assert len(page["Resources"]) == shown


def test_a_page_has_no_more_than_the_server_says(lone):
    lone.knows(*(Person(address=f"person{i}@ourco.example") for i in range(250)))
    most = lone.get("/ServiceProviderConfig").json()["filter"]["maxResults"]
    assert len(lone.get("/Users", count=1000).json()["Resources"]) == most == 200
    assert len(lone.get("/Users").json()["Resources"]) == 100


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"attributes": "userName"}, {"userName"}),
        ({"attributes": "USERNAME, name.familyName"}, {"userName", "name"}),
        ({"attributes": f"{USER}:title,{ENTERPRISE}:department"}, {"title", ENTERPRISE}),
        ({"attributes": "nonsense,,a b,1"}, set()),
        ({"excludedAttributes": f"emails,groups,name,meta,title,id,schemas,{ENTERPRISE}"},
         {"userName", "displayName", "active"}),
    ],
)  # fmt: skip
def test_only_what_is_asked_for_is_shown(lone, query, shown):
    names = {"givenName": "Ann", "familyName": "Berg"}
    ann = lone.add("ann@ourco.example", name=names, title="E", **{ENTERPRISE: {"department": "R"}})
    for one in (lone.get(f"/Users/{ann}", **query).json(), lone.get("/Users", **query).json()["Resources"][0]):
        assert one.keys() == {"schemas", "id"} | shown
    partly = lone.get(f"/Users/{ann}", attributes="name.familyName,emails.value").json()
    assert (partly["name"], partly["emails"]) == ({"familyName": "Berg"}, [{"value": "ann@ourco.example"}])
    partly = lone.get(f"/Users/{ann}", excludedAttributes="name.familyName").json()
    assert partly["name"] == {"givenName": "Ann", "formatted": "Ann Berg"}


def test_a_version_tells_whether_somebody_changed_meanwhile(client):
    ann = client.add("ann@ourco.example", title="Engineer")
    first = client.get(f"/Users/{ann}")
    tag = first.headers["etag"]
    assert tag == first.json()["meta"]["version"]
    assert client.http.get(f"/scim/v2/Users/{ann}", headers={"If-None-Match": tag}).status_code == 304
    assert client.patch(f"/Users/{ann}", replace("title", "A"), headers={"If-Match": tag}).status_code == 200
    late = client.patch(f"/Users/{ann}", replace("title", "B"), headers={"If-Match": tag})
    assert (late.status_code, late.json()["status"]) == (412, "412")
    assert client.delete(f"/Users/{ann}", headers={"If-Match": tag}).status_code == 412
    assert client.person("ann@ourco.example").role == "A"
    assert client.put(f"/Users/{ann}", {"userName": "ann@ourco.example"}, headers={"If-Match": "*"}).status_code == 200
