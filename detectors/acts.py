"""What an author does by a sentence (a speech act: Searle, 1969): asks for something, grants terms, promises, gives up.

Detectors that look at who may do so ask for it. An encoder of its own tells: it goes on where the trained model's early
layers end, in the windows that these have read anyway, and in German ones, which they read for it alone. Trained by
detectors/training/acts.py; it knows English and German.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from detectors.document import Document, in_every_language, once
from detectors.language import Sentence
from detectors.patterns import Wording, as_bytes
from detectors.trained import glanced, glanced_at

if TYPE_CHECKING:
    from detectors.actor import Actor
    from detectors.encoder import Glance, Reading
    from detectors.windows import Window


class Act(StrEnum):
    """What is done towards another firm."""

    NEED = "need"
    TERMS = "terms"
    PROMISE = "promise"
    PRICE = "price"


ACTS = tuple(Act)
_GERMAN = "de"
# Of a long text in German no more is read: each window takes a millisecond.
_MOST_IN_GERMAN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Where an act shows best: the sentence, start and end in its folded text, and how surely (0..1)."""

    confidence: float
    sentence: Sentence
    start: int
    end: int


def shown(document: Document, act: Act, *, least: float = 0.0, within: Wording | None = None) -> Shown | None:
    """Return where the author does it most surely; None where it is less sure, or nothing has a chance to show it.

    Only windows that hold a wording are looked at, where one is given.
    """
    windows = _windows(document)
    if not windows:
        return None
    actor, looks = shipped(), _looks(document)
    surest: tuple[float, _Look] | None = None
    for window, glance in windows:
        if within and not within.holds(as_bytes(window.text)):
            continue
        look = looks.get(window.first)
        if look is None:
            look = looks[window.first] = _Look(window, actor.promising(window))
        if act in look.promising:
            look.reading = look.reading or actor.read(glance)
            confidence = actor.confidence(look.reading, act)
            if surest is None or confidence > surest[0]:
                surest = confidence, look
    if surest is None or surest[0] < least:
        return None
    return _placed(document, act, *surest)


def _placed(document: Document, act: Act, confidence: float, look: "_Look") -> Shown:
    assert look.reading
    sentences = in_every_language(document).sentences if _is_german(document) else document.sentences
    folded = [one.folded for one in sentences]
    index, start, end = shipped().place(look.window, folded, look.reading, act)
    return Shown(confidence=confidence, sentence=sentences[index], start=start, end=end)


def does(document: Document, act: Act, *, least: float, within: Wording | None = None) -> bool:
    """Whether the author does it, at least so surely; see `shown`."""
    return shown(document, act, least=least, within=within) is not None


@cache
def shipped() -> "Actor":
    """Load the encoder that ships, once; a process that scores nothing never pays for it."""
    from detectors.actor import Actor  # noqa: PLC0415 - takes longer than everything else together

    with resources.as_file(resources.files("detectors") / "acts_model") as folder:
        return Actor(folder)


def is_looked_at(document: Document) -> bool:
    """Whether acts are looked for anywhere in a message."""
    return _is_german(document) or bool(glanced(document))


def _is_german(document: Document) -> bool:
    """Whether most of it is left out by the trained model, as German."""
    if _GERMAN not in document.languages_not_assessed:
        return False
    return 2 * len(document.sentences) <= len(document.every_sentence)


@once
def _windows(document: Document) -> "list[tuple[Window, Glance]]":
    """Return the windows that acts are looked for in: those that were read anyway, or the first of a German text."""
    if _is_german(document):
        return list(glanced_at(in_every_language(document), most=_MOST_IN_GERMAN))
    return glanced(document)


@dataclass(slots=True)
class _Look:
    """A window, the acts that it may show, and what was read there, if it was."""

    window: "Window"
    promising: frozenset[Act]
    reading: "Reading | None" = None


@once
def _looks(_: Document) -> dict[int, _Look]:
    """Return what has been seen of a document's windows, by their first sentences."""
    return {}
