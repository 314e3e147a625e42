import time
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import pytest

from connectors.parse.mail import ParseError, parse_mail
from tests.connectors.parse.writing import HEADER, read, with_body


def test_a_plain_mail_is_read_whole():
    message = read(
        HEADER
        + "Cc: Al <al@supplier.example>\nBcc: boss@ourco.example\nIn-Reply-To: <0@supplier.example>\n"
        + "References: <a@x.example>\n <0@supplier.example>\n\nHello Bob,\r\n12 EUR.\r\n"
    )
    assert (message.id, message.message_id, message.in_reply_to) == (
        "1@ourco.example",
        "1@ourco.example",
        "0@supplier.example",
    )
    assert message.references == ("a@x.example", "0@supplier.example")
    assert (message.sender.name, message.sender.address) == ("Jane Doe", "jane@ourco.example")
    assert [one.address for one in message.to] == ["bob@supplier.example", "boss@ourco.example"]
    assert [one.address for one in message.cc] == ["al@supplier.example"]
    assert message.sent_at == datetime(2026, 3, 3, 10, tzinfo=timezone(timedelta(hours=1)))
    assert (message.subject, message.text) == ("Housing", "Hello Bob,\n12 EUR.\n")


def test_a_mail_without_message_id_goes_by_the_name_it_is_given():
    message = read("From: a@x.example\n\nhello")
    assert (message.id, message.message_id) == ("box#1", "")


@pytest.mark.parametrize(
    ("header", "name", "address"),
    [
        ("From: a@x.example, b@x.example", "", "a@x.example"),
        ("From: A <a@x.example>\nSender: s@x.example", "A", "a@x.example"),
        ("Sender: S <s@x.example>", "S", "s@x.example"),
        ("From: Jane Doe\nReply-To: j@x.example", "Jane Doe", "j@x.example"),
        ("Resent-From: r@x.example", "", "r@x.example"),
        ("Return-Path: <r@x.example>", "", "r@x.example"),
        ("From: root (Cron)", "Cron", "root"),
        ("From: \nSubject: x", "", ""),
        ("Subject: x", "", ""),
    ],
)
def test_the_author_is_taken_from_the_best_field_there_is(header, name, address):
    sender = read(f"{header}\n\nhello").sender
    assert (sender.name, sender.address) == (name, address)


def test_the_line_of_a_mailbox_file_names_the_author_if_nothing_else_does():
    message = read("From a@x.example Tue Mar  3 10:00:00 2026\nSubject: x\n\nhello")
    assert message.sender.address == "a@x.example"


def test_who_it_was_resent_to_has_it_too():
    message = read("From: a@x.example\nTo: b@x.example\nResent-To: c@y.example\nResent-Cc: b@x.example\n\nhello")
    assert [one.address for one in message.to] == ["b@x.example", "c@y.example"]
    assert message.cc == ()


@pytest.mark.parametrize(
    ("header", "cc"),
    [
        ("From: a@ourco.example, b@rival.example", ["b@rival.example"]),
        ("From: a@ourco.example, c@ourco.example", ["c@ourco.example"]),
        ("From: a@ourco.example\nFrom: b@rival.example", ["b@rival.example"]),
        ("From: a@ourco.example\nSender: b@rival.example", ["b@rival.example"]),
        ("From: a@ourco.example\nReply-To: B <b@rival.example>\nCc: c@x.example", ["c@x.example", "b@rival.example"]),
        ("From: a@ourco.example\nSender: c@ourco.example", []),
        ("From: a@ourco.example\nReply-To: c@lab.ourco.example", []),
        ("From: a@ourco.example\nReply-To: to@rival.example\nTo: to@rival.example", []),
        ("From: a@ourco.example\nReturn-Path: <b@rival.example>", []),
    ],
)
def test_others_who_stand_behind_a_mail_are_copied_in(header, cc):
    message = read(f"{header}\n\nhello")
    assert message.sender.address == "a@ourco.example"
    assert [one.address for one in message.cc] == cc


@pytest.mark.parametrize("name", ["Delivered-To", "X-Original-To", "X-Envelope-To", "Envelope-To"])
def test_who_it_was_delivered_to_has_it(name):
    message = read(f"From: a@x.example\nTo: b@x.example\nCc: c@x.example\n{name}: d@y.example, C@x.example\n\nhello")
    assert [one.address for one in message.to] == ["b@x.example", "d@y.example"]
    assert [one.address for one in message.cc] == ["c@x.example"]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "it is empty"),
        (b" \r\n\n", "it is empty"),
        (b"just some text", "it has no mail header"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it has no mail header"),
        (b"From a@x.example Tue Mar  3 10:00:00 2026\n\nhello", "it has no mail header"),
        (b"Subject: nobody\n\n \n", "it has neither an author nor a body"),
        (b"a" * (64 * 1024 * 1024 + 1), "it is larger than 64 MB"),
    ],
    ids=range(7),
)
def test_what_is_no_mail_is_refused_with_one_reason(raw, why):
    with pytest.raises(ParseError) as error:
        read(raw)
    assert str(error.value) == why


def test_a_mail_with_an_author_and_no_body_is_a_mail():
    assert read("From: a@x.example").text == ""


def test_a_date_without_a_zone_is_universal_time():
    assert read("From: a@x.example\nDate: Tue, 3 Mar 2026 10:00:00\n\nx").sent_at == datetime(
        2026, 3, 3, 10, tzinfo=UTC
    )


def test_nesting_is_followed_so_far_and_no_further():
    mail = "From: a@x.example\n\ndeepest"
    for level in range(200):
        mail = f"From: a{level}@x.example\nContent-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n{mail}"
    message = read(mail)
    assert message.sender.address == "a199@x.example"
    assert len(message.attachments) == 1


def test_mails_within_mails_are_followed_so_far_and_no_further():
    mail = "From: a@x.example\n\ndeepest"
    for _ in range(500):
        mail = f"From: a@x.example\nContent-Type: message/rfc822\n\n{mail}"
    message = read(mail)
    assert "deepest" not in message.text
    assert len(message.attachments) <= 55
    assert message.truncated


def test_parts_without_number_are_cut():
    message = with_body("--b\nContent-Type: image/png\n\n" * 20_000, "multipart/mixed; boundary=b")
    assert 0 < len(message.attachments) <= 1_000


def test_a_text_without_end_is_cut():
    assert len(with_body("price " * 300_000).text) == 1_000_000


def test_an_ordinary_mail_takes_about_a_millisecond_at_most():
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Jane <jane@ourco.example>", "bob@supplier.example", "Housing"
    mail["Received"] = "from a.example by b.example; Tue, 3 Mar 2026 10:00:00 +0100"
    text = "\n".join(["the price we agreed last week will be confirmed soon"] * 20)
    mail.set_content(text)
    mail.add_alternative("".join(f"<p>{line}</p>" for line in text.split("\n")), subtype="html")
    raw = mail.as_bytes()
    best = min(_seconds(raw) for _ in range(20))
    assert best < 0.0012


def _seconds(raw):
    start = time.perf_counter()
    parse_mail(raw, fallback_id="x")
    return time.perf_counter() - start
