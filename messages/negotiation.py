"""What is being negotiated, by whom and within which limits: the register, as a read-only snapshot."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from messages.directory import Period


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiation:
    """A matter between us and counterparties. People are named by their addresses, counterparties by their names.

    `finance` are addresses, or departments of ours, that payment terms go through. `topics` are words by which a
    message is told to belong here rather than to another negotiation with the same firm.
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
class Register:
    """All negotiations, in their order; those of a firm are found without looking through the others."""

    negotiations: tuple[Negotiation, ...] = ()
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

    def of_firms(self, firms: Iterable[str]) -> list[Negotiation]:
        """Return the negotiations with any of these firms, by name, each once."""
        found = {one.name: one for firm in firms for one in self._by_firm.get(firm, ())}
        return list(found.values())
