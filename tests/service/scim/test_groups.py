"""Groups as a client keeps them."""

import pytest

from tests.service.scim.conftest import USER

GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"


@pytest.fixture
def people(client):
    return add_people(client)


def add_people(client):
    return [client.add(f"{name}@ourco.example", displayName=name.title()) for name in ("ann", "bob", "eva")]


def members(client, group):
    return {one["display"] for one in client.get(f"/Groups/{group}").json()["members"]}


def op(kind, path=None, value=None):
    return {"op": kind, **({"path": path} if path else {}), **({"value": value} if value is not None else {})}


def values(*ids):
    return [{"value": one} for one in ids]


def test_members_come_and_go_as_they_are_told(client, people):
    ann, bob, eva = people
    group = client.group("Team", ann)
    steps = [
        ([op("Add", "members", values(bob, eva, bob))], {"Ann", "Bob", "Eva"}),
        ([op("remove", f'members[value eq "{ann}" or value eq "{eva}"]')], {"Bob"}),
        ([op("add", None, {"members": values(ann)})], {"Ann", "Bob"}),
        ([op("replace", None, {"members": values(eva), "displayName": "Team"})], {"Eva"}),
        ([op("remove", "members", values(eva)), op("add", "members", values(eva))], {"Eva"}),
        ([op("add", "members", values(ann)), op("remove", "members", values(ann))], {"Eva"}),
        ([op("remove", "members"), op("add", "members", values(bob))], {"Bob"}),
        ([op("add", "members", {"value": ann})], {"Ann", "Bob"}),
        ([op("add", "members", ann.upper())], {"Ann", "Bob"}),
        ([op("replace", "members", values(ann)), op("remove", f'members[value eq "{ann}"]')], set()),
        ([op("remove", f'members[value eq "{ann}"]')], set()),
        ([op("remove", 'members[value eq "nobody"]')], set()),
        ([op("remove", "members", values("nobody"))], set()),
    ]
    for operations, left in steps:
        assert client.patch(f"/Groups/{group}", *operations).status_code == 204
        assert members(client, group) == left


REFUSED = [
    (op("add", "members", values("nobody")), "invalidValue"),
    (op("add", "members", values("0b1c2d3e-4f50-4617-8899-aabbccddee44")), "invalidValue"),
    (op("add", "members", [7]), "invalidValue"),
    (op("replace", "members.display", "x"), "invalidPath"),
    (op("remove", 'members[display eq "Ann"]'), "invalidPath"),
    (op("remove", 'members[value eq "a" and value eq "b"]'), "invalidPath"),
    (op("add", 'members[value eq "a"]', values("a")), "invalidPath"),
    (op("replace", "nonsense", "x"), "invalidPath"),
    (op("replace", f"{USER}:title", "x"), "invalidPath"),
    (op("replace", "id", "x"), "mutability"),
    (op("replace", "displayName", ""), "invalidValue"),
    (op("remove", "displayName"), "invalidValue"),
    (op("replace", "displayName", "x" * 201), "invalidValue"),
    (op("replace", "displayName", "TEAM 2"), "uniqueness"),
    (op("remove"), "noTarget"),
    (op("jump", "members"), "invalidSyntax"),
]


def test_a_change_that_can_not_be_is_refused_and_nothing_of_it_happens(client, people):
    group = client.group("Team", people[0])
    client.group("Team 2")
    for operation, keyword in REFUSED:
        answer = client.patch(f"/Groups/{group}", op("add", "members", values(people[1])), operation)
        assert answer.json().get("scimType") == keyword, operation
        assert answer.status_code == (409 if keyword == "uniqueness" else 400)
    assert members(client, group) == {"Ann"}


def test_a_put_is_the_whole_group(client, people):
    group = client.group("Team", *people)
    answer = client.put(f"/Groups/{group}", {"schemas": [GROUP], "displayName": "Crew", "members": values(people[1])})
    assert [one["display"] for one in answer.json()["members"]] == ["Bob"]
    assert client.put(f"/Groups/{group}", {"displayName": "Crew"}).json()["members"] == []


@pytest.mark.parametrize("body", [{}, {"displayName": ""}, {"displayName": None}, {"displayName": {"a": 1}}])
def test_a_group_needs_a_name(lone, body):
    answer = lone.post("/Groups", body)
    assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidValue")


def test_no_two_groups_share_a_name(client):
    client.group("Team")
    for name in ("Team", "tEAM"):
        answer = client.post("/Groups", {"displayName": name})
        assert (answer.status_code, answer.json()["scimType"]) == (409, "uniqueness")


FILTERS = [
    ('displayName eq "TEAM"', {"Team"}),
    ('displayName sw "c"', {"Crew"}),
    ('externalId eq "g-1"', {"Crew"}),
    ("not (externalId pr)", {"Team"}),
    ('members.display eq "ann"', {"Team"}),
    ('members[display eq "eva"]', set()),
    ('meta.lastModified ge "2026-03-14"', {"Team", "Crew"}),
]


def test_a_filter_finds_the_groups_that_it_names(client, people):
    client.group("Team", *people[:2])
    client.post("/Groups", {"displayName": "Crew", "externalId": "g-1"})
    assert {wanted: set(client.find(wanted, "Groups")) for wanted, _ in FILTERS} == dict(FILTERS)


def test_a_filter_finds_groups_by_a_members_id(client, people):
    client.group("Team", *people[:2])
    assert client.find(f'members eq "{people[0]}"', "Groups") == ["Team"]
    assert client.find(f'members[value eq "{people[2]}"]', "Groups") == []


def test_what_changes_is_in_the_history_and_the_log(client, people):
    group = client.group("Team", people[0])
    before = client.version()
    client.patch(f"/Groups/{group}", op("replace", "displayName", "Crew"), op("add", "members", values(people[1])))
    client.patch(f"/Groups/{group}", op("replace", "displayName", "Crew"), op("add", "members", values(people[1])))
    client.delete(f"/Groups/{group}")
    assert client.version() == before + 2
    assert [fields for _, fields in client.history("Crew")] == [
        {"name": [None, "Team"], "joined": [None, ["ann@ourco.example"]]},
        {"name": ["Team", "Crew"], "joined": [None, ["bob@ourco.example"]]},
        {"name": ["Crew", None], "left": [["ann@ourco.example", "bob@ourco.example"], None]},
    ]
    [*_, last] = client.audited()
    assert last == ("Crew", {"subject": "group", "fields": ["left", "name"]})
    assert client.person("ann@ourco.example").active


@pytest.mark.parametrize("which", ["0b1c2d3e-4f50-4617-8899-aabbccddee44", "48af03ac28ad4fb88478", "%00", "x" * 500])
def test_what_there_is_not_is_not_found(lone, which):
    change = {"Operations": [op("remove", "externalId")]}
    body = {"PUT": {"userName": "x@ourco.example", "displayName": "x"}, "PATCH": change}
    for kind in ("Users", "Groups"):
        for method in ("GET", "PUT", "PATCH", "DELETE"):
            answer = lone.http.request(method, f"/scim/v2/{kind}/{which}", json=body.get(method))
            assert (answer.status_code, answer.json()["status"]) == (404, "404")


def test_a_patch_is_answered_with_the_group_when_attributes_are_asked_for(client, people):
    group = client.group("Team")
    path = f"/Groups/{group}?attributes=members"
    answer = client.patch(path, op("add", "members", values(people[0])))
    assert [one["display"] for one in answer.json()["members"]] == ["Ann"]
    assert answer.json().keys() == {"schemas", "id", "members"}


def test_a_version_tells_whether_a_group_changed_meanwhile(client, people):
    group = client.group("Team")
    tag = client.get(f"/Groups/{group}").headers["etag"]
    client.house.clock.pass_by(seconds=1)
    first = client.patch(f"/Groups/{group}", op("add", "members", values(people[0])), headers={"If-Match": tag})
    assert first.status_code == 204
    assert first.headers["etag"] == client.get(f"/Groups/{group}").headers["etag"] != tag
    late = client.patch(f"/Groups/{group}", op("add", "members", values(people[1])), headers={"If-Match": tag})
    assert late.status_code == 412
