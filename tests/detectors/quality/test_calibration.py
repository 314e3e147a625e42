"""Reliability and the curve, worked out by hand."""

import pytest

from detectors.quality import Bin, average_precision, calibration_error, precision_recall, reliability
from tests.detectors.quality.invented import finding, judged

MESSAGES = [
    judged(finding("budget", confidence=0.92), finding("budget", confidence=0.4), labels=["budget"]),
    judged(finding("budget", confidence=0.98), finding("timeline", confidence=0.61), labels=["budget"]),
    judged(seen=[finding("leverage", confidence=0.65)], labels=["leverage"]),
    judged(finding("decision", confidence=0.92), near="decision"),
    judged(seen=[finding("sidestep", confidence=0.07)]),
    judged(labels=["budget"]),
    judged(),
]


def test_each_label_of_a_message_counts_once_by_its_strongest_finding():
    assert reliability(MESSAGES) == (
        Bin(low=0.0, high=0.1, n=1, confidence=pytest.approx(0.07), right=0.0),
        Bin(low=0.6, high=0.7, n=2, confidence=pytest.approx(0.63), right=0.5),
        Bin(low=0.9, high=1.0, n=3, confidence=pytest.approx(0.94), right=pytest.approx(2 / 3)),
    )


def test_the_calibration_error_is_the_mean_distance():
    assert calibration_error(reliability(MESSAGES)) == pytest.approx((0.07 + 2 * 0.13 + 3 * (0.94 - 2 / 3)) / 6)


def test_full_confidence_is_in_the_last_bin():
    [last] = reliability([judged(finding("budget", confidence=1.0), labels=["budget"])])
    assert (last.low, last.high, last.right) == (0.9, 1.0, 1.0)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(judged(finding("budget"), optional=["budget"]), id="an optional label"),
        pytest.param(judged(finding("over_the_head")), id="a label that is none of the ten"),
        pytest.param(judged(), id="nothing found"),
    ],
)
def test_what_is_no_claim_is_not_counted(message):
    assert reliability([message]) == ()
    assert precision_recall([message]) == ()
    assert calibration_error(()) == 0.0


def test_the_curve_has_a_point_for_each_confidence_from_the_surest_down():
    points = precision_recall(MESSAGES)
    assert [(one.threshold, one.precision, one.recall) for one in points] == [
        (0.98, 1.0, 0.25),
        (0.92, pytest.approx(2 / 3), 0.5),
        (0.65, pytest.approx(3 / 4), 0.75),
        (0.07, pytest.approx(3 / 5), 0.75),
    ]


def test_the_area_weighs_precision_by_the_recall_that_is_added():
    assert average_precision(precision_recall(MESSAGES)) == pytest.approx(0.25 + 0.25 * 2 / 3 + 0.25 * 3 / 4)
    assert average_precision(()) == 0.0


def test_a_message_without_any_signal_wanted_has_no_recall():
    [point] = precision_recall([judged(finding("budget"))])
    assert (point.precision, point.recall) == (0.0, 0.0)
