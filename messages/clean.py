"""The author's own words: what is new in a message, told apart from quotes, signatures and disclaimers.

Nothing is cut out: the text is divided into parts, each a range over the original, so that a reader can still be shown
the whole and every offset stays true.
"""

from collections.abc import Sequence

from messages.layout import Line, lines_of
from messages.legal import disclaimers
from messages.message import Span
from messages.parts import CleanText, Part, PartKind
from messages.quotes import sections
from messages.sign_offs import signatures

__all__ = ["CleanText", "Part", "PartKind", "clean"]


def clean(text: str, quoted: Sequence[Span] = (), *, subject: str = "", chat: bool = False) -> CleanText:
    """Divide a text into new, quoted, forwarded, signature and disclaimer parts.

    `quoted` are ranges that the message's own markup declares to be quotation; text under an explicit mark of a forward
    stays a forward there. `subject` is the message's own: where it begins with a forward mark ("Fw:", "WG:", "TR:"),
    what stands below a From:/Sent: block is forwarded, not quoted. In a `chat` nobody signs off, and a mail pasted
    there is forwarded.
    """
    if not text:
        return CleanText(text=text, parts=())
    lines = lines_of(text, quoted)
    found: list[Part] = []
    at = 0
    for section in sections(lines, subject, chat=chat):
        first = at
        while at < len(lines) and lines[at].start < section.end:
            at += 1
        if section.kind is PartKind.NEW:
            found.extend(_own(text, section, () if chat else lines[first:at]))
        else:
            found.append(section)
    return CleanText(text=text, parts=tuple(_joined(text, found)))


def _own(text: str, section: Part, lines: Sequence[Line]) -> list[Part]:
    """Divide what the author sent into words, signatures and disclaimers."""
    legal = disclaimers(text, section.start, section.end)
    marked = [
        *((start, end, PartKind.DISCLAIMER) for start, end in legal),
        *((start, end, PartKind.SIGNATURE) for start, end in signatures(lines, legal)),
    ]
    parts: list[Part] = []
    at = section.start
    for start, end, kind in sorted(marked):
        if start > at:
            parts.append(Part(kind=PartKind.NEW, start=at, end=start))
        parts.append(Part(kind=kind, start=start, end=end))
        at = end
    if at < section.end:
        parts.append(Part(kind=PartKind.NEW, start=at, end=section.end))
    return parts


def _joined(text: str, parts: Sequence[Part]) -> list[Part]:
    """Join neighbours of one kind and author, and empty space between parts to the part before it."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        alike = last is not None and (last.kind, last.author) == (part.kind, part.author)
        if last is not None and (alike or (part.kind is PartKind.NEW and text[part.start : part.end].isspace())):
            joined[-1] = Part(kind=last.kind, start=last.start, end=part.end, author=last.author)
        else:
            joined.append(part)
    return joined
