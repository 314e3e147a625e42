"""What the words of a day mean on the day of writing: a reader takes a match of its rule, and yields days."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from detectors.calendar_words import EDGES, GERMAN_ORDINALS, MONTHS, ORDINALS, WEEKDAYS, feasts
from detectors.figures import figures

_LONGEST_BACK, _LONGEST_AHEAD = timedelta(days=75), timedelta(days=400)
_MOST_DAYS = 800
_QUARTERS = {"fi": 1, "se": 2, "th": 3, "fo": 4, "la": 4, "er": 1, "zw": 2, "dr": 3, "vi": 4}
_LAST = 5
_NTHS = {
    "fi": 1,
    "se": 2,
    "th": 3,
    "fo": 4,
    "la": _LAST,
    "er": 1,
    "zw": 2,
    "dr": 3,
    "vi": 4,
    "le": _LAST,
    **{f"{nth}{behind[:1]}": nth for nth, behind in ((1, "st"), (2, "nd"), (3, "rd"), (4, "th"))},
    **{f"{nth}.": nth for nth in range(1, 5)},
}
Span = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The day of writing, and the years that a date without one may be of."""

    today: date | None
    years: tuple[int, ...]

    def years_of(self, match: re.Match[str]) -> tuple[int, ...]:
        """Return the year that is written, else those that may be meant."""
        named = match.groupdict()
        if named.get("year"):
            return (int(named["year"]),)
        return (2000 + int(named["short"]),) if named.get("short") else self.years

    def is_likely(self, first: date, last: date) -> bool:
        """Whether somebody who writes today may mean these days."""
        return self.today is None or (self.today - _LONGEST_BACK <= last and first <= self.today + _LONGEST_AHEAD)


def _in_month(years: Iterable[int], month: int, first: int, last: int) -> Iterator[Span]:
    for year in years:
        longest = monthrange(year, month)[1] if 1 <= month <= 12 else 0
        if 1 <= first <= longest and first <= last:
            yield date(year, month, first), date(year, month, min(last, longest))


def day_of_month(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "15 May", "16 to 20 March"."""
    first = int(match["day"])
    last = int(match["until"] or first)
    if last <= 31:
        yield from _in_month(clock.years_of(match), MONTHS[match["month"].lower()], first, last)


def numeric(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "15.5.", "3/4"; by a stroke, either may be the month."""
    one, other = int(match["day"]), int(match["number"])
    years = clock.years_of(match)
    yield from _in_month(years, other, one, one)
    if match["mark"] == "/" and one != other:
        yield from _in_month(years, one, other, other)


def numeric_span(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "14./15.11.", "3.-14.8."."""
    first, last = int(match["day"]), int(match["until"])
    if first < last <= 31:
        yield from _in_month(clock.years_of(match), int(match["number"]), first, last)


def part_of_month(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "die erste Augusthälfte", "Mitte" and others at a month's name."""
    part, nth = match["part"].lower(), _NTHS.get((match["nth"] or "")[:2].lower(), 0)
    edges = {"mitte": (10, 20), "ende": (21, 31), "anfang": (1, 10)}
    if part == "hälfte":
        edge = (1, 15) if nth == 1 else (16, 31)
    elif part == "woche":
        edge = (24, 31) if nth > 4 else (7 * nth - 6, 7 * nth)
    else:
        edge = edges[part]
    if nth or part in edges:
        yield from _in_month(clock.years, MONTHS[match["month"].lower()], *edge)


def nth_weekday(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "the second Saturday in November"."""
    nth, day = _NTHS[match["nth"][:2].lower()], WEEKDAYS[match["weekday"].lower()]
    for year in clock.years_of(match):
        month = MONTHS[match["month"].lower()]
        longest = monthrange(year, month)[1]
        every = [one for one in range(1, longest + 1) if date(year, month, one).weekday() == day]
        yield (date(year, month, every[min(nth, len(every)) - 1]),) * 2


def ordinal(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "the fifteenth of May"."""
    said = match["ordinal"].lower().replace(" ", "-")
    day = ORDINALS.get(said) or GERMAN_ORDINALS[said]
    yield from _in_month(clock.years_of(match), MONTHS[match["month"].lower()], day, day)


def iso(match: re.Match[str], _clock: Clock) -> Iterator[Span]:
    """Read "2026-05-15"."""
    yield from _in_month([int(match["y"])], int(match["m"]), int(match["d"]), int(match["d"]))


def week(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "KW 12", "week twelve", "KW 20/21"; in "KW 20/26" the second is a year."""
    said, until = match["week"], int(match.groupdict().get("until") or 0)
    numbers = [int(said)] if said.isdigit() else [int(one.value) for one in figures(said)][:1]
    is_year = f"/{until}" in match[0] and 2000 + until in clock.years and not (numbers and until == numbers[0] + 1)
    for year in (2000 + until,) if is_year else clock.years_of(match):
        for number in numbers:
            last = until if number < until and not is_year else number
            if 1 <= number <= last <= (53 if date(year, 12, 28).isocalendar().week == 53 else 52):
                yield date.fromisocalendar(year, number, 1), date.fromisocalendar(year, last, 7)


def edge_of_month(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "mid-May", "end of June"."""
    first, last = EDGES[match["edge"].lower()]
    yield from _in_month(clock.years_of(match), MONTHS[match["month"].lower()], first, last)


def month(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "in November"."""
    is_a_verb = match["month"] in {"may", "march", "mar", "mars", "sun", "mai"} and not match["in"]
    if not is_a_verb:
        yield from _in_month(clock.years_of(match), MONTHS[match["month"].lower()], 1, 31)


def quarter(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "Q2", "the end of the second quarter"."""
    said = match["q"] or match["q2"] or (match["q3"] or "")[:2].lower()
    quarter = _QUARTERS.get(said) or int(said[0])
    for year in clock.years_of(match):
        first = date(year, 3 * quarter - 2, 1)
        last = date(year, 3 * quarter, monthrange(year, 3 * quarter)[1])
        yield _at_edge(first, last, match["edge"])


def _at_edge(first: date, last: date, edge: str | None) -> Span:
    """Return the part of a longer period that an edge means."""
    part = max(min((last - first).days // 6, 15), 1)
    start, _ = EDGES.get((edge or "").lower(), (0, 0))
    if start == 1:
        return first, first + timedelta(days=part)
    if start > 20:
        return last - timedelta(days=part), last
    return first, last


def feast(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "Good Friday", "the summer break"."""
    for year in clock.years:
        yield feasts(year)[match["feast"].lower().replace("’", "'")]


def beside_feast(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "one week before Good Friday", "the day after Whit Monday"; "the week after Easter" is all of that week."""
    count, is_before = match["count"].lower(), match["side"].lower() in {"before", "vor", "ahead of"}
    is_the, is_week = count in {"the", "der", "die", "am"}, match["unit"].lower().startswith("w")
    said = figures(count)
    number = 1 if is_the or not said else int(said[0].value)
    for year in clock.years:
        first, last = feasts(year)[match["feast"].lower().replace("’", "'")]
        day = (first if is_before else last) + timedelta(days=number * (7 if is_week else 1)) * (-1 if is_before else 1)
        monday = day - timedelta(days=day.weekday())
        yield (monday, monday + timedelta(days=6)) if is_the and is_week else (day, day)


def weekday_beside_feast(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "the Tuesday after Easter"."""
    is_before, weekday = match["side"].lower() in {"before", "vor"}, WEEKDAYS[match["weekday"].lower()]
    for year in clock.years:
        first, last = feasts(year)[match["feast"].lower().replace("’", "'")]
        off = (first.weekday() - weekday - 1) % 7 + 1 if is_before else (weekday - last.weekday() - 1) % 7 + 1
        yield (first - timedelta(days=off) if is_before else last + timedelta(days=off),) * 2


def edge_of_part(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "the first day of the third quarter", "the last month of the first half"."""
    is_first, unit = match["which"].lower()[0] in "foe", match["unit"].lower()
    said = match["q"] or match["q2"] or (match["q3"] or "")[:2].lower()
    for year in clock.years_of(match):
        if said:
            quarter = _QUARTERS.get(said) or int(said[0])
            months = 3 * quarter - 2, 3 * quarter
        else:
            is_first_half = (match["half"] or "")[:1].lower() in {"f", "1", "e"}
            months = (1, 12) if match["whole"] else (1, 6) if is_first_half else (7, 12)
        first = date(year, months[0] if is_first else months[1], 1)
        last = date(year, first.month, monthrange(year, first.month)[1])
        if not unit.startswith("mon"):
            days = timedelta(days=6 if unit.startswith(("wo", "week")) else 0)
            first, last = (first, first + days) if is_first else (last - days, last)
        yield first, last


def weekday_of_month(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "Monday the 20th": of the months to come the first in which it is one."""
    if clock.today is None:
        return
    day, weekday, today = int(match["day"]), WEEKDAYS[match["weekday"].lower()], clock.today
    for ahead in range(12):
        year, month = today.year + (today.month - 1 + ahead) // 12, (today.month - 1 + ahead) % 12 + 1
        if 1 <= day <= monthrange(year, month)[1]:
            told = date(year, month, day)
            if told >= today and told.weekday() == weekday:
                yield told, told
                return


def weekday(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "next Friday", "Monday next week", "Friday in three weeks"."""
    if clock.today is None:
        return
    day = WEEKDAYS[match["weekday"].lower()]
    monday = clock.today - timedelta(days=clock.today.weekday())
    said = (match["next"] or match["later"] or "").lower()
    weeks = re.search(r"in (.+?) (?:weeks|wochen)", said)
    if weeks:
        yield from ((one, one) for one in (monday + timedelta(days=day, weeks=int(n.value)) for n in figures(weeks[1])))
        return
    coming = clock.today + timedelta(days=(day - clock.today.weekday() - 1) % 7 + 1)
    following = monday + timedelta(days=day, weeks=1)
    if "week" in said or "woche" in said:
        yield following, following
        return
    yield coming, coming
    if said.startswith(("next", "näch", "naech")) and following != coming:
        yield following, following


def ahead(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "in three weeks"."""
    if clock.today is None:
        return
    unit = match["unit"].lower()
    said = figures(match["count"])
    number = said[0].value if said else 2.0 if match["count"].lower() in {"a couple of", "ein paar"} else 1.0
    size, slack = (1, 0) if unit[0] in "dt" else (7, 2) if unit[0] == "w" else (14, 2) if unit[0] == "f" else (30.44, 6)
    if number * size > _MOST_DAYS:
        return
    day = clock.today + timedelta(days=round(number * size))
    yield day - timedelta(days=slack), day + timedelta(days=slack)


def period(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "next month", "the end of the quarter", "EOM"."""
    if clock.today is None:
        return
    unit, today = match["unit"].lower(), clock.today
    is_next = (match["next"] or "").lower().startswith(("next", "coming", "follow", "näch", "naech", "komm"))
    if unit.startswith(("week", "woche")):
        first = today - timedelta(days=today.weekday() - 7 * is_next)
        last = first + timedelta(days=6)
        yield (first + timedelta(days=3), last) if match["edge"] else (first, last)
        return
    length = 1 if unit.startswith("mon") else 3 if unit.startswith("quart") else 12
    begin = (today.month - 1) // length * length + length * is_next
    year, month = today.year + begin // 12, begin % 12 + 1
    final = month + length - 1
    yield _at_edge(date(year, month, 1), date(year, final, monthrange(year, final)[1]), match["edge"])


def end_of(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "EOM"."""
    if clock.today is not None:
        length = {"m": 1, "q": 3, "y": 12}[match["letter"].lower()]
        month = ((clock.today.month - 1) // length + 1) * length
        last = date(clock.today.year, month, monthrange(clock.today.year, month)[1])
        yield last - timedelta(days=min(3 * length, 15)), last


def tomorrow(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "the day after tomorrow"."""
    if clock.today is not None:
        said = match[0].lower()
        ahead = 0 if said in {"today", "heute"} else 2 if said.startswith(("the day after", "day after", "über")) else 1
        yield (clock.today + timedelta(days=ahead),) * 2


def this_day(match: re.Match[str], clock: Clock) -> Iterator[Span]:
    """Read "the 15th": the next one."""
    if clock.today is None:
        return
    day, today = int(match["a"] or match["b"]), clock.today
    for ahead in range(3):
        year, month = today.year + (today.month - 1 + ahead) // 12, (today.month - 1 + ahead) % 12 + 1
        if 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= today:
            yield (date(year, month, day),) * 2
            return
