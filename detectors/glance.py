"""The first look at a sentence: whether anything of a plan may stand in it. Most sentences end here, in microseconds.

A word is judged once and its judgement kept; a number is looked up by its digits, without point and noughts.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache, reduce
from operator import or_

from detectors.calendar_words import MONTHS, WEEKDAYS
from detectors.figures import is_number_word
from detectors.senses import CURRENCY_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_NUMERAL = re.compile(
    r"((?:(?<!\d)[.,])?\d+(?:[ .,'’]\d+)*)(?: ?((?i:k|m|mn|mio|mil|mill|mln|millions?|bn|mrd|tsd|thsd|thousand|tausend|hundred|grand|millionen"
    r"|kt|ct|cts|cents?|pence|centimes|rappen|T?EUR|[TkM]€|TUSD|MEUR|[TkM]USD|[TkM]\$))(?![^\W\d_]))?"
)
# Four digits or more: what few things are by chance.
LONG_NUMBER = re.compile(r"\d(?:[ .,'’]?\d){3}")
_PIECE = re.compile(r"\d+(?:[.,'’]\d+)*")
_SEPARATOR = re.compile(r"[ .,'’]")
_SPECIAL = re.compile(r"[¼½¾⅓⅔⅛~≈±£$¥]|\d ?[-/] ?\d|\d (?:to|bis|and|und|or|oder|euros?|Euro|EUR|dollars?) \d")
_DATED = re.compile(r"(?<![\d.,])(\d{1,2})[./-](\d{1,2})(?![\d,]\d)|-(\d\d)-(\d\d)(?!\d)")
_WEEK_NUMBER = re.compile(r"\b(?:kw|cw|wk|w)\d|\bq[1-4]\b|\b[1-4]q\b", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"\bthe \d+(?:st|nd|rd|th)\b|\bam \d+\.", re.IGNORECASE)
_MOST_KEPT = 1 << 16
_FEAST_WORDS = set(
    "easter ostern ostermontag pâques pascua pasqua karfreitag ascension himmelfahrt whitsun whit pentecost pfingsten christmas xmas"
    " mas weihnachten noël navidad natale silvester neujahr eve summer sommerpause sommerferien recess jahresende eoy jahreswechsel".split()
)
# Feasts of words that are in every mail.
_FEAST = re.compile(r"\b(?:good friday|new year|year[- ]end|end of year|turn of the year)\b", re.IGNORECASE)
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
_FORMS = re.compile(
    r"^(?P<time>days?|weeks?|wks?|months?|mths?|mo|mos|years?|yrs?|quarters?|fortnights?|net|netto|tage?n?|wochen?|monate?n?s?"
    r"|jahre?n?s?|quartale?n?|jours?|semaines?|mois|ans?|años?|días?|meses|giorni|mesi|anni|d)$"
    r"|^(?P<share>per|percent|percentage|pct|points?|pp|prozent\w*|pour|cento|ciento|cent)$"
    r"|(?P<part>(?:jähr|monat|wöch|täg)ig)|(?P<scale>hundred|thousand|million|hundert|tausend)"
)
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
    TOPIC = 512
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
        signs = self._opens(word) | _SIGNS.get(lowered, 0) | (Sign.NEAR if word in _NEAR_NAMES else 0)
        form = _FORMS.search(lowered)
        if form:
            signs |= _SIGN_OF_FORM[form.lastgroup or ""]
        return signs | (Sign.NUMBER if is_number_word(lowered) else 0)


_LETTERS = bytes(one if chr(one).isalpha() or one > 127 else 32 for one in range(256))
_SIGN_OF_FORM = {"time": Sign.TIME, "share": Sign.SHARE, "part": Sign.PART | Sign.TIME, "scale": Sign.SCALE}
_SIGNS_OF_WORDS = {
    Sign.WEEK: _WEEK_WORDS,
    Sign.FEAST: _FEAST_WORDS | _QUARTER_WORDS,
    Sign.NEAR: _NEAR_WORDS,
    Sign.HEDGE: _HEDGES,
    Sign.CURRENCY: CURRENCY_WORDS,
    Sign.PART: _PARTS,
    Sign.ONE: {"one", "ein", "eins"},
    **{month_sign(number): {name for name, month in MONTHS.items() if month == number} for number in range(1, 13)},
}
_SIGNS = {
    word: reduce(or_, (sign for sign, words in _SIGNS_OF_WORDS.items() if word in words))
    for word in set().union(*_SIGNS_OF_WORDS.values())
}


def key_of(value: float) -> str:
    """Return what a number is looked up by: its digits, six at most, without outer noughts, and its size."""
    digits, _, power = f"{value:.5e}".partition("e")
    return f"{digits.replace('.', '').rstrip('0')}e{int(power) + 1}"


def keys_in(text: str) -> frozenset[str]:
    """Return what the numerals of a text are looked up by: in all ways that they can be read in."""
    return frozenset().union(*map(_keys_of_numeral, _NUMERAL.findall(text)))


@lru_cache(maxsize=1 << 14)
def _keys_of_numeral(found: tuple[str, str]) -> frozenset[str]:
    numeral, shortened = found
    if numeral.isdigit():
        return frozenset(_keys(numeral, len(numeral), shortened))
    keys: set[str] = set()
    for piece in {numeral, *_PIECE.findall(numeral)}:
        *whole, last = _SEPARATOR.split(piece)
        digits = "".join((*whole, last))
        if whole:
            keys |= _keys(digits, sum(map(len, whole)), shortened)
        if not whole or len(last) == 3:
            keys |= _keys(digits, len(digits), shortened)
    return frozenset(keys)


def _keys(digits: str, before: int, shortened: str) -> set[str]:
    """Return the keys of digits with so many before the point; "k", "m" or "cents" behind them moves it."""
    bare = digits.lstrip("0")
    size = before - len(digits) + len(bare)
    said = bare.rstrip("0")[:6]
    return {f"{said}e{size + by}" for by in ((0, 3, 6, -2) if shortened else (0,))}


def moved(value: float) -> tuple[str, ...]:
    """Return the keys of a number as it is written where thousands, millions or cents are meant."""
    return tuple(key_of(value * times) for times in (1.0, 1e3, 1e6, 0.01)) if value else ()


def rounded(value: float, tolerance: float) -> Iterable[str]:
    """Yield the keys of a value, and of what it is rounded to within a tolerance."""
    yield key_of(value)
    for places in range(4):
        near = float(f"{value:.{places}e}")
        if abs(near - value) <= tolerance * value:
            yield key_of(near)


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


def has_feast(text: str) -> bool:
    """Whether "Good Friday" or "year end" stands in a text."""
    return _FEAST.search(text) is not None


def has_day_number(text: str) -> bool:
    """Whether "the 15th" stands in a text."""
    return _DAY_NUMBER.search(text) is not None


def mantissa(value: float) -> float:
    """Return a number without its scale, from 1 to below 10."""
    return float(f"{value:.5e}".partition("e")[0])
