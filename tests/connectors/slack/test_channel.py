DAY = 24 * 3600


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


def test_the_last_words_of_an_archived_channel_come_though_they_are_younger_than_the_grace(slack, history, store):
    connector = history(channels=("C1",), grace_seconds=120)
    slack.world.post("C1", "U1", "last words")
    slack.world.channels["C1"].archived = True
    slack.world.later(60)
    store.drain(connector)
    slack.world.later(600)
    store.drain(connector)
    assert list(store.messages) != []
