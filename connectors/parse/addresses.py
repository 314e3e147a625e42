"""Who a mail is from and for: address lists as mail programs really write them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from connectors.parse.charsets import decode_text
from connectors.parse.headers import CONTROLS, MAX_VALUE, decode_header, decode_words
from connectors.parse.plain import storable
from messages import Participant, normal_domain

_MAX_PARTICIPANTS = 5_000
_MAX_NAME, _MAX_ADDRESS = 320, 320

# An atom may be an encoded word or a domain literal; a comment may hold one comment.
_TOKEN = re.compile(
    r"""(?P<quoted>"(?:[^"\\]|\\.)*+")
      | (?P<comment>\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\))
      | (?P<angle><[^<>]*+>|<[^<>,;]*+)
      | (?P<mark>[,;:])
      | (?P<atom>=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*+\?=|\[[^\[\]\s]*+\]|(?:\\.|[^\s",;:<>()\[\]=\\])++|[=\[])
      | (?P<space>\s++)
      | (?P<stray>.)""",
    re.VERBOSE | re.DOTALL,
)
# `root (Cron Daemon)`, `Cron Daemon <root>`
_LOCAL_USER = re.compile(r"(?P<user>[^\s<>]{1,320})(?:\s+\((?P<comment>.*))?|(?P<name>.*)<(?P<local>[^<>\s]{1,320})>?")
_JUNK = " \t<>'\"`,;()"
_AROUND = " \t<>'`,;()"
_QUOTED_LOCAL = re.compile(r'"[^"]+"\s*@')
_SPREAD = re.compile(r"\s++([@.])\s*|(?<=@)\s+")
# "x@firm.example. rival.example": one domain, not an address and a name.
_BROKEN_DOMAIN = re.compile(r"(@[^\s@]{1,255}+(?<=\.))\s++(?=[\w-]{1,63}+\.\w)")
# Bounded: every quotation mark without its twin is a new beginning.
_QUOTED = re.compile(r'"((?:[^"\\]|\\.){0,300}+)"')
_ESCAPED = re.compile(r"\\(.)")
# Split at spaces, but not inside the quotes of a local part such as `"john doe"@x.example`.
_WORD = re.compile(r'"(?:[^"\\]|\\.){0,300}+"@\S+|\S+')
_PLAIN_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+")


def parse_addresses(values: Iterable[bytes], charset: str = "") -> tuple[Participant, ...]:
    """Read the values of address fields into participants, each address once, the first name kept.

    Addresses are normalised by `normal_address`. Entries without an @ (undisclosed recipients, names of groups) are
    left out. `charset` is that of raw 8-bit letters. Never raises.
    """
    return read_addresses(values, charset).people


def read_addresses(values: Iterable[bytes], charset: str = "") -> "People":
    """Like `parse_addresses`, and tell whether all were read; beyond a limit only those of new domains are kept."""
    found: dict[str, Participant] = {}
    domains: set[str] = set()
    truncated = False
    for value in values:
        truncated |= len(value) > MAX_VALUE
        for name, address in _entries(value, charset):
            if not address or address in found:
                continue
            person = Participant(address=address, name=name)
            is_new = len(found) < 2 * _MAX_PARTICIPANTS and person.domain not in domains
            if len(found) >= _MAX_PARTICIPANTS and not is_new:
                truncated = True
                continue
            found[address] = person
            domains.add(person.domain)
    return People(tuple(found.values()), truncated)


def parse_author(values: Iterable[bytes], charset: str = "") -> Participant | None:
    """Read the first author of address fields; one without an @ (a local user, a mere name) is better than none."""
    values = list(values)
    for participant in parse_addresses(values, charset):
        return participant
    for value in values:
        text = decode_header(value, charset).strip()
        if not text.strip(_JUNK):
            continue
        if match := _LOCAL_USER.fullmatch(text):
            user, name = match["user"] or match["local"], match["name"] or match["comment"] or ""
            return Participant(address=user.strip(_JUNK).lower(), name=name.strip(_JUNK)[:_MAX_NAME])
        return Participant(address="", name=text.strip(_JUNK)[:_MAX_NAME])
    return None


def normal_address(address: str) -> str:
    """Return an address in its one form: lower case, domain in its ASCII form (`xn--…`); empty when it is none."""
    address = unicodedata.normalize("NFKC", address.translate(CONTROLS)).strip(_AROUND)
    if not _QUOTED_LOCAL.match(address):
        address = address.strip('"')
    if address[:7].lower() == "mailto:":
        address = address[7:]
    if address.startswith("@"):
        address = address.rpartition(":")[2]  # a source route: <@relay.example:user@x.example>
    local, at, domain = _SPREAD.sub(r"\1", address).rpartition("@")
    local, domain = _normal_local(local.strip()), normal_domain(domain)
    if not at or not local or not domain or len(local) + len(domain) >= _MAX_ADDRESS:
        return ""
    return f"{local}@{domain}"


class People(NamedTuple):
    """Participants, each address once, and whether some were beyond a limit."""

    people: tuple[Participant, ...]
    truncated: bool


@dataclass(slots=True)
class _Mailbox:
    """What has been read of one entry."""

    words: list[str] = field(default_factory=list)
    angle: str = ""
    comment: str = ""


def _entries(value: bytes, charset: str) -> Iterator[tuple[str, str]]:
    """Yield a name and an address for each entry; either may be empty."""
    value = value[:MAX_VALUE]
    text = value.decode("ascii") if value.isascii() else decode_text(value, charset)
    text = storable(text).replace("\uff20", "@")
    if "@" not in text:
        text = decode_words(text)  # some programs put the whole list into encoded words
    box, surname = _Mailbox(), ""
    for match in _TOKEN.finditer(text):
        kind, piece = match.lastgroup, match[0]
        if kind != "mark":
            _take(box, str(kind), piece)
        elif piece == ":" and not box.angle:
            box = _Mailbox()  # the name of a group, or `mailto`
        else:
            entries = _finish(box, surname)
            # "Doe, John <x@y>" without quotes: what stands before the comma is half a name.
            surname = f"{entries[0][0]}, " if piece == "," and not entries[0][1] else ""
            box = _Mailbox()
            yield from entries
    yield from _finish(box, surname)


def _take(box: _Mailbox, kind: str, piece: str) -> None:
    if kind == "angle":
        if "@" in piece or not box.angle:
            box.angle = piece
    elif kind == "comment":
        box.comment = piece[1:-1]
    elif kind == "space":
        if box.words and not box.angle:
            box.words.append(" ")
    elif not box.angle:
        box.words.append(piece)


def _finish(box: _Mailbox, surname: str) -> list[tuple[str, str]]:
    text = "".join(box.words)
    if "@" in box.angle:
        return [(_display(surname + text), normal_address(box.angle))]
    if "@" not in text:
        return [(_display(text), "")]
    text = _BROKEN_DOMAIN.sub(r"\1", _SPREAD.sub(r"\1", text))
    words = [word for word in _WORD.findall(text) if "@" in word]
    if len(words) > 1:
        return [("", normal_address(word)) for word in words]
    rest = text.replace(words[0], " ")
    return [(_display(rest if rest.strip(_JUNK) else box.comment), normal_address(words[0]))]


def _display(text: str) -> str:
    """Return a display name without its quotes."""
    text = _QUOTED.sub(lambda match: _ESCAPED.sub(r"\1", match[1]), text)
    return decode_words(text).strip(" \t'\"<>")[:_MAX_NAME]


def _normal_local(local: str) -> str:
    if len(local) > 1 and local[0] == local[-1] == '"':
        inner = _ESCAPED.sub(r"\1", local[1:-1])
        local = inner if _PLAIN_LOCAL.fullmatch(inner) else local
    return "" if any(letter in local for letter in "<>\n") else local.lower()
