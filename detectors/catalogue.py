"""All detectors, and the one way to run them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from detectors.budget import budget
from detectors.commitment import commitment
from detectors.competitor import competitor
from detectors.context import Context
from detectors.decision import decision
from detectors.document import Document, prepare
from detectors.elicitation import elicitation
from detectors.finding import Finding
from detectors.innovation import innovation
from detectors.leverage import leverage
from detectors.sidestep import sidestep
from detectors.specification import specification
from detectors.timeline import timeline
from messages import CleanText, Counterparty, Direction, Message

Detector = Callable[[Document], Iterable[Finding]]

# Whatever takes a Document and yields findings has a seat here: a table of rules, or a trained scorer of sentences.
DETECTORS: tuple[Detector, ...] = (
    specification,
    budget,
    timeline,
    innovation,
    leverage,
    competitor,
    decision,
    commitment,
    sidestep,
    elicitation,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All that was seen in a message, before any policy.

    `languages_not_assessed` (ISO 639-1) are those of sentences that nothing was looked for in.
    """

    direction: Direction
    counterparties: tuple[Counterparty, ...]
    text: CleanText
    findings: tuple[Finding, ...]
    languages_not_assessed: tuple[str, ...] = ()

    @property
    def in_scope(self) -> bool:
        """Whether a counterparty is on the message."""
        return bool(self.counterparties)

    @property
    def assessed(self) -> bool:
        """Whether all of the author's words were in a language that the detectors read."""
        return not self.languages_not_assessed


def analyze(message: Message, context: Context) -> Analysis:
    """Run every detector over a message."""
    prepared = prepare(message, context)
    return Analysis(
        direction=prepared.direction,
        counterparties=prepared.counterparties,
        text=prepared.text,
        findings=tuple(finding for detector in DETECTORS for finding in detector(prepared)),
        languages_not_assessed=prepared.languages_not_assessed,
    )
