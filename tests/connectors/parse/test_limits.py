"""What hides behind padding is read, or the message says that some of it was not."""

import time

import pytest

from connectors.parse.record import parse_record
from tests.connectors.parse.writing import HEADER, read, with_body

LEAK = "Our budget for this is 85,000 euros."


def _nested(depth):
    head = "".join(f"--b{one}\nContent-Type: multipart/mixed; boundary=b{one + 1}\n\n" for one in range(depth))
    return with_body(f"{head}--b{depth}\n\n{LEAK}\n--b{depth}--\n", "multipart/mixed; boundary=b0")


def _attached(count):
    file = "--b\nContent-Disposition: attachment; filename=a.pdf\n\nx\n"
    return with_body(f"{file * count}--b\n\n{LEAK}\n--b--\n", "multipart/mixed; boundary=b")


@pytest.mark.parametrize(
    "make",
    [
        lambda: with_body(LEAK),
        lambda: with_body("\n" * 2_000_000 + LEAK),
        lambda: with_body(" " * 2_000_000 + LEAK),
        lambda: with_body("\u200b\n" * 1_000_000 + LEAK),
        lambda: with_body("word " * 100_000 + LEAK),
        lambda: with_body("<!-- " + "x" * 3_000_000 + f" --><p>{LEAK}", "text/html"),
        lambda: _attached(500),
        lambda: _nested(40),
    ],
    ids=range(8),
)
def test_a_leak_behind_padding_is_read(make):
    message = make()
    assert LEAK in message.text
    assert not message.truncated


@pytest.mark.parametrize(
    "make",
    [
        lambda: with_body("word " * 300_000 + LEAK),
        lambda: with_body("word " * 600_000 + LEAK),
        lambda: with_body(f"<pre>{'x' * 1_000_001}{LEAK}", "text/html"),
        lambda: with_body("<b>" * 1_000_001 + LEAK, "text/html"),
        lambda: read(f"{HEADER}Content-Transfer-Encoding: base64\n\n" + "aGk=\n" * 20_000),
        lambda: _attached(1_001),
        lambda: _nested(60),
        lambda: read(f"Subject: {'x ' * 10_000}{LEAK}\nFrom: a@x.example\n\nhello"),
        lambda: read(f"Subject: {'x ' * 200_000}{LEAK}\nFrom: a@x.example\n\nhello"),
        lambda: parse_record({"from": "a@x.example", "text": "x" * 1_000_001}, fallback_id="1"),
        lambda: parse_record({"from": "a@x.example", "text": "", "to": ["b@x.example"] * 5_001}, fallback_id="1"),
        lambda: parse_record({"from": "a@x.example", "text": "", "to": "b@x.example, " * 9_000}, fallback_id="1"),
    ],
    ids=range(12),
)
def test_a_message_says_that_some_of_it_was_not_read(make):
    assert make().truncated


@pytest.mark.parametrize("count", [6_000, 50_000])
def test_fields_that_matter_are_read_behind_a_heap_of_others(count):
    padding = "".join(f"X-{one}: y\n z\n" for one in range(count))
    message = read(f"{padding}{HEADER}Content-Type: text/html\n\n<p>{LEAK}")
    assert (message.sender.address, message.subject, message.text) == ("jane@ourco.example", "Housing", LEAK)
    assert message.truncated


def test_an_outsider_behind_a_crowd_of_colleagues_is_kept():
    crowd = ", ".join(f"u{one}@ourco.example" for one in range(6_000))
    message = read(f"From: a@ourco.example\nTo: {crowd}, seller@norvik.example\n\n{LEAK}")
    assert message.to[-1].address == "seller@norvik.example"
    assert len(message.to) == 5_001
    assert message.truncated


def test_a_crowd_that_is_read_whole_is_not_truncated():
    crowd = ", ".join(f"u{one}@ourco.example" for one in range(4_999))
    message = read(f"From: a@ourco.example\nTo: {crowd}, seller@norvik.example\n\n{LEAK}")
    assert (len(message.to), message.truncated) == (5_000, False)


def test_an_outsider_beyond_the_longest_value_is_announced():
    crowd = ", ".join(f"u{one}@ourco.example" for one in range(30_000))
    assert read(f"From: a@ourco.example\nTo: {crowd}, seller@norvik.example\n\n{LEAK}").truncated


@pytest.mark.parametrize(
    "mail",
    [
        "From: a@x.example\nX-A: b\n" + " \n c\n" * 300_000 + "\nhello",
        "From: a@x.example\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\n"
        + "one two six ten " * 60_000
        + "\n--b\nContent-Type: text/html\n\n<p>alpha beta\n" * 900,
    ],
    ids=["folded lines", "renderings"],
)
def test_padding_costs_little_time(mail):
    start = time.perf_counter()
    read(mail)
    assert time.perf_counter() - start < 3
