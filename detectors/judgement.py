"""From the totals of encoder and screen to a calibrated confidence for each label, and to the words that show it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detectors.encoder import Glance, Reading
from detectors.finding import Label
from detectors.language import clauses
from detectors.screen import hopes
from detectors.windows import Window
from messages import Direction

LABELS: tuple[str, ...] = tuple(label.value for label in Label)
ANY = len(LABELS)
# The mean total of a clause's word pieces from which on it belongs to the evidence, too.
_JOINS = 0.0
_LOWEST = -6.0
_SCREEN_SHARE = 0.5
COLUMNS = 31
_LIMITS = ("least", "least_short", "least_promise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How totals are weighed.

    `slopes` (COLUMNS,): what each column of `evidence_of` is worth, to all labels alike; `bases` (10,): what each label
    has without. `least`: how promising (`screen.hopes`) a sentence must be, else it is passed over; `least_short`: the
    same in a message of up to 600 characters, which costs little to read. `least_promise`: the same after the
    encoder's early layers, else it reads no further; half of what the screen hopes is added there.
    """

    slopes: NDArray[np.float64]
    bases: NDArray[np.float64]
    least: float
    least_short: float
    least_promise: float

    def goes_on(self, glance: Glance, hope: float, setting: str) -> bool:
        """Tell whether a window of which the screen has some hope deserves to be read to the end."""
        [promise] = hopes(glance.promise[None], setting)
        return bool(promise + _SCREEN_SHARE * hope >= self.least_promise)

    def confidences(self, evidence: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how sure each of the ten labels is (0..1), from what `evidence_of` returns of a window."""
        return 1 / (1 + np.exp(-(evidence @ self.slopes + self.bases)))

    def to_disk(self, path: Path) -> None:
        """Write it as JSON."""
        told = {name: getattr(self, name) for name in _LIMITS}
        told["slopes"] = self.slopes.round(4).tolist()
        told["bases"] = dict(zip(LABELS, self.bases.round(4).tolist(), strict=True))
        path.write_text(json.dumps(told, indent=1) + "\n", "utf-8")

    @classmethod
    def from_disk(cls, path: Path) -> "Judgement":
        """Read what was written. Raises OSError, KeyError and ValueError when it is damaged."""
        told = json.loads(path.read_text("utf-8"))
        limits = {name: float(told[name]) for name in _LIMITS}
        slopes, bases = np.array(told["slopes"]), np.array([told["bases"][one] for one in LABELS])
        if slopes.shape != (COLUMNS,) or not np.isfinite([*slopes, *bases, *limits.values()]).all():
            raise ValueError("the judgement is damaged")
        return cls(slopes=slopes, bases=bases, **limits)


def evidence_of(
    reading: Reading, screened: NDArray[np.float32], setting: str, *, is_alone: bool
) -> NDArray[np.float64]:
    """Return what is weighed for each label, (10, COLUMNS); `screened` are the totals of the window's sentences.

    Of the encoder and of the screen: the total for the label and the highest for another. Then what is the same for all
    labels: the totals for any, how promising the window is, the direction, how many word pieces there are, whether it
    is the whole message, and all ten totals of both. Far below zero, a total says no more by being lower still.
    """
    encoder, screen = np.maximum(reading.whole, _LOWEST), np.maximum(screened.max(0), _LOWEST)
    common = [
        *(encoder[ANY], screen[ANY], hopes(screened, setting).max()),
        *(setting.startswith(Direction.OUTBOUND), setting.startswith(Direction.INTERNAL)),
        *(len(reading.places), is_alone),
        *(*encoder[:ANY], *screen[:ANY]),
    ]
    own = (encoder[:ANY], screen[:ANY], _highest_others(encoder[:ANY]), _highest_others(screen[:ANY]))
    return np.column_stack([*own, np.tile(np.array(common, np.float64), (ANY, 1))])


def _highest_others(totals: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return for each total the highest of all others."""
    second, first = np.argsort(totals)[-2:]
    others = np.full(len(totals), totals[first])
    others[first] = totals[second]
    return others


def telling_clause(
    window: Window, sentences: Sequence[str], reading: Reading, label: int
) -> tuple[int, tuple[int, int]]:
    """Return which sentence shows a label, and the clause of it (start, end) that shows it best.

    The clause holds the most telling word piece; the next one joins it when it tells nearly as much.
    """
    totals = reading.pieces[:, label]
    own = [at for at, (start, end) in enumerate(reading.places) if end > start >= window.starts[0]]
    foremost = max(own, key=totals.__getitem__, default=None)
    if foremost is None:
        return window.first, (0, len(sentences[window.first]))
    place = reading.places[foremost][0]
    at = max(index for index, start in enumerate(window.starts) if start <= place)
    sentence, start = sentences[window.first + at], window.starts[at]
    cut = clauses(sentence)
    worth = [_worth(reading, totals, start + begin, start + end) for begin, end in cut]
    best = next((index for index, (_, end) in enumerate(cut) if place - start < end), len(cut) - 1)
    first = last = best
    while first > 0 and worth[first - 1] >= _JOINS:
        first -= 1
    while last + 1 < len(cut) and worth[last + 1] >= _JOINS:
        last += 1
    return window.first + at, (cut[first][0], cut[last][1])


def _worth(reading: Reading, totals: NDArray[np.float32], begin: int, end: int) -> float:
    inside = [at for at, (start, stop) in enumerate(reading.places) if start < end and begin < stop and stop > start]
    return float(totals[inside].mean()) if inside else -np.inf
