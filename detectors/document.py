"""A message prepared for detectors: direction, parts, sentences. Made once, read by all."""

from dataclasses import dataclass
from itertools import accumulate

from detectors.context import Context
from detectors.language import Sentence, sentences
from messages import (
    Channel,
    CleanText,
    Counterparty,
    Direction,
    Directory,
    Message,
    Part,
    PartKind,
    clean,
    counterparties_of,
    direction_of,
    subject_key,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What every detector is given.

    `sentences` are those the author answers for (new text, and what our person forwards outward), first the subject's
    (`part` "subject"), then the text's. `lines` are the same sentences for searching: folded, one a line, one byte a
    character; sentence `i` begins at `line_starts[i]`.
    """

    message: Message
    context: Context
    direction: Direction
    counterparties: tuple[Counterparty, ...]
    text: CleanText
    sentences: tuple[Sentence, ...]
    lines: bytes
    line_starts: tuple[int, ...]

    def line(self, first: int, stop: int | None = None) -> bytes:
        """Return sentence `first` as it stands in `lines`, or the sentences from `first` to before `stop`."""
        last = len(self.line_starts) if stop is None else min(stop, len(self.line_starts))
        begin = self.line_starts[max(first, 0)]
        if stop is None:
            last = min(first + 1, last)
        end = self.line_starts[last] - 1 if last < len(self.line_starts) else len(self.lines)
        return self.lines[begin:end]


def prepare(message: Message, context: Context) -> Document:
    """Make a message ready for the detectors."""
    direction = direction_of(message, context.directory)
    text = clean(message.text, message.quoted)
    cut = [
        *_subject(message),
        *(
            one
            for part in _answered(text, direction, context.directory)
            for one in sentences(message.text, part.start, part.end)
        ),
    ]
    return Document(
        message=message,
        context=context,
        direction=direction,
        counterparties=counterparties_of(message, context.directory),
        text=text,
        sentences=tuple(cut),
        # cp1252 holds the signs that rules need (€, °, µ, ±) and keeps one byte a character, replaced ones included.
        lines="\n".join(one.folded for one in cut).encode("cp1252", "replace"),
        line_starts=tuple(accumulate((len(one.folded) + 1 for one in cut[:-1]), initial=0)),
    )


def _subject(message: Message) -> tuple[Sentence, ...]:
    """Return a mail's own subject; a reply's or forward's was somebody else's, and a channel's name says nothing."""
    subject = message.subject
    if message.channel is not Channel.EMAIL or subject_key(subject) != " ".join(subject.casefold().split()):
        return ()
    return tuple(sentences(subject, 0, len(subject), part="subject"))


def _answered(text: CleanText, direction: Direction, directory: Directory) -> tuple[Part, ...]:
    kinds = {PartKind.NEW, PartKind.FORWARD} if direction is Direction.OUTBOUND else {PartKind.NEW}
    return tuple(
        part
        for part in text.parts
        if part.kind in kinds and not (part.author and directory.counterparty(part.author) is not None)
    )
