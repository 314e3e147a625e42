"""What the screen sees in a sentence: words, pairs of words, the setting and cues.

Training names the features one by one; at run time those of all sentences of a message are looked up together, by
number.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from detectors.cues import NAMES

_TOKEN = re.compile(r"[a-z']+|[0-9]+(?:[.,][0-9]+)*|[$€£%?!]")
_BEGIN, _END, _GAP = "<", ">", "_"
_CUE, _SETTING = "C", "S"
_LONGEST_NUMBER = 4
_UNKNOWN = -1
# 2 ** 64 divided by the golden ratio.
_BITS, _SPREAD = 20, np.uint64(0x9E3779B97F4A7C15)

Cues = Sequence[int]
Numbers = NDArray[np.int64]


def features(sentence: str, setting: str, cues: Cues) -> Iterator[str]:
    """Yield the names of what a folded sentence holds; `setting` is that of `windows.setting_of`."""
    words = [_word(token) for token in _TOKEN.findall(sentence.lower())]
    yield from words
    yield from map(" ".join, zip([_BEGIN, *words], [*words, _END], strict=True))
    yield from map(f" {_GAP} ".join, zip(words, words[2:], strict=False))
    yield from _told(setting)
    yield from (f"{_CUE} {NAMES[cue]}" for cue in cues)


class Vocabulary:
    """The features that are known, by their places in `names`."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._places = {name: place for place, name in enumerate(names)}
        self._numbers = _Numbers([_BEGIN, _END, *(name for name in names if " " not in name)])
        self._words = np.array([*(self._places.get(token, _UNKNOWN) for token in self._numbers), _UNKNOWN])
        self._pairs = _Pairs(self._places, self._numbers)
        self._cues = np.array([self._places.get(f"{_CUE} {name}", _UNKNOWN) for name in NAMES])

    def held(self, sentences: Sequence[str], setting: str) -> tuple[Numbers, Numbers]:
        """Return which known features but cues sentences hold, each once.

        That is (n,) indexes of sentences, in order, and (n,) places.
        """
        tokens = [_TOKEN.findall(one.lower()) for one in sentences]
        numbers = np.array([self._numbers[one] for held in tokens for one in (_BEGIN, *held, _END)], np.int64)
        indexes = np.arange(len(sentences))
        owners = np.repeat(indexes, [len(held) + 2 for held in tokens])
        told = [place for name in _told(setting) if (place := self._places.get(name)) is not None]
        of = np.concatenate([owners, owners[1:], owners[2:], np.repeat(indexes, len(told))])
        at = np.concatenate([self._words[numbers], self._pairs.places(numbers), np.tile(told, len(indexes))])
        return self._known(of, at)

    def in_text(self, text: str) -> list[int]:
        """Return the places of what one folded text holds, without a setting: a few at a time it is faster so."""
        names = set(features(text, "", ()))
        return [self._places[name] for name in names if name in self._places]

    def cues(self, held: Sequence[Cues]) -> tuple[Numbers, Numbers]:
        """Return which of the cues that sentences hold are known: indexes of sentences (n,), in order, and places."""
        of = np.repeat(np.arange(len(held)), [*map(len, held)])
        return self._known(of, self._cues[np.fromiter(chain.from_iterable(held), np.int64)])

    def _known(self, of: Numbers, at: Numbers) -> tuple[Numbers, Numbers]:
        known = np.flatnonzero(at >= 0)
        held = np.sort(of[known] * len(self.names) + at[known].astype(np.int64))
        return np.divmod(held[np.append(True, held[1:] != held[:-1])[: len(held)]], len(self.names))


class _Numbers(dict[str, int]):
    """The numbers of known words, in order; the next one stands for every other word."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__((word, number) for number, word in enumerate(words))
        self.unknown = len(words)

    def __missing__(self, token: str) -> int:
        return self.get(_word(token), self.unknown)


class _Pairs:
    """The places of pairs of words, those that adjoin and those with one between."""

    def __init__(self, places: dict[str, int], numbers: _Numbers) -> None:
        self._factor = numbers.unknown + 1
        keys = {}
        for name, place in places.items():
            first, *between, last = name.split(" ") if " " in name else ("", "", "")
            if first and first not in {_CUE, _SETTING}:
                keys[(bool(between) * self._factor + numbers[first]) * self._factor + numbers[last]] = place
        self._keys = np.array([*sorted(keys), np.iinfo(np.int64).max])
        self._places = np.array([*(keys[key] for key in sorted(keys)), _UNKNOWN])
        # Most pairs of a text are not known: that is seen in a small table before they are sought in the large one.
        self._seen = np.zeros(1 << _BITS, np.bool_)
        self._seen[_hashed(self._keys)] = True

    def places(self, words: Numbers) -> Numbers:
        """Return the places of the pairs of words (n,) that adjoin (n - 1,), then of the others (n - 2,)."""
        next_ones = words[:-1] * self._factor + words[1:]
        over_one = (words[:-2] + self._factor) * self._factor + words[2:]
        sought = np.concatenate([next_ones, over_one])
        places = np.full(len(sought), _UNKNOWN)
        maybe = np.flatnonzero(self._seen[_hashed(sought)])
        at = np.searchsorted(self._keys, sought[maybe])
        places[maybe] = np.where(self._keys[at] == sought[maybe], self._places[at], _UNKNOWN)
        return places


def _hashed(keys: Numbers) -> Numbers:
    """Return for each key one of 2 ** _BITS places (multiplicative hashing, Knuth, The Art of Computer Programming)."""
    return (keys.astype(np.uint64) * _SPREAD >> np.uint64(64 - _BITS)).astype(np.int64)


def _told(setting: str) -> list[str]:
    return [f"{_SETTING} {word}" for word in setting.split() if word != ":"]


def _word(token: str) -> str:
    """Make numbers alike: what counts is how long one is, or that it has a fraction."""
    if not token[0].isdigit():
        return token
    return "#." if "." in token else f"#{min(len(token), _LONGEST_NUMBER)}"
