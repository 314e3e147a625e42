"""Lines of figures over weeks, drawn here: a page needs no script and no style of its own for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 220, 44
_EDGE = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place in the drawing."""

    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A line, broken where there is no figure; `dots` are figures without neighbours, and the last one."""

    lines: tuple[str, ...]
    dots: tuple[Point, ...]


def top_of(series: Iterable[Sequence[int | None]]) -> int:
    """Return the figure that all drawings of a page reach up to, so that they can be compared."""
    return max((one for figures in series for one in figures if one is not None), default=0) or 1


def draw(figures: Sequence[int | None], *, top: int) -> Trend:
    """Draw figures from left to right, zero at the bottom and `top` at the top."""
    runs: list[list[Point]] = [[]]
    for place, figure in enumerate(figures):
        if figure is None:
            runs.append([])
        else:
            runs[-1].append(_point(place, len(figures), figure / top))
    drawn = [run for run in runs if run]
    lines = tuple(" ".join(f"{one.x:g},{one.y:g}" for one in run) for run in drawn if len(run) > 1)
    dots = [run[0] for run in drawn if len(run) == 1]
    if drawn and drawn[-1][-1] not in dots:
        dots.append(drawn[-1][-1])
    return Trend(lines=lines, dots=tuple(dots))


def _point(place: int, places: int, height: float) -> Point:
    x = _EDGE + (WIDTH - 2 * _EDGE) * (place / (places - 1) if places > 1 else 0.5)
    return Point(x=round(x, 1), y=round(HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * height, 1))
