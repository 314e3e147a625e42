"""All detectors, and the one way to run them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from detectors.authority_exceeded import authority_exceeded
from detectors.blackout_broken import blackout_broken
from detectors.budget import budget
from detectors.colleagues_account import colleagues_account
from detectors.commitment import commitment
from detectors.competitor import competitor
from detectors.concessions import concedes_payment_terms
from detectors.context import Context
from detectors.decision import decision
from detectors.document import Document, in_every_language, prepare
from detectors.elicitation import elicitation
from detectors.finding import Finding
from detectors.innovation import innovation
from detectors.leverage import leverage
from detectors.lone_negotiator import lone_negotiator
from detectors.matters import matters_of
from detectors.needs import asks_for_something, is_without_plain_need
from detectors.negotiator_dropped import negotiator_dropped
from detectors.over_the_head import over_the_head
from detectors.payment_terms import terms_spoken
from detectors.price_no_obstacle import price_no_obstacle
from detectors.purpose import words_of
from detectors.rules import Together
from detectors.sealed_fact import sealed_fact, sealed_in
from detectors.searching import search_all
from detectors.sidestep import sidestep
from detectors.specification import specification
from detectors.terms_without_finance import lacks_finance, terms_without_finance
from detectors.timeline import timeline
from detectors.too_early import engages_alone, too_early
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
# They find by their rules alone.
_OF_RULES = frozenset(one for one in DETECTORS if one.__name__ in TABLES)
# What they find is of a negotiation that the message belongs to.
_OF_MATTERS = frozenset({over_the_head, negotiator_dropped, lone_negotiator, blackout_broken, authority_exceeded})
# What they ask of all messages, each of those of which the question before was answered by yes. They ask again, and are
# told what was answered: so the patterns of one question are not between those of another.
_ASKED_FIRST: Mapping[Detector, Sequence[Callable[[Document], object]]] = {
    too_early: (engages_alone, words_of, is_without_plain_need, asks_for_something),
    terms_without_finance: (lacks_finance, words_of, terms_spoken, concedes_payment_terms),
}
_RULES = Together(TABLES.values())
# The more messages in a batch, the less each of them costs; what a batch of long ones takes of memory stays small.
AT_ONCE = 256
_CHARACTERS_AT_ONCE = 1 << 20


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
    return analyze_all([(message, context)])[0]


def analyze_each(messages: Sequence[tuple[Message, Context]]) -> Iterator[Analysis | Exception]:
    """Run every detector over each of some messages; what a detector trips over has the error in its place."""
    for some in _batches(messages):
        try:
            yield from analyze_all(some)
        except Exception:  # noqa: BLE001 - one message a detector trips over must not stop the others
            yield from (_analyzed(message, context) for message, context in some)


def _batches(messages: Sequence[tuple[Message, Context]]) -> Iterator[Sequence[tuple[Message, Context]]]:
    first, size = 0, 0
    for at, (message, _) in enumerate(messages):
        size += len(message.text)
        if at > first and (at - first == AT_ONCE or size > _CHARACTERS_AT_ONCE):
            yield messages[first:at]
            first, size = at, len(message.text)
    if messages:
        yield messages[first:]


def analyze_all(messages: Sequence[tuple[Message, Context]]) -> list[Analysis]:
    """Run every detector over some messages, each with what may be known of it.

    Several at once take a fifth less time than one by one: see `examine_all`.
    """
    prepared = [prepare(message, context) for message, context in messages]
    search_all(prepared)
    return [
        Analysis(
            direction=one.direction,
            counterparties=one.counterparties,
            text=one.text,
            findings=findings,
            languages_not_assessed=one.languages_not_assessed,
            negotiations=tuple(matter.id or matter.name for matter in matters_of(one)),
            sealed_in=sealed_in(one),
        )
        for one, findings in zip(prepared, examine_all(prepared), strict=True)
    ]


def _analyzed(message: Message, context: Context) -> Analysis | Exception:
    try:
        return analyze(message, context)
    except Exception as error:  # noqa: BLE001 - the caller tells of it
        return error


def examine(document: Document, detectors: Iterable[Detector] = DETECTORS) -> tuple[Finding, ...]:
    """Return what detectors find in a prepared message, of overlapping findings of a label the surest."""
    return examine_all([document], detectors)[0]


def examine_all(documents: Sequence[Document], detectors: Iterable[Detector] = DETECTORS) -> list[tuple[Finding, ...]]:
    """Return what detectors find in each of some prepared messages.

    One detector after the other looks at all of them: the patterns and numbers that it needs are fetched from far
    memory once, and not for every message anew.
    """
    detectors = tuple(detectors)
    speaking = [_RULES.may_speak(in_every_language(one).lines) for one in documents]
    seen: list[list[Finding]] = [[] for _ in documents]
    for detector in detectors:
        if detector not in ABOUT_PEOPLE:
            for document, may_speak, findings in zip(documents, speaking, seen, strict=True):
                if may_speak or detector not in _OF_RULES:
                    findings.extend(detector(document))
    said = [_surest(findings) for findings in seen]
    read = [replace(one, findings=findings) if findings else one for one, findings in zip(documents, said, strict=True)]
    watched = [(place, one) for place, one in enumerate(read) if one.context.earlier is not None]
    bargained = [(place, one) for place, one in watched if matters_of(one)]
    for detector in detectors:
        if detector in ABOUT_PEOPLE:
            concerned = bargained if detector in _OF_MATTERS else watched
            asked = [document for _, document in concerned]
            for question in _ASKED_FIRST.get(detector, ()):
                asked = [document for document in asked if question(document)]
            for place, document in concerned:
                said[place] += tuple(detector(document))
    return said


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
