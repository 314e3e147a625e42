import dataclasses

import pytest

from detectors import rules
from detectors.catalogue import ABOUT_PEOPLE, DETECTORS
from detectors.document import prepare
from detectors.finding import Label
from detectors.patterns import as_bytes, expand
from detectors.rules import ANY_DIRECTION, Rule, Table, find, reason
from detectors.sealed_fact import sealed_fact
from detectors.trained import trained

PLAIN = Rule(name="plain", pattern=r"secret <n>", reason="It is said.", at_least=0.9)
SMALL = Table(label="other", reason="It is about that.", rules=(PLAIN,), directions=ANY_DIRECTION)


@pytest.fixture
def found(written):
    return lambda text, table=SMALL: list(find(table, prepare(*written(text))))


def test_a_rule_speaks_with_its_reason_and_its_name(found):
    (one,) = found("This is our secret 42.")
    assert (one.rule, one.reason, one.confidence, one.quote) == ("plain", "It is said.", 0.9, "This is our secret 42")


def test_a_rule_reads_capitals_and_written_numbers_alike(found):
    assert [one.quote for one in found("SECRET forty-two.\nA secret.")] == ["SECRET forty-two"]


CONDITIONS = [
    pytest.param({"needs": "really"}, "really, the secret 42 is out", "the secret 42 is out", id="needs"),
    pytest.param({"unless": "nobody"}, "the secret 42 is out", "nobody has the secret 42", id="unless"),
]


@pytest.mark.parametrize(("condition", "said", "silent"), CONDITIONS)
def test_a_rule_waits_for_its_conditions(found, condition, said, silent):
    table = dataclasses.replace(SMALL, rules=(dataclasses.replace(PLAIN, **condition),))
    assert found(said, table)
    assert not found(silent, table)


TABLE_CONDITIONS = [
    pytest.param({"needs": r"\?"}, "is it secret 42?", "it is secret 42", id="a sentence must hold needs"),
    pytest.param({"never": "told"}, "it is secret 42. He told him.", "he told me secret 42", id="and not never"),
    pytest.param({"unless_anywhere": "dear all"}, "Dear Kim,\nsecret 42", "Dear all,\nsecret 42", id="whole message"),
]


@pytest.mark.parametrize(("condition", "said", "silent"), TABLE_CONDITIONS)
def test_a_table_waits_for_its_conditions(found, condition, said, silent):
    table = dataclasses.replace(SMALL, **condition)
    assert found(said, table)
    assert not found(silent, table)


def test_a_pattern_never_reaches_into_the_next_sentence(found):
    assert not found("It is a secret\n42 people know.")


def test_evidence_is_the_clause_and_not_the_paragraph(found):
    (one,) = found(
        "I come back to your mail, the secret 42 is out since Monday, and please call me when you have time."
    )
    assert one.quote == "the secret 42 is out since Monday"


def test_a_rule_that_is_not_certain_finds_nothing(found):
    table = dataclasses.replace(SMALL, rules=(dataclasses.replace(PLAIN, at_least=0.0),))
    assert found("This is our secret 42.", table) == []


REASONS = [
    pytest.param("this is our secret 42", ("plain", "It is said."), id="the rule's"),
    pytest.param("this is our secret", ("", "It is about that."), id="the table's, where no rule speaks"),
]


@pytest.mark.parametrize(("line", "told"), REASONS)
def test_a_sentence_is_explained_by_the_rule_that_speaks_in_it(line, told):
    assert reason(SMALL, line.encode()) == told


def test_every_rule_name_is_used_once_in_its_table():
    for detector in DETECTORS:
        if detector in {trained, sealed_fact, *ABOUT_PEOPLE}:
            continue
        names = [rule.name for rule in table_of(detector).rules]
        assert len(names) == len(set(names)), detector.__name__


def test_pieces_stand_for_patterns_and_layout_for_nothing():
    assert expand("a\n    |<weekday>").startswith("a|((mon(day)?")


@pytest.mark.parametrize("text", ["plain", "40 € ± 2 µm", "\U0001f92b gesehen", "中文", "\ud800"])
def test_texts_are_matched_one_byte_a_character(text):
    assert len(as_bytes(text)) == len(text)


def test_a_picture_is_no_question_mark():
    assert b"?" not in as_bytes("fine \U0001f44d")


def test_a_message_of_nothing_but_signals_yields_a_bounded_number(findings):
    found = findings("Finance has approved 240k for the line. " * 2000)
    assert 0 < sum(one.label == Label.BUDGET for one in found) <= rules._MOST_SENTENCES


def table_of(detector):
    return next(
        value for name, value in vars(__import__(detector.__module__, fromlist=["TABLE"])).items() if name == "TABLE"
    )
