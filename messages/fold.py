"""Text as it looks: look-alike letters, invisible characters and typographic marks made plain, with the way back."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

# Letters of other scripts that are drawn like a Latin one; folded only in words that hold Latin letters too.
_DRAWN_ALIKE = (
    ("аеорсхуіјѕһԁԛԝкмтвнпгАВЕКМНОРСТХУІЈЅԌӀӏ", "aeopcxyijshdqwkmtbhnrABEKMHOPCTXYIJSGll"),
    ("αοερυνικτχγωϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aoepuviktxywcjABEZHIKMNOPTYX"),
    ("օսոհցՏԼ", "ounhgSL"),
)
LOOK_ALIKES: Mapping[int, str] = {
    ord(other): latin for pair in _DRAWN_ALIKE for other, latin in zip(*pair, strict=True)
}
_MARKS = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u2039\u203a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63", "-"),
    "\u0251": "a",
    "\u0269": "i",
}
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e0fff]"
)
# Accents and strokes that are put over the letter before them, keycaps included.
_OVER = "\u0300-\u034e\u0350-\u036f\u1ab0-\u1ace\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
_ACCENTED = re.compile(f"(.?)([{_OVER}]+)", re.DOTALL)
_OVERDRAWN = re.compile(f"[{_OVER}]")
# A raised digit or a fraction would run into the number before it, and µ is the sign of a unit.
_AS_DRAWN = ("<super>", "<sub>", "<fraction>")
_MICRO = "\u00b5"
LAST_EUROPEAN = "\u017f"
_NAMED_LETTER = re.compile(
    r"(?:NEGATIVE (?:SQUARED|CIRCLED) )?LATIN (?:(?P<small>SMALL) LETTER|(?:CAPITAL )?LETTER(?: SMALL CAPITAL)?)"
    r"(?: SCRIPT| DOTLESS| INSULAR)? (?P<letter>[A-Z])(?P<accent> WITH .+)?"
)
_FOREIGN = re.compile("[\u0370-\u052f\u0531-\u0587]")
_MIXED_WORD = re.compile(
    r"(?<![^\W\d_])(?=[^\W\d_]*[A-Za-z\u00c0-\u024f])(?=[^\W\d_]*[\u0370-\u052f\u0531-\u0587])[^\W\d_]+"
)

Change = tuple[int, int, int, int]
# Start, end, what to put there.
Replacement = tuple[int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A folded text that knows what it was made of.

    `changes` holds, in order, where the length changed: start and end in `text`, then start and end in the original.
    Everything else stands one for one. `beneath` is set where the original was itself a folded text: ranges lead back
    to what that was made of.
    """

    text: str
    changes: tuple[Change, ...] = ()
    beneath: "Folded | None" = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Map a range of `text` to the range of the original it was made of; what is out of range is clamped."""
        size = len(self.text)
        start = min(max(start, 0), size)
        end = min(max(end, start), size)
        if self.changes:
            begin = self._origin(start)[0]
            start, end = (begin, begin) if start == end else (begin, self._origin(end - 1)[1])
        return (start, end) if self.beneath is None else self.beneath.original(start, end)

    def _origin(self, place: int) -> tuple[int, int]:
        """Return the range of the original that one character stands for."""
        at = bisect_right(self.changes, place, key=lambda change: change[0]) - 1
        if at < 0:
            return place, place + 1
        _, stop, begin, after = self.changes[at]
        if place < stop:
            return begin, after
        return after + place - stop, after + place - stop + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Alphabet:
    """What the characters of a text are folded to, by code point, and the new length of those that don't stay one."""

    plain: Mapping[int, str]
    uneven: Mapping[str, int]


_ASCII = Alphabet(plain={}, uneven={})


def fold(text: str, *, alphabet: Alphabet | None = None) -> Folded:
    """Make a text plain for searching, capitals kept: what is drawn alike becomes alike, what is not seen is dropped.

    Typographic quotes, dashes and spaces become those of ASCII; full-width, mathematical and ligature letters, small
    capitals and digits of every script what they show; an accent beside its letter joins it, a stroke is dropped.
    Cyrillic and Greek letters become Latin only in words that mix them with Latin ones: real words stay. `alphabet` is
    that of a longer text that this one is from: who folds many of its parts asks `alphabet_of` once.
    """
    if text.isascii():
        return Folded(text=text)
    alphabet = alphabet or alphabet_of(text)
    beneath = None
    if _OVERDRAWN.search(text):
        beneath = replaced(text, ((*one.span(), _composed(one[1], one[2])) for one in _ACCENTED.finditer(text)))
        text = beneath.text
    folded = text.translate(alphabet.plain) if alphabet.plain else text
    if _FOREIGN.search(folded):
        folded = _MIXED_WORD.sub(lambda word: word[0].translate(LOOK_ALIKES), folded)
    return Folded(text=folded, changes=_changes(text, alphabet.uneven), beneath=beneath)


def alphabet_of(text: str) -> Alphabet:
    """Tell what each character of a text is folded to; characters that stay as they are are left out."""
    if text.isascii():
        return _ASCII
    plain = {one: folded for one in set(text) if one > "\x7f" and (folded := _plain(one)) != one}
    return Alphabet(
        plain={ord(one): folded for one, folded in plain.items()},
        uneven={one: len(folded) for one, folded in plain.items() if len(folded) != 1},
    )


@lru_cache(maxsize=1 << 12)
def bare(letter: str) -> str:
    """Return the plain Latin letter that another one shows: without its accent, or of another alphabet."""
    return letter if letter.isascii() else LOOK_ALIKES.get(ord(letter)) or _named(letter, accented=True)


def replaced(text: str, replacements: Iterable[Replacement], *, beneath: Folded | None = None) -> Folded:
    """Put other words in place of ranges of a text, which are in order and do not overlap."""
    pieces: list[str] = []
    changes: list[Change] = []
    at = shift = 0
    for begin, after, put in replacements:
        pieces += (text[at:begin], put)
        at = after
        size = len(put)
        if size != after - begin:
            changes.append((begin + shift, begin + shift + size, begin, after))
            shift += size - (after - begin)
    pieces.append(text[at:])
    return Folded(text="".join(pieces), changes=tuple(changes), beneath=beneath)


def _composed(letter: str, accents: str) -> str:
    """Return a letter with the accents over it as one character where a European language has it, else the letter."""
    one = unicodedata.normalize("NFC", letter + accents)
    return one if len(one) == 1 and (one <= LAST_EUROPEAN or not letter.isascii()) else letter


@lru_cache(maxsize=1 << 16)
def _plain(one: str) -> str:
    """Return what a single character is folded to."""
    if one in _MARKS:
        return _MARKS[one]
    if _INVISIBLE.match(one):
        return ""
    category = unicodedata.category(one)
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(one))
    kind = unicodedata.decomposition(one)
    if kind and one != _MICRO and not kind.startswith(_AS_DRAWN) and (kind.startswith("<") or " " not in kind):
        plain = unicodedata.normalize("NFKC", one)
        return one if plain.startswith(" ") else plain
    return _named(one) if one > LAST_EUROPEAN and category in {"Ll", "Lu", "So"} else one


def _named(one: str, *, accented: bool = False) -> str:
    """Return the Latin letter that a character is by its name; the character where its name tells none."""
    named = _NAMED_LETTER.fullmatch(unicodedata.name(one, ""))
    if named is None or (named["accent"] and not accented):
        return one
    return named["letter"].lower() if named["small"] or "SMALL CAPITAL" in named[0] else named["letter"]


def _changes(text: str, uneven: Mapping[str, int]) -> tuple[Change, ...]:
    """List where folding changes the length; a run of dropped characters is one change."""
    found: list[Change] = []
    shift = 0
    for place in [place for place, one in enumerate(text) if one in uneven] if uneven else ():
        size = uneven[text[place]]
        start, stop, begin, after = found[-1] if found else (-1, -1, -1, -1)
        if not size and after == place and start == stop:
            found[-1] = (start, stop, begin, place + 1)
        else:
            found.append((place + shift, place + shift + size, place, place + 1))
        shift += size - 1
    return tuple(found)
