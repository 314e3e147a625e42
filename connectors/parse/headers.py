"""Header fields: encoded words, parameters, dates and Message-IDs, as broken as they come."""

import binascii
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from urllib.parse import unquote_to_bytes

from connectors.parse.charsets import decode_text
from connectors.parse.plain import storable
from connectors.parse.transfer import decode_base64

# Longer values are cut: no client writes them, and every pass below stays short.
MAX_VALUE = 262_144
_MAX_PARAMETERS = 16_384
_MAX_ID = 998
_MAX_IDS = 100

# An encoded word, also one with a question mark inside (at most eight) or with its end missing.
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*+(?:\?(?!=)[^?]*+){0,8}+)(?:\?=|\?*$)")
# For str.translate: without control characters.
CONTROLS = dict.fromkeys([*range(32), *range(127, 160)])
_ID = re.compile(r"<\s*([^<>]+?)\s*>")
_WIDEST_ZONE = timedelta(hours=14)
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_PARAMETER = re.compile(
    r"""[;\s]\s*(?P<name>[^\s=;"]+)\s*=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*+)"|(?P<bare>[^;]*?)(?=\s*;|\s+[\w*-]+=|\s*$))"""
)
_CONTINUED = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")


def decode_header(raw: bytes, charset: str = "") -> str:
    """Decode the value of a field to one line of text; raw 8-bit letters are UTF-8 or `charset`. Never raises."""
    raw = raw[:MAX_VALUE]
    return decode_words(raw.decode("ascii") if raw.isascii() else decode_text(raw, charset))


def decode_words(text: str) -> str:
    """Decode the encoded words (RFC 2047) in a text and make it one line. Never raises."""
    for _ in range(2):  # a gateway that encodes what was encoded already is common, more than two are not
        if "=?" not in text:
            break
        text = _replace_words(_one_line(text))
    return _one_line(storable(text))


def parse_parameters(raw: bytes) -> tuple[str, Mapping[str, str]]:
    """Split a value such as `text/plain; charset=x` into the value and its parameters, names in lower case.

    Continued and percent-encoded parameters (RFC 2231) are put together. A value that was not declared to be in a
    charset keeps its bytes as Latin-1 letters: `decode_header(value.encode("latin-1"))` reads it.
    """
    text = " ".join(raw[:_MAX_PARAMETERS].decode("latin-1").split())
    value = re.split(r"[;\s(]", text, maxsplit=1)[0].lower()
    found: dict[str, dict[int, tuple[str, bool]]] = {}
    for match in _PARAMETER.finditer(text, len(value)):
        name = _CONTINUED.fullmatch(match["name"].lower())
        if name is None:
            continue
        quoted = match["quoted"]
        content = match["bare"].strip('"') if quoted is None else re.sub(r'\\(["\\])', r"\1", quoted)
        # The extended form wins over a plain one of the same name.
        index = int(name[2] or 0) if name[2] or name[3] else -1
        found.setdefault(name[1], {}).setdefault(index, (content, bool(name[3])))
    return value, {name: _join_parameter(pieces) for name, pieces in found.items()}


def parse_date(text: str) -> datetime | None:
    """Read a date of RFC 5322, or an ISO 8601 one; aware, UTC where no zone is given; None where it is no date."""
    text = text.strip()[:200]
    try:
        if _ISO_DATE.match(text):
            found = datetime.fromisoformat(text)
        else:
            fields = parsedate_tz(text)
            if fields is None:
                return None
            found = datetime(*fields[:6], tzinfo=_zone(fields[9]))
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        universal = found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # Databases know the zones of this earth only.
    return found if abs(found.utcoffset() or timedelta()) <= _WIDEST_ZONE else universal


def message_ids(text: str) -> tuple[str, ...]:
    """Return the Message-IDs of a decoded value without brackets, each once; of a long list the root and the latest."""
    found = _ID.findall(text) or [word for word in text.split() if "@" in word] or text.split()[:1]
    ids = list(dict.fromkeys("".join(one.split()) for one in found))
    ids = [one for one in ids if 0 < len(one) <= _MAX_ID]
    return tuple(ids if len(ids) <= _MAX_IDS else [ids[0], *ids[1 - _MAX_IDS :]])


def _one_line(text: str) -> str:
    return " ".join(text.split()).translate(CONTROLS)


def _replace_words(text: str) -> str:
    """Replace encoded words; bytes of neighbours in one charset are joined first: letters get split across them."""
    out: list[str] = []
    pending, charset, end = b"", "", 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        label = match[1].partition("*")[0].lower()
        if between.strip() or label != charset or not end:
            out.append(decode_text(pending, charset))
            pending = b""
            if between.strip() or not end:
                out.append(between)
        pending += _word_bytes(match[2], match[3])
        charset, end = label, match.end()
    out.append(decode_text(pending, charset))
    out.append(text[end:])
    return "".join(out)


def _word_bytes(encoding: str, content: str) -> bytes:
    data = content.encode("utf-8", "replace")
    if encoding in "bB":
        return decode_base64(data)
    return binascii.a2b_qp(data, header=True)


def _join_parameter(pieces: Mapping[int, tuple[str, bool]]) -> str:
    if set(pieces) == {-1}:
        return pieces[-1][0]
    charset, data, extended = "", b"", False
    for index in sorted(one for one in pieces if one >= 0):
        content, is_extended = pieces[index]
        if is_extended and index == 0 and content.count("'") >= 2:
            charset, _, content = content.split("'", 2)
        extended |= is_extended
        piece = content.encode("latin-1")
        data += unquote_to_bytes(piece) if is_extended else piece
    if not extended:
        return data.decode("latin-1")
    # Through an encoded form that decode_header understands, so that callers need to know of one form only.
    return decode_text(data, charset).encode("utf-8", "replace").decode("latin-1")


def _zone(seconds: int | None) -> timezone:
    if seconds is None or abs(seconds) >= 86_400:
        return UTC
    return timezone(timedelta(seconds=seconds))
