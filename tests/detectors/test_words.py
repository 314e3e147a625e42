from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.words import cut_into_words, is_word

RUN_TOGETHER = [
    ("ourbudgetis400k", ["our", "budget", "is", "400k"]),
    ("Nobodyelsecansupplythispart", ["Nobody", "else", "can", "supply", "this", "part"]),
    ("wepay7.50perpiece", ["we", "pay", "7.50", "per", "piece"]),
    ("OURBUDGET", ["OUR", "BUDGET"]),
    ("I can'tsay".replace(" ", ""), ["I", "can't", "say"]),
    ("the400keys", ["the", "400", "keys"]),
    ("xqzvw", ["xqzvw"]),
    ("x", ["x"]),
    ("", []),
]


@pytest.mark.parametrize(("letters", "words"), RUN_TOGETHER)
def test_letters_run_together_are_cut_into_the_likeliest_words(letters, words):
    assert cut_into_words(letters) == words


@given(letters=st.text(st.sampled_from("abcdeourbudget0123.,'İß"), max_size=60))
def test_nothing_is_lost_in_the_cutting(letters):
    assert "".join(cut_into_words(letters)) == letters


@pytest.mark.parametrize("word", ["budget", "Budget", "PRICE", "procurement", "can't"])
def test_words_of_the_trade_are_known(word):
    assert is_word(word)


@pytest.mark.parametrize("letters", ["budg", "xyzzy", "", "4", "b"])
def test_other_letters_are_no_words(letters):
    assert not is_word(letters)


def test_the_list_holds_every_word_once_in_small_letters():
    words = (resources.files("detectors") / "words.txt").read_text("utf-8").split()
    assert len(words) == len(set(words))
    assert all(word.islower() and word.isascii() for word in words)
