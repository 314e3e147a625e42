"""Numbers as people write them, with their place: 1,284,000, 7½, 48k, seven and a half, neunzig, anderthalb, a dozen.

Digits may be grouped by comma, point, apostrophe or space; where that leaves two readings, both are given. Words are
English and German.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from detectors.amounts import DIGITS, SCALES, number

_FRACTIONS = {"¼": 0.25, "½": 0.5, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
_PARTS = "[¼½¾⅓⅔⅛]"
_SCALES = {**SCALES, **dict.fromkeys(("tsd", "mrd", "milliarden", "millionen", "mio", "mln", "million", "mille"), 0.0)}
_SCALES |= {"tsd": 1e3, "mille": 1e3, "mrd": 1e9, "milliarden": 1e9, "millionen": 1e6, "mio": 1e6, "mln": 1e6}
_SCALES |= {"million": 1e6, "millones": 1e6, "milioni": 1e6, "milione": 1e6}
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
# "5 m" is a length; "5m" and "5 M" may be money.
_NUMERAL = re.compile(
    r"(?=[\d.,¼½¾⅓⅔⅛])(?:(?<![\w.,'])|(?<=EUR)|(?<=USD)|(?<=GBP)|(?<=CHF))"
    rf"(?:(?P<digits>{DIGITS}|[.,]\d\d(?!\d))(?P<part>{_PARTS}|[ -]?(?:1/2|1/4|3/4)(?![\d/]))?|(?P<alone>{_PARTS}))"
    rf"(?:(?: ?(?P<scale>(?i:{_SCALE}))(?!\w)(?<! m))\.?|(?=[\W_]|[^\W\d_]|$))"
)
_UNITS = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_EINER = "ein zwei drei vier fuenf sechs sieben acht neun".split()
_ZEHNER = "zwanzig dreissig vierzig fuenfzig sechzig siebzig achtzig neunzig".split()
_JUNG = "zehn elf zwoelf dreizehn vierzehn fuenfzehn sechzehn siebzehn achtzehn neunzehn".split()
_WORD = re.compile(r"[^\W\d_]+")
_TRANSLITERATED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_BETWEEN = {" ", "-", " and ", "-and-", " und ", " & "}
_FRACTION_BEHIND = re.compile(
    r"(?:,| |-)?(?:and|und)?[ -]?(?:(?P<three>three)[ -]quarters|(?:an? |eine?n? )?(?:(?P<half>half|halb\w*)"
    r"|(?P<quarter>quarter|viertel)))(?! ?(?:hour|past|stunde))(?!\w)",
    re.IGNORECASE,
)
_POINT = re.compile(r" (?:point|komma)((?:[ -](?:zero|null|oh|" + "|".join((*_UNITS, *_EINER)) + r"|eins|fünf|zwölf))+)(?!\w)", re.I)
_ARTICLE_BEHIND = re.compile(r"(?: of)?(?: an?| one)? ", re.IGNORECASE)
_HUNDRED, _DOZEN = 100.0, 12.0
_MOST_WORDS = 400


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
    in_digits = list(_in_digits(text))
    if not in_words:
        return in_digits
    taken = {place for one in in_digits for place in range(one.start, one.end)}
    spoken = (one for one in _in_words(text) if one.start not in taken)
    return sorted([*in_digits, *spoken], key=lambda one: (one.start, -one.end))


def _in_digits(text: str) -> Iterator[Figure]:
    for match in _NUMERAL.finditer(text):
        digits, scale = match["digits"] or "", (match["scale"] or "").lower()
        if not digits:
            yield _figure(match, _FRACTIONS[match["alone"]], digits="", factor=_SCALES.get(scale, 1.0))
            continue
        if digits[0] in ".,":
            digits = f"0{digits}"
        part = _FRACTIONS.get((match["part"] or "").strip(" -"), 0.0)
        factor = _SCALES.get(scale, 1.0)
        values = {number(digits, scale), _other_reading(digits)} - {None}
        for value in sorted(one for one in values if one is not None):
            yield _figure(match, value + part, digits=digits, factor=factor)


def _other_reading(digits: str) -> float | None:
    """Return what "1.284" is besides 1284; "1.000" is nothing else."""
    match = re.fullmatch(r"(\d{1,3})[.,](\d{3})(?<!00)", digits)
    return float(f"{match[1]}.{match[2]}") if match else None


def _figure(match: re.Match[str], value: float, *, digits: str, factor: float) -> Figure:
    bare = digits.replace(" ", "").replace("'", "")
    behind = bare[max(bare.rfind("."), bare.rfind(",")) + 1 :] if value != int(value) or _ends_in_cents(bare) else ""
    decimals = len(behind) if value < 1e9 and ("." in bare or "," in bare) else 0
    said = re.sub(r"\D", "", bare).lstrip("0")
    noughts = 0 if decimals else len(said) - len(said.rstrip("0"))
    step = 10.0 ** (-decimals if decimals else noughts)
    if match["part"] or match["alone"]:
        step = 0.25
    return Figure(
        value=value * factor,
        start=match.start(),
        end=match.end(),
        step=step * factor,
        digits=max(len(said) - noughts, 1),
        text=match.string,
        decimals=decimals,
        scale=factor,
        is_grouped=decimals == 0 and len(digits) > 4 and not digits.isdigit(),
    )


def _ends_in_cents(digits: str) -> bool:
    return re.search(r"[.,]\d{1,2}$", digits) is not None


@lru_cache(maxsize=1 << 14)
def _plain(word: str) -> str:
    return word.lower().translate(_TRANSLITERATED)


def _german() -> dict[str, float]:
    """Write out the German numbers under a thousand."""
    below: dict[str, float] = {one: float(place) for place, one in enumerate(_EINER, 1)}
    below |= {one: float(place) for place, one in enumerate(_JUNG, 10)}
    for tens, zehner in enumerate(_ZEHNER, 2):
        below[zehner] = tens * 10.0
        below |= {f"{einer}und{zehner}": tens * 10.0 + place for place, einer in enumerate(_EINER, 1)}
    whole = dict(below)
    for hundreds, einer in enumerate(("", *_EINER)):
        start = max(hundreds, 1) * _HUNDRED
        whole[f"{einer}hundert"] = start
        whole |= {f"{einer}hundert{und}{one}": start + value for one, value in below.items() for und in ("", "und")}
    return whole


_WHOLE = _german()
_ATOMS: dict[str, tuple[str, float]] = {
    **{one: ("unit", float(place)) for place, one in enumerate(_UNITS, 1)},
    **{one: ("teen", float(place)) for place, one in enumerate(_TEENS, 10)},
    **{one: ("ten", place * 10.0) for place, one in enumerate(_TENS, 2)},
    **{
        ten + unit: ("teen", tens * 10.0 + place)
        for tens, ten in enumerate(_TENS, 2)
        for place, unit in enumerate(_UNITS, 1)
    },
    **{one: ("whole", value) for one, value in _WHOLE.items() if one not in {"ein"}},
    **dict.fromkeys(("anderthalb", "eineinhalb"), ("whole", 1.5)),
    **{f"{one}einhalb": ("whole", place + 0.5) for place, one in enumerate(_EINER, 1)},
    "dreiviertel": ("whole", 0.75),
    "hundred": ("hundred", _HUNDRED),
    "hundert": ("hundred", _HUNDRED),
    "dozen": ("dozen", _DOZEN),
    "dutzend": ("dozen", _DOZEN),
    **{
        one: ("scale", value)
        for one, value in _SCALES.items()
        if len(one) > 2 and one not in {"mil", "mill", "mille", "tsd", "thsd"}
    },
}
_ARTICLES = {"a": 1.0, "an": 1.0, "ein": 1.0, "eine": 1.0, "einer": 1.0, "einem": 1.0, "einen": 1.0}
_HALVES = {"half": 0.5, "halbe": 0.5, "halben": 0.5, "halbes": 0.5, "quarter": 0.25, "viertel": 0.25}
# Kinds of number words that an article may stand before, and what each kind does not follow.
_COUNTABLE = frozenset({"hundred", "scale", "dozen"})
_NOT_BEFORE = {
    "unit": {"unit", "teen", "whole", "dozen", "fraction"},
    "whole": {"unit", "teen", "ten", "whole", "dozen", "fraction"},
    "teen": {"teen", "ten", "whole", "dozen", "fraction"},
    "ten": {"teen", "ten", "whole", "dozen", "fraction"},
    "hundred": {"hundred", "dozen", "fraction"},
}
_ROUND_IN_WORDS = re.compile(r"(?:hundred|hundert|tausend|thousand|million)")


@lru_cache(maxsize=1 << 14)
def _atom(word: str) -> tuple[str, float] | None:
    plain = _plain(word)
    known = _ATOMS.get(plain)
    if known or "tausend" not in plain:
        return known
    above, _, below = plain.partition("tausend")
    thousands = _WHOLE.get(above, 1.0 if not above else None)
    rest = _WHOLE.get(below.removeprefix("und"), 0.0 if not below else None)
    return ("whole", thousands * 1e3 + rest) if thousands is not None and rest is not None else None


def is_number_word(word: str) -> bool:
    """Whether a word in lower case is a number, or may begin one; "one" and "a" alone are too common to count."""
    return word not in {"one", "eine", "eins"} and _atom(word) is not None


def value_of(word: str) -> float | None:
    """Return the number that a single word is; None for a scale, which is none by itself, and for other words."""
    atom = _atom(word)
    return atom[1] if atom is not None and atom[0] != "scale" else None


def _in_words(text: str) -> Iterator[Figure]:
    words = [(one.start(), one.end(), _plain(one[0])) for one in _WORD.finditer(text)][:_MOST_WORDS]
    place = 0
    while place < len(words):
        first = words[place][2]
        if _atom(first) is None and first not in _HALVES:
            place += 1
            continue
        spoken = _Spoken(text, words, place)
        yield from spoken.figures()
        place = max(spoken.place, place + 1)


class _Spoken:
    """A number in words, read from a place among a text's words on; `place` is the one after it."""

    def __init__(self, text: str, words: list[tuple[int, int, str]], place: int) -> None:
        self._text, self._words, self.place = text, words, place
        self._start = self._end = words[place][0]
        self._total = self._current = 0.0
        self._last = ""
        self._pair: tuple[float, float] | None = None
        if self._begins():
            while self.place < len(words) and self._goes_on():
                self._add(*_known(words[self.place][2]))

    def figures(self) -> list[Figure]:
        """Return what was read, in one or two ways; nothing where it was none."""
        if self._end == self._start:
            return []
        one = _spoken_figure(self._text, self._start, self._end, self._total + self._current)
        if self._pair is None:
            return [one]
        return [one, replace(one, value=self._pair[0] + self._pair[1] / 100, step=0.01, decimals=2)]

    def _begins(self) -> bool:
        """Take "a" before a hundred and "half a" before a million."""
        atom = _atom(self._words[self.place][2])
        before = self._words[self.place - 1] if self.place else None
        if atom is not None:
            if before and before[2] in _ARTICLES and atom[0] in _COUNTABLE:
                self._start = self._end = before[0]
            return True
        share = _HALVES[self._words[self.place][2]]
        self.place += 1
        while self.place < len(self._words) and self._words[self.place][2] in {"of", "a", "an"}:
            self.place += 1
        atom = _atom(self._words[self.place][2]) if self.place < len(self._words) else None
        if atom is None or atom[0] not in _COUNTABLE:
            return False
        self._current, self._last = share, "share"
        return True

    def _goes_on(self) -> bool:
        start, _, word = self._words[self.place]
        if self._last in {"hundred", "scale"} and word in {"and", "und"} and self.place + 1 < len(self._words):
            after = self._words[self.place + 1]
            if _atom(after[2]) is None or self._text[self._end : after[0]].lower() not in _BETWEEN:
                return False
            self.place += 1
            start, _, word = after
        atom = _atom(word)
        if atom is None:
            return False
        is_next = not self._last or self._last == "share" or self._text[self._end : start].lower() in _BETWEEN
        return is_next and self._last not in _NOT_BEFORE.get(atom[0], ())

    def _add(self, kind: str, value: float) -> None:
        if kind in {"teen", "ten"} and self._last == "unit":
            self._pair = (self._current, value)
            self._current = self._current * 100 + value
        elif kind in {"hundred", "dozen"}:
            self._current = (self._current or 1.0) * value
        elif kind == "scale":
            self._total, self._current = self._total + (self._current or 1.0) * value, 0.0
        else:
            self._pair = (self._pair[0], self._pair[1] + value) if self._pair else None
            self._current += value
        self._last, self._end = kind, self._words[self.place][1]
        self.place += 1
        part = _fraction(self._text, self._end) if kind not in _COUNTABLE else None
        if part is not None:
            self._current, self._end, self._last, self._pair = self._current + part[0], part[1], "fraction", None
            while self.place < len(self._words) and self._words[self.place][0] < self._end:
                self.place += 1


def _fraction(text: str, end: int) -> tuple[float, int] | None:
    """Read "and a half", "point five" behind a number word."""
    part = _FRACTION_BEHIND.match(text, end)
    if part:
        return (0.75 if part["three"] else 0.5 if part["half"] else 0.25), part.end()
    point = _POINT.match(text, end)
    if point is None:
        return None
    said = [_plain(one) for one in re.findall(r"[^\W\d_]+", point[1])]
    digits = (_UNITS.index(one) + 1 if one in _UNITS else int(_WHOLE.get(one.removesuffix("s"), 0)) for one in said)
    return float("0." + "".join(map(str, digits))), point.end()


def _known(word: str) -> tuple[str, float]:
    return _atom(word) or ("whole", 0.0)


def _spoken_figure(text: str, start: int, end: int, value: float) -> Figure:
    step = 1.0
    while value and value % (step * 10) == 0:
        step *= 10
    if value != int(value):
        step = 0.25 if value * 4 == int(value * 4) else 0.01
    is_scaled = _ROUND_IN_WORDS.search(text[start:end].lower()) is not None
    return Figure(
        value=value,
        start=start,
        end=end,
        step=step,
        digits=max(len(f"{value:.10g}".replace(".", "").rstrip("0")), 1),
        text=text,
        is_word=True,
        scale=next((one for one in (1e6, 1e3) if is_scaled and value >= one), 1.0),
    )
