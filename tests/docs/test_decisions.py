"""Decision records: numbered without a gap, all of one form, all in the index."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "decisions"
RECORDS = sorted(FOLDER.glob("[0-9]*.md"))
SECTIONS = ["Context", "Decision", "Consequences", "Alternatives considered"]


def test_numbers_go_up_without_a_gap():
    assert [path.name[:4] for path in RECORDS] == [f"{number:04}" for number in range(1, len(RECORDS) + 1)]
    assert RECORDS


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_has_its_title_and_the_four_sections_in_at_most_a_page(path):
    text = path.read_text("utf-8")
    assert re.match(r"# \S.+\n", text)
    assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE) == SECTIONS
    assert len(text.splitlines()) <= 60


def test_the_index_lists_every_record_and_nothing_else():
    listed = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\) \|", (FOLDER / "README.md").read_text("utf-8"), flags=re.MULTILINE)
    assert listed == [(path.name[:4], path.name) for path in RECORDS]
