"""The trained model as a detector: what it finds in a document, with the words that show it."""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import islice
from typing import TYPE_CHECKING

from detectors import (
    budget,
    commitment,
    competitor,
    decision,
    elicitation,
    innovation,
    leverage,
    sidestep,
    specification,
    timeline,
)
from detectors.document import Document, keep, once
from detectors.finding import SHOWN_IN, Finding, Label
from detectors.roles import speaks_for_procurement
from detectors.rules import reason
from detectors.windows import setting_of, windows

if TYPE_CHECKING:
    from detectors.encoder import Glance
    from detectors.reader import Found, Reader
    from detectors.windows import Window

TABLES = {
    one.TABLE.label: one.TABLE
    for one in (
        specification,
        budget,
        timeline,
        innovation,
        leverage,
        competitor,
        decision,
        commitment,
        sidestep,
        elicitation,
    )
}


def trained(document: Document) -> Iterator[Finding]:
    """Find what is implied: the ten signals by the trained model, whatever words they are told in.

    Known false positives: ordinary mail about money, dates and decisions of other people; docs/quality.md counts them.
    """
    return findings(document, shipped())


def findings(document: Document, model: "Reader") -> Iterator[Finding]:
    """Yield what a model finds in a document, at most one finding of a label for each window."""
    seen: list[tuple[Window, Glance]] = []
    keep(glanced, document, seen)
    for one in model.find([sentence.folded for sentence in document.sentences], setting_of(document), glances=seen):
        if can_show(document, one.label):
            yield finding_of(document, one)


@once
def glanced(document: Document) -> "list[tuple[Window, Glance]]":
    """Return the windows that the shipped model's early layers read, and what they say."""
    return list(shipped().glances([sentence.folded for sentence in document.sentences], setting_of(document)))


def glanced_at(document: Document, *, most: int) -> "Iterator[tuple[Window, Glance]]":
    """Yield a message's first windows, whatever the screen says of them, and what the early layers say."""
    encoder, folded = shipped().encoder, [sentence.folded for sentence in document.sentences]
    for window in islice(windows(setting_of(document), folded), most):
        yield window, encoder.glance(window.text)


def can_show(document: Document, label: str) -> bool:
    """Whether a message can show a label at all; a commitment, only from an author who may not make one."""
    if label not in SHOWN_IN[document.direction]:
        return False
    return label != Label.COMMITMENT or not speaks_for_procurement(document)


@cache
def shipped() -> "Reader":
    """Load the reader of the pipeline that ships, once; a process that scores nothing never pays for it.

    The pipeline around it (`signals.Signals`) takes longer to load, and is not needed here.
    """
    from detectors.reader import Reader  # noqa: PLC0415 - takes longer than everything else together

    with resources.as_file(resources.files("detectors") / "model") as folder:
        return Reader.from_disk(folder / "signals")


def finding_of(document: Document, found: "Found") -> Finding:
    """Say what was found as a finding: its words, and the reason for a reader."""
    sentence = document.sentences[found.sentence]
    span = sentence.original(found.start, found.end)
    text = document.message.subject if sentence.part else document.message.text
    rule, why = reason(TABLES[found.label], document.line(found.sentence))
    return Finding(
        label=found.label,
        start=span.start,
        end=span.end,
        quote=text[span.start : span.end],
        confidence=round(found.confidence, 3),
        reason=why,
        detector="trained",
        rule=rule or "model",
        part=sentence.part,
    )
