"""The trained model, whole: the screen reads every sentence, the encoder the windows that hold a promising one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detectors.encoder import Encoder
from detectors.judgement import ANY, LABELS, Judgement, telling_clause
from detectors.screen import Screen
from detectors.windows import ALONE, Window, windows

# No policy looks below.
LEAST_CONFIDENCE = 0.05
# Of a message that is longer than any mail people write, what the screen finds most promising is read.
_MOST_WINDOWS = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A label in a window: which sentence shows it, and where in the sentence, start and end."""

    label: str
    confidence: float
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What was trained, put together. `setting` is that of `windows.setting_of`, `cues` those of each sentence."""

    screen: Screen
    encoder: Encoder
    judgement: Judgement

    def find(self, sentences: Sequence[str], setting: str, cues: Sequence[tuple[int, ...]]) -> Iterator[Found]:
        """Yield the labels of each window that has one, from LEAST_CONFIDENCE on."""
        screened = self.screened(sentences, setting, cues)
        chosen = self.promising(sentences, setting, screened)
        for window, reading in zip(chosen, self.encoder.read([one.text for one in chosen]), strict=True):
            highest = screened[window.first : window.last].max(0)
            confidences = self.judgement.confidences(reading.whole, highest)
            for place in np.flatnonzero(confidences >= LEAST_CONFIDENCE):
                sentence, (start, end) = telling_clause(window, sentences, reading, int(place))
                yield Found(
                    label=LABELS[place],
                    confidence=float(confidences[place]),
                    sentence=sentence,
                    start=start,
                    end=end,
                )

    def screened(self, sentences: Sequence[str], setting: str, cues: Sequence[tuple[int, ...]]) -> NDArray[np.float32]:
        """Return the screen's totals (sentences, 11)."""
        totals = [self.screen.totals(one, setting, held) for one, held in zip(sentences, cues, strict=True)]
        return np.stack(totals) if totals else np.empty((0, ANY + 1), np.float32)

    def least(self, sentences: Sequence[str]) -> float:
        """Return the screen's total for any signal from which on a sentence among these is read."""
        alone = sum(map(len, sentences)) + len(sentences) <= ALONE
        return self.judgement.least_alone if alone else self.judgement.least

    def promising(self, sentences: Sequence[str], setting: str, screened: NDArray[np.float32]) -> list[Window]:
        """Return the windows that the encoder is asked to read, in order."""
        least = self.least(sentences)
        if not len(screened) or screened[:, ANY].max() < least:
            return []
        hopes = {one: float(screened[one.first : one.last, ANY].max()) for one in windows(setting, sentences)}
        chosen = sorted((one for one, hope in hopes.items() if hope >= least), key=lambda one: -hopes[one])
        return sorted(chosen[:_MOST_WINDOWS], key=lambda one: one.first)

    def to_disk(self, folder: Path) -> None:
        """Write what was trained into a folder."""
        self.screen.to_disk(folder / "screen")
        self.encoder.to_disk(folder / "encoder")
        self.judgement.to_disk(folder / "judgement.json")

    @classmethod
    def from_disk(cls, folder: Path) -> "Reader":
        """Read what was written."""
        return cls(
            screen=Screen.from_disk(folder / "screen"),
            encoder=Encoder.from_disk(folder / "encoder"),
            judgement=Judgement.from_disk(folder / "judgement.json"),
        )
