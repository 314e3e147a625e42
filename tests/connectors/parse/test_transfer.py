import base64
import binascii

import pytest

from connectors.parse.transfer import decode_base64, decode_transfer


@pytest.mark.parametrize(
    ("data", "decoded"),
    [
        (b"SGVsbG8gV29ybGQ=", b"Hello World"),
        (b"SGVs\r\nbG8g\r\nV29y\r\nbGQ=\r\n", b"Hello World"),
        (b"SGVsbG8gV29ybGQ", b"Hello World"),  # padding lost
        (b"SGVsbG8gV29ybGQhA", b"Hello World!"),  # a letter too many
        (b"SGVs*bG8g*V29ybGQ=", b"Hello World"),  # strangers in between
        (b"SGVsbG8=IFdvcmxk", b"Hello World"),  # padding in the middle
        (b"SGVsbG8gV29ybGQ=\n\n-- \nmailing list, see the web page", b"Hello World"),
        (b"-_-_", b"\xfb\xff\xbf"),  # the alphabet of URLs
        (b"", b""),
        (b"=", b""),
        (b"A", b""),
    ],
)
def test_base64_survives_damage(data, decoded):
    assert decode_base64(data) == decoded


@pytest.mark.parametrize(
    ("data", "encoding", "decoded"),
    [
        (b"a=3Db=\r\nc", b"quoted-printable", b"a=bc"),
        (b"a=3Db= \t\r\nc", b"Quoted-Printable", b"a=bc"),  # spaces behind a soft break
        (b"50=% =GG =", b"quoted-printable", b"50=% =GG "),  # escapes that are none
        (b"aGk=", b"BASE64 (whatever)", b"hi"),
        (b"aGk=", b"7bit", b"aGk="),
        (b"aGk=", b"no-such-encoding", b"aGk="),
        (b"aGk=", b"", b"aGk="),
        (b"begin 644 a.txt\n" + binascii.b2a_uu(b"hello") + b"`\nend\n", b"x-uuencode", b"hello"),
        (b"no file in here", b"uuencode", b"no file in here"),
        (b"begin 644 a\n\xff\xff\xff\nend", b"uuencode", b""),
    ],
)
def test_a_transfer_encoding_is_undone_as_far_as_it_goes(data, encoding, decoded):
    assert decode_transfer(data, encoding) == decoded


def test_a_text_declared_base64_that_is_none_is_kept():
    text = b"Dear Jane,\nthe price is 12 EUR, as we said.\nBob\n"
    assert decode_transfer(text, b"base64", is_text=True) == text


def test_a_text_in_base64_is_decoded():
    text = b"Dear Jane,\nthe price is 12 EUR, as we said.\nBob\n" * 20
    assert decode_transfer(base64.encodebytes(text), b"base64", is_text=True) == text
