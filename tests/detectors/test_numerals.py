import pytest

from detectors.numerals import numbers_apart, numbers_in_letters
from messages.fold import replaced


def read(text):
    for find in (numbers_apart, numbers_in_letters):
        text = replaced(text, find(text)).text
    return text


HITS = [
    ("is 4OOk", "is 400k"),
    ("is 4oo k", "is 400 k"),
    ("is 4Ok", "is 40k"),
    ("is 40 0k", "is 400k"),
    ("is 4 00k", "is 400k"),
    ("is 2 4 0 k", "is 240k"),
    ("is 4 0 k", "is 40k"),
    ("is 1 2 0 EUR", "is 120 EUR"),
    ("is 4O,OOO EUR", "is 40,000 EUR"),
    ("is €4OO", "is €400"),
    ("is 7.5O EUR", "is 7.50 EUR"),
    ("is 1O5 now", "is 105 now"),
    ("is 2l0k", "is 210k"),
    ("is 1.2OO.OOO", "is 1.200.000"),
    ("is 4ОО €", "is 400 €"),
]
MISSES = [
    "10l of oil and 2l more",
    "4of 5, 20oz, 7old",
    "GPT-4o, H2O, CO2, M8O2",
    "turn it 90o",
    "rows 4 5 6 and 7 8",
    "4 5 EUR",
    "sizes 4 0 and 4 2",
    "40k, 1 000k, 4 000 EUR",
    "at 7o'clock",
    "1.2.3.4",
    "",
]


@pytest.mark.parametrize(("written", "meant"), HITS)
def test_a_number_in_disguise_is_read(written, meant):
    assert read(written) == meant


@pytest.mark.parametrize("text", MISSES)
def test_what_is_no_number_in_disguise_is_left_alone(text):
    assert read(text) == text
