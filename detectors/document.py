"""A message prepared for detectors: direction, parts, sentences. Made once, read by all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from itertools import accumulate
from typing import Any, TypeVar

from detectors.context import Context
from detectors.finding import Finding
from detectors.language import Sentence, sentences
from detectors.patterns import as_bytes
from detectors.tongues import parted
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
    is_answer,
)

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What every detector is given.

    `sentences` are those the author answers for (new text, and what our person forwards outward), first the subject's
    (`part` "subject"), then the text's. `lines` are the same sentences for searching: folded, one a line, one byte a
    character; sentence `i` begins at `line_starts[i]`. Sentences in `languages_not_assessed` (BCP 47) are left out:
    most patterns are English; `every_sentence` has them. `answered` are the parts of the text that they are cut from.
    `findings` are those of the detectors that read the text, for those that look at who is there. `memo` keeps what was
    worked out of the rest once, for all detectors: see `once`.
    """

    message: Message
    context: Context
    direction: Direction
    counterparties: tuple[Counterparty, ...]
    text: CleanText
    answered: tuple[Part, ...]
    sentences: tuple[Sentence, ...]
    lines: bytes
    line_starts: tuple[int, ...]
    languages_not_assessed: tuple[str, ...] = ()
    every_sentence: tuple[Sentence, ...] = ()
    findings: tuple[Finding, ...] = ()
    memo: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False, compare=False)

    def line(self, index: int) -> bytes:
        """Return a sentence as it stands in `lines`."""
        last = index + 1 == len(self.line_starts)
        return self.lines[self.line_starts[index] : len(self.lines) if last else self.line_starts[index + 1] - 1]


def once(function: Callable[[Document], Answer]) -> Callable[[Document], Answer]:
    """Let a function of a document be worked out once for each message; it must not look at `findings`."""

    @wraps(function)
    def remembered(document: Document) -> Answer:
        memo = document.memo
        if function not in memo:
            memo[function] = function(document)
        answer: Answer = memo[function]
        return answer

    return remembered


def keep(function: Callable[[Document], Answer], document: Document, answer: Answer) -> None:
    """Keep what a function that is worked out `once` answers of a message, where it is known already."""
    document.memo[function.__wrapped__] = answer  # type: ignore[attr-defined]


def prepare(message: Message, context: Context) -> Document:
    """Make a message ready for the detectors."""
    direction = direction_of(message, context.directory)
    text = clean(message.text, message.quoted, subject=message.subject, chat=message.channel is Channel.SLACK)
    own = _answered(text, direction, context.directory)
    every = own_sentences(message, own)
    cut, foreign = parted((one, one.folded) for one in every)
    lines, starts = _lines(cut)
    return Document(
        message=message,
        context=context,
        direction=direction,
        counterparties=counterparties_of(message, context.directory),
        text=text,
        answered=own,
        sentences=tuple(cut),
        lines=lines,
        line_starts=starts,
        languages_not_assessed=foreign,
        every_sentence=tuple(every),
    )


def in_every_language(document: Document) -> Document:
    """Return the document with the sentences that were left out for their language, for patterns that know it."""
    return _with_every_sentence(document) if document.languages_not_assessed else document


@once
def _with_every_sentence(document: Document) -> Document:
    lines, starts = _lines(document.every_sentence)
    # With a memo of its own: one that kept the document, and was kept by it, would be garbage to be looked for.
    return replace(document, sentences=document.every_sentence, lines=lines, line_starts=starts, memo={})


def _lines(cut: Sequence[Sentence]) -> tuple[bytes, tuple[int, ...]]:
    """Return sentences for searching, one a line, and where each begins."""
    lines = [as_bytes(one.folded) for one in cut]
    return b"\n".join(lines), tuple(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))


def own_sentences(message: Message, parts: Iterable[Part]) -> list[Sentence]:
    """Cut the parts that the author answers for into sentences of whatever language, the subject's first."""
    return [*_subject(message), *(one for part in parts for one in sentences(message.text, part.start, part.end))]


def _subject(message: Message) -> tuple[Sentence, ...]:
    """Return a mail's own subject; a reply's or forward's was somebody else's, and a channel's name says nothing."""
    subject = message.subject
    if message.channel is not Channel.EMAIL or is_answer(subject):
        return ()
    return tuple(sentences(subject, 0, len(subject), part="subject"))


def _answered(text: CleanText, direction: Direction, directory: Directory) -> tuple[Part, ...]:
    """Return the parts of a text that its author answers for."""
    kinds = {PartKind.NEW, PartKind.FORWARD} if direction is Direction.OUTBOUND else {PartKind.NEW}
    return tuple(
        part
        for part in text.parts
        if part.kind in kinds and not (part.author and directory.counterparty(part.author) is not None)
    )
