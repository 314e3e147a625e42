"""A policy applied to findings, as a scan applies it."""

from detectors.quality import Gold, judge
from detectors.scoring import load_policy
from tests.detectors.quality.invented import finding

POLICY = load_policy(
    "threshold = 50\n[weights]\nbudget = 0.9\ntimeline = 0.5\n[confidence]\ntimeline = 0.6\n[severity]\nlow = 50\n",
    name="test",
)
GOLD = Gold(id="m", text="x" * 40, labels=frozenset({"budget"}))


def test_an_alert_keeps_what_the_policy_keeps_and_remembers_everything():
    judged = judge(GOLD, [finding("budget"), finding("timeline", confidence=0.5)], POLICY)
    assert judged.alert
    assert [one.label for one in judged.kept] == ["budget"]
    assert [one.label for one in judged.seen] == ["budget", "timeline"]


def test_below_the_threshold_nothing_is_kept():
    judged = judge(GOLD, [finding("timeline", confidence=0.8)], POLICY)
    assert (judged.alert, judged.kept, len(judged.seen)) == (False, (), 1)
