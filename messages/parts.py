"""What a message's text is made of: parts, each a range over the original."""

from dataclasses import dataclass
from enum import StrEnum


class PartKind(StrEnum):
    """What a stretch of a message is."""

    NEW = "new"
    QUOTE = "quote"
    FORWARD = "forward"
    SIGNATURE = "signature"
    DISCLAIMER = "disclaimer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A range of the text with its kind, end exclusive.

    `author` is the lower-cased address that the header of a quote or forward names, where it names one.
    """

    kind: PartKind
    start: int
    end: int
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanText:
    """A text and its parts; together they cover the whole text, in order, without overlap."""

    text: str
    parts: tuple[Part, ...]

    def of(self, *kinds: PartKind) -> tuple[Part, ...]:
        """Return the parts of these kinds, in order."""
        return tuple(part for part in self.parts if part.kind in kinds)

    def joined(self, *kinds: PartKind) -> str:
        """Return the text of these kinds with nothing in between."""
        return "".join(self.text[part.start : part.end] for part in self.of(*kinds))
