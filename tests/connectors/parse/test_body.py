import base64

import pytest

from messages import Attachment
from tests.connectors.parse.writing import HEADER, mixed, part, quoted_of, read, with_body


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


LEAK = "Between ourselves the ceiling approved for housings stands near ninety thousand euros."
TALK = "Good morning everyone, please find below whatever colleagues discussed during lunch yesterday."


@pytest.mark.parametrize(
    ("plain", "html", "said", "unsaid"),
    [
        (TALK, LEAK, [TALK, LEAK], []),
        (TALK * 20, TALK * 20 + LEAK, [LEAK], []),
        (TALK + LEAK, TALK, [LEAK], []),
        (TALK, TALK + " Kind regards, Jane Doe", [TALK], ["Jane"]),
        (
            TALK + " https://tracking.example/alpha-beta-gamma/delta/epsilon/zeta/theta/iota/kappa",
            LEAK + TALK,
            [LEAK],
            ["delta"],
        ),
    ],
)
def test_what_one_rendering_says_alone_is_read(plain, html, said, unsaid):
    text = mixed(part("text/plain", plain), part("text/html", f"<p>{html}</p>"), kind="alternative").text
    assert all(one in text for one in said)
    assert not any(one in text for one in unsaid)


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


def test_a_file_pasted_into_the_text_is_listed():
    message = with_body("See below.\nbegin 644 prices.doc\n#86)C\n`\nend\n")
    assert message.text == "See below.\n"
    assert message.attachments == (Attachment(name="prices.doc", media_type="application/octet-stream", size=3),)
