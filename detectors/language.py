"""From text to sentences, with every offset in the original text.

Mail arrives wrapped at 72 to 78 columns, chat without full stops, minutes as lists: a line that was broken only because
the column was full is joined to the next, every other line stands for itself.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from detectors.spelling import is_plain, respelled, stops_apart
from messages import Span
from messages.fold import alphabet_of, fold

# A list item, a numbered point, a table row or a quoted line never continues the line before it.
_ITEM = re.compile(r"(?:[-*•·▪–>|+]|\(?\d{1,2}[.)]|\(?[a-zA-Z]\)|[QA]\d{1,2}\b)\s")
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\S+")
_SAYS_SOMETHING = re.compile(r"[^\W_]")
# Only the first mark of a run may start a match: "......" stays linear.
_STOP = re.compile(r"(?<![.!?…])([.!?…]++)[\"')\]»”]*+\s+")
_LAST_WORD = re.compile(r"[\w.]*\Z")
_DOTTED = re.compile(r"\.?(?:[^\W\d_]\.)+[^\W\d_]")
_ABBREVIATED = """
    appr approx apr art attn aug avg bzw ca cf d.h dec dept dr e.g eg est evtl excl ext feb fig fr frau fri ggf hr
    hrs i.e ie inc incl jan jul jun ltd mar max min mon mr mrs ms mx no nos nov nr oct para pos prof ref resp sat
    sec sep sept sig sra st sun tel thu tue u.a vol vs wed wk z.b
    """
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
# "1,85 Mio. EUR" goes on.
_SCALES = frozenset({"mio", "mrd", "mill", "tsd"})
_SUM_GOES_ON = re.compile(r"\.\s+(?:[€$£¥]|(?:EUR|USD|GBP|CHF|SEK|PLN|CZK|JPY|Euro|Dollar|Franken|Pfund)\b)")
_CLAUSE_MARK = re.compile(r"[,;:)\]\"]+ | [(\[\"]+| [-–—/]+ | (?:but|so|because) ")
_SHORTEST_CLAUSE = 12
_MARGIN = ' \t,;:.!…-–—*•·()[]/"'
_WIDEST_WRAP = 100
_SHORTEST_WRAPPED = 40
_LONGEST_SENTENCE = 800
_MOST_SENTENCES = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence: `start`/`end` index the original, `folded` is the text that rules read.

    `folded` has the look-alike letters folded, zero-width characters dropped and every run of white space, the breaks
    of hard-wrapped lines included, made one space. `part` is empty for the message's text, else "subject".
    """

    start: int
    end: int
    folded: str
    part: str = ""
    source: str = field(repr=False, default="")

    def original(self, start: int, end: int) -> Span:
        """Map a range of `folded` back to the text it came from."""
        if self.folded == self.source:
            return Span(start=self.start + start, end=self.start + end)
        folded = respelled(fold(self.source))
        begin, stop = folded.original(_unspaced(folded.text, start), _unspaced(folded.text, end - 1) + 1)
        return Span(start=self.start + begin, end=self.start + stop)


def _unspaced(text: str, place: int) -> int:
    """Return where a character of the text stood before its white space was made single spaces."""
    passed = 0
    for word in _WORD.finditer(text):
        if place < passed + len(word.group()) + 1:
            return word.start() + place - passed
        passed += len(word.group()) + 1
    return max(len(text) - 1, 0)


def sentences(text: str, start: int, end: int, *, part: str = "") -> Iterator[Sentence]:
    """Cut `text[start:end]` into sentences, in order; stretches without a letter or digit are left out.

    Behind the 50,000th nobody reads on: the rest is cut without regard to lines and stops, so that time stays bounded.
    """
    whole = text[start:end]
    alphabet = alphabet_of(whole)
    apart = [(start + first, start + last) for first, last in stops_apart(whole)]
    cuts = (cut for block in _blocks(text, start, end) for cut in _cuts(text, *block, apart))
    for cut_start, cut_end in _bounded(cuts, text, end):
        source = text[cut_start:cut_end]
        plain = source if is_plain(source) else respelled(fold(source, alphabet=alphabet)).text
        folded = " ".join(plain.split())
        if _SAYS_SOMETHING.search(folded):
            yield Sentence(start=cut_start, end=cut_end, folded=folded, part=part, source=source)


def _bounded(cuts: Iterator[tuple[int, int]], text: str, end: int) -> Iterator[tuple[int, int]]:
    yield from islice(cuts, _MOST_SENTENCES)
    rest = next(cuts, None)
    if rest is not None:
        yield from _portions(text, rest[0], end)


def clauses(folded: str) -> list[tuple[int, int]]:
    """Cut a sentence into clauses, as ranges of it without the marks between them; at least one."""
    found, begin = [], 0
    for mark in _CLAUSE_MARK.finditer(folded):
        if mark.start() - begin >= _SHORTEST_CLAUSE:
            found.append((begin, mark.start()))
            begin = mark.start() + 1 if mark.group().strip().isalpha() else mark.end()
    if len(folded) - begin >= _SHORTEST_CLAUSE or not found:
        found.append((begin, len(folded)))
    else:
        found[-1] = (found[-1][0], len(folded))
    return [_trimmed(folded, start, end) for start, end in found]


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end - 1 and folded[start] in _MARGIN:
        start += 1
    while end > start + 1 and folded[end - 1] in _MARGIN:
        end -= 1
    return start, end


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of lines that belong together, without the white space around them."""
    lines = [_stripped(text, line.start(), line.end()) for line in _LINE.finditer(text, start, end)]
    width = max((stop - begin for begin, stop in lines), default=0)
    first = last = None
    for begin, stop in lines:
        if first is not None and last is not None:
            if _continues(text, last, (begin, stop), width):
                last = (begin, stop)
                continue
            yield first, last[1]
            first = last = None
        if begin < stop:
            first, last = begin, (begin, stop)
    if first is not None and last is not None:
        yield first, last[1]


def _continues(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Tell whether a line was broken only because its column was full."""
    begin, stop = following
    length = line[1] - line[0]
    if begin == stop or length < _SHORTEST_WRAPPED or text.count("\n", line[1], begin) > 1:
        return False
    if _ITEM.match(text, begin, stop) or text[line[1] - 1] == ":" or "|" in text[line[0] : line[1]]:
        return False
    if text[begin].islower():
        return True
    word = _WORD.match(text, begin, stop)
    return width <= _WIDEST_WRAP and word is not None and length + 1 + len(word.group()) > width


def _cuts(text: str, start: int, end: int, apart: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the sentences' ranges inside a block; a stop amid letters that stand `apart` ends none."""
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.group(1) == "." and _is_abbreviation(text, begin, stop.start()):
            continue
        if apart and _is_amid(apart, *stop.span()):
            continue
        yield from _portions(text, begin, stop.start() + len(stop.group().rstrip()))
        begin = stop.end()
    if begin < end:
        yield from _portions(text, begin, end)


def _is_amid(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether one of the ranges, which are in order, goes on at both ends of a stretch."""
    at = bisect_left(ranges, (start, 0)) - 1
    return at >= 0 and end < ranges[at][1]


def _portions(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a range whole, or cut at white space where no sentence is that long."""
    while end - start > _LONGEST_SENTENCE:
        cut = text.rfind(" ", start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE)
        middle = cut if cut > 0 else start + _LONGEST_SENTENCE
        yield start, middle
        start = middle
    yield start, end


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    word = _LAST_WORD.search(text, max(start, stop - 12), stop)
    last = word.group().lower() if word else ""
    if last in _SCALES:
        return _SUM_GOES_ON.match(text, stop) is not None
    if last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha()):
        return True
    return _DOTTED.fullmatch(last) is not None and text[stop + 1 : stop + 3].strip().islower()


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    line = text[start:end]
    begin = start + len(line) - len(line.lstrip())
    return (begin, begin + len(line.strip())) if line.strip() else (begin, begin)
