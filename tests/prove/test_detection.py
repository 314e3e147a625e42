"""The proof of detection: what it takes from kept predictions, and that it fails without what it needs."""

import pytest

from tests.detectors.training.validation import ROWS, row, write_lines, write_validation
from tests.prove.detection import CROSS_VALIDATED, cross_validated, memory_and_load, ordinary_traffic

LEAK = "Between us, our budget for this is 85,000 euros and it has already been approved."


def by_name(figures):
    return {one.name: one for one in figures}


def test_kept_predictions_give_each_figure_with_its_interval(tmp_path):
    figures = by_name(cross_validated(*write_validation(tmp_path)))
    assert list(figures)[: len(CROSS_VALIDATED)] == [target.name for target in CROSS_VALIDATED.values()]
    precision = figures["message-level precision"]
    assert precision.measured.startswith("0.500 [")
    assert not precision.holds
    assert precision.note == "4 messages of 2 writers, 2 left out"
    assert figures["evidence in range"].holds
    assert figures["messages without a prediction"].holds
    assert figures["messages with a firm that their model knew"].holds
    assert figures["predictions are of this corpus"].holds


def test_folds_that_leak_fail(tmp_path):
    rows = [*ROWS[:2], row("a3", "ada", 0), *ROWS[3:]]
    figures = by_name(cross_validated(*write_validation(tmp_path, rows=rows)))
    leaked = figures["messages with a firm that their model knew"]
    assert (leaked.measured, leaked.holds) == ("1", False)


def test_messages_without_a_prediction_and_another_corpus_fail(tmp_path):
    figures = by_name(cross_validated(*write_validation(tmp_path, rows=ROWS[1:], manifest={"corpus_sha256": "0"})))
    assert not figures["messages without a prediction"].holds
    assert not figures["predictions are of this corpus"].holds


def test_without_predictions_nothing_is_measured_and_everything_fails(tmp_path):
    figures = list(cross_validated(tmp_path, tmp_path))
    assert len(figures) == len(CROSS_VALIDATED)
    assert all(one.measured is None and not one.holds for one in figures)


@pytest.mark.parametrize("given", [False, True])
def test_without_data_ordinary_traffic_is_not_measured_and_fails(tmp_path, monkeypatch, given):
    monkeypatch.delenv("FRONTDOOR_DATA", raising=False)
    if given:
        monkeypatch.setenv("FRONTDOOR_DATA", str(tmp_path))
    figures = list(ordinary_traffic())
    assert [(one.measured, one.holds) for one in figures] == [(None, False)] * 2
    assert "background_mail.jsonl" in figures[0].note


def test_every_alarm_on_ordinary_traffic_counts(tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTDOOR_DATA", str(tmp_path))
    mail = {"from": "jo@enron.com", "to": ["bo@norvik.example"], "cc": [], "subject": "Hello", "text": "Thank you."}
    chat = {"user": "dnel", "channel": "#ubuntu", "text": "how do I mount it?", "thread": None}
    for name, record in (("background_mail", mail), ("background_chat", chat)):
        rows = [record | {"id": str(number)} for number in range(99)] + [record | {"id": "leak", "text": LEAK}]
        write_lines(tmp_path / f"{name}.jsonl", rows)
    mails, chats = ordinary_traffic()
    assert (mails.measured, mails.holds) == ("10.0 per 1,000", True)
    assert (chats.measured, chats.holds) == ("10.00 per 1,000", False)
    assert chats.note.startswith("1 of 100; 95 %: 1.8 to 54.5")


def test_a_fresh_program_says_what_it_took():
    memory, load = memory_and_load(starts=1)
    assert memory.measured.endswith(" MB")
    assert load.measured.endswith(" s")
