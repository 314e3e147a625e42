"""The screen: what it looks up by number is what training named, and totals add up."""

import math

import numpy as np
import pytest

from detectors.cues import present
from detectors.features import Vocabulary, features
from detectors.finding import SHOWN_IN
from detectors.judgement import ANY, LABELS
from detectors.patterns import as_bytes
from detectors.screen import Screen, hopes
from detectors.trained import TABLES

SETTING = "outbound email buyer : "
SENTENCES = [
    "We can't sign anything above 40, we really can't.",
    "",
    "Our budget for this is €85,000.50 (or 12345678)!",
    "zzyzx qwrtp",
    "Grüße aus Köln?",
    "_ < > S C",
]


def named(sentence, cues=()):
    return list(dict.fromkeys(features(sentence, SETTING, cues)))


def held(names, sentences, cues=()):
    vocabulary = Vocabulary(names)
    found = [set() for _ in sentences]
    for owners, places in (vocabulary.held(sentences, SETTING), vocabulary.cues(cues)):
        for owner, place in zip(owners, places, strict=True):
            assert vocabulary.names[place] not in found[owner]
            found[owner].add(vocabulary.names[place])
    return found


def test_every_feature_that_training_names_is_found_in_its_sentence():
    cues = [present(as_bytes(one)) for one in SENTENCES]
    each = [named(*one) for one in zip(SENTENCES, cues, strict=True)]
    names = sorted({name for told in each for name in told})
    assert held(names, SENTENCES, cues) == [set(told) for told in each]


def test_a_pair_is_known_only_in_its_order_and_its_distance():
    names = ["above", "anything", "sign", "anything above", "sign _ above", "S outbound"]
    alone = {"above", "anything", "sign", "S outbound"}
    assert held(names, ["sign anything above"]) == [{*names}]
    assert held(names, ["above anything sign"]) == [alone]
    assert held(names, ["sign or anything or above"]) == [alone]


def test_no_pair_reaches_from_one_sentence_into_the_next():
    names = ["above", "anything", "anything above", "anything _ above", "< above"]
    assert held(names, ["anything", "above"]) == [{"anything"}, {"above", "< above"}]


def test_unknown_words_between_known_ones_make_no_pair_of_them():
    assert held(["a", "b", "a b", "b a"], ["a q b", "q q", "b q q a"]) == [{"a", "b"}, set(), {"a", "b"}]


@pytest.mark.parametrize(
    ("number", "name"), [("7", "#1"), ("85", "#2"), ("85000", "#4"), ("1.5", "#."), ("85,000.5", "#.")]
)
def test_numbers_count_by_their_length(number, name):
    assert name in named(f"for {number} only")


def screen(**worth):
    worths = np.zeros((len(worth), ANY + 1), np.float32)
    worths[:, ANY] = list(worth.values())
    base = np.full(ANY + 1, -4.0, np.float32)
    return Screen([name.replace("__", " ") for name in worth], np.ones(len(worth), np.float32), worths, base)


def test_a_total_is_the_base_and_the_mean_square_share_of_what_a_sentence_holds():
    totals = screen(pot=3.0, the__pot=1.0).totals(["in the pot", "in a jar", "pot pot"], SETTING)
    assert totals[:, ANY] == pytest.approx([-4 + 4 / math.sqrt(2), -4, -4 + 3])
    assert (totals[:, :ANY] == -4).all()


def test_no_sentences_have_no_totals_and_thousands_the_same_as_one():
    some = screen(pot=3.0, S__outbound=1.0)
    assert some.totals([], SETTING).shape == (0, ANY + 1)
    many = some.totals(["the pot"] * 1500, SETTING)
    assert many == pytest.approx(np.tile(some.totals(["the pot"], SETTING), (1500, 1)))


def test_what_each_feature_adds_makes_up_the_total():
    some = screen(pot=3.0, the__pot=1.0, S__outbound=-0.5)
    shares = some.shares("in the pot", SETTING, ANY)
    assert [name for name, _ in shares] == ["pot", "the pot", "S outbound"]
    assert -4 + sum(worth for _, worth in shares) == pytest.approx(some.totals(["in the pot"], SETTING)[0, ANY])


def test_cues_are_looked_for_only_where_they_could_lift_a_sentence_to_the_limit():
    some = screen(pot=3.0, C__money=1.0)
    sentence, hopeless = "There are 500 euros in the pot.", "There are 500 euros."
    near, far = some.totals([sentence, hopeless], SETTING, least=-1.0)[:, ANY]
    assert near == pytest.approx(some.totals([sentence], SETTING)[0, ANY]) == pytest.approx(-4 + 4 / math.sqrt(2))
    assert far == -4.0
    assert some.totals([hopeless], SETTING)[0, ANY] == -3.0
    assert some.shares(hopeless, SETTING, ANY, least=-1.0) == []


def test_a_sentence_promises_what_it_has_of_any_signal_and_of_the_likeliest_that_its_direction_can_show():
    totals = np.arange(2 * (ANY + 1), dtype=np.float32).reshape(2, ANY + 1)
    place = {label: LABELS.index(label) for label in ("sidestep", "elicitation")}
    assert hopes(totals, "outbound email : ").tolist() == [10 + place["sidestep"], 21 + 11 + place["sidestep"]]
    assert hopes(totals, "inbound slack : ").tolist() == [10 + place["elicitation"], 21 + 11 + place["elicitation"]]
    assert hopes(-totals, "internal email : ").tolist() == [-10 - place["sidestep"], -21 - 11 - place["sidestep"]]


def test_what_a_direction_can_show_is_what_its_rules_look_for():
    for label, table in TABLES.items():
        assert {direction for direction, shown in SHOWN_IN.items() if label in shown} == table.directions


def test_a_screen_that_was_written_says_the_same(tmp_path):
    some = screen(pot=3.0, the__pot=1.0, C__money=0.25)
    some.to_disk(tmp_path)
    again = Screen.from_disk(tmp_path).totals(SENTENCES, SETTING)
    assert again == pytest.approx(some.totals(SENTENCES, SETTING), abs=0.01)
