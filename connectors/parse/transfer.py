"""Content-Transfer-Encoding undone, damage included."""

import binascii
import re
from itertools import islice

_ENCODING = re.compile(rb"[a-z0-9-]+")
_SOFT_BREAK_WITH_SPACES = re.compile(rb"=[ \t]++(?=\r*\n)")
_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
_WHITESPACE = b" \t\r\n"
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_BLOCK = re.compile(rb"[^=]+")
# What follows so many ends of base64 is left out.
MAX_BLOCKS = 10_000
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\n]*\n", re.MULTILINE)
_UU_LINES = 1_000_000


def decode_transfer(data: bytes, encoding: bytes, *, is_text: bool = False) -> bytes:
    """Undo a transfer encoding as far as it goes; an unknown one is taken for none. Never raises.

    With `is_text`, a body that is plainly not the base64 it is declared as is returned as it stands.
    """
    match = _ENCODING.search(encoding.lower())
    name = match[0] if match else b""
    if name == b"base64":
        return data if is_text and _is_prose(data) else decode_base64(data)
    if name == b"quoted-printable":
        return decode_quoted_printable(data)
    if name in {b"x-uuencode", b"uuencode", b"x-uue", b"uue"}:
        return decode_uu(data)
    return data


def decode_base64(data: bytes) -> bytes:
    """Decode base64 with stray characters, missing padding, or a plain footer behind it."""
    if b"-" in data or b"_" in data:
        data = data.translate(_URL_SAFE)
    decoded: list[bytes] = []
    # Encoders that work block by block leave padding in the middle; a mailing list's footer is text.
    for block in islice(_BLOCK.finditer(data), MAX_BLOCKS):
        if decoded and _is_prose(block[0]):
            break
        decoded.append(_decode_quads(block[0]))
    return b"".join(decoded)


def decode_quoted_printable(data: bytes) -> bytes:
    """Decode quoted-printable; an escape that is none stays as it is."""
    if b"= " in data or b"=\t" in data:
        data = _SOFT_BREAK_WITH_SPACES.sub(b"=", data)
    return binascii.a2b_qp(data)


def decode_uu(data: bytes) -> bytes:
    """Decode the first uuencoded file in the data; without one the data is returned."""
    begin = _UU_BEGIN.search(data)
    if begin is None:
        return data
    decoded = []
    for line in data[begin.end() :].split(b"\n", _UU_LINES)[:_UU_LINES]:
        if line.rstrip() in {b"end", b"`", b""}:
            break
        decoded.append(_decode_uu_line(line.rstrip(b"\r")))
    return b"".join(decoded)


def _decode_uu_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        # Encoders differ in how they end a line; its first character says how many bytes are meant.
        meant = (((line[0] - 32) & 63) * 4 + 5) // 3
    try:
        return binascii.a2b_uu(line[:meant])
    except binascii.Error:
        return b""


def _decode_quads(body: bytes) -> bytes:
    clean = body.translate(None, _NOT_BASE64)
    # One letter left over holds six bits: no byte.
    usable = len(clean) - (1 if len(clean) % 4 == 1 else 0)
    return binascii.a2b_base64(clean[:usable] + b"=" * (-usable % 4))


def _is_prose(data: bytes) -> bool:
    """Tell text from base64: words with spaces between them, or letters that base64 lacks."""
    sample = data[:4096]
    letters = sample.translate(None, _WHITESPACE)
    if not letters:
        return False
    lines = [line.strip() for line in sample.splitlines()]
    spaced = sum(b" " in line for line in lines)
    foreign = len(letters) - len(letters.replace(b"=", b"A").translate(None, _NOT_BASE64))
    return foreign * 10 > len(letters) or (spaced > 0 and spaced * 2 >= sum(map(bool, lines)))
