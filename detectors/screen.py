"""The screen: a linear model over words, pairs of words and cues, which reads every sentence in microseconds.

A sentence that it finds nothing in is read no further; of the others its totals go into the judgement beside the
encoder's.
"""

import gzip
import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detectors.cues import present
from detectors.features import Numbers, Vocabulary
from detectors.finding import SHOWN_IN, Label
from detectors.patterns import as_bytes

# The totals of a long text stay small that way.
_SENTENCES_AT_ONCE = 512
# Of the sentences that reach the limit, one in twenty has cues that lift it further than this.
_REACH_OF_CUES = 4.0


_POSSIBLE = {
    direction: [place for place, label in enumerate(Label) if label in shown] for direction, shown in SHOWN_IN.items()
}


def hopes(totals: NDArray[np.float32], setting: str) -> NDArray[np.float32]:
    """Return how promising sentences are (sentences,), from their totals (sentences, 11).

    That is the total for any signal and the highest of a label that the direction can show, added: what is a little
    like many signals and not very like one is mostly none.
    """
    likeliest: NDArray[np.float32] = totals[:, _POSSIBLE[setting.partition(" ")[0]]].max(1)
    return totals[:, -1] + likeliest


class Screen:
    """Totals (log-odds) for the ten labels, and last for a signal of any kind, sentence by sentence.

    `names` are those of the features; `rarity` (features,) is each one's inverse document frequency, `worth`
    (features, 11) what it adds, `base` (11,) what is there without any. That of acts has four totals, of windows.
    """

    def __init__(
        self,
        names: Sequence[str],
        rarity: NDArray[np.float32],
        worth: NDArray[np.float32],
        base: NDArray[np.float32],
    ) -> None:
        self._vocabulary = Vocabulary(names)
        self._base = base
        # What each feature adds to the totals, and the square of its rarity.
        self._added = np.column_stack([rarity[:, None] * worth, np.square(rarity)])

    def totals(self, sentences: Sequence[str], setting: str, *, least: float = -math.inf) -> NDArray[np.float32]:
        """Return the totals (sentences, 11) of folded sentences.

        Cues take longer to find than words: they are looked for in the sentences that they could make as promising as
        `least`.
        """
        totals = np.empty((len(sentences), len(self._base)), np.float32)
        for first in range(0, len(sentences), _SENTENCES_AT_ONCE):
            some = slice(first, first + _SENTENCES_AT_ONCE)
            totals[some] = self._totals(sentences[some], setting, least)
        return totals

    def worded(self, text: str) -> NDArray[np.float32]:
        """Return the totals (n,) that words alone add up to, for a screen that knows of no settings and cues."""
        totals: NDArray[np.float32] = self._total(self._added[self._vocabulary.in_text(text)].sum(0)[None])[0]
        return totals

    def shares(self, sentence: str, setting: str, label: int, *, least: float = -math.inf) -> list[tuple[str, float]]:
        """Return what each feature adds to a total of a sentence, the most first; the base makes up the rest."""
        [hope] = hopes(self.totals([sentence], setting, least=math.inf), setting)
        _, places = self._vocabulary.held([sentence], setting)
        if hope >= least - _REACH_OF_CUES:
            places = np.append(places, self._vocabulary.cues([present(as_bytes(sentence))])[1])
        worth = self._added[places, label] / np.sqrt(self._added[places, -1].sum())
        held = [self._vocabulary.names[place] for place in places]
        return sorted(zip(held, worth.tolist(), strict=True), key=lambda one: -one[1])

    def _totals(self, sentences: Sequence[str], setting: str, least: float) -> NDArray[np.float32]:
        sums = self._added_up(len(sentences), *self._vocabulary.held(sentences, setting))
        totals = self._total(sums)
        near = np.flatnonzero(hopes(totals, setting) >= least - _REACH_OF_CUES)
        if len(near):
            cues = [present(as_bytes(sentences[index])) for index in near.tolist()]
            totals[near] = self._total(sums[near] + self._added_up(len(near), *self._vocabulary.cues(cues)))
        return totals

    def _added_up(self, count: int, owners: Numbers, places: Numbers) -> NDArray[np.float32]:
        """Add up what features add, and the squares of their rarities (count, 12); `owners` are in order."""
        sums = np.zeros((count, self._added.shape[1]), np.float32)
        if len(owners):
            starts = np.flatnonzero(np.append(True, owners[1:] != owners[:-1]))
            sums[owners[starts]] = np.add.reduceat(self._added[places], starts)
        return sums

    def _total(self, sums: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the totals (n, 11) of sums (n, 12); a sentence without any feature has the base."""
        size: NDArray[np.float32] = np.sqrt(np.maximum(sums[:, -1:], 1)).astype(np.float32)
        return self._base + sums[:, :-1] / size

    def to_disk(self, folder: Path) -> None:
        """Write the screen into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        names = json.dumps(self._vocabulary.names, ensure_ascii=False).encode()
        (folder / "vocabulary.json.gz").write_bytes(gzip.compress(names, mtime=0))
        rarity = np.sqrt(self._added[:, -1])
        np.savez_compressed(
            folder / "worth.npz",
            rarity=rarity.astype(np.float16),
            worth=(self._added[:, :-1] / rarity[:, None]).astype(np.float16),
            base=self._base,
        )

    @classmethod
    def from_disk(cls, folder: Path) -> "Screen":
        """Read a screen that was written. Raises OSError, EOFError and ValueError when it is damaged."""
        names = json.loads(gzip.decompress((folder / "vocabulary.json.gz").read_bytes()))
        with np.load(folder / "worth.npz", allow_pickle=False) as file:
            rarity, worth, base = (file[name].astype(np.float32) for name in ("rarity", "worth", "base"))
        if worth.shape != (len(names), len(base)) or rarity.shape != (len(names),) or not np.isfinite(worth).all():
            raise ValueError("the screen is damaged")
        return cls(names, rarity, worth, base)
