"""Talk with a bidder on days of silence."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding
from detectors.matters import bears_on, is_sent_back, matters_of, on_day, told
from detectors.presence import author_speaks_for, day_of, goes_out, identity, name_of, names_of, on_message
from messages import Blackout, Direction, Negotiation


def blackout_broken(document: Document) -> Iterator[Finding]:
    """Find talk with a counterparty of a negotiation on its days of silence, by anyone but those who are allowed.

    Ours must come from somebody allowed, copies do not help; theirs must reach somebody allowed.
    Known false positives: running business with a bidder in words that no errand has.
    """
    if document.direction is Direction.INTERNAL:
        return
    day = day_of(document)
    for negotiation in matters_of(document):
        blackout = negotiation.blackout_on(day)
        if blackout is None or is_sent_back(document, negotiation):
            continue
        if _is_allowed(document, negotiation, blackout) or not bears_on(document, negotiation, any_talk=True):
            continue
        yield told("blackout_broken", 0.9, _reason(document, negotiation, blackout))
        return


def _allowed(document: Document, negotiation: Negotiation, blackout: Blackout) -> frozenset[str]:
    directory = document.context.directory
    return frozenset(identity(directory, one) for one in blackout.allowed or (negotiation.lead,))


def _is_allowed(document: Document, negotiation: Negotiation, blackout: Blackout) -> bool:
    speaking = author_speaks_for(document) if goes_out(document) else on_message(document)
    return bool(speaking & _allowed(document, negotiation, blackout))


def _reason(document: Document, negotiation: Negotiation, blackout: Blackout) -> str:
    first, last = blackout.days.first, blackout.days.last
    days = f"from {on_day(first)} to {on_day(last)}" if first and last else "now"
    allowed = names_of(document, _allowed(document, negotiation, blackout))
    sender = name_of(document, document.message.sender.address)
    how = "writes" if goes_out(document) else "writes to others of us"
    return f"“{negotiation.name}” is silent {days}: only {allowed} may talk to the bidders; {sender} {how}."
