import pytest

from tests.connectors.parse.writing import HEADER, INNER, mixed, part, read

ENVELOPE = (
    "Sender: jane@ourco.example\nSubject: Housing\nMessage-Id: <1@ourco.example>\nTo: bob@supplier.example\n"
    "Recipient: al@supplier.example, Expanded: sales@supplier.example\nBcc: Hidden@Rival.example\n"
)


@pytest.mark.parametrize("journal", ["X-MS-Journal-Report:\n", ""])
def test_a_journal_report_is_the_mail_inside_it_with_everyone_who_got_it(journal):
    mail = f"{HEADER}Cc: sales@supplier.example\n\nTwelve euros."
    body = part("text/plain", ENVELOPE) + part("message/rfc822", mail)
    message = read(f"From: journal@ourco.example\n{journal}Content-Type: multipart/mixed; boundary=b\n\n{body}--b--\n")
    assert (message.id, message.text, message.attachments) == ("1@ourco.example", "Twelve euros.", ())
    assert message.sender.address == "jane@ourco.example"
    assert [one.address for one in message.to] == [
        "bob@supplier.example",
        "al@supplier.example",
        "hidden@rival.example",
    ]
    assert [one.address for one in message.cc] == ["sales@supplier.example"]


def test_a_forwarded_mail_with_a_note_is_no_journal_report():
    message = mixed(part("text/plain", "To: everyone\nplease read"), part("message/rfc822", INNER + "\nTwelve."))
    assert message.sender.address == "jane@ourco.example"
    assert message.text.startswith("To: everyone")
