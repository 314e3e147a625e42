"""A text as lines, with the depth at which each is quoted."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from messages.message import Span

# What else breaks lines, each of one character, and what is not seen; replacing them moves no offset.
_SAME_LENGTH = str.maketrans(
    dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n")
    | dict.fromkeys("\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff", " ")
)
_MARKS = re.compile(r"\s*((?:>[ \t]?){1,50})(?!=)")
# What follows a > in arithmetic, and the mark that mbox files put before a "From" of the text.
_NO_QUOTE = re.compile(r"\s*>(?:\s?[\d€$£]|From\s)")
# An address broken before its closing bracket: "<ann@x.example\n> wrote:".
_BROKEN_BRACKET = re.compile(r">\s?[^\W\d_]{0,12}\s?:$")
# Nobody reads further down; the rest is left as one line so that time and memory stay bounded.
_MOST_LINES = 50_000
_WIDEST = 1_000


class Line(NamedTuple):
    """One line: `start` and `end` with its break, `words` without quote marks and outer space, cut at 1,000 characters.

    `depth` counts the > marks, and one more where the markup declares the line to be quotation.
    """

    start: int
    end: int
    depth: int
    words: str


def lines_of(text: str, quoted: Sequence[Span] = ()) -> list[Line]:
    """Cut a text into lines; a line that a declared quotation begins or ends within is cut there too."""
    plain = _plain(text)
    pieces = plain.split("\n", _MOST_LINES)
    if not quoted and ">" not in text:
        return _unmarked(pieces, len(text))
    declared = _declared(quoted, len(text))
    lines = [_line(plain, start, end) for start, end in _cut(_ranges(pieces, len(text)), declared)]
    if declared:
        lines = _deepened(lines, declared)
    return _without_lone_marks(plain, lines)


def _plain(text: str) -> str:
    """Make every line break a newline and what is not seen a space, character for character."""
    if "\r\n" in text:
        text = text.replace("\r\n", " \n")
    return (
        text if text.isascii() and not ("\r" in text or "\v" in text or "\f" in text) else text.translate(_SAME_LENGTH)
    )


def _unmarked(pieces: list[str], size: int) -> list[Line]:
    lines: list[Line] = []
    start = 0
    for piece in pieces:
        end = start + len(piece) + 1
        lines.append(Line(start, end, 0, piece[:_WIDEST].strip()))
        start = end
    return _closed(lines, size)


def _closed(lines: list[Line], size: int) -> list[Line]:
    """Let the last line end with the text: the break after it is not there."""
    if lines[-1].start >= size:
        lines.pop()
    elif lines[-1].end != size:
        lines[-1] = lines[-1]._replace(end=size)
    return lines


def _ranges(pieces: list[str], size: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    for piece in pieces:
        end = min(start + len(piece) + 1, size)
        if end > start:
            found.append((start, end))
        start = end
    return found


def _line(plain: str, start: int, end: int) -> Line:
    marks = _MARKS.match(plain, start, min(end, start + _WIDEST))
    if marks is None:
        return Line(start, end, 0, plain[start : min(end, start + _WIDEST)].strip())
    begin = marks.end()
    return Line(start, end, marks.group(1).count(">"), plain[begin : min(end, begin + _WIDEST)].strip())


def _declared(quoted: Sequence[Span], size: int) -> list[tuple[int, int]]:
    """Return the declared ranges inside the text, in order, overlapping ones joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((max(span.start, 0), min(span.end, size)) for span in quoted):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cut(ranges: list[tuple[int, int]], declared: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut the lines' ranges at the borders of the declared ones."""
    borders = [border for pair in declared for border in pair]
    pieces: list[tuple[int, int]] = []
    at = 0
    for first, end in ranges:
        start = first
        while at < len(borders) and borders[at] < end:
            if borders[at] > start:
                pieces.append((start, borders[at]))
                start = borders[at]
            at += 1
        pieces.append((start, end))
    return pieces


def _deepened(lines: list[Line], declared: list[tuple[int, int]]) -> list[Line]:
    deeper: list[Line] = []
    at = 0
    for line in lines:
        while at < len(declared) and declared[at][1] <= line.start:
            at += 1
        inside = at < len(declared) and declared[at][0] <= line.start
        deeper.append(line._replace(depth=line.depth + 1) if inside else line)
    return deeper


def _without_lone_marks(plain: str, lines: list[Line]) -> list[Line]:
    """Take back the depth of a single line that begins with > for another reason than quotation."""
    last = len(lines) - 1
    for i, line in enumerate(lines):
        if line.depth != 1 or (i > 0 and lines[i - 1].depth):
            continue
        broken = (
            i > 0
            and "<" in lines[i - 1].words[-120:]
            and _BROKEN_BRACKET.match(plain[line.start : line.end].strip()[:40])
        )
        alone = i == last or not lines[i + 1].depth
        if broken or (alone and _NO_QUOTE.match(plain, line.start, line.end)):
            lines[i] = line._replace(depth=0, words=plain[line.start : min(line.end, line.start + _WIDEST)].strip())
    return lines
