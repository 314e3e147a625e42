"""A large company, large requests, and two clients at once."""

import json
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert

from service.directory.fields import NEW_PERSON
from service.directory.models import GroupMember, Person, PersonGroup

PEOPLE = 20_000


@pytest.fixture
def company(client):
    """A company of 20,000 people who are all in one group; returns the group's id and the people's."""
    ids, group = [uuid.uuid4() for _ in range(PEOPLE)], uuid.uuid4()
    now = client.house.clock()
    with client.house.database.transaction() as session:
        people = [
            {**NEW_PERSON, "address": f"p{i}@ourco.example", "name": f"Person {i}", "scim_id": one}
            for i, one in enumerate(ids)
        ]
        session.execute(insert(Person), people)
        session.execute(insert(PersonGroup), [{"id": group, "name": "All", "created_at": now, "updated_at": now}])
        session.execute(insert(GroupMember), [{"group_id": group, "address": one["address"]} for one in people])
    return str(group), [str(one) for one in ids]


def statements(client, ask):
    """Return the answer, and how many statements it took."""
    seen = []

    def note(*args):
        seen.append(args[2])

    event.listen(client.house.database.engine, "before_cursor_execute", note)
    try:
        return ask(), len(seen)
    finally:
        event.remove(client.house.database.engine, "before_cursor_execute", note)


def test_a_large_company_is_kept_in_reasonable_time(client, company):
    group, ids = company
    path = f"/Groups/{group}"
    some = [{"value": one} for one in ids[:100]]
    whole = {
        "displayName": "All",
        "members": [{"value": one, "display": "somebody of this company"} for one in ids[1:]],
    }
    remove = [{"op": "Remove", "path": f'members[value eq "{one}"]'} for one in ids[:1000]]
    asked = {
        "a member joins": lambda: client.patch(path, {"op": "Add", "path": "members", "value": some[:1]}),
        "a thousand operations": lambda: client.patch(path, *remove),
        "the group without members": lambda: client.get(path, excludedAttributes="members"),
        "the group": lambda: client.get(path),
        "the whole group anew": lambda: client.put(f"{path}?excludedAttributes=members", whole),
        "a user by name": lambda: client.get("/Users", filter='userName eq "P17777@ourco.example"'),
        "a user by mail": lambda: client.get("/Users", filter='emails[type eq "work"].value eq "p7@ourco.example"'),
        "users by a part of the name": lambda: client.get("/Users", filter='displayName co "999" and active eq true'),
        "the last page": lambda: client.get("/Users", startIndex=19_901, count=100),
    }
    for what, ask in asked.items():
        began = time.perf_counter()
        answer, count = statements(client, ask)
        took = time.perf_counter() - began
        assert answer.status_code in {200, 204}, (what, answer.text[:300])
        assert took < 15, what
        assert count < 150, (what, count)
    assert len(client.get(path).json()["members"]) == PEOPLE - 1


def test_the_same_page_takes_as_many_statements_for_one_as_for_many(client):
    boss = client.add("boss@ourco.example")
    manager = {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": boss}}}
    users = [client.add(f"u{i}@ourco.example", emails=[{"value": f"u{i}@x.example"}], **manager) for i in range(20)]
    client.group("Team", *users)
    _, few = statements(client, lambda: client.get("/Users", count=1, filter='userName eq "u1@ourco.example"'))
    _, many = statements(client, lambda: client.get("/Users", count=100))
    assert many <= few


def test_of_two_clients_who_add_the_same_user_at_once_one_does(client):
    gate = threading.Barrier(4)

    def add(_):
        gate.wait()
        return client.post("/Users", {"userName": "ann@ourco.example", "displayName": "Ann"}).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(add, range(4))) == [201, 409, 409, 409]


def test_what_two_clients_change_at_once_is_all_kept(client):
    group, ann = client.group("Team"), client.add("ann@ourco.example")
    users = [client.add(f"u{i}@ourco.example") for i in range(8)]
    texts = ("title", "externalId", "displayName", "name.familyName")
    gate = threading.Barrier(8)

    def change(i):
        gate.wait()
        joins = {"op": "add", "path": "members", "value": [{"value": users[i]}]}
        statuses = [client.patch(f"/Groups/{group}", joins).status_code]
        if i < len(texts):
            statuses.append(client.patch(f"/Users/{ann}", {"op": "add", "path": texts[i], "value": "x"}).status_code)
        return statuses

    with ThreadPoolExecutor(8) as pool:
        assert {one for found in pool.map(change, range(8)) for one in found} == {200, 204}
    assert len(client.get(f"/Groups/{group}").json()["members"]) == 8
    shown = client.get(f"/Users/{ann}").json()
    assert (shown["title"], shown["externalId"], shown["displayName"], shown["name"]["familyName"]) == ("x",) * 4


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
PATHS = st.sampled_from(
    [
        "userName",
        "active",
        "emails",
        'emails[type eq "work"].value',
        "name",
        "manager",
        "members",
        "title",
        "",
        "displayName",
    ]
) | st.text(max_size=12)
OPERATION = st.fixed_dictionaries(
    {"op": st.sampled_from(["add", "Replace", "remove"])}, optional={"path": PATHS | JSON, "value": JSON}
)
NAMES = st.sampled_from(
    ["userName", "active", "emails", "name", "manager", "members", "displayName", "externalId", "title"]
)
BODY = st.dictionaries(NAMES | st.text(max_size=8), JSON, max_size=5) | st.fixed_dictionaries(
    {"Operations": st.lists(OPERATION | JSON, max_size=4)}
)
QUERY = st.fixed_dictionaries(
    {},
    optional={
        key: st.text(max_size=12) for key in ("filter", "count", "startIndex", "attributes", "excludedAttributes")
    },
)
LOOK = settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@LOOK
@given(
    body=BODY, query=QUERY, method=st.sampled_from(["POST", "PUT", "PATCH"]), kind=st.sampled_from(["Users", "Groups"])
)
def test_whatever_is_sent_ends_in_an_answer_that_was_foreseen(client, body, query, method, kind):
    name = uuid.uuid4().hex
    known = client.add(f"{name}@ourco.example") if kind == "Users" else client.group(name)
    path = f"/scim/v2/{kind}" if method == "POST" else f"/scim/v2/{kind}/{known}"
    headers = {"Content-Type": "application/scim+json"}
    for answer in (
        client.http.request(method, path, content=json.dumps(body), params=query, headers=headers),
        client.http.get(path, params=query),
    ):
        assert answer.status_code < 500, answer.text
        assert not answer.content or answer.json()["schemas"]
