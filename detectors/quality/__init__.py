"""How good predictions are: held against labelled messages, or counted on messages that hardly hold a signal.

Pure functions: `gold_of` reads a label, `judge` applies a policy, and the rest compares. What each figure means stands
at the function that makes it.
"""

from detectors.quality.calibration import (
    Bin,
    Point,
    average_precision,
    calibration_error,
    precision_recall,
    reliability,
)
from detectors.quality.card import Card, card
from detectors.quality.errors import Mistake, false_alarms, missed
from detectors.quality.gold import Gold, GoldError, gold_of
from detectors.quality.intervals import Interval, intervals, share_interval
from detectors.quality.judged import Judged, judge, without_prediction
from detectors.quality.rules import RuleScore, by_rule
from detectors.quality.scores import ANY, LabelScore, Scores, score

__all__ = [
    "ANY",
    "Bin",
    "Card",
    "Gold",
    "GoldError",
    "Interval",
    "Judged",
    "LabelScore",
    "Mistake",
    "Point",
    "RuleScore",
    "Scores",
    "average_precision",
    "by_rule",
    "calibration_error",
    "card",
    "false_alarms",
    "gold_of",
    "intervals",
    "judge",
    "missed",
    "precision_recall",
    "reliability",
    "score",
    "share_interval",
    "without_prediction",
]
