"""The first look at words: which may be numbers together, and what common words are to a plan."""

import pytest

from detectors.glance import Glance
from detectors.plans import plans_of
from detectors.signs import Sign
from detectors.words import common_words
from messages import FactKind, Negotiation, Register, SealedFact


@pytest.fixture
def glance():
    """Give the look of a plan that knows no word."""
    return Glance(lambda _: 0, {})


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("We take two pallets in four weeks.", [["two"], ["four"]]),
        ("It is forty-one thousand now.", [["forty", "one", "thousand"]]),
        ("Seven and a half million, or eight.", [["Seven", "half", "million"], ["eight"]]),
        ("Nothing of the kind.", []),
    ],
)
def test_words_that_may_be_one_number_are_kept_together(glance, text, runs):
    assert glance.number_words(text) == runs


def test_a_common_word_that_a_plan_knows_is_told_from_the_beginning():
    glance = Glance(lambda _: 0, {"line": Sign.PHRASE})
    assert glance.signs("The line is ready.") & Sign.PHRASE
    assert glance.signs("Line 4") & Sign.PHRASE
    assert not glance.signs("The lines are ready.") & Sign.PHRASE


def test_a_word_that_is_not_common_is_judged_when_it_comes():
    glance = Glance(lambda word: Sign.NAME * (word == "Bluebird"), {})
    assert glance.signs("We talk to Bluebird.") & Sign.NAME
    assert not glance.signs("We talk to Greybird.") & Sign.NAME


def test_halves_of_a_name_count_where_one_stands_behind_the_other():
    signs = {"blue": Sign.OPENS, "bird": Sign.CLOSES}
    glance = Glance(lambda word: signs.get(word, 0), signs)
    assert glance.is_in_two("We ask blue bird now.")
    assert glance.is_in_two("We ask blue\u2013bird now.")
    assert not glance.is_in_two("A bird, and it is blue.")
    assert not glance.is_in_two("A blue, blue sky and a bird.")


def test_common_words_mean_to_a_plan_what_they_would_if_they_came_by_themselves():
    plans = plans_of(Register((_NEGOTIATION,)))
    words = [one for one in common_words() if one.isalpha()]
    told = [plans.glance.signs(one) for one in words]
    # With a letter beyond ASCII beside it, which is none, a word is as new as any other.
    assert told == [plans.glance.signs(f"{one}\u00b7") for one in words]
    assert {one for one, signs in zip(words, told, strict=True) if signs & Sign.NAME} >= {"marine", "orders"}
    assert {one for one, signs in zip(words, told, strict=True) if signs & Sign.PHRASE} >= {"drop", "dropped"}


_NEGOTIATION = Negotiation(
    name="Castings",
    counterparties=("Norvik",),
    lead="bo@ourco.example",
    sealed=(
        SealedFact(id="a", kind=FactKind.NAME, words=("Marine Orders", "Maryne Keller")),
        SealedFact(id="b", kind=FactKind.PHRASE, words=("drop the second supplier",)),
    ),
)
