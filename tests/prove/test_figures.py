"""Figures: the row says what was measured, required and hoped for, and whether it came true."""

import pytest

from tests.prove.figures import Figure, Target

FLOOR = Target(name="recall", required=0.85, goal=0.94)
CEILING = Target(name="load", required=2, goal=1, is_ceiling=True, digits=1, unit="s")


@pytest.mark.parametrize(
    ("target", "value", "row"),
    [
        (FLOOR, 0.8499, "| recall | 0.850 | ≥ 0.85, goal ≥ 0.94 | FALLS SHORT |  |"),
        (FLOOR, 0.85, "| recall | 0.850 | ≥ 0.85, goal ≥ 0.94 | holds |  |"),
        (FLOOR, 0.94, "| recall | 0.940 | ≥ 0.85, goal ≥ 0.94 | holds, goal reached |  |"),
        (CEILING, 2.01, "| load | 2.0 s | ≤ 2 s, goal ≤ 1 s | FALLS SHORT |  |"),
        (CEILING, 1.5, "| load | 1.5 s | ≤ 2 s, goal ≤ 1 s | holds |  |"),
        (CEILING, 1.0, "| load | 1.0 s | ≤ 2 s, goal ≤ 1 s | holds, goal reached |  |"),
        (CEILING, None, "| load | not measured | ≤ 2 s, goal ≤ 1 s | FALLS SHORT |  |"),
        (CEILING, 0.0, "| load | 0.0 s | ≤ 2 s, goal ≤ 1 s | holds, goal reached |  |"),
    ],
)
def test_a_target_compares_the_value_as_it_is(target, value, row):
    assert target.figure(value).row == row


def test_what_is_shown_may_be_more_than_the_value():
    figure = FLOOR.figure(0.9, shown="0.900 [0.880, 0.920]", note="3 | 4")
    assert figure.row == r"| recall | 0.900 [0.880, 0.920] | ≥ 0.85, goal ≥ 0.94 | holds | 3 \| 4 |"


@pytest.mark.parametrize(("holds", "state"), [(True, "holds"), (False, "FALLS SHORT")])
def test_a_figure_without_a_goal_has_the_row_it_always_had(holds, state):
    figure = Figure(name="alerts", measured="29", required="≥ 12", holds=holds)
    assert figure.row == f"| alerts | 29 | ≥ 12 | {state} |  |"
