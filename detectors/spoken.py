"""Numbers in words, English and German: "seven and a half", "two hundred and fifty thousand", "neunzig", "anderthalb".

English ones are read word by word, German ones as the one word that they are.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

SCALES_IN_WORDS = {
    **dict.fromkeys(("thousand", "tausend", "grand"), 1e3),
    **dict.fromkeys(("million", "millions", "millionen", "millones", "milioni", "milione", "mio", "mln", "mil"), 1e6),
    **dict.fromkeys(("billion", "mrd", "milliarden"), 1e9),
}
_HUNDRED, _DOZEN = 100.0, 12.0
_MOST_WORDS = 400
_ENGLISH = "one two three four five six seven eight nine"
_ENGLISH_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_GERMAN = "ein zwei drei vier fuenf sechs sieben acht neun"
_GERMAN_TENS = "zwanzig dreissig vierzig fuenfzig sechzig siebzig achtzig neunzig"
_GERMAN_TEENS = "zehn elf zwoelf dreizehn vierzehn fuenfzehn sechzehn siebzehn achtzehn neunzehn"
_UNITS, _TEENS, _TENS = _ENGLISH.split(), _ENGLISH_TEENS.split(), _ENGLISH_TENS.split()
_EINER, _ZEHNER, _JUNG = _GERMAN.split(), _GERMAN_TENS.split(), _GERMAN_TEENS.split()
_WORD = re.compile(r"[^\W\d_]+")
_TRANSLITERATED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_ODD_LETTERS = str.maketrans("ıİſ\u212a", "iIsK")
_BETWEEN = {" ", "-", " and ", "-and-", " und ", " & "}
# How many of a part there are in one.
_ENGLISH_PARTS = "thirds quarters fifths sixths sevenths eighths ninths tenths"
_GERMAN_PARTS = "drittel viertel fünftel sechstel siebtel achtel neuntel zehntel"
_PARTS = {"half": 2, "halves": 2} | {
    one: many for names in (_ENGLISH_PARTS, _GERMAN_PARTS) for many, one in enumerate(names.split(), 3)
}
_MANY = {"a": 1, "an": 1, "ein": 1, "eine": 1, "einen": 1} | {
    one: place for names in (_UNITS, _EINER) for place, one in enumerate(names, 1)
}
_MANY["fünf"] = 5
_FRACTION_BEHIND = re.compile(
    r"(?:,| |-)?(?:and|und)?[ -]?(?:(?P<three>three|drei)[ -](?:quarters?|viertel)|(?:an? |one |eine?n? )?"
    r"(?:(?P<half>half|halb\w*)|(?P<quarter>quarter|viertel)))(?! ?(?:hour|past|stunde))(?!\w)"
    rf"| (?:and|und) (?P<many>{'|'.join(_MANY)})[ -]"
    rf"(?P<part>{'|'.join(_PARTS)}|third|quarter|(?:fif|six|seven|eigh|nin|ten)th)(?!\w)",
    re.IGNORECASE,
)
_DIGIT = f"(?:zero|null|nought|oh|{'|'.join((*_UNITS, *_EINER))}|eins|fünf)"
_POINT = re.compile(
    rf" (?:point|komma)(?:(?P<digits>(?:[ -]{_DIGIT}(?!\w))+)|[ -](?P<tens>[^\W\d_]+)(?:-(?P<ones>[^\W\d_]+))?)(?!\w)",
    re.IGNORECASE,
)
# "Point six", "null Komma sechs".
_BELOW_ONE = re.compile(
    rf"(?:(?:zero|nought|null|oh)[ -])?(?:point|komma)(?P<digits>(?:[ -]{_DIGIT}(?!\w))+)", re.IGNORECASE
)
_BEFORE_POINT = frozenset({"zero", "nought", "null", "oh", "point", "komma"})


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
    rest = {"": 0.0, **{f"{und}{one}": value for one, value in below.items() for und in ("", "und")}}
    whole |= {f"{teen}hundert{one}": 100.0 * below[teen] + value for teen in _JUNG[1:] for one, value in rest.items()}
    return whole


_WHOLE = _german()
_ONES = {"eins": 1.0, **{one: _WHOLE[one] for one in _EINER}}
_FOREIGN = (
    *(("deux dos", 2.0), ("trois tres", 3.0), ("quatre cuatro quattro", 4.0), ("cinq cinco cinque", 5.0)),
    *(("sept siete sette", 7.0), ("huit ocho", 8.0), ("neuf nueve", 9.0), ("dix diez dieci", 10.0)),
    *(
        ("onze undici", 11.0),
        ("douze doce dodici", 12.0),
        ("quinze quince quindici", 15.0),
        ("vingt veinte venti", 20.0),
    ),
    *(("trente treinta trenta", 30.0), ("quarante cuarenta quaranta", 40.0), ("cinquante cincuenta cinquanta", 50.0)),
    *(("soixante sesenta sessanta", 60.0), ("setenta settanta", 70.0), ("ochenta ottanta", 80.0)),
    ("noventa novanta", 90.0),
)
_ATOMS: dict[str, tuple[str, float]] = {
    **{one: ("unit", float(place)) for place, one in enumerate(_UNITS, 1)},
    **{one: ("teen", float(place)) for place, one in enumerate(_TEENS, 10)},
    **{one: ("ten", place * 10.0) for place, one in enumerate(_TENS, 2)},
    **{
        ten + unit: ("teen", tens * 10.0 + place)
        for tens, ten in enumerate(_TENS, 2)
        for place, unit in enumerate(_UNITS, 1)
    },
    **{one: ("whole", value) for one, value in _WHOLE.items()},
    **{one: ("unit", float(place)) for place, one in enumerate(_EINER, 1)},
    **{one: ("teen", float(place)) for place, one in enumerate(_JUNG, 10)},
    **{one: ("ten", place * 10.0) for place, one in enumerate(_ZEHNER, 2)},
    **dict.fromkeys(("anderthalb", "eineinhalb"), ("whole", 1.5)),
    **{
        f"{one}{part}": ("whole", value + share)
        for part, share in (
            *(("einhalb", 0.5), ("einviertel", 0.25), ("dreiviertel", 0.75), ("eindrittel", 1 / 3)),
            ("zweidrittel", 2 / 3),
        )
        for one, value in _WHOLE.items()
        if value < _HUNDRED
    },
    "eins": ("unit", 1.0),
    # French, Spanish and Italian ones that are no words of English or German.
    **{word: ("whole", value) for words, value in _FOREIGN for word in words.split()},
    # "Siebenzwanzig" is what a price of 7.20 is called.
    **{
        f"{einer}{zehner}": ("whole", euros + tens / 10)
        for euros, einer in enumerate(_EINER, 1)
        for tens, zehner in enumerate(_ZEHNER, 2)
    },
    "dreiviertel": ("whole", 0.75),
    "hundred": ("hundred", _HUNDRED),
    "hundert": ("hundred", _HUNDRED),
    "dozen": ("dozen", _DOZEN),
    "dutzend": ("dozen", _DOZEN),
    **{one: ("scale", value) for one, value in SCALES_IN_WORDS.items()},
}
_ARTICLES = frozenset({"a", "an", "ein", "eine", "einer", "einem", "einen"})
_HALVES = {"half": 0.5, "halbe": 0.5, "halben": 0.5, "halbes": 0.5, "quarter": 0.25, "viertel": 0.25}
# Kinds of number words that an article may stand before, and what each kind does not follow.
_COUNTABLE = frozenset({"hundred", "scale", "dozen"})
_NOT_BEFORE = {
    "unit": {"unit", "teen", "whole", "dozen", "fraction"},
    "whole": {"unit", "teen", "ten", "whole", "dozen", "fraction"},
    "teen": {"teen", "ten", "whole", "dozen", "fraction"},
    "ten": {"ten", "whole", "dozen", "fraction"},
    "hundred": {"hundred", "dozen", "fraction"},
}


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


def in_usual_letters(text: str) -> str:
    """Return a text, as long as it is, without the letters that match others whatever their case: ı, İ, ſ, K."""
    return text if text.isascii() else text.translate(_ODD_LETTERS)


def is_number_word(word: str) -> bool:
    """Whether a word in lower case is a number, or may begin one; "one" and "a" alone are too common to count."""
    plain = word if word.isascii() else word.translate(_TRANSLITERATED)
    # Nearly every word comes here once, and is none: nothing is kept of it.
    if plain not in _ATOMS and "tausend" not in plain:
        return False
    return word not in {"one", "eine", "eins", "ein"} and _atom(word) is not None


def value_of(word: str) -> float | None:
    """Return the number that a single word is; None for a scale, which is none by itself, and for other words."""
    atom = _atom(word)
    return atom[1] if atom is not None and atom[0] != "scale" else None


def spoken(text: str) -> Iterator[tuple[float, int, int, bool]]:
    """Yield the numbers in words of a text, with their place; "six forty" is 640, and again, split, 6.40."""
    words = [(one.start(), one.end(), _plain(one[0])) for one in _WORD.finditer(text)][:_MOST_WORDS]
    place = 0
    while place < len(words):
        first = words[place][2]
        below = _BELOW_ONE.match(text, words[place][0]) if first in _BEFORE_POINT else None
        if below is not None:
            yield _behind_point(below["digits"]), below.start(), below.end(), False
            while place < len(words) and words[place][0] < below.end():
                place += 1
            continue
        atom = _atom(first)
        is_a_start = first in _HALVES if atom is None else _may_begin(atom[0], words[place - 1][2] if place else "")
        if not is_a_start:
            place += 1
            continue
        number = _Spoken(text, words, place)
        yield from number.values()
        place = max(number.place, place + 1)


def _may_begin(kind: str, before: str) -> bool:
    """Whether a number may begin with a word; "millions of" is none, "a million" is."""
    return kind != "scale" or before in _ARTICLES


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

    def values(self) -> Iterator[tuple[float, int, int, bool]]:
        """Yield what was read, in one or two ways; nothing where it was none."""
        if self._end > self._start:
            yield self._total + self._current, self._start, self._end, False
            if self._pair is not None:
                yield self._pair[0] + self._pair[1] / 100, self._start, self._end, True

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
        if (kind in {"teen", "ten"} and self._last == "unit") or (kind == "ten" and self._last == "teen"):
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
    if part and part["part"]:
        name = part["part"].lower()
        return _MANY[part["many"].lower()] / (_PARTS.get(name) or _PARTS[f"{name}s"]), part.end()
    if part:
        return (0.75 if part["three"] else 0.5 if part["half"] else 0.25), part.end()
    point = _POINT.match(text, end)
    if point is None:
        return None
    if point["digits"]:
        return _behind_point(point["digits"]), point.end()
    atoms = [_atom(one) for one in (point["tens"], point["ones"]) if one]
    hundredths = sum(one[1] for one in atoms if one is not None and one[0] in {"whole", "teen", "ten", "unit"})
    return (hundredths / 100, point.end()) if None not in atoms and 10 <= hundredths < _HUNDRED else None


def _behind_point(words: str) -> float:
    """Read "six", "seven five" as what stands behind a point."""
    said = [_plain(one) for one in _WORD.findall(words)]
    digits = (_UNITS.index(one) + 1 if one in _UNITS else int(_ONES.get(one, 0)) for one in said)
    return float("0." + "".join(map(str, digits)))


def _known(word: str) -> tuple[str, float]:
    return _atom(word) or ("whole", 0.0)
