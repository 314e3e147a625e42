import json
import logging

import pytest

from connectors import ConnectorError
from connectors.slack import SlackSettings
from messages import Direction, Directory, direction_of

DAY = 24 * 3600


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


def test_a_second_pass_brings_only_what_is_new(slack, history, store):
    slack.world.post("C1", "U1", "old")
    connector = history()
    store.drain(connector)
    slack.world.later(60)
    assert store.drain(connector) == []
    slack.world.post("C1", "U2", "new")
    assert store.drain(connector) == ["new"]


def test_a_quiet_pass_stores_nothing_and_reads_no_thread(slack, history, store):
    root = slack.world.post("C1", "U1", "old")
    slack.world.post("C1", "U1", "reply", thread=root)
    connector = history()
    store.drain(connector)
    slack.world.later(60)
    store.drain(connector)
    slack.calls.clear()
    slack.world.later(60)
    assert list(connector.batches(store.cursors)) == []
    assert slack.called("conversations.replies") == []
    assert len(slack.called("conversations.history")) == 2


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


def test_a_new_reply_under_an_old_message_comes(slack, history, store):
    root = slack.world.post("C1", "U1", "root")
    slack.world.post("C1", "U2", "earlier", thread=root)
    slack.world.post("C1", "U1", "other talk")
    connector = history()
    store.drain(connector)
    slack.world.later(2 * DAY)
    slack.world.post("C1", "U1", "more talk")
    store.drain(connector)
    slack.world.later(60)
    slack.world.post("C1", "U2", "what is your budget?", thread=root)
    assert store.drain(connector) == ["what is your budget?"]


def test_nothing_comes_twice_in_a_quiet_life(slack, history, store):
    connector = history(deep_hours=2)
    roots = []
    for hour in range(12):
        roots.append(slack.world.post("C1", "U1", f"root {hour}"))
        slack.world.post("C1", "U2", f"reply {hour}", thread=roots[hour // 2])
        slack.world.edit("C1", roots[hour // 3], f"edited {hour}")
        slack.world.later(60)
        store.drain(connector)
        slack.world.later(3600)
    # The first was edited before anybody read it.
    assert len(store.messages) == store.delivered == 36 - 1


def test_a_first_reply_under_an_old_message_comes(slack, history, store):
    root = slack.world.post("C1", "U1", "root")
    connector = history()
    store.drain(connector)
    slack.world.later(DAY)
    slack.world.post("C1", "U2", "first reply", thread=root)
    assert store.drain(connector) == ["first reply"]


def test_a_thread_that_slept_for_weeks_is_noticed_within_the_hour(slack, history, store):
    root = slack.world.post("C1", "U1", "root")
    connector = history()
    store.drain(connector)
    slack.world.later(20 * DAY)
    slack.world.post("C1", "U1", "talk")
    store.drain(connector)
    slack.world.later(120)
    slack.world.post("C1", "U2", "still there?", thread=root)
    slack.world.later(60)
    assert store.drain(connector) == []
    slack.world.later(3600)
    assert store.drain(connector) == ["still there?"]


def test_what_happened_while_we_were_down_comes(slack, history, store):
    root = slack.world.post("C1", "U1", "root")
    store.drain(history())
    slack.world.later(2 * DAY)
    slack.world.post("C1", "U2", "reply", thread=root)
    slack.world.edit("C1", root, "root, edited")
    slack.world.later(12 * DAY)
    slack.world.post("C1", "U1", "back")
    assert sorted(store.drain(history())) == ["back", "reply", "root, edited"]


def test_an_edit_comes_as_a_new_message(slack, history, store):
    ts = slack.world.post("C1", "U1", "hello")
    slack.world.post("C1", "U1", "other talk")
    connector = history()
    store.drain(connector)
    slack.world.later(DAY)
    slack.world.edit("C1", ts, "our budget is 40k")
    assert store.drain(connector) == ["our budget is 40k"]
    assert len(store.messages) == 3


def test_an_edited_reply_comes_within_the_hour(slack, history, store):
    root = slack.world.post("C1", "U1", "root")
    reply = slack.world.post("C1", "U1", "reply", thread=root)
    connector = history()
    store.drain(connector)
    slack.world.later(DAY)
    slack.world.edit("C1", reply, "our budget is 40k")
    slack.world.later(3600)
    assert store.drain(connector) == ["our budget is 40k"]


def test_an_archived_channel_is_read_to_its_end_and_then_left_alone(slack, history, store):
    connector = history(channels=("C1",))
    slack.world.post("C1", "U1", "first")
    store.drain(connector)
    slack.world.post("C1", "U1", "last words")
    slack.world.channels["C1"].archived = True
    assert store.drain(connector) == ["last words"]
    slack.calls.clear()
    store.drain(connector)
    assert [call.method for call in slack.calls] == ["auth.test", "users.conversations"]
    slack.world.channels["C1"].archived = False
    slack.world.post("C1", "U1", "again")
    assert store.drain(connector) == ["again"]


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
