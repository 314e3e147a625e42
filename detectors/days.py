"""Days, weeks and months as people write them, with their place: 15.5., May 15th, KW 12, mid-March, end of Q2, on Friday
in three weeks, by Easter. English and German; months in French, Spanish and Italian, too.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from detectors.calendar_words import EDGES, MONTHS, WEEKDAYS, feasts
from detectors.figures import figures

_LONGEST_BACK, _LONGEST_AHEAD = timedelta(days=75), timedelta(days=400)
_MARGIN = timedelta(days=3)
# What stands before a feast may be some weeks off.
_WIDE_MARGIN = timedelta(days=14)
_YEAR = r"(?:,? ?(?P<year>20\d\d)(?!\d)|[ ']'?(?P<short>2\d)(?![\d:.,]))?"
_MONTH = "(?P<month>" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")(?!\w)\.?"
_ORDINAL = r"(?:st|nd|rd|th|er|º|\.)?"
_EDGE = "(?P<edge>" + "|".join(sorted(EDGES, key=len, reverse=True)) + ")"
_WEEKDAY = "(?P<weekday>" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")(?!\w)\.?"
_WEEK = r"(?:kw|cw|calendar week|week|wk|kalenderwoche|woche|semaine|semana|settimana|sem)"
_NEXT = r"(?P<next>next|coming|following|this|current|nächste\w*|naechste\w*|kommende\w*|diese\w*)"
_QUARTER = (
    r"(?:(?:q(?P<q>[1-4])|(?P<q2>[1-4])q)(?!\w)|(?P<q3>first|second|third|fourth|last|1st|2nd|3rd|4th|[1-4]\.|erste\w*|zweite\w*"
    r"|dritte\w*|vierte\w*) (?:quarter|quartal\w*))"
)
_QUARTERS = {"fi": 1, "se": 2, "th": 3, "fo": 4, "la": 4, "er": 1, "zw": 2, "dr": 3, "vi": 4}
_BEFORE = re.compile(r"\b(?:before|by|until|till|vor|bis|spätestens|no later than|not later than|avant|antes de)\W*"
                     r"(?:the |end of |dem |der |den |zum |zur )?$", re.I)  # fmt: skip
_AFTER = re.compile(r"\b(?:after|from|since|nach|ab|seit|starting|not before|après)\W*(?:the |dem |der )?$", re.I)
_JOINS = re.compile(r" ?(?:-|to|bis|until|till|and|und|through|à|al|a)(?: (?:the|zum|den))? ?", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days that are told of, `first` to `last`, by the words from `start` to `end`.

    `is_spelled`: a day or week of the calendar is named, not reckoned from the day of writing. `margin` is how far off
    what is meant may lie, on the side the words say ("before the summer break").
    """

    first: date
    last: date
    start: int
    end: int
    is_spelled: bool = True
    before: timedelta = timedelta()
    after: timedelta = timedelta()

    @property
    def width(self) -> int:
        """How many days these are."""
        return (self.last - self.first).days + 1


Reader = Callable[[re.Match[str], "_Clock"], Iterable[tuple[date, date]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    """The day of writing, and the years that a date without one may be of."""

    today: date | None
    years: tuple[int, ...]

    def year_of(self, match: re.Match[str]) -> tuple[int, ...]:
        named = match.groupdict()
        if named.get("year"):
            return (int(named["year"]),)
        return (2000 + int(named["short"]),) if named.get("short") else self.years

    def likely(self, first: date, last: date) -> bool:
        return self.today is None or self.today - _LONGEST_BACK <= last and first <= self.today + _LONGEST_AHEAD


def days(text: str, today: date | None, years: tuple[int, ...] = ()) -> list[Days]:
    """Return the days that a sentence of a day tells of; without the day of writing, dates are of any of `years`."""
    around = tuple(range(today.year - 1, today.year + 3)) if today else years
    clock = _Clock(today=today, years=around)
    lowered = {one.lower() for one in re.findall(r"[^\W\d_]+", text)}
    found = [one for rule in _RULES if rule.concerns(text, lowered) for one in rule.days(text, clock)]
    found.sort(key=lambda one: (one.start, -one.end))
    found += list(_spans(text, found))
    return [_margined(text, one) for one in found]


def _spans(text: str, found: list[Days]) -> Iterator[Days]:
    """Join "18 December to 31 December"."""
    for place, one in enumerate(found):
        for other in found[place + 1 : place + 6]:
            is_joined = one.end <= other.start and _JOINS.fullmatch(text, one.end, other.start)
            if is_joined and timedelta() < other.last - one.first < _LONGEST_AHEAD:
                yield replace(one, last=other.last, end=other.end)


def _margined(text: str, one: Days) -> Days:
    is_feast = text[one.end - 1].isalpha() and one.width > 20
    margin = _WIDE_MARGIN if is_feast else _MARGIN
    if _BEFORE.search(text, max(0, one.start - 30), one.start):
        last = one.last if not is_feast else one.first + timedelta(days=31)
        return replace(one, before=margin, last=last)
    if _AFTER.search(text, max(0, one.start - 30), one.start):
        return replace(one, after=margin)
    return one


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """A way to write days; `words` are such that one of them stands in every text that it can be found in."""

    pattern: re.Pattern[str]
    read: Reader
    words: frozenset[str] = frozenset()
    sign: str = ""
    is_spelled: bool = True

    def concerns(self, text: str, words: set[str]) -> bool:
        """Tell cheaply whether it may be found in a text."""
        return bool(self.words & words) if self.words else self.sign in text

    def days(self, text: str, clock: _Clock) -> Iterator[Days]:
        """Yield what it finds."""
        for match in self.pattern.finditer(text):
            for first, last in self.read(match, clock):
                if clock.likely(first, last):
                    yield Days(first=first, last=last, start=match.start(), end=match.end(), is_spelled=self.is_spelled)


def _in_month(years: Iterable[int], month: int, first: int, last: int) -> Iterator[tuple[date, date]]:
    for year in years:
        longest = monthrange(year, month)[1] if 1 <= month <= 12 else 0
        if 1 <= first <= longest and first <= last:
            yield date(year, month, first), date(year, month, min(last, longest))


def _day_of_month(match: re.Match[str], clock: _Clock) -> Iterator[tuple[date, date]]:
    first = int(match["day"])
    last = int(match["until"] or first)
    if last <= 31:
        yield from _in_month(clock.year_of(match), MONTHS[match["month"].lower()], first, last)


def _numeric(match: re.Match[str], clock: _Clock) -> Iterator[tuple[date, date]]:
    one, other = int(match["day"]), int(match["number"])
    years = clock.year_of(match)
    yield from _in_month(years, other, one, one)
    if match["mark"] == "/" and one != other:
        yield from _in_month(years, one, other, other)


def _iso(match: re.Match[str], _clock: _Clock) -> Iterator[tuple[date, date]]:
    yield from _in_month([int(match["y"])], int(match["m"]), int(match["d"]), int(match["d"]))


def _week(match: re.Match[str], clock: _Clock) -> Iterator[tuple[date, date]]:
    said = match["week"]
    numbers = [int(said)] if said.isdigit() else [int(one.value) for one in figures(said)][:1]
    for year in clock.year_of(match):
        for number in numbers:
            if 1 <= number <= (53 if date(year, 12, 28).isocalendar().week == 53 else 52):
                yield date.fromisocalendar(year, number, 1), date.fromisocalendar(year, number, 7)


def _edge_of_month(match: re.Match[str], clock: _Clock) -> Iterator[tuple[date, date]]:
    first, last = EDGES[match["edge"].lower()]
    yield from _in_month(clock.year_of(match), MONTHS[match["month"].lower()], first, last)


def _month(match: re.Match[str], clock: _Clock) -> Iterator[tuple[date, date]]:
    is_a_verb = match["month"] in {"may", "march", "mar", "mars", "sun", "mai"} and not match["in"]
    if not is_a_verb:
        yield from _in_month(clock.year_of(match), MONTHS[match["month"].lower()], 1, 31)


def _quarter(match: re.Match[str], clock: _Clock) -> Iterator[tuple[date, date]]:
    said = match["q"] or match["q2"] or (match["q3"] or "")[:2].lower()
    quarter = _QUARTERS.get(said) or int(said[0])
    for year in clock.year_of(match):
        first = date(year, 3 * quarter - 2, 1)
        last = date(year, 3 * quarter, monthrange(year, 3 * quarter)[1])
        yield _at_edge(first, last, match["edge"])


def _at_edge(first: date, last: date, edge: str | None) -> tuple[date, date]:
    """Return the part of a longer period that an edge means."""
    part = max(min((last - first).days // 6, 15), 1)
    start, _ = EDGES.get((edge or "").lower(), (0, 0))
    if start == 1:
        return first, first + timedelta(days=part)
    if start > 20:
        return last - timedelta(days=part), last
    return first, last


def _feast(match: re.Match[str], clock: _Clock) -> Iterator[tuple[date, date]]:
    for year in clock.years:
        yield feasts(year)[match["feast"].lower().replace("’", "'")]


def _weekday(match: re.Match[str], clock: _Clock) -> Iterator[tuple[date, date]]:
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


def _ahead(match: re.Match[str], clock: _Clock) -> Iterator[tuple[date, date]]:
    if clock.today is None:
        return
    unit = match["unit"].lower()
    said = figures(match["count"])
    number = said[0].value if said else 2.0 if match["count"].lower() in {"a couple of", "ein paar"} else 1.0
    size, slack = (1, 0) if unit[0] in "dt" else (7, 2) if unit[0] == "w" else (14, 2) if unit[0] == "f" else (30.44, 6)
    if number * size > 800:
        return
    day = clock.today + timedelta(days=round(number * size))
    yield day - timedelta(days=slack), day + timedelta(days=slack)


def _period(match: re.Match[str], clock: _Clock) -> Iterator[tuple[date, date]]:
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


def _tomorrow(match: re.Match[str], clock: _Clock) -> Iterator[tuple[date, date]]:
    if clock.today is not None:
        said = match[0].lower()
        ahead = 0 if said in {"today", "heute"} else 2 if said.startswith(("the day after", "day after", "über")) else 1
        yield (clock.today + timedelta(days=ahead),) * 2


def _this_day(match: re.Match[str], clock: _Clock) -> Iterator[tuple[date, date]]:
    """Read "the 15th": the next one."""
    if clock.today is None:
        return
    day, today = int(match["a"] or match["b"]), clock.today
    for ahead in range(3):
        year, month = today.year + (today.month - 1 + ahead) // 12, (today.month - 1 + ahead) % 12 + 1
        if 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= today:
            yield (date(year, month, day),) * 2
            return


def _rule(pattern: str, read: Reader, words: Iterable[str] = (), *, sign: str = "", is_spelled: bool = True) -> _Rule:
    return _Rule(
        pattern=re.compile(pattern, re.IGNORECASE),
        read=read,
        words=frozenset(words),
        sign=sign,
        is_spelled=is_spelled,
    )


_FEASTS = sorted(feasts(2026), key=len, reverse=True)
_OF = r"(?: of| de| del| des| der)?(?: the| this)?[ -]"
_RANGE = rf"(?:(?P<day>\d{{1,2}}){_ORDINAL} ?(?:-|to|bis|until|and|und|through|al|au) ?(?:the |den |zum )?(?P<until>\d{{1,2}})"
_RULES = (
    _rule(rf"(?<![\d.,:/])(?P<day>\d{{1,2}}){_ORDINAL}(?:(?:(?: ?- ?| to | bis | until | and | und | through | al | au )"
          rf"(?:the |den |zum )?(?P<until>\d{{1,2}})){_ORDINAL})?(?: of| de| -)?[ -]?{_MONTH}{_YEAR}", _day_of_month, MONTHS),
    _rule(rf"(?<!\w){_MONTH} (?:the )?(?P<day>\d{{1,2}}){_ORDINAL}(?:(?: ?- ?| to | until | and | through )(?:the )?"
          rf"(?P<until>\d{{1,2}})(?:st|nd|rd|th)?)?(?!\d|[.,:]\d|%| %){_YEAR}", _day_of_month, MONTHS),
    _rule(rf"(?<!\w){_EDGE}{_OF}{_MONTH}{_YEAR}", _edge_of_month, MONTHS),
    _rule(rf"(?<![\w-])(?P<in>(?:in|im|by|until|before|till|bis|vor|en|since|during|this|next|from|after) (?:the )?)?"
          rf"(?<!\d )(?<!\d\. )(?<!\dth )(?<!of )(?<!mid-){_MONTH}(?! \d{{1,2}}(?!\d)){_YEAR}", _month, MONTHS),
    _rule(r"(?<![\d.,:/-])(?P<day>\d{1,2})(?P<mark>\.)(?P<number>\d{1,2})\.(?:(?P<year>20\d\d)|(?P<short>2\d))?(?![\d])",
          _numeric, sign="."),
    _rule(r"(?<=\b(?:am|on|by|zum|bis|vom|ab) )(?P<day>\d{1,2})(?P<mark>\.)(?P<number>\d{1,2})(?P<year>)(?P<short>)"
          r"(?![\d.]| ?(?:Uhr|%|€|EUR))", _numeric, sign=".") if False else
    _rule(r"\b(?:am|on|by|zum|bis|vom|ab) (?P<day>\d{1,2})(?P<mark>\.)(?P<number>\d{1,2})(?![\d.]| ?(?:Uhr|%|€|EUR|km))",
          _numeric, sign="."),
    _rule(r"(?<![\w.,:/-])(?P<day>\d{1,2})(?P<mark>[/-])(?P<number>\d{1,2})(?:(?P=mark)(?:(?P<year>20\d\d)|(?P<short>2\d)))?"
          r"(?![\w/%]| ?(?:%|inch|\"|percent|pct))", _numeric, sign="/"),
    _rule(r"(?<![\w.,:/-])(?P<y>20\d\d)[-/.](?P<m>\d\d)[-/.](?P<d>\d\d)(?!\d)", _iso, sign="20"),
    _rule(rf"(?<!\w){_WEEK}s?\.? ?(?P<week>\d{{1,2}}|[a-z]+(?:-[a-z]+)?)(?!\d|[.,]\d)(?:[ /]?(?P<year>20\d\d)|/(?P<short>2\d))?",
          _week, "kw cw week wk kalenderwoche woche semaine semana settimana weeks".split()),
    _rule(r"(?<![\w.,])(?:kw|cw|wk|w)(?P<week>\d{1,2})(?![\w.,])(?:/?(?P<year>20\d\d))?", _week, sign=""),
    _rule(r"(?<![\w.,])(?P<week>\d{1,2})(?:st|nd|rd|th|\.) (?:calendar week|week of the year|kw|kalenderwoche)(?!\w)",
          _week, "kw week kalenderwoche".split()),
    _rule(rf"(?<!\w)(?:{_EDGE}{_OF})?{_QUARTER}(?: of)?{_YEAR}", _quarter, sign=""),
    _rule(rf"(?<!\w)(?P<feast>{'|'.join(map(re.escape, _FEASTS))})(?!\w)", _feast,
          {one for name in _FEASTS for one in re.findall(r"[^\W\d_]+", name)}),
    _rule(rf"(?<!\w)(?:{_NEXT} )?{_WEEKDAY}(?P<later> next week| nächste woche| in (?:a|an|one|two|three|four|five|six|eight"
          rf"|zwei|drei|vier|einer|\d+) (?:weeks?|wochen?))?", _weekday, WEEKDAYS, is_spelled=False),
    _rule(r"(?<!\w)(?:in|within|binnen|innerhalb von) (?P<count>a couple of|ein paar|[^\W_]+(?:[ -](?:and a half|hundred)|-[a-z]+)?)"
          r" (?P<unit>days?|tage?n?|weeks?|wochen?|months?|monate?n?|fortnight)(?!\w)", _ahead,
          "day days tag tage tagen week weeks woche wochen month months monat monate monaten fortnight".split(),
          is_spelled=False),
    _rule(r"(?<!\w)(?P<count>[^\W_]+(?:-[a-z]+)?) (?P<unit>days|weeks?|months?|wochen|tage) (?:from (?:now|today)|ab heute)",
          _ahead, "days week weeks month months wochen tage".split(), is_spelled=False),
    _rule(rf"(?<!\w)(?:{_EDGE}{_OF})(?:{_NEXT} )?(?P<unit>week|month|quarter|year|woche|monats?|quartals?|jahres)(?!\w)",
          _period, "week month quarter year woche monat monats quartal quartals jahres".split(), is_spelled=False),
    _rule(rf"(?<!\w)(?P<edge>)?{_NEXT} (?P<unit>week|month|quarter|woche|monat|quartal)(?!\w)(?! \d)",
          _period, "week month quarter woche monat quartal".split(), is_spelled=False),
    _rule(r"(?<!\w)(?:the )?day after tomorrow|(?<!\w)(?:tomorrow|übermorgen|today)(?!\w)", _tomorrow,
          "tomorrow übermorgen today".split(), is_spelled=False),
    _rule(r"(?<!\w)(?:the (?P<a>\d{1,2})(?:st|nd|rd|th)|am (?P<b>\d{1,2})\.)(?!\w| (?:of|floor|time|place|year|week)|\d| [^\W\d_]+ber| \w*(?:uar|pril|mai|jun|jul|aug|märz))",
          _this_day, sign="", is_spelled=False),
)  # fmt: skip
