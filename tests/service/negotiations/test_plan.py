"""A plan's entries: what may stand in one, how it is kept, and what becomes of changes made at once."""

import json
import uuid
from datetime import date

import pytest

from messages import FactKind, SealedFact
from service.crypto import new_keys
from service.directory.version import context_version
from service.errors import BadRequestError, NotFoundError
from service.negotiations import plan
from service.negotiations.facts import FactError, checked_fact, fact_fields
from service.negotiations.models import SealedFactRow
from service.negotiations.plan import EntryChangedError, EntryRole, PlanEntry
from tests.fakes.plans import AMOUNT, LEAD, NAME, add_negotiation

NOTE = PlanEntry(role=EntryRole.STRATEGY, title="Opening", note="Hold back the tooling.")


class Shelf:
    """A database with a negotiation, and short ways to its plan."""

    def __init__(self, database, keys, clock):
        self.database, self.keys, self.now = database, keys, clock()
        self.id = add_negotiation(self, NAME, lead=LEAD, team=[])

    def add(self, entry, *, to=None):
        with self.database.transaction() as session:
            return plan.add_fact(session, self.keys, to or self.id, entry, actor="Ida", now=self.now)

    def change(self, entry_id, entry, *, version, of=None):
        with self.database.transaction() as session:
            return plan.change_fact(
                session, self.keys, of or self.id, entry_id, entry, version=version, actor="Bo", now=self.now
            )

    def read(self, keys=None):
        with self.database.transaction(write=False) as session:
            return plan.read_plan(session, keys or self.keys, self.id)

    def facts(self, *ids, keys=None):
        with self.database.transaction(write=False) as session:
            return plan.facts_of(session, keys or self.keys, ids or [self.id])

    def version(self):
        with self.database.transaction(write=False) as session:
            return context_version(session)


@pytest.fixture
def shelf(database, keys, clock):
    return Shelf(database, keys, clock)


def entry(role=EntryRole.LIMIT, title="", note="", **fields):
    return PlanEntry(role=role, title=title, note=note, fact=checked_fact(fields or AMOUNT))


def test_entries_come_back_as_they_were_written_in_the_order_of_their_roles(shelf):
    shelf.add(NOTE)
    shelf.add(entry(EntryRole.LIMIT, "b"))
    shelf.add(entry(EntryRole.LIMIT, "A", "Agreed with Karin."))
    shelf.add(entry(EntryRole.TARGET, kind="date", first="2026-05-19"))
    found = [one.entry for one in shelf.read()]
    assert [(one.role.value, one.title) for one in found] == [
        ("target", ""),
        ("limit", "A"),
        ("limit", "b"),
        ("strategy", "Opening"),
    ]
    assert found[1].note == "Agreed with Karin."
    assert found[0].fact.first == found[0].fact.last == date(2026, 5, 19)
    assert found[3] == NOTE


@pytest.mark.parametrize(
    "fields",
    [
        AMOUNT,
        {"kind": "amount", "value": 2_000_000, "currency": "usd"},
        {"kind": "percentage", "value": 12.5, "tolerance": 0.0},
        {"kind": "date", "first": "2026-05-19", "last": "2026-06-01", "words": ["start of production"]},
        {"kind": "duration", "value": 6, "unit": "weeks"},
        {"kind": "quantity", "value": 40_000, "unit": "pieces"},
        {"kind": "name", "words": ["Kestrelwerk", "Kestrel"]},
        {"kind": "phrase", "words": ["we have no second source"]},
    ],
    ids=lambda fields: f"{fields['kind']}, {len(fields)} fields",
)
def test_a_fact_of_each_kind_is_found_again_by_its_entry_s_id(shelf, fields):
    entry_id = shelf.add(entry(**fields))
    [fact] = shelf.facts()[shelf.id]
    assert fact.id == str(entry_id)
    assert fact_fields(fact) == fact_fields(checked_fact(fields))
    assert fact.kind in set(FactKind)


def test_a_strategy_note_is_no_fact_to_look_for(shelf):
    shelf.add(NOTE)
    assert shelf.facts() == {shelf.id: ()}


def test_facts_of_several_negotiations_are_kept_apart(shelf):
    other = add_negotiation(shelf, "Hydraulics", lead=LEAD, team=[])
    shelf.add(entry())
    shelf.add(entry(kind="percentage", value=3), to=other)
    unknown = uuid.uuid4()
    found = shelf.facts(shelf.id, other, unknown)
    assert [[one.kind.value for one in found[each]] for each in (shelf.id, other, unknown)] == [
        ["amount"],
        ["percentage"],
        [],
    ]
    with shelf.database.transaction(write=False) as session:
        assert plan.planned_among(session, [shelf.id, other, unknown]) == {shelf.id, other}
        assert plan.facts_of(session, shelf.keys, []) == {}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "amount", "currency": "EUR"}, "value"),
        ({"kind": "amount", "value": 0, "currency": "EUR"}, "value"),
        ({"kind": "amount", "value": -3, "currency": "EUR"}, "value"),
        ({"kind": "amount", "value": 1e15, "currency": "EUR"}, "value"),
        ({"kind": "amount", "value": float("nan"), "currency": "EUR"}, "value"),
        ({"kind": "amount", "value": float("inf"), "currency": "EUR"}, "value"),
        ({"kind": "amount", "value": True, "currency": "EUR"}, "value"),
        ({"kind": "amount", "value": 3}, "currency"),
        ({"kind": "amount", "value": 3, "currency": "Euro"}, "currency"),
        ({"kind": "amount", "value": 3, "currency": "EUR", "quantity": 0}, "quantity"),
        ({"kind": "amount", "value": 3, "currency": "EUR", "unit": "x" * 201}, "unit"),
        ({"kind": "amount", "value": 3, "currency": "EUR", "unit": 3}, "unit"),
        ({"kind": "percentage", "value": 3, "currency": "EUR"}, "currency"),
        ({"kind": "percentage", "value": 3, "unit": "days"}, "unit"),
        ({"kind": "percentage", "value": 3, "tolerance": 0.6}, "tolerance"),
        ({"kind": "percentage", "value": 3, "tolerance": -0.1}, "tolerance"),
        ({"kind": "percentage", "value": 3, "tolerance": float("nan")}, "tolerance"),
        ({"kind": "percentage", "value": 3, "tolerance": "0.1"}, "tolerance"),
        ({"kind": "date"}, "first"),
        ({"kind": "date", "last": "2026-05-19"}, "first"),
        ({"kind": "date", "first": "2026-05-19", "last": "2026-05-18"}, "last"),
        ({"kind": "date", "first": "19.05.2026"}, "first"),
        ({"kind": "date", "first": 20260519}, "first"),
        ({"kind": "date", "first": "2026-05-19", "value": 3}, "value"),
        ({"kind": "duration", "value": 3}, "unit"),
        ({"kind": "duration", "value": 3, "unit": "hours"}, "unit"),
        ({"kind": "name"}, "words"),
        ({"kind": "name", "words": ["  "]}, "words"),
        ({"kind": "phrase", "words": ["x"] * 21}, "words"),
        ({"kind": "phrase", "words": ["x" * 201]}, "words"),
        ({"kind": "phrase", "words": ["a\x00b"]}, "words"),
        ({"kind": "phrase", "words": [3]}, "words"),
        ({"kind": "name", "words": ["Kestrel"], "value": 3}, "value"),
        ({}, "kind"),
        ({"kind": ["amount"]}, "kind"),
        ({"kind": "amount", "value": 3, "currency": "EUR", "colour": "red"}, "the fact"),
    ],
)
def test_what_no_fact_can_be_is_refused_by_the_name_of_its_field(fields, field):
    with pytest.raises(FactError) as caught:
        checked_fact(fields)
    assert caught.value.field == field
    assert str(caught.value).startswith(field)


def test_empty_fields_count_as_not_given():
    empty = {"currency": "", "unit": "", "first": None, "words": [], "quantity": None}
    assert checked_fact(empty | {"kind": "percentage", "value": 3}) == SealedFact(
        id="", kind=FactKind.PERCENTAGE, value=3.0
    )


def test_words_are_cleaned_and_each_kept_once():
    fact = checked_fact({"kind": "name", "words": [" Kestrel \n werk", "Kestrel werk", "", "KW"]})
    assert fact.words == ("Kestrel werk", "KW")


@pytest.mark.parametrize(
    ("refused", "field"),
    [
        (PlanEntry(role=EntryRole.TARGET, title="without a fact"), "fact"),
        (PlanEntry(role=EntryRole.STRATEGY, title="without a note"), "note"),
        (PlanEntry(role=EntryRole.STRATEGY, note="n", fact=checked_fact(AMOUNT)), "note"),
        (PlanEntry(role=EntryRole.TARGET, title="x" * 201, fact=checked_fact(AMOUNT)), "title"),
        (PlanEntry(role=EntryRole.TARGET, note="x" * 10_001, fact=checked_fact(AMOUNT)), "note"),
    ],
)
def test_what_no_entry_can_be_is_refused(shelf, refused, field):
    with pytest.raises(FactError) as caught:
        shelf.add(refused)
    assert caught.value.field == field
    assert shelf.read() == ()


def test_a_change_counts_the_version_and_names_who_made_it(shelf):
    entry_id = shelf.add(entry())
    assert shelf.change(entry_id, entry(kind="percentage", value=9), version=1) == 2
    [stored] = shelf.read()
    assert (stored.version, stored.changed_by, stored.entry.fact.value) == (2, "Bo", 9.0)
    assert stored.entry.fact.id == str(entry_id)


@pytest.mark.parametrize("version", [0, 2, 99])
def test_of_two_changes_at_once_the_second_is_refused(shelf, version):
    entry_id = shelf.add(entry())
    with pytest.raises(EntryChangedError):
        shelf.change(entry_id, NOTE, version=version)
    assert shelf.read()[0].entry.fact is not None


def test_an_entry_belongs_to_its_own_negotiation(shelf):
    entry_id = shelf.add(entry())
    other = add_negotiation(shelf, "Hydraulics", lead=LEAD, team=[])
    with pytest.raises(NotFoundError):
        shelf.change(entry_id, NOTE, version=1, of=other)
    with pytest.raises(NotFoundError), shelf.database.transaction() as session:
        plan.remove_fact(session, other, entry_id, actor="Bo", now=shelf.now)
    with pytest.raises(NotFoundError), shelf.database.transaction(write=False) as session:
        plan.read_entry(session, shelf.keys, other, entry_id)


def test_every_change_lets_intake_take_a_new_snapshot(shelf):
    versions = [shelf.version()]
    entry_id = shelf.add(entry())
    versions.append(shelf.version())
    shelf.change(entry_id, NOTE, version=1)
    versions.append(shelf.version())
    with shelf.database.transaction() as session:
        plan.remove_fact(session, shelf.id, entry_id, actor="Bo", now=shelf.now)
    versions.append(shelf.version())
    assert versions == sorted(set(versions))
    assert shelf.read() == ()


def test_a_plan_has_an_end(shelf, monkeypatch):
    monkeypatch.setattr(plan, "MOST_ENTRIES", 2)
    shelf.add(NOTE)
    shelf.add(NOTE)
    with pytest.raises(BadRequestError, match="at most 2 entries"):
        shelf.add(NOTE)


def test_an_entry_that_can_t_be_opened_does_not_stop_the_others(shelf, caplog):
    shelf.add(entry())
    lost = shelf.add(NOTE)
    with shelf.database.transaction() as session:
        session.get_one(SealedFactRow, lost).sealed = b"x" * 60
    assert [one.entry is None for one in shelf.read()] == [False, True]
    assert len(shelf.facts()[shelf.id]) == 1
    assert str(lost) in caplog.text


def test_without_the_key_file_nothing_opens(shelf):
    shelf.add(entry())
    assert [one.entry for one in shelf.read(new_keys())] == [None]
    assert shelf.facts(keys=new_keys()) == {shelf.id: ()}


def test_an_entry_moved_to_another_row_does_not_open(shelf):
    first, second = shelf.add(entry()), shelf.add(NOTE)
    with shelf.database.transaction() as session:
        rows = [session.get_one(SealedFactRow, one) for one in (first, second)]
        rows[0].sealed, rows[1].sealed = rows[1].sealed, rows[0].sealed
    assert [one.entry for one in shelf.read()] == [None, None]


def test_facts_of_a_file_are_added_once_and_take_nothing_away(shelf):
    facts = [checked_fact(AMOUNT, id="walk-away price"), checked_fact({"kind": "name", "words": ["Kestrel"]}, id="2")]
    shelf.add(entry(kind="percentage", value=9))
    for _ in range(2):
        with shelf.database.transaction() as session:
            plan.save_facts(session, shelf.keys, shelf.id, facts, actor="command line", now=shelf.now)
    assert sorted(one.kind.value for one in shelf.facts()[shelf.id]) == ["amount", "name", "percentage"]
    titles = {one.entry.fact.kind.value: one.entry.title for one in shelf.read()}
    assert (titles["amount"], titles["name"]) == ("walk-away price", "")


def test_what_is_stored_is_json_filled_up_to_whole_blocks(shelf):
    entry_id = shelf.add(entry())
    with shelf.database.transaction(write=False) as session:
        row = session.get_one(SealedFactRow, entry_id)
        text = shelf.keys.open(row.key_id, row.sealed, place=plan.entry_place(entry_id))
    assert len(text) % 512 == 0
    assert json.loads(text)["fact"]["value"] == 7.43
