from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.parse.mail import ParseError
from connectors.parse.record import parse_record
from messages import Channel, Participant

RECORD = {"from": "jane@ourco.example", "text": "Twelve euros."}


def read(**more):
    return parse_record(RECORD | more, fallback_id="file#1")


def test_a_full_record_is_read():
    message = read(
        id="m-1",
        channel="slack",
        to=["Bob <Bob@Supplier.example>", {"name": "Al", "address": "al@supplier.example"}],
        cc=["jane@ourco.example"],
        subject="#ext-supplier",
        date="2026-03-03T10:00:00Z",
        message_id="<1@x>",
        in_reply_to="<0@x>",
        references=["0@x", "<00@x>"],
        thread="C1:1",
        direction="inbound",
        labels=["budget"],
    )
    assert (message.id, message.channel, message.subject, message.thread) == (
        "m-1",
        Channel.SLACK,
        "#ext-supplier",
        "C1:1",
    )
    assert message.to == (
        Participant(address="bob@supplier.example", name="Bob"),
        Participant(address="al@supplier.example", name="Al"),
    )
    assert (message.message_id, message.in_reply_to, message.references) == ("1@x", "0@x", ("0@x", "00@x"))
    assert message.sent_at == datetime(2026, 3, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("more", "name"),
    [({"id": "m-1", "message_id": "<1@x>"}, "m-1"), ({"message_id": "<1@x>"}, "1@x"), ({}, "file#1"), ({"id": 7}, "7")],
)
def test_a_record_goes_by_its_id_its_message_id_or_its_place(more, name):
    assert read(**more).id == name


@pytest.mark.parametrize("text", ["a\r\nb", "a\0b", "a\ud800b", "  a  ", "İ"])
def test_offsets_into_the_text_hold_for_the_record(text):
    message = read(text=text)
    assert len(message.text) == len(text)
    assert message.text.encode()
    assert "\0" not in message.text


@pytest.mark.parametrize("people", [None, [], "", [""], " "])
def test_nobody_is_nobody(people):
    assert read(to=people).to == ()


def test_a_list_of_people_may_be_one_text():
    assert [one.address for one in read(to="a@x.example, B <b@x.example>").to] == ["a@x.example", "b@x.example"]


def test_a_chat_user_may_have_no_address():
    assert parse_record({"from": "Jane", "text": ""}, fallback_id="x").sender == Participant(address="jane")


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ([], "it is no JSON object"),
        ("text", "it is no JSON object"),
        (None, "it is no JSON object"),
        ({}, "from is missing"),
        ({"from": "a@x.example"}, "text is missing"),
        ({"from": "a@x.example", "text": None}, "text is missing"),
        ({"from": " ", "text": ""}, "from names nobody"),
        (RECORD | {"text": 5}, "text is no text"),
        (RECORD | {"from": 5}, "from holds something that is no address"),
        (RECORD | {"to": [5]}, "to holds something that is no address"),
        (RECORD | {"to": [{"address": 5}]}, "address is no text"),
        (RECORD | {"channel": "fax"}, "channel is neither email nor slack"),
        (RECORD | {"channel": 1}, "channel is no text"),
        (RECORD | {"subject": []}, "subject is no text"),
        (RECORD | {"date": 1_700_000_000}, "date is no text"),
        (RECORD | {"id": True}, "id is no text"),
    ],
)
def test_what_is_no_record_is_refused_with_one_reason(record, why):
    with pytest.raises(ParseError) as error:
        parse_record(record, fallback_id="x")
    assert str(error.value) == why


def test_a_date_that_is_none_costs_the_date_alone():
    assert read(date="soon").sent_at is None


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
KEYS = [
    "id",
    "channel",
    "from",
    "to",
    "cc",
    "subject",
    "text",
    "date",
    "message_id",
    "in_reply_to",
    "references",
    "thread",
]


@given(st.dictionaries(st.sampled_from(KEYS), VALUES) | VALUES)
def test_no_json_value_does_more_than_be_refused(record):
    try:
        message = parse_record(record, fallback_id="x")
    except ParseError:
        return
    for text in (message.id, message.text, message.subject, message.sender.address, message.thread):
        assert "\0" not in text
        assert text.encode() is not None
