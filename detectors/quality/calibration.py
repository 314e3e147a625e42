"""Whether confidences mean what they say, and what each threshold would give."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from detectors.quality.gold import LABELS
from detectors.quality.judged import Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Confidences from `low` to below `high` (the last bin holds 1): how many, their mean, the share that is right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What alarming from this confidence on would give, at message level."""

    threshold: float
    precision: float
    recall: float


def strongest(judged: Judged) -> dict[str, float]:
    """Return the confidence of each label's strongest finding, before any policy; none for optional labels."""
    found: dict[str, float] = {}
    for one in judged.seen:
        if one.label in LABELS and one.label not in judged.gold.optional:
            found[one.label] = max(found.get(one.label, 0.0), one.confidence)
    return found


def reliability(judged: Iterable[Judged], *, bins: int = 10) -> tuple[Bin, ...]:
    """Sort each message's labels by the strongest finding's confidence, and say how many are right; no empty bins."""
    piles: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, is_right in _claims(judged):
        piles[min(int(confidence * bins), bins - 1)].append((confidence, is_right))
    return tuple(
        Bin(
            low=index / bins,
            high=(index + 1) / bins,
            n=len(pile),
            confidence=sum(confidence for confidence, _ in pile) / len(pile),
            right=sum(is_right for _, is_right in pile) / len(pile),
        )
        for index, pile in enumerate(piles)
        if pile
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: how far, on average, confidence and share of right are apart."""
    everything = sum(one.n for one in bins)
    return sum(one.n * abs(one.confidence - one.right) for one in bins) / everything if everything else 0.0


def precision_recall(judged: Iterable[Judged]) -> tuple[Point, ...]:
    """Return a point for each confidence at which a message would begin to alarm, from the surest down.

    A message's confidence is that of its strongest finding, whatever the label; it is right where the message shows
    any. Messages that hold nothing but optional labels are left out.
    """
    counted = [one for one in judged if one.gold.labels or not one.gold.optional]
    wanted = sum(bool(one.gold.labels) for one in counted)
    sure = sorted(
        ((max(found.values()), bool(one.gold.labels)) for one in counted if (found := strongest(one))), reverse=True
    )
    points, hits = [], 0
    for number, (confidence, is_right) in enumerate(sure, 1):
        hits += is_right
        if number == len(sure) or sure[number][0] != confidence:
            points.append(Point(threshold=confidence, precision=hits / number, recall=hits / wanted if wanted else 0.0))
    return tuple(points)


def average_precision(points: Sequence[Point]) -> float:
    """Return the area under the curve: each point's precision, weighed by the recall it adds."""
    before = [0.0, *(one.recall for one in points)]
    return sum((one.recall - last) * one.precision for one, last in zip(points, before, strict=False))


def _claims(judged: Iterable[Judged]) -> Iterator[tuple[float, bool]]:
    for one in judged:
        for label, confidence in strongest(one).items():
            yield confidence, label in one.gold.labels
