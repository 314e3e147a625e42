"""The trained model as a detector: what it finds in a document, with the words that show it."""

from collections.abc import Iterator
from functools import cache
from importlib import resources
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
from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.roles import speaks_for_procurement
from detectors.rules import reason
from detectors.windows import setting_of

if TYPE_CHECKING:
    from detectors.reader import Found, Reader

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

# More than any mail has; of a longer text, the sentences that hold most cues are read.
_MOST_SENTENCES = 1500


def trained(document: Document) -> Iterator[Finding]:
    """Find what is implied: the ten signals by the trained model, whatever words they are told in.

    Known false positives: ordinary mail about money, dates and decisions of other people; docs/quality.md counts them.
    """
    return findings(document, shipped())


def findings(document: Document, model: "Reader") -> Iterator[Finding]:
    """Yield what a model finds in a document, at most one finding of a label for each window."""
    read = sentences_read(document)
    found = model.find(
        [document.sentences[index].folded for index in read],
        setting_of(document),
        [document.cues[index] for index in read],
    )
    for one in found:
        if can_show(document, one.label):
            yield finding_of(document, read[one.sentence], one)


def can_show(document: Document, label: str) -> bool:
    """Whether a message can show a label at all; a commitment, only from an author who may not make one."""
    if document.direction not in TABLES[label].directions or not TABLES[label].concerns(document):
        return False
    return label != Label.COMMITMENT or not speaks_for_procurement(document)


@cache
def shipped() -> "Reader":
    """Load the pipeline that ships, once; a process that scores nothing never pays for it."""
    import spacy  # noqa: PLC0415 - takes longer than everything else together

    from detectors.signals import Signals  # noqa: PLC0415 - the same

    with resources.as_file(resources.files("detectors") / "model") as folder:
        component = spacy.load(folder).get_pipe("signals")
    assert isinstance(component, Signals)
    assert component.reader is not None
    return component.reader


def sentences_read(document: Document) -> list[int]:
    """Return the indexes of the sentences that are read, in order: all of them, unless a text is endless."""
    indexes = range(len(document.sentences))
    if len(indexes) <= _MOST_SENTENCES:
        return list(indexes)
    return sorted(sorted(indexes, key=lambda index: -len(document.cues[index]))[:_MOST_SENTENCES])


def finding_of(document: Document, index: int, found: "Found") -> Finding:
    """Say what was found in the sentence of this index as a finding: its words, and the reason for a reader."""
    sentence = document.sentences[index]
    span = sentence.original(found.start, found.end)
    text = document.message.subject if sentence.part else document.message.text
    rule, why = reason(TABLES[found.label], document.line(index))
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
