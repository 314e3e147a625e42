"""What numbers are looked up by: digits without outer noughts, and size. 7.50 and 7½ are "75e1", 284.5k is "2845e6"."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

# It begins with a set of characters, by which a pattern is looked for several times as fast.
_NUMERAL = re.compile(
    r"([\d.,](?:(?<=\d)\d*|(?<=[.,])(?<!\d[.,])\d+)(?:[ .,'’]\d+)*)"
    r"(?: ?(?=[A-Za-z])((?i:k|m|mn|mio|mil|mill|mln|millions?|millionen|bn|mrd|tsd|thsd"
    r"|thousand"
    r"|tausend|hundred|grand|kt|ct|cts|cents?|pence|centimes|rappen|T?EUR|[TkM]€|TUSD|MEUR|[TkM]USD"
    r"|[TkM]\$|[tm]kr|[TkM]SEK|[TkM]CHF|[TkM]GBP|us[ -]?cents?|euro[ -]?cents?))(?![^\W\d_]))?"
)
# "4 hundred 30": a word between digits that belongs to the number.
_MIXED = re.compile(
    r"(?<![\d.,])(?P<many>\d{1,3}) (?:(?P<hundred>hundred|hundert)|thousand|tausend) (?:and |und )?(?P<rest>\d{1,3})"
    r"(?![\d%]|[.,:]\d)",
)
# "2 k 5" is 2,500.
_SPLIT = re.compile(r"(?<![\w.,])(?P<many>\d{1,3}) ?k ?(?P<rest>\d)(?!\w|[.,]\d)")
# Four digits or more: what few things are by chance.
LONG_NUMBER = re.compile(r"\d(?:[ .,'’]?\d){3}")
# Thousands or millions that are said ahead of the number: "TEUR 712".
_AHEAD = re.compile(r"[TkKM](?:EUR|€|USD|\$|GBP|£|CHF|SEK) ?(\d+(?:[ .,'’]\d+)*)")
_MOST_DIGITS = 6
_PIECE = re.compile(r"\d+(?:[.,'’]\d+)*")
_SEPARATOR = re.compile(r"[ .,'’]")


def key_of(value: float) -> str:
    """Return what a number is looked up by: its digits, six at most, without outer noughts, and its size."""
    digits, _, power = f"{value:.12e}".partition("e")
    return f"{digits.replace('.', '')[:_MOST_DIGITS].rstrip('0')}e{int(power) + 1}"


@lru_cache(maxsize=1 << 14)
def value_of_key(key: str) -> float:
    """Return the number that is looked up by a key, its first six digits."""
    digits, _, size = key.partition("e")
    return float(f".{digits}e{size}") if digits else 0.0


def keys_in(text: str) -> frozenset[str]:
    """Return what the numerals of a text are looked up by: in all ways that they can be read in."""
    found = _NUMERAL.findall(text)
    if ("EUR" in text or "€" in text or "SEK" in text or "CHF" in text or "$" in text) and _AHEAD.search(text):
        found += [(one, "k") for one in _AHEAD.findall(text)]
    if len(found) == 1:
        return _keys_of_numeral(found[0])
    keys = frozenset().union(*map(_keys_of_numeral, found))
    return keys | {key_of(value) for value, _, _ in mixed(text)} if len(found) > 1 else keys


def mixed(text: str) -> Iterator[tuple[float, int, int]]:
    """Yield what "4 hundred 30" and the like are, with their place."""
    is_mixed = " hund" in text or "thousand " in text or "tausend " in text
    for match in _MIXED.finditer(text) if is_mixed else ():
        many, rest = int(match["many"]), int(match["rest"])
        scale = 100.0 if match["hundred"] else 1e3
        if many and 0 < rest < scale:
            yield many * scale + rest, *match.span()
    for match in _SPLIT.finditer(text) if "k" in text else ():
        yield int(match["many"]) * 1e3 + int(match["rest"]) * 100, *match.span()


@lru_cache(maxsize=1 << 14)
def _keys_of_numeral(found: tuple[str, str]) -> frozenset[str]:
    numeral, shortened = found
    if numeral.isdigit():
        return frozenset(_keys(numeral, len(numeral), shortened))
    keys: set[str] = set()
    for piece in {numeral, *_PIECE.findall(numeral)}:
        *whole, last = _SEPARATOR.split(piece)
        digits = "".join((*whole, last))
        if whole:
            keys |= _keys(digits, sum(map(len, whole)), shortened)
        if not whole or len(last) == 3:
            keys |= _keys(digits, len(digits), shortened)
    return frozenset(keys)


def _keys(digits: str, before: int, shortened: str) -> set[str]:
    """Return the keys of digits with so many before the point; "k", "m" or "cents" behind them moves it."""
    bare = digits.lstrip("0")
    size = before - len(digits) + len(bare)
    said = bare[:_MOST_DIGITS].rstrip("0")
    return {f"{said}e{size + by}" for by in ((0, 3, 6, -2) if shortened else (0,))}


@lru_cache(maxsize=1 << 12)
def keys_in_words(value: float) -> frozenset[str]:
    """Return what a number in words is looked up by: by itself, and as so many cents."""
    return frozenset((key_of(value), key_of(value / 100)))


def moved(value: float) -> tuple[str, ...]:
    """Return the keys of a number as it is written where thousands, millions or cents are meant."""
    return tuple(key_of(value * times) for times in (1.0, 1e3, 1e6, 0.01)) if value else ()


def rounded(value: float, tolerance: float) -> Iterable[str]:
    """Yield the keys of a value, and of what it is rounded to within a tolerance."""
    yield key_of(value)
    for places in range(4):
        near = float(f"{value:.{places}e}")
        if abs(near - value) <= tolerance * value:
            yield key_of(near)
