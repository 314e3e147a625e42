"""Rules, by how often they speak and are right."""

import dataclasses

from detectors.quality import RuleScore, by_rule
from tests.detectors.quality.invented import finding, judged


def ruled(label, rule):
    return dataclasses.replace(finding(label), rule=rule)


def test_each_rule_has_its_findings_and_how_many_are_right_also_below_the_policy():
    messages = [
        judged(ruled("budget", "approved"), ruled("budget", "left over"), labels=["budget"]),
        judged(seen=[ruled("budget", "approved")]),
        judged(ruled("timeline", "launch"), optional=["timeline"]),
    ]
    assert by_rule(messages) == [
        RuleScore(label="budget", detector="budget", rule="approved", findings=2, right=1),
        RuleScore(label="budget", detector="budget", rule="left over", findings=1, right=1),
    ]
