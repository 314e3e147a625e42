"""Lengths of time and parts of a whole that are told without a number: whatever reads them is let read."""

from itertools import product

import pytest

from detectors.glance import Glance
from detectors.lengths import TOLD_ALONE, without_numbers
from detectors.signs import Sign

_UNITS = "week month year fortnight decade quarter Woche Monat Jahr Jahrzehnt Quartal"
_LENGTHS = product(("a", "one", "an", "another", "eine", "einen", "half a"), ("", "half", "halbe"), _UNITS.split())
_SHARES = product(
    ("one", "two", "seven", "eine", "zwei", "sechs"),
    ("in", "out of", "of", "von", "aus", "sur"),
    ("", "every", "je"),
    ("three", "ten", "twelve", "twenty", "hundred", "a hundred", "drei", "zwölf", "zwanzig", "hundert", "10"),
)
_NTHS = "other second third fourth fifth tenth zweite dritte vierte fünfte zehnte"
_EVERY = product(("every", "each", "jede", "jedes"), _NTHS.split())


@pytest.mark.parametrize(("told", "least"), [(_LENGTHS, 150), (_SHARES, 1000), (_EVERY, 40)])
def test_what_is_read_without_a_number_is_let_read(told, least):
    glance = Glance(lambda _: 0, {})
    said = [" ".join(filter(None, one)) for one in told]
    read = [one for one in said if any(without_numbers(f"We lose {one}."))]
    assert len(read) >= least
    assert [one for one in read if not glance.signs(one) & Sign.PART and not TOLD_ALONE.search(one)] == []


@pytest.mark.parametrize("said", ["that week", "this year", "one of them", "out of office", "every time", "last month"])
def test_what_tells_no_part_and_no_length_is_not_read_for_one(said):
    assert TOLD_ALONE.search(said) is None
