"""What is put around and between words for the eye: marks of emphasis, pictures."""

import re
from collections.abc import Iterator

from messages.fold import Replacement

_MARKS = re.compile(r"[*_~`]+")
_OPENS_BEFORE, _CLOSES_BEHIND = "\"'([€$£", "\"')].!?%"
_SAYS = re.compile(r"[^\W_]")
_SHORT_NAME = r":(?:[a-z][a-z0-9_'+-]{1,40}|\+1|-1|100):"
_PICTURES = re.compile(rf"(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]|{_SHORT_NAME})+")
_FEWEST_STREWN = 2


def emphasis(text: str) -> Iterator[Replacement]:
    """Find the marks of *bold*, _underlined_, ~struck~ and `code` words among others.

    Around all that a text says they disturb nothing, except for underscores, which belong to a word, and code.
    """
    said = [one.start() for one in _SAYS.finditer(text)] if _MARKS.search(text) else []
    opened: dict[str, tuple[int, int]] = {}
    found: list[tuple[int, int]] = []
    for marks in _MARKS.finditer(text) if said else ():
        before, after = text[: marks.start()][-1:], text[marks.end() : marks.end() + 1]
        if marks[0] in opened and _closes(before, after):
            start, end = opened.pop(marks[0])
            if marks[0][0] in "_`" or said[0] < start or marks.end() < said[-1]:
                found += [(start, end), marks.span()]
        elif _opens(before, after):
            opened[marks[0]] = marks.span()
    for start, end in sorted(found):
        yield start, end, ""


def _opens(before: str, after: str) -> bool:
    return not before.isalnum() and bool(after) and (after.isalnum() or after in _OPENS_BEFORE)


def _closes(before: str, after: str) -> bool:
    return not after.isalnum() and (before.isalnum() or before in _CLOSES_BEHIND)


def pictures(text: str) -> Iterator[Replacement]:
    """Find :named: pictures between words, and emoji where several are strewn; a single one ends a thought."""
    if text.isascii() and ":" not in text:
        return
    found = [one.span() for one in _PICTURES.finditer(text)]
    ends, starts = [0, *(end for _, end in found)], [*(start for start, _ in found), len(text)]
    saying = [i for i, (end, start) in enumerate(zip(ends, starts, strict=True)) if _SAYS.search(text, end, start)]
    between = found[saying[0] : saying[-1]] if saying else []
    strewn = len(between) >= _FEWEST_STREWN
    for start, end in between:
        if strewn or text[start:end].isascii():
            yield start, end, " "
