"""The first look at a whole message: whether a fact of a plan may stand in it, asked of google-re2 in one go.

Nearly all mail goes to firms that nothing is negotiated with, and holds nothing of any plan. Whatever the search behind
it would find must pass; what passes and holds nothing costs time, no more. Texts are brought into plain letters, so
that patterns stay short: a pattern of alternatives for each letter is an order of magnitude slower.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from detectors.callings import Calling, halves_of, plain, slips, sound_of
from detectors.number_keys import keys_in
from detectors.patterns import CUT, Wording, as_bytes, folded_bytes, side_by_side
from detectors.signs import Sign
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
_SCALES = ("hundred", "thousand", "million", "hundert", "tausend")
_SCALES_SAID = frozenset(one.encode() for one in _SCALES)
_SCALE = f"({'|'.join(_SCALES)})"
_NUMBER = "(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty)"
# Figures that are telling by themselves have four digits or more: in words they are at least so many.
_IN_WORDS = Wording(
    rf"{_SCALE}[a-z -]*{_SCALE}|(hundred|thousand|million)( and)?[ -]+{_NUMBER}|(hundert|tausend)(und)?[a-z]"
)
# Rare figures are of four digits or more; between them may stand what is no digit of a numeral.
_LONG, _GAPS = Wording(r"\d([ .,'’]?\d){3,}"), b" .,'\x92"
# So far from its digits may stand what says how large a numeral is: "TEUR 712", "12.84 euro cents".
_AHEAD, _BEHIND = 5, 14
# Between texts that are looked at together: nothing of one stands near a figure of another.
_APART = b"\n" * (_BEHIND + 1)
_BY_ITSELF = Sign.NAME | Sign.TOPIC | Sign.OPENS
# What `as_bytes` makes of letters that it lacks.
_UNKNOWN = b"\x7f"
# What a letter that is not ASCII, and has no likeness there, has become in a pattern.
_UNKNOWN_LETTER = r"\?"
_WHOLE_WORD = re.compile(rb"[^A-Za-z0-9]?([A-Za-z]+)")


class FirstLook:
    """What all plans of a register together may show themselves by in mail to anybody.

    `signs_of` tells the signs that a word has for them, `may_hold_phrase` whether a plain text that holds a word may
    hold the rest of its phrase.
    """

    def __init__(
        self,
        *,
        names: Iterable[Calling],
        stems: Iterable[str],
        rare: Iterable[str],
        signs_of: Callable[[str], int],
        may_hold_phrase: Callable[[str, str], bool],
    ) -> None:
        self._rare, self._signs_of, self._may_hold_phrase = frozenset(rare), signs_of, may_hold_phrase
        self._digits = frozenset(key.partition("e")[0].encode() for key in self._rare)
        self._sizes = sorted({len(one) for one in self._digits})
        self._heads = frozenset(one[: self._sizes[0]] for one in self._digits)
        begun = {pattern for calling in names for pattern in _beginnings(calling)} | {*map(_in_letters, stems)}
        self._is_plain = not any(_UNKNOWN_LETTER in one for one in begun)
        patterns = [rf"(^|[^a-z0-9])({'|'.join(sorted(begun))})"] if begun else []
        self._shown = Wording("|".join([*patterns, *_SCALES]))
        # The machine grows with what it is shown: what most mail is made of, before any waits for it.
        list(self._shown.spans(_plainly(" ".join(common_words()))))

    def passes(self, text: str) -> bool:
        """Whether a name in full, a word of a phrase or topic, or a rare figure may stand in a text."""
        return any(self._ends(_plainly(text))) or self._holds_rare(b" ".join(folded_bytes(text).split()))

    def passing_among(self, texts: Sequence[bytes], written: Callable[[int], str]) -> set[int]:
        """Return the numbers of those texts that pass, as `as_bytes` makes them; `written` returns one as it was.

        They are looked at together: the machine walks through all of them while it is near at hand.
        """
        said = [_plainly(written(at)) if _UNKNOWN in one else _in_latin(one) for at, one in enumerate(texts)]
        rare = _of_which(texts, self._rare_in)
        shown = _of_which(said, lambda together: (end for _, end in self._shown.spans(together)))
        return rare | {at for at in shown - rare if any(self._ends(said[at]))}

    def passing(self, lines: Sequence[str]) -> list[int]:
        """Return which of some lines pass."""
        text = side_by_side(lines)
        said, cut = _plainly(text), CUT.encode()
        found = {said.count(cut, 0, end) for end in self._ends(said)}
        figures = as_bytes(text)
        found.update(figures.count(cut, 0, end) for end in self._rare_in(figures))
        return sorted(found)

    def _ends(self, said: bytes) -> Iterator[int]:
        """Yield behind what a word of a plan, or a large number in words, may stand."""
        is_scaled, judged, plainly = False, dict[bytes, bool](), ""
        for start, end in self._shown.spans(said):
            if said[start:end].lower() in _SCALES_SAID:
                is_scaled = True
                continue
            word = _WHOLE_WORD.match(said, start)
            if word is None or not (self._is_plain or said[word.end() : word.end() + 1] != b"?"):
                yield end
                continue
            # The same word may come thousands of times.
            if word[1] not in judged:
                written = word[1].decode()
                signs = self._signs_of(written)
                judged[word[1]] = signs & _BY_ITSELF != 0
                if signs & Sign.PHRASE and not signs & _BY_ITSELF:
                    plainly = plainly or plain(said.decode())
                    judged[word[1]] = self._may_hold_phrase(written, plainly)
            if judged[word[1]]:
                yield end
        if is_scaled:
            yield from (end for _, end in _IN_WORDS.spans(said))

    def _holds_rare(self, said: bytes) -> bool:
        return next(self._rare_in(said), None) is not None

    def _rare_in(self, said: bytes) -> Iterator[int]:
        """Yield where rare figures end in a folded text of bytes."""
        for start, end in _LONG.spans(said) if self._rare else ():
            if self._may_be_rare(said[start:end].translate(None, _GAPS)):
                written = said[max(0, start - _AHEAD) : end + _BEHIND].decode("cp1252", "replace")
                if not keys_in(written).isdisjoint(self._rare):
                    yield end

    def _may_be_rare(self, digits: bytes) -> bool:
        """Whether the digits of a rare figure stand among those of a numeral."""
        fewest = self._sizes[0]
        for at in range(len(digits) - fewest + 1):
            if digits[at : at + fewest] in self._heads and any(
                digits[at : at + size] in self._digits for size in self._sizes
            ):
                return True
        return False


def _of_which(texts: Sequence[bytes], ends: Callable[[bytes], Iterable[int]]) -> set[int]:
    """Return the numbers of those texts in which something ends, looked for in all of them as one."""
    starts = list(accumulate((len(one) + len(_APART) for one in texts), initial=0))
    return {bisect_left(starts, end) - 1 for end in ends(_APART.join(texts))}


def _plainly(text: str) -> bytes:
    """Return a text in plain letters, one byte a letter; "?" for what has none."""
    try:
        return _in_latin(text.encode("ascii" if text.isascii() else "cp1252"))
    except UnicodeEncodeError:
        return plain(text).encode("ascii", "replace")


def _in_latin(said: bytes) -> bytes:
    """Return a text of cp1252 in plain letters; ASCII's are, whatever their case."""
    return said if said.isascii() else said.replace(b"\xdf", b"ss").translate(_PLAIN)


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
    return "".join(f"{one}e?" if one in "aou" else re.escape(one) if one.isascii() else _UNKNOWN_LETTER for one in word)


def _as_it_sounds(sound: str) -> str:
    parts, at = [], 0
    while at < len(sound):
        one = sound[at : at + 2] if sound[at : at + 2] == "ai" else sound[at]
        parts.append(f"({'|'.join(map(_in_letters, _SPOKEN.get(one, (one,))))})+")
        at += len(one)
    return "".join(parts)
