"""Snapshots of directory and register: when they are taken anew, and what a failing load leaves."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from connectors import Batch
from messages import (
    Channel,
    Counterparty,
    CounterpartyKind,
    Directory,
    Message,
    Negotiation,
    Participant,
    Person,
    Phase,
    Register,
)
from service.directory.assign import assign_domain
from service.directory.store import save_directory
from service.negotiations import shelf as shelves
from service.negotiations.shelf import Shelf
from service.negotiations.snapshot import save_register
from service.pipeline.follow import drain
from service.settings import parse_settings
from service.start import open_house

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
OWN = ("ourco.example",)
BO = Person(address="bo@ourco.example", name="Bo")
NORVIK = Counterparty(name="Norvik", domains=("norvik.example",))
CASTINGS = Negotiation(name="Castings", counterparties=("Norvik",), lead=BO.address)
PEOPLE = "address,name\nbo@ourco.example,Bo\n"
FIRMS = "name,domains\nNorvik,norvik.example\n"
TOML = '[[negotiation]]\nname = "Castings"\ncounterparties = ["Norvik"]\nlead = "bo@ourco.example"\n'


class Seconds:
    """A clock that stands until it is moved."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def shelf(seconds):
    return Shelf(own_domains=OWN, clock=seconds)


def settle(database, keys, *negotiations):
    directory = Directory(own_domains=OWN, people={BO.address: BO}, counterparties=(NORVIK,))
    with database.transaction() as session:
        save_directory(session, directory)
        save_register(session, keys, Register(negotiations), now=NOW)


def names(context):
    return [one.name for one in context.negotiations]


def test_a_change_is_seen_at_once_and_without_one_nothing_is_loaded(database, keys, shelf):
    settle(database, keys, CASTINGS)
    first = shelf.context(database, keys)
    asked = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert shelf.context(database, keys) is first
    assert len([one for one in asked if one.startswith("SELECT")]) == 1
    settle(database, keys, replace(CASTINGS, name="Patterns"))
    second = shelf.context(database, keys)
    assert (names(first), names(second)) == (["Castings"], ["Castings", "Patterns"])


def test_an_assignment_in_the_console_is_a_change(lite, keys, shelf):
    settle(lite, keys)
    assert shelf.context(lite, keys).directory.counterparty("a@new.example").name == "new.example"
    with lite.transaction() as session:
        assign_domain(session, "new.example", name="Neu", kind=CounterpartyKind.SUPPLIER, actor="Ana", now=NOW)
    assert shelf.context(lite, keys).directory.counterparty("a@new.example").name == "Neu"


def test_what_was_changed_past_the_program_counts_after_a_while(lite, keys, shelf, seconds):
    settle(lite, keys)
    shelf.context(lite, keys)
    with lite.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE person SET name = 'Bodil'")
    assert shelf.context(lite, keys).directory.people[BO.address].name == "Bo"
    seconds.now += 3600
    assert shelf.context(lite, keys).directory.people[BO.address].name == "Bodil"


def test_a_register_that_cannot_be_loaded_leaves_the_one_before_and_is_tried_again(
    lite, keys, shelf, seconds, monkeypatch, caplog
):
    settle(lite, keys, CASTINGS)
    shelf.context(lite, keys)
    load = shelves.load_register

    def fails(*_):
        raise ValueError("walk-away price 480")

    monkeypatch.setattr(shelves, "load_register", fails)
    settle(lite, keys, replace(CASTINGS, name="Patterns"))
    context = shelf.context(lite, keys)
    assert names(context) == ["Castings"]
    assert "can't be loaded" in caplog.text
    assert "480" not in caplog.text
    monkeypatch.setattr(shelves, "load_register", load)
    assert shelf.context(lite, keys) is context
    seconds.now += 60
    assert names(shelf.context(lite, keys)) == ["Castings", "Patterns"]


def test_at_the_start_a_register_that_cannot_be_loaded_leaves_the_directory(lite, keys, shelf, monkeypatch):
    settle(lite, keys, CASTINGS)
    monkeypatch.setattr(shelves, "load_register", lambda *_: 1 / 0)
    context = shelf.context(lite, keys)
    assert (names(context), list(context.directory.people)) == ([], [BO.address])


def test_a_negotiation_that_cannot_be_read_leaves_the_others(lite, keys, shelf):
    settle(lite, keys, CASTINGS, replace(CASTINGS, name="Patterns"))
    with lite.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE negotiation SET phase = 'nonsense' WHERE name = 'Patterns'")
    assert names(shelf.context(lite, keys)) == ["Castings"]


def test_a_database_that_is_away_is_no_reason_to_judge_by_less(lite, keys, shelf, monkeypatch):
    def away(*_):
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(shelves, "load_register", away)
    with pytest.raises(OperationalError):
        shelf.context(lite, keys)


def test_threads_that_ask_at_once_load_once(lite, keys, shelf, monkeypatch):
    settle(lite, keys, CASTINGS)
    load, loaded = shelves.load_register, []

    def counted(*given):
        loaded.append(1)
        return load(*given)

    monkeypatch.setattr(shelves, "load_register", counted)
    threads = [threading.Thread(target=shelf.context, args=(lite, keys)) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(loaded) == 1


def labels(outcome):
    return {finding.label for one in outcome.taken for _, said in one.judged for finding in said.findings}


@pytest.fixture
def folder(tmp_path):
    for name, text in (("people.csv", PEOPLE), ("counterparties.csv", FIRMS), ("negotiations.toml", TOML)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def house_of(database, keys, folder):
    settings = parse_settings({"company": {"own_domains": OWN, "context": folder}}, where="the test")
    return open_house(settings, database, keys)


def test_the_program_starts_with_the_folders_register(database, keys, folder):
    house = house_of(database, keys, folder)
    [castings] = house.context.negotiations
    assert (castings.name, castings.lead, bool(castings.id)) == ("Castings", BO.address, True)
    assert house.refreshed(database) is house


def test_without_its_file_the_register_in_the_database_stays(lite, keys, folder):
    house_of(lite, keys, folder)
    (folder / "negotiations.toml").unlink()
    assert names(house_of(lite, keys, folder).context) == ["Castings"]


def test_people_of_the_register_may_be_known_to_the_database_alone(lite, keys, folder):
    house_of(lite, keys, folder)
    (folder / "people.csv").unlink()
    assert names(house_of(lite, keys, folder).context) == ["Castings"]


def test_a_workspaces_own_domain_stays_ours_when_something_changes(lite, keys, folder):
    house = house_of(lite, keys, folder).with_own_domain("t1.slack")
    settle(lite, keys, replace(CASTINGS, name="Patterns"))
    later = house.refreshed(lite)
    assert later.context.directory.is_ours("u1@t1.slack")
    assert names(later.context) == ["Castings", "Patterns"]
    assert later.refreshed(lite) is later


def test_what_changes_while_a_source_is_read_counts_from_the_next_batch_on(lite, keys, folder):
    house = house_of(lite, keys, folder)

    class Source:
        """Two batches, and a negotiation that ends between them."""

        def batches(self, _cursors):
            yield batch(1)
            settle(lite, keys, replace(CASTINGS, phase=Phase.RUNNING, topics=("castings",)))
            yield batch(2)

    def batch(number):
        message = Message(
            id=str(number),
            message_id=str(number),
            channel=Channel.EMAIL,
            sender=Participant(address="pavel@ourco.example"),
            to=(Participant(address="lee@norvik.example"),),
            subject="Pumps",
            text="We are planning a new line. Could you send us a quote for two pumps?",
            sent_at=NOW,
        )
        return Batch(stream="s", messages=(message,), cursor="")

    shown = []
    drain(lite, Source(), house, source="s", kind="files", progress=lambda _, outcome: shown.append(labels(outcome)))
    assert ["too_early" in one for one in shown] == [False, True]
