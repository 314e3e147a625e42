"""Negotiations over the API: registered, changed, copied, archived; and what is refused, in words."""

import json
import uuid

import pytest
from sqlalchemy import select

from messages import Counterparty, Directory, Person
from service.auth.users import get_user
from service.directory.models import Person as PersonRow
from service.directory.store import save_directory
from service.directory.version import context_version
from service.models import AuditEntry
from service.negotiations.access import holders
from service.negotiations.models import NegotiationRow

BO, IDA, PAVEL = "bo@ourco.example", "ida@ourco.example", "pavel@ourco.example"
DIRECTORY = Directory(
    own_domains=("ourco.example",),
    people={
        BO: Person(address=BO, name="Bo Lind", aliases=("bo@freemail.example",)),
        IDA: Person(address=IDA, name="Ida Kern", department="Treasury"),
        PAVEL: Person(address=PAVEL, name="Pavel"),
    },
    counterparties=(Counterparty(name="Norvik", domains=("norvik.example",)), Counterparty(name="Brandl")),
)
LEAST = {"name": "Castings 2026", "counterparties": ["Norvik"], "lead": BO}
FULL = LEAST | {
    "team": [IDA],
    "phase": "bids",
    "from": "2026-02-02",
    "to": "2026-06-30",
    "blackout": [{"from": "2026-04-20", "to": "2026-05-08", "allowed": [IDA]}],
    "authority": [{"person": IDA, "price": 50000}],
    "former": [{"person": PAVEL, "until": "2026-02-28"}],
    "finance": ["treasury"],
    "topics": ["castings"],
    "two_needed": True,
    "published": [{"text": "60 days net", "date": "2026-03-01"}],
}
ALL = "/api/v1/negotiations"


@pytest.fixture
def lead(house):
    with house.database.transaction() as session:
        save_directory(session, DIRECTORY)
    return house.browser("lead", name="Lea")


def made(browser, /, **fields):
    answer = browser.post(ALL, json={**LEAST, **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


def browser_of(house, address, *roles):
    """Sign somebody in who is a person of ours."""
    user = house.user(*(roles or ("lead",)))
    with house.database.transaction() as session:
        get_user(session, user).address = address
    return house.browser(user=user)


def test_what_is_registered_is_read_again(lead):
    one = lead.post(ALL, json=FULL)
    assert one.status_code == 201, one.text
    shown = lead.get(f"{ALL}/{one.json()['id']}").json()
    assert shown == one.json()
    assert {key: shown[key] for key in FULL if key != "authority"} == {
        k: v for k, v in FULL.items() if k != "authority"
    }
    assert shown["authority"] == [{"person": IDA, "may": ["price"], "price": 50000.0, "currency": "EUR"}]
    assert (shown["version"], shown["next_day"], shown["next_event"]) == (1, "2026-04-20", "blackout begins")
    assert [state["state"] for state in shown["states"]] == ["no_plan"]
    assert not shown["held"]


def test_an_alias_names_the_person_and_spaces_in_the_name_do_not_count(lead):
    one = made(lead, lead="Bo@Freemail.example", name=" Castings\n  2026 ")
    assert (one["lead"], one["name"]) == (BO, "Castings 2026")


FLAWS = [
    ({"name": " "}, "name is needed"),
    ({"name": "x" * 201}, "name is longer than 200 characters"),
    ({"name": "a\x00b"}, "name has a character in it that can't be kept"),
    ({"counterparties": []}, "counterparties must name one or more"),
    ({"counterparties": [f"F{number}" for number in range(40_000)]}, "counterparties has more than 1000 entries"),
    ({"counterparties": ["Norvik", "a\ud800"]}, "counterparties has a character in it that can't be kept"),
    ({"counterparties": ["Norwik"]}, "'Norwik', which is not in the directory: add the firm under Counterparties"),
    ({"lead": ""}, "lead is needed"),
    (
        {"lead": "bob@ourco.example"},
        "lead names 'bob@ourco.example', who is not in the directory: add them under People",
    ),
    ({"team": ["bob@ourco.example"]}, "team names 'bob@ourco.example'"),
    ({"team": [BO] * 1001}, "team has more than 1000 entries"),
    ({"phase": "haggling"}, "phase must be one of scouting, rfi"),
    ({"from": "2026-03-02", "to": "2026-03-01"}, "the last day lies before the first day (2026-03-02)"),
    ({"blackout": [{"from": "2026-03-02", "to": "2026-03-01"}]}, "blackout 1: the last day lies before"),
    ({"authority": [{"person": IDA}]}, "authority 1: what they may talk about must name one or more"),
    ({"authority": [{"person": IDA, "price": -1}]}, "authority 1: the highest price must be an amount"),
    ({"authority": [{"person": IDA, "price": 1, "currency": "euro"}]}, "currency must be three letters"),
    ({"authority": [{"person": IDA, "price": 1}] * 2}, "names ida@ourco.example twice"),
    ({"finance": ["Money"]}, "no address and no department of anybody in the directory"),
]


@pytest.mark.parametrize(("fields", "says"), FLAWS, ids=[says[:40] for _, says in FLAWS])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_wrong_is_told_by_the_field_in_words(lead, fields, says):
    answer = lead.post(ALL, content=json.dumps({**LEAST, **fields}), headers={"Content-Type": "application/json"})
    assert answer.status_code == 400, answer.text
    assert says in answer.json()["detail"]
    assert lead.get(ALL).json()["negotiations"] == []


@pytest.mark.parametrize(
    "fields",
    [
        {"lead": 7},
        {"from": "soon"},
        {"two_needed": "yes"},
        {"published": [{"text": "x"}]},
        {"plan": "secret"},
        {"authority": [{"person": IDA, "price": float("inf")}]},
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_no_such_field_or_value_is_refused(lead, fields):
    body = json.dumps({**LEAST, **fields})
    answer = lead.post(ALL, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422


def test_two_of_one_name_are_refused(lead):
    made(lead)
    answer = lead.post(ALL, json=LEAST)
    assert answer.status_code == 409
    assert "has this name" in answer.json()["detail"]


def test_five_hundred_in_a_team_and_hostile_names_are_kept_as_they_are(lead, house):
    people = {f"p{n}@ourco.example": Person(address=f"p{n}@ourco.example") for n in range(500)}
    with house.database.transaction() as session:
        save_directory(session, Directory(own_domains=("ourco.example",), people=people))
    name = "<script>alert(1)</script> \u202eevil'; DROP TABLE negotiation;--"
    one = made(lead, name=name, team=list(people))
    assert one["name"] == name
    assert len(lead.get(f"{ALL}/{one['id']}").json()["team"]) == 500


def test_a_change_is_made_from_the_version_that_was_seen(lead):
    one = made(lead)
    changed = lead.patch(f"{ALL}/{one['id']}", json={"version": 1, "phase": "rfq", "to": "2026-09-30"})
    assert changed.status_code == 200, changed.text
    assert (changed.json()["phase"], changed.json()["to"], changed.json()["version"]) == ("rfq", "2026-09-30", 2)
    late = lead.patch(f"{ALL}/{one['id']}", json={"version": 1, "phase": "award"})
    assert late.status_code == 409
    assert "Somebody else has changed this negotiation" in late.json()["detail"]
    gone = lead.patch(f"{ALL}/{one['id']}", json={"version": 2, "to": None})
    assert (gone.json()["to"], gone.json()["phase"]) == (None, "rfq")


def test_a_change_that_changes_nothing_leaves_no_trace(lead):
    one = made(lead)
    assert lead.patch(f"{ALL}/{one['id']}", json={"version": 1, "phase": "scouting"}).json()["version"] == 1
    assert lead.get(f"{ALL}/{one['id']}/history").json() == []


def test_history_tells_who_changed_what_from_what_to_what(lead, house):
    one = made(lead)
    house.clock.pass_by(minutes=1)
    lead.patch(f"{ALL}/{one['id']}", json={"version": 1, "team": [IDA], "counterparties": ["Norvik", "Brandl"]})
    house.clock.pass_by(minutes=1)
    lead.patch(f"{ALL}/{one['id']}", json={"version": 2, "phase": "rfq"})
    phase, team = lead.get(f"{ALL}/{one['id']}/history").json()
    assert (phase["actor"], phase["fields"]) == ("Lea", {"phase": ["scouting", "rfq"]})
    assert team["fields"] == {"team": [[], [IDA]], "counterparties": [["Norvik"], ["Brandl", "Norvik"]]}


def test_who_left_stops_no_change_of_anything_else(lead, house):
    one = made(lead, team=[IDA], finance=["treasury", PAVEL])
    with house.database.transaction() as session:
        for address in (BO, IDA, PAVEL):
            session.delete(session.get_one(PersonRow, address))
    changed = lead.patch(f"{ALL}/{one['id']}", json={"version": 1, "phase": "rfq"})
    assert changed.status_code == 200, changed.text
    assert {"lead_gone", "team_gone"} <= {state["state"] for state in changed.json()["states"]}
    new = lead.patch(f"{ALL}/{one['id']}", json={"version": 2, "team": [IDA, "bob@ourco.example"]})
    assert new.status_code == 400


def test_whoever_registers_what_they_lead_holds_its_plan_and_nobody_else_changes_lead_and_team(lead, house):
    bo = browser_of(house, BO)
    one = made(bo, team=[IDA])
    assert one["held"]
    with house.database.transaction() as session:
        assert [holder.address for holder in holders(session, uuid.UUID(one["id"]))] == [BO]
    path = f"{ALL}/{one['id']}"
    administrator = house.browser("administrator")
    for fields in ({"lead": IDA}, {"team": [IDA, PAVEL]}, {"team": []}):
        refused = administrator.patch(path, json={"version": 1, **fields})
        assert refused.status_code == 403
        assert "holders: they alone change lead, team" in refused.json()["detail"]
    assert administrator.patch(path, json={"version": 1, "phase": "rfq"}).status_code == 200
    assert bo.patch(path, json={"version": 2, "team": [IDA, PAVEL]}).status_code == 200


def test_nobody_holds_the_plan_of_what_others_lead_until_it_is_claimed(lead, house):
    one = made(lead)
    assert not one["held"]
    assert lead.patch(f"{ALL}/{one['id']}", json={"version": 1, "lead": IDA}).status_code == 200


def test_a_copy_begins_anew_a_year_later(lead):
    one = made(lead, **{**FULL, "to": "2028-02-29"})
    copied = lead.post(f"{ALL}/{one['id']}/copy", json={"name": "Castings 2027"})
    assert copied.status_code == 201, copied.text
    copy = copied.json()
    assert (copy["from"], copy["to"], copy["phase"]) == ("2027-02-02", "2029-02-28", "scouting")
    assert copy["blackout"] == [{"from": "2027-04-20", "to": "2027-05-08", "allowed": [IDA]}]
    assert (copy["team"], copy["authority"], copy["topics"]) == (one["team"], one["authority"], one["topics"])
    assert (copy["published"], copy["former"], copy["copied_from"]) == ([], [], one["id"])
    assert not copy["has_plan"]


def test_a_template_needs_nobody_and_is_begun_from(lead):
    mould = lead.post(ALL, json={"name": "Tender", "is_template": True, "two_needed": True, "phase": "rfq"}).json()
    assert (mould["is_template"], mould["states"]) == (True, [])
    without = lead.post(f"{ALL}/{mould['id']}/copy", json={"name": "Castings"})
    assert without.status_code == 400
    begun = lead.post(f"{ALL}/{mould['id']}/copy", json={"name": "Castings", "lead": BO, "counterparties": ["Norvik"]})
    assert (begun.json()["phase"], begun.json()["two_needed"], begun.json()["is_template"]) == ("rfq", True, False)
    assert [one["name"] for one in lead.get(ALL).json()["negotiations"]] == ["Castings"]
    assert [one["name"] for one in lead.get(ALL, params={"template": True}).json()["negotiations"]] == ["Tender"]
    saved = lead.post(f"{ALL}/{begun.json()['id']}/copy", json={"name": "Mould", "is_template": True})
    assert saved.json()["is_template"]


def test_an_archived_one_is_out_of_the_list_until_it_is_restored(lead):
    one = made(lead)
    path = f"{ALL}/{one['id']}"
    assert lead.post(f"{path}/archive").json()["archived_at"]
    assert lead.get(ALL).json()["negotiations"] == []
    assert [row["name"] for row in lead.get(ALL, params={"archived": True}).json()["negotiations"]] == ["Castings 2026"]
    refused = lead.patch(path, json={"version": 2, "phase": "rfq"})
    assert refused.status_code == 409
    assert "archived: restore it first" in refused.json()["detail"]
    assert lead.post(f"{path}/restore").json()["archived_at"] is None
    assert len(lead.get(f"{path}/history").json()) == 2


def test_what_was_published_is_appended_with_its_day(lead):
    one = made(lead)
    path = f"{ALL}/{one['id']}/published"
    assert lead.post(path, json={"text": "Level 2", "date": "2026-03-01"}).status_code == 201
    told = lead.post(path, json={"text": " 60 days net "}).json()["published"]
    assert told == [{"text": "Level 2", "date": "2026-03-01"}, {"text": "60 days net", "date": "2026-03-14"}]
    assert lead.post(path, json={"text": "x", "date": "2026-03-15"}).status_code == 400
    assert lead.post(path, json={"text": "  "}).status_code == 400
    assert lead.patch(f"{ALL}/{one['id']}", json={"version": 3, "published": []}).status_code == 422


def test_the_list_is_narrowed_and_paged(lead):
    made(lead, name="A", phase="rfq", team=[IDA])
    made(lead, name="b", counterparties=["Brandl"], topics=["Hydraulics"])
    made(lead, name="C", lead=IDA)

    def names(**asked):
        return [one["name"] for one in lead.get(ALL, params=asked).json()["negotiations"]]

    assert names() == ["A", "b", "C"]
    assert names(phase="rfq") == ["A"]
    assert names(counterparty="brandl") == ["b"]
    assert names(person=IDA) == ["A", "C"]
    assert names(q="hydr") == ["b"]
    assert names(q="nobody") == []
    assert names(states="firm_unmatched") == ["b"]
    assert names(states="no_second_person") == ["b", "C"]
    first = lead.get(ALL, params={"limit": 2}).json()
    assert [one["name"] for one in first["negotiations"]] == ["A", "b"]
    assert names(limit=2, after=first["next"]) == ["C"]
    assert lead.get(ALL, params={"after": str(uuid.uuid4())}).status_code == 404


def test_an_export_gives_no_spreadsheet_a_formula(lead):
    made(lead, name="=HYPERLINK(1)", team=[IDA])
    answer = lead.get(f"{ALL}/export")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "'=HYPERLINK(1)" in answer.text
    assert "No plan" in answer.text


def test_every_change_is_on_record_and_makes_snapshots_old(lead, house):
    one = made(lead)
    with house.database.transaction() as session:
        before = context_version(session)
    lead.patch(f"{ALL}/{one['id']}", json={"version": 1, "phase": "rfq"})
    lead.post(f"{ALL}/{one['id']}/archive")
    lead.post(f"{ALL}/{one['id']}/restore")
    with house.database.transaction() as session:
        assert context_version(session) == before + 3
        actions = session.scalars(select(AuditEntry.action).where(AuditEntry.object == one["id"])).all()
    assert actions == [f"negotiation.{what}" for what in ("created", "changed", "archived", "restored")]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_readers_read_and_only_who_may_manages(lead, house):
    one = made(lead)
    reader, officer = house.browser("reviewer"), house.browser("privacy_officer")
    assert reader.get(f"{ALL}/{one['id']}").status_code == 200
    assert officer.get(ALL).status_code == 403
    for path in (ALL, f"{ALL}/{one['id']}/archive", f"{ALL}/{one['id']}/copy"):
        assert reader.post(path, json=LEAST).status_code == 403
    assert house.machine("negotiations:read").get(ALL).status_code == 200
    assert house.anonymous().get(ALL).status_code == 401


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_negotiation_that_is_not_there_is_not_found(lead):
    path = f"{ALL}/{uuid.uuid4()}"
    assert lead.get(path).status_code == 404
    assert lead.patch(path, json={"version": 1}).status_code == 404
    assert lead.post(f"{path}/archive").status_code == 404
    assert lead.get(f"{path}/history").status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_one_that_can_not_be_read_does_not_stop_the_list(lead, house):
    made(lead)
    made(lead, name="Broken")
    with house.database.transaction() as session:
        session.scalars(select(NegotiationRow).where(NegotiationRow.name == "Broken")).one().phase = "haggling"
    assert [one["name"] for one in lead.get(ALL).json()["negotiations"]] == ["Castings 2026"]
