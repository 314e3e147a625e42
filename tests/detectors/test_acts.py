import hashlib
import json
from pathlib import Path

import pytest

import detectors
from detectors.acts import ACTS, Act, does, shown
from detectors.document import prepare
from detectors.patterns import Wording
from detectors.trained import glanced, trained

MODEL = Path(detectors.__file__).parent / "acts_model"
TEXTS = Path(detectors.__file__).parent / "training" / "acts"

SHOWN = {
    Act.NEED: "Would one of your people come by with the small mixer, so we see if it would do for the paint shop?",
    Act.TERMS: "Fine, half of the money leaves us with the order and you get the rest once the thing stands here.",
    Act.PROMISE: "You can tell your people that the job is theirs, I will see to it that nobody else gets it.",
    Act.PRICE: "I really don't mind what they charge us for it, just get them to start on Monday.",
}
NOT_SHOWN = {
    Act.NEED: "Your mixer from last year works well, the second one is still under guarantee. Thanks for the visit.",
    Act.TERMS: "We keep to the thirty days of our contract, I can't give you any of the money before that.",
    Act.PROMISE: "I can't tell you who gets the job, our buyers will decide that when all the bids are in.",
    Act.PRICE: "I do mind what they charge us for it, they may not start before we have two more offers.",
}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_found_in_words_that_no_pattern_knows(written, act):
    assert does(prepare(*written(SHOWN[act])), act, least=0.6)


@pytest.mark.parametrize("act", ACTS)
def test_words_about_the_same_that_do_not_do_it_are_passed_over(written, act):
    assert not does(prepare(*written(NOT_SHOWN[act])), act, least=0.4)


def test_an_act_is_shown_where_it_stands(written):
    text = f"Hello Lee,\n\nthe train was on time. {SHOWN[Act.PROMISE]}\n\nDana"
    document = prepare(*written(text))
    where = shown(document, Act.PROMISE)
    assert where is not None
    assert where.sentence.folded[where.start : where.end] in SHOWN[Act.PROMISE]


def test_only_windows_with_the_wording_asked_for_are_read(written):
    document = prepare(*written(SHOWN[Act.TERMS]))
    assert does(document, Act.TERMS, least=0.6, within=Wording(r"\bmoney\b"))
    assert shown(document, Act.TERMS, within=Wording(r"\binvoices?\b")) is None


def test_nothing_is_done_in_small_talk_or_in_nothing(written):
    for text in ("", "Hello Lee,\n\nthanks, the train was on time and the coffee was good.\n\nDana"):
        document = prepare(*written(text))
        assert [one for one in ACTS if does(document, one, least=0.3)] == []


def test_what_the_early_layers_read_is_read_once(written):
    document = prepare(*written(SHOWN[Act.NEED]))
    list(trained(document))
    seen = glanced(document)
    shown(document, Act.NEED)
    assert glanced(document) is seen


def test_the_files_are_those_that_were_made_of_these_texts():
    manifest = json.loads((MODEL / "manifest.json").read_text("utf-8"))
    files = [one for one in MODEL.rglob("*.*") if one.name != "manifest.json"]
    assert manifest["sha256"] == {one.relative_to(MODEL).as_posix(): _hash(one) for one in files}
    assert manifest["texts_sha256"] == {one.name: _hash(one) for one in TEXTS.glob("*.jsonl")}


def test_every_text_says_where_it_shows_its_act():
    for path in TEXTS.glob("*.jsonl"):
        records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        assert all(one["tells"] in one["text"] for one in records), path.name
        assert 0.3 <= sum(bool(one["tells"]) for one in records) / len(records) <= 0.6, path.name


def _hash(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()
