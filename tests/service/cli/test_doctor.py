"""`frontdoor init` and `frontdoor doctor`: a configuration to start from, and what is still wrong."""

import re
import sqlite3

import pytest

from tests.fakes.dovecot import DOVECOT, HOW_TO_GET_IT, dovecot

SECRET = "s3cret-pa55"


def source(kind, **values):
    rows = "".join(f"{key} = {value}\n" for key, value in values.items())
    return f'[[source]]\nkind = "{kind}"\nname = "it"\n{rows}'


IMAP = {"host": '"127.0.0.1"', "port": "1", "user": '"jo"', "tls": '"none"'}


def test_init_writes_a_configuration_that_doctor_takes(frontdoor, folder):
    assert frontdoor("init").status == 0
    answer = frontdoor("doctor")
    assert (answer.status, answer.out) == (0, "")
    assert "note  no source" in answer.err
    assert [path.name for path in folder.iterdir()] == ["frontdoor.toml"]


def test_every_example_in_the_configuration_is_one_that_the_program_takes(frontdoor, folder, monkeypatch):
    frontdoor("init")
    path = folder / "frontdoor.toml"
    lines = path.read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("# A mailbox"))
    shown = [
        line.removeprefix("# ")
        for line in lines[start:]
        if line.startswith(("# [", "# ")) and ("=" in line or "[" in line)
    ]
    path.write_text(
        "\n".join([*lines[:start], *(line for line in shown if line[0].islower() or line[0] == "[")]), "utf-8"
    )
    answer = frontdoor("doctor")
    assert "needs mending" not in answer.err
    assert len(set(re.findall(r"^(?:ok|FAIL) +source ([^:]+):", answer.err, re.MULTILINE))) == 4


def test_init_leaves_a_configuration_that_is_there_as_it_is(frontdoor, installed):
    before = installed().read_text("utf-8")
    answer = frontdoor("init")
    assert answer.status == 1
    assert "there already" in answer.err
    assert installed().read_text("utf-8") == before


def test_without_a_configuration_every_command_says_how_to_get_one(frontdoor):
    for command in (["doctor"], ["run"], ["serve"], ["import", "a.eml"], ["user", "list"], ["db", "upgrade"]):
        answer = frontdoor(*command)
        assert (answer.status, answer.err.count("\n")) == (1, 1)
        assert "`frontdoor init`" in answer.err


@pytest.mark.parametrize(
    ("more", "advice"),
    [
        ("[company]\nown_domains = []", "company.own_domains"),
        ('[company]\nown_domains = "ourco.example"', "should be a list"),
        ('[company]\nown_domains = ["x.example"]\n[sourc]', "sourc: there is no such key"),
        ('[company]\nown_domains = ["x.example"]\n[server]\nport = "s3cret-pa55"', "server.port"),
        ("[server]", "company: is missing"),
        ("[company", "not TOML"),
    ],
)
def test_a_broken_configuration_names_the_key_and_no_value(frontdoor, folder, more, advice):
    (folder / "frontdoor.toml").write_text(more, "utf-8")
    answer = frontdoor("doctor")
    assert answer.status == 1
    assert advice in answer.err
    assert SECRET not in answer.err


@pytest.mark.parametrize(
    ("more", "advice"),
    [
        ('[policies]\nactive = ["loud"]', "policies: there is no policy 'loud'; those that ship are"),
        ('[database]\nurl = "mysql://x"', "database: database.url must start with"),
        ('[database]\nurl = "sqlite:////dev/null/x.db"', "database: /dev/null/x.db can't be made"),
        ('[keys]\nfile = "open.toml"', "keys: the key file open.toml can be read by others: chmod 600 it"),
        (source("files", paths='["/none"]'), "source it: nothing to read at /none"),
        (source("imap", **IMAP), "source it: give password or oauth"),
        (
            source("imap", **IMAP, password='{ env = "NOT_SET" }'),
            "source it: password: the environment variable NOT_SET",
        ),
        (source("imap", **IMAP, password='{ file = "none" }'), "source it: password: the file none can't be read"),
        (source("imap", **IMAP, password='{ env = "SECRET" }'), "source it: 127.0.0.1:1: nobody listens"),
        (source("slack", token='{ file = "none" }'), "source it: token: the file none can't be read"),
    ],
)
def test_each_failing_check_says_what_to_mend_and_the_others_are_made(
    frontdoor, folder, installed, monkeypatch, more, advice
):
    monkeypatch.setenv("SECRET", SECRET)
    (folder / "open.toml").write_text("active = 'k1'", "utf-8")
    (folder / "open.toml").chmod(0o644)
    installed(more)
    answer = frontdoor("doctor")
    assert answer.status == 1
    assert f"FAIL  {advice}" in answer.err
    assert answer.err.count("FAIL") == 1
    assert answer.err.count("ok    ") >= 4
    assert SECRET not in answer.err


def test_a_directory_that_is_not_there_fails_the_check(frontdoor, folder):
    (folder / "frontdoor.toml").write_text('[company]\nown_domains = ["x.example"]\ncontext = "none"', "utf-8")
    assert "FAIL  directory: none is not a folder" in frontdoor("doctor").err


def test_a_database_that_is_behind_damaged_or_ahead_is_told_apart(frontdoor, folder, installed):
    file = folder / "frontdoor-data" / "frontdoor.db"
    file.parent.mkdir()
    sqlite3.connect(file).close()
    file.write_bytes(b"")
    assert "FAIL  database: its tables are not up to date: run `frontdoor db upgrade`" in frontdoor("doctor").err
    assert frontdoor("db", "upgrade").status == 0
    assert "ok    database: sqlite" in frontdoor("doctor").err
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'later'")
    connection.close()
    assert "FAIL  database: the database was made by a newer frontdoor" in frontdoor("doctor").err
    file.write_bytes(b"this is no database" * 100)
    assert "FAIL  database: the database can't be used (the file is not a database" in frontdoor("doctor").err


def test_a_key_file_that_is_gone_is_never_replaced_beside_stored_messages(frontdoor, folder, installed, letter):
    (folder / "a.eml").write_bytes(letter())
    frontdoor("import", "a.eml")
    (folder / "frontdoor-data" / "keys.toml").unlink()
    for command in (["doctor"], ["import", "a.eml"], ["serve"], ["run"]):
        answer = frontdoor(*command)
        assert answer.status == 1
        assert "put it back from a backup" in answer.err
    assert not (folder / "frontdoor-data" / "keys.toml").exists()


def test_a_database_server_that_is_down_is_one_line_without_its_password(frontdoor, installed, monkeypatch):
    for url in (f"postgresql://jo:{SECRET}@127.0.0.1:1/x", f"postgresql://jo:a@{SECRET}@127.0.0.1:1/x"):
        monkeypatch.setenv("FRONTDOOR_DATABASE_URL", url)
        assert "FAIL  database" in frontdoor("doctor").err
        for command in (["user", "list"], ["db", "upgrade"], ["import", "a.eml"], ["run"], ["serve"]):
            answer = frontdoor(*command)
            assert (answer.status, answer.err.count("\n")) == (1, 1)
            assert "FRONTDOOR_DATABASE_URL" in answer.err
            assert SECRET not in answer.err


@pytest.mark.skipif(not DOVECOT.exists(), reason=HOW_TO_GET_IT)
def test_a_mailbox_is_signed_in_to_and_counted_and_a_wrong_password_is_told(frontdoor, installed, monkeypatch, letter):
    with dovecot() as server:
        server.deliver("INBOX", [letter(), letter()])
        values = {"host": f'"{server.host}"', "port": server.port, "user": f'"{server.user}"', "tls": '"none"'}
        installed(source("imap", **values, password='{ env = "SECRET" }'))
        monkeypatch.setenv("SECRET", server.password)
        answer = frontdoor("doctor")
        assert answer.status == 0
        assert "ok    source it:" in answer.err
        assert "2" in answer.err.rpartition("source it:")[2]
        monkeypatch.setenv("SECRET", SECRET)
        wrong = frontdoor("doctor")
    assert wrong.status == 1
    assert "FAIL  source it:" in wrong.err
    assert SECRET not in wrong.err
