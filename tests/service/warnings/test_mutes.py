"""After "not a problem" a label stays silent for that person, longer each time."""

from datetime import timedelta

import pytest

from service.warnings.models import WarningMute
from service.warnings.mutes import mute, mute_after
from tests.service.warnings.speaking import ANNA, NOON, a_policy, found, plan, said

RULES = a_policy("[warn]\nback_off_days = 10\nback_off_most_days = 35").warning


def muted_until(database, label="budget", user="U1"):
    with database.transaction(write=False) as session:
        row = session.get(WarningMute, ("T1", user, label))
        return row and row.until


@pytest.mark.parametrize(("times", "days"), [(1, 10), (2, 20), (3, 35), (4, 35)])
def test_each_time_the_silence_is_twice_as_long_up_to_the_most(lite, times, days):
    for _ in range(times):
        with lite.transaction() as session:
            mute(session, team="T1", recipient="U1", labels=["budget"], rules=RULES, now=NOON)
    assert muted_until(lite) == NOON + timedelta(days=days)
    assert muted_until(lite, "timeline") is None
    assert muted_until(lite, user="U4") is None


def test_a_policy_that_was_made_less_patient_does_not_cut_a_silence_short(lite):
    with lite.transaction() as session:
        mute(session, team="T1", recipient="U1", labels=["budget"], rules=RULES, now=NOON)
        short = a_policy("[warn]\nback_off_days = 1").warning
        mute(session, team="T1", recipient="U1", labels=["budget"], rules=short, now=NOON)
    assert muted_until(lite) == NOON + timedelta(days=10)


def test_all_labels_of_a_warning_are_silent_afterwards_and_come_back(lite):
    [row] = plan(lite, said(found("budget", "1 euro"), found("timeline", "3 May")))
    with lite.transaction() as session:
        mute_after(session, row, rules=RULES, now=NOON)
    again = said(found("budget", "2 euros"), found("timeline", "4 May"), found("leverage", "stuck"), ts="2.1")
    assert plan(lite, again)[0].labels == ["leverage"]
    later = NOON + timedelta(days=10)
    assert len(plan(lite, said(found("budget", "3 euros"), ts="3.1", author=ANNA, at=later), now=later)) == 1
