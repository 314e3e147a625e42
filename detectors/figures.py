"""Numbers as people write them, with their place: 1,284,000, 7½, 48k, seven and a half, neunzig, anderthalb, a dozen.

Digits may be grouped by comma, point, apostrophe or space; where that leaves two readings, both are given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from detectors.amounts import DIGITS, SCALES, number
from detectors.number_keys import mixed
from detectors.spoken import SCALES_IN_WORDS, spoken

_WRITTEN_PARTS = {
    f"{few}/{many}": few / many for many in (2, 3, 4, 5, 8) for few in range(1, many) if few == 1 or many % few
}
_FRACTIONS = {"¼": 0.25, "½": 0.5, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅞": 0.875}
_FRACTIONS |= {**_WRITTEN_PARTS, "a half": 0.5, "a quarter": 0.25, "three quarters": 0.75, "einhalb": 0.5}
_PARTS = "[¼½¾⅓⅔⅛⅜⅝⅞]"
_SCALES = {**SCALES, **SCALES_IN_WORDS, "tsd": 1e3, "mille": 1e3}
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
# "5 m" is a length; "5m" and "5 M" may be money.
_NUMERAL = re.compile(
    r"(?=[\d.,¼½¾⅓⅔⅛⅜⅝⅞])(?:(?<![\w.,'])|(?<=EUR)|(?<=USD)|(?<=GBP)|(?<=CHF))"
    rf"(?:(?P<digits>{DIGITS}|[.,]\d\d(?!\d))(?P<part>{_PARTS}|[ -]?(?:{'|'.join(_WRITTEN_PARTS)})(?![\d/])"
    r"| and (?:an? half|an? quarter|three quarters)(?! (?:hour|million|dozen))| ?einhalb(?!\w))?"
    rf"|(?P<alone>{_PARTS}))"
    rf"(?:(?: ?(?P<scale>(?i:{_SCALE}))(?!\w)(?<! m))\.?|(?=[\W_]|[^\W\d_]|$))"
)
_OF_A_THOUSAND = re.compile(r"(\d{1,3})[.,](\d{3})(?<!00)")
_NO_DIGITS, _CENTS = re.compile(r"\D"), re.compile(r"[.,]\d{1,2}$")
# A full stop behind these is theirs.
_SHORTENED = frozenset({"mio", "mill", "mil", "mrd", "tsd", "thsd", "mn", "mln", "bn"})
_ROUND_IN_WORDS = re.compile(r"hundred|hundert|tausend|thousand|million", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of a text, from `start` to `end`, end exclusive.

    `step` is what its last written place is worth, as far as it is not a nought that only rounds; `digits` how many
    places say something, `decimals` how many stand behind the point. `scale` is 1000 for "48k", and so on; `is_word`
    where no digit stands.
    """

    value: float
    start: int
    end: int
    step: float
    digits: int
    text: str = field(repr=False)
    decimals: int = 0
    scale: float = 1.0
    is_grouped: bool = False
    is_word: bool = False


def figures(text: str, *, in_words: bool = True) -> list[Figure]:
    """Return the numbers of a sentence, in order; two of the same place where it can be read in two ways.

    Those written in words are left out where not asked for.
    """
    in_digits = [*_in_digits(text), *(_in_words(text, *one) for one in mixed(text))]
    if not in_words:
        return sorted(in_digits, key=lambda one: one.start)
    taken = {place for one in in_digits for place in range(one.start, one.end)}
    in_words_too = (_in_words(text, *one) for one in spoken(text) if one[1] not in taken)
    return sorted([*in_digits, *in_words_too], key=lambda one: (one.start, -one.end))


def _in_digits(text: str) -> Iterator[Figure]:
    for match in _NUMERAL.finditer(text):
        digits, scale = match["digits"] or "", (match["scale"] or "").lower()
        if not digits:
            yield _figure(match, _FRACTIONS[match["alone"]], digits="", factor=_SCALES.get(scale, 1.0))
            continue
        if digits[0] in ".,":
            digits = f"0{digits}"
        part = _FRACTIONS[match["part"].strip(" -").removeprefix("and ")] if match["part"] else 0.0
        factor = _SCALES.get(scale, 1.0)
        values = {number(digits, scale), _other_reading(digits)} - {None}
        for value in sorted(one for one in values if one is not None):
            yield _figure(match, value + part, digits=digits, factor=factor)


def _other_reading(digits: str) -> float | None:
    """Return what "1.284" is besides 1284; "1.000" is nothing else."""
    match = _OF_A_THOUSAND.fullmatch(digits)
    return float(f"{match[1]}.{match[2]}") if match else None


def _figure(match: re.Match[str], value: float, *, digits: str, factor: float) -> Figure:
    bare = digits.replace(" ", "").replace("'", "")
    behind = bare[max(bare.rfind("."), bare.rfind(",")) + 1 :] if value != int(value) or _ends_in_cents(bare) else ""
    decimals = len(behind) if value < 1e9 and ("." in bare or "," in bare) else 0
    said = _NO_DIGITS.sub("", bare).lstrip("0")
    noughts = 0 if decimals else len(said) - len(said.rstrip("0"))
    step = 10.0 ** (-decimals if decimals else noughts)
    if match["part"] or match["alone"]:
        step = 0.25
    return Figure(
        value=value * factor,
        start=match.start(),
        end=match.end() - (match[0].endswith(".") and (match["scale"] or "").lower() not in _SHORTENED),
        step=step * factor,
        digits=max(len(said) - noughts, 1),
        text=match.string,
        decimals=decimals,
        scale=factor,
        is_grouped=decimals == 0 and len(digits) > 4 and not digits.isdigit(),
    )


def _ends_in_cents(digits: str) -> bool:
    return _CENTS.search(digits) is not None


def _in_words(text: str, value: float, start: int, end: int, is_split: bool = False) -> Figure:  # noqa: FBT001, FBT002 - a tuple is passed
    step = 1.0
    while value and value % (step * 10) == 0:
        step *= 10
    if value % 1:
        step = 0.25 if value * 4 % 1 == 0 and not is_split else 0.01
    is_scaled = _ROUND_IN_WORDS.search(text, start, end) is not None
    return Figure(
        value=value,
        start=start,
        end=end,
        step=step,
        digits=max(len(f"{value:.10g}".replace(".", "").rstrip("0")), 1),
        text=text,
        decimals=2 if step == 0.01 else 0,
        is_word=True,
        scale=next((one for one in (1e6, 1e3) if is_scaled and value >= one), 1.0),
    )
