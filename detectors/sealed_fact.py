"""A fact of a plan that was to stay with us, told to somebody outside."""

import re
from collections.abc import Iterator

from detectors.amounts import amounts
from detectors.document import Document, own_sentences
from detectors.finding import Finding
from detectors.language import Sentence, sentences
from detectors.presence import goes_out
from messages import FactKind, Negotiation, SealedFact


def sealed_fact(document: Document) -> Iterator[Finding]:
    """Find a sealed fact of a negotiation in what our person tells outward.

    Known false positives: the same figure said of something else.
    """
    if not goes_out(document):
        return
    own = own_sentences(document.message, document.text, document.direction, document.context.directory)
    for negotiation in document.context.negotiations:
        for fact in negotiation.sealed:
            yield from (_finding(document, negotiation, fact, *found) for found in _found(fact, own))


def sealed_in(document: Document) -> frozenset[str]:
    """Return the ids (names where there is none) of the negotiations a fact of which stands anywhere in a message."""
    message = document.message
    everything = [
        *sentences(message.subject, 0, len(message.subject), part="subject"),
        *sentences(message.text, 0, len(message.text)),
    ]
    return frozenset(
        one.id or one.name
        for one in document.context.negotiations
        if any(True for fact in one.sealed for _ in _found(fact, everything))
    )


def _found(fact: SealedFact, among: list[Sentence]) -> Iterator[tuple[Sentence, int, int]]:
    for sentence in among:
        if fact.kind is FactKind.AMOUNT:
            for amount in amounts(sentence.folded):
                if amount.value == fact.value and amount.currency in {"", fact.currency}:
                    yield sentence, amount.start, amount.end
        for word in fact.words if fact.kind in {FactKind.NAME, FactKind.PHRASE} else ():
            for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", sentence.folded, re.IGNORECASE):
                yield sentence, match.start(), match.end()


def _finding(
    document: Document, negotiation: Negotiation, fact: SealedFact, sentence: Sentence, start: int, end: int
) -> Finding:
    span = sentence.original(start, end)
    text = document.message.subject if sentence.part else document.message.text
    return Finding(
        label="sealed_fact",
        start=span.start,
        end=span.end,
        quote=text[span.start : span.end],
        confidence=0.9,
        reason=f"a sealed fact of negotiation “{negotiation.name}”",
        detector="sealed_fact",
        rule=fact.id,
        part=sentence.part,
    )
