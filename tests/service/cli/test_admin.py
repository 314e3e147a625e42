"""`frontdoor db`, `user` and `token`: looking after an installation."""

import re
import sqlite3
import time

import pytest


@pytest.fixture
def house(frontdoor, installed):
    """Make an empty installation; returns the way to run commands in it."""
    assert frontdoor("db", "upgrade").err == "the database is up to date\n"
    return frontdoor


@pytest.mark.parametrize("command", [["user", "list"], ["token", "list"], ["db", "verify"], ["db", "expire"]])
def test_before_the_first_start_a_command_says_how_to_make_the_tables(frontdoor, installed, command):
    answer = frontdoor(*command)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == "frontdoor: the database is not up to date: run `frontdoor db upgrade`\n"


def test_an_upgrade_may_be_run_twice(house):
    assert house("db", "upgrade").status == 0


def test_a_user_is_added_listed_and_let_in_by_a_link_alone_on_standard_output(house):
    assert "`frontdoor user link ann`" in house("user", "add", "ann", "--role", "reviewer", "--role", "tuner").err
    assert house("user", "list").out.split() == ["ann", "reviewer,", "tuner"]
    answer = house("user", "link", "ann")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/sign-in\?token=[\w-]{43}\n", answer.out)
    assert answer.err == ""


def test_links_are_made_of_the_public_address(house, installed):
    installed('public_url = "https://frontdoor.example"')
    house("user", "add", "ann", "--role", "reviewer")
    assert house("user", "link", "ann").out.startswith("https://frontdoor.example/sign-in?token=")


def test_roles_are_replaced_and_a_disabled_user_gets_no_link(house):
    house("user", "add", "ann", "--role", "reviewer")
    assert house("user", "roles", "ann", "--role", "tuner").err == "ann: tuner\n"
    assert house("user", "list").out.split() == ["ann", "tuner"]
    assert house("user", "disable", "ann").status == 0
    assert "(disabled)" in house("user", "list").out
    answer = house("user", "link", "ann")
    assert (answer.status, answer.out) == (1, "")
    assert "disabled" in answer.err
    assert house("user", "enable", "ann").status == 0
    assert house("user", "link", "ann").status == 0


def test_a_user_acts_from_slack_as_the_person_they_are_there(house):
    house("user", "add", "ann", "--role", "reviewer", "--slack", "T1:U1")
    assert house("user", "list").out.split() == ["ann", "reviewer", "T1:U1"]
    assert house("user", "slack", "Ann", "t1:u2").err == "Ann acts from Slack as T1:U2\n"
    assert house("user", "slack", "ann").err == "ann no longer acts from Slack\n"
    assert house("user", "list").out.split() == ["ann", "reviewer"]


def test_a_user_is_the_person_whom_the_register_knows(house):
    house("user", "add", "ann", "--role", "lead", "--address", "Ann@OurCo.example")
    assert house("user", "list").out.split() == ["ann", "lead", "ann@ourco.example"]
    assert house("user", "address", "ann", "a.b@ourco.example").err == "ann is a.b@ourco.example\n"
    assert house("user", "address", "ann").err == "ann is nobody whom the register knows\n"
    assert house("user", "list").out.split() == ["ann", "lead"]


@pytest.mark.parametrize(
    ("command", "status", "why"),
    [
        (["user", "add", "ann", "--role", "reviewer"], 1, "already"),
        (["user", "add", "", "--role", "reviewer"], 1, "1 to 100 characters"),
        (["user", "add", "a\x1bb", "--role", "reviewer"], 1, "printable"),
        (["user", "add", "bob", "--role", "king"], 2, "'reviewer'"),
        (["user", "add", "bob"], 2, "--role"),
        (["user", "link", "bob"], 1, "no user of this name"),
        (["user", "add", "bob", "--role", "tuner", "--slack", "T9:U9"], 1, "Another user acts as this Slack person"),
        (["user", "add", "bob", "--role", "tuner", "--slack", "@bob"], 1, "TEAM:USER"),
        (["user", "address", "ann", "ann"], 1, "address has no @"),
        (["user", "slack", "bob", "T1:U1"], 1, "no user of this name"),
        (["user", "roles", "bob", "--role", "tuner"], 1, "no user of this name"),
        (["user", "disable", "bob"], 1, "no user of this name"),
        (["token", "create", "t", "--user", "bob", "--scope", "feeds:read"], 1, "no user of this name"),
        (["token", "create", "t", "--user", "ann", "--scope", "users:manage"], 1, "its owner lacks"),
        (["token", "create", "t", "--user", "ann", "--scope", "all"], 2, "'feeds:read'"),
        (["token", "create", "t", "--user", "ann", "--scope", "feeds:read", "--days", "0"], 2, "--days"),
        (["token", "revoke", "00000000-0000-0000-0000-000000000000"], 1, "`frontdoor token list`"),
        (["token", "revoke", "x"], 2, "UUID"),
        (["db", "nonsense"], 2, "No such command"),
    ],
)
def test_what_can_not_be_done_is_said_without_a_trace(house, command, status, why):
    house("user", "add", "ann", "--role", "reviewer", "--slack", "T9:U9")
    answer = house(*command)
    assert (answer.status, answer.out) == (status, "")
    assert why in answer.err
    assert "Traceback" not in answer.err


def test_a_token_is_shown_once_listed_without_its_value_and_revoked(house):
    house("user", "add", "ann", "--role", "reviewer")
    created = house("token", "create", "siem", "--user", "ann", "--scope", "feeds:read", "--days", "30")
    assert re.fullmatch(r"\S{20,}\n", created.out)
    [row] = house("token", "list").out.splitlines()
    assert created.out.strip() not in row
    assert "siem" in row
    assert house("token", "revoke", row.split()[0]).status == 0
    assert "revoked" in house("token", "list").out


def test_expiry_deletes_texts_that_have_had_their_time(house, installed, folder, letter):
    installed("[retention]\ntext_hours = 0")
    (folder / "a.eml").write_bytes(letter())
    house("import", "a.eml")
    assert re.match(r"deleted: 0 alerts, 1 texts", house("db", "expire").err)


def test_a_changed_audit_log_is_found(house, folder):
    house("user", "add", "ann", "--role", "reviewer")
    assert "the audit log is whole: 1 entries" in house("db", "verify").err
    with sqlite3.connect(folder / "frontdoor-data" / "frontdoor.db") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE audit_entry SET actor = 'nobody'")
    connection.close()
    answer = house("db", "verify")
    assert answer.status == 1
    assert "the audit log was changed: entry 1" in answer.err


def test_looking_does_not_wait_for_a_writer(house, folder):
    writer = sqlite3.connect(folder / "frontdoor-data" / "frontdoor.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    before = time.monotonic()
    assert house("doctor").status == 0
    assert time.monotonic() - before < 5
    writer.close()
