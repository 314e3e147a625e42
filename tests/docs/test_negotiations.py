"""docs/negotiations.md: every worked example gives what it says, and every field is named."""

import re
from pathlib import Path

import pytest

from detectors.catalogue import ABOUT_PEOPLE
from detectors.context import Context
from detectors.scoring import builtin_policies
from service.directory import files as directory_files
from service.directory import tables
from service.negotiations import files as negotiation_files
from service.negotiations import sealed_tables
from service.pipeline.scan import scan

PAGE = (Path(__file__).parents[2] / "docs" / "negotiations.md").read_text("utf-8")
COMPANY = re.findall(r"```(?:csv|toml)\n(?:# )?(\S+)\n(.*?)```", PAGE, re.DOTALL)
EXAMPLES = re.findall(r"^### (\w+)\n\n```json\n(.*?)```\n\n> ([^\n]+)$", PAGE, re.DOTALL | re.MULTILINE)
LABELS = [one.__name__ for one in ABOUT_PEOPLE] + ["price_no_obstacle", "sealed_fact"]
[BALANCED] = (one for one in builtin_policies() if one.name == "balanced")


@pytest.fixture
def context(tmp_path):
    for name, text in COMPANY:
        (tmp_path / name).write_text(text, "utf-8")
    directory = directory_files.read_directory(["ourco.example"], tmp_path)
    return Context(directory=directory, negotiations=negotiation_files.read_negotiations(tmp_path, directory))


def test_each_label_about_people_has_its_example():
    assert sorted(label for label, _, _ in EXAMPLES) == sorted(LABELS)


@pytest.mark.parametrize(("label", "records", "reason"), EXAMPLES, ids=lambda one: one[:20])
def test_a_worked_example_prints_what_it_says(label, records, reason, context, tmp_path):
    path = tmp_path / "messages.jsonl"
    path.write_text(records, "utf-8")
    *before, last = scan([path], context, BALANCED)
    assert not any(one.label in LABELS for row in before for one in row.assessment.findings)
    assert last.assessment.alert
    assert [(one.label, one.reason) for one in last.assessment.findings if one.label in LABELS] == [(label, reason)]


def test_every_column_and_key_is_in_the_page():
    known = {*tables.PEOPLE_COLUMNS, *tables.PARTY_COLUMNS, *negotiation_files._KEYS, *sealed_tables.KEYS}
    named = set(re.findall(r"`(?:\[\[negotiation\.)?(\w+)(?:\]\])?`", PAGE))
    assert known <= named
