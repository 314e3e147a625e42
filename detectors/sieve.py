"""Which of many Python patterns may match a text, asked of google-re2 in one go.

Nearly every pattern matches hardly any text, and takes microseconds to find that out. A sieve lets pass whatever its
patterns would match, and now and then more: it leaves out what they demand of the surroundings (lookarounds, edges of
words), and case.
"""

import re
from collections.abc import Iterable, Sequence

import re2

from detectors.patterns import as_bytes, options

_TOKEN = re.compile(
    r"(?P<around>\(\?<?[=!])|(?P<named>\(\?P<\w+>)|(?P<again>\(\?P=\w+\))|(?P<group>\((?:\?[\w-]*:)?)|(?P<close>\))"
    r"|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<edge>\\[bBAZ]|[\^$])|(?P<other>\\.|.)",
    re.DOTALL,
)
# What is no ASCII may be a letter or a digit: `as_bytes` makes \x7f of what it has no byte for.
_BEYOND = r"\x7f-\xff"
_WIDER = {r"\d": rf"[0-9{_BEYOND}]", r"\w": rf"[\w{_BEYOND}]", r"\s": rf"[\s{_BEYOND}]", r"\W": r"\W", r"\D": r"\D"}


class Sieve:
    """Some patterns together; any of Python's may be among them, but for conditions on groups."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        self._set = re2.Set.SearchSet(options())
        for one in patterns:
            self._set.Add(as_bytes(relaxed(one.pattern)))
        self._set.Compile()

    def passing(self, text: str) -> Sequence[int]:
        """Return the numbers of the patterns that may match in a text, in order."""
        return sorted(self._set.Match(as_bytes(text)) or ())


def relaxed(pattern: str) -> str:
    """Return a pattern of google-re2 that matches, as bytes and whatever the case, where a pattern of Python's does."""
    parts, within = [], 0
    for token in _TOKEN.finditer(pattern):
        kind, said = token.lastgroup, token[0]
        if within:
            within += (kind in {"around", "named", "group"}) - (kind == "close")
        elif kind == "around":
            within = 1
        elif kind == "named":
            parts.append("(")
        elif kind == "again":
            parts.append(".*")
        elif kind == "set":
            parts.append(_wider(said))
        elif kind != "edge":
            parts.append(_WIDER.get(said, said))
    return "".join(parts)


def _wider(said: str) -> str:
    """Widen a set of characters by what is no ASCII; what a negated one leaves out of that, too."""
    if said.startswith("[^"):
        is_of_letters = r"\W" in said
        inner = said[2:-1].replace(r"\W", r"\x00-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7e" if is_of_letters else "")
        return f"[^{inner}]"
    return f"[{said[1:-1]}{_BEYOND}]" if re.search(r"\\[dws]", said) else said
