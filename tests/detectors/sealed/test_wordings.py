"""The facts of all sets: found in their wordings, not in unrelated texts, and never told by what is said of them."""

import pytest

from detectors.plans import plans_of
from detectors.scoring import Severity, assess, builtin_policies
from tests.detectors.sealed.reading import SETS, context, findings, missed, samples, wrong
from tests.prove.sealed import LEAST_RECALL, MOST_WRONG


def test_wordings_of_a_fact_are_found():
    told, left_out = samples("wordings"), missed()
    for among in SETS:
        count = sum(one.among == among for one in told)
        assert count - sum(one.among == among for one in left_out) >= LEAST_RECALL * count


def test_unrelated_texts_tell_no_fact():
    texts, taken = samples("unrelated"), wrong()
    for among in SETS:
        count = sum(one.among == among for one in texts)
        assert sum(one.among == among for one, _ in taken) <= MOST_WRONG * count


def test_every_fact_has_its_wordings():
    for among in SETS:
        facts = {fact.id for one in context(among).negotiations for fact in one.sealed}
        told = [one.fact for one in samples("wordings") if one.among == among]
        assert set(told) == facts
        assert min(map(told.count, facts)) >= 3


def test_what_is_told_alone_is_grave_under_every_policy():
    every_third = ((sample, findings(sample)) for sample in samples("wordings")[::3])
    for sample, found in ((sample, found) for sample, found in every_third if found):
        for policy in builtin_policies():
            assert assess(found, policy).severity in {Severity.HIGH, Severity.CRITICAL}, sample.text


def test_a_finding_names_the_negotiation_and_not_the_fact():
    for sample in samples("wordings"):
        for one in findings(sample):
            assert one.quote not in one.reason
            assert one.rule in {fact.id for each in context(sample.among).negotiations for fact in each.sealed}


def test_nothing_of_a_plan_shows_in_a_repr():
    register = context().negotiations
    plans = plans_of(register)
    shown = f"{register!r} {plans!r} {plans.of!r} {plans.looks!r}"
    for word in ("1284000", "Halden", "kowalczyk", "7.5", "2026, 5, 15", "Brno"):
        assert word not in shown


@pytest.mark.parametrize("policy", builtin_policies(), ids=lambda one: one.name)
def test_nobody_in_slack_is_warned_of_a_sealed_fact(policy):
    for severity in Severity:
        action = policy.warning.action("sealed_fact", severity)
        assert action.alerts
        assert not action.warns
