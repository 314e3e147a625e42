"""`frontdoor slack manifest`, and `frontdoor doctor` of a Slack source."""

import json

import pytest

from tests.fakes.office import TOKEN, fill
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.things import XAPP


@pytest.fixture
def configured(folder):
    """Write a configuration with these rows in its Slack source."""

    def write(*rows, server=""):
        text = f'[company]\nown_domains = ["ourco.example"]\n{server}\n[[source]]\nkind = "slack"\nname = "chat"\n'
        (folder / "frontdoor.toml").write_text(text + "\n".join(rows), "utf-8")

    return write


def test_the_manifest_is_json_and_nothing_else(frontdoor, folder):
    frontdoor("init")
    answer = frontdoor("slack", "manifest")
    assert (answer.status, answer.err) == (0, "")
    assert json.loads(answer.out)["settings"]["socket_mode_enabled"] is True


def test_the_manifest_follows_the_configuration_and_what_is_asked_for(frontdoor, configured):
    server = '[server]\npublic_url = "https://frontdoor.ourco.example"'
    configured('token = { env = "A" }', 'signing_secret = { env = "B" }', server=server)
    assert "https://frontdoor.ourco.example/slack/events" in frontdoor("slack", "manifest").out
    answer = frontdoor("slack", "manifest", "--transport", "socket", "--many")
    made = json.loads(answer.out)
    assert made["settings"]["socket_mode_enabled"]
    assert made["oauth_config"]["redirect_urls"] == ["https://frontdoor.ourco.example/slack/oauth_redirect"]


def test_what_the_manifest_needs_is_told(frontdoor, configured):
    configured('token = { env = "A" }')
    answer = frontdoor("slack", "manifest", "--transport", "http")
    assert (answer.status, answer.out) == (1, "")
    assert "set server.public_url" in answer.err


def test_doctor_checks_all_of_a_live_source_and_writes_nothing(frontdoor, folder, configured, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("T_TOKEN", TOKEN)
    monkeypatch.setenv("T_XAPP", XAPP)
    with FakeSlack() as slack:
        fill(slack.world)
        live = ('token = { env = "T_TOKEN" }', 'app_token = { env = "T_XAPP" }', f'base_url = "{slack.url}"')
        configured(*live)
        answer = frontdoor("doctor")
        assert answer.status == 0, answer.err
        assert answer.err.count("ok    source chat") == 4
        monkeypatch.setenv("T_XAPP", "xapp-wrong")
        answer = frontdoor("doctor")
    assert answer.status == 1
    assert answer.err.count("FAIL") == 1
    assert "FAIL  source chat: app-level token: Slack opens no connection" in answer.err
    assert "xapp-wrong" not in answer.err
    assert [one.name for one in folder.iterdir()] == ["frontdoor.toml"]
