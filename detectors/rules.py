"""The rule engine: tables of patterns as data, screened together, applied to the few sentences that may matter.

A pattern is google-re2's (linear time whatever the text), case-insensitive, and is matched inside one sentence; `<name>`
in it stands for the piece of that name in quantities or phrases. Texts are matched as one byte a character, so that
offsets in bytes are offsets in characters.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

import re2

from detectors import phrases, quantities
from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.language import Sentence
from messages import Direction

_PIECES: Mapping[str, str] = {**quantities.PIECES, **phrases.PIECES}
_LAYOUT = re.compile(r"\s*\n\s*")
_REFERENCE = re.compile(r"<(\w+)>")
_CLAUSE_END = re.compile(r"[;:(){}\[\]\"]+\s|,\s|\s[-–—/]+\s|[.!?…,;:)\"]*\Z|\s(?:but|so|because)\s")
OUTBOUND = frozenset({Direction.OUTBOUND})
INBOUND = frozenset({Direction.INBOUND})
ANY_DIRECTION = frozenset(Direction)
_MARGIN = " \t,;:-–—*•·/(\""
_LONGEST_CLAUSE = 140
_HITS_PER_RULE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One wording of a signal.

    `confidence` is the share of its hits that were right on labelled messages, drawn towards a half where few were seen.
    `needs` and `unless` are patterns that the sentence must, or must not, hold as well.
    """

    name: str
    pattern: str
    confidence: float
    reason: str
    needs: str = ""
    unless: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The compiled rules of one label.

    `directions` are those in which the signal can occur. `unless` is a pattern that clears a sentence of all rules,
    `unless_near` one that clears it also from the sentence before or after, `unless_anywhere` one that clears the message.
    """

    label: Label
    rules: tuple[Rule, ...]
    directions: frozenset[Direction]
    unless: str = ""
    unless_near: str = ""
    unless_anywhere: str = ""
    _screen: re2.Filter = field(init=False, repr=False, compare=False)
    _compiled: Mapping[str, object] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        screen = re2.Filter()
        for rule in self.rules:
            screen.Add(_encoded(rule.pattern), _options())
        screen.Compile()
        object.__setattr__(self, "_screen", screen)
        patterns = [self.unless, self.unless_near, self.unless_anywhere]
        patterns += [pattern for rule in self.rules for pattern in (rule.pattern, rule.needs, rule.unless)]
        object.__setattr__(self, "_compiled", {one: re2.compile(_encoded(one), _options()) for one in patterns if one})

    def candidates(self, text: bytes) -> Iterator[Rule]:
        """Yield the rules whose literal words all occur in the text."""
        return (self.rules[index] for index in self._screen.Match(text, potential=True) or ())

    def spans(self, pattern: str, text: bytes) -> Iterator[tuple[int, int]]:
        """Yield where a pattern of this table matches."""
        return (match.span() for match in self._compiled[pattern].finditer(text))  # type: ignore[attr-defined]

    def holds(self, pattern: str, text: bytes) -> bool:
        """Whether a pattern of this table occurs in the text; an empty pattern never does."""
        return bool(pattern) and self._compiled[pattern].search(text) is not None  # type: ignore[attr-defined]


def find(table: Table, document: Document) -> Iterator[Finding]:
    """Yield at most one finding of the table's label for each sentence: the surest rule's."""
    if document.direction not in table.directions or not document.sentences:
        return
    best: dict[int, tuple[Rule, int, int]] = {}
    for rule in table.candidates(document.lines):
        for start, end in islice(table.spans(rule.pattern, document.lines), _HITS_PER_RULE):
            index = bisect_right(document.line_starts, start) - 1
            if index in best and best[index][0].confidence >= rule.confidence:
                continue
            if _stands(table, rule, document, index):
                best[index] = (rule, start, end)
    if best and table.holds(table.unless_anywhere, document.lines):
        return
    for index, (rule, start, end) in sorted(best.items()):
        offset = document.line_starts[index]
        yield _finding(table.label, rule, document.sentences[index], start - offset, end - offset, document)


def _stands(table: Table, rule: Rule, document: Document, index: int) -> bool:
    """Whether nothing in the sentence or its neighbours speaks against the rule."""
    line = document.line(index)
    if rule.needs and not table.holds(rule.needs, line):
        return False
    if table.holds(rule.unless, line) or table.holds(table.unless, line):
        return False
    return not table.holds(table.unless_near, document.line(index - 1, index + 2))


def _finding(label: Label, rule: Rule, sentence: Sentence, start: int, end: int, document: Document) -> Finding:
    span = sentence.original(*clause(sentence.folded, start, end))
    text = document.message.subject if sentence.part else document.message.text
    return Finding(
        label=label,
        start=span.start,
        end=span.end,
        quote=text[span.start : span.end],
        confidence=rule.confidence,
        reason=rule.reason,
        detector=label.value,
        rule=rule.name,
        part=sentence.part,
    )


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a range of a sentence to its clause, or leave it as it is where the clause is long."""
    begin, stop = 0, len(text)
    for mark in _CLAUSE_END.finditer(text):
        if mark.end() <= start:
            begin = mark.end() if not mark.group().strip().isalpha() else mark.start() + 1
        elif mark.start() >= end:
            stop = mark.start()
            break
    while begin < start and text[begin] in _MARGIN:
        begin += 1
    if stop - begin > _LONGEST_CLAUSE:
        begin = text.rfind(" ", 0, start + 1) + 1 if start - begin > _LONGEST_CLAUSE // 3 else begin
        space = text.find(" ", end + _LONGEST_CLAUSE // 3)
        stop = stop if space < 0 else min(stop, space)
    while stop > end and text[stop - 1] in _MARGIN:
        stop -= 1
    return begin, stop


def expand(pattern: str) -> str:
    """Put the pieces in place of their names; line breaks with their indentation are layout."""
    pattern = _LAYOUT.sub("", pattern)
    while _REFERENCE.search(pattern):
        pattern = _REFERENCE.sub(lambda match: f"({_PIECES[match.group(1)]})", pattern)
    return pattern


def _encoded(pattern: str) -> bytes:
    return expand(pattern).encode("cp1252")


def _options() -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    options.encoding = re2.Options.Encoding.LATIN1
    options.never_capture = True
    options.log_errors = False
    options.max_mem = 16 << 20
    return options
