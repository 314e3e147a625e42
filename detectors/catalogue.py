"""All detectors, and the one way to run them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from detectors.authority_exceeded import authority_exceeded
from detectors.blackout_broken import blackout_broken
from detectors.budget import budget
from detectors.colleagues_account import colleagues_account
from detectors.commitment import commitment
from detectors.competitor import competitor
from detectors.context import Context
from detectors.decision import decision
from detectors.document import Document, in_every_language, prepare
from detectors.elicitation import elicitation
from detectors.finding import Finding
from detectors.innovation import innovation
from detectors.leverage import leverage
from detectors.lone_negotiator import lone_negotiator
from detectors.matters import matters_of
from detectors.negotiator_dropped import negotiator_dropped
from detectors.over_the_head import over_the_head
from detectors.price_no_obstacle import TABLE as PRICE_TABLE
from detectors.price_no_obstacle import price_no_obstacle
from detectors.rules import Together
from detectors.sealed_fact import sealed_fact, sealed_in
from detectors.sidestep import sidestep
from detectors.specification import specification
from detectors.terms_without_finance import terms_without_finance
from detectors.timeline import timeline
from detectors.too_early import too_early
from detectors.trained import TABLES, trained
from messages import CleanText, Counterparty, Direction, Message

Detector = Callable[[Document], Iterable[Finding]]

# The first ten say what is certain, by their rules, the next what is implied; then come what somebody's rank gives
# weight to, what no text shows by itself, and at last who is there and who is missing.
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
    price_no_obstacle,
    sealed_fact,
    over_the_head,
    negotiator_dropped,
    lone_negotiator,
    too_early,
    blackout_broken,
    authority_exceeded,
    terms_without_finance,
    colleagues_account,
)
# They look at participants, the thread's past and the register; what the text shows, they are told.
ABOUT_PEOPLE: tuple[Detector, ...] = DETECTORS[DETECTORS.index(over_the_head) : DETECTORS.index(colleagues_account) + 1]
_TABLES = (*TABLES.values(), PRICE_TABLE)
_OF_RULES = frozenset(one for one in DETECTORS if one.__name__ in {str(table.label) for table in _TABLES})
_RULES = Together(_TABLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All that was seen in a message, before any policy.

    `languages_not_assessed` (BCP 47) are those of sentences that nothing was looked for in. `negotiations` are the ids
    (names, where the register has none) of those that the message belongs to, `sealed_in` of those a sealed fact of
    which stands anywhere in its subject, text or files' names, quotes included, whoever wrote it.
    """

    direction: Direction
    counterparties: tuple[Counterparty, ...]
    text: CleanText
    findings: tuple[Finding, ...]
    languages_not_assessed: tuple[str, ...] = ()
    negotiations: tuple[str, ...] = ()
    sealed_in: frozenset[str] = frozenset()

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
        negotiations=tuple(one.id or one.name for one in matters_of(prepared)),
        sealed_in=sealed_in(prepared),
    )


def examine(document: Document, detectors: Iterable[Detector] = DETECTORS) -> tuple[Finding, ...]:
    """Return what detectors find in a prepared message, of overlapping findings of a label the surest."""
    are_rules_silent = not _RULES.may_speak(in_every_language(document).lines)
    asked = [one for one in detectors if not (are_rules_silent and one in _OF_RULES)]
    said = _surest([finding for one in asked if one not in ABOUT_PEOPLE for finding in one(document)])
    about_people = [one for one in asked if one in ABOUT_PEOPLE]
    if not about_people or document.context.earlier is None:
        return said
    read = replace(document, findings=said) if said else document
    return (*said, *(finding for one in about_people for finding in one(read)))


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
