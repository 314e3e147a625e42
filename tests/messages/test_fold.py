from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from messages import fold
from messages.fold import alphabet_of, bare, replaced

_FOLDED = {
    "zero width": ("bud\u200bget", "budget"),
    "soft hyphen": ("bud\u00adget", "budget"),
    "word joiner": ("bud\u2060get", "budget"),
    "byte order mark": ("\ufeffbudget", "budget"),
    "direction": ("\u202ebudget\u202c", "budget"),
    "variation": ("budget\ufe0f", "budget"),
    "tag characters": ("budget\U000e0041", "budget"),
    "Cyrillic among Latin": ("tаrgеt рrice", "target price"),
    "Cyrillic capitals among Latin": ("ВUDGЕТ", "BUDGET"),
    "Greek among Latin": ("τarget", "target"),
    "full width": ("\uff22\uff35\uff24\uff27\uff25\uff34 \uff14\uff0e\uff12", "BUDGET 4.2"),
    "mathematical": ("\U0001d41b\U0001d42e\U0001d41d\U0001d420\U0001d41e\U0001d42d \U0001d7d2\U0001d7d0", "budget 42"),
    "ligature": ("\ufb01ve o\ufb03ces", "five offices"),
    "circled": ("\u24d1\u24e4\u24d3\u24d6\u24d4\u24e3", "budget"),
    "quotes": ("\u201cit\u2019s\u201d", '"it\'s"'),
    "dashes": ("4\u20135 \u2014 6\u22127", "4-5 - 6-7"),
    "spaces": ("4\u00a0200\u202fEUR\u2009net", "4 200 EUR net"),
    "ellipsis": ("wait\u2026", "wait..."),
    "hidden in a mixed word": ("t\u200bаrget", "target"),
    "struck through": ("b\u0336u\u0336d\u0336g\u0336e\u0336t\u0336", "budget"),
    "stacked accents": ("b\u0301\u0323\u0334ud\u0323get", "budget"),
    "accents beside their letters": ("fu\u0308r e\u0301tude", "für étude"),
    "an accent on nothing": ("\u0301budget", "budget"),
    "keycaps": ("4\ufe0f\u20e30\ufe0f\u20e3k", "40k"),
    "small capitals": ("ʙᴜᴅɢᴇᴛ", "budget"),
    "squared": ("\U0001f171\U0001f184\U0001f173\U0001f176\U0001f174\U0001f183", "BUDGET"),
    "phonetic letters": ("bud\u0261et, pr\u0269ce, m\u0251rgin", "budget, price, margin"),
    "digits of other scripts": ("٤٠٠ and ४००", "400 and 400"),
}
_KEPT = {
    "ASCII": "Budget: 4.20 EUR 'net' - \"now\"",
    "capitals": "BUDGET Budget",
    "Russian": "Наш бюджет составляет два миллиона, срок март",
    "a Russian word that looks Latin": "сор и рост",
    "Greek": "Ο προϋπολογισμός είναι μικρός",
    "Ukrainian": "Ціна не вища",
    "accents": "Größe, façade, mañana, Ærø, İstanbul, straße, Yıldız, Gdańsk",
    "rare accents": "Nguyễn and Ionuț",
    "Russian with an accent beside its letter": "Мо\u0439 бюджет",
    "raised digits": "10 m² and 5 cm³",
    "fractions": "7½",
    "units": "5 µm, 20 °C, ±3",
    "Greek next to Latin": "ΔT of the α-phase",
    "Japanese": "予算は四千万円です",
    "emoji": "🎉 done",
    "euro": "€ 900",
}


@pytest.mark.parametrize(("text", "folded"), _FOLDED.values(), ids=_FOLDED)
def test_text_is_folded_to_what_it_shows(text, folded):
    assert fold(text).text == folded


@pytest.mark.parametrize("text", _KEPT.values(), ids=_KEPT)
def test_what_is_meant_as_written_is_kept(text):
    assert fold(text).text == text


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("the bud\u200bg\u00adet is", "budget", "bud\u200bg\u00adet"),
        ("a \ufb01ve b", "five", "\ufb01ve"),
        ("a \ufb01ve b", "f", "\ufb01"),
        ("\u200b\u200bx\u200b y", "x", "x"),
        ("\u2026 wait\u2026 here", "here", "here"),
        ("tаrget", "target", "tаrget"),
        ("plain words", "words", "words"),
        ("a b\u0336u\u0336d\u0336 c", "bud", "b\u0336u\u0336d\u0336"),
        ("a fu\u0308r\u200b c", "für", "fu\u0308r"),
        ("\u0301 x\u0301\u200by", "xy", "x\u0301\u200by"),
    ],
)
def test_a_range_leads_back_to_the_original(text, word, original):
    folded = fold(text)
    at = folded.text.index(word)
    start, end = folded.original(at, at + len(word))
    assert text[start:end] == original


@pytest.mark.parametrize(("start", "end"), [(-5, 3), (0, 99), (50, 60), (4, 2), (3, 3)])
def test_a_range_out_of_bounds_is_clamped(start, end):
    text = "a\u200bb\ufb01c"
    first, last = fold(text).original(start, end)
    assert 0 <= first <= last <= len(text)


def test_ascii_is_the_same_object():
    text = "plain words"
    assert fold(text).text is text


def test_letters_are_told_without_their_accents():
    assert "".join(map(bare, "bụdgẹt ƥrice ạб")) == "budget price aб"


def test_the_alphabet_of_a_text_folds_its_parts():
    text = "\ufb01ve bud\u200bgets… \U0001d7d2 für"
    alphabet = alphabet_of(text)
    assert [fold(one, alphabet=alphabet) for one in text.split()] == [fold(one) for one in text.split()]


@given(
    text=st.text(max_size=30),
    places=st.lists(st.integers(0, 30), min_size=2, max_size=6).map(sorted),
    put=st.text("xyz", max_size=3),
)
def test_what_is_put_in_place_of_ranges_leads_back_to_them(text, places, put):
    ranges = [(start, end) for start, end in zip(places[::2], places[1::2], strict=False) if start < end <= len(text)]
    new = replaced(text, [(start, end, put) for start, end in ranges if start < end])
    kept = text
    for start, end in reversed(ranges):
        kept = kept[:start] + put + kept[end:]
    assert new.text == kept
    ends = [new.original(i, i + 1) for i in range(len(new.text))]
    assert all(0 <= start < end <= len(text) for start, end in ends)
    assert all(before[0] <= after[0] and before[1] <= after[1] for before, after in pairwise(ends))


@given(text=st.text(st.characters(codec=None) | st.sampled_from("a\u200b\u00adа\ufb01…\u00a0е \u0301e"), max_size=80))
@example(text="\ud800\x00\u200b")
@settings(max_examples=400, deadline=None)
def test_the_way_back_is_in_range_and_in_order(text):
    folded = fold(text)
    ends = [folded.original(i, i + 1) for i in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in ends)
    assert all(before[0] <= after[0] and before[1] <= after[1] for before, after in pairwise(ends))
    assert folded.original(0, len(folded.text))[1] <= len(text)


@given(text=st.text(st.characters(codec=None) | st.sampled_from("a\u200bае"), max_size=80))
@settings(max_examples=200, deadline=None)
def test_folding_twice_adds_nothing_for_what_is_not_seen(text):
    assert "\u200b" not in fold(text).text
