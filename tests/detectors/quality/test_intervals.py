"""Intervals: seeded, around the figure, narrower with more messages."""

import time

import pytest

from detectors.quality import Interval, intervals, score, share_interval
from tests.detectors.quality.invented import finding, judged


def some(times):
    """Six messages in ten right, one alarm in seven wrong, every second hit twice as long as its evidence."""
    right = judged(finding("budget", 0, 10), labels=["budget"], evidence={"budget": (0, 10)})
    long = judged(finding("budget", 0, 20), labels=["budget"], evidence={"budget": (0, 10)})
    return [right, long, right, long, right, long, judged(finding("budget"), near="budget")] * times + [
        judged(labels=["budget"]),
        judged(),
        judged(near="timeline"),
    ] * times


def test_the_same_messages_give_the_same_intervals():
    assert intervals(some(3), resamples=50) == intervals(some(3), resamples=50)
    assert intervals(some(3), resamples=50) != intervals(some(3), resamples=50, seed=8)


def test_every_figure_lies_in_its_interval():
    messages = some(30)
    shares = score(messages).shares
    found = intervals(messages, resamples=200)
    assert found.keys() == shares.keys()
    for name, value in shares.items():
        assert found[name].low <= value <= found[name].high, name


def test_an_interval_is_about_as_wide_as_the_binomial_s():
    found = intervals(some(30), resamples=500)["budget.recall"]
    known = share_interval(6 * 30, 7 * 30)
    assert found.low == pytest.approx(known.low, abs=0.015)
    assert found.high == pytest.approx(known.high, abs=0.015)


def test_what_is_the_same_in_every_message_has_no_width():
    found = intervals(
        [judged(finding("budget", 0, 10), labels=["budget"], evidence={"budget": (0, 10)})] * 20, resamples=20
    )
    assert found["any.precision"] == Interval(low=1.0, high=1.0)
    assert found["evidence_length"] == Interval(low=1.0, high=1.0)


def test_no_messages_give_no_intervals():
    assert intervals([]) == {}


def test_five_thousand_messages_take_seconds():
    messages = [
        judged(finding("budget", 0, 1 + number % 39), labels=["budget"], evidence={"budget": (0, 10 + number % 17)})
        for number in range(5_200)
    ]
    begin = time.process_time()
    intervals(messages, resamples=100)
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 1000, 0.0, 0.00383),
        (4, 1000, 0.00156, 0.01024),
        (50, 100, 0.4038, 0.5962),
        (100, 100, 0.9630, 1.0),
    ],
)
def test_the_interval_of_a_share_holds_for_rare_things(part, whole, low, high):
    found = share_interval(part, whole)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))
