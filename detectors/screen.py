"""The screen: a linear model over words, pairs of words and cues, which reads every sentence in microseconds.

A sentence that it finds nothing in is read no further; of the others its totals go into the judgement beside the
encoder's.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detectors.cues import NAMES

_TOKEN = re.compile(r"[a-z']+|[0-9]+(?:[.,][0-9]+)*|[$€£%?!]")
_LONGEST_NUMBER = 4


class Screen:
    """Totals (log-odds) for the ten labels, and last for a signal of any kind, sentence by sentence.

    `vocabulary` names the features; `rarity` (features,) is each one's inverse document frequency, `worth`
    (features, 11) what it adds, `base` (11,) what is there without any.
    """

    def __init__(
        self,
        vocabulary: Sequence[str],
        rarity: NDArray[np.float32],
        worth: NDArray[np.float32],
        base: NDArray[np.float32],
    ) -> None:
        self._places = {name: place for place, name in enumerate(vocabulary)}
        self._rarity, self._worth, self._base = rarity, worth, base

    def totals(self, sentence: str, setting: str, cues: Iterable[int]) -> NDArray[np.float32]:
        """Return the totals (11,) of a folded sentence that holds these cues."""
        places = list(self._held(sentence, setting, cues).values())
        if not places:
            return self._base
        rarity = self._rarity[places]
        return rarity @ self._worth[places] / float(np.sqrt(rarity @ rarity)) + self._base

    def shares(self, sentence: str, setting: str, cues: Iterable[int], label: int) -> list[tuple[str, float]]:
        """Return what each feature adds to a total of a sentence, the most first; the base makes up the rest."""
        held = self._held(sentence, setting, cues)
        places = list(held.values())
        rarity = self._rarity[places]
        worth = rarity * self._worth[places, label] / max(float(np.sqrt(rarity @ rarity)), 1e-9)
        return sorted(zip(held, worth.tolist(), strict=True), key=lambda one: -one[1])

    def _held(self, sentence: str, setting: str, cues: Iterable[int]) -> dict[str, int]:
        """Return which known features a sentence has, and their places."""
        names = features(sentence, setting, cues)
        return {name: place for name in names if (place := self._places.get(name)) is not None}

    def to_disk(self, folder: Path) -> None:
        """Write the screen into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "vocabulary.json").write_text(json.dumps(list(self._places), ensure_ascii=False), "utf-8")
        np.savez_compressed(
            folder / "worth.npz",
            rarity=self._rarity.astype(np.float16),
            worth=self._worth.astype(np.float16),
            base=self._base,
        )

    @classmethod
    def from_disk(cls, folder: Path) -> "Screen":
        """Read a screen that was written."""
        vocabulary = json.loads((folder / "vocabulary.json").read_text("utf-8"))
        with np.load(folder / "worth.npz", allow_pickle=False) as file:
            rarity, worth, base = (file[name].astype(np.float32) for name in ("rarity", "worth", "base"))
        return cls(vocabulary, rarity, worth, base)


def features(sentence: str, setting: str, cues: Iterable[int]) -> Iterator[str]:
    """Yield the names of what the screen sees in a sentence; `setting` begins with the direction."""
    words = [_word(match) for match in _TOKEN.findall(sentence.lower())]
    yield from words
    yield from map(" ".join, zip(["<", *words], [*words, ">"], strict=True))
    yield f"D {setting.partition(' ')[0]}"
    yield from (f"C {NAMES[cue]}" for cue in cues)


def _word(token: str) -> str:
    """Make numbers alike: what counts is how long one is, or that it has a fraction."""
    if not token[0].isdigit():
        return token
    return "#." if "." in token else f"#{min(len(token), _LONGEST_NUMBER)}"
