"""Cutting a text into stretches that are shown alike: by part of the message, and by the evidence that lies on it."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol


class Range(Protocol):
    """A part of a message: its kind, and where it stands."""

    @property
    def kind(self) -> str:
        """Say what sort of text it is."""

    @property
    def start(self) -> int:
        """Give its first character."""

    @property
    def end(self) -> int:
        """Give the character after its last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A finding on a text: its number on the page, its label, and its range in code points, end exclusive."""

    number: int
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of text that is shown alike.

    `part` is the index of the part it belongs to (-1 for text outside all parts) and `kind` that part's kind; `marks`
    are the findings that cover it, `begins` and `ends` those that begin and end with it, all in page order.
    """

    text: str
    kind: str = "new"
    part: int = -1
    marks: tuple[Highlight, ...] = ()
    begins: tuple[Highlight, ...] = ()
    ends: tuple[Highlight, ...] = ()


def segments(text: str, parts: Sequence[Range], findings: Iterable[Highlight]) -> list[Segment]:
    """Cut a text at the borders of its parts and findings; the segments' texts put together are the text.

    Where parts overlap, the first one counts. What reaches past the text is cut off, and what is empty left out.
    """
    size = len(text)
    inside = [one for one in findings if 0 <= one.start < min(one.end, size)]
    bounds = sorted({0, size, *_edges(parts, size), *_edges(inside, size)})
    part_of = [-1] * len(bounds)
    for index in reversed(range(len(parts))):
        for place in _places(bounds, parts[index], size):
            part_of[place] = index
    marks: list[list[Highlight]] = [[] for _ in bounds]
    for one in inside:
        for place in _places(bounds, one, size):
            marks[place].append(one)
    return [
        Segment(
            text=text[start:end],
            kind=parts[part].kind if part >= 0 else "new",
            part=part,
            marks=tuple(lying),
            begins=tuple(one for one in lying if one.start == start),
            ends=tuple(one for one in lying if min(one.end, size) == end),
        )
        for (start, end), part, lying in zip(pairwise(bounds), part_of, marks, strict=False)
    ]


def _edges(ranges: Iterable[Range | Highlight], size: int) -> Iterable[int]:
    return (min(max(edge, 0), size) for one in ranges for edge in (one.start, one.end))


def _places(bounds: list[int], one: Range | Highlight, size: int) -> range:
    """Return the places among the bounds where the segments that a range covers begin."""
    start, end = (min(max(edge, 0), size) for edge in (one.start, one.end))
    return range(bisect_left(bounds, start), bisect_left(bounds, end))
