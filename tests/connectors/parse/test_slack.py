from datetime import UTC, datetime

import pytest

from connectors.parse.slack import SlackChannel, SlackParseError, SlackUser, parse_slack
from messages import Attachment, Channel, Participant

OURS = "T1"
TS = "1750000000.000100"
USERS = {
    "U1": SlackUser(id="U1", team=OURS, name="Anna Alt", email="anna@ourco.example"),
    "U2": SlackUser(id="U2", team="T2", name="Nils Norvik"),
    "U3": SlackUser(id="U3", team=OURS, name="Gus Guest", guest=True),
    "UBOT": SlackUser(id="UBOT", team=OURS, name="frontdoor", bot=True),
}
NORVIK = SlackChannel(id="C1", name="ext-norvik", members=("U1", "U2", "U3", "UBOT"), shared=True, teams=("T2",))


def parse(*, channel=NORVIK, users=USERS, **raw):
    said = {"type": "message", "user": "U1", "text": "hello", "ts": TS, **raw}
    return parse_slack(
        {key: value for key, value in said.items() if value is not ...}, team=OURS, channel=channel, users=users
    )


def test_a_message_is_read_whole():
    message = parse(text="our *budget* is 40k", client_msg_id="x", team=OURS)
    assert message.id == f"T1:C1:{TS}"
    assert message.channel is Channel.SLACK
    assert message.sender == Participant(address="anna@ourco.example", name="Anna Alt")
    assert message.to == (
        Participant(address="u2@t2.slack", name="Nils Norvik"),
        Participant(address="u3@t1-guest.slack", name="Gus Guest"),
    )
    assert message.subject == "#ext-norvik"
    assert message.text == "our budget is 40k"
    assert message.sent_at == datetime(2025, 6, 15, 15, 6, 40, 100, tzinfo=UTC)
    assert message.thread == f"C1:{TS}"
    assert message.attachments == ()


def test_a_reply_belongs_to_its_thread():
    assert parse(thread_ts="1740000000.000000").thread == "C1:1740000000.000000"


def test_an_edit_is_a_new_thing_of_the_same_thread():
    edited = parse(edited={"user": "U1", "ts": "1750000009.000000"})
    assert edited.id == f"T1:C1:{TS}:1750000009.000000"
    assert edited.thread == parse().thread
    assert edited.sent_at == parse().sent_at


def test_a_direct_message_has_no_channel_name():
    assert parse(channel=SlackChannel(id="D1", members=("U1", "U2"))).subject == ""


@pytest.mark.parametrize(
    "raw",
    [
        {"subtype": "me_message"},
        {"subtype": "thread_broadcast", "thread_ts": "1740000000.000000"},
        {"subtype": "file_share"},
        {"subtype": None},
        {"subtype": ""},
        {"type": ...},
        {"bot_id": "B1", "app_id": "A1"},
        {"text": "", "files": [{"name": "offer.pdf"}]},
        {"text": "", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "hi"}}]},
    ],
)
def test_what_a_person_said_is_a_message(raw):
    assert parse(**raw) is not None


@pytest.mark.parametrize(
    "raw",
    [
        {"subtype": "channel_join"},
        {"subtype": "group_leave"},
        {"subtype": "channel_topic"},
        {"subtype": "channel_name"},
        {"subtype": "bot_message", "user": ..., "bot_id": "B1"},
        {"subtype": "tombstone", "user": "USLACKBOT"},
        {"subtype": "message_deleted"},
        {"subtype": "ekm_access_denied", "user": "UREVOKEDU"},
        {"subtype": "pinned_item"},
        {"subtype": "something Slack will invent"},
        {"user": "UBOT", "bot_id": "B1"},
        {"user": "UBOT"},
        {"user": "USLACKBOT"},
        {"user": ..., "bot_id": "B1"},
        {"user": "U404", "bot_id": "B1"},
        {"type": "reaction_added"},
        {"text": ""},
        {"text": ...},
        {"text": " \n"},
        {"text": "", "files": [{"name": "gone.pdf", "mode": "tombstone"}, {}]},
        {"text": "", "attachments": [{"text": "unfurled", "from_url": "https://norvik.example"}]},
    ],
)
def test_what_nobody_said_is_none(raw):
    assert parse(**raw) is None


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({"ts": ...}, "ts"),
        ({"ts": 1750000000.0001}, "ts"),
        ({"ts": "1750000000"}, "ts"),
        ({"ts": "1750000000.0001"}, "ts"),
        ({"ts": "999999999999.000000"}, "ts"),
        ({"ts": "١٧٥٠٠٠٠٠٠٠.000100"}, "ts"),
        ({"ts": "1750000000.000100\n"}, "ts"),
        ({"thread_ts": "soon"}, "thread_ts"),
        ({"thread_ts": 5}, "thread_ts"),
        ({"edited": {"user": "U1"}}, "ts"),
        ({"user": ...}, "user"),
        ({"user": ["U1"]}, "user"),
        ({"user": "U1\nU2"}, "user"),
        ({"text": 5}, "text"),
        ({"text": {"secret": "our budget"}}, "text"),
        ({"subtype": ["me_message"]}, "subtype"),
        ({"subtype": "file_comment"}, "user"),
        ({"subtype": "file_comment", "comment": {"user": "U1", "comment": 5}}, "comment"),
        ({"subtype": "message_changed"}, "ts"),
    ],
)
def test_a_malformed_message_is_refused_by_the_name_of_the_field(raw, field):
    with pytest.raises(SlackParseError, match=f"^{field} is") as refusal:
        parse(**raw)
    assert "budget" not in str(refusal.value)


@pytest.mark.parametrize("raw", [None, 5, "text", [], [{"text": "x"}]])
def test_what_is_no_object_is_refused(raw):
    with pytest.raises(SlackParseError):
        parse_slack(raw, team=OURS, channel=NORVIK, users=USERS)


def test_the_event_of_an_edit_holds_the_new_message():
    message = {"type": "message", "user": "U2", "text": "new", "ts": TS, "edited": {"ts": "1750000009.000000"}}
    event = {"subtype": "message_changed", "ts": "1750000009.000100", "message": message, "user": ..., "text": ...}
    assert parse(**event).id == f"T1:C1:{TS}:1750000009.000000"
    assert parse(**event).text == "new"


def test_the_event_of_an_edit_may_leave_the_time_to_the_message_before():
    message = {"type": "message", "user": "U2", "text": "new"}
    event = {
        "subtype": "message_changed",
        "ts": "1750000009.000100",
        "message": message,
        "previous_message": {"ts": TS},
    }
    assert parse(**event).id == f"T1:C1:{TS}"


def test_a_comment_on_a_file_is_its_commenters():
    message = parse(
        subtype="file_comment", user=..., text="x commented", comment={"user": "U2", "comment": "7.50 each"}
    )
    assert (message.sender.address, message.text) == ("u2@t2.slack", "7.50 each")


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ({"user_team": "T2", "team": "T1"}, "u9@t2.slack"),
        ({"team": "T2"}, "u9@t2.slack"),
        ({"source_team": "T2"}, "u9@t2.slack"),
        ({"user_profile": {"team": "T1", "is_restricted": True, "real_name": "Gus"}}, "u9@t1-guest.slack"),
        ({"user_profile": {"team": "T1", "real_name": "Otto"}}, "u9@t1.slack"),
        ({"team": 7}, "u9@t2.slack"),
        ({}, "u9@t2.slack"),
    ],
)
def test_an_unknown_author_is_of_the_team_the_message_names_or_else_of_the_other_firm(raw, address):
    assert parse(user="U9", **raw).sender.address == address


@pytest.mark.parametrize(
    ("shared", "teams", "address"),
    [(False, (), "u9@t1.slack"), (True, ("T2",), "u9@t2.slack"), (True, ("T2", "T3"), "u9@unknown.slack")],
)
def test_an_unknown_member_is_ours_only_in_a_channel_of_our_own(shared, teams, address):
    channel = SlackChannel(id="C1", members=("U9",), shared=shared, teams=teams)
    assert parse(channel=channel).to[0].address == address


@pytest.mark.parametrize(
    ("channel", "to"),
    [
        (SlackChannel(id="C1", members=("U1",), shared=True, teams=("T2", "T3")), ["c1@t2.slack", "c1@t3.slack"]),
        (SlackChannel(id="C1", members=("U1",), shared=True), ["c1@unknown.slack"]),
        (SlackChannel(id="C1", members=("U1", "U2"), shared=True, teams=("T2",)), ["u2@t2.slack"]),
        (SlackChannel(id="C1", members=("U1",)), []),
        (SlackChannel(id="C1", members=("U2", "U2", "U1", "UBOT")), ["u2@t2.slack"]),
    ],
)
def test_a_shared_channel_is_never_without_the_other_firm(channel, to):
    assert [person.address for person in parse(channel=channel).to] == to


def share(**raw):
    return {"is_share": True, "is_msg_unfurl": True, "author_id": "U2", "author_name": "Nils", "text": "7.50", **raw}


def forwarded(name, text):
    return f"---------- Forwarded message ---------\nFrom: {name}\n\n{text}"


@pytest.mark.parametrize(
    ("text", "attachments", "shown"),
    [
        ("fyi", [share()], "fyi\n\n" + forwarded("Nils <u2@t2.slack>", "7.50")),
        ("", [share()], forwarded("Nils <u2@t2.slack>", "7.50")),
        ("", [share(author_id="U404")], forwarded("Nils", "7.50")),
        ("", [share(author_id="U404", author_name=None)], forwarded("unknown", "7.50")),
        ("", [share(author_name=None)], forwarded("Nils Norvik <u2@t2.slack>", "7.50")),
        ("", [share(author_name="Nils\nTo: x")], forwarded("Nils To: x <u2@t2.slack>", "7.50")),
        ("", [share(text="", fallback="7.50 &amp; up")], forwarded("Nils <u2@t2.slack>", "7.50 & up")),
        (
            "",
            [share(), share(text="8.00")],
            "\n\n".join(forwarded("Nils <u2@t2.slack>", one) for one in ("7.50", "8.00")),
        ),
        (
            "",
            [share(text="see below", attachments=[share(author_id="U1", author_name="Anna", text="<@U2> 9")])],
            forwarded("Nils <u2@t2.slack>", "see below")
            + "\n\n"
            + forwarded("Anna <anna@ourco.example>", "@Nils Norvik 9"),
        ),
        (
            "",
            [
                share(
                    text=None, message_blocks=[{"message": {"blocks": [{"type": "section", "text": {"text": "7.50"}}]}}]
                )
            ],
            forwarded("Nils <u2@t2.slack>", "7.50"),
        ),
        ("look", [share(is_share=False)], "look"),
        ("look", [{"text": "page", "from_url": "https://norvik.example", "title": "t"}], "look"),
        ("look", [share(text="")], "look"),
        ("look", "not a list", "look"),
        ("look", [None, 5, []], "look"),
    ],
)
def test_what_is_forwarded_is_told_anew_and_what_is_unfurled_is_not(text, attachments, shown):
    assert parse(text=text, attachments=attachments).text == shown


def test_files_are_listed_with_name_type_and_size():
    files = [
        {"name": "offer.pdf", "title": "The offer", "mimetype": "application/pdf", "size": 1234},
        {"title": "Untitled\nnote", "size": "big"},
        {"name": "x.bin", "size": True, "mimetype": 5},
        {"name": "gone.txt", "mode": "tombstone"},
        {"mode": "hosted"},
        None,
    ]
    assert parse(files=files).attachments == (
        Attachment(name="offer.pdf", media_type="application/pdf", size=1234),
        Attachment(name="Untitled note", media_type="application/octet-stream", size=0),
        Attachment(name="x.bin", media_type="application/octet-stream", size=0),
    )


def test_a_forwarded_file_counts():
    assert parse(attachments=[share(files=[{"name": "plan.xlsx"}])]).attachments[0].name == "plan.xlsx"


def test_blocks_speak_when_there_is_no_text():
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": "we pay 7.50"}]}
    assert parse(text="", blocks=[{"type": "rich_text", "elements": [section]}]).text == "we pay 7.50"
    assert parse(text="hello", blocks=[{"type": "rich_text", "elements": [section]}]).text == "hello"


def test_what_an_app_posts_in_a_persons_name_is_what_its_blocks_show():
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "we pay 7.50"}}]
    assert parse(text="New note", bot_id="B1", blocks=blocks).text == "we pay 7.50"
    assert parse(text="New note", bot_id="B1").text == "New note"


def test_what_json_can_spell_and_no_store_takes_is_replaced():
    assert parse(text="a\ud800b\0c").text == "a\ufffdb\ufffdc"


def test_a_long_text_is_kept_whole():
    assert len(parse(text="word " * 20_000).text) == 100_000


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ({"name": "IMG_2041.png", "title": "Our target price is 41 EUR"}, "look\n\nOur target price is 41 EUR"),
        ({"name": "offer.pdf", "title": "offer.pdf"}, "look"),
        ({"name": "offer.pdf", "title": "Offer"}, "look"),
        ({"name": "offer.pdf"}, "look"),
        ({"name": "offer.pdf", "title": "gone", "mode": "tombstone"}, "look"),
        ({"title": "only a title"}, "look"),
    ],
)
def test_the_title_that_somebody_gave_a_file_is_said(file, said):
    assert parse(text="look", files=[file]).text == said
