"""From bytes to text whose charset is declared wrongly, oddly, or not at all."""

import codecs
import re
from functools import lru_cache

# Labels as mail really carries them, to the codec that reads what such mail really holds: the supersets of Windows.
_ALIASES = {
    "ansi_x3.110-1983": "cp1252",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "hz-gb-2312": "hz",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-1": "cp1252",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-8-i": "iso8859-8",
    "iso8859-1": "cp1252",
    "ks_c_5601": "cp949",
    "ks_c_5601-1987": "cp949",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "macintosh": "mac-roman",
    "shift-jis": "cp932",
    "shift_jis": "cp932",
    "sjis": "cp932",
    "unicode-1-1-utf-7": "utf-7",
    "windows-31j": "cp932",
}
_PLAIN = {"ascii": "", "iso8859-1": "cp1252"}
# Codecs that turn bytes into text but are no charset of a mail; idna and punycode are slow on long input besides.
_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "mbcs", "oem"})
# ASCII bytes mean other letters in these, so ASCII input proves nothing.
_STATEFUL = frozenset({"hz", "iso2022_jp", "iso2022_jp_ext", "iso2022_kr", "utf-7"})
# Two bytes of these are now and then well-formed UTF-8 by chance.
_DOUBLE_BYTE = frozenset({"big5hkscs", "cp932", "cp949", "euc_jp", "gb18030"})
_CHANCE_BYTES = 12
_NON_ASCII = bytes(range(128, 256))


def decode_text(data: bytes, declared: str = "") -> str:
    """Decode bytes by what they are: never raises.

    UTF-8 where it is well-formed, then the `declared` charset, then whichever of the two is nearly right, then
    Windows-1252, then Latin-1. The result may hold NULs and lone surrogates: see `plain.storable`.
    """
    codec = find_codec(declared)
    if codec.startswith(("utf-16", "utf-32")) or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        wide = _decode_wide(data, codec)
        if wide is not None:
            return wide
    if data.isascii():
        return data.decode(codec, "replace") if codec in _STATEFUL else data.decode("ascii")
    if codec in _DOUBLE_BYTE and len(data) - len(data.translate(None, _NON_ASCII)) < _CHANCE_BYTES:
        order = (codec, "utf-8-sig")
    else:
        order = ("utf-8-sig", codec)
    for name in filter(None, order):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, ValueError):
            continue
    return _decode_damaged(data, codec)


@lru_cache(maxsize=512)
def find_codec(label: str) -> str:
    """Name the codec for a charset label; empty for ASCII, for none, and for one that does not exist."""
    match = re.match(r"[\s\"']*([a-z0-9][a-z0-9_.:+-]{0,39})", label.lower())
    if match is None:
        return ""
    name = match[1]
    for candidate in (_ALIASES.get(name, name), *_guesses(name)):
        found = _text_codec(candidate)
        if found:
            return _PLAIN.get(found, found)
    return ""


def _text_codec(name: str) -> str:
    """Return the codec's own name; empty when there is none or it decodes no charset (base64, rot13)."""
    try:
        b"a".decode(name)
    except LookupError:
        return ""
    except ValueError:
        pass  # one byte is too few for UTF-16
    found = codecs.lookup(name).name
    return "" if found.replace("_", "-") in _NO_CHARSETS else found


def _guesses(name: str) -> list[str]:
    """Make names of codecs from a label that has been glued to something or lost its dashes."""
    if match := re.match(r"(?:x-)?(?:windows|win|cp|ibm|ansi|dos)[-_]?(\d{3,4})", name):
        return [f"cp{match[1]}"]
    if match := re.match(r"iso[-_]?8859[-_](1[0-6]|[1-9])", name):
        return [_ALIASES.get(f"iso-8859-{match[1]}", f"iso8859-{match[1]}")]
    if re.match(r"utf[-_]?8", name):
        return ["utf-8"]
    bare = name.removeprefix("x-")
    return [_ALIASES.get(bare, bare), bare.replace("mac-", "mac_")]


def _decode_wide(data: bytes, codec: str) -> str | None:
    """Decode UTF-16 or UTF-32; None for the ASCII or UTF-8 that programs leave under such a label."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not marked and b"\0" not in data:
        return None
    if marked and not codec.startswith("utf-32"):
        return data.decode("utf-16", "replace")
    if codec == "utf-16":
        codec = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    return data.decode(codec, "replace")


def _decode_damaged(data: bytes, codec: str) -> str:
    """Decode what no charset reads without error: UTF-8 or the declared one if two in three foreign letters survive."""
    for name in dict.fromkeys(("utf-8", codec)):
        if not name or name == "cp1252":
            continue
        text = data.decode(name, "replace")
        foreign = len(text) - len(text.encode("ascii", "ignore"))
        if text.count("\ufffd") * 3 <= foreign:
            return text
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")
