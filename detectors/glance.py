"""The first look at a sentence: whether anything of a plan may stand in it. Most sentences end here, in microseconds.

A word is judged once and its judgement kept.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cache, reduce
from operator import or_

from detectors.patterns import CUT, Wordings, as_bytes, side_by_side
from detectors.signs import Sign, month_sign, signs_of
from detectors.words import common_words


class Shape(StrEnum):
    """What figures and days of a text may look like, by which they are not looked up by their digits alone."""

    FRACTION = "fraction"
    CURRENCY = "currency"
    EURO = "euro"
    RANGE = "range"
    HEDGE = "hedge"
    DATE = "date"
    WEEK = "week"
    DAY = "day"
    FEAST = "feast"


_WORD = re.compile(r"[^\W\d_]+")
_DATED = re.compile(r"(?<![\d.,])(\d{1,2})[./-](\d{1,2})(?![\d,]\d)|-(\d\d)-(\d\d)(?!\d)")
_MOST_KEPT = 1 << 16
_OF_NUMBERS = Sign.NUMBER | Sign.PART | Sign.ONE
# Before and behind words that may begin with letters beyond ASCII.
_EDGE = r"(^|[^a-z0-9_])"
_SHAPES = Wordings(
    {
        Shape.FRACTION: r"[¼½¾]|\d[ -]([1-7]/[23458])|\d (and (a|three) (half|quarter)| ?einhalb)",
        Shape.CURRENCY: r"[£$¥]|\d (euros?|eur|dollars?) \d|us[ -]?cent",
        Shape.EURO: rf"€|{_EDGE}eur",
        Shape.RANGE: r"\d ?[-/] ?\d|\d (to|bis|and|und|or|oder) \d|[~±]",
        Shape.HEDGE: rf"{_EDGE}(about|around|roughly|some|approx\.?|approximately|circa|ca\.?|rund|etwa|ungefähr|zirka"
        r"|environ|unos|under|below|of|than|to|almost|nearly|knapp|fast|beinahe|quite|over|above|gut|gute|guten|good|past|unter"
        r"|über|vor|close|say|like|um die|so|um)\W{1,3}(an? |the |die |eine? )?([a-z]{0,4}[€$£]? ?)?\d"
        r"|\d\S* ?(-?ish|or so|oder so|give or)",
        Shape.DATE: r"(^|[^\d.,])\d{1,2}[./-]\d|-\d\d-\d\d",
        Shape.WEEK: r"\b(kw|cw|wk|w)\d|\bq[1-4]\b|\b[1-4]q\b",
        Shape.DAY: r"\bthe \d+(st|nd|rd|th)\b|\bam \d+\.",
        # Feasts of words that are in every mail.
        Shape.FEAST: r"\b(good friday|new year|year[- ]end|end of year|turn of the year"
        r"|mid-year|middle of the year|mitte des jahres|end of h1)\b",
    }
)
_ALIKE = str.maketrans("⅓⅔⅛⅜⅝⅞≈", "¼¼¼¼¼¼~")
_WITHIN_NUMBERS = frozenset(b"and und a an ein eine point komma comma".split())
_LETTERS = bytes(one if chr(one).isalpha() or one > 127 else 32 for one in range(256))
# What stands between texts is a word of its own.
_LETTERS_AND_CUTS = bytes(one if one == ord(CUT) else letter for one, letter in enumerate(_LETTERS))


class Glance:
    """What words mean to a register's plans.

    `opens` returns the signs that a word has for the plans; `common` are those of the common words that have any.
    """

    def __init__(self, opens: Callable[[str], int], common: Mapping[str, int]) -> None:
        self._kept = _Kept(opens, common)

    def signs(self, text: str) -> int:
        """Return the signs of all words of a text, as one number."""
        return reduce(or_, map(self._kept.__getitem__, _words(text)), 0)

    def signs_of_each(self, texts: Sequence[str]) -> list[int]:
        """Return the signs of each of some texts; so many at once take a third of the time."""
        found, at = [0] * len(texts), 0
        # Most words have no sign.
        for one in filter(None, map(self._kept.__getitem__, _words(side_by_side(texts), _LETTERS_AND_CUTS))):
            if one == Sign.CUT:
                at += 1
            else:
                found[at] |= one
        return found

    def is_in_two(self, text: str) -> bool:
        """Whether a word that a name may open with stands before one that it may close with: "blue bird"."""
        before = 0
        for signs in map(self._kept.__getitem__, _words(text)):
            if signs & Sign.CLOSES and (before | signs) & Sign.OPENS:
                return True
            before = signs
        return False

    def words(self, text: str) -> list[tuple[str, int]]:
        """Return the words of a text with their signs, as far as they have any."""
        found = [(word, signs) for word in set(_words(text)) if (signs := self._kept[word])]
        return [(word.decode(errors="replace"), signs) for word, signs in found]

    def number_words(self, text: str) -> list[list[str]]:
        """Return the words of a text that are numbers or parts of them; those that may be one number together."""
        found: list[list[str]] = []
        is_after_one = False
        for word in _words(text):
            if self._kept[word] & _OF_NUMBERS:
                if not is_after_one:
                    found.append([])
                found[-1].append(word.decode(errors="replace"))
                is_after_one = True
            elif word not in _WITHIN_NUMBERS:
                is_after_one = False
        return found


def _words(text: str, letters: bytes = _LETTERS) -> list[bytes]:
    """Cut a text into words as bytes: several times as fast as any pattern, and every word of every mail is cut."""
    return text.encode(errors="replace").translate(letters).split()


class _Kept(dict[bytes, int]):
    """The signs of words: of the common ones from the beginning, of others found out when first asked for."""

    def __init__(self, opens: Callable[[str], int], common: Mapping[str, int]) -> None:
        super().__init__()
        self._opens, self._common = opens, common
        self._begin()

    def _begin(self) -> None:
        self.clear()
        self.update(_signs_of_common_words())
        self[CUT.encode()] = Sign.CUT
        for word, signs in self._common.items():
            for written in (word, word.capitalize()):
                self[written.encode()] |= signs

    def __missing__(self, word: bytes) -> int:
        if len(self) > _MOST_KEPT:
            self._begin()
        signs, written = 0, word.decode(errors="replace")
        # What is no letter beyond ASCII still sticks to the word.
        for one in (written,) if word.isascii() else _WORD.findall(written):
            signs |= signs_of(one) | self._opens(one)
        self[word] = signs
        return signs


@cache
def _signs_of_common_words() -> Mapping[bytes, int]:
    """Return the signs that common words have for any plan."""
    written = (one for word in common_words() for one in (word, word.capitalize()))
    return {one.encode(): signs_of(one) for one in written if one.isalpha()}


def shapes_of(text: str) -> frozenset[str]:
    """Return what the figures and days of a text may look like: all that it holds, and now and then more."""
    return _SHAPES.held(as_bytes(text if text.isascii() else text.translate(_ALIKE)))


def months_in(text: str) -> int:
    """Return the signs of the months that dates in digits may be of."""
    signs = 0
    for numbers in _DATED.findall(text):
        for one in numbers:
            if one and 1 <= int(one) <= 12:
                signs |= month_sign(int(one))
    return signs
