"""A process may be killed after any batch: what it has stored by then and what it reads next must be everything."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.slack import SlackHistory, SlackSettings
from connectors.slack.cursor import Cursor, load_cursor
from connectors.slack.history import ascending
from tests.connectors.slack.keeping import TOKEN, Store
from tests.fakes.slack.methods import encode_cursor
from tests.fakes.slack.server import FakeSlack


def versions(slack, channel):
    """The ids of all that stands in a channel now."""
    edits = {post["ts"]: post.get("edited", {}).get("ts", "") for post in slack.world.channels[channel].posts}
    return {f"T1:{channel}:{ts}" + (f":{edited}" if edited else "") for ts, edited in edits.items()}


def a_lively_channel(slack):
    world = slack.world
    for number in range(6):
        root = world.post("C1", "U1", f"root {number}")
        for reply in range(number % 4):
            world.post("C1", "U2", f"reply {number}.{reply}", thread=root)
    world.post("C3", "U3", "elsewhere")


@pytest.mark.parametrize("page_size", [1, 2, 3])
def test_a_kill_after_any_batch_of_the_first_pass_loses_nothing(slack, history, page_size):
    a_lively_channel(slack)
    connector = history(page_size=page_size)
    whole = Store()
    whole.drain(connector)
    assert set(whole.messages) == versions(slack, "C1") | versions(slack, "C3")
    total = len(list(connector.batches({})))
    for batches in range(total + 1):
        store = Store()
        store.drain(connector, batches=batches)
        store.drain(connector)
        assert set(store.messages) == set(whole.messages), f"killed after {batches}"


def test_what_happens_between_a_kill_and_the_restart_is_not_lost(slack, history):
    connector = history(page_size=2)
    for batches in range(8):
        a_lively_channel(slack)
        store = Store()
        store.drain(connector, batches=batches)
        slack.world.later(86_400)
        posts = slack.world.channels["C1"].posts
        old = next(post["ts"] for post in posts if post["text"].startswith("root 2"))
        slack.world.post("C1", "U2", "late reply", thread=old)
        slack.world.edit("C1", next(post["ts"] for post in posts if post["text"].startswith("root 0")), "root, edited")
        slack.world.post("C1", "U1", "new")
        store.drain(connector)
        assert versions(slack, "C1") <= set(store.messages), f"killed after {batches}"
        slack.world.channels["C1"].posts.clear()
        slack.world.channels["C3"].posts.clear()


def test_a_cursor_never_runs_ahead_of_its_batch(slack, history):
    a_lively_channel(slack)
    seen = set()
    for batch in history(page_size=1, channels=("C1",)).batches({}):
        seen |= {message.id for message in batch.messages}
        reached = json.loads(batch.cursor)["ts"]
        posts = slack.world.channels["C1"].posts
        roots = {post["ts"] for post in posts if "thread_ts" not in post and post["ts"] <= reached}
        due = {post["ts"] for post in posts if post.get("thread_ts", post["ts"]) in roots}
        assert {f"T1:C1:{ts}" for ts in due} <= seen


def test_a_history_longer_than_is_kept_is_still_read_oldest_first(slack, history):
    said = [slack.world.post("C1", "U1", f"message {number}") for number in range(23)]
    api = history()._api
    for keep in (1, 2, 3, 5, 50):
        slack.calls.clear()
        pages = list(ascending(api, "C1", after="0.000000", size=2, keep=keep))
        assert [raw["ts"] for page in pages for raw in page] == said
        dropped = max(0, 12 - keep)
        assert len(slack.called("conversations.history")) == 12 + dropped


def test_a_page_that_is_empty_does_not_end_a_history(slack, history, store):
    slack.world.post("C1", "U1", "hello")
    metadata = {"next_cursor": encode_cursor("next_ts", "9" * 20)}
    empty = {"ok": True, "messages": [], "has_more": True, "response_metadata": metadata}
    slack.fault("conversations.history", body=json.dumps(empty).encode())
    assert store.drain(history()) == ["hello"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "5", "[]", "{}", '{"ts": 5}', '{"ts": "soon"}', '{"ts": "\\u0661.000000"}'],
)
def test_a_cursor_that_can_not_be_read_starts_over(text):
    assert load_cursor(text) == Cursor()


def test_a_cursor_survives_being_stored():
    cursor = Cursor(ts="1750000000.000100", seen=5, deep=6, closed=True)
    assert load_cursor(cursor.dump()) == cursor
    assert load_cursor('{"ts": "1750000000.000100", "seen": "x", "deep": true}') == Cursor(ts="1750000000.000100")


steps = st.lists(
    st.one_of(
        st.tuples(st.just("post"), st.just(0)),
        st.tuples(st.just("reply"), st.integers(0, 30)),
        st.tuples(st.just("broadcast"), st.integers(0, 30)),
        st.tuples(st.just("edit"), st.integers(0, 30)),
        st.tuples(st.just("later"), st.integers(0, 86_400)),
        st.tuples(st.just("read"), st.integers(0, 6)),
    ),
    max_size=25,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(steps=steps)
def test_whatever_happens_everything_arrives(steps):
    with FakeSlack() as slack:
        world = slack.world
        world.team("T1", "Ourco")
        world.user("UBOT", "T1", "frontdoor", bot=True)
        world.user("U1", "T1", "Anna")
        world.user("U2", "T1", "Gus", guest="multi")
        world.channel("C1", "with-a-guest", "T1", ["UBOT", "U1", "U2"])
        world.grant(TOKEN, "UBOT")
        store = Store()
        from_settings = SlackSettings(name="slack", token=TOKEN, base_url=slack.url, page_size=2)
        for step, number in [*steps, ("later", 4000), ("read", 1000)]:
            play(slack, store, from_settings, step, number)
        assert versions(slack, "C1") <= set(store.messages)


def play(slack, store, from_settings, step, number):
    world = slack.world
    posts = world.channels["C1"].posts
    roots = [post["ts"] for post in posts if post.get("thread_ts", post["ts"]) == post["ts"]]
    match step:
        case "post":
            world.post("C1", "U1", "hello")
        case "reply" | "broadcast" if roots:
            world.post("C1", "U2", "reply", thread=roots[number % len(roots)], broadcast=step == "broadcast")
        case "edit" if posts:
            world.edit("C1", posts[number % len(posts)]["ts"], "edited")
        case "later":
            world.later(number)
        case "read":
            store.drain(SlackHistory(from_settings), batches=number)
