"""The rule engine: tables of wordings as data, screened together, and cues that add up, sentence by sentence.

A rule is a wording that shows a signal almost by itself; the cues of the sentence around it speak for or against, and may
add up to a signal where no rule speaks (see cues). A sentence yields at most one finding of a label.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import re2

from detectors.cues import points, present
from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.language import clauses
from detectors.patterns import ENCODING, encoded, options
from messages import Direction

OUTBOUND = frozenset({Direction.OUTBOUND})
INBOUND = frozenset({Direction.INBOUND})
ANY_DIRECTION = frozenset(Direction)
# Below this no policy looks at what cues add up to.
_LEAST_CONFIDENCE = 0.2
_HITS_PER_RULE = 50
_LONGEST_EVIDENCE = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One wording of a signal.

    `needs` and `unless` are patterns that the sentence must, or must not, hold as well. What a rule is worth is told by
    points.toml, under its name.
    """

    name: str
    pattern: str
    reason: str
    needs: str = ""
    unless: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The compiled rules of one label.

    `directions` are those in which the signal can occur. `unless` clears a sentence of all rules, `unless_anywhere` clears
    the whole message. `reason` explains a finding that no rule but cues gave.
    """

    label: Label
    reason: str
    rules: tuple[Rule, ...]
    directions: frozenset[Direction]
    unless: str = ""
    unless_anywhere: str = ""
    _screen: re2.Filter = field(init=False, repr=False, compare=False)
    _compiled: Mapping[str, Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        screen = re2.Filter()
        for rule in self.rules:
            screen.Add(encoded(rule.pattern), options())
        screen.Compile()
        object.__setattr__(self, "_screen", screen)
        patterns = {self.unless, self.unless_anywhere}
        patterns.update(one for rule in self.rules for one in (rule.pattern, rule.needs, rule.unless))
        compiled = {one: re2.compile(encoded(one), options()) for one in patterns if one}
        object.__setattr__(self, "_compiled", compiled)

    def candidates(self, text: bytes) -> Iterator[Rule]:
        """Yield the rules whose literal words all occur in the text."""
        return (self.rules[index] for index in self._screen.Match(text, potential=True) or ())

    def spans(self, rule: Rule, text: bytes) -> Iterator[tuple[int, int]]:
        """Yield where a rule's pattern matches."""
        return (match.span() for match in self._compiled[rule.pattern].finditer(text))

    def holds(self, pattern: str, text: bytes) -> bool:
        """Whether a pattern of this table occurs in the text; an empty pattern never does."""
        return bool(pattern) and self._compiled[pattern].search(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A rule that speaks in a sentence; `start` and `end` index the sentence's folded text."""

    rule: Rule
    start: int
    end: int


def find(table: Table, document: Document) -> Iterator[Finding]:
    """Yield the findings of a table's label, at most one for each sentence."""
    if document.direction not in table.directions or not document.sentences:
        return
    worth = points(table.label)
    hits = hits_of(table, document)
    likely = {}
    for index, cues in enumerate(document.cues):
        ruled = hits.get(index, [])
        confidence = worth.confidence(cues, [hit.rule.name for hit in ruled])
        if confidence >= _LEAST_CONFIDENCE:
            likely[index] = confidence
    if not likely or table.holds(table.unless_anywhere, document.lines):
        return
    for index, confidence in likely.items():
        yield _finding(table, document, index, hits.get(index, []), confidence)


def hits_of(table: Table, document: Document) -> dict[int, list[Hit]]:
    """Return the rules that speak, by sentence, each once."""
    hits: dict[int, list[Hit]] = {}
    for rule in table.candidates(document.lines):
        seen = -1
        for start, end in islice(table.spans(rule, document.lines), _HITS_PER_RULE):
            index = bisect_right(document.line_starts, start) - 1
            if index == seen or not _stands(table, rule, document.line(index)):
                continue
            seen, offset = index, document.line_starts[index]
            hits.setdefault(index, []).append(Hit(rule=rule, start=start - offset, end=end - offset))
    return hits


def _stands(table: Table, rule: Rule, line: bytes) -> bool:
    """Whether nothing in the sentence speaks against the rule."""
    if rule.needs and not table.holds(rule.needs, line):
        return False
    return not (table.holds(rule.unless, line) or table.holds(table.unless, line))


def _widened(folded: str, start: int, end: int) -> tuple[int, int]:
    """Widen a hit to the clauses it stands in, unless that makes it long."""
    touched = [span for span in clauses(folded) if span[0] < end and start < span[1]]
    begin, stop = min(start, touched[0][0]), max(end, touched[-1][1])
    return (begin, stop) if stop - begin <= max(_LONGEST_EVIDENCE, end - start) else (start, end)


def _finding(table: Table, document: Document, index: int, hits: list[Hit], confidence: float) -> Finding:
    """Show the surest rule's words and reason; where no rule speaks, the clause whose cues are worth most."""
    worth, sentence = points(table.label), document.sentences[index]
    if hits:
        hit = max(hits, key=lambda one: worth.rules.get(one.rule.name, 0.0))
        rule, reason = hit.rule.name, hit.rule.reason
        start, end = _widened(sentence.folded, hit.start, hit.end)
    else:
        rule, reason = "cues", f"{table.reason} Signs: {', '.join(worth.foremost(document.cues[index]))}."
        start, end = max(
            clauses(sentence.folded),
            key=lambda span: worth.total(present(sentence.folded[slice(*span)].encode(ENCODING, "replace"))),
        )
    span = sentence.original(start, end)
    text = document.message.subject if sentence.part else document.message.text
    return Finding(
        label=table.label,
        start=span.start,
        end=span.end,
        quote=text[span.start : span.end],
        confidence=round(confidence, 3),
        reason=reason,
        detector=table.label.value,
        rule=rule,
        part=sentence.part,
    )
