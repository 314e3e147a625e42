"""The negotiator left out of a running thread."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding
from detectors.matters import is_named_aside, last_seen, led, matters_of, negotiators, told
from detectors.presence import earlier_of, name_of, names_of, on_envelope, on_message, still_here
from detectors.purpose import Purpose, purpose_of
from messages import Direction, Envelope, Matter, Negotiation

_COMMERCIAL = frozenset({Matter.PRICE, Matter.TERMS, Matter.COMMIT})
_IDLE = frozenset({Purpose.AUTOMATIC, Purpose.COURTESY, Purpose.ERRAND})


def negotiator_dropped(document: Document) -> Iterator[Finding]:
    """Find an answer, theirs or ours, that leaves out lead and team, who were on its thread.

    Known false positives: an answer about something small that no word shows to be an errand.
    """
    if not earlier_of(document) or document.direction is Direction.INTERNAL:
        return
    for negotiation in matters_of(document):
        missed = _missed(document, negotiation)
        if missed and purpose_of(document) not in _IDLE and not is_named_aside(document, missed):
            confidence = 0.9 if purpose_of(document) is Purpose.COMMERCIAL else 0.85
            yield told("negotiator_dropped", confidence, _reason(document, negotiation, missed))
            return


def _missed(document: Document, negotiation: Negotiation) -> frozenset[str]:
    """Return who of the negotiation was on the thread together with an outsider, and is not on this message."""
    people = still_here(document.context.directory, negotiators(document, negotiation))
    shared = [one for one in earlier_of(document) if _has_outsider(document, one)]
    before = people & frozenset().union(*(on_envelope(document, one) for one in shared))
    stay = people & on_message(document)
    if purpose_of(document) is Purpose.COMMERCIAL:
        stay = frozenset(one for one in stay if _may_bargain(negotiation, one))
        before = frozenset(one for one in before if _may_bargain(negotiation, one))
    return frozenset() if stay else before


def _has_outsider(document: Document, envelope: Envelope) -> bool:
    return not all(document.context.directory.is_ours(one) for one in envelope.people)


def _may_bargain(negotiation: Negotiation, person: str) -> bool:
    authority = negotiation.authority_of(person)
    return authority is None or bool(authority.may & _COMMERCIAL)


def _reason(document: Document, negotiation: Negotiation, missed: frozenset[str]) -> str:
    thread = [(one.sent_at, on_envelope(document, one)) for one in earlier_of(document)]
    until = last_seen(document, missed, thread)
    sender = name_of(document, document.message.sender.address)
    return f"{led(document, negotiation)}. {until}; this answer of {sender} leaves {names_of(document, missed)} out."
