"""The register in the database: what a file says taken over, and read again as a snapshot."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from messages import (
    Authority,
    Blackout,
    Counterparty,
    Departure,
    Directory,
    FactKind,
    Matter,
    Negotiation,
    Period,
    Person,
    Phase,
    Published,
    Register,
    SealedFact,
)
from service.directory.models import Person as PersonRow
from service.directory.store import load_directory, save_directory
from service.directory.version import context_version
from service.errors import ConfigurationError
from service.models import User
from service.negotiations.access import note_creator
from service.negotiations.models import ExchangeRate, NegotiationChange, NegotiationRow
from service.negotiations.snapshot import load_register, save_register

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
BO, IDA = "bo@ourco.example", "ida@ourco.example"
DIRECTORY = Directory(
    own_domains=("ourco.example",),
    people={one: Person(address=one, name=one.partition("@")[0]) for one in (BO, IDA)},
    counterparties=(Counterparty(name="Norvik", domains=("norvik.example",)), Counterparty(name="Brandl")),
)
CEILING = SealedFact(id="1", kind=FactKind.AMOUNT, value=480_000.0, currency="EUR")
FULL = Negotiation(
    name="Castings",
    counterparties=("Brandl", "Norvik"),
    lead=BO,
    team=(IDA,),
    sponsors=(IDA,),
    superiors=(IDA,),
    former=(Departure(person=IDA, until=date(2026, 1, 31)),),
    phase=Phase.BIDS,
    days=Period(first=date(2026, 2, 1), last=None),
    blackouts=(Blackout(days=Period(first=date(2026, 4, 1), last=date(2026, 4, 2)), allowed=(IDA,)),),
    authorities=(Authority(person=IDA, may=frozenset({Matter.PRICE, Matter.TERMS}), price=5e4, currency="USD"),),
    finance=("Treasury", IDA),
    published=(Published(text="60 days net", on=date(2026, 2, 2)),),
    topics=("castings", "patterns"),
    two_needed=True,
    sealed=(CEILING,),
)


def store(database, keys, *negotiations, rates=None):
    with database.transaction() as session:
        save_directory(session, DIRECTORY)
        save_register(session, keys, Register(negotiations, rates or {}), now=NOW)


def load(database, keys):
    with database.transaction(write=False) as session:
        return load_register(session, keys, load_directory(session, ["ourco.example"]))


def bare(negotiation):
    facts = tuple(replace(one, id="") for one in negotiation.sealed)
    return replace(negotiation, id="", sealed=facts)


def test_what_a_file_says_comes_out_as_it_went_in(database, keys):
    store(database, keys, FULL, rates={"USD": 1.08})
    register = load(database, keys)
    [one] = register
    assert bare(one) == bare(FULL)
    assert one.id
    assert register.rates == {"USD": 1.08}


def test_the_same_file_again_changes_nothing(database, keys):
    for _ in range(2):
        store(database, keys, FULL, rates={"USD": 1.08})
    with database.transaction() as session:
        assert session.scalars(select(NegotiationRow.version)).all() == [1]
        assert not session.scalars(select(NegotiationChange)).all()
    [one] = load(database, keys)
    assert len(one.sealed) == 1


def test_a_changed_file_changes_what_it_names_and_keeps_what_was_published(database, keys):
    other = replace(FULL, name="Other", sealed=())
    store(database, keys, FULL, other)
    news = Published(text="Level 2", on=date(2026, 3, 1))
    store(database, keys, replace(FULL, phase=Phase.AWARD, team=(), published=(news,)))
    castings, same = load(database, keys)
    assert (castings.phase, castings.team) == (Phase.AWARD, ())
    assert castings.published == (*FULL.published, news)
    assert bare(same) == other
    with database.transaction() as session:
        [change] = session.scalars(select(NegotiationChange))
    assert change.actor == "files"
    assert change.fields["phase"] == ["bids", "award"]
    assert change.fields["team"] == [[IDA], []]


def test_files_leave_lead_team_and_plan_to_the_holders(house, caplog):
    store(house.database, house.keys, FULL)
    user = house.user("lead", name="Bo")
    with house.database.transaction() as session:
        row = session.scalars(select(NegotiationRow)).one()
        session.get_one(User, user).address = BO
        session.flush()
        assert note_creator(session, row, user, actor="Bo", now=NOW)
    guess = replace(CEILING, value=470_000.0)
    told = Published(text="It costs 480,000 EUR.", on=date(2026, 3, 1))
    other = replace(FULL, lead=IDA, phase=Phase.AWARD, sealed=(guess,), published=(told,), counterparties=())
    store(house.database, house.keys, other)
    [one] = load(house.database, house.keys)
    assert (one.lead, one.phase) == (BO, Phase.AWARD)
    assert (one.published, one.counterparties) == (FULL.published, FULL.counterparties)
    assert [fact.value for fact in one.sealed] == [480_000.0]
    assert "470" not in caplog.text
    assert "holders" in caplog.text


def test_archived_ones_and_templates_are_no_part_of_the_snapshot(database, keys):
    store(database, keys, FULL, replace(FULL, name="Old"), replace(FULL, name="Mould"))
    with database.transaction() as session:
        rows = {row.name: row for row in session.scalars(select(NegotiationRow))}
        rows["Old"].archived_at, rows["Mould"].is_template = NOW, True
    assert [one.name for one in load(database, keys)] == ["Castings"]


def test_a_template_is_not_overwritten_by_a_file(database, keys):
    store(database, keys, FULL)
    with database.transaction() as session:
        session.scalars(select(NegotiationRow)).one().is_template = True
    with pytest.raises(ConfigurationError, match="a template is called 'Castings'"):
        store(database, keys, FULL)


def test_a_lead_who_is_gone_and_a_row_that_can_not_be_read_stop_nothing(database, keys):
    store(database, keys, FULL, replace(FULL, name="Broken"))
    with database.transaction() as session:
        session.delete(session.get_one(PersonRow, BO))
        rows = {row.name: row for row in session.scalars(select(NegotiationRow))}
        rows["Broken"].phase = "haggling"
    [one] = load(database, keys)
    assert (one.name, one.lead) == ("Castings", BO)


def test_whoever_got_another_address_is_named_by_it(database, keys):
    store(database, keys, FULL)
    with database.transaction() as session:
        session.delete(session.get_one(PersonRow, BO))
        session.flush()
        directory = load_directory(session, ["ourco.example"])
        moved = replace(
            directory,
            people={**directory.people, "bo.lind@x.example": Person(address="bo.lind@x.example", aliases=(BO,))},
        )
        [one] = load_register(session, keys, moved)
    assert one.lead == "bo.lind@x.example"


def test_each_change_makes_snapshots_old(database, keys):
    store(database, keys, FULL)
    with database.transaction() as session:
        before = context_version(session)
    store(database, keys, replace(FULL, phase=Phase.AWARD))
    with database.transaction() as session:
        assert context_version(session) > before
        assert not session.scalars(select(ExchangeRate)).all()


def test_two_hundred_negotiations_load_in_well_under_a_second(database, keys):
    store(database, keys, *(replace(FULL, name=f"No. {number}") for number in range(200)))
    with database.transaction(write=False) as session:
        directory = load_directory(session, ["ourco.example"])
        began = time.perf_counter()
        register = load_register(session, keys, directory)
        took = time.perf_counter() - began
    assert len(register.negotiations) == 200
    assert took < 0.8
