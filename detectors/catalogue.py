"""All detectors, and the one way to run them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from detectors.context import Context
from detectors.document import Document, document
from detectors.finding import Finding
from messages import CleanText, Counterparty, Direction, Message

Detector = Callable[[Document], Iterable[Finding]]

DETECTORS: tuple[Detector, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All that was seen in a message, before any policy."""

    direction: Direction
    counterparties: tuple[Counterparty, ...]
    text: CleanText
    findings: tuple[Finding, ...]

    @property
    def in_scope(self) -> bool:
        """Whether a counterparty is on the message."""
        return bool(self.counterparties)


def analyze(message: Message, context: Context) -> Analysis:
    """Run every detector over a message."""
    prepared = document(message, context)
    return Analysis(
        direction=prepared.direction,
        counterparties=prepared.counterparties,
        text=prepared.text,
        findings=tuple(finding for detector in DETECTORS for finding in detector(prepared)),
    )
