"""Text as it looks: look-alike letters, invisible characters and typographic marks made plain, with the way back."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

# Letters of other scripts that are drawn like a Latin one; folded only in words that hold Latin letters too.
_DRAWN_ALIKE = (
    ("аеорсхуіјѕһԁԛԝкмтвнпгАВЕКМНОРСТХУІЈЅԌӀӏ", "aeopcxyijshdqwkmtbhnrABEKMHOPCTXYIJSGll"),
    ("αοερυνικτχγωϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aoepuviktxywcjABEZHIKMNOPTYX"),
    ("օսոհցՏԼ", "ounhgSL"),
)
_LOOK_ALIKES = {ord(other): latin for pair in _DRAWN_ALIKE for other, latin in zip(*pair, strict=True)}
_MARKS = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u2039\u203a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63", "-"),
}
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e0fff]"
)
# A raised digit or a fraction would run into the number before it, and µ is the sign of a unit.
_AS_DRAWN = ("<super>", "<sub>", "<fraction>")
_MICRO = "\u00b5"
_FOREIGN = re.compile("[\u0370-\u052f\u0531-\u0587]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A folded text that knows what it was made of.

    `changes` holds, in order, where the length changed: start and end in `text`, then start and end in the original.
    Everything else stands one for one.
    """

    text: str
    changes: tuple[tuple[int, int, int, int], ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Map a range of `text` to the range of the original it was made of; what is out of range is clamped."""
        size = len(self.text)
        start = min(max(start, 0), size)
        end = min(max(end, start), size)
        if not self.changes:
            return start, end
        begin = self._origin(start)[0]
        return (begin, begin) if start == end else (begin, self._origin(end - 1)[1])

    def _origin(self, place: int) -> tuple[int, int]:
        """Return the range of the original that one character stands for."""
        at = bisect_right(self.changes, place, key=lambda change: change[0]) - 1
        if at < 0:
            return place, place + 1
        _, stop, begin, after = self.changes[at]
        if place < stop:
            return begin, after
        return after + place - stop, after + place - stop + 1


def fold(text: str) -> Folded:
    """Make a text plain for searching, capitals kept: what is drawn alike becomes alike, what is not seen is dropped.

    Typographic quotes, dashes and spaces become those of ASCII; full-width, mathematical and ligature letters what they
    show. Cyrillic and Greek letters become Latin only in words that mix them with Latin ones: real words stay.
    """
    if text.isascii():
        return Folded(text=text)
    table = {one: plain for one in set(text) if one > "\x7f" and (plain := _plain(one)) != one}
    folded = text.translate({ord(one): plain for one, plain in table.items()}) if table else text
    if _FOREIGN.search(folded):
        folded = _WORD.sub(_latinised, folded)
    return Folded(text=folded, changes=_changes(text, table))


@lru_cache(maxsize=8192)
def _plain(one: str) -> str:
    """Return what a single character is folded to."""
    if one in _MARKS:
        return _MARKS[one]
    if _INVISIBLE.match(one):
        return ""
    if unicodedata.category(one) == "Zs":
        return " "
    kind = unicodedata.decomposition(one)
    if one == _MICRO or not kind or kind.startswith(_AS_DRAWN):
        return one
    if not kind.startswith("<") and " " in kind:
        return one
    plain = unicodedata.normalize("NFKC", one)
    return one if plain.startswith(" ") else plain


def _latinised(word: re.Match[str]) -> str:
    letters = word.group()
    mixed = not letters.isascii() and _FOREIGN.search(letters) and _LATIN.search(letters)
    return letters.translate(_LOOK_ALIKES) if mixed else letters


def _changes(text: str, table: Mapping[str, str]) -> tuple[tuple[int, int, int, int], ...]:
    """List where folding changes the length; a run of dropped characters is one change."""
    dropped = "".join(one for one, plain in table.items() if not plain)
    longer = "".join(one for one, plain in table.items() if len(plain) > 1)
    if not dropped and not longer:
        return ()
    classes = [f"[{re.escape(dropped)}]+" if dropped else "", f"[{re.escape(longer)}]" if longer else ""]
    found: list[tuple[int, int, int, int]] = []
    shift = 0
    for uneven in re.finditer("|".join(one for one in classes if one), text):
        begin, after = uneven.span()
        start = begin + shift
        size = len(table[text[begin]])
        found.append((start, start + size, begin, after))
        shift += size - (after - begin)
    return tuple(found)
