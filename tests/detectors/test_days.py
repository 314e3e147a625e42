from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.calendar_words import easter, feasts
from detectors.days import days
from detectors.glance import Glance
from detectors.line import has_digits
from detectors.signs import Sign

TODAY = date(2026, 3, 10)
_NO_PLANS = Glance(lambda _: 0, {})
TOLD = [
    ("on 15 May", (5, 15), (5, 15)),
    ("15th of May", (5, 15), (5, 15)),
    ("May 15, 2026", (5, 15), (5, 15)),
    ("the fifteenth of May", (5, 15), (5, 15)),
    ("am 15.5.", (5, 15), (5, 15)),
    ("am 15.05.2026", (5, 15), (5, 15)),
    ("15/05/2026", (5, 15), (5, 15)),
    ("1 January 2026", (1, 1), (1, 1)),
    ("2026-05-15", (5, 15), (5, 15)),
    ("le 15 mai", (5, 15), (5, 15)),
    ("el 15 de mayo", (5, 15), (5, 15)),
    ("il 15 maggio", (5, 15), (5, 15)),
    ("zum ersten Juli", (7, 1), (7, 1)),
    ("first day of the third quarter", (7, 1), (7, 1)),
    ("the last month of the first half", (6, 1), (6, 30)),
    ("one week before Good Friday", (3, 27), (3, 27)),
    ("the day after Whit Monday", (5, 26), (5, 26)),
    ("am Dienstag nach Pfingsten", (5, 26), (5, 26)),
    ("Monday the 20th", (4, 20), (4, 20)),
    ("mid-May", (5, 10), (5, 20)),
    ("Mitte Mai", (5, 10), (5, 20)),
    ("in KW 12", (3, 16), (3, 22)),
    ("KW 24/25", (6, 8), (6, 21)),
    ("KW 24/26", (6, 8), (6, 14)),
    ("weeks 24 to 26", (6, 8), (6, 28)),
    ("Mitte Mai, am 15.", (5, 15), (5, 15)),
    ("the end of the first half", (6, 15), (6, 30)),
    ("in KW12", (3, 16), (3, 22)),
    ("week twelve", (3, 16), (3, 22)),
    ("between 16 and 20 March", (3, 16), (3, 20)),
    ("vom 16.3. bis 20.3.", (3, 16), (3, 20)),
    ("in November", (11, 1), (11, 30)),
    ("Q2", (4, 1), (6, 30)),
    ("the end of Q2", (6, 15), (6, 30)),
    ("this Friday", (3, 13), (3, 13)),
    ("on Friday in three weeks", (4, 3), (4, 3)),
    ("Monday next week", (3, 16), (3, 16)),
    ("in three weeks", (3, 29), (4, 2)),
    ("tomorrow", (3, 11), (3, 11)),
    ("the end of the month", (3, 26), (3, 31)),
    ("EOM", (3, 28), (3, 31)),
    ("on the 15th", (3, 15), (3, 15)),
    ("by Good Friday", (4, 3), (4, 3)),
    ("on 14/15 November", (11, 14), (11, 15)),
    ("am 14./15. November", (11, 14), (11, 15)),
    ("am 14./15.11.", (11, 14), (11, 15)),
    ("vom 3.-14.8.", (8, 3), (8, 14)),
    ("in der ersten Augusthälfte", (8, 1), (8, 15)),
    ("in der zweiten Novemberwoche", (11, 8), (11, 14)),
    ("Augustende", (8, 21), (8, 31)),
    ("on the second Saturday in November", (11, 14), (11, 14)),
    ("am letzten Freitag im Mai", (5, 29), (5, 29)),
]
NOT_TOLD = [
    *(
        "you may call",
        "they march on",
        "7.50 EUR",
        "clause 15.17.",
        "3/4 of it",
        "the 15th floor",
        "page 12",
        "in 2027",
    ),
    *("week by week", "KW 60", "31 February", "13/13/2026", "last Friday", "15%", "is%3Apr"),
    *("on 26 March last year", "am 26. März letztes Jahr", "Vertragsnummer 31-07-26", "order no. 31-07-26"),
]


@pytest.mark.parametrize(("text", "first", "last"), TOLD, ids=str)
def test_days_are_read_as_they_are_written(text, first, last):
    assert (date(2026, *first), date(2026, *last)) in {(one.first, one.last) for one in days(text, TODAY)}


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_is_no_day_is_not_read(text):
    assert [one for one in days(text, TODAY) if one.is_spelled] == []


@pytest.mark.parametrize("text", ["next Friday", "in three weeks", "tomorrow", "the end of the month"])
def test_without_the_day_of_writing_nothing_is_reckoned_from_it(text):
    assert days(text, None, (2026,)) == []


def test_without_the_day_of_writing_a_date_is_of_any_year_that_matters():
    assert [one.first for one in days("on 15 May", None, (2026, 2028))] == [date(2026, 5, 15), date(2028, 5, 15)]


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28)])
def test_easter_is_where_it_is(day):
    assert easter(day.year) == day


@given(st.text(max_size=200), st.dates())
def test_days_stand_where_they_say(text, today):
    for one in days(text, today):
        assert 0 <= one.start < one.end <= len(text)
        assert one.first <= one.last


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%B %d, %Y"])
)
def test_any_day_of_the_year_is_found(day, form):
    assert day in {one.first for one in days(f"we sign on {day:{form}}", date(2026, 6, 1))}


@pytest.mark.parametrize("text", [text for text, _, _ in TOLD])
def test_the_signs_of_its_words_leave_out_no_way_to_write_days(text):
    signs = _NO_PLANS.signs(text) | Sign.DIGIT * has_digits(text)
    assert days(text, TODAY, signs=signs) == days(text, TODAY)


@pytest.mark.parametrize("feast", feasts(2026))
def test_every_feast_is_found_by_its_name(feast):
    assert feasts(2026)[feast] in {(one.first, one.last) for one in days(f"we close for {feast.upper()}", TODAY)}


@pytest.mark.parametrize("week", ["KW 27", "week 27", "wk27", "CW27", "semaine 27", "semana 27", "settimana 27", "W27"])
def test_a_week_is_found_by_whatever_it_is_called(week):
    assert (date(2026, 6, 29), 7) in {(one.first, one.width) for one in days(f"we start in {week}", TODAY)}
