"""From the totals of encoder and screen to a calibrated confidence for each label, and to the words that show it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detectors.encoder import Reading
from detectors.finding import Label
from detectors.language import clauses
from detectors.windows import Window

LABELS: tuple[str, ...] = tuple(label.value for label in Label)
ANY = len(LABELS)
# The mean total of a clause's word pieces from which on it belongs to the evidence, too.
_JOINS = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How totals are weighed.

    `weights` (10, 5): for each label what the encoder's total, the encoder's total for any label, the screen's and the
    screen's for any are worth, and the base. `least`: the screen's total for any below which a sentence is passed over;
    `least_alone`: the same where the whole message is one window, which costs little to read.
    """

    weights: NDArray[np.float64]
    least: float
    least_alone: float

    def confidences(self, whole: NDArray[np.float32], screened: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return how sure each of the ten labels is (0..1), from a window's totals and its sentences' highest."""
        seen = evidence_of(whole, screened)
        totals: NDArray[np.float64] = (seen * self.weights).sum(1)
        return 1 / (1 + np.exp(-totals))

    def to_disk(self, path: Path) -> None:
        """Write it as JSON."""
        weights = dict(zip(LABELS, self.weights.round(4).tolist(), strict=True))
        told = {"least": self.least, "least_alone": self.least_alone, "weights": weights}
        path.write_text(json.dumps(told, indent=1) + "\n", "utf-8")

    @classmethod
    def from_disk(cls, path: Path) -> "Judgement":
        """Read what was written."""
        told = json.loads(path.read_text("utf-8"))
        weights = np.array([told["weights"][label] for label in LABELS])
        return cls(weights=weights, least=float(told["least"]), least_alone=float(told["least_alone"]))


def evidence_of(whole: NDArray[np.float32], screened: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return what is weighed, (10, 5); far below zero, a total says no more by being lower still."""
    encoder, screen = np.maximum(whole, -6.0), np.maximum(screened, -6.0)
    columns = (encoder[:ANY], np.full(ANY, encoder[ANY]), screen[:ANY], np.full(ANY, screen[ANY]), np.ones(ANY))
    return np.stack(columns, axis=1).astype(np.float64)


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
