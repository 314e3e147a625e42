"""The mistakes that are worth reading first."""

from collections.abc import Iterable
from dataclasses import dataclass

from detectors.quality.gold import LABELS
from detectors.quality.judged import Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A label that was found wrongly, or missed, in a message.

    `confidence` is that of its strongest finding, before any policy (0: none was seen); `quote` the finding's words, or
    the reader's evidence for what was missed. `is_whole`: the message has no label and alarmed, or has one and was
    silent.
    """

    id: str
    label: str
    confidence: float
    quote: str
    reason: str
    is_whole: bool


def false_alarms(judged: Iterable[Judged]) -> list[Mistake]:
    """Return the labels that were found wrongly, one a message and label, the surest first."""
    found = [
        Mistake(
            id=one.gold.id,
            label=finding.label,
            confidence=finding.confidence,
            quote=finding.quote,
            reason=finding.reason,
            is_whole=not one.gold.labels,
        )
        for one in judged
        for label in {each.label for each in one.kept if each.label in LABELS} - one.gold.labels - one.gold.optional
        for finding in [max((each for each in one.kept if each.label == label), key=lambda each: each.confidence)]
    ]
    return sorted(found, key=lambda one: (-one.confidence, one.id, one.label))


def missed(judged: Iterable[Judged]) -> list[Mistake]:
    """Return the labels that were missed, first those of silent messages, and of these the least sure first."""
    found = [
        Mistake(
            id=one.gold.id,
            label=label,
            confidence=max((each.confidence for each in one.seen if each.label == label), default=0.0),
            quote=one.gold.evidence.get(label, ""),
            reason="",
            is_whole=not one.alert,
        )
        for one in judged
        for label in one.gold.labels - one.gold.optional - {each.label for each in one.kept}
    ]
    return sorted(found, key=lambda one: (not one.is_whole, one.confidence, one.id, one.label))
