import logging

import pytest

from connectors import ConnectorError
from connectors.slack import SlackSettings


def test_check_says_what_would_be_read(slack, history):
    said = history().check()
    assert said == "signed in to Ourco as frontdoor; reads 2 of 3 channels: #ext-norvik, #with-a-guest"
    assert slack.called("conversations.history") == []


def test_check_tells_which_wanted_channel_is_missing(slack, history):
    assert "not in #elsewhere: invite" in history(channels=("ext-norvik", "#elsewhere")).check()


def test_check_wants_a_channel_to_read(slack, history):
    with pytest.raises(ConnectorError, match="1 channels, none with an outsider"):
        history(channels=("engineering",)).check()
    with pytest.raises(ConnectorError, match="none of the channels: invite the app"):
        history(channels=("elsewhere",)).check()


def test_check_names_the_scopes_that_are_missing(slack, history):
    slack.world.grants["xoxb-made-up-1"].scopes -= {"groups:history", "users:read"}
    with pytest.raises(ConnectorError, match="lacks groups:history, users:read: add them"):
        history().check()


def test_check_tells_what_is_lost_without_mail_addresses(slack, history):
    slack.world.grants["xoxb-made-up-1"].scopes -= {"users:read.email"}
    assert history().check().endswith("without users:read.email, people are Slack ids only")


def test_the_own_domain_is_the_workspaces(slack, history):
    assert history().own_domain == "t1.slack"


def test_the_token_is_in_no_text(slack, history, caplog):
    caplog.set_level(logging.DEBUG)
    slack.world.post("C1", "U1", "our budget is 40k")
    connector = history()
    settings = SlackSettings(name="slack", token="xoxb-made-up-1")
    list(connector.batches({}))
    slack.fault("auth.test", error="invalid_auth")
    with pytest.raises(ConnectorError) as refused:
        connector.check()
    shown = repr(settings) + repr(connector) + repr(vars(connector)) + str(refused.value) + caplog.text
    assert "made-up" not in shown
    assert "budget" not in caplog.text
    assert "anna" not in caplog.text.lower()


@pytest.mark.parametrize(
    "wrong",
    [
        {"token": ""},
        {"token": "  "},
        {"token": "xoxb 1"},
        {"token": "xoxb-ü"},
        {"page_size": 0},
        {"page_size": 201},
        {"window_days": -1},
        {"window_days": 40},
        {"base_url": "http://slack.example/api/"},
        {"base_url": "ftp://127.0.0.1/"},
        {"base_url": "slack.com/api"},
    ],
)
def test_settings_that_can_not_work_are_refused(wrong):
    with pytest.raises(ConnectorError):
        SlackSettings(**{"name": "slack", "token": "xoxb-1", **wrong})


@pytest.mark.parametrize(
    "fine",
    [{}, {"base_url": "http://localhost:8080/api/"}, {"window_days": 0}, {"page_size": 200}, {"token": " xoxb-1\n"}],
)
def test_settings_that_work_are_taken(fine):
    assert SlackSettings(**{"name": "slack", "token": "xoxb-1", **fine}).name == "slack"
