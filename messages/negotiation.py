"""What is being negotiated, by whom and within which limits: the register, as a read-only snapshot."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from messages.directory import Period
from messages.snapshot import Snapshot


class Phase(StrEnum):
    """How far a negotiation is. While a contract is `running` nothing is negotiated."""

    SCOUTING = "scouting"
    RFI = "rfi"
    RFQ = "rfq"
    BIDS = "bids"
    BEST_AND_FINAL = "best_and_final"
    AWARD = "award"
    CONTRACT = "contract"
    RUNNING = "running"
    RENEWAL = "renewal"


class Matter(StrEnum):
    """What somebody may talk about for us. Whoever may agree on a price may order within it."""

    PRICE = "price"
    TERMS = "terms"
    TECHNICAL = "technical"
    COMMIT = "commit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """What one person may talk about; `price` is the highest amount they may agree on, None for any."""

    person: str
    may: frozenset[Matter]
    price: float | None = None
    currency: str = "EUR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blackout:
    """Days on which nobody talks to the bidders but those who are allowed to; without any, the lead."""

    days: Period
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Somebody who belonged to the negotiation up to and including a day."""

    person: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What all bidders were told, and on which day."""

    text: str
    on: date


class FactKind(StrEnum):
    """What a sealed fact is, and so in which wordings it is looked for."""

    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    DATE = "date"
    DURATION = "duration"
    QUANTITY = "quantity"
    NAME = "name"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFact:
    """A figure, day, name or phrase of a plan that no counterparty may learn. None of it shows in its repr.

    `value` is money in `currency` (ISO 4217), percent, a number of things, or a length of time in `unit` (days, weeks,
    months, years). `unit` of an amount is what it is the price of one of ("piece", "kg", "hour"), empty for a total;
    with a `quantity` the total, or the price of one, is looked for, too. `first` to `last` are the days of a date, both
    included. `words` are the spellings of a name or phrase; of anything else, words of what it is about. `tolerance` is
    the share by which a rounded figure may lie off.
    """

    id: str
    kind: FactKind
    value: float | None = field(default=None, repr=False)
    currency: str = field(default="", repr=False)
    unit: str = field(default="", repr=False)
    quantity: float | None = field(default=None, repr=False)
    first: date | None = field(default=None, repr=False)
    last: date | None = field(default=None, repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)
    tolerance: float = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiation:
    """A matter between us and counterparties. People are named by their addresses, counterparties by their names.

    `finance` are addresses, or departments of ours, that payment terms go through. `topics` are words by which a
    message is told to belong here rather than to another negotiation with the same firm. `sealed` are its plan's facts;
    `id` is what the store knows it by.
    """

    name: str
    counterparties: tuple[str, ...]
    lead: str
    team: tuple[str, ...] = ()
    sponsors: tuple[str, ...] = ()
    superiors: tuple[str, ...] = ()
    former: tuple[Departure, ...] = ()
    phase: Phase = Phase.SCOUTING
    days: Period = field(default_factory=Period)
    blackouts: tuple[Blackout, ...] = ()
    authorities: tuple[Authority, ...] = ()
    finance: tuple[str, ...] = ()
    published: tuple[Published, ...] = ()
    topics: tuple[str, ...] = ()
    two_needed: bool = False
    sealed: tuple[SealedFact, ...] = ()
    id: str = ""

    def covers(self, day: date | None) -> bool:
        """Whether a day lies within its dates; an unknown day does."""
        return day is None or day in self.days

    def is_open(self, day: date | None) -> bool:
        """Whether it is being negotiated on a day."""
        return self.phase is not Phase.RUNNING and self.covers(day)

    def negotiators(self, day: date | None) -> frozenset[str]:
        """Return lead and team, with those who belonged to it on that day still."""
        former = (one.person for one in self.former if day is not None and day <= one.until)
        return frozenset({self.lead, *self.team, *former})

    def authority_of(self, person: str) -> Authority | None:
        """Return what a person may do, where it is set down."""
        return next((one for one in self.authorities if one.person == person), None)

    def blackout_on(self, day: date | None) -> Blackout | None:
        """Return the blackout that a day falls in."""
        return next((one for one in self.blackouts if day is not None and day in one.days), None)


@dataclass(frozen=True, slots=True)
class Register(Snapshot):
    """All negotiations, in their order; those of a firm are found without looking through the others.

    `rates` tell how many of a currency (ISO 4217) are one euro.
    """

    negotiations: tuple[Negotiation, ...] = ()
    rates: Mapping[str, float] = field(default_factory=dict)
    _by_firm: dict[str, tuple[Negotiation, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_firm: dict[str, tuple[Negotiation, ...]] = {}
        for one in self.negotiations:
            for firm in dict.fromkeys(one.counterparties):
                by_firm[firm] = (*by_firm.get(firm, ()), one)
        object.__setattr__(self, "_by_firm", by_firm)

    def __bool__(self) -> bool:
        return bool(self.negotiations)

    def __iter__(self) -> Iterator[Negotiation]:
        return iter(self.negotiations)

    def without_sealed(self) -> "Register":
        """Return the register as it is for somebody who may open no plan."""
        return Register(tuple(replace(one, sealed=()) for one in self.negotiations), self.rates)

    def of_firms(self, firms: Iterable[str]) -> list[Negotiation]:
        """Return the negotiations with any of these firms, by name, each once."""
        found = {one.name: one for firm in firms for one in self._by_firm.get(firm, ())}
        return list(found.values())
