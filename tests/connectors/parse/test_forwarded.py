import pytest

from messages import PartKind, clean
from tests.connectors.parse.writing import INNER, mixed, part, quoted_of, read, with_body


def test_an_attached_mail_is_listed_and_its_text_follows_as_forwarded():
    message = mixed(part("text/plain", "Look at this."), part("message/rfc822", INNER + "\nTwelve euros."))
    assert message.text == (
        "Look at this.\n\n---------- Forwarded message ----------\nFrom: Bob <bob@supplier.example>\n"
        "Date: Mon, 2 Mar 2026 09:00:00 +0000\nSubject: Offer\nTo: jane@ourco.example\n\nTwelve euros."
    )
    assert [(one.name, one.media_type) for one in message.attachments] == [("Offer.eml", "message/rfc822")]


def test_what_follows_as_forwarded_is_seen_as_forwarded():
    message = mixed(part("text/plain", "Look at this."), part("message/rfc822", INNER + "\nTwelve euros."))
    kinds = {one.kind: message.text[one.start : one.end] for one in clean(message.text, message.quoted).parts}
    assert kinds[PartKind.NEW].strip() == "Look at this."
    assert "Twelve euros." in kinds[PartKind.FORWARD]


def test_quotations_in_an_attached_mail_keep_their_place():
    inner = INNER + "Content-Type: text/html\n\nTwelve.<blockquote>How much?</blockquote>"
    message = mixed(part("text/plain", "Look."), part("message/rfc822", inner))
    assert quoted_of(message) == ["How much?"]


def test_the_mail_that_a_bounce_is_about_is_listed_only():
    message = mixed(
        part("text/plain", "Could not be delivered."),
        part("message/delivery-status", "Status: 5.1.1"),
        part("message/rfc822", INNER + "\nTwelve euros."),
        kind="report; report-type=delivery-status",
    )
    assert message.text == "Could not be delivered."
    assert [one.media_type for one in message.attachments] == ["message/delivery-status", "message/rfc822"]


def test_the_mails_of_a_digest_follow_each_other():
    message = with_body(f"--b\n\n{INNER}\none\n--b\n\n{INNER}\ntwo\n--b--", "multipart/digest; boundary=b")
    assert message.text.count("---------- Forwarded message ----------") == 2
    assert len(message.attachments) == 2


@pytest.mark.parametrize(
    ("subject", "quoted"), [("FW: Offer", []), ("[ext] WG: Offer", []), ("AW: FW: Offer", ["old"])]
)
def test_in_a_forwarded_mail_nothing_is_declared_quoted(subject, quoted):
    message = read(f"From: a@x.example\nSubject: {subject}\nContent-Type: text/html\n\nnew<blockquote>old</blockquote>")
    assert quoted_of(message) == quoted
