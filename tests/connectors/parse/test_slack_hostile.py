from hypothesis import given
from hypothesis import strategies as st

from connectors.parse.slack import SlackChannel, SlackParseError, SlackUser, parse_slack

OURS = "T1"
TS = "1750000000.000100"
NORVIK = SlackChannel(id="C1", name="ext-norvik", members=("U1", "U2"), shared=True, teams=("T2",))
USERS = {
    "U1": SlackUser(id="U1", team=OURS, name="Anna Alt", email="anna@ourco.example"),
    "U2": SlackUser(id="U2", team="T2", name="Nils Norvik"),
}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from([TS, "U1", "C1"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def an_object(keys, **known):
    """An object with these keys, each likely of the right kind where it is known, and of any kind."""
    keys = dict.fromkeys(keys.split(), anything) | {key: likely | anything for key, likely in known.items()}
    return st.fixed_dictionaries({}, optional=keys)


files = st.lists(an_object("name title mimetype size mode"), max_size=2)
kinds = st.sampled_from(
    ["rich_text", "rich_text_section", "rich_text_list", "rich_text_quote", "section", "text", "user"]
)
blocks = st.lists(an_object("elements text user_id url", type=kinds), max_size=3)
shares = an_object("text author_id author_name message_blocks fallback", is_share=st.just(value=True), files=files)
people = st.sampled_from(["U1", "U2", "U9"])
messages = an_object(
    "text team user_team user_profile bot_id channel",
    type=st.just("message"),
    subtype=st.sampled_from(["file_comment", "file_share", "me_message", "channel_join"]),
    user=people,
    ts=st.just(TS),
    thread_ts=st.just(TS),
    edited=an_object("user", ts=st.just(TS)),
    comment=an_object("comment", user=people),
    files=files,
    blocks=blocks,
    attachments=st.lists(shares, max_size=2),
)
edits = an_object("type", subtype=st.just("message_changed"), message=messages, previous_message=messages)


@given(messages | edits | anything)
def test_no_json_raises_anything_but_a_parse_error(raw):
    try:
        message = parse_slack(raw, team=OURS, channel=NORVIK, users=USERS)
    except SlackParseError:
        return
    if message is not None:
        assert message.text.strip() or message.attachments
        assert message.sent_at is not None
        message.text.encode()
        assert all("\n" not in person.name for person in message.participants)
