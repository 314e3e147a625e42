"""The ledger's pages: what stands there, for whom, in which order, and what the team does to it."""

import re

import pytest
from sqlalchemy import select

from service.auth.permissions import Role
from service.models import AuditEntry, FindingRow
from tests.fakes.alerts import Case
from tests.fakes.console import text_of
from tests.fakes.told import SECRET, Told, add_negotiation, add_secret, add_told, firm_id, holder, link, seal_message

SPECIFICATION = Told(label="specification", words="a technical value of ours", days=30, confidence=0.65)
QUESTION = Told(kind="asked", topic="timeline", words="what dates press us", author="pia@norvik.example", days=9)
PROMISE = Told(kind="promised", label="commitment", words="a price or terms of payment", days=1)


def ledger(client, negotiation, **query):
    return client.get(f"/negotiations/{negotiation}/ledger", params=query)


def entries(page):
    return re.findall(r'data-entry="([^"]+)"', page.text)


def evidence(house):
    """Store an alert; returns its id, its message's, and where the evidence stands."""
    [alert] = house.add(Case())
    with house.database.transaction() as session:
        row = session.scalars(select(FindingRow).where(FindingRow.alert_id == alert)).one()
        return alert, row.message_id, row.start, row.end


def actions(house):
    with house.database.transaction(write=False) as session:
        return session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()


def test_an_empty_ledger_says_how_it_fills(house, client):
    page = ledger(client, add_negotiation(house))
    assert page.status_code == 200
    assert "Nothing on record yet" in text_of(page)


def test_an_entry_says_what_who_when_how_sure_and_how_often(house, client):
    negotiation = add_negotiation(house)
    add_told(house, negotiation, Told(times=3, span=10, confidence=0.93))
    said = text_of(ledger(client, negotiation))
    for part in (
        "an amount of ours that they can price up to Valid",
        "Budget Told by Engineering 1",
        "Very sure (0.93)",
        "first 1 Mar",
        "last 3 d ago",
        "3 times",
        "to Norvik",
    ):
        assert part in said
    assert "jonas@" not in said


def test_a_question_says_who_answered_and_after_how_many_days_or_that_it_is_open(house, client):
    negotiation = add_negotiation(house)
    told, asked, _ = add_told(house, negotiation, Told(), QUESTION, QUESTION)
    link(house, asked, told, days=2.6)
    said = text_of(ledger(client, negotiation, kind="asked"))
    assert "Answered by Engineering 1 3 days later" in said
    assert said.count("Open: no answer is on record") == 1
    assert "Answers a question of theirs" in text_of(ledger(client, negotiation, kind="known"))


def test_the_words_of_the_source_stand_there_with_the_alert(house, client):
    negotiation = add_negotiation(house)
    alert, message, start, end = evidence(house)
    add_told(house, negotiation, Told(message=message, start=start, end=end))
    page = ledger(client, negotiation)
    assert "“we have 480k left for this”" in text_of(page).replace("we have", "“we have").replace("this A", "this” A")
    assert f'href="/alerts/{alert}"' in page.text


def test_the_words_of_a_message_with_a_sealed_fact_are_withheld(house, client):
    negotiation = add_negotiation(house)
    _, message, start, end = evidence(house)
    add_told(house, negotiation, Told(message=message, start=start, end=end))
    seal_message(house, negotiation, message)
    page = ledger(client, negotiation)
    assert "480k" not in page.text
    assert "Withheld: it holds a sealed fact of negotiation “Castings 2027”" in text_of(page)
    assert "480k" in ledger(holder(house, negotiation), negotiation).text


def test_a_sealed_fact_is_told_to_holders_alone_and_on_its_own_page(house, client):
    negotiation = add_negotiation(house)
    [entry] = add_told(house, negotiation, Told(label="sealed_fact", sealed_fact=add_secret(house, negotiation)))
    for address in (f"/negotiations/{negotiation}/ledger", f"/exposure/{entry}", "/exposure"):
        assert SECRET[:4] not in client.get(address).text
    assert "a sealed fact of negotiation “Castings 2027”" in text_of(ledger(client, negotiation))
    mine = holder(house, negotiation)
    assert "7.57" not in ledger(mine, negotiation).text
    assert "walk-away, unit price: EUR 7.57 per piece" in text_of(mine.get(f"/exposure/{entry}"))


def test_what_the_team_typed_for_holders_is_for_holders(house, client):
    negotiation = add_negotiation(house)
    mine = holder(house, negotiation)
    [entry] = add_told(house, negotiation, Told(typed="they know the 7.57"))
    for address in (f"/negotiations/{negotiation}/ledger", f"/exposure/{entry}"):
        assert "7.57" not in client.get(address).text
        assert "they know the 7.57" in mine.get(address).text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, [0, 1, 2]),
        ({"label": "budget"}, [0]),
        ({"label": ["budget", "specification"]}, [0, 2]),
        ({"label": "innovation"}, []),
        ({"kind": "asked"}, [1]),
        ({"kind": "nonsense"}, [0, 1, 2]),
        ({"state": "valid"}, [0, 1, 2]),
        ({"state": "retracted"}, []),
        ({"since": "2026-03-01"}, [0, 1]),
        ({"until": "2026-03-01"}, [2]),
        ({"since": "2027-01-01"}, []),
        ({"since": "nonsense", "page": "-4"}, [0, 1, 2]),
    ],
)
def test_filters_narrow_the_ledger(house, client, query, shown):
    negotiation = add_negotiation(house)
    ids = [str(one) for one in add_told(house, negotiation, Told(), QUESTION, SPECIFICATION)]
    assert {ids.index(one) for one in entries(ledger(client, negotiation, **query))} == set(shown)


@pytest.mark.parametrize(
    ("sort", "order"), [("last", [0, 1, 2]), ("first", [1, 2, 0]), ("sure", [2, 0, 1]), ("often", [1, 0, 2])]
)
def test_entries_come_in_the_order_that_is_asked_for(house, client, sort, order):
    negotiation = add_negotiation(house)
    told = (
        Told(days=1, confidence=0.8, times=2),
        Told(days=2, span=40, confidence=0.6, times=5),
        Told(days=3, span=9, confidence=0.9),
    )
    ids = [str(one) for one in add_told(house, negotiation, *told)]
    assert [ids.index(one) for one in entries(ledger(client, negotiation, sort=sort, kind="known"))] == order


def test_a_long_part_has_pages_and_the_overview_its_beginning(house, client):
    negotiation = add_negotiation(house)
    add_told(house, negotiation, *(Told(days=number) for number in range(1, 56)))
    page = ledger(client, negotiation)
    assert len(entries(page)) == 10
    assert "All 55" in text_of(page)
    first, second = ledger(client, negotiation, kind="known"), ledger(client, negotiation, kind="known", page=2)
    assert (len(entries(first)), len(entries(second))) == (50, 5)
    assert not set(entries(first)) & set(entries(second))
    assert "Page 2 →" in text_of(first)
    assert entries(ledger(client, negotiation, kind="known", page=99)) == []


def test_the_timeline_counts_weeks_by_family(house, client):
    negotiation = add_negotiation(house)
    add_told(house, negotiation, Told(days=1), Told(days=1), QUESTION, Told(days=400))
    page = ledger(client, negotiation)
    assert "Week of 9 Mar 2026: 2 entries (2 told)" in page.text
    assert "Week of 2 Mar 2026: 1 entry (1 asked)" in page.text
    assert "1 entry before" in text_of(page)


def test_a_counterpartys_ledger_spans_its_negotiations_and_what_belongs_to_none(house, client):
    first, second = add_negotiation(house), add_negotiation(house, "Hydraulics renewal")
    add_told(house, first, Told(), Told(stray=True))
    add_told(house, second, Told(), Told(counterparty="Brandl"))
    with house.database.transaction() as session:
        norvik = firm_id(session, "Norvik")
    page = client.get(f"/counterparties/{norvik}/ledger")
    assert len(entries(page)) == 3
    assert "in Castings 2027" in text_of(page)
    assert "in Hydraulics renewal" in text_of(page)


def test_a_firm_that_nobody_assigned_has_a_ledger_by_its_name(house, client):
    add_told(house, None, Told(counterparty="lone.example", stray=True))
    page = client.get("/exposure/ledger", params={"counterparty": "lone.example", "state": "valid"})
    assert len(entries(page)) == 1
    assert 'name="counterparty" value="lone.example"' in page.text
    assert client.get("/exposure/ledger", params={"counterparty": "none.example"}).status_code == 404


@pytest.mark.parametrize("state", ["retracted", "known_before", "outdated"])
def test_an_edit_needs_a_reason_shows_it_and_can_be_undone(house, client, state):
    negotiation = add_negotiation(house)
    [entry] = add_told(house, negotiation, Told())
    address = f"/exposure/{entry}"
    assert "Say why." in text_of(client.post(f"{address}/edits", data={"state": state, "reason": "  "}))
    page = client.post(f"{address}/edits", data={"state": state, "reason": "Ruth told them in 2024."})
    assert "The entry was saved." in text_of(page)
    assert "Ruth told them in 2024." in text_of(ledger(client, negotiation))
    [edit] = re.findall(r'name="edit" value="([^"]+)"', page.text)
    undone = client.post(f"{address}/undo", data={"edit": edit})
    assert "The last edit was taken back." in text_of(undone)
    assert "(taken back)" in text_of(undone)
    again = client.post(f"{address}/undo", data={"edit": edit})
    assert "Only the last edit can be taken back" in text_of(again)


def test_other_words_take_the_place_of_an_entrys(house, client):
    negotiation = add_negotiation(house)
    [entry] = add_told(house, negotiation, Told())
    client.post(f"/exposure/{entry}/edits", data={"words": "our price of last year", "reason": "Read it again."})
    assert "our price of last year" in text_of(ledger(client, negotiation))


def test_an_edit_that_changes_nothing_is_told_so(house, client):
    [entry] = add_told(house, add_negotiation(house), Told())
    page = client.post(f"/exposure/{entry}/edits", data={"state": "valid", "reason": "None."})
    assert "This edit leaves the entry as it is." in text_of(page)


def by_hand(negotiation, **changes):
    form = {"negotiation": negotiation, "counterparty": "Norvik", "kind": "known", "topic": "budget"}
    return form | {"on": "2026-03-10", "words": "our ceiling", "reason": "Heard it at lunch.", **changes}


def test_what_was_said_in_a_meeting_is_added_by_hand(house, client):
    negotiation = add_negotiation(house)
    page = client.post("/exposure", data=by_hand(negotiation, back=f"/negotiations/{negotiation}/ledger"))
    assert "The entry was added to the ledger." in text_of(page)
    assert "our ceiling" in text_of(page)
    assert "written down by Ana Ferreira" in text_of(page)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"topic": ""}, "Say what it is about."),
        ({"words": " "}, "Say what they know"),
        ({"reason": ""}, "Say how you know."),
        ({"on": "yesterday"}, "Say on which day."),
        ({"on": "2026-03-15"}, "lies in the future"),
        ({"counterparty": "Nobody"}, "no counterparty of this name"),
    ],
)
def test_what_is_missing_in_the_form_is_told_and_nothing_is_lost(house, client, changes, problem):
    negotiation = add_negotiation(house)
    page = client.post("/exposure", data=by_hand(negotiation, **changes))
    assert problem.lower() in text_of(page).lower()
    assert "our ceiling" in page.text or "words" in changes
    assert entries(ledger(client, negotiation)) == []


def test_counterparties_are_ranked_by_what_they_heard_lately(house, client):
    negotiation = add_negotiation(house, firms=("Norvik", "Brandl"))
    add_told(house, negotiation, Told(), *(Told(days=200) for _ in range(5)))
    add_told(house, negotiation, Told(counterparty="Brandl"), Told(counterparty="Brandl", label="leverage"))
    said = text_of(client.get("/exposure"))
    assert said.index("Brandl 2 2") < said.index("Norvik 1 6")


@pytest.mark.parametrize("state", ["retracted", "known_before", "outdated"])
def test_what_does_not_count_exposes_nobody(house, client, state):
    add_told(house, add_negotiation(house), Told(state=state))
    assert "Nobody is known to have heard anything" in text_of(client.get("/exposure"))


def test_every_look_and_every_edit_goes_on_record(house, client):
    negotiation = add_negotiation(house)
    [entry] = add_told(house, negotiation, Told())
    ledger(client, negotiation)
    client.get(f"/exposure/{entry}")
    client.post(f"/exposure/{entry}/edits", data={"state": "retracted", "reason": "Wrong."}, follow_redirects=False)
    assert actions(house)[-3:] == ["exposure.viewed", "exposure.viewed", "exposure.edited"]


@pytest.mark.parametrize("role", [Role.TUNER, Role.PRIVACY_OFFICER])
def test_the_ledger_is_not_for_every_role(house, role):
    negotiation = add_negotiation(house)
    [entry] = add_told(house, negotiation, Told())
    client = house.signed_in(role)
    for address in ("/exposure", f"/negotiations/{negotiation}/ledger", f"/exposure/{entry}"):
        assert client.get(address).status_code == 403


def test_a_reviewer_reads_and_does_not_edit(house):
    negotiation = add_negotiation(house)
    [entry] = add_told(house, negotiation, Told())
    client = house.signed_in(Role.REVIEWER)
    page = client.get(f"/exposure/{entry}")
    assert "Keep it right" not in text_of(page)
    assert "Add by hand" not in text_of(ledger(client, negotiation))
    assert client.post(f"/exposure/{entry}/edits", data={"state": "retracted", "reason": "x"}).status_code == 403
    assert client.post("/exposure", data=by_hand(negotiation)).status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "/negotiations/00000000-0000-0000-0000-000000000000/ledger",
        "/counterparties/00000000-0000-0000-0000-000000000000/ledger",
        "/exposure/00000000-0000-0000-0000-000000000000",
    ],
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_hostile_words_stay_words(house, client):
    negotiation = add_negotiation(house, "<b>x</b>")
    add_told(house, negotiation, Told(words="<script>alert(1)</script>\u202e" + "x" * 3000))
    page = ledger(client, negotiation)
    assert "<script>alert" not in page.text
    assert "<b>x</b>" not in page.text


def test_the_same_stands_there_on_either_database(either):
    client, negotiation = either.signed_in(), add_negotiation(either)
    ids = add_told(either, negotiation, Told(), QUESTION, PROMISE, SPECIFICATION)
    link(either, ids[1], ids[0])
    for query in ({}, {"kind": "known", "sort": "sure"}, {"since": "2026-03-01", "label": "budget"}):
        assert ledger(client, negotiation, **query).status_code == 200
    assert client.get("/exposure").status_code == 200
