"""Reading what a reader said, and saying what is wrong with it."""

import pytest

from detectors.quality import GoldError, gold_of

TEXT = "We have 240k and until May."


def record(**changes):
    return {"text": TEXT, "labels": ["budget"], "evidence": {"budget": "240k"}, "near": None} | changes


def test_a_record_is_read():
    gold = gold_of(record(optional=["timeline"], near="leverage"), identity="a")
    assert (gold.id, gold.text, gold.labels, gold.optional) == ("a", TEXT, {"budget"}, {"timeline"})
    assert (gold.evidence, gold.near) == ({"budget": "240k"}, "leverage")


def test_only_text_and_labels_are_needed():
    gold = gold_of({"text": TEXT, "labels": []}, identity="a")
    assert (gold.labels, gold.evidence, gold.optional, gold.near) == (frozenset(), {}, frozenset(), "")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"text": None}, "text is no text"),
        ({"labels": "budget"}, "labels is no list"),
        ({"labels": None}, "labels is no list"),
        ({"labels": ["budgets"]}, "labels: 'budgets' is none of specification, budget"),
        ({"labels": ["Budget"]}, "labels: 'Budget' is none of"),
        ({"labels": [["budget"]]}, "labels: a value is none of"),
        ({"optional": ["any"]}, "optional: 'any' is none of"),
        ({"near": "alarm"}, "near: 'alarm' is none of"),
        ({"near": 3}, "near: a value is none of"),
        ({"evidence": ["240k"]}, "evidence is no object"),
        ({"evidence": {"budget": "250k"}}, "evidence for budget does not stand in the text"),
        ({"evidence": {"budget": ""}}, "evidence for budget is no text"),
        ({"evidence": {"budget": 240}}, "evidence for budget is no text"),
        ({"evidence": {"money": "240k"}}, "evidence: 'money' is none of"),
    ],
)
def test_what_is_wrong_is_said(changes, why):
    with pytest.raises(GoldError, match=why):
        gold_of(record(**changes), identity="a")


@pytest.mark.parametrize("changes", [{"labels": ["we have 240k left"]}, {"evidence": {"budget": "we have 250k left"}}])
def test_what_is_wrong_is_said_without_words_of_the_message(changes):
    with pytest.raises(GoldError) as error:
        gold_of(record(**changes), identity="a")
    assert "left" not in str(error.value)
