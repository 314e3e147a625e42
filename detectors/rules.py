"""The rule engine: tables of wordings as data, screened together, and cues that add up, sentence by sentence.

A rule is a wording that shows a signal almost by itself; the cues of the sentence around it speak for or against, and
may add up to a signal where no rule speaks (see cues). A sentence yields at most one finding of a label.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Any

import re2

from detectors.cues import confidence_of, points, present
from detectors.document import Document
from detectors.finding import Finding
from detectors.language import clauses
from detectors.patterns import as_bytes, encoded, options
from messages import Direction

OUTBOUND = frozenset({Direction.OUTBOUND})
INBOUND = frozenset({Direction.INBOUND})
ANY_DIRECTION = frozenset(Direction)
# No policy looks below.
_LEAST_CONFIDENCE = 0.3
_LEAST_TOTAL = math.log(_LEAST_CONFIDENCE / (1 - _LEAST_CONFIDENCE))
_LONGEST_EVIDENCE = 140
# The surest sentences of a message: enough for any reader, and a bound for a message made of nothing else.
_MOST_SENTENCES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One wording of a signal.

    `needs` and `unless` are patterns that the sentence must, or must not, hold as well. What a rule is worth is told by
    points.toml, under its name; a textbook wording is `at_least` so sure (0..1) whatever stands around it.
    """

    name: str
    pattern: str
    reason: str
    needs: str = ""
    unless: str = ""
    at_least: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The compiled rules of one label.

    `directions` are those in which the signal can occur. A sentence must hold `needs`, and not `never`, to be looked
    at; `unless` clears it of all rules, `unless_anywhere` clears the whole message. `reason` explains a finding that
    cues alone gave.
    """

    label: str
    reason: str
    rules: tuple[Rule, ...]
    directions: frozenset[Direction]
    needs: str = ""
    never: str = ""
    unless: str = ""
    unless_anywhere: str = ""
    named: Mapping[str, Rule] = field(init=False, repr=False, compare=False)
    _screen: re2.Filter = field(init=False, repr=False, compare=False)
    _compiled: Mapping[str, Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        screen = re2.Filter()
        for rule in self.rules:
            screen.Add(encoded(rule.pattern), options())
        screen.Compile()
        object.__setattr__(self, "_screen", screen)
        object.__setattr__(self, "named", {rule.name: rule for rule in self.rules})
        patterns = {self.needs, self.never, self.unless, self.unless_anywhere}
        patterns.update(one for rule in self.rules for one in (rule.pattern, rule.needs, rule.unless))
        compiled = {one: re2.compile(encoded(one), options()) for one in patterns if one}
        object.__setattr__(self, "_compiled", compiled)

    def candidates(self, text: bytes) -> tuple[str, ...]:
        """Name the rules whose literal words all occur in the text."""
        return tuple(self.rules[index].name for index in self._screen.Match(text, potential=True) or ())

    def first(self, rule: Rule, line: bytes) -> tuple[int, int] | None:
        """Return where a rule's pattern first matches."""
        match = self._compiled[rule.pattern].search(line)
        return None if match is None else match.span()

    def holds(self, pattern: str, text: bytes) -> bool:
        """Whether a pattern of this table occurs in the text; an empty pattern never does."""
        return bool(pattern) and self._compiled[pattern].search(text) is not None

    def reach(self, names: Iterable[str], text: bytes) -> float:
        """Return by how much these rules can raise the total of a sentence of the text at most."""
        rules = [self.named[name] for name in names]
        if any(rule.at_least and self.holds(rule.pattern, text) for rule in rules):
            return math.inf
        return points(self.label).best(rule.name for rule in rules)

    def concerns(self, document: Document) -> bool:
        """Whether the signal can occur in a message at all."""
        return document.direction in self.directions and not self.holds(self.unless_anywhere, document.lines)

    def looks_at(self, line: bytes) -> bool:
        """Whether the signal can occur in a sentence."""
        return (not self.needs or self.holds(self.needs, line)) and not self.holds(self.never, line)


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
    totals = [worth.base + sum(map(worth.worth.__getitem__, cues)) for cues in document.cues]
    # Most messages and sentences end at one of these: they stay below, whatever rules might still speak.
    reach = table.reach(table.candidates(document.lines), document.lines)
    possible = [index for index, total in enumerate(totals) if total + reach >= _LEAST_TOTAL]
    if not possible or not table.concerns(document):
        return
    for index in sorted(nlargest(_MOST_SENTENCES, possible, key=totals.__getitem__)):
        line = document.line(index)
        candidates = table.candidates(line)
        if totals[index] + table.reach(candidates, line) < _LEAST_TOTAL or not table.looks_at(line):
            continue
        hits = hits_of(table, line, candidates)
        confidence = confidence_of(totals[index] + worth.best(hit.rule.name for hit in hits))
        confidence = max([confidence, *(hit.rule.at_least for hit in hits)])
        if confidence >= _LEAST_CONFIDENCE:
            yield _finding(table, document, index, hits, confidence)


def hits_of(table: Table, line: bytes, candidates: Iterable[str]) -> list[Hit]:
    """Return which of the candidates speak in a sentence, each once."""
    hits = []
    for name in candidates:
        rule = table.named[name]
        span = table.first(rule, line)
        if span is not None and _stands(table, rule, line):
            hits.append(Hit(rule=rule, start=span[0], end=span[1]))
    return hits


def _stands(table: Table, rule: Rule, line: bytes) -> bool:
    """Whether nothing in the sentence speaks against the rule."""
    if rule.needs and not table.holds(rule.needs, line):
        return False
    return not (table.holds(rule.unless, line) or table.holds(table.unless, line))


def _widened(folded: str, start: int, end: int) -> tuple[int, int]:
    """Widen a hit to the clauses it stands in, unless that makes it long."""
    touched = [span for span in clauses(folded) if span[0] < end and start < span[1]]
    begin, stop = min([start, *(span[0] for span in touched)]), max([end, *(span[1] for span in touched)])
    return (begin, stop) if stop - begin <= _LONGEST_EVIDENCE else (start, end)


def _finding(table: Table, document: Document, index: int, hits: list[Hit], confidence: float) -> Finding:
    """Show the surest rule's words and reason; where no rule speaks, the clause whose cues are worth most."""
    worth, sentence = points(table.label), document.sentences[index]
    if hits:
        hit = max(hits, key=lambda one: (one.rule.at_least, worth.rules.get(one.rule.name, 0.0)))
        rule, reason = hit.rule.name, hit.rule.reason
        start, end = _widened(sentence.folded, hit.start, hit.end)
    else:
        rule, reason = "cues", f"{table.reason} Signs: {', '.join(worth.foremost(document.cues[index]))}."
        start, end = max(
            clauses(sentence.folded),
            key=lambda span: worth.total(present(as_bytes(sentence.folded[slice(*span)]))),
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
        detector=str(table.label),
        rule=rule,
        part=sentence.part,
    )
