"""The first look at a sentence: whether anything of a plan may stand in it. Most sentences end here, in microseconds.

A word is judged once and its judgement kept; a number is looked up by its digits, without point and noughts.
"""

import re
from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_

from detectors.calendar_words import MONTHS, WEEKDAYS, feasts
from detectors.figures import is_number_word
from detectors.senses import CURRENCY_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_NUMERAL = re.compile(r"\d+(?:[ .,'’]\d+)*")
_PIECE = re.compile(r"\d+(?:[.,'’]\d+)*")
_NOT_A_DIGIT = re.compile(r"\D")
_SPECIAL = re.compile(r"[¼½¾⅓⅔⅛~≈±£$¥]|\d ?[-/] ?\d|\d (?:to|bis|and|und|or|oder|euros?|Euro|EUR|dollars?) \d")
_DATED = re.compile(r"(?<![\d.,])(\d{1,2})[./-](\d{1,2})(?![\d,]\d)|-(\d\d)-(\d\d)(?!\d)")
_WEEK_NUMBER = re.compile(r"\b(?:kw|cw|wk|w)\d|\bq[1-4]\b|\b[1-4]q\b", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"\bthe \d+(?:st|nd|rd|th)\b|\bam \d+\.", re.IGNORECASE)
_MOST_KEPT = 1 << 16
_FEAST_WORDS = {word for name in feasts(2026) for word in _WORD.findall(name)} - {"day", "end", "of", "the", "s", "new"}
_QUARTER_WORDS = set("quarter quarters quartal quartals q".split())
_WEEK_WORDS = set("kw cw wk week weeks kalenderwoche woche semaine semana settimana sem".split())
# Days that are told by their distance from today.
_NEAR_WORDS = set(WEEKDAYS) | set(
    "fortnight tomorrow übermorgen today heute days tage tagen weeks wochen months month monat monate monaten monats year jahres"
    " next coming following nächste nächsten nächster nächstes kommende kommenden eom eoy eoq week woche the am".split()
) - {"sun", "mon", "sat", "mar", "the", "am"}
_NEAR_NAMES = {"Sun", "Mon", "Sat"}

_PARTS = set(
    "half halbe halbes halb third thirds quarter quarters fifth eighth tenth ninth sixth seventh twelfth twentieth drittel viertel"
    " fünftel sechstel achtel zehntel hälfte fortnight week month year woche monat jahr quartal".split()
)
_SCALE = re.compile(r"hundred|thousand|million|hundert|tausend")
_PART_OF_TIME = re.compile(r"(?:jähr|monat|wöch|täg)ig")
_TIMES = re.compile(r"^(?:days?|weeks?|wks?|months?|mths?|mo|mos|years?|yrs?|quarters?|fortnights?|net|netto|tage?n?|wochen?|monate?n?s?"
                    r"|jahre?n?s?|quartale?n?|jours?|semaines?|mois|ans?|años?|días?|meses|giorni|mesi|anni|wöchig\w*|d)$")
_SHARES = re.compile(r"^(?:per|percent|percentage|pct|points?|pp|prozent\w*|pour|cento|ciento|cent)$")
_HEDGED = re.compile(
    r"\b(?:about|around|roughly|some|approx\.?|approximately|circa|ca\.?|rund|etwa|ungefähr|zirka|environ|unos|under|below|of|than|to"
    r"|almost|nearly|knapp|fast|beinahe|quite|over|above|gut|gute|guten|good|past|unter|über|vor|close|say|like|um die|so|um)\W{1,3}"
    r"(?:an? |the |die |eine? )?(?:[A-Za-z]{0,4}[€$£]? ?)?\d|\d\S* ?(?:-?ish|or so|oder so|give or)", re.IGNORECASE,
)
_HEDGES = set(
    "about around roughly some approx approximately circa ca rund etwa ungefähr zirka environ unos unas um short shy almost"
    " nearly knapp fast beinahe quite just slightly bit hair shade touch tad little gut gute guten good close ish so north"
    " south upwards kurz etwas region order say like whisker marginally narrowly somewhere between zwischen oder".split()
)


class Sign:
    """What a word may be of: bits of a plain number, since they are asked for with every word."""

    NAME = 1
    PHRASE = 2
    NUMBER = 4
    WEEK = 8
    HEDGE = 16
    CURRENCY = 32
    PART = 64
    TIME = 128
    SHARE = 256
    MATTER = 512
    NEAR = 1024
    FEAST = 2048
    ONE = 4096
    SCALE = 8192


def month_sign(month: int) -> int:
    """Return the sign of a month's name."""
    return 1 << (15 + month)


ALL_MONTHS = sum(map(month_sign, range(1, 13)))


class Glance:
    """What words mean to a register's plans. `opens` tells of a word whether a name or a phrase may begin with it."""

    def __init__(self, opens: Callable[[str], int]) -> None:
        self._kept = _Kept(opens)

    def signs(self, text: str) -> int:
        """Return the signs of all words of a text, as one number."""
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        return reduce(or_, map(self._kept.__getitem__, _words(text)), 0)

    def words(self, text: str) -> list[tuple[str, int]]:
        """Return the words of a text with their signs, as far as they have any."""
        kept = self._kept
        found = [(word, signs) for word in set(_words(text)) if (signs := kept[word])]
        return [(word.decode(errors="replace"), signs) for word, signs in found]

    def number_words(self, text: str) -> list[str]:
        """Return the words of a text that are numbers or parts of them."""
        kept = self._kept
        return [word.decode() for word in _words(text) if kept[word] & (Sign.NUMBER | Sign.PART)]


def _words(text: str) -> list[bytes]:
    """Cut a text into words as bytes: several times as fast as any pattern, and every word of every mail is cut."""
    return text.encode(errors="replace").translate(_LETTERS).split()


class _Kept(dict[bytes, int]):
    """The signs of words, found out when first asked for."""

    def __init__(self, opens: Callable[[str], int]) -> None:
        super().__init__()
        self._opens = opens

    def __missing__(self, word: bytes) -> int:
        # What is no letter beyond ASCII still sticks to the word.
        signs = reduce(or_, map(self._signs, _WORD.findall(word.decode(errors="replace"))), 0)
        self[word] = signs
        return signs

    def _signs(self, word: str) -> int:
        lowered = word.lower()
        signs = self._opens(word)
        for sign, words in _SIGNS_OF_WORDS.items():
            signs |= sign * (lowered in words)
        for sign, wording in _SIGNS_OF_FORMS.items():
            signs |= sign * (wording.search(lowered) is not None)
        signs |= Sign.NUMBER * is_number_word(lowered) | Sign.NEAR * (word in _NEAR_NAMES)
        return signs | (month_sign(MONTHS[lowered]) if lowered in MONTHS else 0)


_LETTERS = bytes(one if chr(one).isalpha() or one > 127 else 32 for one in range(256))
_SIGNS_OF_WORDS = {
    Sign.WEEK: _WEEK_WORDS,
    Sign.FEAST: _FEAST_WORDS | _QUARTER_WORDS,
    Sign.NEAR: _NEAR_WORDS,
    Sign.HEDGE: _HEDGES,
    Sign.CURRENCY: CURRENCY_WORDS,
    Sign.PART: _PARTS,
    Sign.ONE: {"one", "ein", "eins"},
}
_SIGNS_OF_FORMS = {
    Sign.TIME: _TIMES,
    Sign.SHARE: _SHARES,
    Sign.PART: _PART_OF_TIME,
    Sign.SCALE: _SCALE,
}


def digits_of(value: float) -> str:
    """Return the digits by which a number is looked up: six at most, without point and outer noughts."""
    return f"{value:.5e}".partition("e")[0].replace(".", "").rstrip("0")


def digits_in(text: str) -> set[str]:
    """Return the digits of a text's numerals, of those apart by spaces also together."""
    found = set()
    for numeral in _NUMERAL.findall(text):
        if numeral.isdigit():
            found.add(numeral.strip("0")[:6])
            continue
        found.add(_NOT_A_DIGIT.sub("", numeral).strip("0")[:6])
        if " " in numeral:
            found |= {_NOT_A_DIGIT.sub("", piece).strip("0")[:6] for piece in _PIECE.findall(numeral)}
    return found


def rounded(value: float, tolerance: float) -> Iterable[str]:
    """Yield the digits of a value, and of what it is rounded to within a tolerance."""
    yield digits_of(value)
    for places in range(4):
        near = float(f"{value:.{places}e}")
        if abs(near - value) <= tolerance * value:
            yield digits_of(near)


def is_special(text: str) -> bool:
    """Whether numbers stand in a text that can't be looked up by their digits: fractions, ranges, other currencies."""
    return _SPECIAL.search(text) is not None


def is_hedged(text: str) -> bool:
    """Whether "about", "just under" or the like stands at digits of a text."""
    return _HEDGED.search(text) is not None


def months_in(text: str) -> int:
    """Return the signs of the months that dates in digits may be of."""
    signs = 0
    for numbers in _DATED.findall(text):
        for one in numbers:
            if one and 1 <= int(one) <= 12:
                signs |= month_sign(int(one))
    return signs


def has_week_number(text: str) -> bool:
    """Whether "KW12" or "Q2" stands in a text."""
    return _WEEK_NUMBER.search(text) is not None


def has_day_number(text: str) -> bool:
    """Whether "the 15th" stands in a text."""
    return _DAY_NUMBER.search(text) is not None


def mantissa(value: float) -> float:
    """Return a number without its scale, from 1 to below 10."""
    return float(f"{value:.5e}".partition("e")[0])
