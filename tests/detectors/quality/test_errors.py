"""Mistakes: each label once a message, the worst first."""

from detectors.quality import false_alarms, missed
from tests.detectors.quality.invented import finding, judged


def named(mistakes):
    return [(one.id, one.label, one.confidence, one.is_whole) for one in mistakes]


def test_false_alarms_come_surest_first_and_once_a_label():
    messages = [
        judged(finding("budget", confidence=0.7), finding("budget", confidence=0.9, quote="240k"), name="a"),
        judged(finding("timeline", confidence=0.95), finding("decision"), labels=["decision"], name="b"),
        judged(finding("leverage", confidence=0.99), labels=["leverage"], name="right"),
        judged(finding("leverage", confidence=0.99), optional=["leverage"], name="optional"),
        judged(finding("over_the_head", confidence=0.99), name="none of the ten"),
        judged(seen=[finding("leverage", confidence=0.3)], name="not kept"),
    ]
    assert named(false_alarms(messages)) == [("b", "timeline", 0.95, False), ("a", "budget", 0.9, True)]
    assert false_alarms(messages)[1].quote == "240k"


def test_what_was_missed_comes_with_the_evidence_silent_messages_and_the_least_sure_first():
    messages = [
        judged(finding("decision"), labels=["decision", "budget"], name="half"),
        judged(labels=["budget"], seen=[finding("budget", confidence=0.4)], name="nearly"),
        judged(labels=["timeline"], evidence={"timeline": (3, 8)}, name="unseen"),
        judged(labels=["decision"], optional=["decision"], name="optional"),
        judged(finding("budget"), labels=["budget"], name="right"),
        judged(name="ordinary"),
    ]
    assert named(missed(messages)) == [
        ("unseen", "timeline", 0.0, True),
        ("nearly", "budget", 0.4, True),
        ("half", "budget", 0.0, False),
    ]
    assert missed(messages)[0].quote == "AAAAA"
