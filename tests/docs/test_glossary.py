"""The glossary knows every word that the product itself uses, once, in order, in a line."""

import re
from pathlib import Path

import pytest

from detectors.finding import Label
from detectors.scoring import Severity, builtin_policies
from messages import CounterpartyKind, Direction
from service.models import AlertStatus, Verdict

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
ENTRY = re.compile(r"- \*\*([^*]+)\*\*( †)?: (.+)")
FIELD = """
alert assessment attachment awareness confidence connector consent counterparty course cursor detector digest direction
event evidence exposure feed finding learner lesson message negotiation participant plan policy pseudonym recipients
refusal report reporter review reviewer screening sender severity source status suppression sweep thread verdict
warning weight wording workspace
"""


@pytest.fixture(scope="module")
def entries():
    lines = [line for line in GLOSSARY.read_text("utf-8").splitlines() if line.startswith("-")]
    matches = [ENTRY.fullmatch(line) for line in lines]
    assert all(matches), [line for line, match in zip(lines, matches, strict=True) if not match]
    return {match[1]: match[3] for match in matches}


@pytest.mark.parametrize("names", [Label, Severity, AlertStatus, Verdict, Direction], ids=lambda names: names.__name__)
def test_every_word_that_the_api_may_answer_with_is_defined(entries, names):
    assert {one.value for one in names} <= set(entries)


def test_the_policies_that_ship_are_defined(entries):
    assert {policy.name for policy in builtin_policies()} <= set(entries)


def test_both_kinds_of_counterparty_are_defined(entries):
    assert {kind.value for kind in CounterpartyKind} - {"unassigned"} <= set(entries)


def test_the_words_of_the_field_are_defined(entries):
    assert set(FIELD.split()) | {"risk score", "sealed fact", "dedup key", "dry run"} <= set(entries)


def test_words_stand_in_order_and_each_once(entries):
    words = re.findall(r"^- \*\*([^*]+)\*\*", GLOSSARY.read_text("utf-8"), flags=re.MULTILINE)
    assert words == sorted(words)
    assert len(words) == len(entries)


def test_a_definition_is_one_plain_sentence_that_does_not_begin_with_its_word(entries):
    for word, definition in entries.items():
        assert definition.endswith("."), word
        assert ". " not in definition, word
        assert not definition.lower().startswith((f"{word} ", f"a {word} ", f"the {word} ")), word
