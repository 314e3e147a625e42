"""How patterns are written and compiled.

A pattern is google-re2's: linear time whatever the text, case-insensitive, plain parentheses do not capture. `<name>`
in it stands for the piece of that name in quantities or phrases, a line break with its indentation for nothing. Texts
are matched as one byte a character (cp1252), so that offsets in bytes are offsets in characters.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import re2
from re2._re2 import RE2

from detectors import phrases, quantities
from messages import fold

_ENCODING = "cp1252"
# Part of no word and no figure.
CUT = "\x1f"
# cp1252 holds the signs that patterns need (€, °, µ, ±); any other character becomes one that no pattern holds.
_UNKNOWN = re.compile(r"[^\x00-\x7f\xa0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_PIECES: Mapping[str, str] = {**quantities.PIECES, **phrases.PIECES}
_REFERENCE = re.compile(r"<(\w+)>")
_MARKED, _MARKS = re.compile("«(.*?)»", re.DOTALL), re.compile("[«»]")
_LAYOUT = re.compile(r"\s*\n\s*")
_MEMORY = 64 << 20
_LINES_AT_ONCE = 64
_Search = Callable[[Any, bytes, int, int], list[tuple[int, int]]]
_ANYWHERE, _NOWHERE = RE2.Anchor.UNANCHORED, [(-1, -1)]


def _small(code: int) -> int:
    small = bytes((code,)).decode(_ENCODING, "replace").lower().encode(_ENCODING, "replace")
    return code if code < 128 or small == b"?" else small[0]


# Whatever the case is for re2 so with ASCII's letters alone.
_SMALL = bytes(map(_small, range(256)))


def as_bytes(text: str) -> bytes:
    """Return a text one byte a character, as patterns are matched; letters beyond ASCII are small."""
    return text.encode() if text.isascii() else _UNKNOWN.sub("\x7f", text).encode(_ENCODING).translate(_SMALL)


def side_by_side(texts: Sequence[str]) -> str:
    """Return texts as one, to be looked at together; between them, and nowhere else, stands `CUT`."""
    joined = f" {CUT} ".join(texts)
    if joined.count(CUT) >= len(texts):
        joined = f" {CUT} ".join(one.replace(CUT, " ") for one in texts)
    return joined


def folded_bytes(text: str) -> bytes:
    """Return a text folded and one byte a character: `as_bytes(fold(text).text)`, several times as fast for cp1252."""
    if text.isascii():
        return text.encode()
    try:
        said = text.encode(_ENCODING)
    except UnicodeEncodeError:
        return as_bytes(fold(text).text)
    for one, folded in _FOLDED_TO_SEVERAL:
        said = said.replace(one, folded)
    return said.translate(_FOLDED, _FOLDED_TO_NONE)


def _folded(code: int) -> bytes:
    return as_bytes(fold(bytes((code,)).decode(_ENCODING, "replace")).text)


_EACH = {code: _folded(code) for code in range(256)}
_FOLDED = b"".join(one if len(one) == 1 else bytes((code,)) for code, one in _EACH.items())
_FOLDED_TO_NONE = bytes(code for code, one in _EACH.items() if not one)
_FOLDED_TO_SEVERAL = tuple((bytes((code,)), one) for code, one in _EACH.items() if len(one) > 1)


def expand(pattern: str) -> str:
    """Put the pieces in place of their names, and the layout away."""
    pattern = _LAYOUT.sub("", pattern)
    while _REFERENCE.search(pattern):
        pattern = _REFERENCE.sub(lambda match: f"({_PIECES[match.group(1)]})", pattern)
    return pattern


def encoded(pattern: str) -> bytes:
    """Return the pattern as re2 is given it."""
    return expand(pattern).encode(_ENCODING).translate(_SMALL)


def options() -> re2.Options:
    """Return the options every pattern is compiled with."""
    chosen = re2.Options()
    chosen.case_sensitive = False
    chosen.encoding = re2.Options.Encoding.LATIN1
    chosen.never_capture = True
    chosen.log_errors = False
    chosen.max_mem = _MEMORY
    return chosen


def _search(pattern: bytes) -> _Search:
    """Return the search of the compiled pattern itself: its wrapper makes a generator for each search."""
    compiled = RE2(pattern, options())
    if not compiled.ok():
        raise re2.error(compiled.error())
    search: _Search = compiled.Match
    return search


class Wording:
    """A pattern by itself, to be asked about bytes as `as_bytes` makes them."""

    def __init__(self, pattern: str) -> None:
        self._encoded = encoded(pattern)
        # Begun where the text begins, a match needs no second machine that finds out backwards where it does.
        self._anywhere = _search(rb"\A(?s:.*?)(" + self._encoded + rb")")

    @cached_property
    def _placed(self) -> _Search:
        return _search(self._encoded)

    def holds(self, text: bytes) -> bool:
        """Whether it occurs in the text."""
        return self._anywhere(_ANYWHERE, text, 0, len(text)) != _NOWHERE

    def lines_in(self, text: bytes, starts: Sequence[int]) -> Iterator[int]:
        """Yield the numbers of the lines that it occurs in; they begin at `starts`."""
        line = 0
        while line < len(starts):
            # Few lines at once: what is left of a long text is not copied again for each line found.
            next_ones = starts[line + _LINES_AT_ONCE] if line + _LINES_AT_ONCE < len(starts) else len(text)
            some = text[starts[line] : next_ones]
            found = self._anywhere(_ANYWHERE, some, 0, len(some))
            if found == _NOWHERE:
                line += _LINES_AT_ONCE
                continue
            line = bisect_right(starts, starts[line] + max(0, found[0][1] - 1)) - 1
            yield line
            line += 1

    def spans(self, text: bytes) -> Iterator[tuple[int, int]]:
        """Yield where it matches, as ranges."""
        start, length = 0, len(text)
        while (found := self._placed(_ANYWHERE, text, start, length)) != _NOWHERE:
            yield found[0]
            # An empty match would be found for ever.
            start = max(found[0][1], start + 1)

    def without(self, text: bytes) -> bytes:
        """Return the text with a blank in place of each match."""
        kept, start = [], 0
        for first, behind in self.spans(text):
            kept.append(text[start:first])
            start = behind
        return b" ".join([*kept, text[start:]])


class Wordings:
    """Several patterns, by name, asked about a text in one go."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        self._names = tuple(patterns)
        self._patterns = re2.Set.SearchSet(options())
        for pattern in patterns.values():
            self._patterns.Add(encoded(pattern))
        self._patterns.Compile()

    def held(self, text: bytes) -> frozenset[str]:
        """Return the names of those that occur in the text."""
        return frozenset(self._names[index] for index in self._patterns.Match(text) or ())


class Gapped:
    """Patterns with gaps of any letters: each is looked for only where the part of it between « and » stands.

    A gap makes of every text one that is new to the machine. Patterns of which no part is marked are looked for whole.
    """

    def __init__(self, *patterns: str) -> None:
        parts = ("|".join(_MARKED.findall(one)) or one for one in patterns)
        self._part = Wording("|".join(parts))
        whole = [one for one in patterns if not _MARKED.search(one)]
        gapped = [_MARKS.sub("", one) for one in patterns if _MARKED.search(one)]
        self._wordings = tuple(Wording("|".join(some)) for some in (whole, gapped) if some)

    def holds(self, text: bytes) -> bool:
        """Whether one of them occurs in the text."""
        return self._part.holds(text) and any(one.holds(text) for one in self._wordings)

    def lines_in(self, text: bytes, starts: Sequence[int]) -> Iterator[int]:
        """Yield the numbers of the lines that one of them occurs in; they begin at `starts`."""
        for line in self._part.lines_in(text, starts):
            behind = starts[line + 1] - 1 if line + 1 < len(starts) else len(text)
            said = text[starts[line] : behind]
            if any(one.holds(said) for one in self._wordings):
                yield line
