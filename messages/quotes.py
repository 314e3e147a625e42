"""Which lines of a message are its author's own and which repeat somebody else's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum, auto

from messages.headers import Header, HeaderKind, candidates, header_at, is_end_mark
from messages.layout import Line
from messages.parts import Part, PartKind
from messages.thread import is_answer, is_forwarded


class _Reach(StrEnum):
    """How far the section under way reaches."""

    OWN = auto()  # the author's words, up to the next quoted line or header
    MARKED = auto()  # as long as lines are quoted
    REST = auto()  # to the end of the message


@dataclass(slots=True, kw_only=True)
class _Walk:
    """Where the walk down the lines stands.

    `below` holds for every line the depth of the next one with words, itself included; `authors` whom the headers
    named, by the depth of what they wrote.
    """

    forwarding: bool
    answering: bool
    chat: bool
    below: Sequence[int]
    kind: PartKind = PartKind.NEW
    reach: _Reach = _Reach.OWN
    authors: dict[int, str] = field(default_factory=dict)
    said: bool = False


def sections(lines: Sequence[Line], subject: str, *, chat: bool = False) -> list[Part]:
    """Divide lines into new, quoted and forwarded parts, in order, covering all of them.

    A quote whose lines are marked ends with them, what follows is an answer; an unmarked one goes on to the end. Every
    header inside a quote or forward begins a part of its own, with its own author. A mail pasted into a `chat` is there
    to be read: a forward.
    """
    walk = _Walk(
        forwarding=chat or is_forwarded(subject),
        answering=chat or not subject or is_answer(subject),
        chat=chat,
        below=_depths_below(lines),
    )
    hopeful = candidates(lines)
    parts: list[Part] = []
    i = 0
    while i < len(lines):
        header = header_at(lines, i) if i in hopeful else None
        if header is not None and _counts(walk, lines, header):
            kind, author = _enter(walk, lines, header)
            after = header.after
        else:
            kind, author = _go_on(walk, lines, i)
            after = i + 1
        start, end = lines[i].start, lines[after - 1].end
        if parts and (parts[-1].kind, parts[-1].author) == (kind, author):
            start = parts.pop().start
        parts.append(Part(kind=kind, start=start, end=end, author=author))
        i = after
    return parts


def _counts(walk: _Walk, lines: Sequence[Line], header: Header) -> bool:
    """Whether a header begins a section here; an unsure one does only above marked lines."""
    return header.sure or walk.below[header.after] > lines[header.first].depth


def _enter(walk: _Walk, lines: Sequence[Line], header: Header) -> tuple[PartKind, str]:
    """Take the step into what a header announces; return the kind and author of the header itself."""
    depth = lines[header.first].depth
    below = walk.below[header.after]
    leaving = walk.reach is _Reach.MARKED and depth == 0
    if walk.reach is _Reach.OWN or leaving:
        walk.kind = _announced(walk, header)
        walk.reach = _reach(lines, header, depth, below)
        walk.authors = {}
        if header.kind is HeaderKind.REPLY and walk.reach is _Reach.REST and not walk.said:
            # Nothing was said above: this is a reply below its quote's header, or a quote that lost its marks.
            walk.reach = _Reach.OWN
            return PartKind.QUOTE, header.author
    deepest = depth + 1 if header.kind is HeaderKind.REPLY and below > depth else depth
    walk.authors = {at: name for at, name in walk.authors.items() if at < deepest} | {deepest: header.author}
    return walk.kind, header.author


def _announced(walk: _Walk, header: Header) -> PartKind:
    if header.kind is HeaderKind.FORWARD:
        return PartKind.FORWARD
    # A mail of another subject without a word of its own passes on what it holds.
    bare = not walk.said and not walk.answering and header.kind is HeaderKind.BLOCK
    forwarded = bare or (walk.forwarding and header.kind is not HeaderKind.REPLY)
    return PartKind.FORWARD if forwarded else PartKind.QUOTE


def _reach(lines: Sequence[Line], header: Header, depth: int, below: int) -> _Reach:
    if depth > 0:
        return _Reach.MARKED
    bare_forward = header.kind is HeaderKind.FORWARD and header.after > header.first + 1
    if below > 0 and not (bare_forward and lines[header.after - 1].depth == 0):
        return _Reach.MARKED
    return _Reach.REST


def _go_on(walk: _Walk, lines: Sequence[Line], i: int) -> tuple[PartKind, str]:
    """Return the kind and author of a line that is no header."""
    line = lines[i]
    if walk.reach is _Reach.REST:
        if walk.kind is PartKind.FORWARD and line.words.startswith("-") and is_end_mark(line.words):
            walk.reach = _Reach.OWN
            return walk.kind, ""
        return walk.kind, _author(walk, line.depth)
    if line.depth > 0:
        if walk.reach is _Reach.OWN:
            walk.reach, walk.authors = _Reach.MARKED, {}
            walk.kind = PartKind.FORWARD if walk.forwarding and not walk.chat else PartKind.QUOTE
        return walk.kind, _author(walk, line.depth)
    if walk.reach is _Reach.MARKED:
        if not line.words and walk.below[i + 1] > 0:
            return walk.kind, _author(walk, 1)
        walk.reach = _Reach.OWN
    walk.said = walk.said or bool(line.words)
    return PartKind.NEW, ""


def _author(walk: _Walk, depth: int) -> str:
    """Return who wrote the text at a depth: whom the nearest header around it names."""
    for at in range(min(depth, 60), -1, -1):
        if at in walk.authors:
            return walk.authors[at]
    return ""


def _depths_below(lines: Sequence[Line]) -> list[int]:
    below = [0] * (len(lines) + 1)
    for i in range(len(lines) - 1, -1, -1):
        below[i] = lines[i].depth if lines[i].words else below[i + 1]
    return below
