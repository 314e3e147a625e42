"""The directory in the database: all that the files say comes back, and every real change is on record."""

import time
import uuid
from datetime import UTC, date, datetime

import pytest

from messages import Counterparty, CounterpartyKind, Directory, Period, Person, PersonKind
from service.directory.changes import By, Subject, history_of
from service.directory.counterparties import find_counterparty
from service.directory.models import Origin
from service.directory.people import change_person
from service.directory.store import load_directory, save_directory
from service.directory.version import context_version

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
BY = By(actor="Ana", origin=Origin.CONSOLE, now=NOW)
ANN = Person(
    address="ann@ourco.example",
    name="Ann Vogel",
    role="Buyer",
    department="Procurement",
    manager="karin@ourco.example",
    slack_id="U1",
    aliases=("ann@freemail.example",),
    away=(Period(first=date(2026, 3, 1), last=date(2026, 3, 5)), Period(first=date(2026, 4, 1))),
    deputy="bo@ourco.example",
)
DESK = Person(address="desk@ourco.example", kind=PersonKind.MAILBOX, members=("ann@ourco.example",))
NORVIK = Counterparty(
    name="Norvik",
    kind=CounterpartyKind.CUSTOMER,
    domains=("norvik.example", "norvik.test"),
    slack_team="T2",
    owner="ann@ourco.example",
    people=("jo@freemail.example",),
    primary_contact="lee@norvik.example",
    resellers=("ferromar.example", "Halden"),
)


def directory(*people, parties=()):
    return Directory(
        own_domains=("ourco.example",), people={one.address: one for one in people}, counterparties=tuple(parties)
    )


@pytest.fixture
def session(database):
    with database.transaction() as session:
        yield session


def load(session):
    return load_directory(session, ["ourco.example"])


def fields(session, subject, name):
    return [(one.origin, one.fields) for one in history_of(session, subject, name)]


def test_all_that_the_files_say_comes_back(session):
    given = directory(ANN, DESK, parties=[NORVIK])
    save_directory(session, given)
    assert load(session) == given


def test_the_same_files_again_change_nothing(session):
    given = directory(ANN, DESK, parties=[NORVIK])
    assert len(save_directory(session, given)) == 3
    before = context_version(session)
    assert save_directory(session, given) == []
    assert context_version(session) == before
    assert len(history_of(session, Subject.PERSON, ANN.address)) == 1


def test_a_change_is_on_record_with_what_was_before(session):
    save_directory(session, directory(ANN, parties=[NORVIK]))
    before = context_version(session)
    changed = Person(address=ANN.address, name="Ann Vogel", role="Lead")
    save_directory(session, directory(changed), columns={Subject.PERSON: {"role"}})
    assert context_version(session) > before
    assert ("files", {"role": ["Buyer", "Lead"]}) in fields(session, Subject.PERSON, ANN.address)
    assert load(session).people[ANN.address].aliases == ANN.aliases


def test_files_change_only_whom_and_what_they_name(session):
    save_directory(session, directory(ANN, parties=[NORVIK]))
    save_directory(session, directory(DESK, parties=[Counterparty(name="Hauck")]))
    assert load(session) == directory(ANN, DESK, parties=[Counterparty(name="Hauck"), NORVIK])
    save_directory(
        session, directory(parties=[Counterparty(name="Norvik", owner="bo@ourco.example")]),
        columns={Subject.COUNTERPARTY: {"owner"}},
    )  # fmt: skip
    norvik = load(session).counterparties[1]
    assert (norvik.owner, norvik.domains, norvik.people) == ("bo@ourco.example", NORVIK.domains, NORVIK.people)


def test_a_domain_that_the_files_give_to_another_leaves_the_one_that_had_it(session):
    save_directory(session, directory(parties=[NORVIK]))
    save_directory(session, directory(parties=[Counterparty(name="Hauck", domains=("norvik.test",))]))
    assert {one.name: one.domains for one in load(session).counterparties} == {
        "Hauck": ("norvik.test",),
        "Norvik": ("norvik.example",),
    }
    assert ("files", {"domains": [["norvik.example", "norvik.test"], ["norvik.example"]]}) in fields(
        session, Subject.COUNTERPARTY, "Norvik"
    )


def test_who_has_left_stays_ours_and_says_so_even_when_a_file_names_them(session):
    save_directory(session, directory(ANN))
    change_person(session, ANN.address, {"active": False}, BY)
    save_directory(session, directory(ANN))
    found = load(session)
    assert found.people[ANN.address].left
    assert found.is_ours("ann@freemail.example")
    assert found.person("ANN@ourco.example").name == "Ann Vogel"


def test_changes_of_an_import_share_its_batch(session):
    batch = uuid.uuid4()
    by = By(actor="Ana", origin=Origin.IMPORT, now=NOW, batch=batch)
    save_directory(session, directory(ANN, DESK), by=by)
    rows = [*history_of(session, Subject.PERSON, ANN.address), *history_of(session, Subject.PERSON, DESK.address)]
    assert {(one.batch, one.actor, one.origin, one.at) for one in rows} == {(batch, "Ana", "import", NOW)}


def test_a_large_directory_is_loaded_in_about_a_second(session):
    people = (
        Person(address=f"p{number}@ourco.example", name=f"P {number}", manager=f"p{number // 10}@ourco.example")
        for number in range(20_000)
    )
    parties = (
        Counterparty(name=f"Firm {number}", domains=(f"f{number}.example", f"f{number}.test")) for number in range(5000)
    )
    save_directory(session, directory(*people, parties=parties))
    session.flush()
    began = time.perf_counter()
    found = load(session)
    took = time.perf_counter() - began
    assert (len(found.people), len(found.counterparties)) == (20_000, 5000)
    assert took < 5  # 0.5 seconds on a quiet machine
    assert find_counterparty(session, "Firm 7").kind == "supplier"
