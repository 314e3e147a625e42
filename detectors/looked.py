"""What is looked for in a message: the figures and days of the negotiations that may be told of in it."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce
from operator import or_

from detectors.glance import Shape, months_in
from detectors.line import Line
from detectors.plans import Look, Sealed, Written
from detectors.signs import Sign
from messages import FactKind

# Words by which a fact may be told to somebody who is not invited, where no digit stands.
TELLS_ALL = Sign.NAME | Sign.PHRASE | Sign.SCALE
OF_FIGURES = Sign.NUMBER | Sign.PART
# What is found by being near a fact's figure.
_LOOSE = frozenset({Shape.FRACTION, Shape.RANGE})


class Looked:
    """What negotiations may be told of in a message, and what of their facts its day allows."""

    def __init__(self, looks: Sequence[Look], day: date | None) -> None:
        dated = [one for one in looks if one.days]
        self.looks = tuple(looks)
        self.has_parts = any(one.has_parts for one in looks)
        self._counts = frozenset().union(*(one.counts.keys | one.fractions for one in looks))
        self._lengths = frozenset().union(*(one.lengths.keys for one in looks))
        self._shares = frozenset().union(*(one.shares.keys for one in looks))
        self._is_in_euros = all(one.is_in_euros for one in looks)
        self._has_days, self._is_soon = bool(dated), any(one.is_soon(day) for one in dated)
        self._months = reduce(or_, (one.months for one in dated), 0)
        self.tells = TELLS_ALL | OF_FIGURES | Sign.LETTER | (Sign.WEEK | Sign.FEAST | self._months if dated else 0)
        self.tells |= Sign.NEAR if self._is_soon else 0
        self.tells |= Sign.WHOLE if self.has_parts else 0

    def __bool__(self) -> bool:
        return bool(self.looks)

    def known(self, keys: frozenset[str], line: Line) -> frozenset[str]:
        """Return those keys by which numbers of a sentence may be figures of facts."""
        found = keys & self._counts
        if line.signs & Sign.TIME:
            found |= keys & self._lengths
        # Whether figures may be shares takes longer to find out than whether there is one of a fact's.
        if not keys.isdisjoint(self._shares) and line.is_of_shares:
            found |= keys & self._shares
        return found

    def is_loose(self, line: Line) -> bool:
        """Whether a number may be meant that can't be looked up: "just under", a range, a fraction."""
        if not (self.looks and (line.keys or line.signs & Sign.NUMBER)):
            return False
        return (
            (line.signs & Sign.HEDGE != 0 and (line.signs & Sign.NUMBER != 0 or Shape.HEDGE in line.shapes))
            or ((bool(line.keys) or not line.text.isascii()) and not line.shapes.isdisjoint(_LOOSE))
            or self._is_foreign(line)
        )

    def is_near(self, value: float, line: Line) -> bool:
        """Whether a number of a sentence is near a figure of a fact, in whatever currency."""
        if any(one.is_near(value) for one in self._written(line)):
            return True
        return self._is_foreign(line) and any(one.foreign.is_near(value) for one in self.looks)

    def may_hold_days(self, line: Line) -> bool:
        """Whether a day of a sentence may be a fact's."""
        return self._has_days and (self._names_days(line) or (bool(line.keys) and self._has_dates(line)))

    def _names_days(self, line: Line) -> bool:
        signs, keys = line.signs, line.keys
        if signs & (self._months | Sign.FEAST) or (self._is_soon and signs & Sign.NEAR):
            return True
        if signs & Sign.WEEK and (signs & Sign.NUMBER or any(not keys.isdisjoint(one.weeks) for one in self.looks)):
            return True
        return signs & Sign.NEAR != 0 and Shape.FEAST in line.shapes

    def _has_dates(self, line: Line) -> bool:
        shapes = line.shapes
        if Shape.WEEK in shapes or (self._is_soon and Shape.DAY in shapes):
            return True
        return Shape.DATE in shapes and months_in(line.text) & self._months != 0

    def _written(self, line: Line) -> Iterator[Written]:
        for look in self.looks:
            yield look.counts
            if line.signs & Sign.TIME:
                yield look.lengths
            if look.shares.keys and line.is_of_shares:
                yield look.shares

    def _is_foreign(self, line: Line) -> bool:
        """Whether another currency than a fact's is named."""
        if line.signs & Sign.CURRENCY or Shape.CURRENCY in line.shapes:
            return True
        return not self._is_in_euros and Shape.EURO in line.shapes

    def of_kind(self, kind: FactKind) -> list[Sealed]:
        """Return their facts of a kind."""
        return [one for look in self.looks for one in look.of_kind[kind]]
