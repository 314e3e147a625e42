import json

import pytest

from messages import Direction, Directory, direction_of


def test_messages_come_oldest_first_with_their_threads(slack, history, store):
    world = slack.world
    first = world.post("C1", "U1", "first")
    world.post("C1", "U2", "second")
    world.post("C1", "U2", "reply to first", thread=first)
    world.post("C1", "U1", "third")
    assert store.drain(history()) == ["first", "reply to first", "second", "third"]
    threads = {message.text: message.thread for message in store.messages.values()}
    assert threads["reply to first"] == threads["first"] == f"C1:{first}"
    assert threads["second"] != threads["first"]


@pytest.mark.parametrize("page_size", [1, 2, 3, 10, 200])
def test_every_page_size_brings_every_message_in_order(slack, history, store, page_size):
    said = [f"message {number}" for number in range(10)]
    for text in said:
        slack.world.post("C1", "U1", text)
    assert store.drain(history(page_size=page_size)) == said
    assert all(len(call) for call in slack.called("conversations.history"))


def test_an_internal_channel_is_never_read(slack, history, store):
    slack.world.post("C2", "U1", "our budget is 40k")
    slack.world.post("C1", "U1", "hello")
    assert store.drain(history()) == ["hello"]
    read = slack.called("conversations.history") + slack.called("conversations.replies")
    assert {call["channel"] for call in read} == {"C1", "C3"}


def test_a_channel_the_app_is_not_in_is_not_even_listed(slack, history, store):
    slack.world.post("C4", "U1", "hello")
    store.drain(history(only_shared=False))
    assert {call.arguments.get("channel") for call in slack.calls} == {None, "C1", "C2", "C3"}
    assert slack.called("conversations.list") == []


def test_an_internal_channel_is_read_once_a_guest_is_in_it(slack, history, store):
    slack.world.post("C2", "U1", "hello")
    connector = history()
    assert store.drain(connector) == []
    slack.world.channels["C2"].members.append("U3")
    assert store.drain(connector) == ["hello"]


def test_internal_channels_are_read_where_the_operator_wants_it(slack, history, store):
    slack.world.post("C2", "U1", "hello")
    assert store.drain(history(only_shared=False)) == ["hello"]


@pytest.mark.parametrize(
    ("channels", "read"),
    [
        ((), {"C1", "C3"}),
        (("#ext-norvik",), {"C1"}),
        (("Ext-Norvik",), {"C1"}),
        (("C3",), {"C3"}),
        (("with-a-guest", "C1"), {"C1", "C3"}),
        (("engineering",), set()),
        (("ext",), set()),
    ],
)
def test_only_the_wanted_channels_are_read(slack, history, store, channels, read):
    store.drain(history(channels=channels))
    assert {call["channel"] for call in slack.called("conversations.history")} == read


def test_a_wanted_channel_without_the_app_is_refused_once(slack, history, store):
    connector = history(channels=("#not-invited", "#ext-norvik"))
    store.drain(connector)
    store.drain(connector)
    assert [(one.where, "invite" in one.why) for one in store.refusals] == [("#not-invited", True)]


@pytest.mark.parametrize(
    ("channel", "author", "direction"),
    [
        ("C1", "U1", Direction.OUTBOUND),
        ("C1", "U2", Direction.INBOUND),
        ("C3", "U1", Direction.OUTBOUND),
        ("C3", "U3", Direction.INBOUND),
        ("C2", "U1", Direction.INTERNAL),
    ],
)
def test_the_direction_is_told_from_the_addresses(slack, history, store, channel, author, direction):
    slack.world.post(channel, author, "hello")
    connector = history(only_shared=False)
    store.drain(connector)
    directory = Directory(own_domains=("ourco.example", connector.own_domain))
    assert [direction_of(message, directory) for message in store.messages.values()] == [direction]


def test_addresses_are_those_people_are_known_by(slack, history, store):
    slack.world.user("U4", "T1", "Otto Our")
    slack.world.channels["C1"].members += ["U3", "U4"]
    slack.world.post("C1", "U1", "hello")
    store.drain(history())
    (message,) = store.messages.values()
    assert message.sender.address == "anna@ourco.example"
    assert [one.address for one in message.to] == ["u2@t2.slack", "u3@t1-guest.slack", "u4@t1.slack"]
    assert message.subject == "#ext-norvik"


def test_somebody_slack_will_not_show_is_of_the_other_firm(slack, history, store):
    slack.world.user("U5", "T2", "Secret", hidden=True)
    slack.world.channels["C1"].members += ["U5", "U404"]
    slack.world.post("C1", "U5", "hello")
    connector = history()
    store.drain(connector)
    slack.world.post("C1", "U1", "who are you?")
    store.drain(connector)
    first, second = store.messages.values()
    assert first.sender.address == "u5@t2.slack"
    assert "u404@t2.slack" in [one.address for one in second.to]
    assert len([call for call in slack.called("users.info") if call["user"] == "U404"]) == 1


def test_a_channel_that_the_other_firm_hosts_is_shared_with_them(slack, history, store):
    slack.world.channel("C5", "norvik-hosts", "T2", ["UBOT", "U1"], teams=["T1"])
    slack.world.post("C5", "U1", "hello")
    store.drain(history(channels=("C5",)))
    (message,) = store.messages.values()
    assert [one.address for one in message.to] == ["c5@t2.slack"]


def test_a_crowd_is_asked_for_in_pages(slack, history, store):
    crowd = [f"U{number}" for number in range(1000, 1150)]
    for one in crowd:
        slack.world.user(one, "T1", f"Person {one}", email=f"{one.lower()}@ourco.example")
    slack.world.channels["C1"].members += crowd
    slack.world.post("C1", "U2", "hello, everyone")
    store.drain(history(channels=("C1",)))
    (message,) = store.messages.values()
    assert len(message.to) == 151
    assert slack.called("users.list")
    assert not slack.called("users.info")


def test_invented_mentions_cost_no_calls(slack, history, store):
    slack.world.post("C1", "U2", " ".join(f"<@U{number}>" for number in range(500, 600)))
    store.drain(history())
    assert len(slack.called("users.info")) == 4


def test_joins_and_bots_are_passed_over(slack, history, store):
    slack.world.post("C1", "U2", "<@U2> has joined", more={"subtype": "channel_join"})
    slack.world.post("C1", "UBOT", "I am a bot", more={"bot_id": "BBOT"})
    assert store.drain(history()) == []
    assert store.refusals == []
    assert json.loads(store.cursors["C1"])["ts"] == slack.world.channels["C1"].posts[-1]["ts"]


def test_a_malformed_message_is_refused_and_the_others_come(slack, history, store):
    slack.world.post("C1", "U1", "before")
    broken = slack.world.post("C1", "U1", "our budget", more={"edited": {"ts": "yesterday"}})
    slack.world.post("C1", "U1", "after")
    assert store.drain(history()) == ["before", "after"]
    assert [(one.where, one.why) for one in store.refusals] == [(f"C1:{broken}", "ts is missing or malformed")]


def test_what_was_said_when_the_thread_was_deleted_still_comes(slack, history, store):
    root = slack.world.post("C1", "U1", "root")
    slack.world.post("C1", "U2", "reply", thread=root)
    slack.world.delete("C1", root)
    assert store.drain(history()) == ["reply"]


def test_a_thread_that_vanishes_in_between_is_none(slack, history, store):
    root = slack.world.post("C1", "U1", "root")
    slack.world.post("C1", "U2", "reply", thread=root)
    slack.world.post("C1", "U2", "next")
    slack.fault("conversations.replies", error="thread_not_found")
    assert store.drain(history()) == ["root", "next"]


def test_a_reply_sent_to_the_channel_too_comes_once(slack, history, store):
    root = slack.world.post("C1", "U1", "root")
    slack.world.post("C1", "U2", "reply", thread=root, broadcast=True)
    assert store.drain(history()) == ["root", "reply"]
    assert store.delivered == 2
    assert {message.thread for message in store.messages.values()} == {f"C1:{root}"}


def test_a_long_thread_comes_whole_and_in_order(slack, history, store):
    root = slack.world.post("C1", "U1", "root")
    said = [f"reply {number}" for number in range(7)]
    for text in said:
        slack.world.post("C1", "U2", text, thread=root)
    assert store.drain(history(page_size=2)) == ["root", *said]
    assert store.delivered == 8


@pytest.mark.parametrize("code", ["not_in_channel", "channel_not_found", "is_archived"])
def test_a_channel_that_can_not_be_read_is_refused_once_and_the_others_go_on(slack, history, store, code):
    slack.world.post("C3", "U3", "hello")
    slack.fault("conversations.history", error=code)
    connector = history()
    assert store.drain(connector) == ["hello"]
    slack.fault("conversations.history", error=code)
    store.drain(connector)
    assert [(one.where, code in one.why) for one in store.refusals] == [("C1", True)]


def test_a_channel_refused_in_the_middle_keeps_its_place(slack, history, store):
    root = slack.world.post("C1", "U1", "one")
    slack.world.post("C1", "U1", "two")
    slack.world.post("C1", "U2", "reply", thread=slack.world.post("C1", "U1", "three"))
    slack.fault("conversations.replies", error="not_in_channel")
    store.drain(history(page_size=1))
    assert json.loads(store.cursors["C1"])["ts"] > root
    assert store.refusals


def test_a_stored_cursor_that_can_not_be_read_starts_over(slack, history, store):
    slack.world.post("C1", "U1", "hello")
    store.cursors["C1"] = "{broken"
    assert store.drain(history()) == ["hello"]
