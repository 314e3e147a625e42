"""A sieve lets pass what its patterns match, whatever the text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors import lengths
from detectors.day_rules import RULES
from detectors.days import days
from detectors.sieve import Sieve, relaxed

PATTERNS = [
    re.compile(r"(?<!\w)(?P<day>\d{1,2})(?P<mark>[/-])(?P<month>\d{1,2})(?P=mark)20\d\d(?!\d)"),
    re.compile(r"\b(?:über|under) [^\W\d_]+\b"),
    re.compile(r"(?i:straße|avenue)(?! (?:of (?:the )?kings|x))"),
    re.compile(r"[^\s\d.]+ish(?:$|\W)"),
    re.compile(r"[]a-c]\.[^]x]\Z"),
    re.compile(r"\wé\w+ \D\S"),
]
FOUND = [
    ("on 15/05/2026", [0]),
    ("15/05-2026 over", [0]),
    ("über Ärger", [1]),
    ("UNDER Łódź", [1]),
    ("über 7 Euro", []),
    ("in der STRASSE, Straße", [2]),
    ("an avenue of the kings", [2]),
    ("greenish", [3]),
    ("5 ish", []),
    ("b.y", [4]),
    ("pépin λy", [5]),
    ("nothing of it", []),
]
LETTERS = "aéßŁλ 0٣15/-.,€–]abcish straßeüberundermayweekkwq12thEOM½"
# Separated by "_", since a space is one of them.
WORDS = (
    "15._May_3/4_KW_12_mid_-_ _next_Friday_in_two_weeks_Mai_the_end_of_Q2_2027_ÜBERMORGEN_Ostern_21st_a_third_half_one"
    "_ten_anderthalb_Jahre_zwölfmonatige_½"
)


@pytest.fixture
def sieve():
    """Give the patterns together."""
    return Sieve(PATTERNS)


@pytest.mark.parametrize(("text", "numbers"), FOUND)
def test_what_may_match_is_let_pass(sieve, text, numbers):
    assert sieve.passing(text) == numbers


@given(st.text(LETTERS, max_size=60) | st.text(max_size=60))
def test_whatever_a_pattern_matches_is_let_pass(text):
    matching = [number for number, one in enumerate(PATTERNS) if one.search(text)]
    assert set(matching) <= set(Sieve(PATTERNS).passing(text))


@given(st.lists(st.sampled_from(WORDS.split("_")), max_size=9))
def test_no_day_and_no_length_is_lost_in_the_sieve(words):
    text = " ".join(words)
    of_days = [number for number, rule in enumerate(RULES) if rule.pattern.search(text)]
    assert set(of_days) <= set(Sieve(rule.pattern for rule in RULES).passing(text))
    read = [str(one) for reader in lengths._READERS for one in reader(text)]
    assert [str(one) for one in lengths.without_numbers(text)] == read


def test_a_text_without_days_has_none():
    assert days("Please see the drawing.", None, (2026,)) == []


def test_what_stands_around_is_not_asked_for():
    assert relaxed(r"(?<=a(b))\bc(?P<d>e)(?!f(?:g)h)i") == "c(e)i"
