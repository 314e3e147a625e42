import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import spacy

import detectors
from detectors.document import prepare
from detectors.trained import findings, shipped, trained
from detectors.training.corpus import document_of, records
from detectors.windows import setting_of

MODEL = Path(detectors.__file__).parent / "model"
SAMPLE = json.loads((MODEL / "sample.json").read_text("utf-8"))
LEAK = "We can't sign anything above 40, otherwise it goes to the board."


@pytest.fixture
def found(written):
    return lambda text, **how: list(trained(prepare(*written(text, **how))))


@pytest.mark.parametrize("writer", SAMPLE)
def test_the_shipped_model_says_what_it_said_when_it_was_made(writer):
    """Another processor may round a little differently."""
    by_id = {one["id"]: one for one in records(writer)}
    for identity, told in SAMPLE[writer].items():
        found = sorted(findings(document_of(by_id[identity]), shipped()), key=lambda one: one.confidence)
        now = {one.label: one.confidence for one in found}
        both = now.keys() | told.keys()
        # What is below the least confidence of any policy is not told.
        assert {one: now.get(one, 0.05) for one in both} == pytest.approx(
            {one: told.get(one, 0.05) for one in both}, abs=0.05
        ), identity


def test_what_ships_is_smaller_than_30_megabytes():
    assert sum(path.stat().st_size for path in MODEL.rglob("*")) < 30_000_000


def test_what_is_implied_is_found_in_the_words_that_show_it(found):
    [surest] = sorted(found(f"Hello Lee,\n\nthanks for the drawings. {LEAK}\n\nDana"), key=lambda one: -one.confidence)[
        :1
    ]
    assert surest.quote in LEAK
    assert surest.reason


def test_small_talk_is_passed_over(found):
    assert found("Hello Lee,\n\nthanks, the train was on time and the coffee was good.\n\nDana") == []


def test_an_empty_message_holds_nothing(found):
    assert found("") == []


def test_a_label_is_found_only_in_directions_where_it_can_occur(found):
    assert {one.label for one in found(LEAK, way="inbound")} <= {"elicitation", "sidestep"}
    assert {one.label for one in found(LEAK, way="internal")} <= {"sidestep"}


PROMISE = "The order is yours, start the work and I will sort out the PO."


def test_the_negotiator_may_commit(found):
    assert "commitment" in {one.label for one in found(PROMISE)}
    assert "commitment" not in {one.label for one in found(PROMISE, sender="procurement@ourco.example")}


def test_an_endless_message_is_read_in_bounds(found):
    yielded = found(f"{LEAK} " * 20_000)
    assert 0 < len(yielded) <= 150 * 10


def test_loading_the_model_leaves_nothing_behind(tmp_path):
    """Some versions of the libraries write a mark of their use, to report it."""
    command = [sys.executable, "-c", "from detectors.trained import shipped; shipped()"]
    environment = os.environ | {"TMPDIR": str(tmp_path), "HOME": str(tmp_path)}
    subprocess.run(command, cwd=tmp_path, env=environment | {"PYTHONPATH": str(MODEL.parents[1])}, check=True)
    assert list(tmp_path.iterdir()) == []


def test_the_pipeline_that_ships_says_the_same(written):
    document = prepare(*written(f"Thanks for the drawings. {LEAK}"))
    pipeline = spacy.load(MODEL)
    sentences = [one.folded for one in document.sentences]
    doc = spacy.tokens.Doc(pipeline.vocab, words=" ".join(sentences).split(" "))
    places, begin = [], 0
    for one in sentences:
        places.append(doc.char_span(begin, begin + len(one)))
        begin += len(one) + 1
    doc.spans["sentences"] = places
    doc.user_data["setting"] = setting_of(document)
    doc = pipeline(doc)
    ours = {one.label: one.confidence for one in trained(document)}
    assert {label: doc.cats[label] for label in ours} == pytest.approx(ours, abs=0.001)
    assert {one.label_ for one in doc.spans["signals"]} >= set(ours)
    assert len(doc.spans["signals"].attrs["scores"]) == len(doc.spans["signals"])
