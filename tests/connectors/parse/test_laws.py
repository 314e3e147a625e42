"""What holds for whatever comes in."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from connectors.parse.addresses import parse_addresses, parse_author
from connectors.parse.charsets import decode_text
from connectors.parse.headers import decode_header, message_ids, parse_date, parse_parameters
from connectors.parse.html import html_to_text
from connectors.parse.mail import ParseError, parse_mail
from connectors.parse.transfer import decode_transfer

PIECES = [
    b"From: Jane <jane@ourco.example>\n",
    b"To: =?utf-8?Q?B=C3=B6b?= <bob@x.example>, undisclosed-recipients:;\n",
    b"Subject: =?utf-8?B?R2Vow6R1c2U=?=\n",
    b"Date: Tue, 3 Mar 2026 10:00:00 +0100\n",
    b"Message-ID: <1@x>\n",
    b"References: <1@x> <2@x>\n",
    b"Content-Type: multipart/mixed; boundary=b\n",
    b'Content-Type: multipart/alternative; boundary="c"\n',
    b"Content-Type: text/html; charset=gb2312\n",
    b"Content-Type: text/plain; charset=utf-7; format=flowed; delsp=yes\n",
    b"Content-Type: message/rfc822\n",
    b"Content-Type: application/pdf; name*0*=utf-8''%e2; name*1*=%82%ac\n",
    b'Content-Disposition: attachment; filename="..\\\\a/b"\n',
    b"Content-Transfer-Encoding: base64\n",
    b"Content-Transfer-Encoding: quoted-printable\n",
    b"X-MS-Journal-Report:\n",
    b"--b\n",
    b"--b--\n",
    b"--c\n",
    b"\n",
    b"\r\n",
    b" \n",
    b"R2Vow6R1c2U=\n",
    b"=C3=A4= \n",
    b"<div class=gmail_quote>On x wrote:<blockquote>old</blockquote>mine</div>\n",
    b"<p style=display:none>hidden<table><tr><td>a<td>b</table>\n",
    b"<div style='border-top:solid'>From: a<br>To: b</div>\n",
    b"text \0 \xff \xe4\xb8 text \n",
    b"\xff\xfe",
    b"\xd8\x00",
    b"+2AA-",
]
TAGS = "div /div p blockquote /blockquote table tr td /td /table li ul /ul pre /pre hr br !-- -- script /script /span"
MARKUP = [
    *(f"<{tag}>" for tag in TAGS.split()),
    *("text", " ", "\xa0", "\n", "<b", ">", "<", "\r", "\0", "\ud800", "&nbsp;", "&#0;", "&#13;"),
    *('<div id="appendonsend">', "<div style='border-top:solid'>", '<div class="gmail_quote">', "<!--", "-->"),
    *("<span style='display:none'>", "From: a<br>To: b", "Forwarded message"),
]
BYTES = st.binary(max_size=400) | st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join)


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(BYTES)
@example(b"")
@example(b"From: a\nContent-Type: text/html\n\n<blockquote>x</blockquote>")
def test_bytes_are_a_message_or_refused(raw):
    try:
        message = parse_mail(raw, fallback_id="x")
    except ParseError:
        return
    check(message)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map(b"".join), st.data())
def test_a_damaged_mail_is_a_message_or_refused(raw, data):
    at = data.draw(st.integers(0, len(raw)))
    cut = data.draw(st.integers(0, 20))
    try:
        message = parse_mail(raw[:at] + data.draw(st.binary(max_size=8)) + raw[at + cut :], fallback_id="x")
    except ParseError:
        return
    check(message)


def check(message):
    texts = [message.id, message.text, message.subject, message.message_id, message.in_reply_to, *message.references]
    texts += [text for one in message.participants for text in (one.address, one.name)]
    texts += [text for one in message.attachments for text in (one.name, one.media_type)]
    for text in texts:
        assert "\0" not in text
        assert text.encode() is not None
    assert "\r" not in message.text
    assert message.sent_at is None or message.sent_at.utcoffset() is not None
    check_spans(message.text, message.quoted)


def check_spans(text, spans):
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        end = span.end


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(MARKUP), max_size=60).map("".join) | st.text())
def test_markup_is_text_with_ranges_in_order(markup):
    text, spans = html_to_text(markup)
    check_spans(text, spans)
    assert "\n\n\n" not in text or "<pre" in markup


@given(st.binary(max_size=200), st.text(max_size=30))
def test_any_bytes_in_any_charset_are_text(data, charset):
    assert isinstance(decode_text(data, charset), str)


@given(
    st.binary(max_size=300), st.sampled_from([b"base64", b"quoted-printable", b"x-uuencode", b"8bit"]), st.booleans()
)
def test_any_bytes_in_any_transfer_encoding_are_bytes(data, encoding, is_text):
    assert isinstance(decode_transfer(data, encoding, is_text=is_text), bytes)


@given(st.binary(max_size=200) | st.text('=?uUtf8-QqBb_<>@,;:"\\()[] .ä\n', max_size=120).map(str.encode))
def test_any_value_of_a_field_is_read(raw):
    text = decode_header(raw)
    assert "\n" not in text
    assert text.encode() is not None
    assert all(one.address.count("@") >= 1 for one in parse_addresses([raw]))
    author = parse_author([raw])
    assert author is None or author.address or author.name
    value, parameters = parse_parameters(raw)
    assert all(one.encode("latin-1") is not None for one in parameters.values())
    assert value == value.lower()
    date = parse_date(text)
    assert date is None or date.utcoffset() is not None
    assert all(message_ids(text))
