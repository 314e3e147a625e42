"""What the encoder reads at once: some sentences that stand together.

A short message is one window; a long one several, each beginning with the last sentence of the one before, so that no
sentence loses what it answers to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from detectors.document import Document
from detectors.roles import speaks_for_procurement

# About sixty word pieces: what an encoder costs grows with the length.
_LONGEST = 240
_LONGEST_CARRIED = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Sentences `first` to before `last` as one `text`, which begins with the setting; `starts` are their places."""

    text: str
    first: int
    last: int
    starts: tuple[int, ...]


def setting_of(document: Document) -> str:
    """Say in words what the headers tell of a message: who is on copy is not among it."""
    buyer = "buyer " if speaks_for_procurement(document) else ""
    return f"{document.direction} {document.message.channel} {buyer}: "


def is_one(sentences: Sequence[str]) -> bool:
    """Tell whether they fit into one window."""
    return sum(map(len, sentences)) + len(sentences) <= _LONGEST


def windows(setting: str, sentences: Sequence[str]) -> Iterator[Window]:
    """Yield the windows that together hold every sentence, in order."""
    for first, last in _ranges([len(one) for one in sentences]):
        texts = sentences[first:last]
        starts = tuple(accumulate((len(text) + 1 for text in texts[:-1]), initial=len(setting)))
        yield Window(text=setting + " ".join(texts), first=first, last=last, starts=starts)


def _ranges(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    first, size = 0, 0
    for index, length in enumerate(lengths):
        if index > first and size + length > _LONGEST:
            yield first, index
            carried = lengths[index - 1] <= _LONGEST_CARRIED and index - 1 > first
            first = index - 1 if carried else index
            size = sum(one + 1 for one in lengths[first:index])
        size += length + 1
    if lengths:
        yield first, len(lengths)
