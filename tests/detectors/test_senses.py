import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.said import Hedge, hedge_of
from detectors.senses import readings
from messages import FactKind

AMOUNT, SHARE, LENGTH, COUNT = FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.DURATION, FactKind.QUANTITY
SAID = [
    ("we pay 7,50 EUR", AMOUNT, 7.5, "EUR", ""),
    ("€7.50 a piece", AMOUNT, 7.5, "EUR", "piece"),
    ("US$ 95 per hour", AMOUNT, 95, "USD", "hour"),
    ("TEUR 712", AMOUNT, 712_000, "EUR", ""),
    ("18,5 mkr", AMOUNT, 18_500_000, "SEK", ""),
    ("25 US cents apiece", AMOUNT, 0.25, "USD", "piece"),
    ("230 euros per thousand", AMOUNT, 0.23, "EUR", "piece"),
    ("twelve euros a megawatt hour", AMOUNT, 12, "EUR", "mwh"),
    ("eighteen gigawatt hours", COUNT, 18, "", "gwh"),
    ("gut elfhundert Proben", COUNT, 1100, "", "probe"),
    ("27 and a half euros", AMOUNT, 27.5, "EUR", ""),
    ("at 85 percent of the old one", SHARE, 15, "", ""),
    ("between 92 and 108 percent", SHARE, 8, "", ""),
    ("each hundred euros we buy, four back", SHARE, 4, "", ""),
    ("48 TUSD", AMOUNT, 48_000, "USD", ""),
    ("EUR 1.950.000,-", AMOUNT, 1_950_000, "EUR", ""),
    ("85 cents a kilo", AMOUNT, 0.85, "", "kg"),
    ("one euro eighty-five", AMOUNT, 1.85, "EUR", ""),
    ("7 Euro 50", AMOUNT, 7.5, "EUR", ""),
    ("1,85 €/km", AMOUNT, 1.85, "EUR", "km"),
    ("640 a tonne", AMOUNT, 640, "", "t"),
    ("in euros that is 44,500", AMOUNT, 44_500, "EUR", ""),
    ("around 2 mil", AMOUNT, 2_000_000, "", ""),
    ("12 %", SHARE, 12, "", ""),
    ("three percent (3.25)", SHARE, 3.25, "", ""),
    ("four cents of every euro", SHARE, 4, "", ""),
    ("640 person-days", COUNT, 640, "", "day"),
    ("640 Personentage", COUNT, 640, "", "day"),
    ("twelve percent", SHARE, 12, "", ""),
    ("12 Prozent", SHARE, 12, "", ""),
    ("a third of it", SHARE, 100 / 3, "", ""),
    ("ein Viertel", SHARE, 25, "", ""),
    ("one in ten", SHARE, 10, "", ""),
    ("90 days", LENGTH, 90, "", "days"),
    ("net 90", LENGTH, 90, "", "days"),
    ("18mo warranty", LENGTH, 18 * 30.4375, "", "months"),
    ("a two-year contract", LENGTH, 730.5, "", "years"),
    ("eine Woche", LENGTH, 7, "", "weeks"),
    ("a year and a half", LENGTH, 547.875, "", "years"),
    ("anderthalb Jahren", LENGTH, 547.875, "", "years"),
    ("40k pieces", COUNT, 40_000, "", "piece"),
    ("650 named users", COUNT, 650, "", "seat"),
    ("2.5 kt", COUNT, 2500, "", "t"),
    ("a dozen lorries", COUNT, 12, "", "truck"),
]
SAYING_NOTHING = [
    *(
        "PO 7500",
        "clause 7.5",
        "at 7:50",
        "7.50 Uhr",
        "+49 351 284 500 17",
        "revision 7.5",
        "7.5 mm",
        "90 degrees",
        "page 12",
    ),
    *(
        "the 12th floor",
        "ISO 9001",
        "room 640",
        "0171 1850640",
        "8.25 bar",
        "extension is 640",
        "#4711",
        "part number 640",
    ),
    *("a third disk", "a quarter past nine", "cost centre 9500", "serial 1284000"),
]
HEDGED = [
    ("around 2 million", Hedge.ABOUT),
    ("ca. 2 million", Hedge.ABOUT),
    ("2 million or so", Hedge.ABOUT),
    ("just under 2 million", Hedge.UNDER),
    ("knapp 2 Mio", Hedge.UNDER),
    ("a bit more than 2 million", Hedge.OVER),
    ("gut 2 Mio", Hedge.OVER),
    ("not more than 2 million", Hedge.ABOVE),
    ("up to 2 million", Hedge.PLAIN),
    ("2 million", Hedge.PLAIN),
]


@pytest.mark.parametrize(("text", "kind", "value", "currency", "unit"), SAID, ids=lambda one: str(one)[:30])
def test_a_number_says_what_it_is(text, kind, value, currency, unit):
    said = {(one.kind, round(one.low, 6), one.currency, one.unit) for one in readings(text)}
    assert (kind, round(value, 6), currency, unit) in said


@pytest.mark.parametrize("text", SAYING_NOTHING)
def test_what_only_names_or_measures_says_nothing(text):
    assert [one for one in readings(text) if one.kind is not COUNT or one.is_marked] == []


@pytest.mark.parametrize(("text", "hedge"), HEDGED)
def test_how_exactly_a_number_is_meant(text, hedge):
    [one] = [each for each in readings(text) if each.kind is AMOUNT]
    assert hedge_of(one) is hedge


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1.9-2.1M", 1.9e6, 2.1e6),
        ("between 600 and 660 euros", 600, 660),
        ("zwischen 10 und 12 %", 10, 12),
        ("2 to 3 weeks", 14, 21),
    ],
)
def test_a_range_has_scale_and_unit_of_its_end(text, low, high):
    ranges = {(one.low, one.high) for one in readings(text) if one.is_range and one.kind is not COUNT}
    assert ranges == {(low, high)}


@given(st.text(max_size=200))
def test_readings_stand_where_they_say(text):
    for one in readings(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.low <= one.high


@given(
    st.integers(100, 10**8),
    st.sampled_from(["€{}", "{} EUR", "EUR {}", "{} Euro", "{} euros", "€ {},-", "{}€"]),
    st.sampled_from([",", ".", " ", "'", ""]),
)
def test_money_in_any_style_is_read(value, style, mark):
    written = style.format(f"{value:,}".replace(",", mark))
    assert (AMOUNT, value, "EUR") in {(one.kind, one.low, one.currency) for one in readings(f"we can pay {written}.")}
