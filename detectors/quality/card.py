"""All figures of some judged messages, with their intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detectors.quality.calibration import Bin, Point, calibration_error, precision_recall, reliability
from detectors.quality.intervals import RESAMPLES, Interval, intervals
from detectors.quality.judged import Judged
from detectors.quality.scores import Scores, score


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What there is to say of some judged messages. `intervals` are by the names of `Scores.shares`."""

    scores: Scores
    intervals: Mapping[str, Interval]
    reliability: tuple[Bin, ...]
    calibration_error: float
    curve: tuple[Point, ...]


def card(judged: Sequence[Judged], *, resamples: int = RESAMPLES) -> Card:
    """Measure everything; a thousand resamples of five thousand messages take some seconds."""
    bins = reliability(judged)
    return Card(
        scores=score(judged),
        intervals=intervals(judged, resamples=resamples),
        reliability=bins,
        calibration_error=calibration_error(bins),
        curve=precision_recall(judged),
    )
