"""What is looked for in a message: the figures and days of the negotiations that may be told of in it."""

import re
from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import or_

from detectors.glance import Shape, months_in
from detectors.line import Line
from detectors.money import currencies_in
from detectors.number_keys import key_of, value_of_key
from detectors.plans import Look, Sealed
from detectors.signs import ALL_MONTHS, Sign
from messages import FactKind

# Words by which a fact may be told to somebody who is not invited, where no digit stands.
TELLS_ALL = Sign.NAME | Sign.PHRASE | Sign.SCALE
OF_FIGURES = Sign.NUMBER | Sign.PART
# Words by which the days of a line may be more than some weeks ahead.
_FAR, _COUNTED, _UNITS = Sign.FAR | Sign.FEAST | ALL_MONTHS, Sign.DIGIT | Sign.NUMBER | Sign.ONE, Sign.WEEK | Sign.TIME
_LIKE_A_DAY = re.compile(r"[0-9](?:[./-]|[sS][tT]|[nNrR][dD]|[tT][hH])")
# What shapes take longer to find out: "W27", "3Q", "the 3rd", "am 3.".
_LIKE_A_WEEK, _LIKE_A_DAY_OF_A_MONTH = re.compile(r"[wWkKqQ\d](?:(?<!\d)\d|(?<=\d)[qQ])"), re.compile(r"[eEmM] \d")
# What is found by being near a fact's figure.
_LOOSE = frozenset({Shape.FRACTION, Shape.RANGE})


class Looked:
    """What negotiations may be told of in a message, and what of their facts its day allows."""

    def __init__(self, looks: Sequence[Look], day: date | None) -> None:
        dated = [one for one in looks if one.days]
        self.looks = looks
        self.has_parts = any(one.has_parts for one in looks)
        self._counts = _together([one.bare for one in looks])
        self._has_lengths = any(one.of_kind[FactKind.DURATION] for one in looks)
        self._lengths = _together([one.lengths.keys for one in looks])
        self._shares = _together([one.shares.keys for one in looks])
        self._is_in_euros = all(one.is_in_euros for one in looks)
        self._has_days, self._is_soon = bool(dated), any(one.is_soon(day) for one in dated)
        self._is_close = any(one.is_close(day) for one in dated)
        self._months = reduce(or_, (one.months for one in dated), 0)
        self.tells = TELLS_ALL | OF_FIGURES | Sign.LETTER | (Sign.WEEK | Sign.FEAST | self._months if dated else 0)
        self.tells |= Sign.NEAR if self._is_soon else 0
        self.tells |= Sign.WHOLE if self.has_parts else 0

    def __bool__(self) -> bool:
        return bool(self.looks)

    def known(self, keys: frozenset[str], line: Line) -> frozenset[str]:
        """Return those keys by which numbers of a sentence may be figures of facts."""
        found = keys & self._counts
        # Whether figures may be lengths or shares takes longer to find out than whether there is one of a fact's.
        if not keys.isdisjoint(self._lengths) and line.is_of_times:
            found |= keys & self._lengths
        if not keys.isdisjoint(self._shares) and line.is_of_shares:
            found |= keys & self._shares
        return found

    def is_loose(self, line: Line) -> bool:
        """Whether a number may be meant that can't be looked up: "just under", a range, a fraction."""
        if not (self.looks and (line.keys or line.signs & Sign.NUMBER)):
            return False
        return _is_inexact(line) or self._is_foreign(line)

    def is_near(self, line: Line) -> bool:
        """Whether a numeral of a sentence is loose, and near a figure of a fact."""
        if not self.looks or (not line.keys and line.text.isascii()):
            return False
        values = list(map(value_of_key, line.keys))
        # What the figures look like takes longer to find out than whether there is one near them.
        if self._is_any_near(values, line) and _is_inexact(line):
            return True
        if line.may_hold_fraction() and Shape.FRACTION in line.shapes:
            return True
        return self._is_near_abroad(values, line)

    def are_near(self, values: Sequence[float], line: Line) -> bool:
        """Whether one of some numbers of a sentence is near a figure of a fact, in whatever currency."""
        return self._is_any_near(values, line) or self._is_near_abroad(values, line)

    def may_hold_days(self, line: Line) -> bool:
        """Whether a day of a sentence may be a fact's."""
        return self._has_days and (self._names_days(line) or (bool(line.keys) and self._has_dates(line)))

    def has_figure(self, value: float) -> bool:
        """Whether a number may be a fact's sum or count."""
        return key_of(value) in self._counts if value else False

    def may_borrow_unit(self, line: Line, value: float) -> bool:
        """Whether a bare number of a sentence may be a fact's length or share, by a unit that stands at another."""
        if line.signs & Sign.PART:
            return line.is_of_times or line.is_of_shares
        key = key_of(value)
        return (key in self._lengths and line.is_of_times) or (key in self._shares and line.is_of_shares)

    def may_tell_lengths_by_days(self, line: Line) -> bool:
        """Whether a length of time may be told by a day of the calendar on which it is over."""
        if not (self._has_lengths and line.signs & Sign.DIGIT):
            return False
        return line.signs & ALL_MONTHS != 0 or _LIKE_A_DAY.search(line.text) is not None

    def _names_days(self, line: Line) -> bool:
        signs, keys = line.signs, line.keys
        if signs & (self._months | Sign.FEAST):
            return True
        if self._is_soon and signs & Sign.NEAR and (self._is_close or _is_far(line)):
            return True
        if signs & Sign.WEEK and (signs & Sign.NUMBER or any(not keys.isdisjoint(one.weeks) for one in self.looks)):
            return True
        may_be_feast = signs & Sign.NEAR and (signs & Sign.FAR or "good friday" in line.text.lower())
        return bool(may_be_feast) and Shape.FEAST in line.shapes

    def _has_dates(self, line: Line) -> bool:
        if line.signs & _UNITS and _LIKE_A_WEEK.search(line.text) and Shape.WEEK in line.shapes:
            return True
        if not _LIKE_A_DAY.search(line.text):
            return False
        is_of_a_month = self._is_soon and _LIKE_A_DAY_OF_A_MONTH.search(line.text) and Shape.DAY in line.shapes
        return bool(is_of_a_month) or months_in(line.text) & self._months != 0

    def _is_any_near(self, values: Sequence[float], line: Line) -> bool:
        for look in self.looks:
            if look.counts.is_near(values) or (line.signs & Sign.TIME and look.lengths.is_near(values)):
                return True
            if look.shares.is_near(values) and line.is_of_shares:
                return True
        return False

    def _is_near_abroad(self, values: Sequence[float], line: Line) -> bool:
        """Whether one of some numbers is near a sum of another currency than the one that is named."""
        if not self._is_foreign(line):
            return False
        named = currencies_in(line.text)
        return any(one.foreign[each].is_near(values) for one in self.looks for each in named & one.foreign.keys())

    def _is_foreign(self, line: Line) -> bool:
        """Whether another currency than a fact's is named."""
        if line.signs & Sign.CURRENCY:
            return True
        if not line.may_name_currency():
            return False
        return Shape.CURRENCY in line.shapes or (not self._is_in_euros and Shape.EURO in line.shapes)

    def of_kind(self, kind: FactKind) -> list[Sealed]:
        """Return their facts of a kind."""
        return [one for look in self.looks for one in look.of_kind[kind]]


def _is_inexact(line: Line) -> bool:
    """Whether a number of a sentence may be meant inexactly: "just under", a range, a fraction."""
    if line.signs & Sign.HEDGE and (line.signs & Sign.NUMBER or Shape.HEDGE in line.shapes):
        return True
    return (bool(line.keys) or not line.text.isascii()) and not line.shapes.isdisjoint(_LOOSE)


def _together(keys: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return the keys of all negotiations; mostly there is one."""
    return keys[0] if len(keys) == 1 else frozenset().union(*keys)


def _is_far(line: Line) -> bool:
    """Whether a day of a sentence may be more than some weeks ahead: "Friday" by itself is not."""
    signs = line.signs
    if signs & _FAR or (signs & _COUNTED and signs & _UNITS):
        return True
    return signs & Sign.DIGIT != 0 and _LIKE_A_DAY.search(line.text) is not None
