"""frontdoor.toml: what is accepted, and what is said about the rest."""

import re
import tomllib
from importlib import resources

import pytest

from service.errors import ConfigurationError
from service.settings import load_settings, parse_settings

LEAST = {"company": {"own_domains": ["ourco.example"]}}
MAILBOX = {"kind": "imap", "name": "m", "host": "h", "user": "u", "password": {"env": "PW"}}


def test_domains_are_enough():
    settings = parse_settings(LEAST, where="x")
    assert settings.server.host == "127.0.0.1"
    assert settings.policies.active == ("balanced",)
    assert settings.retention.text_hours == 72


def test_the_example_that_ships_can_be_used():
    text = (resources.files("service") / "frontdoor.example.toml").read_text("utf-8")

    assert parse_settings(tomllib.loads(text), where="x").company.own_domains


def test_the_examples_commented_sources_can_be_used():

    text = (resources.files("service") / "frontdoor.example.toml").read_text("utf-8")
    sources = re.sub(r"^# (?=[a-z_]+ = |\[)", "", text.partition("# A mailbox with a password.")[2], flags=re.MULTILINE)
    head = '[company]\nown_domains = ["a.example"]\n'
    assert [one.kind for one in parse_settings(tomllib.loads(head + sources), where="x").source] == [
        "imap",
        "imap",
        "slack",
        "files",
    ]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"company": {"own_domains": []}}, "company.own_domains"),
        ({"company": {}}, "company.own_domains"),
        ({"servr": {}}, "servr"),
        ({"server": {"port": 99999}}, "server.port"),
        ({"source": [{"kind": "pop3", "name": "x"}]}, "source.0"),
        ({"source": [{**MAILBOX, "tls": "maybe"}]}, "source.0.imap.tls"),
        ({"source": [{**MAILBOX, "pasword": "x"}]}, "source.0.imap.pasword"),
        ({"source": [MAILBOX, MAILBOX]}, "same name"),
        ({"retention": {"text_hours": -1}}, "retention.text_hours"),
    ],
)
def test_a_mistake_is_named(change, named):
    with pytest.raises(ConfigurationError, match=named):
        parse_settings(LEAST | change, where="frontdoor.toml")


SLACK = {"kind": "slack", "name": "s", "token": {"env": "TOKEN"}}


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"])
def test_time_zones_go_by_their_names(name):
    source = SLACK | {"procurement": {"channel": "C1", "timezone": name}}
    settings = parse_settings(LEAST | {"source": [source]}, where="x")
    assert str(settings.source[0].procurement.zone) == name


@pytest.mark.parametrize(
    "name", ["", "Berlin", "Europe/Berlim", "../etc/passwd", "/etc/passwd", "CET+1", "Europe", "\0"]
)
def test_a_time_zone_that_is_not_known_is_named_before_anything_starts(name):
    source = SLACK | {"procurement": {"channel": "C1", "timezone": name}}
    with pytest.raises(ConfigurationError, match=r"procurement\.timezone: .*no time zone of this name"):
        parse_settings(LEAST | {"source": [source]}, where="x")


def test_a_secret_written_into_the_file_is_refused_and_not_repeated():
    with pytest.raises(ConfigurationError) as error:
        parse_settings(LEAST | {"source": [{**MAILBOX, "password": "hunter2"}]}, where="frontdoor.toml")
    assert "hunter2" not in str(error.value)


def test_a_secret_is_read_from_the_environment_or_a_file(monkeypatch, tmp_path):
    path = tmp_path / "secret"
    path.write_text("s3cret\n", "utf-8")
    monkeypatch.setenv("PW", "s3cret")
    by_file = parse_settings(LEAST | {"source": [{**MAILBOX, "password": {"file": path}}]}, where="x")
    by_env = parse_settings(LEAST | {"source": [MAILBOX]}, where="x")
    assert by_file.source[0].password.read("it") == by_env.source[0].password.read("it") == "s3cret"


def test_an_empty_secret_says_which_variable(monkeypatch):
    monkeypatch.delenv("PW", raising=False)
    with pytest.raises(ConfigurationError, match="PW"):
        parse_settings(LEAST | {"source": [MAILBOX]}, where="x").source[0].password.read("password")


def test_a_missing_file_says_how_to_get_one(tmp_path):
    with pytest.raises(ConfigurationError, match="frontdoor init"):
        load_settings(tmp_path / "frontdoor.toml")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a = ", b"company = 3"])
def test_a_broken_file_is_a_clear_error(tmp_path, content):
    path = tmp_path / "frontdoor.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"frontdoor\.toml"):
        load_settings(path)


def test_the_environment_stands_above_the_file_for_the_database(monkeypatch):
    monkeypatch.setenv("FRONTDOOR_DATABASE_URL", "postgresql://elsewhere/x")
    assert parse_settings(LEAST, where="x").database_url == "postgresql://elsewhere/x"
