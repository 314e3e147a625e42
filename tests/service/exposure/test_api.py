"""The ledger over the API: lists and filters, one entry, edits, what is written by hand, files, and who sees what."""

import csv
import io
import json
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import event

from messages import FactKind, SealedFact
from service.audit.store import list_entries as audit_entries
from service.models import User
from service.negotiations.models import NegotiationAccess, SealedMessage
from service.negotiations.plan import EntryRole, PlanEntry, add_fact
from tests.fakes.ledger import START, add_counterparty, add_negotiation, fill_ledger, tell, told

URL = "/api/v1/exposure"


@pytest.fixture
def lead(house):
    return house.browser("lead", name="Ann")


def record(house, *pieces):
    """Tell the ledger; each piece is (label, words, more)."""
    with house.database.transaction() as session:
        for label, words, more in pieces:
            tell(session, house.keys, told(session, house.keys, label, words, **more))


@pytest.fixture
def filled(house):
    with house.database.transaction() as session:
        castings = add_negotiation(session)
        add_counterparty(session, "Brandl")
    record(
        house,
        ("elicitation", "what is your budget?", {"author": "lena@norvik.example", "negotiations": (castings,)}),
        ("budget", "480k left", {"day": 3, "negotiations": (castings,)}),
        ("leverage", "the line is down", {"day": 4, "author": "ida@ourco.example"}),
        ("timeline", "by 14 May", {"day": 5, "firms": ("Brandl",), "department": "Logistics"}),
    )
    return castings


def listed(browser, **params):
    answer = browser.get(URL, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["entries"]


def test_the_list_shows_what_was_told_in_neutral_words_and_nobody_by_name(house, filled, lead):
    entries = listed(lead)
    assert [one["label"] for one in entries] == ["timeline", "leverage", "budget", "elicitation"]
    budget = entries[2]
    assert budget["words"] == "an amount of ours that they can price up to"
    assert (budget["told_by"], budget["negotiation"], budget["days"]) == ("Engineering 1", "Castings 2027", 3.0)
    assert "@" not in json.dumps(entries)
    # Not "480" alone: an id may hold that by chance.
    assert not any(one in json.dumps(entries) for one in ("480k", "480,000", "480 "))


FILTERS = [
    ({"counterparty": "Brandl"}, ["timeline"]),
    ({"counterparty": "Nobody"}, []),
    ({"kind": "asked"}, ["elicitation"]),
    ({"kind": ["asked", "known"], "counterparty": "Norvik"}, ["leverage", "budget", "elicitation"]),
    ({"label": ["budget", "timeline"]}, ["timeline", "budget"]),
    ({"state": "retracted"}, []),
    ({"state": ["valid", "outdated"], "label": "budget"}, ["budget"]),
    ({"person": "Engineering 2"}, ["leverage"]),
    ({"person": "Logistics 1"}, ["timeline"]),
    ({"person": "Nobody 1"}, []),
    ({"since": "2026-03-06T00:00:00Z"}, ["timeline", "leverage"]),
    ({"until": "2026-03-05T09:00:00Z"}, ["elicitation"]),
]


@pytest.mark.parametrize(("params", "labels"), FILTERS)
def test_a_filter_narrows(house, filled, lead, params, labels):
    assert [one["label"] for one in listed(lead, **params)] == labels


def test_a_negotiation_narrows(house, filled, lead):
    assert [one["label"] for one in listed(lead, negotiation=str(filled))] == ["budget", "elicitation"]
    assert listed(lead, negotiation=str(uuid.uuid4())) == []


@pytest.mark.parametrize("params", [{"counterparty": "a\0b"}, {"label": "\0"}, {"person": "\0"}, {"cursor": "x"}])
def test_what_cannot_be_looked_for_is_refused(house, lead, params):
    assert lead.get(URL, params=params).status_code == 400


def test_pages_follow_each_other_without_gap_or_repetition(house, lead):
    with house.database.transaction() as session:
        add_counterparty(session)
        ids = [str(one) for one in fill_ledger(session, house.keys, entries=45)]
    seen, cursor = [], None
    while True:
        page = lead.get(URL, params={"limit": 20} | ({"cursor": cursor} if cursor else {})).json()
        seen += [one["id"] for one in page["entries"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == ids[::-1]


def test_an_entry_shows_its_words_and_its_chain_and_the_look_is_on_record(house, filled, lead):
    budget = listed(lead, label="budget")[0]
    entry = lead.get(f"{URL}/{budget['id']}").json()
    assert [(one["words"], one["told_by"]) for one in entry["sources"]] == [("480k left", "Engineering 1")]
    [chain] = entry["chains"]
    assert [(one["kind"], one["told_by"], one["days"]) for one in chain["links"]] == [
        ("asked", "Norvik 1", 0.0),
        ("known", "Engineering 1", 3.0),
    ]
    with house.database.transaction(write=False) as session:
        assert audit_entries(session)[0].action == "exposure.viewed"
    assert lead.get(f"{URL}/{uuid.uuid4()}").status_code == 404


def edit(browser, entry_id, **body):
    return browser.post(f"{URL}/{entry_id}/edits", json={"reason": "It was in the tender."} | body)


def test_the_team_edits_with_a_reason_and_takes_it_back(house, filled, lead):
    entry_id = listed(lead, label="leverage")[0]["id"]
    answer = edit(lead, entry_id, state="known_before", words="They knew of the line.")
    assert answer.status_code == 201
    assert (answer.json()["state"], answer.json()["words"]) == ("known_before", "They knew of the line.")
    [step] = answer.json()["edits"]
    assert (step["actor"], step["reason"], step["state_before"]) == ("Ann", "It was in the tender.", "valid")
    undone = lead.post(f"{URL}/{entry_id}/edits/{step['id']}/undo")
    assert undone.status_code == 201
    assert (undone.json()["state"], undone.json()["words"]) == ("valid", "that we depend on them, or struggle")
    assert [one["undone"] for one in undone.json()["edits"]] == [True, False]
    assert lead.post(f"{URL}/{entry_id}/edits/{step['id']}/undo").status_code == 409


UNFIT = [
    ({"reason": ""}, 422),
    ({"reason": "  ", "state": "outdated"}, 422),
    ({"reason": "so"}, 422),
    ({"state": "gone"}, 422),
    ({"words": "a\0b"}, 422),
    ({"state": "valid"}, 409),
    ({"state": "outdated", "more": 1}, 422),
]


@pytest.mark.parametrize(("body", "status"), UNFIT)
def test_an_edit_that_says_nothing_is_refused(house, filled, lead, body, status):
    entry_id = listed(lead, label="leverage")[0]["id"]
    assert edit(lead, entry_id, **body).status_code == status


def test_only_the_last_edit_can_be_taken_back(house, filled, lead):
    entry_id = listed(lead, label="leverage")[0]["id"]
    first = edit(lead, entry_id, state="outdated").json()["edits"][0]["id"]
    edit(lead, entry_id, state="retracted")
    assert lead.post(f"{URL}/{entry_id}/edits/{first}/undo").status_code == 409
    other = listed(lead, label="budget")[0]["id"]
    assert lead.post(f"{URL}/{other}/edits/{first}/undo").status_code == 404


@pytest.mark.parametrize(
    ("role", "reads", "edits"),
    [("reviewer", 200, 403), ("lead", 200, 201), ("administrator", 200, 201), ("tuner", 403, 403)],
)
def test_roles_read_and_edit_as_they_may(house, filled, lead, role, reads, edits):
    entry_id = listed(lead, label="leverage")[0]["id"]
    browser = house.browser(role)
    assert browser.get(URL).status_code == reads
    assert browser.get(f"{URL}/export").status_code == reads
    assert edit(browser, entry_id, state="outdated").status_code == edits
    assert browser.post(URL, json=by_hand()).status_code == edits


def by_hand(**more):
    return {
        "counterparty": "Norvik",
        "kind": "known",
        "topic": "timeline",
        "words": "They know when the contract ends.",
        "said_at": "2026-03-10T10:00:00Z",
        "way": "phone",
        "told_by": "Engineering",
        "reason": "Lena said so on the phone.",
    } | more


def test_what_was_said_on_the_phone_is_written_down_and_links(house, filled, lead):
    record(house, ("elicitation", "when does your contract end?", {"author": "lena@norvik.example", "day": 6}))
    answer = lead.post(URL, json=by_hand())
    assert answer.status_code == 201, answer.text
    entry = answer.json()
    assert (entry["words"], entry["channel"], entry["added_by"]) == (
        "They know when the contract ends.",
        "phone",
        "Ann",
    )
    assert entry["told_by"] == "Engineering 3"
    assert [one["reason"] for one in entry["edits"]] == ["Lena said so on the phone."]
    assert [round(one["days"]) for one in entry["chains"][0]["links"]] == [0, 2]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"counterparty": "Nobody"}, 400),
        ({"said_at": "2027-03-10T10:00:00Z"}, 400),
        ({"said_at": "2026-03-10T10:00:00"}, 422),
        ({"topic": "commitment"}, 400),
        ({"topic": "elicitation"}, 400),
        ({"topic": "weather"}, 422),
        ({"negotiation": str(uuid.UUID(int=7))}, 400),
        ({"reason": " "}, 422),
        ({"words": "a\0b"}, 422),
    ],
)
def test_what_cannot_be_written_down_is_refused(house, filled, lead, more, status):
    assert lead.post(URL, json=by_hand(**more)).status_code == status


def test_the_export_holds_what_the_list_shows_and_is_on_record(house, filled, lead):
    lines = lead.get(f"{URL}/export", params={"format": "jsonl"}).text.splitlines()
    assert [json.loads(one) for one in lines] == listed(lead)
    rows = list(csv.DictReader(io.StringIO(lead.get(f"{URL}/export", params={"label": "budget"}).text)))
    assert [row["told_by"] for row in rows] == ["Engineering 1"]
    with house.database.transaction(write=False) as session:
        entry = audit_entries(session)[0]
    assert (entry.action, entry.detail) == ("exposure.exported", {"label": ["budget"], "format": "csv"})


@pytest.fixture
def sealed(house):
    """Give a negotiation whose plan Hanna holds, with a sealed fact that was told; returns ids and browsers."""
    hanna = house.user("lead", name="Hanna")
    with house.database.transaction() as session:
        castings = add_negotiation(session, team=("teo@ourco.example",))
        session.add(NegotiationAccess(negotiation_id=castings, user_id=hanna, admitted_by="test", admitted_at=START))
        session.flush()
        fact = SealedFact(id="", kind=FactKind.AMOUNT, value=7.5, currency="EUR", unit="piece")
        entry = PlanEntry(role=EntryRole.WALK_AWAY, title="unit price", fact=fact)
        stored = add_fact(session, house.keys, castings, entry, actor="Hanna", now=START)
        fact_id = getattr(stored, "id", stored)
        one = told(session, house.keys, "sealed_fact", "seven and a half", rule=str(fact_id), negotiations=(castings,))
        session.add(SealedMessage(message_id=one.message_id, negotiation_id=castings))
        tell(session, house.keys, one)
    return castings, house.browser(user=hanna)


def test_a_sealed_fact_is_told_to_holders_alone(house, sealed, lead):
    _, holder = sealed
    [entry] = listed(lead)
    assert (entry["words"], entry["topic"]) == ("a sealed fact of negotiation “Castings 2027”", "")
    outside = lead.get(f"{URL}/{entry['id']}")
    for secret in ("7.5", "seven", "unit price", "walk", "budget", "EUR"):
        assert secret not in outside.text
    assert [one["words"] for one in outside.json()["sources"]] == [""]
    inside = holder.get(f"{URL}/{entry['id']}").json()
    assert inside["words"] == "walk-away, unit price: EUR 7.5 per piece"
    assert [one["words"] for one in inside["sources"]] == ["seven and a half"]
    assert inside["topic"] == "budget"


def test_no_list_and_no_file_tells_a_sealed_fact_even_to_holders(house, sealed):
    _, holder = sealed
    for path in (URL, f"{URL}/export?format=csv", f"{URL}/export?format=jsonl"):
        text = holder.get(path).text
        assert "a sealed fact of negotiation" in text
        assert "7.5" not in text


def test_where_a_plan_has_holders_they_and_the_team_edit_and_their_words_are_theirs(house, sealed, lead):
    castings, holder = sealed
    record(house, ("budget", "480k left", {"negotiations": (castings,), "day": 2}))
    entry_id = listed(lead, label="budget")[0]["id"]
    assert edit(lead, entry_id, state="outdated").status_code == 403
    assert lead.post(URL, json=by_hand(negotiation=str(castings))).status_code == 403
    assert edit(holder, entry_id, words="our walk-away of 7.50", reason="7.50 is in it").status_code == 201
    seen = lead.get(f"{URL}/{entry_id}")
    assert seen.json()["words"] == "an amount of ours that they can price up to"
    assert "7.50" not in seen.text + lead.get(URL).text
    assert "7.50" in holder.get(f"{URL}/{entry_id}").text
    teo = house.user("lead", name="Teo")
    link_address(house, teo, "teo@ourco.example")
    member = house.browser(user=teo)
    assert edit(member, entry_id, state="outdated").status_code == 201
    assert "7.50" not in member.get(f"{URL}/{entry_id}").text


def link_address(house, user_id, address):
    with house.database.transaction() as session:
        session.get(User, user_id).address = address


def test_two_thousand_entries_are_listed_fast(house, lead):
    with house.database.transaction() as session:
        castings = add_negotiation(session)
        fill_ledger(session, house.keys, negotiation=castings, now=START + timedelta(days=600))
    statements = count_statements(house)
    assert len(listed(lead, limit=2000)) == 2000
    assert len(statements) < 30


def count_statements(house):
    statements = []
    event.listen(house.database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    return statements
