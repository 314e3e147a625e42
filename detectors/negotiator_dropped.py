"""The negotiator left out of a running thread."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding
from detectors.matters import is_named_aside, is_sent_back, is_telling, last_seen, led, matters_of, negotiators, told
from detectors.patterns import Wording, folded_bytes
from detectors.presence import earlier_of, identity, name_of, names_of, on_envelopes, on_message, on_thread, still_here
from detectors.purpose import Purpose, purpose_of, seeks_beside_errands
from messages import Direction, Matter, Negotiation, PartKind

_COMMERCIAL = frozenset({Matter.PRICE, Matter.TERMS, Matter.COMMIT})
_STEPPING_ASIDE = Wording(r"""
    \b((take|leave|drop|keep) me (off|out)|no need to (copy|cc|keep|include) me
    |(i don't|i do not|i needn't) need to be (on|in|cc)|(this|it|that|the rest) (directly )?between (you|yourselves)
    |without me|from here on your own|ohne mich|(nehmt|nehmen sie|lasst|lassen sie) mich (bitte |gern )?(raus|weg|aus)
    |mich braucht (es|ihr)|braucht ihr mich nicht|direkt untereinander|unter euch aus)\b
""")
_IDLE = frozenset({Purpose.AUTOMATIC, Purpose.COURTESY})


def negotiator_dropped(document: Document) -> Iterator[Finding]:
    """Find an answer, theirs or ours, that leaves out lead and team, who were on its thread.

    Known false positives: an answer about something small that no word shows to be an errand.
    """
    if not earlier_of(document) or document.direction is Direction.INTERNAL:
        return
    for negotiation in matters_of(document):
        missed = _missed(document, negotiation)
        if missed and _is_business(document) and not _is_behind(document, negotiation, missed):
            confidence = 0.9 if purpose_of(document) is Purpose.COMMERCIAL else 0.85
            yield told("negotiator_dropped", confidence, _reason(document, negotiation, missed))
            return


def _is_business(document: Document) -> bool:
    """Whether it is more than a courtesy or a machine's; an errand is, too, where it also tells or seeks something."""
    purpose = purpose_of(document)
    if purpose is Purpose.ERRAND:
        return is_telling(document) or seeks_beside_errands(document)
    return purpose not in _IDLE


def _is_behind(document: Document, negotiation: Negotiation, missed: frozenset[str]) -> bool:
    """Whether those who are missing read along by blind copy, are whom it sends them back to, or left by word."""
    return (
        is_named_aside(document, missed) or is_sent_back(document, negotiation) or _has_stepped_aside(document, missed)
    )


def _has_stepped_aside(document: Document, missed: frozenset[str]) -> bool:
    """Whether the message quotes one of these with the wish to be left out, and speaks of no business of theirs."""
    if purpose_of(document) is Purpose.COMMERCIAL or is_telling(document) or seeks_beside_errands(document):
        return False
    directory, text = document.context.directory, document.message.text
    return any(
        _STEPPING_ASIDE.holds(folded_bytes(text[part.start : part.end]))
        for part in document.text.parts
        if part.kind is PartKind.QUOTE and part.author and identity(directory, part.author) in missed
    )


def _missed(document: Document, negotiation: Negotiation) -> frozenset[str]:
    """Return who of the negotiation was on the thread together with an outsider, and is not on this message."""
    directory, people = document.context.directory, negotiators(document, negotiation)
    stay = still_here(directory, people & on_message(document))
    if any(_may_bargain(negotiation, one) for one in stay):
        return frozenset()
    before = still_here(directory, people & on_thread(document))
    if before and purpose_of(document) is Purpose.COMMERCIAL:
        stay, before = frozenset(), frozenset(one for one in before if _may_bargain(negotiation, one))
    if stay or not before:
        return frozenset()
    thread = zip(earlier_of(document), on_envelopes(document), strict=True)
    return before & frozenset().union(*(there for one, there in thread if not all(map(directory.is_ours, one.people))))


def _may_bargain(negotiation: Negotiation, person: str) -> bool:
    authority = negotiation.authority_of(person)
    return authority is None or bool(authority.may & _COMMERCIAL)


def _reason(document: Document, negotiation: Negotiation, missed: frozenset[str]) -> str:
    thread = [(one.sent_at, there) for one, there in zip(earlier_of(document), on_envelopes(document), strict=True)]
    until = last_seen(document, missed, thread)
    sender = name_of(document, document.message.sender.address)
    return f"{led(document, negotiation)}. {until}; this answer of {sender} leaves {names_of(document, missed)} out."
