"""Somebody gets another address: all that names them by it goes along."""

import json

import pytest
from sqlalchemy import select

from messages import Directory
from service.auth.users import get_user
from service.directory.models import Counterparty, Person
from service.directory.store import load_directory
from service.exposure.models import ExposureEntry, ExposurePerson
from service.models import User
from service.negotiations.models import NegotiationChange, NegotiationRow
from service.negotiations.snapshot import load_register
from tests.fakes.ledger import tell, told

OLD, NEW = "ann.berg@ourco.example", "ann.holm@ourco.example"
TERMS = {
    "team": [OLD, "bob@ourco.example"],
    "sponsors": [OLD],
    "superiors": [],
    "former": [{"person": OLD, "until": "2026-01-31"}],
    "blackout": [{"from": "2026-02-01", "to": "2026-02-07", "allowed": [OLD]}],
    "authority": [{"person": OLD, "may": ["price"], "price": 50000, "currency": "EUR"}],
    "finance": ["Finance", OLD],
    "topics": [OLD],
    "two_needed": False,
    "published": [],
}


@pytest.fixture
def ann(client):
    """Ann, and what names her by her address; returns her id."""
    clock, house = client.house.clock, client.house
    ann = client.add(OLD, displayName="Ann Berg", emails=[{"value": OLD, "type": "work", "primary": True}])
    client.group("Team", ann)
    user = house.user("reviewer", name="Ann")
    client.knows(
        Person(address="bob@ourco.example", manager=OLD, deputy=OLD, slack_id="U7"),
        Person(address="office@ourco.example", kind="assistant", members=[OLD, "bob@ourco.example"]),
        Counterparty(name="Norvik", kind="supplier", owner=OLD),
        *(
            NegotiationRow(
                name=name,
                phase="rfq",
                lead=lead,
                terms=terms,
                created_at=clock(),
                created_by="test",
                updated_at=clock(),
            )
            for name, lead, terms in (("Housing", OLD, TERMS), ("Other", "bob@ourco.example", {**TERMS, "team": []}))
        ),
        NegotiationRow(
            name="Untouched", phase="rfq", lead="bob@ourco.example", terms={"topics": ["x" + OLD]},
            created_at=clock(), created_by="test", updated_at=clock(),
        ),
    )  # fmt: skip
    with house.database.transaction() as session:
        get_user(session, user).address = OLD
        session.get(Person, OLD).slack_id = "U1"
    return ann


def rename(client, ann, to=NEW):
    return client.patch(f"/Users/{ann}", {"op": "Replace", "path": "userName", "value": to})


def rows(client, table):
    with client.house.database.transaction(write=False) as session:
        return session.scalars(select(table)).all()


def test_all_that_names_somebody_goes_along(client, ann):
    assert rename(client, ann).status_code == 200
    person = client.person(NEW)
    assert (str(person.scim_id), person.aliases, person.slack_id) == (ann, [OLD], "U1")
    assert client.person(OLD) is None
    bob, office = client.person("bob@ourco.example"), client.person("office@ourco.example")
    assert (bob.manager, bob.deputy, office.members) == (NEW, NEW, [NEW, "bob@ourco.example"])
    assert [user.address for user in rows(client, User) if user.name == "Ann"] == [NEW]
    assert [party.owner for party in rows(client, Counterparty)] == [NEW]
    assert client.find('members.display eq "Ann Berg"', "Groups") == ["Team"]
    housing, other, untouched = sorted(rows(client, NegotiationRow), key=lambda one: one.name)
    assert (housing.lead, other.lead) == (NEW, "bob@ourco.example")
    named = {**TERMS, "topics": []}
    assert {**housing.terms, "topics": []} == json.loads(json.dumps(named).replace(OLD, NEW))
    # Words by which a message is told to belong to the negotiation are no names of people.
    assert housing.terms["topics"] == [OLD]
    assert [one.version for one in (housing, other, untouched)] == [2, 2, 1]
    changes = [one.fields for one in rows(client, NegotiationChange) if one.negotiation_id == housing.id]
    assert [one["lead"] for one in changes] == [[OLD, NEW]]


def test_in_the_ledger_they_keep_their_pseudonym(client, ann):
    house = client.house
    with house.database.transaction() as session:
        tell(session, house.keys, told(session, house.keys, "budget", "we can pay 40 k", author=OLD))
    rename(client, ann)
    with house.database.transaction() as session:
        tell(session, house.keys, told(session, house.keys, "timeline", "we launch on 3 May", author=NEW))
    assert {one.author for one in rows(client, ExposureEntry)} == {NEW}
    assert [(one.address, one.pseudonym) for one in rows(client, ExposurePerson)] == [(NEW, "Engineering 1")]


def test_detection_knows_them_by_both_addresses(client, ann):
    rename(client, ann)
    with client.house.database.transaction(write=False) as session:
        directory = load_directory(session, ["ourco.example"])
        register = load_register(session, client.house.keys, directory)
    assert isinstance(directory, Directory)
    assert directory.person(OLD).address == directory.person(NEW).address == NEW
    assert {one.lead for one in register if one.name == "Housing"} == {NEW}


def test_the_history_goes_along_and_says_what_the_address_was(client, ann):
    rename(client, ann)
    assert client.history(OLD) == []
    [*_, last] = client.history(NEW)
    assert last[1] == {"address": [OLD, NEW], "aliases": [[], [OLD]], "user_name": [OLD, NEW]}


def test_nobody_else_gets_the_old_address(client, ann):
    rename(client, ann)
    assert client.post("/Users", {"userName": OLD}).status_code == 409
    assert rename(client, client.add("eva@ourco.example"), OLD).status_code == 409


def test_there_and_back_again(client, ann):
    rename(client, ann)
    assert rename(client, ann, OLD).status_code == 200
    person = client.person(OLD)
    assert (str(person.scim_id), person.aliases) == (ann, [NEW])


def test_an_address_that_another_user_of_the_console_has_is_refused(client, ann):
    other = client.house.user("reviewer")
    with client.house.database.transaction() as session:
        get_user(session, other).address = NEW
    answer = rename(client, ann)
    assert (answer.status_code, answer.json()["scimType"]) == (409, "uniqueness")
    assert client.person(OLD) is not None


def test_another_address_at_work_moves_who_signs_in_by_another_name(client):
    ann = client.add("aberg", emails=[{"value": OLD, "type": "work"}])
    change = {"op": "Replace", "path": 'emails[type eq "work"].value', "value": NEW.title()}
    shown = client.patch(f"/Users/{ann}", change).json()
    assert (shown["id"], shown["emails"]) == (ann, [{"value": NEW.title(), "type": "work"}])
    assert client.person(NEW).aliases == [OLD]
    assert client.find(f'emails[type eq "work"].value eq "{NEW}"') == ["aberg"]


def test_an_alias_goes_when_the_client_takes_it_back_and_stays_when_it_came_otherwise(client):
    ann = client.add(OLD, emails=[{"value": OLD, "type": "work"}, {"value": "ann@home.example", "type": "home"}])
    with client.house.database.transaction() as session:
        session.get(Person, OLD).aliases = ["ann@home.example", "a.berg@ourco.example"]
    client.patch(f"/Users/{ann}", {"op": "remove", "path": 'emails[type eq "home"]'})
    assert client.person(OLD).aliases == ["a.berg@ourco.example"]
