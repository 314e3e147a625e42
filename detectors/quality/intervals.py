"""How far a figure may be from what other messages of the same kind would give."""

import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from detectors.quality.judged import Judged
from detectors.quality.scores import Outcome, outcome_of, total

RESAMPLES = 1_000
# Half of what a 95 % interval leaves out, and the normal deviate that belongs to it.
_TAIL = 0.025
_DEVIATE = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A 95 % interval, ends included."""

    low: float
    high: float


def intervals(judged: Sequence[Judged], *, resamples: int = RESAMPLES, seed: int = 7) -> dict[str, Interval]:
    """Return the 95 % interval of every figure in `Scores.shares`, by its name, from resampled messages.

    Each resample draws as many messages as there are, with replacement; the ends are the percentiles 2.5 and 97.5 of
    the figures. It treats messages as independent: writers and pairs of similar messages make the truth somewhat wider.
    Seeded, so that the same messages give the same intervals. No messages give no intervals.
    """
    if not judged:
        return {}
    # Few messages differ in what they add: drawing and summing kinds of messages takes a tenth of the time.
    kinds: dict[Outcome, int] = {}
    members = [kinds.setdefault(outcome_of(one), len(kinds)) for one in judged]
    outcomes = list(kinds)
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    drawn: dict[str, list[float]] = {}
    for _ in range(resamples):
        times = Counter(chance.choices(members, k=len(members)))
        for name, value in total((outcomes[kind], number) for kind, number in times.items()).shares.items():
            drawn.setdefault(name, []).append(value)
    return {name: _middle(values) for name, values in drawn.items()}


def share_interval(part: int, whole: int) -> Interval:
    """Return the 95 % interval of a share by Wilson's formula, which holds for rare things too."""
    if not whole:
        return Interval(low=0.0, high=1.0)
    share, square = part / whole, _DEVIATE**2
    centre = share + square / (2 * whole)
    spread = _DEVIATE * math.sqrt(share * (1 - share) / whole + square / (4 * whole**2))
    scale = 1 + square / whole
    return Interval(low=max(0.0, (centre - spread) / scale), high=min(1.0, (centre + spread) / scale))


def _middle(values: list[float]) -> Interval:
    values.sort()
    last = len(values) - 1
    return Interval(low=values[round(_TAIL * last)], high=values[round((1 - _TAIL) * last)])
