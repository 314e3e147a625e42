"""Which cues a stretch of text holds: small signs that prove nothing alone.

"We", an amount and "left" in one sentence do. What each is worth, beside the words, the screen has learned.
"""

from functools import cache

import re2

from detectors import affairs, conduct, manners, subjects
from detectors.patterns import encoded, options

_SHORT, _LONG = 40, 160
_PATTERNS = {**subjects.CUES, **affairs.CUES, **conduct.CUES, **manners.CUES, **manners.SMALL_WORDS}
NAMES: tuple[str, ...] = (*_PATTERNS, "short", "long")
# One automaton for all cues would need thousands of states for a first message; small ones stay small.
_CUES_PER_SET = 100


def present(line: bytes) -> tuple[int, ...]:
    """Return the indexes in NAMES of the cues that a sentence, or a part of one, holds."""
    found = [first + index for first, cues in _sets() for index in cues.Match(line) or ()]
    if len(line) < _SHORT:
        found.append(len(_PATTERNS))
    elif len(line) > _LONG:
        found.append(len(_PATTERNS) + 1)
    return tuple(found)


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
