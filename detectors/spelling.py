"""Words and numbers that were written so as not to be found, read as a person reads them.

"o u r  b u d g e t", "b.u.d.g.e.t", "budg3t", "4OOk", "_our_ *budget*" and words with pictures strewn between become
what they say. Letters are put together, and digits and signs become letters, only where that makes words (words.txt):
part numbers, initials and scores stay as they are.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, product

from detectors.numerals import numbers_apart, numbers_in_letters
from detectors.ornament import emphasis, pictures
from detectors.words import cut_into_words, is_word
from messages.fold import LAST_EUROPEAN, Folded, Replacement, bare, replaced

# Single letters and digits with something between them; four at least.
_BETWEEN, _NOT_BETWEEN = r"[\s._*~/|·•,;:!?-]", r"[^\s._*~/|·•,;:!?-]"
_SINGLE = r"(?:[^\W_]|['€$£%])"
_MAYBE_APART = re.compile(rf"{_BETWEEN}(?:{_NOT_BETWEEN}{_BETWEEN}++){{2}}{_NOT_BETWEEN}(?!{_NOT_BETWEEN})")
_DRESSED = re.compile(r"[*_~`]|:[a-z0-9+-]")
_APART = re.compile(
    rf"(?<![^\W_])(?<![^\W_]')(?P<letters>(?:{_SINGLE}{_BETWEEN}{{1,12}}+){{3,}}{_SINGLE})(?!'?[^\W_])"
    rf"(?P<stop>{_BETWEEN}{{1,8}}+(?<=[,;:!?])(?!\S))?"
)
_STOP_APART = re.compile(r"\.\s+[^\W_](?:[._*~/|·-]|\s+(?:\.|[^\W_]\s))")
_SINGLES = re.compile(rf"({_SINGLE})({_BETWEEN}*+)")
_STOPS = ",;:!?"
_SHORTEST_WORD = 3
_LEAST_IN_WORDS = 0.5

# What a sign stands for in a word.
_LEET = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "!": "i", "|": "li", "€": "e",
}  # fmt: skip
_MAYBE_SIGNS = re.compile(
    r"[0-9](?:[.,/]?[OolI]| [0-9]|(?=[A-Za-z]{3})|(?<=[A-Za-z].)(?=[A-Za-z])|(?<=[A-Za-z]{2}.)|(?<=0)(?=[A-Za-z]{2}))"
    r"|[@$!|](?:(?=[A-Za-z])|(?<=[A-Za-z].)(?![\s!|]))"
)
_WITH_SIGNS = re.compile(
    r"(?<![^\W_])(?:[A-Za-z']*+(?:[0-9@$!|€]|[^\W\d_\x00-\x7f]))(?:[^\W_]|[@$!|€]|(?<=\w)'(?=\w))*+"
)
_LATIN, _LETTER = re.compile("[A-Za-z\u00c0-\u02af\u1d00-\u1dbf\u1e00-\u1eff\ua720-\ua7ff]"), re.compile(r"[^\W\d_]")
_OUTER_SIGNS = "".join(_LEET)
_MOST_AMBIGUOUS = 3
# A single letter of it is a symbol.
_LAST_GREEK = "\u03ff"
_ENOUGH_DISGUISED = 2
_LONGEST_WORD = 24
_SHORTEST_STEM = 4


def is_plain(text: str) -> bool:
    """Tell a text that nothing was done to: folded and respelled it is the same. Cheap; most sentences end here."""
    return text.isascii() and not (_DRESSED.search(text) or _MAYBE_APART.search(text) or _MAYBE_SIGNS.search(text))


def respelled(folded: Folded) -> Folded:
    """Read words and numbers that were pulled apart or written with other signs, in a text folded before."""
    for find in (pictures, letters_apart, emphasis, numbers_apart, numbers_in_letters, words_in_signs):
        found = list(find(folded.text))
        if found:
            folded = replaced(folded.text, found, beneath=folded)
    return folded


def letters_apart(text: str) -> Iterator[Replacement]:
    """Find what stands between single letters and digits that make words together."""
    for run in _APART.finditer(text) if _MAYBE_APART.search(text) else ():
        words = _together(run["letters"])
        kept = [gap for _, gap in _SINGLES.findall(words)]
        for single, put in zip(_SINGLES.finditer(text, *run.span("letters")), kept, strict=False):
            if single[2] != put:
                yield *single.span(2), put
        if words and run["stop"]:
            yield run.start("stop"), run.end() - 1, ""


def stops_apart(text: str) -> list[tuple[int, int]]:
    """Return the ranges of letters that stand apart, where full stops stand between some of them."""
    if not _STOP_APART.search(text):
        return []
    return [run.span() for run in _APART.finditer(text) if _together(run["letters"])]


def _together(letters: str) -> str:
    """Return the words that letters apart make; empty when they make none.

    What most often stands between two letters belongs to the writing; anything else parts words. Where nothing else
    stands, the words are those that fit.
    """
    singles = _SINGLES.findall(letters)
    gaps = Counter(gap for _, gap in singles[:-1])
    usual = min(gaps, key=lambda gap: (-gaps[gap], len(gap)))
    joined = singles[0][0]
    for (one, gap), (following, _) in pairwise(singles):
        joined += _rest_of(gap, usual, within_number=one.isdigit() and following.isdigit()) + following
    words = joined.split()
    if all(gap.strip() for gap in gaps if gap != usual):
        words = [word for piece in words for word in _cut(piece)]
    in_words = sum(len(word) for word in words if len(word) >= _SHORTEST_WORD and is_word(word.rstrip(_STOPS)))
    return " ".join(words) if in_words and in_words >= _LEAST_IN_WORDS * sum(map(str.isalpha, joined)) else ""


def _cut(letters: str) -> list[str]:
    """Cut letters into words; a mark behind them stays with the last."""
    mark = letters[-1] if letters[-1] in _STOPS else ""
    words = cut_into_words(letters.removesuffix(mark))
    return [*words[:-1], words[-1] + mark]


def _rest_of(gap: str, usual: str, *, within_number: bool) -> str:
    """Return what parts two letters once the usual gap is taken away: nothing, a decimal point, a space."""
    if gap == usual:
        return ""
    inner = gap.removeprefix(usual).removesuffix(usual)
    if within_number and inner in {".", ","}:
        return inner
    return next((one for one in gap if one in _STOPS and one not in usual), "") + " "


def words_in_signs(text: str) -> Iterator[Replacement]:
    """Find words in which digits, signs, accents or letters of another alphabet stand for letters."""
    if not text.isascii() and 2 * len(_LATIN.findall(text)) < len(_LETTER.findall(text)):
        return
    written = [(one.start(), one[0].rstrip("!|")) for one in _WITH_SIGNS.finditer(text)]
    words = [_in_letters(one) for _, one in written]
    if sum(map(bool, words)) >= _ENOUGH_DISGUISED:
        words = [word or _in_letters(one, boldly=True) for (_, one), word in zip(written, words, strict=True)]
    for (start, _), word in zip(written, words, strict=True):
        if word:
            yield start, start + len(word), word


def _in_letters(written: str, *, boldly: bool = False) -> str:
    """Return the word that letters and signs show; empty for what is written as it is meant.

    `boldly`, among words in disguise, short ones are taken for it, too.
    """
    plain = written if written.isascii() else "".join(map(bare, written))
    if len(written) > _LONGEST_WORD or not plain.isascii():
        return ""
    if plain.isdigit() or not (plain == written or _is_dressed_up(written)):
        return ""
    if not (boldly or plain.replace("'", "").isalpha() or _are_letters(plain)):
        return ""
    shown = [_LEET.get(one, one) for one in plain]
    if sum(len(one) > 1 for one in shown) > _MOST_AMBIGUOUS:
        return ""
    word = next((one for one in map("".join, product(*shown)) if is_word(one)), "")
    return word.upper() if written.isupper() else word


def _is_dressed_up(word: str) -> bool:
    """Tell a word in accents or letters that no European language uses, or in two accents and without a capital."""
    if any(one > LAST_EUROPEAN for one in word):
        return len(word) > 1 or word > _LAST_GREEK
    return word.islower() and sum(not one.isascii() for one in word) > 1


def _are_letters(word: str) -> bool:
    """Tell whether digits and signs stand for letters: amid letters, or beside what is no word without them.

    "5pin", "line4", "10ft" and "2nd" are as they should be; "pr1ce", "5upplier" and "0ur" are not.
    """
    stem = word.strip(_OUTER_SIGNS)
    if len(word) < _SHORTEST_WORD or not stem:
        return False
    if len(stem) == len(word):
        return len(word) > _SHORTEST_WORD or not word.isupper()
    if word[0] == "0":
        return True
    return not is_word(stem) and (len(stem) >= _SHORTEST_STEM or word[-1] == "0")
