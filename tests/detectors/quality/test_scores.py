"""The figures, against a small set whose every figure was worked out by hand."""

import pytest

from detectors.quality import ANY, without_prediction
from detectors.quality.scores import LabelScore, score
from tests.detectors.quality.invented import finding, judged

EVERYTHING = [
    # Right, in the evidence's place and twice as long.
    judged(finding("budget", 0, 20), labels=["budget"], evidence={"budget": (5, 15)}),
    # Right, once beside the evidence and once half as long; the second label is missed.
    judged(
        finding("budget", 30, 35),
        finding("budget", 10, 15),
        labels=["budget", "timeline"],
        evidence={"budget": (10, 20), "timeline": (20, 25)},
    ),
    # Right label, wrong place.
    judged(finding("timeline", 20, 25), labels=["timeline"], evidence={"timeline": (0, 10)}),
    # Nothing found.
    judged(labels=["decision"], evidence={"decision": (0, 10)}),
    # A wrong label beside a right one; the wrong one's offsets leave the text.
    judged(
        finding("decision", 0, 10),
        finding("leverage", 35, 41),
        labels=["decision"],
        evidence={"decision": (0, 10)},
    ),
    # Three hard negatives: an alarm, silence, and an alarm for a reason that is none of the ten.
    judged(finding("budget", 0, 4), near="budget"),
    judged(near="timeline"),
    judged(finding("over_the_head", None, None), near="decision"),
    # Ordinary messages.
    judged(),
    judged(finding("leverage", 4, 4)),
]
SCORES = score(EVERYTHING)


@pytest.mark.parametrize(
    ("label", "precision", "recall", "f1", "n"),
    [
        ("budget", 2 / 3, 1.0, 0.8, 2),
        ("timeline", 1.0, 1 / 2, 2 / 3, 2),
        ("decision", 1.0, 1 / 2, 2 / 3, 2),
        ("leverage", 0.0, 0.0, 0.0, 0),
        ("sidestep", 0.0, 0.0, 0.0, 0),
        (ANY, 4 / 7, 4 / 5, 8 / 12, 5),
    ],
)
def test_each_label_and_the_whole_message_have_their_row(label, precision, recall, f1, n):
    assert SCORES.labels[label] == LabelScore(
        precision=pytest.approx(precision), recall=pytest.approx(recall), f1=pytest.approx(f1), n=n
    )


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("messages", 10),
        ("missing", 0),
        ("negatives", 5),
        ("hard_negatives", 3),
        ("macro_f1", (0.8 + 2 / 3 + 2 / 3) / 10),
        # Over all labels: right 2 + 1 + 1, wrong 1 + 2, missed 1 + 1.
        ("micro_f1", 8 / (8 + 3 + 2)),
        ("negative_alarms", 3 / 5),
        ("hard_negative_alarms", 2 / 3),
        # budget, budget and decision touch their evidence, timeline does not.
        ("evidence_overlap", 3 / 4),
        # Of 2, 0.5 and 1.
        ("evidence_length", 1.0),
        # Eight findings of the ten labels: one ends behind the text, one is empty.
        ("evidence_in_range", 6 / 8),
    ],
)
def test_every_other_figure_is_what_it_says(figure, value):
    assert getattr(SCORES, figure) == pytest.approx(value)


def test_shares_hold_every_figure_that_an_interval_can_be_given_for():
    shares = SCORES.shares
    assert len(shares) == 11 * 3 + 7
    assert shares["budget.precision"] == pytest.approx(2 / 3)
    assert shares["any.recall"] == pytest.approx(4 / 5)
    assert shares["macro_f1"] == SCORES.macro_f1


def test_optional_labels_count_neither_way():
    found = judged(finding("budget"), optional=["budget"])
    silent = judged(optional=["budget"])
    with_another = judged(finding("timeline"), labels=["timeline"], optional=["budget"])
    rows = score([found, silent, with_another]).labels
    assert rows["budget"].n == 0
    assert rows["budget"].precision == 0.0
    # The alarm on the first is no false one, and the silence of the second is nothing either.
    assert (rows[ANY].n, rows[ANY].precision, rows[ANY].recall) == (1, 1.0, 1.0)


def test_a_wrong_label_beside_an_optional_one_is_still_wrong():
    rows = score([judged(finding("budget"), finding("leverage"), labels=["timeline"], optional=["budget"])]).labels
    assert rows["leverage"] == LabelScore(precision=0.0, recall=0.0, f1=0.0, n=0)
    assert (rows["timeline"].recall, rows[ANY].recall) == (0.0, 1.0)


def test_a_message_without_prediction_counts_as_silent_and_as_missing():
    right = judged(finding("budget"), labels=["budget"])
    scores = score([right, without_prediction(right.gold)])
    assert (scores.messages, scores.missing) == (2, 1)
    assert (scores.labels["budget"].precision, scores.labels["budget"].recall) == (1.0, 0.5)


def test_a_message_that_shows_a_label_is_no_hard_negative_though_it_resembles_another():
    assert score([judged(labels=["budget"], near="timeline")]).hard_negatives == 0


def test_a_label_without_evidence_is_left_out_of_the_evidence_alone():
    scores = score([judged(finding("budget"), labels=["budget"])])
    assert (scores.labels["budget"].f1, scores.evidence_overlap) == (1.0, 0.0)
    both = score(
        [
            judged(finding("budget"), labels=["budget"]),
            judged(finding("budget"), labels=["budget"], evidence={"budget": (0, 4)}),
        ]
    )
    assert both.evidence_overlap == 1.0


def test_a_finding_in_the_subject_finds_the_label_and_shows_no_evidence_of_the_text():
    scores = score([judged(finding("budget", 0, 90, part="subject"), labels=["budget"], evidence={"budget": (0, 4)})])
    assert (scores.labels["budget"].f1, scores.evidence_overlap) == (1.0, 0.0)
    beside = judged(finding("budget", 0, 90, part="subject"), finding("budget"), labels=["budget"])
    assert score([beside]).evidence_in_range == 1.0


def test_the_median_is_the_upper_of_two():
    short = judged(finding("budget", 0, 5), labels=["budget"], evidence={"budget": (0, 10)})
    long = judged(finding("budget", 0, 30), labels=["budget"], evidence={"budget": (0, 10)})
    assert score([long, short]).evidence_length == 3.0


def test_no_messages_give_zeros():
    scores = score([])
    assert (scores.messages, scores.macro_f1, scores.evidence_length) == (0, 0.0, 0.0)
    assert set(scores.shares.values()) == {0.0}
