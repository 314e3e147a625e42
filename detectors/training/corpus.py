"""The labelled messages, as windows that the model learns from."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detectors.context import Context
from detectors.document import Document, prepare
from detectors.judgement import ANY
from detectors.screen import Screen
from detectors.spelling import respelled
from detectors.windows import Window, is_one, setting_of, windows
from messages import Channel, Directory, Message, Participant
from messages.fold import fold

CORPUS = Path(__file__).parent / "corpus"
OWN_DOMAIN = "ourco.example"
_CONTEXT = Context(directory=Directory(own_domains=(OWN_DOMAIN,)))

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A window of a labelled message: for each label it shows, where in its text the evidence stands.

    `highest` is the screen's highest total for any signal among its sentences; `alone` is a message of one window.
    """

    window: Window
    highest: float
    alone: bool
    evidence: Mapping[str, tuple[int, int]]
    labels: tuple[str, ...]


def writers(folder: Path = CORPUS) -> list[str]:
    """Name the files, each by its own writer."""
    return sorted(path.stem for path in folder.glob("*.jsonl"))


def records(writer: str, folder: Path = CORPUS) -> list[Record]:
    """Read a writer's messages."""
    return [json.loads(line) for line in (folder / f"{writer}.jsonl").read_text("utf-8").splitlines() if line.strip()]


def message_of(record: Record) -> Message:
    """Turn a labelled record into a message."""
    return Message(
        id=record["id"],
        channel=Channel(record["channel"]),
        sender=Participant(address=record["from"]),
        to=tuple(Participant(address=one) for one in record["to"]),
        cc=tuple(Participant(address=one) for one in record["cc"]),
        subject=record["subject"] or "",
        text=record["text"],
    )


def document_of(record: Record) -> Document:
    """Prepare a labelled record as the service prepares a message."""
    return prepare(message_of(record), _CONTEXT)


def examples(record: Record, screen: Screen) -> Iterator[Example]:
    """Yield the windows of a record with the evidence that stands in each."""
    document = document_of(record)
    setting, sentences = setting_of(document), [one.folded for one in document.sentences]
    totals = screen.totals(sentences, setting)[:, ANY]
    for window in windows(setting, sentences):
        evidence = {label: place for label in record["labels"] if (place := _place(record, label, document, window))}
        yield Example(
            window=window,
            highest=float(totals[window.first : window.last].max()),
            alone=is_one(sentences),
            evidence=evidence,
            labels=tuple(record["labels"]),
        )


def _place(record: Record, label: str, document: Document, window: Window) -> tuple[int, int] | None:
    """Return where the evidence stands in a window's text; None where it stands in another window."""
    quote = record["evidence"][label]
    begin = record["text"].find(quote)
    end = begin + len(quote)
    inside = [
        index
        for index in range(window.first, window.last)
        if not document.sentences[index].part
        and document.sentences[index].start < end
        and begin < document.sentences[index].end
    ]
    if not inside:
        return None
    plain = " ".join(respelled(fold(quote)).text.split())
    start = window.starts[inside[0] - window.first]
    stop = window.starts[inside[-1] - window.first] + len(document.sentences[inside[-1]].folded)
    at = window.text.find(plain, start, stop)
    return (start, stop) if at < 0 else (at, at + len(plain))
