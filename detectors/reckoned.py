"""Figures that take a step of reckoning: sums, products, a unit that stands at another number, years between two."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from detectors.calendar_words import MONTHS
from detectors.days import Days
from detectors.lengths import LENGTHS
from detectors.said import Reading
from detectors.senses import readings
from detectors.spoken import in_usual_letters
from messages import FactKind

_PERCENT = "%"
_MORE = r"(?:another |a further |weitere[rn]? |noch )?"
_PLUS = re.compile(rf"(?: [^\W\d_]+){{0,2}},? ?(?:plus|\+|and another|und noch|und weitere) ?{_MORE}", re.IGNORECASE)
_LOTS = "(?:lots|batches|packs|boxes|pallets|sets|groups|rows|teams|instal+ments|shifts|raten|chargen|lose|paletten)"
_TIMES = re.compile(
    rf" ?(?:times|mal|x|×|\*) ?|(?: [^\W\d_]+)?[ ]{_LOTS} (?:of|at|with|zu|à|mit) "
    r"|(?: [^\W\d_]+){1,2},? (?:each with|à|je) ",
    re.IGNORECASE,
)
# "130 hosts with forty cores each".
_WITH = re.compile(r"(?: [^\W\d_]+){1,2},? (?:with|at|of|having|mit|zu) ", re.IGNORECASE)
_EACH = re.compile(r"(?: [^\W\d_]+)?,? (?:each|apiece|jeweils|per \w+|pro \w+)(?!\w)", re.IGNORECASE)
# "Eighteen rather than 36 months".
_CONTRAST = re.compile(r",? (?:rather|instead|not|and not|statt|anstatt|nicht|und nicht)(?!\w)", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:(?P<days>days|tagen?)|(?P<weeks>weeks|wochen)|(?P<months>months|monaten?)|(?P<years>years|jahren?)"
    r"|(?P<percent>percent|per cent|prozent))(?! ago)\b",
    re.IGNORECASE,
)
_FARTHEST, _MOST_TOGETHER = 40, 12
_SUMMABLE = frozenset({FactKind.QUANTITY, FactKind.AMOUNT})
_EDGES = {
    **dict.fromkeys(("early", "anfang", "start", "beginning", "beginn"), 0),
    **dict.fromkeys(("mid", "mitte", "middle"), 6),
    **dict.fromkeys(("late", "end", "ende"), 12),
    **{name: month - 1 for name, month in MONTHS.items()},
}
_YEAR = re.compile(
    rf"(?:\b(?P<edge>{'|'.join(_EDGES)})(?: of)?[ -])?(?<![\w.,/-])(?P<year>20\d\d)(?![\w/-]|[.,]\d)", re.IGNORECASE
)
_UNTIL = re.compile(r"\b(?:until|till|to|through|up to|bis|bis zum)(?: the)? $", re.IGNORECASE)
_LONGEST_TERM, _LONGEST_STOCK = 30 * 12, 120


def reckoned(text: str) -> list[Reading]:
    """Return what numbers of a sentence say together: sums, products, years between two."""
    return [*_together(readings(text)), *_between(in_usual_letters(text))]


def until(told: Days, today: date, text: str) -> Reading | None:
    """Return the length of time from today until a day on which something is over: "gone on 28 March"."""
    length = (told.first - today).days
    if told.width > 1 or not 0 < length <= _LONGEST_STOCK:
        return None
    # Whether the first and the last day count is not said.
    return _length(text, (told.start, told.end), length, step=2.0, unit="days")


def borrowed(found: Sequence[Reading], text: str, before: str) -> Iterator[Reading]:
    """Read those of some numbers that are bare as months or percent, where others beside them are."""
    bare = [one for one in found if one.kind is FactKind.QUANTITY and _is_bare(one)]
    if not bare:
        return
    asked = _named_in(before) if before.endswith("?") else set()
    for unit in _units(readings(text)) or _named_in(text) or _units(readings(before)) or asked:
        for one in bare:
            if unit == _PERCENT:
                yield replace(one, kind=FactKind.PERCENTAGE)
            elif one.decimals < 2 and not one.is_grouped:
                yield replace(one.times(LENGTHS[unit]), kind=FactKind.DURATION, unit=unit)


def _named_in(text: str) -> set[str]:
    """Return the units that are named without a number: "weeks of stock: 14"."""
    named = (one.lastgroup for one in _NAMED.finditer(text))
    return {_PERCENT if one == "percent" else one for one in named if one}


def _is_bare(one: Reading) -> bool:
    return not (one.is_marked or one.is_clock) and (not one.unit or _CONTRAST.match(one.text, one.end) is not None)


def _units(found: Sequence[Reading]) -> set[str]:
    """Return the units named; the half of "two and a half" is no share, nor its quarter a length."""
    numbers = [(one.start, one.end) for one in found if one.kind is FactKind.QUANTITY and not one.is_marked]
    named = [one for one in found if one.kind in {FactKind.DURATION, FactKind.PERCENTAGE}]
    apart = (one for one in named if not any(start <= one.start and one.end <= end for start, end in numbers))
    return {one.unit if one.kind is FactKind.DURATION else _PERCENT for one in apart}


def _together(found: Sequence[Reading]) -> Iterator[Reading]:
    """Add "five dozen plus four", and multiply "130 hosts with forty cores each"."""
    for place, one in enumerate(found):
        for other in found[place + 1 : place + 1 + _MOST_TOGETHER]:
            if one.kind not in _SUMMABLE or other.kind not in _SUMMABLE or not one.end <= other.start:
                continue
            joint = one.text[one.end : other.start]
            if len(joint) > _FARTHEST or one.is_range or other.is_range:
                continue
            is_same = one.kind is other.kind and (not one.unit or not other.unit or one.unit == other.unit)
            if is_same and _PLUS.fullmatch(joint):
                yield _joined(one, other, one.low + other.low, one.unit or other.unit)
            is_priced = other.kind is FactKind.AMOUNT and other.unit != ""
            is_each = is_priced or _EACH.match(one.text, other.end) is not None
            is_times = _TIMES.fullmatch(joint) or (is_each and _WITH.fullmatch(joint))
            if is_times and one.kind is FactKind.QUANTITY and one.low % 1 == 0:
                yield _joined(one, other, one.low * other.low, other.unit if other.kind is one.kind else "")


def _joined(one: Reading, other: Reading, value: float, unit: str) -> Reading:
    currency = other.currency or one.currency
    return replace(other, low=value, high=value, start=one.start, step=1.0, unit=unit, currency=currency)


def _between(text: str) -> Iterator[Reading]:
    """Read "from early 2027 until early 2035" as eight years."""
    named = list(_YEAR.finditer(text))[:_MOST_TOGETHER]
    ends = [one for one in named if _UNTIL.search(text, 0, one.start())]
    for end in ends:
        for start in named:
            months = _month(end) - _month(start)
            is_alike = bool(end["edge"]) == bool(start["edge"])
            if start not in ends and is_alike and 0 < months <= _LONGEST_TERM:
                place = min(start.start(), end.start()), max(start.end(), end.end())
                yield _length(text, place, months * LENGTHS["months"])


def _month(year: re.Match[str]) -> int:
    return 12 * int(year["year"]) + _EDGES[(year["edge"] or "early").lower()]


def _length(text: str, place: tuple[int, int], length: float, *, step: float = 1.0, unit: str = "months") -> Reading:
    start, end = place
    return Reading(
        kind=FactKind.DURATION, low=length, high=length, start=start, end=end, step=step, text=text, unit=unit
    )
