import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.parse.mime import children, read_mail

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)


@st.composite
def mails(draw):
    """A mail as the standard library writes it."""
    mail = EmailMessage(policy=email.policy.SMTP if draw(st.booleans()) else email.policy.default)
    mail["From"] = "jane@ourco.example"
    mail["Subject"] = draw(TEXTS)
    mail.set_content(draw(TEXTS), cte=draw(st.sampled_from(["quoted-printable", "base64"])))
    if draw(st.booleans()):
        mail.add_alternative(f"<p>{draw(TEXTS)}</p>", subtype="html")
    for data in draw(st.lists(st.binary(max_size=300), max_size=2)):
        mail.add_attachment(
            data, maintype="application", subtype="pdf", filename=draw(st.sampled_from(["a b", "ü.pdf"]))
        )
    if draw(st.booleans()):
        inner = EmailMessage()
        inner["From"] = "bob@supplier.example"
        inner.set_content(draw(TEXTS))
        mail.add_attachment(inner)
    return mail


def leaves(entity):
    if entity.media_type.startswith("multipart/"):
        return [leaf for child in children(entity) for leaf in leaves(child)]
    return [entity]


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(mails())
def test_a_well_formed_mail_has_the_parts_that_the_standard_library_finds(mail):
    raw = mail.as_bytes()
    peer = email.message_from_bytes(raw)
    expected = [
        (part.get_content_type(), part.get_payload(decode=True))
        for part in peer.walk()
        if not part.is_multipart() and part not in mails_inside(peer)
    ]
    found = [leaf for leaf in leaves(read_mail(raw)) if leaf.media_type != "message/rfc822"]
    assert [(leaf.media_type, leaf.content()) for leaf in found] == expected


def mails_inside(peer):
    return [part for outer in peer.walk() if outer.get_content_type() == "message/rfc822" for part in outer.walk()]


def test_fields_are_found_whatever_ends_their_lines():
    for end in (b"\n", b"\r\n", b"\r\r\n"):
        entity = read_mail(end.join([b"From: a@x.example", b"Subject: one", b" two", b"", b"body"]))
        assert entity.first("subject").split() == [b"one", b"two"]
        assert entity.raw[entity.start : entity.end] == b"body"


def test_a_mail_of_carriage_returns_alone_is_read():
    entity = read_mail(b"From: a@x.example\rSubject: s\r\rbody")
    assert (entity.first("subject"), entity.raw[entity.start :]) == (b"s", b"body")


@pytest.mark.parametrize(
    "before",
    [
        b"\xef\xbb\xbf",
        b"\r\n\r\n",
        b"From jane@x.example Tue Mar  3 10:00:00 2026\n",
        b">From jane@x.example Tue Mar  3 10:00:00 2026\n",
        b"+OK 1234 octets\n",
        b"1234\n",
    ],
)
def test_what_programs_leave_before_a_mail_is_passed_over(before):
    assert read_mail(before + b"Subject: s\n\nbody").first("subject") == b"s"


def test_a_mail_in_utf_16_is_read():
    assert read_mail("Subject: s\r\n\r\nbody".encode("utf-16")).first("subject").strip() == b"s"


@pytest.mark.parametrize(
    ("raw", "subject", "body"),
    [
        (b"Subject: s\nbody without an empty line\nof two lines", b"s", b"body without an empty line\nof two lines"),
        (b"Subject: s\nwrapped badly\nFrom: a@x.example\n\nbody", b"s wrapped badly\n", b"body"),
        (b"Subject: s\n \nbody", b"s", b"body"),
        (b"Subject: s\n \nFrom: a@x.example\n\nbody", b"s", b"body"),
        (b"Subject : s\n\nbody", b"s", b"body"),
        (b"Subject:s", b"s", b""),
        (b"Subject:\n folded\n\nbody", b"\n folded", b"body"),
    ],
)
def test_a_damaged_header_loses_nothing(raw, subject, body):
    entity = read_mail(raw)
    assert (entity.first("subject"), entity.raw[entity.start : entity.end]) == (subject, body)


def parts_of(content_type, body):
    raw = b"From: a@x.example\nContent-Type: " + content_type + b"\n\n" + body
    return [part.raw[part.start : part.end] for part in children(read_mail(raw))]


@pytest.mark.parametrize(
    ("content_type", "body", "parts"),
    [
        (b"multipart/mixed; boundary=b", b"preamble\n--b\n\none\n--b\n\ntwo\n--b--\nepilogue", [b"one", b"two"]),
        (b"multipart/mixed; boundary=b", b"--b\n\none\n--b\n\ntwo", [b"one", b"two"]),  # no end
        (b"multipart/mixed; boundary=b", b"--b \r\n\r\none\r\n--b--\r\n", [b"one"]),
        (b"multipart/mixed; boundary=b", b"--b\n\n--bc\n--b--", [b"--bc"]),  # another one's boundary
        (b"multipart/mixed; boundary=b", b"--b\n\na --b\n--b--", [b"a --b"]),
        (b"multipart/mixed", b"--b\nContent-Type: text/plain\n\none\n--b--", [b"one"]),  # undeclared
        (b"multipart/mixed; boundary=wrong", b"--b\n\none\n--b--", [b"one"]),
        (b"multipart/mixed; boundary=b", b"no part at all", []),
        (b"multipart/mixed; boundary=b", b"--b\n\none\n--b--\n--b\n\ntwo\n--b--", [b"one", b"two"]),
        (b'multipart/mixed; boundary="a b;c"', b"--a b;c\n\none\n--a b;c--", [b"one"]),
        (b"multipart/mixed; boundary=b", b"--b\n--b\n--b--", [b"", b""]),
    ],
)
def test_parts_are_found_between_delimiters(content_type, body, parts):
    assert parts_of(content_type, body) == parts


@pytest.mark.parametrize(
    ("content_type", "media_type"),
    [
        (b"text/html", "text/html"),
        (b"text", "text/plain"),
        (b"html", "text/html"),
        (b"plain/text", "text/plain"),
        (b"multipart", "multipart/mixed"),
        (b"application; name=x.gz", "application/octet-stream"),
        (b"", "text/plain"),
        (b";;;", "text/plain"),
    ],
)
def test_a_type_is_made_usable(content_type, media_type):
    assert read_mail(b"Content-Type: " + content_type + b"\n\n").media_type == media_type
