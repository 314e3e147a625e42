import pytest

from tests.connectors.parse.writing import HEADER, INNER, mixed, part, read

ENVELOPE = (
    "Sender: jane@ourco.example\nSubject: Housing\nMessage-Id: <1@ourco.example>\nTo: bob@supplier.example\n"
    "Recipient: al@supplier.example, Expanded: sales@supplier.example\nBcc: Hidden@Rival.example\n"
)
OUTER = "From: journal@mx.ourco.example\nTo: archive@ourco.example\n"
MAIL = f"{HEADER}Cc: sales@supplier.example\n\nTwelve euros."


def wrapped(outer, report, *more, mail=MAIL):
    body = part("text/plain", report) + part("message/rfc822", mail) + "".join(more)
    return read(f"{outer}Content-Type: multipart/mixed; boundary=b\n\n{body}--b--\n")


@pytest.mark.parametrize("journal", ["X-MS-Journal-Report:\n", ""])
def test_a_journal_report_is_the_mail_inside_it_with_everyone_who_got_it(journal):
    message = wrapped(OUTER + journal, ENVELOPE)
    assert (message.id, message.text, message.attachments) == ("1@ourco.example", "Twelve euros.", ())
    assert message.sender.address == "jane@ourco.example"
    assert [one.address for one in message.to] == [
        "bob@supplier.example",
        "al@supplier.example",
        "hidden@rival.example",
    ]
    assert [one.address for one in message.cc] == ["sales@supplier.example"]


@pytest.mark.parametrize(
    "report",
    [
        ENVELOPE + " late@rival.example\n",
        ENVELOPE + "late@rival.example\n",
        ENVELOPE + "\n \nOn-Behalf-Of: boss@ourco.example\nRecipient: late@rival.example\n",
        ENVELOPE.replace("Subject: Housing", "Subject: Housing and\n all else")
        + "Bcc: late@rival.example, Forwarded: x@y",
    ],
)
def test_every_line_of_a_journal_report_counts(report):
    message = wrapped(OUTER, report)
    assert message.text == "Twelve euros."
    assert "late@rival.example" in [one.address for one in message.to]


@pytest.mark.parametrize(
    ("outer", "report"),
    [
        (OUTER, ENVELOPE + "What is your budget, between us?\n"),
        (OUTER, ENVELOPE + " What is your budget, between us?\n"),
        (OUTER, "What is your budget?\n" + ENVELOPE),
        (OUTER, ENVELOPE + "Note: what is your budget?\n"),
        (OUTER + "X-MS-Journal-Report:\n", "What is your budget?\n"),
        ("From: seller@norvik.example\nTo: buyer@ourco.example\n", ENVELOPE),
        ("From: seller@norvik.example\nTo: buyer@ourco.example\nX-MS-Journal-Report:\n", ENVELOPE),
        ("From: eng@ourco.example\nTo: boss@ourco.example, seller@norvik.example\n", ENVELOPE),
        ("From: eng@ourco.example\nTo: boss@ourco.example\nCc: seller@norvik.example\n", ENVELOPE),
        ("From: eng@ourco.example\nTo: boss@ourco.example\nDelivered-To: seller@norvik.example\n", ENVELOPE),
        ("From: eng@ourco.example\nTo: boss@notourco.example\n", ENVELOPE),
        ("From: eng@ourco.example\nReply-To: seller@norvik.example\nTo: boss@ourco.example\n", ENVELOPE),
        ("From: eng@ourco.example\n", ENVELOPE),
    ],
    ids=range(13),
)
def test_a_forged_journal_report_is_a_mail_with_a_mail_attached(outer, report):
    message = wrapped(outer, report)
    written = read(f"{outer}\n{report}")
    assert (message.sender, message.to, message.cc) == (written.sender, written.to, written.cc)
    assert message.text.startswith(report.rstrip("\n"))
    assert "---------- Forwarded message ----------" in message.text
    assert message.text.endswith("Twelve euros.")


def test_a_report_with_more_than_the_mail_is_no_journal_report():
    message = wrapped(OUTER, ENVELOPE, part("text/plain", "What is your budget?"))
    assert "What is your budget?" in message.text


def test_a_forwarded_mail_with_a_note_is_no_journal_report():
    message = mixed(part("text/plain", "To: everyone\nplease read"), part("message/rfc822", INNER + "\nTwelve."))
    assert message.sender.address == "jane@ourco.example"
    assert message.text.startswith("To: everyone")
