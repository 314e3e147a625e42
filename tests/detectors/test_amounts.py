import pytest

from detectors.amounts import amounts

HITS = [
    ("for € 45k", [(45_000, "EUR")]),
    ("at 45.000 EUR", [(45_000, "EUR")]),
    ("at 45,000.50 USD", [(45_000.5, "USD")]),
    ("45.000,50 €", [(45_000.5, "EUR")]),
    ("45 thousand", [(45_000, "")]),
    ("1.2 mil", [(1_200_000, "")]),
    ("1,25 Mio EUR", [(1_250_000, "EUR")]),
    ("1.250 million", [(1_250_000, "")]),
    ("CHF 1'200'000", [(1_200_000, "CHF")]),
    ("£12 and $7.5", [(12, "GBP"), (7.5, "USD")]),
    ("12,- EUR", [(12, "EUR")]),
    ("your price of 68.500", [(68_500, "")]),
    ("400 pieces at 150 EUR", [(60_000, "EUR")]),
    ("150 EUR each for 400 pcs", [(60_000, "EUR")]),
    ("2,400 pieces at 31 EUR each", [(74_400, "EUR")]),
    ("let's call it 96,500 all in", [(96_500, "")]),
    ("make it 12,500 and we shake hands", [(12_500, "")]),
    ("284'000 ist so in Ordnung", [(284_000, "")]),
    ("done: 400,000 sleeves at 0.24 each", [(96_000, "")]),
    ("4,000 cotton sleeves at 0.24 apiece", [(960, "")]),
]
MISSES = [
    pytest.param("drawing 500.120 in revision 3", id="a drawing"),
    pytest.param("for 80,000 pieces a year", id="a quantity"),
    pytest.param("a drop of 5 m", id="a length"),
    pytest.param("by 12.05.2026", id="a date"),
    pytest.param("call +49 171 555 0101", id="a telephone number"),
    pytest.param("within 30 days", id="days"),
    pytest.param("PO 771204", id="an order"),
    pytest.param("version 1.2.3", id="a version"),
    pytest.param("we take 4,000 blanks", id="things taken"),
    pytest.param("3,000 trays at 65 degrees each", id="a temperature of each"),
    pytest.param("make it 12,500 trays a day", id="things made"),
    pytest.param("400 sheets at 0.24 mm", id="a thickness"),
]


@pytest.mark.parametrize(("text", "expected"), HITS, ids=[text for text, _ in HITS])
def test_an_amount_is_read_as_it_is_written(text, expected):
    assert [(one.value, one.currency) for one in amounts(text)] == expected


@pytest.mark.parametrize("text", MISSES)
def test_other_numbers_are_no_amounts(text):
    assert list(amounts(text)) == []
