"""Numbers that were written so as not to be found: letters for digits, digits that stand apart."""

import re
from collections.abc import Iterator

from messages.fold import Replacement

_SCALE = r"(?:(?:k|m|mn|mio|mil|million|bn|grand|EUR|USD|GBP|CHF|euros?|dollars?)(?!\w)|[€$£])"
# Latin, Cyrillic and Greek letters.
_LETTERS, _DIGITS = "OolIОоΟοІ", "001100001"
_MAYBE = re.compile(rf"\d[.,/]?[{_LETTERS}]|\d \d")
_ALIKE = re.compile(rf"(?<![\w.,/])\d(?:[.,/]?[\d{_LETTERS}])*(?:(?= ?(?i:{_SCALE}))()|(?!\w))")
_LETTER = re.compile(f"[{_LETTERS}]")
_BEFORE_DIGIT = re.compile(rf"[{_LETTERS}][.,/]?\d")
_IN_DIGITS = str.maketrans(_LETTERS, _DIGITS)
_APART = re.compile(rf"(?<![\w.,])(?:\d(?: \d)++(?= ?(?i:{_SCALE}))(?: (?=[kK]\b))?|\d{{1,3}} 0{{1,2}}(?= ?[kK]\b))")
_FEWEST_APART = 3


def numbers_apart(text: str) -> Iterator[Replacement]:
    """Find amounts whose digits stand apart: 2 4 0 k, and 40 0k."""
    if not _MAYBE.search(text):
        return
    for one in _APART.finditer(text):
        number = one[0].replace(" ", "")
        if len(number) >= _FEWEST_APART or text[one.end() : one.end() + 1] in {"k", "K"}:
            yield *one.span(), number


def numbers_in_letters(text: str) -> Iterator[Replacement]:
    """Find numbers with letters for digits: 4OOk, 1o5; litres (10l) and what is no number (4of) are left."""
    if not _MAYBE.search(text):
        return
    for one in _ALIKE.finditer(text):
        letters = len(_LETTER.findall(one[0]))
        is_amount = one[1] is not None
        told = letters > 1 or is_amount or _BEFORE_DIGIT.search(one[0])
        if letters and told and one[0][-1] not in "lIІ":
            yield *one.span(), one[0].translate(_IN_DIGITS)
