"""A message prepared for detectors: direction, parts, sentences. Made once, read by all."""

from dataclasses import dataclass

from detectors.context import Context
from detectors.language import Sentence, sentences
from messages import CleanText, Counterparty, Direction, Message, PartKind, clean, counterparties_of, direction_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What every detector is given.

    `sentences` are those the author answers for (new text, and what our person forwards outward), first the subject's
    (`part` "subject"), then the text's.
    """

    message: Message
    context: Context
    direction: Direction
    counterparties: tuple[Counterparty, ...]
    text: CleanText
    sentences: tuple[Sentence, ...]


def document(message: Message, context: Context) -> Document:
    """Prepare a message for the detectors."""
    directory = context.directory
    direction = direction_of(message, directory)
    text = clean(message.text, message.quoted)
    kinds = {PartKind.NEW, PartKind.FORWARD} if direction is Direction.OUTBOUND else {PartKind.NEW}
    answered = [
        part
        for part in text.parts
        if part.kind in kinds and not (part.author and directory.counterparty(part.author) is not None)
    ]
    return Document(
        message=message,
        context=context,
        direction=direction,
        counterparties=counterparties_of(message, directory),
        text=text,
        sentences=tuple(one for part in answered for one in sentences(message.text, part.start, part.end)),
    )
