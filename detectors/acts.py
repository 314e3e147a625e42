"""What an author does by a sentence (a speech act: Searle, 1969): asks for something, grants terms, promises, gives up.

Detectors that look at who may do so ask for it. An encoder of its own tells: it goes on where the trained model's early
layers end, in the windows that these have read anyway. Trained by detectors/training/acts.py; it knows English alone.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from detectors.document import Document, once
from detectors.patterns import Wording, as_bytes
from detectors.trained import glanced

if TYPE_CHECKING:
    from detectors.actor import Actor
    from detectors.encoder import Reading
    from detectors.windows import Window


class Act(StrEnum):
    """What is done towards another firm."""

    NEED = "need"
    TERMS = "terms"
    PROMISE = "promise"
    PRICE = "price"


ACTS = tuple(Act)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Where an act shows best: the sentence, start and end in its folded text, and how surely (0..1)."""

    confidence: float
    sentence: int
    start: int
    end: int


def shown(document: Document, act: Act, *, least: float = 0.0, within: Wording | None = None) -> Shown | None:
    """Return where the author does it most surely; None where it is less sure, or nothing has a chance to show it.

    Only windows that hold a wording are looked at, where one is given.
    """
    windows = glanced(document)
    if not windows:
        return None
    actor, read = shipped(), _read(document)
    surest: tuple[float, Window, Reading] | None = None
    for window, glance in windows:
        if (within and not within.holds(as_bytes(window.text))) or not actor.is_promising(glance, act):
            continue
        if window.first not in read:
            read[window.first] = actor.read(glance)
        confidence = actor.confidence(read[window.first], act)
        if surest is None or confidence > surest[0]:
            surest = confidence, window, read[window.first]
    if surest is None or surest[0] < least:
        return None
    _, window, reading = surest
    return actor.shown(window, [one.folded for one in document.sentences], reading, act)


def does(document: Document, act: Act, *, least: float, within: Wording | None = None) -> bool:
    """Whether the author does it, at least so surely; see `shown`."""
    return shown(document, act, least=least, within=within) is not None


@cache
def shipped() -> "Actor":
    """Load the encoder that ships, once; a process that scores nothing never pays for it."""
    from detectors.actor import Actor  # noqa: PLC0415 - takes longer than everything else together

    with resources.as_file(resources.files("detectors") / "acts_model") as folder:
        return Actor(folder)


@once
def _read(_: Document) -> "dict[int, Reading]":
    """Return what has been read of a document's windows, by their first sentences."""
    return {}
