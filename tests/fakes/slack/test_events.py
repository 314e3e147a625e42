"""What happens in the world, and who hears of it in which words."""

import pytest

from tests.fakes.slack import audience
from tests.fakes.slack.recorded import event_kind
from tests.fakes.slack.samples import samples
from tests.fakes.slack.world import World


@pytest.fixture
def world(slack):
    return slack.world


@pytest.fixture
def heard(world):
    """The payloads that the app gets, in order."""
    found = []
    world.watchers.append(lambda told: found.extend(payload for _, payload in audience.payloads(world, told)))
    return found


def kinds(heard):
    return [event_kind(one["event"]) for one in heard]


def test_a_message_tells_who_said_what_where(world, heard):
    ts = world.post("C1", "U2", "see &lt;this&gt; <https://norvik.example|offer> <@U1>")
    event = heard[0]["event"]
    assert (event["user"], event["team"], event["channel"], event["ts"]) == ("U2", "T2", "C1", ts)
    assert event["user_profile"]["team"] == "T2"
    elements = event["blocks"][0]["elements"][0]["elements"]
    assert [one["type"] for one in elements] == ["text", "link", "text", "user"]
    assert elements[0]["text"] == "see <this> "
    assert heard[0]["authorizations"] == [
        {"enterprise_id": None, "team_id": "T1", "user_id": "UBOT", "is_bot": True, "is_enterprise_install": False}
    ]


def test_an_edit_an_unfurl_and_a_deletion_are_told_apart(world, heard):
    ts = world.post("C1", "U1", "hello")
    world.unfurl("C1", ts, "https://norvik.example", "Norvik")
    world.edit("C1", ts, "hello, edited")
    world.delete("C1", ts)
    assert kinds(heard) == ["message", "message.message_changed", "message.message_changed", "message.message_deleted"]
    unfurled, edited, deleted = (one["event"] for one in heard[1:])
    assert "edited" not in unfurled["message"]
    assert unfurled["message"]["text"] == unfurled["previous_message"]["text"]
    assert edited["message"]["edited"]["user"] == "U1"
    assert (edited["previous_message"]["text"], edited["message"]["text"]) == ("hello", "hello, edited")
    assert (deleted["deleted_ts"], deleted["previous_message"]["text"]) == (ts, "hello, edited")


def test_a_root_that_is_deleted_becomes_a_tombstone(world, heard):
    root = world.post("C1", "U1", "root")
    world.post("C1", "U2", "reply", thread=root)
    world.delete("C1", root)
    assert heard[-1]["event"]["message"]["subtype"] == "tombstone"


def test_a_broadcast_reply_carries_its_root(world, heard):
    root = world.post("C1", "U1", "root")
    world.post("C1", "U2", "for all", thread=root, broadcast=True)
    assert heard[-1]["event"]["root"]["text"] == "root"


def test_files_forwards_and_posts_of_apps_look_like_slacks(world, heard):
    ts = world.post("C1", "U2", "what is your budget?")
    world.post_file("C1", "U1", "Budget 2027.xlsx")
    world.forward("C3", "U1", "C1", ts, "look")
    world.post_by_app("C1", "UBOT", "an app's")
    world.post_by_integration("C1", "Daily report", "numbers", workflow=True)
    file, forward, app, workflow = (one["event"] for one in heard[1:])
    assert (file["subtype"], file["files"][0]["title"]) == ("file_share", "Budget 2027.xlsx")
    assert (forward["attachments"][0]["is_share"], forward["attachments"][0]["author_id"]) == (True, "U2")
    assert app["bot_id"] == "BBOT"
    assert workflow["subtype"] == "bot_message"
    assert "user" not in workflow


def test_people_and_the_app_come_and_go(world, heard):
    world.join("C1", "U3", inviter="U1")
    world.leave("C1", "U3")
    world.leave("C3", "UBOT")
    world.post("C3", "U1", "unheard")
    world.join("C3", "UBOT", inviter="U1")
    assert kinds(heard) == [
        "message.channel_join",
        "member_joined_channel",
        "message.channel_leave",
        "member_left_channel",
        "group_left",
        "message.channel_join",
        "member_joined_channel",
    ]
    assert heard[1]["event"]["inviter"] == "U1"


def test_a_channel_is_shared_renamed_and_archived(world, heard):
    world.disconnect("C1", "T2")
    world.connect("C1", "T2")
    world.rename("C1", "ext-norvik-2")
    world.archive("C1", "U1")
    world.unarchive("C1", "U1")
    assert kinds(heard) == [
        "channel_unshared",
        "channel_shared",
        "channel_rename",
        "channel_archive",
        "channel_unarchive",
    ]
    assert heard[0]["is_ext_shared_channel"] is False
    assert heard[1]["is_ext_shared_channel"] is True
    assert heard[2]["event"]["channel"]["name"] == "ext-norvik-2"
    assert "U2" not in world.channels["C1"].members


def test_an_app_that_is_removed_hears_it_and_its_token_dies(slack, world, heard, client):
    world.uninstall("T1")
    assert kinds(heard) == ["app_uninstalled", "tokens_revoked"]
    assert heard[1]["event"]["tokens"] == {"oauth": [], "bot": ["UBOT"]}
    with pytest.raises(Exception, match="account_inactive"):
        client.auth_test()
    world.post("C1", "U1", "unheard")
    assert len(heard) == 2


def test_what_a_token_has_no_scope_for_is_not_heard(world, heard):
    world.grants["xoxb-1"].scopes -= {"groups:history"}
    world.post("C3", "U1", "unheard")
    world.post("C1", "U1", "heard")
    assert [one["event"]["text"] for one in heard] == ["heard"]


def test_direct_messages_of_people_are_heard_by_their_own_token_only(world, heard):
    direct = world.direct("U1", "U2").id
    world.post(direct, "U2", "unheard")
    world.grant("xoxp-1", "U1", scopes=["im:history"])
    world.post(direct, "U2", "just between us")
    assert [one["event"]["text"] for one in heard] == ["just between us"]
    assert heard[0]["event"]["channel_type"] == "im"
    assert heard[0]["authorizations"][0] | {"user_id": "U1", "is_bot": False} == heard[0]["authorizations"][0]


def test_two_workspaces_of_a_channel_get_one_event_or_one_each(world):
    world.user("UBOT2", "T2", "frontdoor", bot=True)
    world.channels["C1"].members.append("UBOT2")
    world.grant("xoxb-2", "UBOT2")
    told = []
    world.watchers.append(told.append)
    world.post("C1", "U1", "hello")
    once = [payload["authorizations"][0]["team_id"] for _, payload in audience.payloads(world, told[0])]
    each = [payload["authorizations"][0]["team_id"] for _, payload in audience.payloads(world, told[0], each=True)]
    assert (once, each) == (["T1"], ["T1", "T2"])


def test_an_event_names_the_firm_that_began_its_channel_and_whose_app_is_told_apart(world):
    world.channel("C9", "norviks", "T2", ["UBOT", "U2"], teams=["T1"])
    told = []
    world.watchers.append(told.append)
    world.post("C9", "U2", "hello")
    [(_, payload)] = audience.payloads(world, told[0])
    assert (payload["team_id"], payload["authorizations"][0]["team_id"]) == ("T2", "T1")


def test_an_installation_in_an_organisation_hears_all_its_workspaces(world, heard):
    world.team("T7", "Ourco East", enterprise="E1")
    world.team("T8", "Ourco West", enterprise="E1")
    world.user("UORG", "T7", "frontdoor", bot=True)
    world.user("U8", "T8", "Wanda West")
    world.channel("C8", "west", "T8", ["UORG", "U8"])
    world.grant("xoxb-org", "UORG", enterprise="E1")
    world.post("C8", "U8", "hello")
    world.access("E1", ["T8"], granted=False)
    world.uninstall("E1")
    message, revoked, removed, _ = heard
    assert (message["team_id"], message["enterprise_id"]) == ("T8", "E1")
    assert message["authorizations"][0]["team_id"] is None
    assert message["authorizations"][0]["is_enterprise_install"] is True
    assert revoked["event"]["team_ids"] == ["T8"]
    assert removed["enterprise_id"] == "E1"
    assert "team_id" not in removed


def test_quiet_talk_is_in_the_history_and_in_no_event(slack, world, heard, client):
    world.post("C1", "U1", "while nobody listened", quiet=True)
    assert heard == []
    assert client.conversations_history(channel="C1")["messages"][0]["text"] == "while nobody listened"


def test_a_live_world_goes_by_the_clock():
    world = World(live=True)
    world.team("T1", "Ourco")
    world.user("U1", "T1", "Anna Alt")
    world.channel("C1", "general", "T1", ["U1"])
    stamps = [world.post("C1", "U1", "hello") for _ in range(50)]
    assert stamps == sorted(set(stamps))
    assert abs(float(stamps[-1]) - world.now) < 5


def test_there_is_a_sample_of_each_kind_that_an_app_hears():
    found = samples()
    wanted = {"message", "message.file_share", "message.bot_message", "channel_left", "group_left", "tokens_revoked"}
    assert wanted | {"block_actions", "view_submission", "view_closed", "message_action", "slash_command"} <= set(found)
    ids = [one["event_id"] for several in found.values() for one in several if "event_id" in one]
    assert len(set(ids)) == len(ids)
