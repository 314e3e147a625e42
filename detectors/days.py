"""Days, weeks and months as people write them, with their place.

15.5., May 15th, KW 12, mid-March, the end of Q2, Friday in three weeks, Easter: English and German; months in French,
Spanish and Italian, too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from detectors.day_readers import Clock
from detectors.day_rules import RULES, WORDS, Rule
from detectors.sieve import Sieve
from detectors.spoken import in_usual_letters

_MARGIN = timedelta(days=3)
# What stands before a feast may be some weeks off; of a long one, the first weeks are meant.
_WIDE_MARGIN, _FIRST_WEEKS, _LONG = timedelta(days=14), timedelta(days=31), 20
_LONGEST_SPAN = timedelta(days=400)
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_BEFORE = re.compile(
    r"\b(?:before|by|until|till|vor|bis|spätestens|no later than|not later than|avant|antes de)\W*"
    r"(?:the |end of |dem |der |den |zum |zur )?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:after|(?P<without>from|as of|ab|come|starting|with effect from|ab dem)|since|nach|seit|not before|après)\W*"
    r"(?:the |dem |der )?$",
    re.IGNORECASE,
)
_LACKING = re.compile(
    r",?(?: (?:[^\W\d_]|')+){0,3} (?:without|no longer|(?:no|not) [^\W\d_]+ any ?more|ohne|nicht mehr"
    r"|keinen? \w+ mehr)(?!\w)",
    re.IGNORECASE,
)
_JOINS = re.compile(r" ?(?:-|to|bis|until|till|and|und|through|à|al|a)(?: (?:the|zum|den))? ?", re.IGNORECASE)
_EVERY_SIGN = -1
# Rules that need the same signs are looked for together: few at once take a fraction of the time.
_GROUPS = tuple(
    (needs, tuple(place for place, one in enumerate(RULES) if one.needs == needs))
    for needs in dict.fromkeys(one.needs for one in RULES)
)
_SIEVES = tuple(
    (needs, places, Sieve(RULES[place].pattern for place in places), WORDS.get(needs, ("",)))
    for needs, places in _GROUPS
)
_MOST_IN_A_SPAN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days that are told of, `first` to `last`, by the words from `start` to `end`.

    `is_spelled`: a day or week of the calendar is named, not reckoned from the day of writing. `before` and `after` are
    how far off what is meant may lie, on the side the words say ("before the summer break").
    """

    first: date
    last: date
    start: int
    end: int
    is_spelled: bool = True
    before: timedelta = timedelta()
    after: timedelta = timedelta()

    @property
    def width(self) -> int:
        """How many days these are."""
        return (self.last - self.first).days + 1


def days(text: str, today: date | None, years: tuple[int, ...] = (), *, signs: int = _EVERY_SIGN) -> list[Days]:
    """Return the days that a sentence of a day tells of; without the day of writing, dates are of any of `years`.

    To save time, the `signs` of its words may be told.
    """
    usual = in_usual_letters(text)
    rules = _rules_for(usual, signs if usual == text else _EVERY_SIGN)
    text = usual
    if not rules:
        return []
    is_usual = today is not None and _FIRST_YEAR < today.year < _LAST_YEAR
    around = tuple(range(today.year - 1, today.year + 3)) if today is not None and is_usual else years
    clock = Clock(today=today if is_usual else None, years=around)
    found = [
        Days(first=first, last=last, start=start, end=end, is_spelled=rule.is_spelled)
        for rule in rules
        for (first, last), start, end in rule.find(text, clock)
    ]
    found.sort(key=lambda one: (one.start, -one.end))
    return [_margined(text, one) for one in (*found, *_spans(text, found))]


def _rules_for(text: str, signs: int) -> list[Rule]:
    """Return the rules that may find a day in a text with words of some signs, in their order."""
    small = text.lower()
    found = [
        places[one]
        for needs, places, sieve, words in _SIEVES
        if signs & needs and any(word in small for word in words)
        for one in sieve.passing(text)
    ]
    return [RULES[place] for place in sorted(found)]


def _spans(text: str, found: list[Days]) -> Iterator[Days]:
    """Join "18 December to 31 December"."""
    for place, one in enumerate(found):
        for other in found[place + 1 : place + 1 + _MOST_IN_A_SPAN]:
            is_joined = one.end <= other.start and _JOINS.fullmatch(text, one.end, other.start)
            if is_joined and timedelta() < other.last - one.first < _LONGEST_SPAN:
                yield replace(one, last=other.last, end=other.end)


def _margined(text: str, one: Days) -> Days:
    """Widen days by what "before" or "after" says of them."""
    start = max(0, one.start - 30)
    is_long = text[one.end - 1].isalpha() and one.width > _LONG
    if _BEFORE.search(text, start, one.start):
        return replace(
            one,
            before=_WIDE_MARGIN if is_long else _MARGIN,
            last=min(one.last, one.first + _FIRST_WEEKS) if is_long else one.last,
        )
    after = _AFTER.search(text, start, one.start)
    # What is so from a day on, and what is lacking on it, ends or begins on the eve of it.
    is_from = one.width == 1 and (after["without"] if after else _LACKING.match(text, one.end)) is not None
    eve = timedelta(days=1) if is_from else timedelta()
    return replace(one, after=_MARGIN if after else timedelta(), before=eve) if after or is_from else one
