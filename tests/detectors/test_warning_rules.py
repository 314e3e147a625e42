"""A policy's table [warn]: who hears of what, how often, and when a person is left alone."""

from datetime import UTC, datetime, time, timedelta

import pytest

from detectors.finding import Finding
from detectors.scoring import PolicyError, Severity, assess, builtin_policies, load_policy
from detectors.warning_rules import Action

PLAIN = """
threshold = 15
[weights]
budget = 0.9
timeline = 0.7
elicitation = 0.75
too_early = 0.5
[severity]
low = 25
medium = 40
high = 70
critical = 90
"""
# A Wednesday, and the days after it.
WEDNESDAY = datetime(2026, 3, 11, tzinfo=UTC)
HOURS = 3600


def policy(warn=""):
    return load_policy(f"{PLAIN}\n{warn}", name="ours")


def rules(warn=""):
    return policy(warn).warning


def judged(ours, *labels, confidence=0.9):
    findings = [
        Finding(label=label, start=0, end=4, quote="text", confidence=confidence, reason="r", detector="d")
        for label in labels
    ]
    return assess(findings, ours)


def test_without_a_table_everybody_who_should_hear_of_it_does():
    ours = rules()
    assert ours.action("budget", Severity.LOW) is Action.BOTH
    assert (ours.per_day, ours.back_off_days, ours.remind_days) == (3, 14, 7)
    assert ours.quiet == (time(19), time(7))
    assert ours.days == frozenset(range(5))


@pytest.mark.parametrize(
    ("label", "severity", "action"),
    [
        ("budget", "low", Action.WARN),
        ("budget", "high", Action.BOTH),
        ("budget", "medium", Action.ALERT),
        ("timeline", "low", Action.NOTHING),
        ("timeline", "critical", Action.NOTHING),
        ("elicitation", "informational", Action.WARN),
        ("elicitation", "high", Action.ALERT),
        ("too_early", "high", Action.ALERT),
    ],
)
def test_what_names_the_label_counts_before_what_names_only_the_severity(label, severity, action):
    ours = rules(
        """
        [warn.actions]
        default = { default = "alert", informational = "warn" }
        budget = { low = "warn", high = "both" }
        timeline = "nothing"
        """
    )
    assert ours.action(label, severity) is action


@pytest.mark.parametrize(
    ("action", "alerts", "warns"),
    [("warn", False, True), ("alert", True, False), ("both", True, True), ("nothing", False, False)],
)
def test_an_action_says_who_hears_of_it(action, alerts, warns):
    ours = policy(f'[warn.actions]\ndefault = "{action}"')
    assessment = judged(ours, "budget")
    assert ours.warning.wants_alert(assessment) is alerts
    assert ours.warning.wants_warning(assessment) == (("budget",) if warns else ())


def test_one_label_that_wants_an_alert_is_enough():
    ours = policy('[warn.actions]\nbudget = "alert"\ntimeline = "warn"')
    assessment = judged(ours, "budget", "timeline")
    assert ours.warning.wants_alert(assessment)
    assert ours.warning.wants_warning(assessment) == ("timeline",)
    assert not ours.warning.wants_alert(judged(ours, "timeline"))


def test_nobody_hears_of_what_stays_below_the_threshold():
    ours = policy()
    faint = judged(ours, "budget", confidence=0.1)
    assert not ours.warning.wants_alert(faint)
    assert ours.warning.wants_warning(faint) == ()
    assert not ours.warning.wants_alert(judged(ours))


def test_labels_are_named_weightiest_first_and_once():
    ours = policy()
    assert ours.warning.wants_warning(judged(ours, "timeline", "budget", "timeline")) == ("budget", "timeline")


@pytest.mark.parametrize(
    ("hours", "day", "clock", "until"),
    [
        ("19:00-07:00", 0, (12, 0), None),
        ("19:00-07:00", 0, (18, 59), None),
        ("19:00-07:00", 0, (7, 0), None),
        ("19:00-07:00", 0, (19, 0), (1, 7, 0)),
        ("19:00-07:00", 0, (23, 30), (1, 7, 0)),
        ("19:00-07:00", 0, (3, 0), (0, 7, 0)),
        ("19:00-07:00", 2, (20, 0), (5, 7, 0)),
        ("19:00-07:00", 3, (12, 0), (5, 7, 0)),
        ("12:00-13:30", 0, (12, 15), (0, 13, 30)),
        ("12:00-13:30", 0, (13, 30), None),
        ("12:00-13:30", 0, (3, 0), None),
        ("", 0, (3, 0), None),
        ("", 3, (3, 0), (5, 0, 0)),
    ],
)
@pytest.mark.parametrize("offset", [0, 9 * HOURS, -8 * HOURS])
def test_quiet_hours_end_in_the_morning_of_a_working_day_by_the_persons_clock(hours, day, clock, until, offset):
    ours = rules(f'[warn]\nquiet_hours = "{hours}"')
    local = WEDNESDAY + timedelta(days=day, hours=clock[0], minutes=clock[1])
    moment = local - timedelta(seconds=offset)
    awake = ours.awake_from(moment, offset=offset) + timedelta(seconds=offset)
    expected = local if until is None else WEDNESDAY + timedelta(days=until[0], hours=until[1], minutes=until[2])
    assert awake == expected
    assert ours.is_quiet(moment, offset=offset) is (until is not None)


def test_a_house_may_work_on_other_days():
    ours = rules('[warn]\ndays = ["sun", "mon"]\nquiet_hours = ""')
    assert ours.awake_from(WEDNESDAY, offset=0) == WEDNESDAY + timedelta(days=4)


@pytest.mark.parametrize(("times", "days"), [(1, 14), (2, 28), (3, 56), (4, 112), (5, 180), (50, 180)])
def test_a_label_stays_silent_twice_as_long_each_time_up_to_the_most(times, days):
    assert rules().back_off(times) == timedelta(days=days)


def test_no_back_off_is_none():
    assert rules("[warn]\nback_off_days = 0").back_off(3) == timedelta()


@pytest.mark.parametrize(
    ("table", "advice"),
    [
        ("warn = 3", "warn: a table"),
        ("[warn]\nper_week = 3", "warn: 'per_week' is none of"),
        ("[warn]\nper_day = -1", "warn.per_day must be a whole number from 0 to 100"),
        ("[warn]\nper_day = 2.5", "warn.per_day must be"),
        ("[warn]\nper_day = true", "warn.per_day must be"),
        ('[warn]\nper_day = "3"', "warn.per_day must be"),
        ("[warn]\nremind_days = 9999", "warn.remind_days must be"),
        ("[warn]\nback_off_days = 200", "warn.back_off_most_days must not be less"),
        ('[warn]\nquiet_hours = "7pm-7am"', "warn.quiet_hours must be two times"),
        ('[warn]\nquiet_hours = "24:00-07:00"', "warn.quiet_hours must be two times"),
        ('[warn]\nquiet_hours = "19:00-19:00"', "warn.quiet_hours must end"),
        ("[warn]\nquiet_hours = 19", "warn.quiet_hours must be two times"),
        ("[warn]\ndays = []", "warn.days must be a list"),
        ('[warn]\ndays = ["Monday"]', "warn.days must be a list"),
        ('[warn]\ndays = "mon"', "warn.days must be a list"),
        ("[warn]\ndays = [1]", "warn.days must be a list"),
        ("[warn]\nactions = 3", "warn.actions: a table"),
        ('[warn.actions]\nbudgte = "warn"', "warn.actions: 'budgte' is none of"),
        ('[warn.actions]\nbudget = "shout"', "warn.actions.budget must be one of warn, alert, both, nothing"),
        ("[warn.actions]\nbudget = true", "warn.actions.budget must be one of"),
        ('[warn.actions]\nbudget = { grave = "warn" }', "warn.actions.budget: 'grave' is none of"),
        ('[warn.actions]\nbudget = { high = "shout" }', "warn.actions.budget.high must be one of"),
        ("[warn.actions]\nbudget = { high = [] }", "warn.actions.budget.high must be one of"),
    ],
)
def test_a_flawed_table_is_refused_with_the_key_to_mend(table, advice):
    place = table if table.startswith("[") else ""
    head = "" if place else table
    with pytest.raises(PolicyError, match=r"^policy ours: ") as told:
        load_policy(f"{head}\n{PLAIN}\n{place}", name="ours")
    assert advice in str(told.value)


def test_a_label_of_ones_own_may_have_an_action_once_it_has_a_weight():
    assert rules('[warn.actions]\ntoo_early = "warn"').action("too_early", "low") is Action.WARN


def test_a_label_that_ships_may_have_an_action_without_a_weight():
    assert rules('[warn.actions]\nsidestep = "alert"').action("sidestep", "low") is Action.ALERT


def test_the_policies_that_ship_disturb_nobody_more_than_three_times_a_day_or_at_night():
    for shipped in builtin_policies():
        ours = shipped.warning
        assert 1 <= ours.per_day <= 3
        assert ours.is_quiet(WEDNESDAY + timedelta(hours=22), offset=0)
        assert not ours.is_quiet(WEDNESDAY + timedelta(hours=10), offset=0)


def test_the_vigilant_policy_warns_nobody_of_what_is_as_often_wrong_as_right():
    vigilant = next(one for one in builtin_policies() if one.name == "vigilant")
    faint, sure = judged(vigilant, "budget", confidence=0.3), judged(vigilant, "budget", confidence=0.8)
    assert vigilant.warning.wants_alert(faint)
    assert vigilant.warning.wants_warning(faint) == ()
    assert vigilant.warning.wants_warning(sure) == ("budget",)
