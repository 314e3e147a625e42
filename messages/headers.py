"""The headers that mail programs put above what they quote or forward, in the languages they speak."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from messages.labels import LABEL_WIDTH, STAMP_ENDS, Field, address_in, block_at, notes_block_at
from messages.layout import Line
from messages.reply_headers import ATTRIBUTION_ENDS, ATTRIBUTION_LINES, attribution_at


class HeaderKind(StrEnum):
    """What a header says about the text below it."""

    REPLY = "reply"  # "On … wrote:"
    ORIGINAL = "original"  # "-----Original Message-----"
    FORWARD = "forward"  # an explicit mark of a forward
    BLOCK = "block"  # From:, Sent:, To:, Subject:; the message's own subject tells what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header over the lines from `first` to before `after`; not `sure` if it could be the author's own prose."""

    kind: HeaderKind
    first: int
    after: int
    author: str = ""
    sure: bool = True


_ORIGINAL = (
    r"original (?:message|appointment|email)|(?:ursprüngliche|original)[ -]?(?:nachricht|e-?mail|termin)"
    r"|message d['’]origine"
    r"|message original|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht"
    r"|oprindelig (?:meddelelse|besked|mail)"
    r"|opprinnelig melding|ursprungligt meddelande|originalmeddelande|alkuperäinen viesti|wiadomość oryginalna"
    r"|oryginalna wiadomość"
    r"|původní (?:zpráva|e-mail)|исходное сообщение|eredeti üzenet|reply (?:message|above this line)|antwort oberhalb"
)
_FORWARDED = (
    r"forwarded (?:message|mail|email|by\b.*)|weitergeleitete (?:nachricht|e-?mail)|message (?:transféré|réexpédié)"
    r"|courriel transféré|mensaje reenviado|mensagem (?:re)?encaminhada|messaggio inoltrato|doorgestuurd bericht"
    r"|vidarebefordrat (?:meddelande|mail)|videresendt (?:melding|meddelelse|besked|mail)|välitetty viesti"
    r"|(?:przekazana|przesłana dalej) wiadomość|wiadomość przekazana|treść przekazanej wiadomości|přeposlaná zpráva"
    r"|пересылаемое сообщение"
    r"|weitergeleitet von\b.*|transféré par\b.*|inoltrato da\b.*|reenviado por\b.*|doorgestuurd door\b.*"
)
_BEGUN = (
    r"begin(?:ning of)? forwarded message|(?:anfang|beginn) der weitergeleiteten (?:nachricht|e-?mail)"
    r"|début du (?:message|courriel|e-?mail) (?:réexpédié|transféré)|inicio del mensaje reenviado"
    r"|início da mensagem (?:re)?encaminhada|inizio (?:del )?messaggio inoltrato|begin doorgestuurd(?:e)? bericht"
    r"|vidarebefordrat (?:brev|meddelande)|(?:start på )?videresendt (?:besked|melding|meddelelse)"
    r"|początek (?:przekazanej|przekazywanej) wiadomości|välitetty viesti alkaa|пересланное сообщение"
)
_RULE = r"[-–—_=*]"
_ORIGINAL_MARK = re.compile(rf"{_RULE}{{2,}}[ *]*(?:{_ORIGINAL})[ *:]*(?:{_RULE}{{2,}}.{{0,3}})?$", re.IGNORECASE)
_FORWARD_MARK = re.compile(
    rf"(?:{_RULE}{{2,}}[ *]*(?:{_FORWARDED})[ *:]*{_RULE}*|[*_]{{0,2}}(?:{_BEGUN})[ \xa0]?[*_]{{0,2}}:[*_]{{0,2}})$",
    re.IGNORECASE,
)
_END_MARK = re.compile(
    rf"{_RULE}{{2,}} ?(?:end(?:e)? (?:of|der) |fin (?:du|del) |fim da |fine (?:del )?|einde )"
    rf"(?:forwarded|weitergeleitete|message|mensaje|mensagem|messaggio|doorgestuurd)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(rf"{_RULE}{{3,}}$")
_WIDEST_MARK = 160
_RULES = "-–—_=*"


def is_separator(words: str) -> bool:
    """Whether a line is nothing but a drawn rule."""
    return _SEPARATOR.match(words) is not None


def is_end_mark(words: str) -> bool:
    """Whether a line says that the forwarded message ends here."""
    return len(words) <= _WIDEST_MARK and _END_MARK.match(words) is not None


def candidates(lines: Sequence[Line]) -> set[int]:
    """Return the lines at which a header could begin, by what is cheap to see; most messages have none."""
    found: set[int] = set()
    for i, line in enumerate(lines):
        words = line.words
        if not words:
            continue
        if words.endswith(ATTRIBUTION_ENDS):
            found.update(range(max(0, i - ATTRIBUTION_LINES + 1), i + 1))
        elif words[-1] in STAMP_ENDS and ":" in words:
            found.update(range(max(0, i - 3), i + 1))
        if words[0] in _RULES or words[0].isdigit() or 0 < words.find(":") < LABEL_WIDTH or "\uff1a" in words:
            found.add(i)
    return found


def header_at(lines: Sequence[Line], i: int) -> Header | None:
    """Recognise the header that begins at line `i`, a mark or drawn rule above it included; None for no header."""
    words = lines[i].words
    mark = _mark(words)
    if mark is not None:
        return _marked(lines, i, mark)
    attribution = attribution_at(lines, i)
    if attribution is not None:
        after, author, sure = attribution
        return Header(kind=HeaderKind.REPLY, first=i, after=after, author=author, sure=sure)
    if is_separator(words):
        following = _next_filled(lines, i + 1)
        block = following and (block_at(lines, following, needed=2) or notes_block_at(lines, following))
    else:
        block = block_at(lines, i) or notes_block_at(lines, i)
    if not block:
        return None
    after, fields = block
    return Header(kind=HeaderKind.BLOCK, first=i, after=after, author=address_in(fields.get(Field.FROM, "")))


def _mark(words: str) -> HeaderKind | None:
    if len(words) > _WIDEST_MARK or not (
        words.startswith(("-", "–", "—", "_", "=", "*")) or words.endswith((":", "*"))
    ):
        return None
    if _FORWARD_MARK.match(words):
        return HeaderKind.FORWARD
    return HeaderKind.ORIGINAL if _ORIGINAL_MARK.match(words) else None


def _marked(lines: Sequence[Line], i: int, kind: HeaderKind) -> Header:
    """Return the header of an explicit mark with the block or the "On … wrote:" that stands below it."""
    following = _next_filled(lines, i + 1)
    if following is None:
        return Header(kind=kind, first=i, after=i + 1)
    block = block_at(lines, following, needed=1) or notes_block_at(lines, following)
    if block is not None:
        return Header(kind=kind, first=i, after=block[0], author=address_in(block[1].get(Field.FROM, "")))
    attribution = attribution_at(lines, following)
    if attribution is not None:
        return Header(kind=kind, first=i, after=attribution[0], author=attribution[1])
    return Header(kind=kind, first=i, after=i + 1)


def _next_filled(lines: Sequence[Line], i: int) -> int | None:
    """Return the next line with words among the next few, or None."""
    for at in range(i, min(i + 5, len(lines))):
        if lines[at].words:
            return at
    return None
