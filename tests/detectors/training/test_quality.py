"""The card: what it says of a small cross-validation, and what it leaves unsaid."""

import re

import pytest

from detectors.training.quality import background_alarms, write_card
from tests.detectors.training.validation import CORPUS, ROWS, message, row, write_lines, write_validation


@pytest.fixture
def page(tmp_path):
    def write(**what):
        write_card(*write_validation(tmp_path, **what), tmp_path / "docs")
        return (tmp_path / "docs" / "quality.md").read_text("utf-8")

    return write


def section(page, title):
    return page.partition(f"## {title}\n")[2].partition("\n## ")[0]


def cells(page, title, first):
    [line] = [line for line in section(page, title).splitlines() if line.startswith(f"| {first} |")]
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_card_says_what_was_tested(page):
    text = page()
    assert "4 messages of 2 writers in 2 folds were tested, 2 with a signal, 1 of the others hard negatives" in text
    assert "2 were left out, 0 have no prediction" in text
    assert "For training alone: cleo." in text
    assert "has changed since" not in text


def test_every_policy_has_its_row_with_intervals(page):
    text = page()
    for policy in ("quiet", "balanced", "vigilant"):
        assert all(
            re.fullmatch(r"\d\.\d{3} \[\d\.\d{3}, \d\.\d{3}\]", one) for one in cells(text, "By policy", policy)[1:]
        )
    assert [one[:5] for one in cells(text, "By policy", "balanced")[1:3]] == ["0.500", "0.500"]


def test_every_label_has_its_row_by_policy(page):
    text = page()
    assert [one[:5] for one in cells(text, "By label, balanced", "budget")[1:]] == ["0.500", "0.500", "0.500", "2"]
    assert cells(text, "By label, vigilant", "sidestep")[-1] == "0"


def test_every_writer_has_a_row(page):
    text = page()
    ada, ben = (cells(text, "By writer, balanced", name) for name in ("ada", "ben"))
    assert ada == ["ada", "0", "2", "1", "0.500", "1.000", "0.667", "0.067", "1.000 of 1", "1 of 1"]
    assert ben == ["ben", "1", "2", "1", "0.000", "0.000", "0.000", "0.000", "", "0 of 1"]


def test_the_worst_mistakes_are_listed_with_words_of_the_corpus(page):
    text = section(page(), "Mistakes, balanced")
    assert "| a2 | budget | 0.70 | ets |" in text
    assert "| b1 | budget | 0.06 | 240k |" in text


def test_words_can_t_break_the_table(page):
    odd = message("b1", "kvarts", "We have 240k | or\nso.", evidence={"budget": "240k | or\nso"})
    text = page(corpus=CORPUS | {"ben": [odd, *CORPUS["ben"][1:]]})
    assert r"| b1 | budget | 0.06 | 240k \| or so |" in text


def test_without_data_ordinary_traffic_is_not_measured(page):
    assert "not measured" in section(page(), "Ordinary traffic")


def test_a_corpus_that_changed_since_is_told_on_the_card(page):
    assert "**The corpus has changed since these predictions were made.**" in page(manifest={"corpus_sha256": "0"})


def test_the_manifest_is_shown(page):
    assert "| settings.folds | ada, ben |" in page()


def test_the_same_predictions_give_the_same_card_and_curves(page, tmp_path):
    before = page()
    curves = [path.read_bytes() for path in sorted((tmp_path / "docs" / "quality").iterdir())]
    assert len(curves) == 2
    assert page() == before
    assert [path.read_bytes() for path in sorted((tmp_path / "docs" / "quality").iterdir())] == curves


def test_every_picture_of_the_card_is_there(page, tmp_path):
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", page())
    assert len(pictures) == 2
    assert all((tmp_path / "docs" / one).is_file() for one in pictures)


def test_nothing_found_at_all_is_a_card_too(page):
    silent = [row(one["id"], one["writer"], one["fold"], left_out=one.get("left_out", False)) for one in ROWS]
    assert cells(page(rows=silent), "By policy", "vigilant")[1] == "0.000 [0.000, 0.000]"


def test_ordinary_traffic_is_measured_by_the_program_itself(tmp_path):
    chat = [{"id": str(n), "user": "dnel", "channel": "#ubuntu", "text": "how do I mount it?"} for n in range(3)]
    leak = "Between us, our budget for this is 85,000 euros and it has already been approved."
    write_lines(tmp_path / "background_chat.jsonl", [*chat, chat[0] | {"text": leak}])
    rows = background_alarms(tmp_path, "balanced")
    assert rows.keys() == {"background_chat"}
    assert (rows["background_chat"]["messages"], rows["background_chat"]["alarms"]) == (4, 1)
