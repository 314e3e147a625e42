"""How texts are made ready for patterns, and several patterns are asked at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.patterns import Gapped, Wording, Wordings, as_bytes, folded_bytes
from messages import fold

_WRITTEN = st.text(alphabet=st.one_of(st.characters(codec="cp1252"), st.characters()), max_size=60)


@given(_WRITTEN)
def test_a_text_is_folded_to_the_same_bytes_by_the_short_way(text):
    assert folded_bytes(text) == as_bytes(fold(text).text)


def test_every_letter_of_cp1252_is_folded_to_the_same_bytes_by_the_short_way():
    letters = [bytes((code,)).decode("cp1252", "ignore") for code in range(256)]
    assert [folded_bytes(f"a{one}b") for one in letters] == [as_bytes(fold(f"a{one}b").text) for one in letters]


def test_patterns_asked_together_say_which_of_them_occur():
    asked = Wordings({"offer": r"\boffers?\b", "price": r"\bprices?\b", "term": r"\bterms\b"})
    assert asked.held(b"your offer, and your price") == {"offer", "price"}
    assert asked.held(b"priceless") == frozenset()
    assert asked.held(b"") == frozenset()


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("überweisen", "Überweisen Sie"), ("(ä|ö)nderung", "ÄNDERUNG"), ("[à-ü]ngel", "Ängel"), ("ŠKODA", "škoda")],
)
def test_letters_beyond_ascii_match_whatever_their_case(pattern, text):
    assert Wordings({"it": pattern}).held(as_bytes(text)) == {"it"}


@pytest.mark.parametrize("text", ["we pay now", "they said: we PAY", "first\nwe pay"])
def test_a_wording_holds_wherever_it_stands(text):
    assert Wording(r"\bpay\b").holds(text.encode())


@pytest.mark.parametrize("text", ["", "payable", "prepay", "pa\ny"])
def test_a_wording_does_not_hold_in_part_of_a_word(text):
    assert not Wording(r"\bpay\b").holds(text.encode())


def test_a_wording_that_begins_a_text_holds_nowhere_else():
    assert Wording(r"^ok\b").holds(b"ok, we do")
    assert not Wording(r"^ok\b").holds(b"is it ok?")


_LINES = [b"we pay now", b"nothing", b"pay, and pay again", b"", b"they pay"]
_STARTS = [0, 11, 19, 38, 39]


def test_the_lines_that_a_wording_stands_in_are_told_once_each():
    text = b"\n".join(_LINES)
    assert [text[start:].startswith(line) for start, line in zip(_STARTS, _LINES, strict=True)] == [True] * 5
    assert list(Wording(r"\bpay\b").lines_in(text, _STARTS)) == [0, 2, 4]
    assert list(Gapped(r"\bwe\b.*«\bnow\b»", r"\bthey\b").lines_in(text, _STARTS)) == [0, 4]
    assert list(Wording(r"\bpaid\b").lines_in(text, _STARTS)) == []
    assert list(Wording(r"\bpay\b").lines_in(b"", [0])) == []


def test_a_gap_is_looked_over_only_where_its_marked_part_stands():
    wording = Gapped(r"\b(we|they)\b.{0,9}«\b(pay|paid)\b»|«\bnothing»( more)?$")
    assert wording.holds(b"we will pay")
    assert not wording.holds(b"you will pay")
    assert not wording.holds(b"we will")
    assert list(wording.lines_in(b"\n".join(_LINES), _STARTS)) == [0, 1, 4]


def test_lines_far_apart_in_a_long_text_are_found():
    lines = [b"we pay" if number in {0, 63, 64, 200, 999} else b"nothing" for number in range(1000)]
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    assert list(Wording(r"\bpay\b").lines_in(b"\n".join(lines), starts)) == [0, 63, 64, 200, 999]
