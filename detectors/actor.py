"""The encoder of acts at run time: late layers of its own, behind the trained model's early ones."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from detectors.acts import ACTS, Act
from detectors.encoder import Glance, Late, Reading
from detectors.judgement import telling_clause
from detectors.screen import Screen
from detectors.windows import Window

FILES = ("late.onnx", "judgement.json", "screen/vocabulary.json.gz", "screen/worth.npz")


class Actor:
    """What was trained, from a folder with its files.

    A screen of words tells what need not be read: windows below its `limits` (4,); `slopes` and `shifts` (4,) make
    confidences of totals. Raises OSError, KeyError, EOFError and ValueError when it is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._late, self._screen = Late(folder / FILES[0]), Screen.from_disk(folder / "screen")
        told = json.loads((folder / FILES[1]).read_text("utf-8"))
        self._limits, self._slopes, self._shifts = (
            np.array([told[name][act] for act in ACTS], np.float32) for name in ("limits", "slopes", "shifts")
        )

    def promising(self, window: Window) -> frozenset[Act]:
        """Return the acts that a window may show, as far as its words tell."""
        hopes = self._screen.worded(words_of(window)) >= self._limits
        return frozenset(act for act, may in zip(ACTS, hopes.tolist(), strict=True) if may)

    def read(self, glance: Glance) -> Reading:
        """Read a window: totals of the four acts, of the whole (4,) and of its pieces (n, 4)."""
        return self._late.read(glance)

    def confidence(self, reading: Reading, act: Act) -> float:
        """Return how surely a window shows an act."""
        at = ACTS.index(act)
        return float(1 / (1 + np.exp(-(self._slopes[at] * reading.whole[at] + self._shifts[at]))))

    def place(self, window: Window, sentences: Sequence[str], reading: Reading, act: Act) -> tuple[int, int, int]:
        """Return where in a window an act shows best: the sentence's number, start and end in it."""
        sentence, (start, end) = telling_clause(window, sentences, reading, ACTS.index(act))
        return sentence, start, end


def words_of(window: Window) -> str:
    """Return a window's text without the setting."""
    return window.text[window.starts[0] :]
