"""The encoder of acts at run time: late layers of its own, behind the trained model's early ones."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from detectors.acts import ACTS, Act, Shown
from detectors.encoder import Glance, Late, Reading
from detectors.judgement import telling_clause
from detectors.windows import Window

FILES = ("late.onnx", "judgement.json")


class Actor:
    """What was trained, from a folder with its files.

    A head of the early layers, weights and bias (4, 385) for the mean and for each piece, with its `limits` (4,), tells
    what need not be read; `slopes` and `shifts` (4,) make confidences of totals. Raises OSError, KeyError and
    ValueError when it is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._late = Late(folder / FILES[0])
        told = json.loads((folder / FILES[1]).read_text("utf-8"))
        whole, pieces, self._limits, self._slopes, self._shifts = (
            np.array([told[name][act] for act in ACTS], np.float32)
            for name in ("early_whole", "early_pieces", "limits", "slopes", "shifts")
        )
        self._whole, self._pieces, self._bases = whole[:, :-1].T, pieces[:, :-1].T, whole[:, -1] + pieces[:, -1]

    def is_promising(self, glance: Glance, act: Act) -> bool:
        """Whether a window may show an act, as far as the early layers tell."""
        at, states = ACTS.index(act), glance.states
        hopes = states.mean(0) @ self._whole[:, at] + (states @ self._pieces[:, at]).max() + self._bases[at]
        return bool(hopes >= self._limits[at])

    def read(self, glance: Glance) -> Reading:
        """Read a window: totals of the four acts, of the whole (4,) and of its pieces (n, 4)."""
        return self._late.read(glance)

    def confidence(self, reading: Reading, act: Act) -> float:
        """Return how surely a window shows an act."""
        at = ACTS.index(act)
        return float(1 / (1 + np.exp(-(self._slopes[at] * reading.whole[at] + self._shifts[at]))))

    def shown(self, window: Window, sentences: Sequence[str], reading: Reading, act: Act) -> Shown:
        """Return where in a window an act shows best."""
        sentence, (start, end) = telling_clause(window, sentences, reading, ACTS.index(act))
        return Shown(confidence=self.confidence(reading, act), sentence=sentence, start=start, end=end)
