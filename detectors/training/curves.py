"""Curves as SVG: they carry their own ink for light and dark pages, and say in words what they show."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from detectors.quality import Bin, Point, share_interval

_SIDE, _LEFT, _TOP = 320, 64, 20
_WIDTH, _HEIGHT = _LEFT + _SIDE + 24, _TOP + _SIDE + 56
# Curve points closer than this in recall can't be told apart.
_STEP = 0.004
# Bins with fewer confidences say little: they are drawn faint.
_FEW = 20
# An image knows nothing of the colours of the page around it, only whether its reader prefers dark ones.
_STYLE = (
    "svg{color:#1f2328;font:12px system-ui,sans-serif}@media(prefers-color-scheme:dark){svg{color:#e6edf3}}"
    "text{fill:currentColor}.grid{stroke:currentColor;stroke-opacity:.18}.axis,.line{stroke:currentColor;fill:none}"
    ".line{stroke-width:2;stroke-linejoin:round}.ideal{stroke:currentColor;stroke-dasharray:4 4;stroke-opacity:.6}"
    ".mark{fill:currentColor}.few{opacity:.45}"
)

Place = tuple[float, float]


def precision_recall_svg(points: Sequence[Point], policies: Mapping[str, Place]) -> str:
    """Draw precision over recall, and where each policy stands, as (recall, precision)."""
    shown = _thinned(points)
    line = " ".join(f"{_x(one.recall):.1f},{_y(one.precision):.1f}" for one in shown)
    marks = "".join(
        f'<circle class="mark" cx="{_x(recall):.1f}" cy="{_y(precision):.1f}" r="5"/>'
        f'<text x="{_x(recall) - 9:.1f}" y="{_y(precision) + 16:.1f}" text-anchor="end">{escape(name)}</text>'
        for name, (recall, precision) in policies.items()
    )
    said = "; ".join(
        f"{name}: precision {precision:.2f} at recall {recall:.2f}" for name, (recall, precision) in policies.items()
    )
    return _picture(
        "Precision over recall, by message",
        f"Confidence falls along the curve. {said}.",
        f'<polyline class="line" points="{line}"/>{marks}',
        across="recall: signals found",
        up="precision: alarms that are right",
    )


def reliability_svg(bins: Iterable[Bin]) -> str:
    """Draw the share of findings that is right over their confidence, with 95 % intervals; the diagonal is ideal."""
    bins = tuple(bins)
    ideal = f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>'
    said = "; ".join(f"confidence {one.confidence:.2f}: {one.right:.2f} of {one.n:,} right" for one in bins)
    return _picture(
        "Reliability of confidences",
        f"{said}.",
        ideal + "".join(map(_bin, bins)),
        across="confidence that was told",
        up="share that is right",
    )


def _bin(one: Bin) -> str:
    interval = share_interval(round(one.right * one.n), one.n)
    x, few = f"{_x(one.confidence):.1f}", " few" if one.n < _FEW else ""
    return (
        f'<g class="bin{few}"><line class="axis" x1="{x}" x2="{x}" y1="{_y(interval.low):.1f}" '
        f'y2="{_y(interval.high):.1f}"/><circle class="mark" cx="{x}" cy="{_y(one.right):.1f}" r="4"/>'
        f'<text x="{_x(one.confidence) + 7:.1f}" y="{_y(one.right) + 14:.1f}" font-size="10">{one.n:,}</text></g>'
    )


def _picture(title: str, said: str, content: str, *, across: str, up: str) -> str:
    middle_x, middle_y = f"{_x(0.5):.0f}", f"{_y(0.5):.0f}"
    turned = f'x="16" y="{middle_y}" transform="rotate(-90 16 {middle_y})"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" '
        f'role="img" aria-labelledby="t d"><title id="t">{escape(title)}</title><desc id="d">{escape(said)}</desc>'
        f"<style>{_STYLE}</style>{_grid()}{content}"
        f'<text x="{middle_x}" y="{_HEIGHT - 12}" text-anchor="middle">{escape(across)}</text>'
        f'<text {turned} text-anchor="middle">{escape(up)}</text>'
        "</svg>\n"
    )


def _grid() -> str:
    ticks = [number / 5 for number in range(6)]
    lines = "".join(
        f'<path class="grid" d="M{_x(0)} {_y(tick):.1f}H{_x(1)}M{_x(tick):.1f} {_y(0)}V{_y(1)}"/>'
        f'<text x="{_LEFT - 8}" y="{_y(tick) + 4:.1f}" text-anchor="end">{tick:.1f}</text>'
        f'<text x="{_x(tick):.1f}" y="{_y(0) + 18}" text-anchor="middle">{tick:.1f}</text>'
        for tick in ticks
    )
    return lines + f'<path class="axis" d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}"/>'


def _thinned(points: Sequence[Point]) -> list[Point]:
    kept: list[Point] = []
    for one in points:
        if not kept or one.recall - kept[-1].recall >= _STEP or one is points[-1]:
            kept.append(one)
    return kept


def _x(value: float) -> float:
    return _LEFT + _SIDE * value


def _y(value: float) -> float:
    return _TOP + _SIDE * (1 - value)
