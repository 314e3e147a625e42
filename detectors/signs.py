"""What the words of a sentence may be of, as bits: a number, a month, a currency, "about", a part."""

import re
from functools import reduce
from operator import or_

from detectors.calendar_words import MONTHS, WEEKDAYS
from detectors.money import CURRENCY_WORDS
from detectors.spoken import is_number_word

_FEASTS = """
easter ostern ostermontag pâques pascua pasqua karfreitag ascension himmelfahrt whitsun whit pentecost pfingsten
christmas xmas mas weihnachten noël navidad natale silvester neujahr eve summer sommerpause sommerferien recess
jahresende jahresmitte halbjahresende halbjahrs halbjahres half midyear eoy jahreswechsel
quarter quarters quartal quartals q
"""
_WEEKS = "kw cw wk week weeks kalenderwoche woche semaine semana settimana sem"
# What tells a day by its distance from today.
_DISTANCES = """
fortnight tomorrow übermorgen today heute days tage tagen weeks wochen months month monat monate monaten monats year
jahres next coming following nächste nächsten nächster nächstes kommende kommenden eom eoy eoq week woche
"""
# Words that begin so may tell of a day more than three weeks ahead.
_FAR = """
year jahr half halb quart month monat fortnight days tage weeks wochen eom eoq eoy kws cws wks woches kalenderwoches
semaines semanas settimanas sems
"""
_PARTS = """
half halbe halbes halb halves third thirds quarter quarters fifth fifths eighth eighths tenth tenths ninth ninths
sixth sixths seventh sevenths twelfth twelfths twentieth twentieths
drittel viertel fünftel sechstel siebtel achtel neuntel zehntel hälfte zehntelprozent viertelprozent drittelprozent
halbjahr vierteljahr dreivierteljahr tiers moitié metà tercio mitad
"""
# What a part is told of ("one out of ten"), or a length without a number ("a month").
_WHOLES = "out aus fortnight week month year decade woche monat jahr jahrzehnt quartal"
_HEDGES = """
under below beneath above over than least unter unterhalb über oberhalb als mindestens
about around roughly some approx approximately circa ca rund etwa ungefähr zirka environ unos unas um short shy
almost nearly knapp fast beinahe quite just slightly bit hair shade touch tad little gut gute guten good close ish
so north south upwards kurz etwas region order say like whisker marginally narrowly somewhere between zwischen oder
"""
_FAR_BEGUN = tuple(_FAR.split())
# Weekdays that are other words without a capital.
_CAPITAL = frozenset({"Sun", "Mon", "Sat"})
_FORMS = re.compile(
    r"^(?P<time>days?|weeks?|wks?|months?|mths?|mo|mos|years?|yrs?|quarters?|fortnights?|decades?|jahrzehnte?n?|net|netto|tage?n?|wochen?"
    r"|monate?n?s?"
    r"|jahre?n?s?|quartale?n?|jours?|semaines?|mois|ans?|años?|días?|meses|giorni|mesi|anni|d|w)$"
    r"|^(?P<share>per|percent|percentage|pct|points?|pp|prozent\w*|pour|cento|ciento|cent|v|bps?|basispunkte\w*|promille"
    r"|permille|split|aufteilung|aufgeteilt)$"
    r"|(?P<part>(?:jähr|monat|wöch|täg)ig)|(?P<scale>hundred|thousand|million|hundert|tausend)"
)


_OF_MONTHS = ("hälfte", "woche", "mitte", "ende", "anfang")
_ENDINGS = (*_OF_MONTHS, "prozent")


class Sign:
    """What a word may be of: bits of a plain number, since they are asked for with every word.

    `LETTER` is of letters that seldom stand alone, and of which some are in every name. `CUT` is no word's: it stands
    between texts; nor is `DIGIT`, of lines with digits. `NAME` and `PHRASE` are words that one of the plans may begin
    with, `OPENS` and `CLOSES` halves of a name; `TOPIC` are those that a negotiation is known by. `NEAR` are words by
    which a day may be told by its distance from today: `DAY` weekdays and the like, `FAR` those by which it may be more
    than three weeks off.
    """

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
    OPENS = 16384
    CLOSES = 32768
    LETTER = 1 << 16
    WHOLE = 1 << 29
    CUT = 1 << 30
    FAR = 1 << 31
    DAY = 1 << 32
    DIGIT = 1 << 33


def month_sign(month: int) -> int:
    """Return the sign of a month's name."""
    return 1 << (16 + month)


ALL_MONTHS = sum(map(month_sign, range(1, 13)))


def signs_of(word: str) -> int:
    """Return the signs of a word, those of the plans left out."""
    lowered = word.lower()
    signs = _SIGNS.get(lowered, 0) | (Sign.NEAR if word in _CAPITAL else 0)
    if lowered.startswith(_FAR_BEGUN):
        signs |= Sign.FAR
    if lowered.endswith(_ENDINGS):
        signs |= _of_compound(lowered)
    form = _FORMS.search(lowered)
    if form:
        signs |= _OF_FORM[form.lastgroup or ""]
    return signs | (Sign.NUMBER if is_number_word(lowered) else 0)


def _of_compound(word: str) -> int:
    """Return the signs of a German word for its parts: "Augusthälfte" is of August, "Zehntelprozent" is a share."""
    if word.endswith("prozent"):
        return Sign.SHARE
    month = next((word.removesuffix(one) for one in _OF_MONTHS if word.endswith(one)), "")
    return _SIGNS.get(month, 0) & ALL_MONTHS


_OF_FORM = {"time": Sign.TIME, "share": Sign.SHARE, "part": Sign.PART | Sign.TIME, "scale": Sign.SCALE}
_OF_WORDS = {
    Sign.WEEK: frozenset(_WEEKS.split()),
    Sign.FEAST: frozenset(_FEASTS.split()),
    Sign.NEAR: frozenset({*WEEKDAYS, *_DISTANCES.split()} - {"sun", "mon", "sat", "mar"}),
    Sign.DAY: frozenset({*WEEKDAYS, "today", "tomorrow", "übermorgen"}),
    Sign.HEDGE: frozenset(_HEDGES.split()),
    Sign.CURRENCY: CURRENCY_WORDS,
    Sign.PART: frozenset(_PARTS.split()),
    Sign.WHOLE: frozenset(_WHOLES.split()),
    Sign.LETTER: frozenset("bcfghjlnopqrvwyz"),
    Sign.ONE: frozenset({"one", "ein", "eins"}),
    **{
        month_sign(number): frozenset(name for name, month in MONTHS.items() if month == number)
        for number in range(1, 13)
    },
}
_SIGNS = {
    word: reduce(or_, (sign for sign, words in _OF_WORDS.items() if word in words))
    for word in frozenset().union(*_OF_WORDS.values())
}
