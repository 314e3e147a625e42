"""The trained model, whole: the screen reads every sentence, the encoder the windows that hold a promising one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detectors.encoder import Encoder, Glance, Reading
from detectors.judgement import LABELS, Judgement, evidence_of, telling_clause
from detectors.screen import Screen, hopes
from detectors.windows import Window, is_one, windows

# No policy looks below.
LEAST_CONFIDENCE = 0.05
# Of a message that is longer than any mail people write, what the screen finds most promising is read.
_MOST_WINDOWS = 150
# So many characters are read nearly whole.
_SHORT = 600


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
    """What was trained, put together. `setting` is that of `windows.setting_of`."""

    screen: Screen
    encoder: Encoder
    judgement: Judgement

    def find(
        self, sentences: Sequence[str], setting: str, *, glances: list[tuple[Window, Glance]] | None = None
    ) -> Iterator[Found]:
        """Yield the labels of each window that has one, from LEAST_CONFIDENCE on; add to `glances` what was seen."""
        screened = self.screened(sentences, setting)
        for window, reading in self.read(sentences, setting, screened, glances=glances):
            if reading is not None:
                yield from self.found(window, reading, sentences, setting, screened)

    def glances(self, sentences: Sequence[str], setting: str) -> Iterator[tuple[Window, Glance]]:
        """Yield the windows that the screen gives a chance, in order, and what the early layers say of them."""
        for window, _ in self._promising(sentences, setting, self.screened(sentences, setting)):
            yield window, self.encoder.glance(window.text)

    def screened(self, sentences: Sequence[str], setting: str) -> NDArray[np.float32]:
        """Return the screen's totals (sentences, 11)."""
        return self.screen.totals(sentences, setting, least=self.least(sentences))

    def read(
        self,
        sentences: Sequence[str],
        setting: str,
        screened: NDArray[np.float32],
        *,
        glances: list[tuple[Window, Glance]] | None = None,
    ) -> Iterator[tuple[Window, Reading | None]]:
        """Yield the windows that the screen's totals (sentences, 11) give a chance, in order, and what is read there.

        There is no reading where the encoder gave a window up half-way. What its early layers see goes to `glances`.
        """
        for window, hope in self._promising(sentences, setting, screened):
            glance = self.encoder.glance(window.text)
            if glances is not None:
                glances.append((window, glance))
            goes_on = self.judgement.goes_on(glance, hope, setting)
            yield window, self.encoder.read_on(glance) if goes_on else None

    def found(
        self,
        window: Window,
        reading: Reading,
        sentences: Sequence[str],
        setting: str,
        screened: NDArray[np.float32],
    ) -> Iterator[Found]:
        """Yield the labels of a window that was read, from LEAST_CONFIDENCE on."""
        is_alone, totals = is_one(sentences), screened[window.first : window.last]
        confidences = self.judgement.confidences(evidence_of(reading, totals, setting, is_alone=is_alone))
        for place in np.flatnonzero(confidences >= LEAST_CONFIDENCE):
            sentence, (start, end) = telling_clause(window, sentences, reading, int(place))
            yield Found(
                label=LABELS[place], confidence=float(confidences[place]), sentence=sentence, start=start, end=end
            )

    def least(self, sentences: Sequence[str]) -> float:
        """Return how promising a sentence among these must be to be read."""
        is_short = sum(map(len, sentences)) <= _SHORT
        return self.judgement.least_short if is_short else self.judgement.least

    def _promising(
        self, sentences: Sequence[str], setting: str, screened: NDArray[np.float32]
    ) -> list[tuple[Window, float]]:
        """Return the windows that hold a promising sentence, in order, and how promising it is."""
        hope, least = hopes(screened, setting), self.least(sentences)
        if not len(hope) or hope.max() < least:
            return []
        hoped = ((one, float(hope[one.first : one.last].max())) for one in windows(setting, sentences))
        chosen = sorted((one for one in hoped if one[1] >= least), key=lambda one: -one[1])
        return sorted(chosen[:_MOST_WINDOWS], key=lambda one: one[0].first)

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
            encoder=Encoder(folder / "encoder"),
            judgement=Judgement.from_disk(folder / "judgement.json"),
        )
