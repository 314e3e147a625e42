"""A fact of a plan that was to stay with us, told to somebody outside."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding
from detectors.presence import goes_out
from detectors.searching import Hit, hits

_MOST = 40


def sealed_fact(document: Document) -> Iterator[Finding]:
    """Find a sealed fact of a negotiation in what our person tells outward, in whatever wording.

    Needs the register. The finding's rule is the fact's id; its reason names the negotiation and never the fact.
    Known false positives: the same figure said of something else in words of price; a day that both sides know.
    """
    if not goes_out(document):
        return
    surest: dict[tuple[str, str], Hit] = {}
    for hit in hits(document):
        key = (hit.sealed.negotiation.name, hit.sealed.fact.id)
        if hit.is_own and (key not in surest or surest[key].confidence < hit.confidence):
            surest[key] = hit
    yield from (_finding(document, hit) for hit in list(surest.values())[:_MOST])


def sealed_in(document: Document) -> frozenset[str]:
    """Return the ids (names where there is none) of the negotiations a fact of which stands anywhere in a message.

    Subject, quotes, signatures, forwards and the names of files count, whoever wrote them.
    """
    return frozenset(hit.sealed.negotiation.id or hit.sealed.negotiation.name for hit in hits(document))


def _finding(document: Document, hit: Hit) -> Finding:
    sentence = hit.sentence
    span = sentence.original(hit.start, hit.end)
    text = document.message.subject if sentence.part else document.message.text
    return Finding(
        label="sealed_fact",
        start=span.start,
        end=span.end,
        quote=text[span.start : span.end],
        confidence=hit.confidence,
        reason=f"a sealed fact of negotiation “{hit.sealed.negotiation.name}”",
        detector="sealed_fact",
        rule=hit.sealed.fact.id,
        part=sentence.part,
    )
