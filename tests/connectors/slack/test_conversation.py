"""One message that somebody points at, and what of its thread comes with it."""

import pytest

from connectors import ConnectorError
from connectors.slack.conversation import Conversation, Pointer, brought_alone, read_conversation
from connectors.slack.settings import SlackSettings
from tests.fakes.slack.server import FakeSlack

TOKEN = "xoxb-made-up"


@pytest.fixture
def slack():
    with FakeSlack() as fake:
        world = fake.world
        world.team("T1", "Ourco")
        world.team("T2", "Norvik")
        world.user("UBOT", "T1", "frontdoor", bot=True)
        world.user("U1", "T1", "Anna Alt", email="anna@ourco.example")
        world.user("U2", "T2", "Nils Norvik")
        world.user("UROBOT", "T1", "Robot", bot=True)
        world.channel("C1", "ext-norvik", "T1", ["UBOT", "U1", "U2"], teams=["T2"])
        world.grant(TOKEN, "UBOT")
        yield fake


def read(slack, ts, *, channel="C1", patience=(0.0,), **more):
    settings = SlackSettings(name="slack", token=TOKEN, team="T1", base_url=slack.url)
    pointer = Pointer(**{"channel": channel, "ts": ts, "reader": "U1"} | more)
    return read_conversation(settings, pointer, pause=lambda _: False, patience=patience)


def test_a_message_without_a_thread_comes_alone(slack):
    slack.world.post("C1", "U1", "Something else")
    ts = slack.world.post("C1", "U2", "What did they quote?")
    found = read(slack, ts)
    assert found.pointed_at.text == "What did they quote?"
    assert found.messages == (found.pointed_at,)
    assert found.pointed_at.subject == "#ext-norvik"
    assert [one.address for one in found.pointed_at.to] == ["anna@ourco.example"]


@pytest.mark.parametrize("named", [True, False])
def test_a_reply_comes_with_its_thread_in_order(slack, named):
    root = slack.world.post("C1", "U1", "The drawing?")
    ts = slack.world.post("C1", "U2", "What did they quote?", thread=root)
    slack.world.post("C1", "U1", "No idea", thread=root)
    found = read(slack, ts, thread_ts=root if named else "")
    assert [one.text for one in found.messages] == ["The drawing?", "What did they quote?", "No idea"]
    assert found.pointed_at.id == f"T1:C1:{ts}"


def test_the_last_reply_of_a_thread_without_end_is_found(slack):
    root = slack.world.post("C1", "U1", "The drawing?")
    last = [slack.world.post("C1", "U1", f"Reply {number}", thread=root) for number in range(1100)][-1]
    found = read(slack, last, thread_ts=root)
    assert found.pointed_at.text == "Reply 1099"
    assert len(slack.called("conversations.replies")) <= 6


def test_what_a_program_posted_can_be_pointed_at(slack):
    ts = slack.world.post("C1", "UROBOT", "Your quote is due", more={"bot_id": "BROBOT"})
    assert read(slack, ts).pointed_at.text == "Your quote is due"


@pytest.mark.parametrize("brought", [{}, {"user": "U2", "text": "Hush", "team": "T2"}])
def test_a_private_channel_is_read_for_its_members_and_for_who_saw_the_message(slack, brought):
    slack.world.channel("C2", "board", "T1", ["UBOT", "U2"], private=True)
    ts = slack.world.post("C2", "U2", "Hush")
    found = read(slack, ts, channel="C2", brought=brought | ({"ts": ts} if brought else {}))
    assert (found.pointed_at is None) == (not brought)
    assert (found == Conversation()) == (not brought)
    slack.world.channels["C2"].members.append("U1")
    assert read(slack, ts, channel="C2").pointed_at.text == "Hush"


@pytest.mark.parametrize(
    ("private", "inside", "is_read"), [(True, True, True), (True, False, False), (False, False, True)]
)
def test_a_large_channel_of_our_own_is_read_without_getting_to_know_everybody(slack, private, inside, is_read):
    members = [f"U{number}" for number in range(100, 400)]
    for member in members:
        slack.world.user(member, "T1", member)
    members += ["UBOT", *(["U1"] if inside else [])]
    slack.world.channel("C2", "everybody", "T1", members, private=private)
    ts = slack.world.post("C2", "U100", "Hello")
    found = read(slack, ts, channel="C2")
    assert (found.pointed_at is not None) == is_read
    assert slack.called("users.list") == []
    assert len(slack.called("users.info")) <= 1


def test_what_the_app_may_not_read_is_as_slack_brought_it(slack):
    slack.world.channel("C2", "elsewhere", "T1", ["U1", "U2"], private=True, teams=["T2"])
    ts = slack.world.post("C2", "U2", "Hush")
    found = read(slack, ts, channel="C2", brought={"user": "U2", "text": "Hush", "ts": ts, "team": "T2"})
    assert found.pointed_at.sender.address == "u2@t2.slack"
    assert found.pointed_at.sender.name == "Nils Norvik"


def test_a_message_that_is_gone_by_then_is_as_slack_brought_it(slack):
    ts = slack.world.post("C1", "U2", "Hush")
    slack.world.delete("C1", ts)
    found = read(slack, ts, brought={"user": "U2", "text": "Hush", "ts": ts, "team": "T2"})
    assert found.pointed_at.text == "Hush"
    assert found.pointed_at.subject == "#ext-norvik"


def test_nothing_is_found_where_nothing_is(slack):
    assert read(slack, "1.000001") == Conversation()
    assert read(slack, "1.000001", channel="C9") == Conversation()


@pytest.mark.parametrize(
    "brought", [{"text": "no time"}, {"ts": "1.000001"}, {"ts": "1.000001", "user": 7, "text": []}]
)
def test_what_is_no_message_points_at_nothing(slack, brought):
    assert read(slack, "1.000001", channel="C9", brought=brought).pointed_at is None


def test_while_slack_is_out_of_reach_nothing_is_made_up(slack):
    slack.fault("conversations.info", status=500, times=9)
    with pytest.raises(ConnectorError):
        read(slack, "1.000001")


def test_what_was_brought_is_read_without_asking_for_anything(slack):
    pointer = Pointer(
        channel="D1",
        ts="1.000001",
        reader="U1",
        channel_name="directmessage",
        brought={"user": "U2", "text": "Hush", "ts": "1.000001", "team": "T2"},
    )
    found = brought_alone("T1", pointer).pointed_at
    assert (found.text, found.subject, found.sender.address) == ("Hush", "", "u2@t2.slack")
    assert slack.calls == []
