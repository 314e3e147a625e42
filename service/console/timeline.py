"""How many entries of the ledger were first told each week, by family of label: stacked bars, drawn here."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from service.console.times import day_of
from service.console.words import Family, counted, family

WEEKS = 26
WIDTH, HEIGHT = 640, 96
_GROUND, _TOP, _GAP = 16.0, 12.0, 4.0
FAMILIES = {Family.LEAK: "told", Family.CONDUCT: "conduct", Family.FISHING: "asked"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A rectangle: the entries of a family in a week."""

    family: Family
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week by its Monday, and what to say of it."""

    monday: date
    told: str
    x: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A drawing of the last weeks; `top` is the greatest week's count, `earlier` what lies before the first week."""

    weeks: tuple[Week, ...]
    top: int
    total: int
    earlier: int
    bar_width: float

    @property
    def described(self) -> str:
        """What the drawing shows, in words."""
        busy = [one.told for one in self.weeks if one.bars]
        return "; ".join(busy) or "no entry in these weeks"


def draw_timeline(entries: Iterable[tuple[datetime, str]], *, now: datetime) -> Timeline:
    """Draw entries, each by when it was first told and its label, over the weeks that end with this one."""
    last = _monday(now)
    mondays = [last - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    counts: Counter[tuple[date, Family]] = Counter()
    earlier = 0
    for at, label in entries:
        monday = min(_monday(at), last)
        if monday < mondays[0]:
            earlier += 1
        else:
            counts[monday, family(label)] += 1
    sums = [sum(counts[monday, one] for one in FAMILIES) for monday in mondays]
    top = max(sums)
    step = WIDTH / WEEKS
    weeks = tuple(
        Week(
            monday=monday,
            told=_told(monday, counts),
            x=round(place * step, 1),
            bars=_bars(counts, monday, x=place * step + _GAP / 2, width=step - _GAP, top=max(top, 1)),
        )
        for place, monday in enumerate(mondays)
    )
    return Timeline(weeks=weeks, top=top, total=sum(sums), earlier=earlier, bar_width=round(step - _GAP, 1))


def _bars(counts: Counter[tuple[date, Family]], monday: date, *, x: float, width: float, top: int) -> tuple[Bar, ...]:
    bars, bottom = [], HEIGHT - _GROUND
    for one in FAMILIES:
        height = (HEIGHT - _GROUND - _TOP) * counts[monday, one] / top
        if height:
            bottom -= height
            bars.append(Bar(family=one, x=_near(x), y=_near(bottom), width=_near(width), height=_near(height)))
    return tuple(bars)


def _told(monday: date, counts: Counter[tuple[date, Family]]) -> str:
    parts: Sequence[str] = [f"{counts[monday, one]} {name}" for one, name in FAMILIES.items() if counts[monday, one]]
    total = sum(counts[monday, one] for one in FAMILIES)
    detail = f" ({', '.join(parts)})" if parts else ""
    return f"Week of {day_of(monday)}: {counted(total, 'entry', 'entries')}{detail}"


def _monday(at: datetime) -> date:
    day = at.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())


def _near(value: float) -> float:
    return round(value, 1)
