"""From text to sentences, with every offset in the original text."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence: `start`/`end` index the original, `folded` is the text that rules read.

    `folded` has the look-alike letters folded, zero-width characters dropped and hard-wrapped lines joined;
    `original(start, end)` maps a range of it back.
    """

    start: int
    end: int
    folded: str
    part: str = ""


def sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    """Cut `text[start:end]` into sentences."""
    yield Sentence(start=start, end=end, folded=text[start:end])
