import base64
import time
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import pytest

from connectors.parse.mail import ParseError, parse_mail
from messages import Attachment, PartKind, clean

HEADER = (
    "From: Jane Doe <jane@ourco.example>\nTo: bob@supplier.example\nSubject: Housing\n"
    "Date: Tue, 3 Mar 2026 10:00:00 +0100\nMessage-ID: <1@ourco.example>\n"
)


def read(text):
    """Parse a mail written as text."""
    return parse_mail(text.encode() if isinstance(text, str) else text, fallback_id="box#1")


def with_body(body, content_type="text/plain; charset=utf-8"):
    return read(f"{HEADER}Content-Type: {content_type}\n\n{body}")


def part(content_type, body, *more):
    return "\n".join(["--b", f"Content-Type: {content_type}", *more, "", body, ""])


def mixed(*parts, kind="mixed"):
    return with_body("".join(parts) + "--b--\n", f"multipart/{kind}; boundary=b")


def quoted_of(message):
    return [message.text[span.start : span.end] for span in message.quoted]


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


# What to take of several renderings


@pytest.mark.parametrize(
    ("plain", "html", "text"),
    [
        ("Twelve euros.", "<p>Twelve euros.</p>", "Twelve euros."),
        ("", "<p>Twelve euros.</p>", "Twelve euros."),
        ("  \n\xa0\n", "<p>Twelve euros.</p>", "Twelve euros."),
        ("This is an HTML mail. Please view it in a browser.", "<p>Twelve euros.</p>", "Twelve euros."),
        ("Ihr Programm zeigt kein HTML an.", "<p>Zwölf Euro.</p>", "Zwölf Euro."),
        (
            "See you.",
            "<p>" + "Twelve euros a piece. " * 10 + "</p>",
            "Twelve euros a piece. " * 9 + "Twelve euros a piece.",
        ),
        ("The HTML version is empty", "<p></p>", "The HTML version is empty\n"),
        ("Twelve euros. " * 50, "<p>html in the browser</p>" * 500, "Twelve euros. " * 50 + "\n"),
    ],
)
def test_the_plain_text_is_taken_unless_it_says_next_to_nothing(plain, html, text):
    message = mixed(part("text/plain", plain + "\n"), part("text/html", html), kind="alternative")
    assert message.text.rstrip("\n") == text.rstrip("\n")


def test_an_alternative_of_related_parts_lists_its_pictures():
    related = (
        'Content-Type: multipart/related; boundary="r"\n\n--r\nContent-Type: text/html\n\n<p>Hello</p>\n'
        "--r\nContent-Type: image/png; name=logo.png\nContent-Transfer-Encoding: base64\n\nAAAA\n--r--\n"
    )
    message = with_body(part("text/plain", "Hello") + f"--b\n{related}--b--", "multipart/alternative; boundary=b")
    assert message.text == "Hello"
    assert message.attachments == (Attachment(name="logo.png", media_type="image/png", size=3),)


def test_an_invitation_is_listed_and_its_text_is_read():
    message = mixed(
        part("text/plain", "Join us"), part("text/calendar; method=REQUEST", "BEGIN:VCALENDAR"), kind="alternative"
    )
    assert message.text.strip() == "Join us"
    assert [one.media_type for one in message.attachments] == ["text/calendar"]


def test_html_alone_is_text_with_its_quotations():
    message = with_body("<div>Twelve euros.</div><blockquote>How much?</blockquote>", "text/html")
    assert message.text == "Twelve euros.\nHow much?"
    assert quoted_of(message) == ["How much?"]


def test_html_that_calls_itself_plain_is_read_as_html():
    assert with_body("<html><body><p>Hello</p></body></html>").text == "Hello"


def test_the_charset_of_an_html_text_may_stand_in_it_alone():
    html = '<html><head><meta charset="koi8-r"></head>цена</html>'.encode("koi8-r")
    assert read(f"{HEADER}Content-Type: text/html\n\n".encode() + html).text == "цена"


# Parts


def test_inline_texts_are_joined_in_their_order():
    message = mixed(
        part("text/plain", "Above the picture\n"),
        part("image/png; name=a.png", "AAAA", "Content-Transfer-Encoding: base64"),
        part("text/html", "<p>below</p><blockquote>old</blockquote>"),
        part("text/plain", "-- \nmailing list"),
    )
    assert message.text == "Above the picture\n\nbelow\n\nold\n\n-- \nmailing list"
    assert quoted_of(message) == ["old"]


def test_a_text_that_is_sent_twice_is_read_once():
    assert mixed(part("text/plain", "Twelve euros."), part("text/html", "<p>Twelve euros.</p>")).text == "Twelve euros."


@pytest.mark.parametrize(
    ("content_type", "more", "name"),
    [
        ("text/plain; name=prices.txt", "Content-Disposition: attachment", "prices.txt"),
        ("text/plain", 'Content-Disposition: attachment; filename="prices.txt"', "prices.txt"),
        ("text/plain; name=prices.txt", "X-A: b", "prices.txt"),
        ("text/csv", "Content-Disposition: inline; filename=prices.csv", "prices.csv"),
        ("application/pdf", "Content-Disposition: attachment; filename=../../etc/passwd", "passwd"),
        ("application/pdf", 'Content-Disposition: attachment; filename="C:\\temp\\prices.pdf"', "prices.pdf"),
        ("application/pdf", "Content-Disposition: attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe%00%07.pdf", "Größe.pdf"),
        (
            "application/pdf",
            "Content-Disposition: attachment; filename*=utf-8''invoice%E2%80%AEfdp.exe",
            "invoicefdp.exe",
        ),
        ("application/pdf", 'Content-Disposition: attachment; filename="=?utf-8?Q?Gr=C3=B6=C3=9Fe.pdf?="', "Größe.pdf"),
        ('application/pdf; name="offer.pdf"', "X-A: b", "offer.pdf"),
        ("application/pdf", "Content-Disposition: attachment; filename=..", ""),
        ("application/ms-tnef", "X-A: b", "winmail.dat"),
        ("application/pkcs7-signature; name=smime.p7s", "X-A: b", "smime.p7s"),
        ("text/x-vcard; name=jane.vcf", "X-A: b", "jane.vcf"),
    ],
)
def test_attachments_are_listed_by_a_clean_name(content_type, more, name):
    message = mixed(part("text/plain", "Here it is."), part(content_type, "12345", more))
    assert message.text == "Here it is."
    assert [(one.name, one.size) for one in message.attachments] == [(name, 5)]


def test_the_size_of_an_attachment_is_what_it_unpacks_to():
    data = base64.encodebytes(b"x" * 10_000).decode()
    message = mixed(part("text/plain", "x"), part("application/zip", data, "Content-Transfer-Encoding: base64"))
    assert [one.size for one in message.attachments] == [10_000]


def test_a_named_text_is_the_body_when_there_is_no_other():
    assert mixed(part("text/plain; name=body.txt", "Hello", "Content-Disposition: inline")).text == "Hello"


@pytest.mark.parametrize(
    ("content_type", "attached"),
    [
        ("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", ["smime.p7m"]),
        ("application/pdf; name=scan.pdf", ["scan.pdf"]),
    ],
)
def test_a_mail_without_a_readable_text_has_an_empty_one(content_type, attached):
    message = with_body("AAAA", content_type)
    assert (message.text, [one.name for one in message.attachments]) == ("", attached)


def test_an_encrypted_mail_has_an_empty_text():
    message = mixed(
        part("application/pgp-encrypted", "Version: 1"),
        part("text/plain; name=encrypted.asc", "AAAA"),
        kind="encrypted",
    )
    assert message.text == ""
    assert [one.media_type for one in message.attachments] == ["application/pgp-encrypted", "text/plain"]


def test_a_signed_mail_is_read_and_its_signature_listed():
    message = mixed(part("text/plain", "Hello"), part("application/pgp-signature", "AAAA"), kind="signed")
    assert (message.text, len(message.attachments)) == ("Hello", 1)


def test_flowed_text_is_joined():
    assert with_body("one \ntwo\n", "text/plain; format=flowed").text == "one two\n"


def test_a_multipart_that_was_encoded_as_a_whole_is_read():
    body = base64.encodebytes(b"--b\nContent-Type: text/plain\n\nHello\n--b--\n").decode()
    message = read(f"{HEADER}Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n{body}")
    assert message.text == "Hello"


# Mails inside mails

INNER = (
    "From: Bob <bob@supplier.example>\nTo: jane@ourco.example\nSubject: Offer\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n"
)


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


# Journal reports

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


# Hostile


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
    assert len(message.attachments) <= 25


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


# The shapes of the programs that people use

OUTLOOK = """\
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0cm} --></style></head>
<body lang=DE><div class=WordSection1>
<p class=MsoNormal>Hallo Bob,<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>zw&ouml;lf Euro.<o:p></o:p></p>
<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>
<p class=MsoNormal><b>Von:</b> Bob &lt;bob@supplier.example&gt; <br><b>Gesendet:</b> Montag, 2. M&auml;rz 2026 09:00<br>
<b>An:</b> Jane<br><b>Betreff:</b> Angebot<o:p></o:p></p></div></div>
<p class=MsoNormal>Was ist Ihr Budget?<o:p></o:p></p></div></body></html>"""

GMAIL = """\
<div dir="ltr">Twelve euros.<div><br></div><div>Jane</div></div><br><div class="gmail_quote gmail_quote_container">
<div dir="ltr" class="gmail_attr">On Mon, Mar 2, 2026 at 9:00 AM Bob &lt;<a href="mailto:b@x.example">b@x.example</a>
&gt; wrote:<br></div>
<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204)">
<div>What is your budget?</div></blockquote></div>"""

APPLE = """\
<html><head></head><body style="overflow-wrap: break-word;">Twelve euros.<br><div><br><blockquote type="cite">
<div>On 2. Mar 2026, at 09:00, Bob &lt;b@x.example&gt; wrote:</div><br class="Apple-interchange-newline">
<div>What is your budget?</div></blockquote></div><br></body></html>"""

MOBILE = """\
<html><body><div>Twelve euros.</div><div id="ms-outlook-mobile-signature">Get Outlook for iOS</div>
<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">
<b>From:</b> Bob<br><b>Sent:</b> Monday<br></font></div><div>What is your budget?</div></body></html>"""


@pytest.mark.parametrize(
    ("html", "new", "quoted"),
    [
        (OUTLOOK, "Hallo Bob,\n\nzwölf Euro.", "Von: Bob <bob@supplier.example>"),
        (GMAIL, "Twelve euros.\n\nJane", "On Mon, Mar 2, 2026 at 9:00 AM"),
        (APPLE, "Twelve euros.", "On 2. Mar 2026, at 09:00, Bob"),
        (MOBILE, "Twelve euros.\nGet Outlook for iOS", "From: Bob\nSent: Monday"),
    ],
    ids=["outlook", "gmail", "apple", "mobile"],
)
def test_a_reply_is_told_from_what_it_answers(html, new, quoted):
    message = with_body(html, "text/html; charset=utf-8")
    (span,) = message.quoted
    assert message.text[: span.start].strip() == new
    assert message.text[span.start : span.end].startswith(quoted)
    assert span.end == len(message.text)


def test_a_mail_from_a_list_keeps_its_footer_apart():
    message = read(
        HEADER.replace("Subject: ", "Subject: [parts] ")
        + "List-Id: <parts.ourco.example>\nContent-Type: multipart/mixed; boundary=b\n\n"
        + part("text/plain; charset=iso-8859-1", "Gr=F6=DFe", "Content-Transfer-Encoding: quoted-printable")
        + part("text/plain", "_____\nparts mailing list", "Content-Disposition: inline")
        + "--b--"
    )
    assert (message.subject, message.text) == ("[parts] Housing", "Größe\n\n_____\nparts mailing list")


def test_a_date_without_a_zone_is_universal_time():
    assert read("From: a@x.example\nDate: Tue, 3 Mar 2026 10:00:00\n\nx").sent_at == datetime(
        2026, 3, 3, 10, tzinfo=UTC
    )


def test_a_file_pasted_into_the_text_is_listed():
    message = with_body("See below.\nbegin 644 prices.doc\n#86)C\n`\nend\n")
    assert message.text == "See below.\n"
    assert message.attachments == (Attachment(name="prices.doc", media_type="application/octet-stream", size=3),)
