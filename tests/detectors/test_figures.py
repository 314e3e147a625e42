import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.figures import figures

NUMBERS = [
    ("7.50", 7.5),
    ("7,50", 7.5),
    ("7½", 7.5),
    ("8 1/4", 8.25),
    ("1,284,000", 1_284_000),
    ("1.284.000", 1_284_000),
    ("1 284 000", 1_284_000),
    ("1'284'000.00", 1_284_000),
    ("284.5k", 284_500),
    ("2 Mio.", 2_000_000),
    ("1.9M", 1_900_000),
    ("EUR7.5", 7.5),
    ("seven and a half", 7.5),
    ("seven point five", 7.5),
    ("sieben Komma fünf", 7.5),
    ("siebeneinhalb", 7.5),
    ("anderthalb", 1.5),
    ("two mil", 2_000_000),
    ("two and a half thousand", 2500),
    ("half a million", 500_000),
    ("eine halbe Million", 500_000),
    ("a dozen", 12),
    ("forty-eight thousand", 48_000),
    ("vierzigtausend", 40_000),
    ("zweihundertvierundachtzigtausendfünfhundert", 284_500),
    ("six hundred and fifty", 650),
    ("one million two hundred eighty-four thousand", 1_284_000),
]
NO_NUMBERS = [
    "",
    "millions of them",
    "to ten",
    "one-way",
    "M12x",
    "v7",
    "half of it",
    "a quarter past",
    "KW12",
    "Mio",
    "tenth",
]


@pytest.mark.parametrize(("text", "value"), NUMBERS, ids=lambda one: str(one)[:30])
def test_a_number_is_read_as_it_is_written(text, value):
    found = figures(f"it is {text}, they say")
    assert value in {one.value for one in found}
    assert len({(one.start, one.end) for one in found}) == 1


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_not_read(text):
    assert [one.value for one in figures(text)] in ([], [10.0], [1.0])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("six forty", {640, 6.4}),
        ("twelve thirty-five", {1235, 12.35}),
        ("1.284", {1284, 1.284}),
        ("sieben fünfzig", {750, 7.5}),
    ],
)
def test_what_can_be_read_in_two_ways_is(text, values):
    assert {one.value for one in figures(text)} == values


@given(st.text(max_size=200))
def test_figures_stand_where_they_say(text):
    for one in figures(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.value >= 0


@given(st.integers(1, 10**9), st.sampled_from([",", ".", " ", "'"]))
def test_any_grouping_is_read(value, mark):
    assert value in {one.value for one in figures(f"{value:,}".replace(",", mark))}
