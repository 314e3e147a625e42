"""A sentence with what stands around it, and what may be asked of them."""

import re
from collections.abc import Callable
from functools import cached_property

from detectors.callings import holds, stems_in
from detectors.fitting import BUT, DEMAND, REFUSAL, STANCE, THEIRS, WHEN, WHETHER
from detectors.ordinary import SINCE, UNTIL
from detectors.patterns import Wording, as_bytes
from detectors.said import Reading

_FARTHEST = 24
# Where one part of a sentence ends; a comma between digits is theirs.
_CUT = re.compile(r"[,;:](?=\s)|\s[-–—]\s|[()]|\b(?:and|but|so|because|und|aber|weil|though|while|whereas)\b")
Matters = tuple[tuple[frozenset[str], ...], ...]


class Around:
    """A sentence with what stands around it: the sentences before and after, and the subject."""

    def __init__(self, text: str, others: Callable[[], tuple[str, ...]] = tuple) -> None:
        self.text, self.others = text, others
        self._said: dict[Wording, bool] = {}

    @cached_property
    def line(self) -> bytes:
        """The sentence as patterns are matched."""
        return as_bytes(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all words near."""
        return self.own_stems.union(*map(stems_in, self.others()))

    @cached_property
    def own_stems(self) -> frozenset[str]:
        """The stems of the words of the sentence itself."""
        return frozenset(stems_in(self.text))

    def says(self, wording: Wording) -> bool:
        """Whether the sentence holds a wording."""
        if wording not in self._said:
            self._said[wording] = wording.holds(self.line)
        return self._said[wording]

    def is_of_other(self, wording: Wording, own: Matters) -> bool:
        """Whether the sentence holds a wording, and with other words than those of what a plan is about."""
        if not self.says(wording):
            return False
        said = (self.text[start:end] for start, end in wording.spans(self.line) if not self._is_when_told(start))
        return not all(holds(own, frozenset(stems_in(one))) for one in said)

    def near(self, start: int, end: int, matters: Matters) -> "Around":
        """Return the part of the sentence that something stands in, if it tells what of; else the whole."""
        first = max((cut.end() for cut in _CUT.finditer(self.text, 0, start)), default=0)
        cut = _CUT.search(self.text, end)
        part = Around(self.text[first : cut.start() if cut else None], self.others)
        return part if part.says(STANCE) or holds(matters, part.own_stems) else self

    def _is_when_told(self, start: int) -> bool:
        """Whether what begins at a place is only said to be when or where something is told: "over lunch"."""
        return WHEN.holds(self.line[max(0, start - _FARTHEST) : start])

    def is_beside(self, wording: Wording, own: Matters = ()) -> bool:
        """Whether what stands around the sentence holds a wording, with other words than those of its own matter."""
        return any(Around(one).is_of_other(wording, own) for one in self.others())

    def is_refused(self, start: int) -> bool:
        """Whether what begins at a place is what somebody says not to tell: "I can't say whether 7.50 is too much"."""
        if not self.says(REFUSAL):
            return False
        before = as_bytes(self.text[:start])
        refusals = [end for _, end in REFUSAL.spans(before)]
        return WHETHER.holds(before) if not refusals else not BUT.holds(before[refusals[-1] :])

    def is_when(self, reading: Reading) -> bool:
        """Whether a length of time tells when something is, was or happens: "every 42 days", "28 months old"."""
        before, behind = self.text[: reading.start], self.text[reading.end :]
        return SINCE.holds(as_bytes(before[-_FARTHEST:])) or UNTIL.holds(as_bytes(behind[:_FARTHEST]))

    def is_theirs(self, start: int) -> bool:
        """Whether what begins at a place is said to be the reader's own figure."""
        before = as_bytes(self.text[:start])
        return THEIRS.holds(before) and not DEMAND.holds(before[-_FARTHEST:])
