"""When the encoder reads on, and which clause it shows: totals made by hand."""

import json

import numpy as np
import pytest

from detectors.encoder import Glance, Reading
from detectors.judgement import ANY, COLUMNS, LABELS, Judgement, telling_clause
from detectors.windows import windows

JUDGEMENT = Judgement(slopes=np.eye(COLUMNS)[0], bases=np.zeros(ANY), least=-4.0, least_short=-7.0, least_promise=-6.0)
BUDGET, ELICITATION = LABELS.index("budget"), LABELS.index("elicitation")


def glance(any_signal, label=BUDGET, of_label=-9.0):
    promise = np.full(ANY + 1, -9.0, np.float32)
    promise[ANY], promise[label] = any_signal, of_label
    return Glance(promise=promise, states=np.zeros((1, 1), np.float32), places=())


@pytest.mark.parametrize(
    ("promise", "of_label", "hope", "goes_on"),
    [
        pytest.param(-1.0, -2.0, -4.0, True, id="the early layers see something"),
        pytest.param(-4.0, -4.0, -4.0, False, id="neither sees anything"),
        pytest.param(-4.0, -4.0, 4.5, True, id="the screen's hope saves it"),
        pytest.param(-1.0, -3.0, -4.5, False, id="the screen's doubt ends it"),
    ],
)
def test_a_window_is_read_on_for_what_both_see_in_it(promise, of_label, hope, goes_on):
    assert JUDGEMENT.goes_on(glance(promise, of_label=of_label), hope, "outbound email : ") is goes_on


def test_a_label_that_the_direction_can_t_show_promises_nothing():
    fishing = glance(-2.0, ELICITATION, 3.0)
    assert JUDGEMENT.goes_on(fishing, 0.0, "inbound email : ")
    assert not JUDGEMENT.goes_on(fishing, 0.0, "outbound email : ")


def shown(sentences, **totals):
    """Return the words that show a budget, where each word has a total: that of `totals`, else a low one."""
    [window] = windows("outbound email : ", sentences)
    places = []
    for word in window.text.split():
        at = window.text.index(word, places[-1][1] if places else 0)
        places.append((at, at + len(word)))
    pieces = np.full((len(places), ANY + 1), -5.0, np.float32)
    for place, (start, end) in enumerate(places):
        pieces[place, BUDGET] = totals.get(window.text[start:end].strip(".,"), -5.0)
    reading = Reading(whole=np.zeros(ANY + 1, np.float32), pieces=pieces, places=tuple(places))
    index, (start, end) = telling_clause(window, sentences, reading, BUDGET)
    return sentences[index][start:end].strip()


SENTENCES = ["thanks for the drawings.", "the gate is open, but finance has given us forty, and our guard knows you."]


def test_the_clause_with_the_most_telling_word_is_shown():
    assert shown(SENTENCES, forty=4.0) == "but finance has given us forty"


def test_a_clause_that_tells_as_much_joins_it():
    told = dict.fromkeys(("but", "finance", "has", "given", "us", "forty", "and", "our", "guard", "knows", "you"), 2.0)
    assert shown(SENTENCES, **told) == "but finance has given us forty, and our guard knows you"


def test_a_telling_word_in_the_setting_shows_nothing():
    assert shown(SENTENCES, outbound=9.0, drawings=1.0) == "thanks for the drawings"


@pytest.mark.parametrize("damage", [{"slopes": [1.0]}, {"least": float("nan")}, {"bases": {"budget": 0.0}}])
def test_a_damaged_judgement_is_refused(tmp_path, damage):
    path = tmp_path / "judgement.json"
    JUDGEMENT.to_disk(path)
    assert Judgement.from_disk(path).least_promise == JUDGEMENT.least_promise
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | damage), "utf-8")
    with pytest.raises((ValueError, KeyError)):
        Judgement.from_disk(path)
