"""The first look at a whole message: whether a fact of a plan may stand in it, asked of google-re2 in one go.

Nearly all mail goes to firms that nothing is negotiated with, and holds nothing of any plan. Whatever the search behind
it would find must pass; what passes and holds nothing costs time, no more. Texts are brought into plain letters, so
that patterns stay short: a pattern of alternatives for each letter is an order of magnitude slower.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from detectors.callings import ENDINGS, Calling, halves_of, plain, slips, sound_of
from detectors.number_keys import LONG_NUMBER, keys_in
from detectors.patterns import CUT, Wording, Wordings, side_by_side
from detectors.words import common_words

# How what is spoken may be written: several letters for one, one for several.
_SPOKEN = {
    "a": ("a", "ah"),
    "ai": ("ai", "ei", "ey", "ay", "aj"),
    "e": ("e", "eh"),
    "f": ("f", "ph"),
    "i": ("i", "y", "j", "ie"),
    "k": ("k", "c", "ck", "ch", "cz", "tsch"),
    "o": ("o", "oh"),
    "s": ("s", "z", "sch", "sh", "sz"),
    "t": ("t", "dt", "th"),
    "v": ("v", "w"),
    "x": ("x", "ks"),
}
_SCALE = "(hundred|thousand|million|hundert|tausend)"
_NUMBER = "(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty)"
# Figures that are telling by themselves have four digits or more: in words they are at least so many.
_IN_WORDS = rf"{_SCALE}[a-z -]*{_SCALE}|(hundred|thousand|million)( and)?[ -]+{_NUMBER}|(hundert|tausend)(und)?[a-z]"
_NEVER = r"\b\B"
# What may stand between the digits of a figure; what is not ASCII has become "?".
_GAPS = b" .,'?"
_DIGITS_ALONE = bytes(code if chr(code).isdecimal() and code < 128 else ord(" ") for code in range(256))
# What `as_bytes` makes of letters that it lacks.
_UNKNOWN = b"\x7f"


class FirstLook:
    """What all plans of a register together may show themselves by in mail to anybody."""

    def __init__(self, *, names: Iterable[Calling], stems: Iterable[str], rare: Iterable[str]) -> None:
        self._rare = frozenset(rare)
        named = sorted({pattern for calling in names for pattern in _beginnings(calling)})
        words = sorted(map(_in_letters, stems))
        digits = [key.partition("e")[0].encode() for key in self._rare]
        self._fewest = min(map(len, digits), default=0)
        self._heads = frozenset(one[: self._fewest] for one in digits)
        patterns = []
        if named:
            patterns.append(rf"(^|[^a-z0-9])({'|'.join(named)})")
        if words:
            patterns.append(rf"(^|[^a-z])({'|'.join(words)})[a-z]?({'|'.join(ENDINGS)})?([^a-z]|$)")
        parts = {"named": "|".join(patterns) or _NEVER, "in words": _IN_WORDS}
        self._together = Wordings(parts)
        self._apart = [Wording(one) for one in parts.values()]
        # The machine grows with what it is shown: what most mail is made of, before any waits for it.
        self._together.held(_plainly(" ".join(common_words())))

    def passes(self, text: str) -> bool:
        """Whether a name in full, a word of a phrase or topic, or a rare figure may stand in a text."""
        return self._holds(_plainly(text), lambda: text)

    def passes_in(self, lines: bytes, text: Callable[[], str]) -> bool:
        """Whether they may stand in a text that is there as `as_bytes` makes it; `text` returns it as it was."""
        return self.passes(text()) if _UNKNOWN in lines else self._holds(_in_latin(lines), text)

    def _holds(self, said: bytes, text: Callable[[], str]) -> bool:
        return bool(self._together.held(said)) or (self._may_be_rare(said) and self._is_rare(text()))

    def passing(self, lines: Sequence[str]) -> list[int]:
        """Return which of some lines pass."""
        said = _plainly(side_by_side(lines))
        found = {said.count(CUT.encode(), 0, end) for one in self._apart for _, end in one.spans(said)}
        if self._may_be_rare(said):
            found.update(at for at, line in enumerate(lines) if LONG_NUMBER.search(line) and self._is_rare(line))
        return sorted(found)

    def _may_be_rare(self, said: bytes) -> bool:
        """Whether the first digits of a rare figure follow each other, whatever stands between them."""
        fewest, heads = self._fewest, self._heads
        runs = said.translate(_DIGITS_ALONE, _GAPS).split() if heads else []
        return any(
            run[at : at + fewest] in heads for run in runs if len(run) >= fewest for at in range(len(run) - fewest + 1)
        )

    def _is_rare(self, text: str) -> bool:
        return not keys_in(text).isdisjoint(self._rare)


def _plainly(text: str) -> bytes:
    """Return a text in small plain letters, one byte a letter; "?" for what has none."""
    try:
        return _in_latin(text.encode("ascii" if text.isascii() else "cp1252"))
    except UnicodeEncodeError:
        return plain(text).encode("ascii", "replace").translate(_PLAIN)


def _in_latin(said: bytes) -> bytes:
    """Return a text of cp1252 in small plain letters."""
    return (said if said.isascii() else said.replace(b"\xdf", b"ss")).translate(_PLAIN)


def _plain_byte(code: int) -> int:
    letter = plain(bytes((code,)).decode("cp1252", "replace"))
    if code < 128:
        return ord(chr(code).lower())
    return ord(letter) if len(letter) == 1 and letter.isascii() else ord("?")


_PLAIN = bytes(map(_plain_byte, range(256)))


def _beginnings(calling: Calling) -> Iterator[str]:
    """Yield patterns of what a name may begin with: its first word, with a slip, as it sounds, in two."""
    first = calling.keys[0]
    yield from map(_in_letters, (first, *slips(first)))
    sound = sound_of(first)
    if sound:
        yield _as_it_sounds(sound)
    for one, other in halves_of(calling):
        yield rf"{_in_letters(one)}[^a-z0-9\x1f]+{_in_letters(other)}"


def _in_letters(word: str) -> str:
    """Return the pattern of a plain word: of "ae" and the like it lacks the "e", and what is not ASCII is "?"."""
    return "".join(f"{one}e?" if one in "aou" else re.escape(one) if one.isascii() else r"\?" for one in word)


def _as_it_sounds(sound: str) -> str:
    parts, at = [], 0
    while at < len(sound):
        one = sound[at : at + 2] if sound[at : at + 2] == "ai" else sound[at]
        parts.append(f"({'|'.join(map(_in_letters, _SPOKEN.get(one, (one,))))})+")
        at += len(one)
    return "".join(parts)
