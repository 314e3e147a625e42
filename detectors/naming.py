"""Numbers that only name something: orders, clauses, telephones, versions, rooms, times of day."""

import re

from detectors.figures import Figure
from detectors.money import is_money_behind, unit_at
from detectors.units import is_known

# What a number behind them names; the second kind only where no unit and no currency follows.
_NAMES = """
po p.o no nos nr number nummer numbers ref reference ticket drawing zeichnung clause section sec chapter paragraph
para page pages p pp seite iso din en v ver rev revision release build extension ext phone tel telephone fax mobile
postcode zip plz iban account konto port code passcode pin serial s/n lot batch charge container figure fig table
tabelle appendix annex article artikel art item items step question point punkt episode model type typ flight gate
tor room raum hall halle dock building floor seat bus platform gleis parameter register line zeile position pos
centre center kostenstelle machine truck lkw channel complaint note windows id size m hotline standard part ra rz
"""
_MAY_NAME = """
order orders bestellung auftrag invoice rechnung quotation volume version contract claim confirmation note statement
regulation law
"""
_BY_IS = """
order contract supplier customer vendor tax serial po invoice project extension ext code passcode pin phone fax hotline
port postcode zip account mobile
"""
_NAMING, _MAYBE = frozenset(_NAMES.split()), frozenset(_MAY_NAME.split())
_NUMBERED = frozenset(_BY_IS.split())
_VERBAL = "we we'll i i'll they they'll to will would can could may might shall must should you"
_BEFORE_VERBS = frozenset(_VERBAL.split())
_NUMBERS = ("nummer", "-nr")
# "Per ticket: 13.4" is a price.
_FOR_EACH = frozenset({"per", "je", "pro"})
_LINKS = frozenset({"no", "nr", "nummer"})
_CLOCK = re.compile(r":\d\d|[ ]?(?:uhr|o'clock|[ap]\.?m\b)|h\d\d", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?!\w)")
_DIGITS_BEFORE = re.compile(r"\d[ /]$|\d:$|\d\.$|[/:]$|[^\W\d]-$")
_DIGITS_BEHIND = re.compile(r"[ /]\d|\.\d|:\d|#|-\d{3}|/(?:\d|[A-Z](?!\w))")
_WORD_BEHIND = re.compile(r"[ -](?P<word>[^\W\d_]+)")
_LONGEST_BEFORE = 32


def names_something(text: str, before: str, figure: Figure) -> bool:
    """Whether a number is no figure: of an order, a clause, a telephone, a time of day."""
    if _CLOCK.match(text, figure.end) or before.lower().endswith(("past ", "half to ", "quarter to ")):
        return True
    return not figure.is_word and (_is_in_a_row(text, before, figure) or _is_called(text, before, figure))


def _is_in_a_row(text: str, before: str, figure: Figure) -> bool:
    """Whether other digits stand beside it, or noughts before it: a telephone, a code."""
    if _ORDINAL.match(text, figure.end) or _DIGITS_BEFORE.search(before[-3:]):
        return True
    if text[figure.start] == "0" and text[figure.start + 1 : figure.start + 2].isdigit():
        return True
    return _DIGITS_BEHIND.match(text, figure.end) is not None and not unit_at(text, figure.end)[0]


def _is_called(text: str, before: str, figure: Figure) -> bool:
    """Whether the word before it says what the number names."""
    words = before[-_LONGEST_BEFORE:].rstrip(" .:-").lower().split()
    if not words:
        return False
    last = words[-1] if words[-1] not in _LINKS or len(words) < 2 else words[-2]
    is_plain = figure.scale == 1 and not figure.decimals
    is_said = (
        is_plain
        and words[-1] == "is"
        and not _has_unit(text, figure.end)
        and not _NUMBERED.isdisjoint(map(_bare, words[-3:-1]))
    )
    if len(words) > 1 and words[-2] in _FOR_EACH:
        return False
    if (
        is_said
        or last[-1] in "#§№+"
        or not _NAMING.isdisjoint({_bare(last), _bare(words[-1])})
        or _bare(last).endswith(_NUMBERS)
    ):
        return not is_money_behind(text, figure.end)
    if len(words) > 1 and words[-2] in _BEFORE_VERBS:
        return False
    return _bare(last) in _MAYBE and is_plain and not _has_unit(text, figure.end)


def _bare(word: str) -> str:
    return word.strip("(\"'.:,#").removesuffix("'s")


def _has_unit(text: str, end: int) -> bool:
    match = _WORD_BEHIND.match(text, end)
    return is_money_behind(text, end) or (match is not None and is_known(match["word"]))
