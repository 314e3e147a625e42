"""What cross-validation left: it fits the corpus, or that is said."""

import hashlib
import json

import pytest

from detectors.quality import score
from detectors.scoring import builtin_policies
from detectors.training.predictions import (
    FOLDER,
    PredictionsError,
    corpus_hash,
    judged,
    leaks,
    read_corpus,
    read_validation,
)
from tests.detectors.training.validation import CORPUS, ROWS, message, row, write_lines, write_validation

MODEL = FOLDER.parent / "model"
[BALANCED] = (policy for policy in builtin_policies() if policy.name == "balanced")


@pytest.fixture
def read(tmp_path):
    return lambda **what: read_validation(*write_validation(tmp_path, **what))


def test_what_was_left_out_is_not_tested_and_a_writer_without_rows_neither(read):
    validation = read()
    assert [one.labelled.gold.id for one in validation.predicted] == ["a1", "a2", "a3", "b1", "b2", "b3"]
    assert [one.labelled.gold.id for one in validation.tested] == ["a1", "a2", "b1", "b3"]
    assert [one.fold for one in validation.tested] == ["0", "0", "1", "1"]
    assert {one.writer for one in validation.corpus} == {"ada", "ben", "cleo"}


def test_a_policy_is_applied_to_what_was_found(read):
    scores = score(judged(read().tested, BALANCED))
    assert (scores.messages, scores.missing) == (4, 0)
    whole = scores.labels["any"]
    assert (whole.precision, whole.recall, whole.n) == (0.5, 0.5, 2)
    assert (scores.evidence_overlap, scores.evidence_length) == (1.0, 1.0)


def test_findings_show_the_words_they_stand_on(read):
    [first, *_] = read().tested
    assert [one.quote for one in first.findings] == ["240k", "240k"]


def test_a_finding_of_the_subject_keeps_its_part(read):
    rows = [row("a1", "ada", 0, 0.9, part="subject"), *ROWS[1:]]
    [first, *_] = read(rows=rows).tested
    assert [(one.part, one.quote) for one in first.findings] == [("subject", "")]


def test_a_message_without_row_counts_as_missing(read):
    found = judged(read(rows=ROWS[1:]).tested, BALANCED)
    assert [one.is_missing for one in found] == [True, False, False, False]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([*ROWS, row("x9", "ada", 0)], "1 predictions are of no message of the corpus, first x9"),
        ([*ROWS[:-1], row("b3", "ada", 0)], "b3 is by ben, not by ada"),
        ([*ROWS[:-1], row("b3", "ben", 0)], "the messages of ben are in two folds"),
    ],
)
def test_rows_that_do_not_fit_the_corpus_are_told(read, rows, why):
    with pytest.raises(PredictionsError, match=why):
        read(rows=rows)


def test_a_corpus_that_changed_since_is_told(tmp_path):
    folder, corpus = write_validation(tmp_path)
    assert read_validation(folder, corpus).is_current
    write_lines(corpus / "dora.jsonl", [message("d1", "kestrel")])
    assert not read_validation(folder, corpus).is_current


def test_the_hash_knows_names_and_contents_of_files(tmp_path):
    _, corpus = write_validation(tmp_path)
    before = corpus_hash(corpus)
    (corpus / "README.md").write_text("not a message", "utf-8")
    assert corpus_hash(corpus) == before
    (corpus / "ada.jsonl").rename(corpus / "zoe.jsonl")
    assert corpus_hash(corpus) != before


def test_domains_are_those_of_counterparties_alone(tmp_path):
    _, corpus = write_validation(tmp_path)
    assert {one.gold.id: one.domains for one in read_corpus(corpus)}["a1"] == {"norvik.example"}


def test_a_line_separator_in_a_text_does_not_end_its_row(read):
    odd = message("a1", "norvik", "We have\u2028 240k for it.\u0085")
    validation = read(corpus=CORPUS | {"ada": [odd, *CORPUS["ada"][1:]]})
    assert validation.predicted[0].labelled.gold.text == odd["text"]


def test_a_firm_on_both_sides_of_a_fold_is_a_leak_unless_it_was_left_out(read):
    assert leaks(read()) == []
    assert leaks(read(rows=[*ROWS[:2], row("a3", "ada", 0), *ROWS[3:]])) == ["a3"]


def test_a_firm_of_a_writer_that_was_only_trained_on_is_a_leak_too(read):
    assert leaks(read(corpus=CORPUS | {"cleo": [message("c1", "tavola")]})) == ["b3"]


def test_firms_within_a_fold_are_none(read):
    together = [one | {"fold": 0} for one in ROWS]
    assert leaks(read(rows=together)) == []


def manifest(path):
    return json.loads((MODEL / path).read_text("utf-8"))


def test_the_model_that_ships_and_the_predictions_are_of_one_making():
    kept, shipped = json.loads((FOLDER / "predictions.json").read_text("utf-8")), manifest("manifest.json")
    assert {key: shipped[key] for key in kept} == kept
    judgement = manifest("signals/judgement.json")
    assert {name: judgement[name] for name in kept["limits"]} == kept["limits"]


def test_the_manifest_tells_the_scores_of_the_predictions():
    shares, scores = score(judged(read_validation().tested, BALANCED)).shares, manifest("manifest.json")["scores"]
    assert {"any.precision", "any.recall", "macro_f1"} <= scores.keys()
    assert scores == pytest.approx({name: shares[name] for name in scores}, abs=0.0001)


def test_the_files_of_the_model_are_those_that_were_made():
    files = {str(path.relative_to(MODEL)): path for path in MODEL.rglob("*") if path.is_file()}
    found = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    del found["manifest.json"]
    assert manifest("manifest.json")["sha256"] == found
