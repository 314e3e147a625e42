"""The sealed facts of a register, laid out for searching. It is made once for each register, and has no repr of use."""

import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from detectors.callings import Calling, callings, doors, letters_of, matters
from detectors.days import days
from detectors.first_look import FirstLook
from detectors.glance import Glance
from detectors.lengths import LENGTHS, LENGTHS_ALONE, PARTS
from detectors.number_keys import key_of, rounded
from detectors.openings import Openings
from detectors.phrase_parts import acts_of, doors_of, parts_of, stems_of
from detectors.said import Hedge, Reading, hedge_of
from detectors.senses import readings
from detectors.signs import month_sign
from detectors.units import A_YEAR, SCALED, TIMES, is_class, is_in_pieces, unit_class
from messages import FactKind, Negotiation, Register, SealedFact, fold

_FIGURES = frozenset({FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.DURATION, FactKind.QUANTITY})
EXACT, EXACT_AS_HEDGED, ROUNDED, HEDGED = 0.97, 0.9, 0.84, 0.8
_SAME = 1e-6
# How far months and days, or quarters and weeks, may lie apart and still be the same.
_ACROSS = 0.09
_WIDEST = 4.5
_LOOSEST = 0.12
_FEW_PERCENT = 10
# "Tonnes a month" are tonnes.
_PER = re.compile(r" (?:an?|per|each|every|pro|je|im) |/")
# Things of no known class may be called so.
_ANY_THING = frozenset({"piece", "machine"})
_SOON = timedelta(days=120)
# "Friday", "next week", "within a day".
_CLOSE, _JUST_OVER = timedelta(days=21), timedelta(days=10)
# So many digits are said of many things.
_COMMON_DIGITS = 3
_SHORTEST_TOPIC = 4
# A word that names more negotiations says nothing.
_MOST_OF_A_TOPIC = 10


class Sealed:
    """A fact with its negotiation, and what it is compared by."""

    __slots__ = ("_period", "_targets", "acts", "callings", "fact", "negotiation", "phrases", "unit", "value", "words")

    def __init__(self, negotiation: Negotiation, fact: SealedFact) -> None:
        self.negotiation, self.fact = negotiation, fact
        is_name, is_phrase = fact.kind is FactKind.NAME, fact.kind is FactKind.PHRASE
        self.unit = unit_class(_PER.split(fact.unit)[0] if fact.kind is FactKind.QUANTITY else fact.unit)
        self.value = (fact.value or 0.0) * (LENGTHS.get(fact.unit, 1.0) if fact.kind is FactKind.DURATION else 1.0)
        self._targets: dict[str, tuple[float, ...]] = {}
        self._period = next((one for one in map(unit_class, fact.unit.split()) if one in A_YEAR), "")
        self.words = () if is_name or is_phrase else matters(fact.words)
        self.callings = tuple(one for word in fact.words for one in callings(word)) if is_name else ()
        self.phrases = tuple(parts_of(one, negotiation.counterparties) for one in fact.words) if is_phrase else ()
        self.acts = frozenset().union(*map(acts_of, fact.words)) if is_phrase else frozenset[str]()

    def written(self) -> set[float]:
        """Return the numbers that the fact may be written as."""
        fact = self.fact
        if fact.kind not in _FIGURES:
            return set()
        if fact.kind is FactKind.AMOUNT:
            return {*self.targets(""), *self.targets(self.unit or "piece"), *self._in_other_sizes()}
        if fact.kind is FactKind.PERCENTAGE:
            # Few percent are said as so many per mille, or basis points, too.
            others = {self.value * times for times in (10, 100) if self.value < _FEW_PERCENT}
            # "At 85 percent of the old one" and "within 92 and 108 percent" are told of what is left, or of a whole.
            others.add(self.value / 100)
            return {self.value, *others, *(one for one in (100 - self.value, 100 + self.value) if one > 0)}
        if fact.kind is not FactKind.DURATION:
            return {self.value, *(self.value * by for by in self._sizes())}
        every = [self.value / days for days in LENGTHS.values() if self.value >= days / 2]
        near = {
            whole
            for one in every
            for whole in (math.floor(one), math.ceil(one), round(2 * one) / 2, round(4 * one) / 4)
            if whole
        }
        return {fact.value or 0.0, *near, *(round(one, 1) for one in every if one >= 1)}

    def _is_in_pieces(self, unit: str) -> bool:
        """Whether "a piece" and the fact's unit are the same: "each" of the machines, "a lamp" of pieces."""
        if unit == "piece":
            return is_in_pieces(self.unit)
        return not is_class(self.unit) if unit == "machine" else not is_class(unit)

    def by_period(self, period: str) -> tuple[float, ...]:
        """Return what is told for each month, or another part of the year, of what is sealed for the year or a part."""
        own = self._period
        is_price = self.fact.kind is FactKind.AMOUNT and self.unit not in {"", *A_YEAR}
        if period not in A_YEAR or period == own or is_price:
            return ()
        if not own and period == "year":
            return (self.value * A_YEAR["month"],) if self.fact.kind is FactKind.QUANTITY else ()
        return (self.value * A_YEAR[own or "year"] / A_YEAR[period],)

    def _in_other_sizes(self) -> Iterator[float]:
        """Yield a price for one as it is for a thousand, a hundred, or in a larger or smaller unit."""
        many = (100.0, 1000.0) if self.unit and is_in_pieces(self.unit) else ()
        yield from (self.value * by for by in (*many, *(1 / size for size in self._sizes())))

    def _sizes(self) -> Iterator[float]:
        """Yield how much larger or smaller the unit is than others of the same."""
        family, own = SCALED.get(self.unit, ("", 1.0))
        yield from (own / size for name, (each, size) in SCALED.items() if each == family and name != self.unit)

    def is_part(self) -> bool:
        """Whether it may be said without a number: as a part of the whole, as a month or a year."""
        if self.fact.kind is FactKind.PERCENTAGE:
            every = (one * by for one in PARTS for by in (1, 0.01))
            return any(abs(one - self.value) <= 0.06 * self.value for one in every)
        if self.fact.kind is not FactKind.DURATION:
            return False
        is_alone = any(abs(one - self.value) <= _ACROSS * self.value for one in LENGTHS_ALONE)
        return is_alone or LENGTHS["years"] < self.value < 2 * LENGTHS["years"]

    def targets(self, unit: str) -> tuple[float, ...]:
        """Return the amounts that are sealed, as said for one of a unit, or for none."""
        if unit not in self._targets:
            self._targets[unit] = self._amounts(unit)
        return self._targets[unit]

    def _amounts(self, unit: str) -> tuple[float, ...]:
        fact, value = self.fact, self.value
        if (unit and unit == self.unit) or {unit, self.unit} == {"person", "seat"}:
            return (value,)
        if unit and self.unit and {unit, self.unit} & _ANY_THING and self._is_in_pieces(unit):
            return (value,)
        by = _larger(unit, self.unit)
        if by is not None:
            return (value * by,)
        if unit and unit not in TIMES:
            return (value / fact.quantity,) if fact.quantity and not self.unit and unit == "piece" else ()
        if not fact.quantity:
            return (value, *self.by_period(unit))
        return (value, value * fact.quantity if self.unit else value / fact.quantity)


class Written:
    """What some facts may be written as: `keys` that numerals are looked up by, and numbers they are near.

    `values` are those numbers, where they are not what is written of the facts.
    """

    __slots__ = ("_values", "keys")

    def __init__(self, facts: Iterable[Sealed], values: Iterable[float] | None = None) -> None:
        written = [(value, one.fact.tolerance / 2) for one in facts for value in one.written()]
        self.keys = frozenset(each for value, tolerance in written for each in rounded(value, tolerance))
        # Side by side in memory: it is searched among much else.
        self._values = array("d", sorted(values if values is not None else (value for value, _ in written)))

    def is_near(self, values: Sequence[float]) -> bool:
        """Whether one of some numbers is near one of these."""
        ours = self._values
        for value in values:
            at = bisect_left(ours, value * (1 - _LOOSEST))
            if at < len(ours) and ours[at] <= value * (1 + _LOOSEST):
                return True
        return False


class Look:
    """What figures and days of one negotiation may be written as, and which kinds of facts it has.

    `bare` are the keys of what is written without a unit: sums, counts, and shares as fractions. `foreign` are, by
    currency, its sums of other ones; `is_in_euros`: none is in another currency.
    """

    __slots__ = (
        *("bare", "counts", "days", "foreign", "has_parts", "is_in_euros", "lengths", "months", "of_kind"),
        *("shares", "weeks"),
    )

    def __init__(self, facts: Iterable[Sealed], rates: Mapping[str, float]) -> None:
        self.of_kind = {kind: tuple(one for one in facts if one.fact.kind is kind) for kind in FactKind}
        sums = self.of_kind[FactKind.AMOUNT]
        self.lengths = Written(self.of_kind[FactKind.DURATION])
        self.shares = Written(self.of_kind[FactKind.PERCENTAGE])
        self.counts = Written((*sums, *self.of_kind[FactKind.QUANTITY]))
        by_period = {
            key
            for one in (*sums, *self.of_kind[FactKind.QUANTITY])
            for period in A_YEAR
            for value in one.by_period(period)
            for key in rounded(value, one.fact.tolerance / 2)
        }
        self.bare = (
            self.counts.keys | by_period | {key_of(one.value / 100) for one in self.of_kind[FactKind.PERCENTAGE]}
        )
        self.foreign = {
            currency: Written((), [other for one in sums for other in _in_currency(one, currency, rates)])
            for currency in rates
        }
        self.is_in_euros = all(one.fact.currency in {"", "EUR"} for one in sums)
        self.has_parts = any(one.is_part() for one in facts)
        self.days = tuple(
            (one.fact.first, one.fact.last) for one in self.of_kind[FactKind.DATE] if one.fact.first and one.fact.last
        )
        reach = [(first - timedelta(days=4), last + timedelta(days=4)) for first, last in self.days]
        every = [
            first + timedelta(days=ahead) for first, last in reach for ahead in range(min((last - first).days, 60) + 1)
        ]
        self.months = sum({month_sign(one.month) for one in every})
        self.weeks = frozenset(key_of(one.isocalendar().week) for one in every)

    def is_soon(self, today: date | None) -> bool:
        """Whether a day of the facts may be told by its distance from today."""
        return today is not None and any(
            first - _SOON <= today <= last + timedelta(days=4) for first, last in self.days
        )

    def is_close(self, today: date | None) -> bool:
        """Whether a day of the facts may be told as a day of these weeks, without a number."""
        return today is not None and any(first - _CLOSE <= today <= last + _JUST_OVER for first, last in self.days)


def _in_currency(one: Sealed, currency: str, rates: Mapping[str, float]) -> Iterator[float]:
    """Yield what a sum of another currency is written as in this one."""
    ours = rates.get(one.fact.currency)
    if ours and currency != one.fact.currency:
        yield from (value * rates[currency] / ours for value in one.written())


class Plans:
    """All sealed facts of a register: by negotiation, rare figure, first word of a name, word of a phrase."""

    def __init__(self, register: Register) -> None:
        self.rates = {"EUR": 1.0, **register.rates}
        self.of: dict[str, tuple[Sealed, ...]] = {
            one.name: tuple(Sealed(one, fact) for fact in one.sealed) for one in register if one.sealed
        }
        self.looks = {name: Look(facts, self.rates) for name, facts in self.of.items()}
        self.figures: dict[tuple[FactKind, str], list[Sealed]] = {}
        self.doors: dict[str, list[tuple[Sealed, Calling]]] = {}
        self.phrases: dict[str, list[tuple[Sealed, tuple[frozenset[str], ...]]]] = {}
        # Figures that tell by themselves, and the words that a negotiation is known by.
        self.rare: set[str] = set()
        self.topics: dict[str, set[str]] = {}
        everything = [one for facts in self.of.values() for one in facts]
        for one in everything:
            self._file(one)
        for name, facts in self.of.items():
            for each in topics_of(facts[0].negotiation):
                self.topics.setdefault(each, set()).add(name)
        self.topics = {word: names for word, names in self.topics.items() if len(names) <= _MOST_OF_A_TOPIC}
        self.years = tuple(sorted({one.fact.first.year for one in everything if one.fact.first}))
        named = [one for each in everything for one in each.callings]
        phrases = {key: [parts for _, parts in several] for key, several in self.phrases.items()}
        openings = Openings(doors=self.doors, callings=named, phrases=phrases, topics=self.topics)
        self.glance = Glance(openings.signs, openings.of_common_words())
        self.first_look = FirstLook(
            names=(one for one in named if one.is_full),
            stems={*self.phrases, *self.topics},
            rare=self.rare,
            signs_of=self.glance.signs,
            may_hold_phrase=openings.may_hold_phrase,
        )
        self._told = {one.name: tuple(self._published(one)) for one in register if one.sealed and one.published}

    def __bool__(self) -> bool:
        return bool(self.of)

    def is_told(self, sealed: Sealed, day: date | None) -> bool:
        """Whether all bidders had been told a fact by a day."""
        told = self._told.get(sealed.negotiation.name, ())
        return any(known == sealed.fact.id and (day is None or on <= day) for on, known in told)

    def _file(self, one: Sealed) -> None:
        for value in one.written():
            key = key_of(value)
            if len(key.partition("e")[0]) > _COMMON_DIGITS:
                self.rare.add(key)
                self.figures.setdefault((one.fact.kind, key), []).append(one)
        for calling in one.callings:
            for door in (*doors(calling), *letters_of(calling)):
                self.doors.setdefault(door, []).append((one, calling))
        for phrase in one.phrases:
            for door in doors_of(phrase) | one.acts:
                self.phrases.setdefault(door, []).append((one, phrase))

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


def topics_of(negotiation: Negotiation) -> frozenset[str]:
    """Return the stems of the words that a negotiation is known by: of its topics, else of its name."""
    named = negotiation.topics or (negotiation.name,)
    return frozenset(one for text in named for one in stems_of(text) if one.isalpha() and len(one) >= _SHORTEST_TOPIC)


def plans_of(register: Register) -> Plans:
    """Return the register's plans; they are laid out once."""
    return register.made(Plans)


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
    # "Twenty-seven people" may be cleaners, or any other people, or so many seats.
    is_person = reading.unit == "person" and (sealed.unit == "seat" or not is_class(sealed.unit))
    is_piece = reading.unit == "piece" and is_in_pieces(sealed.unit)
    by = _larger(reading.unit, sealed.unit) if reading.unit in SCALED else None
    is_other = by is None and reading.unit and reading.is_marked and sealed.unit and reading.unit != sealed.unit
    if is_other and not (is_person or is_piece):
        return 0.0
    said = reading if by is None else reading.times(by)
    return max(_near(one, said, sealed.fact.tolerance) for one in (sealed.value, *sealed.by_period(reading.period)))


def _larger(unit: str, other: str) -> float | None:
    """Return how many of another unit one is; None where they are not two sizes of the same."""
    (family, size), (its, other_size) = (SCALED.get(one, ("", 1.0)) for one in (unit, other))
    return size / other_size if family and family == its and unit != other else None


def _of_amount(sealed: Sealed, reading: Reading, rates: dict[str, float]) -> float:
    ours, theirs = sealed.fact.currency, reading.currency
    factor, slack = 1.0, 0.0
    if ours and theirs and ours != theirs:
        if ours not in rates or theirs not in rates:
            return 0.0
        factor, slack = rates[theirs] / rates[ours], sealed.fact.tolerance / 3
    targets = (*sealed.targets(reading.unit), *(() if reading.unit else sealed.by_period(reading.period)))
    return max((_near(one * factor, reading, sealed.fact.tolerance, slack=slack) for one in targets), default=0.0)


def _of_length(sealed: Sealed, reading: Reading) -> float:
    tolerance = sealed.fact.tolerance
    is_whole = sealed.value % LENGTHS[reading.unit] == 0
    if reading.unit == sealed.fact.unit or is_whole or {reading.unit, sealed.fact.unit} <= {"months", "years"}:
        return _near(sealed.value, reading, tolerance)
    return _near(sealed.value, reading, max(tolerance, _ACROSS), slack=max(tolerance, _ACROSS))


def _near(value: float, reading: Reading, tolerance: float, *, slack: float = 0.0) -> float:
    """Compare a figure with what was said.

    `slack` is the share by which it may lie off without being called rounded.
    """
    low, high = reading.low, reading.high
    if reading.is_range:
        return HEDGED if low <= value <= high and (high - low) <= _WIDEST * tolerance * value else 0.0
    off = (low - value) / value
    if abs(off) > max(2 * tolerance, slack, _SAME):
        return 0.0
    hedge = hedge_of(reading)
    is_hedged = hedge in {Hedge.ABOUT, Hedge.UNDER, Hedge.OVER}
    if abs(off) < _SAME:
        return EXACT_AS_HEDGED if is_hedged else EXACT
    is_rounded = abs(off) <= tolerance / 2 and abs(low - value) <= reading.step / 2
    if not is_hedged and (is_rounded or abs(off) <= slack):
        return ROUNDED
    is_meant = {
        Hedge.PLAIN: False,
        Hedge.ABOUT: abs(off) <= max(tolerance, slack),
        Hedge.UNDER: off > 0,
        Hedge.OVER: off < 0,
        Hedge.BELOW: 0 < off <= tolerance,
        Hedge.ABOVE: -tolerance <= off < 0,
    }
    return HEDGED if is_meant[hedge] else 0.0
