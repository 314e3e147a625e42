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
from detectors.rules import Together
from detectors.sidestep import sidestep
from detectors.specification import specification
from detectors.timeline import timeline
from detectors.trained import TABLES, trained
from messages import CleanText, Counterparty, Direction, Message

Detector = Callable[[Document], Iterable[Finding]]

# The first ten say what is certain, by their rules; the last what is implied.
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
    trained,
)
_OF_RULES = frozenset(DETECTORS) - {trained}
_RULES = Together(TABLES.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All that was seen in a message, before any policy.

    `languages_not_assessed` (BCP 47) are those of sentences that nothing was looked for in.
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
        findings=examine(prepared),
        languages_not_assessed=prepared.languages_not_assessed,
    )


def examine(document: Document, detectors: Iterable[Detector] = DETECTORS) -> tuple[Finding, ...]:
    """Return what detectors find in a prepared message, of overlapping findings of a label the surest."""
    are_rules_silent = not _RULES.may_speak(document.lines)
    asked = (one for one in detectors if one not in _OF_RULES) if are_rules_silent else detectors
    return _surest([finding for detector in asked for finding in detector(document)])


def _surest(findings: list[Finding]) -> tuple[Finding, ...]:
    """Leave out what another finding of the same label says of the same words, and says with more confidence."""
    kept: dict[str, list[Finding]] = {}
    for one in sorted(findings, key=lambda one: -one.confidence):
        of_label = kept.setdefault(one.label, [])
        if not any(_overlap(one, other) for other in of_label):
            of_label.append(one)
    chosen = {id(one) for of_label in kept.values() for one in of_label}
    return tuple(one for one in findings if id(one) in chosen)


def _overlap(one: Finding, other: Finding) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None or one.part != other.part:
        return False
    return one.start < other.end and other.start < one.end
