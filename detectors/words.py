"""The words that people write to each other at work, and how to find them in letters run together.

words.txt lists them, the commonest first; tests/detectors/list_words.py makes it from the corpus.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources

# What is put into a cut is paid for: a word by how rare it is, anything else by its length.
_UNKNOWN, _UNKNOWN_LETTER = 14.0, 3.0
_NUMBER, _DIGIT, _THOUSANDS = 6.0, 0.1, 1.0


def is_word(letters: str) -> bool:
    """Tell whether letters, capitals or not, are a word."""
    return letters.lower() in _costs()


def common_words() -> Iterable[str]:
    """Return them all, in lower case, the commonest first."""
    return _costs()


def rarity(word: str) -> float:
    """Return how rare a word in lower case is; infinite for one that is none of them."""
    return _costs().get(word, math.inf)


def cut_into_words(letters: str) -> list[str]:
    """Cut letters and digits that were run together into the likeliest words and numbers: few and common ones.

    What is no word is left together. Takes time linear in the length.
    """
    lowered = "".join(one.lower() if one.isascii() else one for one in letters)
    costs = [0.0] + [math.inf] * len(letters)
    begins = list(range(-1, len(letters)))
    open_cost, open_at = math.inf, 0
    for place in range(len(letters)):
        if open_cost < costs[place]:
            costs[place], begins[place] = open_cost, open_at
        for end, cost in _words_at(lowered, place):
            if costs[place] + cost < costs[end]:
                costs[end], begins[end] = costs[place] + cost, place
        open_cost += _UNKNOWN_LETTER
        if costs[place] + _UNKNOWN + _UNKNOWN_LETTER < open_cost:
            open_cost, open_at = costs[place] + _UNKNOWN + _UNKNOWN_LETTER, place
    if open_cost < costs[-1]:
        begins[-1] = open_at
    words, end = [], len(letters)
    while end:
        words.append(letters[begins[end] : end])
        end = begins[end]
    return words[::-1]


def _words_at(letters: str, start: int) -> Iterator[tuple[int, float]]:
    """Yield where the words and the number that begin at a place end, and what each costs."""
    costs, prefixes = _costs(), _prefixes()
    end = start + 1
    if letters[start].isdigit():
        if start and (letters[start - 1].isdigit() or letters[start - 1] in ".,"):
            return
        while end < len(letters) and (letters[end].isdigit() or letters[end] in ".,"):
            end += 1
        yield end, _NUMBER + _DIGIT * (end - start)
        if letters.startswith("k", end):
            yield end + 1, _NUMBER + _DIGIT * (end - start) + _THOUSANDS
        return
    while end <= len(letters) and letters[start:end] in prefixes:
        if letters[start:end] in costs:
            yield end, costs[letters[start:end]]
        end += 1


@cache
def _costs() -> Mapping[str, float]:
    """Return what each word costs: by Zipf's law its rank tells how rare it is."""
    words = (resources.files("detectors") / "words.txt").read_text("utf-8").split()
    return {word: math.log(rank * math.log(len(words))) for rank, word in enumerate(words, 1)}


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(word[:size] for word in _costs() for size in range(1, len(word) + 1))
