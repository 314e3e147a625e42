"""A supplier engaged on a need before there is a negotiation."""

from collections.abc import Iterator

from detectors.acts import Act, does
from detectors.document import Document, once
from detectors.finding import Finding, Label
from detectors.matters import mentions, on_day, registered, told
from detectors.needs import asks_beside_errands, asks_for_something
from detectors.presence import (
    Trade,
    author,
    day_of,
    goes_out,
    name_of,
    trades_of,
    trades_on_message,
    trades_on_thread,
)
from detectors.purpose import Purpose, purpose_of
from detectors.roles import speaks_for_procurement
from messages import Counterparty, CounterpartyKind, Negotiation, Phase

_TELLING = frozenset(
    {Label.SPECIFICATION, Label.COMMITMENT, Label.INNOVATION, Label.TIMELINE, Label.BUDGET, Label.LEVERAGE}
)
_LEAST = 0.5
# How surely something must be asked for in words that no pattern knows; beside paperwork and deliveries more so.
_SURE, _SURE_BESIDE_ERRANDS = 0.8, 0.9


def too_early(document: Document) -> Iterator[Finding]:
    """Find our people outside procurement who engage a supplier on a need that no negotiation is registered for.

    A need shows in plain words (a quote, samples, a trial, a workshop asked for) or, towards a known supplier, in what
    the text gives away or promises. Known false positives: small purchases that no negotiation is meant for.
    """
    if not engages_alone(document):
        return
    firm = _sellers(document)[0]
    shown = _shown(document)
    if shown and not speaks_for_procurement(document):
        yield told("too_early", shown, _reason(document, firm))


@once
def engages_alone(document: Document) -> bool:
    """Whether one of ours writes to a supplier that nothing is negotiated with, and no buyer is there."""
    if not goes_out(document) or not document.context.negotiations:
        return False
    if not _sellers(document) or any(_covers(document, one) for one in registered(document)):
        return False
    directory = document.context.directory
    # A seller of ours offers, and buys nothing.
    there = trades_on_message(document)
    if Trade.BUYING in there or (Trade.SELLING in there and Trade.SELLING in trades_of(directory, author(document))):
        return False
    return Trade.BUYING not in trades_on_thread(document)


def _sellers(document: Document) -> list[Counterparty]:
    return [one for one in document.counterparties if one.kind is not CounterpartyKind.CUSTOMER]


def _covers(document: Document, negotiation: Negotiation) -> bool:
    """Whether the need is a registered one: in negotiation, or within a running contract's topics."""
    if not negotiation.covers(day_of(document)):
        return False
    return negotiation.phase is not Phase.RUNNING or not negotiation.topics or mentions(document, negotiation)


def _shown(document: Document) -> float:
    """Return how sure it is that the message is about a need; 0 for not at all."""
    is_asked_for = asks_for_something(document) or does(document, Act.NEED, least=_SURE)
    is_told = any(one.label in _TELLING and one.confidence >= _LEAST for one in document.findings)
    if not (is_asked_for or is_told):
        return 0.0
    purpose = purpose_of(document)
    if purpose is Purpose.ERRAND:
        return 0.75 if is_asked_for and _asks_beside_errands(document) else 0.0
    if purpose in {Purpose.AUTOMATIC, Purpose.COURTESY}:
        return 0.0
    if is_asked_for:
        return 0.85
    is_supplier = any(one.kind is CounterpartyKind.SUPPLIER for one in document.counterparties)
    return 0.7 if is_supplier or purpose is Purpose.COMMERCIAL else 0.0


def _asks_beside_errands(document: Document) -> bool:
    return asks_beside_errands(document) or does(document, Act.NEED, least=_SURE_BESIDE_ERRANDS)


def _reason(document: Document, firm: Counterparty) -> str:
    writer, day = name_of(document, author(document)), day_of(document)
    later = [one for one in registered(document) if day and one.days.first and day < one.days.first]
    over = [one for one in registered(document) if day and one.days.last and one.days.last < day]
    if later and later[0].days.first:
        register = f"“{later[0].name}” begins only on {on_day(later[0].days.first)}"
    elif over and over[-1].days.last:
        register = f"“{over[-1].name}” was over on {on_day(over[-1].days.last)}"
    else:
        register = "no negotiation with them is registered"
    return f"{writer} engages {firm.name} on a need, and {register}; procurement is not on this thread."
