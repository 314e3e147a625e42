"""Judged messages made up for tests: what a reader says, what was found, and how sure."""

from detectors.finding import Finding
from detectors.quality import Gold, Judged


def finding(label, start=0, end=4, *, confidence=0.8, quote="word", part=""):
    return Finding(
        label=label,
        start=start,
        end=end,
        quote=quote,
        confidence=confidence,
        reason="So.",
        detector=str(label),
        part=part,
    )


def judged(*found, name="m", text="x" * 40, labels=(), evidence=(), optional=(), near="", alert=None, seen=()):
    """A message whose `found` findings were kept; `evidence` pairs a label with its place in the text.

    The text is made of different letters there, so that the evidence is found at its place.
    """
    words = {}
    for label, (start, end) in dict(evidence).items():
        mark = chr(ord("A") + len(words)) * (end - start)
        text = text[:start] + mark + text[end:]
        words[label] = mark
    gold = Gold(
        id=name,
        text=text,
        labels=frozenset(labels),
        evidence=words,
        optional=frozenset(optional),
        near=near,
    )
    return Judged(gold=gold, alert=bool(found) if alert is None else alert, kept=found, seen=(*found, *seen))
