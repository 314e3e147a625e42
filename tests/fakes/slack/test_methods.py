"""The Web API's methods as Slack's own client meets them: what is answered, and what is refused with which word."""

from http.client import RemoteDisconnected

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.fakes.slack.limits import RateLimits
from tests.fakes.slack.server import Duplicates, FakeSlack


def refused(call, **arguments):
    with pytest.raises(SlackApiError) as error:
        call(**arguments)
    return error.value.response["error"]


@pytest.fixture
def as_user(slack, silent):
    slack.world.grant("xoxp-1", "U1", scopes=["chat:write", "im:history", "im:read"])
    return WebClient("xoxp-1", base_url=slack.url, logger=silent)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C404"}, "channel_not_found"),
        ({"channel": "C2"}, "not_in_channel"),
        ({"user": "U3"}, "user_not_in_channel"),
        ({"user": "U404"}, "user_not_in_channel"),
        ({"text": ""}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"blocks": [{"type": "section"}]}, "invalid_blocks"),
        ({"text": "", "blocks": [{"type": "divider"}]}, "invalid_blocks"),
    ],
)
def test_an_ephemeral_message_is_refused_where_slack_refuses_it(slack, client, arguments, error):
    given = {"channel": "C1", "user": "U1", "text": "careful", **arguments}
    # Without the client's own warnings about texts that are missing.
    assert refused(client.api_call, api_method="chat.postEphemeral", json=given) == error
    assert slack.ephemerals == []


def test_a_private_channel_is_not_even_told_to_who_is_not_in_it(slack, client):
    slack.world.channels["C3"].members.remove("UBOT")
    assert refused(client.chat_postEphemeral, channel="C3", user="U1", text="careful") == "channel_not_found"


def test_a_scope_that_is_missing_is_named(slack, client):
    slack.world.grants["xoxb-1"].scopes -= {"chat:write"}
    with pytest.raises(SlackApiError) as error:
        client.chat_postEphemeral(channel="C1", user="U1", text="careful")
    assert (error.value.response["error"], error.value.response["needed"]) == ("missing_scope", "chat:write")


def test_what_is_accepted_is_not_always_seen(slack, client):
    root = slack.world.post("C1", "U1", "root")
    client.chat_postEphemeral(channel="C1", user="U1", text="careful")
    client.chat_postEphemeral(channel="C1", user="U1", text="careful", thread_ts=root)
    slack.world.post("C1", "U2", "reply", thread=root)
    client.chat_postEphemeral(channel="C1", user="U1", text="careful", thread_ts=root)
    slack.world.users["U1"].active = False
    client.chat_postEphemeral(channel="C1", user="U1", text="careful")
    assert [one.seen for one in slack.ephemerals] == [True, False, True, False]


def test_a_person_is_written_to_directly(slack, client):
    opened = client.conversations_open(users="U1")["channel"]["id"]
    posted = client.chat_postMessage(channel="U1", text="for you")
    assert posted["channel"] == opened
    assert [one["text"] for one in slack.messages(opened)] == ["for you"]
    assert refused(client.conversations_open, users="U404") == "user_not_found"


def test_a_message_is_changed_and_deleted_by_who_wrote_it_alone(slack, client, as_user):
    own = slack.world.post("C1", "U1", "our budget is 40k")
    posted = client.chat_postMessage(channel="C1", text="an alert")["ts"]
    client.chat_update(channel="C1", ts=posted, text="an alert, resolved")
    assert slack.messages("C1")[-1]["text"] == "an alert, resolved"
    assert refused(client.chat_update, channel="C1", ts=own, text="mine") == "cant_update_message"
    assert refused(client.chat_delete, channel="C1", ts=own) == "cant_delete_message"
    assert refused(as_user.chat_delete, channel="C1", ts=posted) == "cant_delete_message"
    assert refused(client.chat_delete, channel="C1", ts="1.000000") == "message_not_found"
    as_user.chat_delete(channel="C1", ts=own)
    client.chat_delete(channel="C1", ts=posted)
    assert slack.messages("C1") == []


def test_a_permalink_names_channel_and_thread(slack, client):
    root = slack.world.post("C1", "U1", "root")
    reply = slack.world.post("C1", "U2", "reply", thread=root)
    link = client.chat_getPermalink(channel="C1", message_ts=reply)["permalink"]
    assert link == f"https://ourco.slack.com/archives/C1/p{reply.replace('.', '')}?thread_ts={root}&cid=C1"
    assert refused(client.chat_getPermalink, channel="C1", message_ts="1.000000") == "message_not_found"


def test_a_persons_language_and_time_zone_are_told(client):
    assert "locale" not in client.users_info(user="U1")["user"]
    shown = client.users_info(user="U1", include_locale=True)["user"]
    assert (shown["locale"], shown["tz"]) == ("de-DE", "Europe/Berlin")


def test_direct_messages_are_listed_to_who_is_in_them(slack, client, as_user):
    direct = slack.world.direct("U1", "U2").id
    listed = as_user.users_conversations(types="im")["channels"]
    assert [(one["id"], one["user"]) for one in listed] == [(direct, "U2")]
    assert client.users_conversations(types="im")["channels"] == []
    assert refused(client.users_conversations, types="public") == "invalid_types"


def test_a_canvas_is_made_once_and_rewritten(slack, client):
    words = {"type": "markdown", "markdown": "what is read here"}
    made = client.conversations_canvases_create(channel_id="C1", document_content=words)["canvas_id"]
    again = refused(client.conversations_canvases_create, channel_id="C1", document_content=words)
    assert again == "channel_canvas_already_exists"
    words = {"type": "markdown", "markdown": "changed"}
    client.canvases_edit(canvas_id=made, changes=[{"operation": "replace", "document_content": words}])
    assert slack.canvas("C1") == "changed"
    assert refused(client.canvases_edit, canvas_id="F404", changes=[]) == "canvas_not_found"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"client_id": "9.9"}, "invalid_client_id"),
        ({"client_secret": "other"}, "bad_client_secret"),
        ({"code": "made-up"}, "invalid_code"),
        ({"redirect_uri": "https://evil.example"}, "bad_redirect_uri"),
    ],
)
def test_a_code_is_exchanged_by_its_own_app_only(slack, wrong, error):
    app, there = slack.world.app, "https://frontdoor.example/slack/oauth"
    code = slack.approve("U1", redirect=there)
    right = {"client_id": app.client_id, "client_secret": app.client_secret, "code": code, "redirect_uri": there}
    client = WebClient(base_url=slack.url)
    assert refused(client.oauth_v2_access, **{**right, **wrong}) == error
    token = client.oauth_v2_access(**right)["access_token"]
    assert refused(client.oauth_v2_access, **right) == "code_already_used"
    assert WebClient(token, base_url=slack.url).auth_test()["team_id"] == "T1"


def test_an_organisation_installs_and_a_person_consents(slack):
    app = slack.world.app
    slack.world.team("T9", "Ourco East", enterprise="E1")
    slack.world.user("U9", "T9", "Olga Ost")
    client = WebClient(base_url=slack.url)
    own = {"client_id": app.client_id, "client_secret": app.client_secret}
    whole = client.oauth_v2_access(**own, code=slack.approve("U9", org=True))
    assert (whole["is_enterprise_install"], whole["team"], whole["enterprise"]["id"]) == (True, None, "E1")
    bot = WebClient(whole["access_token"], base_url=slack.url)
    assert bot.auth_test()["team_id"] == "E1"
    assert refused(bot.users_conversations) == "missing_argument"
    assert bot.users_conversations(team_id="T9")["channels"] == []
    consent = client.oauth_v2_access(**own, code=slack.approve("U1", (), user_scopes=["im:history"]))
    assert "access_token" not in consent.data
    assert consent["authed_user"]["scope"] == "im:history"
    person = WebClient(consent["authed_user"]["access_token"], base_url=slack.url)
    assert person.auth_test()["user_id"] == "U1"
    assert person.auth_revoke()["revoked"] is True
    assert refused(person.auth_test) == "token_revoked"


def test_an_app_can_uninstall_itself(slack, client):
    app = slack.world.app
    assert refused(client.apps_uninstall, client_id=app.client_id, client_secret="x") == "bad_client_secret"
    client.apps_uninstall(client_id=app.client_id, client_secret=app.client_secret)
    assert refused(client.auth_test) == "account_inactive"


def test_rate_limits_hold_by_method_installation_and_channel(slack, client):
    now = [0.0]
    slack.rate_limits = RateLimits(per_minute={"conversations.info": 2}, clock=lambda: now[0])
    for _ in range(2):
        client.conversations_info(channel="C1")
    with pytest.raises(SlackApiError) as limited:
        client.conversations_info(channel="C1")
    assert limited.value.response.status_code == 429
    assert limited.value.response.headers["Retry-After"] == "60"
    client.chat_postMessage(channel="C1", text="one")
    assert refused(client.chat_postMessage, channel="C1", text="two") == "ratelimited"
    client.chat_postMessage(channel="C3", text="elsewhere")
    now[0] = 61.0
    client.conversations_info(channel="C1")
    client.chat_postMessage(channel="C1", text="two")
    assert slack.rate_limits.refused == 2


def test_an_answer_can_be_lost_after_the_call_took_effect(slack):
    slack.fault("chat.postEphemeral", hang_up=True, done=True)
    # By itself the client would call again.
    client = WebClient("xoxb-1", base_url=slack.url, retry_handlers=[])
    with pytest.raises(RemoteDisconnected):
        client.chat_postEphemeral(channel="C1", user="U1", text="careful")
    assert len(slack.ephemerals) == 1


def test_events_come_twice_when_they_are_told_to():
    with FakeSlack(duplicates=Duplicates(same=100, other=100)) as slack:
        slack.world.team("T1", "Ourco")
        slack.world.user("UBOT", "T1", "frontdoor", bot=True)
        slack.world.channel("C1", "general", "T1", ["UBOT"])
        slack.world.grant("xoxb-1", "UBOT")
        slack.http.url = "http://127.0.0.1:9/"
        slack.world.post("C1", "UBOT", "hello")
        ids = [one.payload["event_id"] for one in slack.events]
        assert (len(ids), len(set(ids))) == (3, 2)
        assert len({one.payload["event"]["ts"] for one in slack.events}) == 1
