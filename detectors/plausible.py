"""Whether a figure or day that matches a sealed fact is meant so: what is said around it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache

from detectors.around import Around, Matters
from detectors.callings import holds, matters, stems_in
from detectors.days import Days
from detectors.fitting import (
    AGO,
    ALIEN,
    BOOKS,
    COMMERCIAL,
    COUNTED,
    ERRAND,
    MEASURED,
    PLAN,
    PRICE,
    RESOLVE,
    STANCE,
    STANDING,
    TERM,
)
from detectors.ordinary import AHEAD, EVENT, LASTING, LIFE, OVER, SOURCE
from detectors.patterns import Wording
from detectors.plans import EXACT, EXACT_AS_HEDGED, HEDGED, ROUNDED, Sealed
from detectors.said import Reading
from detectors.units import is_class, is_same, unit_class
from messages import FactKind

# No finding is less sure: a policy that keeps what is told alone would lose it.
_LEAST, _MOST = 0.72, 0.98
_UNNAMED = 0.06
_TELLING_DIGITS = 4
_COMMON = 100
# A stretch of so many days may stand for one of them; up to a month where the matter is named.
_NARROW, _WIDE = 11, 35
_FOR_EACH, _MANY = (" per ", " pro ", " je ", "/"), ("s", "en", ":")
_NO_MATTERS = frozenset({FactKind.NAME, FactKind.PHRASE})
# Of a week, five days are as good as seven.
_WORKING_WEEK = 0.7


@lru_cache(maxsize=1 << 10)
def _matters_of(words: tuple[str, ...]) -> Matters:
    return matters(words)


def _own_matters(sealed: Sealed) -> Matters:
    """Return what a fact's negotiation is about: clubs are no pastime for those who negotiate of clubs."""
    plan = sealed.negotiation
    said = (word for fact in plan.sealed if fact.kind not in _NO_MATTERS for word in fact.words)
    return _matters_of((plan.name, *said))


@dataclass(frozen=True, kw_only=True)
class _Case:
    """A figure that matches a fact, and what speaks for it: its matter is named, we talk of our aims, it is rare.

    `is_with_it`: its matter is named in the same sentence; a chance word weighs little there.
    """

    sealed: Sealed
    reading: Reading
    around: Around
    close: float
    is_about: bool
    is_ours: bool
    is_telling: bool

    @cached_property
    def is_with_it(self) -> bool:
        return holds(self.sealed.words, self.around.own_stems)

    @cached_property
    def is_sure(self) -> bool:
        """Whether it is just the fact's, of its matter, and where we talk of our aims."""
        return self.is_about and self.close == EXACT and (self.is_ours or self.around.is_beside(STANCE))

    @cached_property
    def _near(self) -> Around:
        return self.around.near(self.reading.start, self.reading.end, self.sealed.words)

    def is_of(self, wording: Wording, own: Matters = ()) -> bool:
        """Whether the part of the sentence that it stands in holds a wording, with other words than its own matter."""
        return self.around.is_of_other(wording, own) and self._near.is_of_other(wording, own)


def figure_fits(sealed: Sealed, reading: Reading, close: float, around: Around, *, is_invited: bool) -> float:
    """Return how sure it is that a figure, which matches by `close`, is the fact; 0 where it is not.

    Told to somebody who is not invited, the figure must be rare, or said of our aims and of its matter.
    """
    case = _Case(
        sealed=sealed,
        reading=reading,
        around=around,
        close=close,
        is_about=holds(sealed.words, around.stems),
        is_ours=around.says(STANCE),
        is_telling=close == EXACT and _tells_by_itself(reading),
    )
    is_named = case.is_telling or (case.is_about and case.is_ours)
    if (not is_invited and not (close == EXACT and is_named)) or _is_of_another_matter(case):
        return 0.0
    return _sure(close, is_named=case.is_about) if _RULES[reading.kind](case) else 0.0


def _is_of_another_matter(case: _Case) -> bool:
    """Whether a figure is said of private life, of an errand, or by others."""
    around, reading, own = case.around, case.reading, _own_matters(case.sealed)
    if around.is_refused(reading.start) or around.is_theirs(reading.start):
        return True
    # "Six months!" after a sentence on a telephone is of that telephone.
    if case.is_about and not case.is_ours and around.is_beside(LIFE, own) and not case.is_with_it:
        return True
    is_our_price = case.is_ours and case.is_sure and reading.kind is FactKind.AMOUNT and reading.is_marked
    is_ours_of_it = case.is_ours and (case.is_about or not case.sealed.words)
    is_weighty = reading.kind is FactKind.QUANTITY or not case.is_with_it
    return (
        (not is_ours_of_it and (case.is_of(ALIEN, own) or (not case.is_with_it and case.is_of(BOOKS, own))))
        or (not is_our_price and case.is_of(LIFE, own))
        or (not case.is_sure and case.is_of(SOURCE))
        or (not case.is_ours and is_weighty and case.is_of(ERRAND, case.sealed.words))
    )


def days_fit(sealed: Sealed, told: Days, around: Around, *, is_invited: bool) -> float:
    """Return how sure it is that days are those of a fact, 0 where they are not."""
    close = _overlap(sealed, told)
    is_about = holds(sealed.words, around.stems) if close else False
    if not close or not (is_invited or (close == EXACT and is_about)) or _is_of_others(told, around):
        return 0.0
    is_planned, is_ours, own = around.says(PLAN), around.says(STANCE), _own_matters(sealed)
    is_sure, is_with_it = is_about and close == EXACT, holds(sealed.words, around.own_stems)
    near = around.near(told.start, told.end, sealed.words) if is_with_it else around
    # The three that speak for a plan: two of them outweigh a chance word.
    is_outweighed = is_about and sum((is_planned, is_ours, close == EXACT)) > 1
    if (
        (not (is_sure and is_planned and is_ours) and near.is_of_other(LIFE, own))
        or (not is_outweighed and (near.is_of_other(ALIEN, own) or (not is_sure and near.is_of_other(BOOKS, own))))
        or (not is_with_it and not (is_about and is_ours) and around.is_of_other(ERRAND, sealed.words))
    ):
        return 0.0
    if is_about:
        return _sure(close, is_named=True)
    return _unnamed_days(told, close, around)


def _is_of_others(told: Days, around: Around) -> bool:
    """Whether a day is one that somebody refuses to tell, or of what is over."""
    return around.is_refused(told.start) or (around.says(OVER) and not around.says(AHEAD))


def _unnamed_days(told: Days, close: float, around: Around) -> float:
    """Return how sure it is that days are a fact's whose matter is not named: they must be told of a plan of ours."""
    if around.says(EVENT) or around.says(SOURCE):
        return 0.0
    is_planned, is_ours, is_resolved = around.says(PLAN), around.says(STANCE), around.says(RESOLVE)
    is_told = close == EXACT and is_planned
    if is_told or (close >= HEDGED and (is_resolved or (told.is_spelled and is_planned and is_ours))):
        return _sure(close, is_named=False)
    is_one_day = close == EXACT and told.width == 1
    return _LEAST if is_ours and (is_one_day or (is_resolved and is_planned)) else 0.0


def _overlap(sealed: Sealed, told: Days) -> float:
    """Return how surely days that are told of are those of a fact, 0 where they are not."""
    first, last = sealed.fact.first, sealed.fact.last
    if first is None or last is None or told.last + told.after < first or told.first - told.before > last:
        return 0.0
    width = (last - first).days + 1
    if told.is_spelled and told.width == 1 and told.first in {first, last}:
        return EXACT
    if first <= told.first and told.last <= last:
        is_narrow = width <= _NARROW or told.width >= _WORKING_WEEK * width
        return EXACT if told.is_spelled and is_narrow else HEDGED
    is_narrow = told.width <= max(_NARROW, 2 * width)
    if told.first - told.before <= first and last <= told.last + told.after:
        return HEDGED if is_narrow else _LEAST if told.width <= _WIDE else 0.0
    common = (min(last, told.last) - max(first, told.first) + timedelta(days=1)).days
    return HEDGED if is_narrow and 2 * common >= min(width, told.width) else 0.0


def _sure(close: float, *, is_named: bool) -> float:
    return min(max(close - (0.0 if is_named else _UNNAMED), _LEAST), _MOST)


def _tells_by_itself(reading: Reading) -> bool:
    """Whether a figure is written with such precision that it is hardly there by chance."""
    digits = reading.digits - (reading.decimals == 2 and round(reading.low * 100) % 10 == 0)
    if reading.kind is FactKind.AMOUNT and reading.decimals == 2:
        return digits >= 3 and not reading.is_clock
    if reading.kind is FactKind.PERCENTAGE:
        return reading.decimals >= 2
    return (
        digits >= _TELLING_DIGITS
        and (reading.is_grouped or reading.is_marked)
        and reading.kind is not FactKind.DURATION
    )


def _amount(case: _Case) -> bool:
    """Tell money by its currency or unit; a bare figure must be said of prices or of our aims, a common one of both."""
    reading, around = case.reading, case.around
    is_measured = around.says(MEASURED) and not (reading.is_marked or case.is_ours or around.is_beside(STANCE))
    # "A lamp" may be what is bought, or anything: the matter has to be named.
    is_other = case.sealed.unit == "piece" and not (case.is_about or reading.unit == "" or is_class(reading.unit))
    if is_measured or is_other:
        return False
    is_marked = reading.is_marked or (reading.unit != "" and reading.unit == case.sealed.unit)
    is_rounded = case.close == ROUNDED
    if case.is_about or (is_marked and not is_rounded and (reading.is_marked or case.close == HEDGED)):
        return True
    if around.says(MEASURED):
        return False
    if case.is_telling and not reading.is_clock:
        return True
    is_priced = around.says(PRICE)
    is_common = case.close != HEDGED and reading.low < _COMMON and reading.low % 1 == 0 and not reading.decimals
    if is_common or is_rounded or reading.is_clock:
        return case.is_ours and (is_marked or is_priced)
    return case.is_ours or is_priced


def _percentage(case: _Case) -> bool:
    if not case.reading.is_marked:
        # "0.15" is a share only where its matter stands beside it.
        return case.is_with_it or (case.is_about and case.is_ours)
    if case.is_about or case.around.says(MEASURED):
        return case.is_about
    if case.around.says(AGO):
        return False
    is_priced = case.around.says(COMMERCIAL)
    return case.is_ours or (is_priced and (case.is_telling or not case.sealed.words))


def _duration(case: _Case) -> bool:
    around = case.around
    if case.is_of(AGO) and (not case.is_with_it or around.is_when(case.reading)):
        return False
    if case.is_of(MEASURED) and not (case.is_ours or case.is_sure):
        return False
    if not case.reading.is_marked and not case.is_about:
        return False
    if case.is_about:
        # "Ten days of lead time" are hardly how long the stock lasts, though both are named.
        return case.is_ours or not around.is_of_other(LASTING, case.sealed.words)
    # Of what has a name, it is the length of that.
    if around.says(LASTING) or around.is_when(case.reading):
        return False
    return case.is_ours and (around.says(TERM) or not case.sealed.words or case.close == EXACT)


def _quantity(case: _Case) -> bool:
    """Tell a number of things by what is counted; one that stands alone must be said of needs, too."""
    reading, is_counted = case.reading, case.around.says(COUNTED)
    if _is_called_so(case) or (reading.is_clock and not case.is_about):
        return False
    if reading.unit == "person" and case.is_with_it and case.close >= EXACT_AS_HEDGED:
        return not reading.text.startswith(_FOR_EACH, reading.end)
    return _is_counted_so(case, is_counted=is_counted)


def _is_counted_so(case: _Case, *, is_counted: bool) -> bool:
    """Whether what is counted is the fact's matter, or may be."""
    reading = case.reading
    is_of_it = reading.unit != "" and is_same(reading.unit, case.sealed.unit)
    if is_of_it and reading.is_marked:
        return case.is_about or case.is_ours or is_counted or reading.low >= _COMMON
    is_standing = is_counted or case.is_ours or case.around.says(STANDING)
    if is_of_it or _is_named(case):
        return is_standing or reading.low >= _COMMON
    # "980 exactly": what is counted is no thing of a known kind, and may be anything.
    if reading.unit not in {"", "piece"} and case.sealed.unit != "piece":
        return case.is_about and (is_standing or (case.is_with_it and not is_class(reading.unit)))
    return case.is_about or (is_counted and (case.is_ours or (case.close == EXACT and reading.low >= _COMMON)))


def _is_called_so(case: _Case) -> bool:
    """Whether a number only names one of what is counted: "club 46"."""
    before = case.reading.text[: case.reading.start].split()
    is_one = bool(before) and not before[-1].endswith(_MANY) and case.reading.text[case.reading.start - 1] == " "
    return is_one and not case.reading.unit and unit_class(before[-1]) == case.sealed.unit


def _is_named(case: _Case) -> bool:
    """Whether what is counted is the fact's matter: "27 cleaners", "27 Reinigungskräfte"."""
    behind = case.reading.text[case.reading.end :].split(maxsplit=1)
    return bool(behind) and holds(case.sealed.words, frozenset(stems_in(behind[0])))


_RULES: Mapping[FactKind, Callable[[_Case], bool]] = {
    FactKind.AMOUNT: _amount,
    FactKind.PERCENTAGE: _percentage,
    FactKind.DURATION: _duration,
    FactKind.QUANTITY: _quantity,
}
