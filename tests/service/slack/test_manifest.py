"""The manifest: all that the app needs, nothing more, and what Slack takes."""

import re

import pytest

from connectors.slack.settings import MAIL_SCOPE, SCOPES
from service.errors import ConfigurationError
from service.settings import parse_settings
from service.slack.listeners import PARTS
from service.slack.manifest import Transport, make_manifest, manifest_of
from service.slack.scopes import BOT_EVENTS, BOT_SCOPES, USER_EVENTS, USER_SCOPES, bot_scopes, lacking, user_scopes

URL = "https://frontdoor.ourco.example"
SOURCE = {"kind": "slack", "name": "chat"}
TOKEN, XAPP, SIGNING = {"token": {"env": "A"}}, {"app_token": {"env": "B"}}, {"signing_secret": {"env": "C"}}
INSTALLS = {"installs": {"client_id": "1.2", "client_secret": {"env": "D"}}}


def parsed(*parts, public_url=URL):
    source = [SOURCE | {key: value for part in parts for key, value in part.items()}] if parts else []
    data = {"company": {"own_domains": ["ourco.example"]}, "server": {"public_url": public_url}, "source": source}
    settings = parse_settings(data, where="the test")
    return settings, next(iter(settings.source), None)


def addresses(value):
    """Return all addresses that a manifest holds."""
    return set(re.findall(r"https?://[^'\"]+", str(value)))


def test_one_workspace_by_socket_mode_needs_no_address():
    made = make_manifest(transport=Transport.SOCKET)
    assert made["settings"]["socket_mode_enabled"]
    assert not made["settings"]["org_deploy_enabled"]
    assert addresses(made) == set()
    assert "user" not in made["oauth_config"]["scopes"]
    assert "user_events" not in made["settings"]["event_subscriptions"]


def test_requests_over_http_have_one_address_everywhere():
    made = make_manifest(transport=Transport.HTTP, public_url=f"{URL}/")
    assert not made["settings"]["socket_mode_enabled"]
    assert addresses(made) == {f"{URL}/slack/events"}
    assert made["features"]["slash_commands"][0]["url"] == f"{URL}/slack/events"
    assert made["settings"]["interactivity"]["request_url"] == f"{URL}/slack/events"


@pytest.mark.parametrize("transport", Transport)
def test_many_workspaces_come_back_to_us_and_people_may_consent(transport):
    made = make_manifest(transport=transport, many=True, public_url=URL)
    assert made["oauth_config"]["redirect_urls"] == [f"{URL}/slack/oauth_redirect"]
    assert made["settings"]["org_deploy_enabled"]
    assert made["oauth_config"]["scopes"]["user"] == [one.name for one in USER_SCOPES]
    assert made["settings"]["event_subscriptions"]["user_events"] == [one.name for one in USER_EVENTS]


@pytest.mark.parametrize("url", ["", "http://frontdoor.ourco.example", "frontdoor.ourco.example"])
@pytest.mark.parametrize(("transport", "many"), [(Transport.HTTP, False), (Transport.SOCKET, True)])
def test_without_a_public_address_nothing_is_made_that_needs_one(url, transport, many):
    with pytest.raises(ConfigurationError, match="public_url"):
        make_manifest(transport=transport, many=many, public_url=url)


@pytest.mark.parametrize(
    ("parts", "socket", "many"),
    [
        ((), True, False),
        ((TOKEN,), True, False),
        ((TOKEN, XAPP), True, False),
        ((TOKEN, SIGNING), False, False),
        ((TOKEN, XAPP, SIGNING), True, False),
        ((INSTALLS, SIGNING), False, True),
        ((INSTALLS, XAPP), True, True),
    ],
)
def test_the_configuration_decides(parts, socket, many):
    settings, source = parsed(*parts)
    made = manifest_of(settings, source)
    assert (made["settings"]["socket_mode_enabled"], made["settings"]["org_deploy_enabled"]) == (socket, many)
    other = manifest_of(settings, source, transport=Transport.HTTP, many=True)
    assert (other["settings"]["socket_mode_enabled"], other["settings"]["org_deploy_enabled"]) == (False, True)


def test_token_rotation_is_off():
    assert make_manifest(transport=Transport.SOCKET)["settings"]["token_rotation_enabled"] is False


def test_slacks_limits_hold():
    made = make_manifest(transport=Transport.SOCKET)
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    [shortcut], [command] = made["features"]["shortcuts"], made["features"]["slash_commands"]
    assert len(shortcut["name"]) <= 24
    assert len(shortcut["description"]) <= 150
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= 1000


def test_what_is_asked_for_is_what_history_needs_and_what_live_needs():
    _, live = parsed(TOKEN, XAPP)
    _, quiet = parsed(TOKEN)
    assert set(bot_scopes(quiet)) == {*SCOPES, MAIL_SCOPE}
    assert set(bot_scopes(live)) == {one.name for one in BOT_SCOPES} > set(bot_scopes(quiet))
    assert user_scopes(live) == ()


def test_a_token_lacks_what_it_was_not_granted():
    _, live = parsed(TOKEN, XAPP)
    _, quiet = parsed(TOKEN)
    assert lacking(quiet, (*SCOPES, MAIL_SCOPE)) == ()
    assert lacking(live, (*SCOPES, MAIL_SCOPE)) == ("chat:write", "commands", "im:write")
    assert lacking(live, ()) == ()  # Slack did not say


def test_each_thing_is_asked_for_once_in_order_and_with_a_reason():
    for asked in (BOT_SCOPES, USER_SCOPES, BOT_EVENTS, USER_EVENTS):
        names = [one.name for one in asked]
        assert names == sorted(set(names))
        assert all(one.why.endswith(".") for one in asked)


def test_every_event_that_is_asked_for_is_answered_and_no_other(office):
    heard = set()

    class Bystander:
        """Stands where Bolt's app does, and notes what is listened to."""

        def event(self, name):
            heard.add(name)
            return lambda listener: listener

        def __getattr__(self, _name):
            return lambda *_, **__: lambda listener: listener

    for listen in PARTS:
        listen(Bystander(), office)
    asked = {one.name for one in BOT_EVENTS}
    assert heard == {one for one in asked if not one.startswith("message.")}
