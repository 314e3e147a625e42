"""The sealed facts of a register, laid out for searching. It is made once for each register, and has no repr of use."""

from collections.abc import Iterator
from datetime import date

from detectors.callings import Calling, callings, doors, stems_of
from detectors.days import days
from detectors.senses import LENGTHS, Reading, readings
from detectors.units import unit_class
from messages import FactKind, Negotiation, Register, SealedFact, fold

_FIGURES = frozenset({FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.DURATION, FactKind.QUANTITY})
_TIMES = frozenset({"year", "month", "day", "week"})
EXACT, ROUNDED, HEDGED = 0.97, 0.84, 0.8
# How far months and days, or quarters and weeks, may lie apart and still be the same.
_ACROSS = 0.09
_WIDEST = 4.0


class Sealed:
    """A fact with its negotiation, and what it is compared by."""

    __slots__ = ("callings", "fact", "negotiation", "phrases", "unit", "value", "words")

    def __init__(self, negotiation: Negotiation, fact: SealedFact) -> None:
        self.negotiation, self.fact = negotiation, fact
        is_name, is_phrase = fact.kind is FactKind.NAME, fact.kind is FactKind.PHRASE
        self.unit = unit_class(fact.unit) if fact.unit else ""
        self.value = (fact.value or 0.0) * (LENGTHS.get(fact.unit, 1.0) if fact.kind is FactKind.DURATION else 1.0)
        self.words = () if is_name or is_phrase else tuple(stems_of(one) for one in fact.words)
        self.callings = tuple(one for word in fact.words for one in callings(word)) if is_name else ()
        self.phrases = tuple(stems_of(one) for one in fact.words) if is_phrase else ()

    def targets(self, unit: str) -> tuple[float, ...]:
        """Return the amounts that are sealed, as said for one of a unit, or for none."""
        fact, value = self.fact, self.value
        if unit and unit == self.unit:
            return (value,)
        if unit and unit not in _TIMES:
            return (value / fact.quantity,) if fact.quantity and not self.unit else ()
        if not fact.quantity:
            return (value,)
        return (value, value * fact.quantity if self.unit else value / fact.quantity)


class Plans:
    """All sealed facts of a register: by negotiation, by exact figure, by the words that names and phrases begin with."""

    def __init__(self, register: Register) -> None:
        self.rates = {"EUR": 1.0, **register.rates}
        self.of: dict[str, tuple[Sealed, ...]] = {
            one.name: tuple(Sealed(one, fact) for fact in one.sealed) for one in register if one.sealed
        }
        self.figures: dict[tuple[FactKind, str], list[Sealed]] = {}
        self.days: dict[tuple[date, date], list[Sealed]] = {}
        self.doors: dict[str, list[tuple[Sealed, Calling]]] = {}
        self.phrases: dict[str, list[tuple[Sealed, tuple[str, ...]]]] = {}
        everything = [one for facts in self.of.values() for one in facts]
        for one in everything:
            self._file(one)
        self.years = tuple(sorted({one.fact.first.year for one in everything if one.fact.first}))
        self.has_days = bool(self.years)
        self.has_figures = any(one.fact.kind in _FIGURES for one in everything)
        self._told = {one.name: tuple(self._published(one)) for one in register if one.sealed and one.published}

    def __bool__(self) -> bool:
        return bool(self.of)

    def is_told(self, sealed: Sealed, day: date | None) -> bool:
        """Whether all bidders had been told a fact by a day."""
        told = self._told.get(sealed.negotiation.name, ())
        return any(known == sealed.fact.id and (day is None or on <= day) for on, known in told)

    def _file(self, one: Sealed) -> None:
        if one.fact.kind in _FIGURES:
            for value in {*one.targets(""), *one.targets(one.unit)}:
                self.figures.setdefault((one.fact.kind, exact(value)), []).append(one)
        if one.fact.first and one.fact.last:
            self.days.setdefault((one.fact.first, one.fact.last), []).append(one)
        for calling in one.callings:
            for door in doors(calling):
                self.doors.setdefault(door, []).append((one, calling))
        for stems in one.phrases:
            for stem in stems:
                self.phrases.setdefault(stem, []).append((one, stems))

    def _published(self, negotiation: Negotiation) -> Iterator[tuple[date, str]]:
        """Yield which facts a text that all bidders got holds, and when they got it."""
        for published in negotiation.published:
            text = " ".join(fold(published.text).text.split())
            said, told = readings(text), days(text, published.on)
            lowered = text.casefold()
            for one in self.of[negotiation.name]:
                is_said = any(closeness(one, reading, self.rates) == EXACT for reading in said)
                is_dated = any((each.first, each.last) == (one.fact.first, one.fact.last) for each in told)
                if is_said or is_dated or any(word.casefold() in lowered for word in one.fact.words if one.value == 0):
                    yield published.on, one.fact.id


def plans_of(register: Register) -> Plans:
    """Return the register's plans; they are laid out once."""
    return register.made(Plans)


def exact(value: float) -> str:
    """Return how a figure is filed, to six digits."""
    return f"{value:.6g}"


def closeness(sealed: Sealed, reading: Reading, rates: dict[str, float]) -> float:
    """Return how surely a reading is the figure of a fact, 0 where it is not, whatever stands around it."""
    if reading.kind is not sealed.fact.kind:
        return 0.0
    if reading.kind is FactKind.AMOUNT:
        return _of_amount(sealed, reading, rates)
    if reading.kind is FactKind.DURATION:
        return _of_length(sealed, reading)
    if reading.kind is FactKind.PERCENTAGE:
        is_part = reading.low % 1 != 0 and not reading.decimals
        return _near(sealed.value, reading, sealed.fact.tolerance, slack=sealed.fact.tolerance if is_part else 0.0)
    is_other = reading.unit and reading.is_marked and sealed.unit and reading.unit != sealed.unit
    return 0.0 if is_other else _near(sealed.value, reading, sealed.fact.tolerance)


def _of_amount(sealed: Sealed, reading: Reading, rates: dict[str, float]) -> float:
    ours, theirs = sealed.fact.currency, reading.currency
    factor, slack = 1.0, 0.0
    if ours and theirs and ours != theirs:
        if ours not in rates or theirs not in rates:
            return 0.0
        factor, slack = rates[theirs] / rates[ours], sealed.fact.tolerance / 3
    targets = sealed.targets(reading.unit)
    return max((_near(one * factor, reading, sealed.fact.tolerance, slack=slack) for one in targets), default=0.0)


def _of_length(sealed: Sealed, reading: Reading) -> float:
    tolerance = sealed.fact.tolerance
    of_calendar = {"months", "years"}
    if (reading.unit in of_calendar) == (sealed.fact.unit in of_calendar):
        return _near(sealed.value, reading, tolerance)
    return _near(sealed.value, reading, max(tolerance, _ACROSS), slack=max(tolerance, _ACROSS))


def _near(value: float, reading: Reading, tolerance: float, *, slack: float = 0.0) -> float:
    """Compare a figure with what was said; `slack` is the share by which it may lie off without being called rounded."""
    low, high = reading.low, reading.high
    if low != high:
        return HEDGED if low <= value <= high and (high - low) <= _WIDEST * tolerance * value else 0.0
    off = (low - value) / value
    if abs(off) < 1e-6:
        return EXACT if reading.hedge == "plain" else 0.9
    if reading.hedge == "about":
        return HEDGED if abs(off) <= max(tolerance, slack) else 0.0
    if reading.hedge == "under":
        return HEDGED if 0 < off <= 2 * tolerance else 0.0
    if reading.hedge == "over":
        return HEDGED if -2 * tolerance <= off < 0 else 0.0
    is_rounded = abs(off) <= tolerance / 2 and abs(low - value) <= reading.step / 2
    return ROUNDED if is_rounded or abs(off) <= slack else 0.0
