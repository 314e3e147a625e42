"""Domains that were assigned in the console, beside those of the directory's files."""

from contextlib import closing
from datetime import UTC, datetime

import pytest

from messages import Counterparty, CounterpartyKind, Directory
from service.database import connect
from service.directory.assign import AssignedError, assign_domain, list_assigned, unassign_domain
from service.directory.store import load_directory, save_directory
from service.directory.unfit import why_not
from service.errors import BadRequestError

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
FILES = Directory(
    own_domains=("ourco.example",),
    counterparties=(Counterparty(name="Norvik", domains=("norvik.example",), slack_team="T2"),),
)


@pytest.fixture
def session(sqlite_url):
    with closing(connect(sqlite_url)) as database, database.transaction() as session:
        save_directory(session, FILES)
        yield session


def assign(session, domain, name="Norvik", kind=CounterpartyKind.SUPPLIER):
    return assign_domain(session, domain, name=name, kind=kind, actor="Ana", now=NOW)


def owner(session, address):
    found = load_directory(session, FILES.own_domains).counterparty(address)
    return found.name, found.kind


def test_an_assigned_team_is_the_counterpartys_beside_its_own(session):
    assert owner(session, "u9@t3.slack") == ("t3.slack", "unassigned")
    assign(session, "t3.slack")
    for address in ("u9@t3.slack", "u9@T3.SLACK", "nils@norvik.example", "u1@t2.slack"):
        assert owner(session, address) == ("Norvik", "supplier")
    assert owner(session, "u9@t3-guest.slack") == ("t3-guest.slack", "unassigned")


def test_a_restart_with_the_same_files_keeps_what_was_assigned(session):
    assign(session, "t3.slack")
    for _ in range(2):
        save_directory(session, FILES)
    assert owner(session, "u9@t3.slack") == ("Norvik", "supplier")
    assert [(row.domain, name) for row, name in list_assigned(session)] == [("t3.slack", "Norvik")]


def test_what_the_files_say_of_a_domain_stands_above_what_was_assigned(session):
    assign(session, "hauck.example", name="Somebody else")
    hauck = Counterparty(name="Hauck", kind=CounterpartyKind.CUSTOMER, domains=("hauck.example",))
    save_directory(session, Directory(own_domains=FILES.own_domains, counterparties=(*FILES.counterparties, hauck)))
    assert owner(session, "eva@hauck.example") == ("Hauck", "customer")
    assert list_assigned(session) == []


def test_a_domain_that_left_the_files_is_not_kept_for_having_been_there(session):
    bare = Counterparty(name="Norvik", slack_team="T2")
    assign(session, "t3.slack")
    save_directory(session, Directory(own_domains=FILES.own_domains, counterparties=(bare,)))
    assert owner(session, "nils@norvik.example") == ("norvik.example", "unassigned")
    assert owner(session, "u9@t3.slack") == ("Norvik", "supplier")


def test_undoing_leaves_everything_as_it_was(session):
    before = load_directory(session, FILES.own_domains)
    assign(session, "t3.slack")
    assign(session, "t4.slack", name="Hauck", kind=CounterpartyKind.CUSTOMER)
    for domain in ("t3.slack", "t4.slack"):
        unassign_domain(session, domain, actor="Ana", now=NOW)
    assert load_directory(session, FILES.own_domains).counterparties == before.counterparties


def test_nobody_takes_a_domain_from_another(session):
    with pytest.raises(AssignedError):
        assign(session, "Norvik.Example.", name="Hauck")


@pytest.mark.parametrize("domain", ["gmail.com", "web.de", "unknown.slack", "t1-guest.slack"])
def test_where_anybody_may_be_is_nobodys_domain(session, domain):
    assert why_not(domain)
    with pytest.raises(BadRequestError):
        assign(session, domain)


@pytest.mark.parametrize("domain", ["norvik.example", "t0123.slack", "mail.gmail.example", "guest.slack.example"])
def test_a_firms_domain_can_be_assigned(domain):
    assert why_not(domain) == ""
