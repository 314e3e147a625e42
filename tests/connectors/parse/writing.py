"""Mails written as text, and read."""

from connectors.parse.mail import parse_mail

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


INNER = (
    "From: Bob <bob@supplier.example>\nTo: jane@ourco.example\nSubject: Offer\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n"
)
