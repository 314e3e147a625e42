"""Which cues a stretch of text holds, and what they are worth for a label.

One sign proves nothing: "we", an amount and "left" in one sentence do. Every cue, and every rule, has points for a
label (points.toml, fitted to labelled messages by tests/detectors/fit_points.py). Their sum with the label's base is
the logarithm of the odds that the sentence shows it.
"""

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import re2

from detectors import affairs, conduct, manners, subjects
from detectors.patterns import encoded, options

_SHORT, _LONG = 40, 160
_PATTERNS = {**subjects.CUES, **affairs.CUES, **conduct.CUES, **manners.CUES, **manners.SMALL_WORDS}
NAMES: tuple[str, ...] = (*_PATTERNS, "short", "long")
_TELLING = len(_PATTERNS) - len(manners.SMALL_WORDS)
# One automaton for all cues would need thousands of states for a first message; small ones stay small.
_CUES_PER_SET = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """What cues, in the order of NAMES, and rules, by name, are worth for a label; `base` is the sum without any."""

    base: float
    worth: tuple[float, ...]
    rules: Mapping[str, float]

    def total(self, cues: Iterable[int]) -> float:
        """Sum what the cues are worth."""
        return sum(map(self.worth.__getitem__, cues))

    def best(self, rules: Iterable[str]) -> float:
        """Return what these rules add: the two that are worth most count."""
        worth = sorted([max(self.rules.get(rule, 0.0), 0.0) for rule in rules])
        return sum(worth[-2:])

    def foremost(self, cues: Iterable[int], *, count: int = 3) -> tuple[str, ...]:
        """Name the cues that are worth most, the foremost first; small words and lengths are left out."""
        telling = [cue for cue in cues if self.worth[cue] > 0 and cue < _TELLING]
        return tuple(NAMES[cue] for cue in sorted(telling, key=lambda cue: -self.worth[cue])[:count])


def confidence_of(total: float) -> float:
    """Turn a sum of points, the base included, into a confidence of 0..1."""
    return 1 / (1 + math.exp(-total))


def present(line: bytes) -> tuple[int, ...]:
    """Return the indexes in NAMES of the cues that a sentence, or a part of one, holds."""
    found = [first + index for first, cues in _sets() for index in cues.Match(line) or ()]
    if len(line) < _SHORT:
        found.append(len(_PATTERNS))
    elif len(line) > _LONG:
        found.append(len(_PATTERNS) + 1)
    return tuple(found)


@cache
def points(label: str) -> Points:
    """Return what cues and rules are worth for a label; nothing for one that points.toml does not name."""
    table = _tables().get(label, {})
    worth = table.get("cues", {})
    return Points(
        base=table.get("base", -20.0), worth=tuple(worth.get(name, 0.0) for name in NAMES), rules=table.get("rules", {})
    )


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads((resources.files("detectors") / "points.toml").read_text("utf-8"))


@cache
def _sets() -> tuple[tuple[int, re2.Set], ...]:
    patterns = [encoded(pattern) for pattern in _PATTERNS.values()]
    made = []
    for first in range(0, len(patterns), _CUES_PER_SET):
        cues = re2.Set.SearchSet(options())
        for pattern in patterns[first : first + _CUES_PER_SET]:
            cues.Add(pattern)
        cues.Compile()
        made.append((first, cues))
    return tuple(made)
