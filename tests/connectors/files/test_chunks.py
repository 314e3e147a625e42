import gzip
import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.files import chunks as under_test
from connectors.files.chunks import BrokenDataError, chunks, split_lines, split_mbox, unescape_mail

LIMIT = 10_000


def pieces(split, data, *, size=7, limit=LIMIT):
    blocks = (data[at : at + size] for at in range(0, len(data), size))
    return [piece.data for piece in split(blocks, 0, limit)]


def mail(name, body="hello\n"):
    return f"From {name}@x.example Tue Mar  3 10:00:00 2026\nFrom: {name}@x.example\n\n{body}\n".encode()


def test_an_mbox_is_cut_into_its_mails():
    assert pieces(split_mbox, mail("a") + mail("b") + mail("c")) == [mail("a"), mail("b"), mail("c")]


@pytest.mark.parametrize(
    "separator",
    [
        "From jane@x.example Tue Mar  3 10:00:00 2026",
        "From 1234567890@xxx Tue Mar 03 10:00:00 +0000 2026",
        "From MAILER-DAEMON Tue Mar 3 10:00 2026",
        "From - Tue Mar  3 10:00:00 2026",
        "From - ",
        "From jane@x.example",
        "From ???@??? Tue Mar 03 10:00:00 2026",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_that_separates_mails_is_known(separator, end):
    second = f"{separator}{end}From: b@x.example{end}{end}two{end}".encode()
    first = f"From a@x.example 10:00 2026{end}From: a@x.example{end}{end}one{end}{end}".encode()
    assert pieces(split_mbox, first + second) == [first, second]


@pytest.mark.parametrize(
    "sentence",
    [
        "From what I hear the price is 12 EUR.",
        "From 10:00 on we are in the hall.",
        "From jane@x.example I hear that it is dear.",
        "From the desk of Jane\nPhone: 123",
        ">From jane@x.example Tue Mar  3 10:00:00 2026\nFrom: x",
        " From jane@x.example Tue Mar  3 10:00:00 2026\nFrom: x",
    ],
)
def test_a_sentence_that_begins_with_from_separates_nothing(sentence):
    data = mail("a", f"one\n\n{sentence}\n\nend\n")
    assert pieces(split_mbox, data) == [data]


def test_what_stands_before_the_first_separator_is_a_piece_too():
    assert pieces(split_mbox, b"From: x@x.example\n\nhello\n\n" + mail("a")) == [
        b"From: x@x.example\n\nhello\n\n",
        mail("a"),
    ]


@pytest.mark.parametrize(
    ("data", "plain"),
    [
        (b"a\n>From here\n>>From there\n> From me\nFrom you\n", b"a\nFrom here\n>From there\n> From me\nFrom you\n"),
        (b"a\n\n", b"a\n"),
        (b"a\r\n\r\n", b"a\r\n"),
        (b"a\n", b"a\n"),
    ],
)
def test_what_an_mbox_does_to_a_mail_is_undone(data, plain):
    assert unescape_mail(data) == plain


@given(st.lists(st.text("From >x:@1\n\r", max_size=60).map(str.encode), max_size=6).map(b"".join), st.integers(1, 50))
def test_an_mbox_is_cut_without_loss_whatever_the_blocks(data, size):
    assert b"".join(pieces(split_mbox, data, size=size)) == data


@given(st.binary(max_size=300).map(lambda data: data.replace(b"\r", b"\n")), st.integers(1, 50))
def test_lines_are_cut_without_loss_whatever_the_blocks(data, size):
    assert pieces(split_lines, data, size=size) == data.splitlines(keepends=True) if data.isascii() else True
    assert b"".join(pieces(split_lines, data, size=size)) == data


def test_a_piece_that_is_too_large_is_passed_over_without_being_held():
    found = list(split_lines(iter([b"a\n" + b"x" * 20_000] + [b"x" * 20_000] * 50 + [b"x\nb\n"]), 0, LIMIT))
    assert [piece.data for piece in found] == [b"a\n", None, b"b\n"]
    assert (found[1].start, found[1].end, found[2].start) == (2, 2 + 20_000 * 51 + 2, 2 + 20_000 * 51 + 2)


def test_a_mail_that_is_too_large_is_passed_over():
    data = mail("a") + mail("b", "x\n" * 20_000) + mail("c")
    assert pieces(split_mbox, data, size=1000) == [mail("a"), None, mail("c")]


def test_reading_begins_where_it_is_told_to():
    data = bytes(range(256)) * 4
    assert b"".join(chunks(io.BytesIO(data), start=100)) == data[100:]
    assert b"".join(chunks(io.BytesIO(gzip.compress(data)), start=100)) == data[100:]
    assert list(chunks(io.BytesIO(data), start=5000)) == []


def test_compressed_streams_that_follow_each_other_are_one():
    packed = gzip.compress(b"one") + gzip.compress(b"two") + b"\0\0"
    assert b"".join(chunks(io.BytesIO(packed))) == b"onetwo"


def test_data_that_unpacks_to_much_comes_in_small_blocks():
    packed = gzip.compress(b"\0" * 50_000_000)
    assert max(len(block) for block in chunks(io.BytesIO(packed))) <= under_test.CHUNK


@pytest.mark.parametrize(
    ("packed", "why"),
    [
        (gzip.compress(b"x" * 1000)[:-12], "its compressed data ends early"),
        (gzip.compress(b"x" * 1000)[:5], "its compressed data ends early"),
        (b"\x1f\x8b" + b"junk" * 10, "its compressed data is damaged"),
        (gzip.compress(b"one") + b"junk", "its compressed data is damaged"),
        (
            gzip.compress(b"x")[:-8] + zlib.crc32(b"y").to_bytes(4, "little") + b"\1\0\0\0",
            "its compressed data is damaged",
        ),
    ],
    ids=range(5),
)
def test_damaged_compressed_data_is_told(packed, why):
    with pytest.raises(BrokenDataError) as error:
        list(chunks(io.BytesIO(packed)))
    assert str(error.value) == why
