"""The rule engine: tables of wordings as data, each with the reason that a reader is told.

A wording that shows a signal by itself is a finding, whatever the trained model thinks of the sentence; the others
name what the model has found. A sentence yields at most one finding of a table.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import re2

from detectors.document import Document
from detectors.finding import Finding
from detectors.language import clauses
from detectors.patterns import encoded, options
from messages import Direction

OUTBOUND = frozenset({Direction.OUTBOUND})
INBOUND = frozenset({Direction.INBOUND})
ANY_DIRECTION = frozenset(Direction)
_LONGEST_EVIDENCE = 140
# Enough for any reader, and a bound for a message made of nothing else.
_MOST_SENTENCES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One wording of a signal.

    `needs` and `unless` are patterns that the sentence must, or must not, hold as well. A textbook wording is a finding
    by itself, and `at_least` so sure (0..1); without it a rule only gives the reason for what the model finds.
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
    at; `unless` clears it of all rules, `unless_anywhere` clears the whole message. `reason` stands where no rule does.
    """

    label: str
    reason: str
    rules: tuple[Rule, ...]
    directions: frozenset[Direction]
    needs: str = ""
    never: str = ""
    unless: str = ""
    unless_anywhere: str = ""
    _screen: re2.Filter = field(init=False, repr=False, compare=False)
    _certain: re2.Filter = field(init=False, repr=False, compare=False)
    _compiled: Mapping[str, Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_screen", _filter(self.rules))
        object.__setattr__(self, "_certain", _filter(self.certain))
        patterns = {self.needs, self.never, self.unless, self.unless_anywhere}
        patterns.update(one for rule in self.rules for one in (rule.pattern, rule.needs, rule.unless))
        compiled = {one: re2.compile(encoded(one), options()) for one in patterns if one}
        object.__setattr__(self, "_compiled", compiled)

    @property
    def certain(self) -> tuple[Rule, ...]:
        """The rules that are findings by themselves."""
        return tuple(rule for rule in self.rules if rule.at_least)

    def candidates(self, text: bytes, *, certain: bool = False) -> list[Rule]:
        """Return the rules whose literal words all occur in the text."""
        rules, screen = (self.certain, self._certain) if certain else (self.rules, self._screen)
        return [rules[index] for index in screen.Match(text, potential=True) or ()] if rules else []

    def first(self, rule: Rule, line: bytes) -> tuple[int, int] | None:
        """Return where a rule's pattern first matches."""
        match = self._compiled[rule.pattern].search(line)
        return None if match is None else match.span()

    def holds(self, pattern: str, text: bytes) -> bool:
        """Whether a pattern of this table occurs in the text; an empty pattern never does."""
        return bool(pattern) and self._compiled[pattern].search(text) is not None

    def concerns(self, document: Document) -> bool:
        """Whether the signal can occur in a message at all."""
        return document.direction in self.directions and not self.holds(self.unless_anywhere, document.lines)

    def looks_at(self, line: bytes) -> bool:
        """Whether the signal can occur in a sentence."""
        return (not self.needs or self.holds(self.needs, line)) and not self.holds(self.never, line)


class Together:
    """The certain rules of several tables, asked about a whole text at once: most texts hold none of their words."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._certain = _filter(rule for table in tables for rule in table.certain)

    def may_speak(self, text: bytes) -> bool:
        """Whether all literal words of some rule occur in the text."""
        return bool(self._certain.Match(text, potential=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A rule that speaks in a sentence; `start` and `end` index the sentence's folded text."""

    rule: Rule
    start: int
    end: int


def find(table: Table, document: Document) -> Iterator[Finding]:
    """Yield what the rules of a table are certain of, at most one finding for each sentence."""
    if document.direction not in table.directions or not table.candidates(document.lines, certain=True):
        return
    if table.concerns(document):
        yield from islice(_certain(table, document), _MOST_SENTENCES)


def spoken(table: Table, line: bytes, candidates: Iterable[Rule]) -> list[Hit]:
    """Return which of the candidates speak in a sentence, the surest first."""
    found = ((rule, table.first(rule, line)) for rule in candidates)
    hits = [Hit(rule=rule, start=span[0], end=span[1]) for rule, span in found if span and _stands(table, rule, line)]
    return sorted(hits, key=lambda hit: -hit.rule.at_least)


def reason(table: Table, line: bytes) -> tuple[str, str]:
    """Return the name of the rule that speaks in a sentence, and its reason; without any, the table's own reason."""
    hits = spoken(table, line, table.candidates(line))
    return (hits[0].rule.name, hits[0].rule.reason) if hits else ("", table.reason)


def _certain(table: Table, document: Document) -> Iterator[Finding]:
    for index in range(len(document.sentences)):
        line = document.line(index)
        candidates = table.candidates(line, certain=True)
        if candidates and table.looks_at(line):
            yield from (_finding(table, document, index, hit) for hit in spoken(table, line, candidates)[:1])


def _filter(rules: Iterable[Rule]) -> re2.Filter:
    screen = re2.Filter()
    for rule in rules:
        screen.Add(encoded(rule.pattern), options())
    screen.Compile()
    return screen


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


def _finding(table: Table, document: Document, index: int, hit: Hit) -> Finding:
    sentence = document.sentences[index]
    span = sentence.original(*_widened(sentence.folded, hit.start, hit.end))
    text = document.message.subject if sentence.part else document.message.text
    return Finding(
        label=table.label,
        start=span.start,
        end=span.end,
        quote=text[span.start : span.end],
        confidence=hit.rule.at_least,
        reason=hit.rule.reason,
        detector=str(table.label),
        rule=hit.rule.name,
        part=sentence.part,
    )
