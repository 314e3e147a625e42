"""How days are written: one rule for each way."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from detectors import day_readers as read
from detectors.calendar_words import EDGES, GERMAN_ORDINALS, MONTHS, ORDINALS, WEEKDAYS, feasts
from detectors.day_readers import Clock, Span
from detectors.signs import ALL_MONTHS, Sign

Reader = Callable[[re.Match[str], Clock], Iterable[Span]]
_YEAR = r"(?:,? ?(?P<year>20\d\d)(?!\d)|[ ']'?(?P<short>2\d)(?![\d:.,]))?"
_MONTH = "(?P<month>" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")(?!\w)\.?"
_MONTH_NAMES = "|".join(sorted((one for one in map(re.escape, MONTHS) if len(one) > 2), key=len, reverse=True))
_ORDINAL = r"(?:st|nd|rd|th|er|º|\.)?"
_EDGE = "(?P<edge>" + "|".join(sorted(EDGES, key=len, reverse=True)) + ")"
_OF = r"(?: of| de| del| des| der)?(?: the| this)?[ -]"
_WEEKDAY = "(?P<weekday>" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")(?!\w)\.?"
_WEEK = r"(?:kw|cw|calendar week|week|wk|kalenderwoche|woche|semaine|semana|settimana|sem)"
_NEXT = r"(?P<next>next|coming|following|this|current|nächste\w*|naechste\w*|kommende\w*|diese\w*)"
_QUARTER = (
    r"(?:(?:q(?P<q>[1-4])|(?P<q2>[1-4])q)(?!\w)|(?P<q3>first|second|third|fourth|last|1st|2nd|3rd|4th|[1-4]\.|erste\w*"
    r"|zweite\w*|dritte\w*|vierte\w*) (?:quarter|quartal\w*))"
)
_TO = r"(?: ?[-/&+] ?| to | bis | until | and | und | through | al | au )(?:the |den |zum )?"
_NUMBER_OF_WEEKS = r"(?:a|an|one|two|three|four|five|six|eight|zwei|drei|vier|einer|\d{1,2})"
_COUNT = r"(?P<count>a couple of|ein paar|[^\W_]+(?:[ -](?:and a half|hundred)|-[a-z]+)?)"
_LENGTH = r"(?P<unit>days?|tage?n?|weeks?|wochen?|months?|monate?n?|fortnight)(?!\w)"
_FEASTS = sorted(feasts(2026), key=len, reverse=True)
# What goes before makes it the day of another thing, or part of a longer number.
_APART = r"(?<![\w.,:/%-])"
_PAST = ("last ", "since ", "letzten ", "letzter ", "vergangenen ", "seit ", "past ")
# What looks like a day behind one of these names something; a day before one of those is over.
_NAMING = ("number ", "nummer ", "no. ", "nr. ", "ref. ", "id ", "serial ", "nummer: ", "number: ", "nr.: ", "no.: ")
_MEASURING = ("at most ", "at least ", "more than ", "less than ", "höchstens ", "mindestens ", "maximal ", "mehr als ")
_NOT_BEHIND = (*_PAST, *_NAMING, *_MEASURING)
_LAST_YEAR = re.compile(
    r",? (?:of |in |im |des )?(?:last year|the previous year|(?:letzt|vorig|vergangen)e[ns]? jahr|vorjahr"
    r"|l'an dernier|l'année dernière|del año pasado|dell'anno scorso)",
    re.IGNORECASE,
)
_MONTH_STEM = "(?P<month>" + "|".join(sorted((one for one in MONTHS if len(one) > 2), key=len, reverse=True)) + ")"
_NTH = (
    r"(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th|[1-4]\.|erste\w?|zweite\w?|dritte\w?|vierte\w?|letzte\w?)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A way to write days, for texts with a word of any of the signs that it `needs`.

    `is_spelled`: it names a day or week of the calendar, not one that is reckoned from the day of writing.
    """

    pattern: re.Pattern[str]
    read: Reader
    needs: int
    is_spelled: bool = True

    def find(self, text: str, clock: Clock) -> Iterator[tuple[Span, int, int]]:
        """Yield days and where they stand."""
        for match in self.pattern.finditer(text):
            if text[max(0, match.start() - 14) : match.start()].lower().endswith(_NOT_BEHIND):
                continue
            if _LAST_YEAR.match(text, match.end()):
                continue
            named = match.groupdict()
            has_year = any(named.get(one) for one in ("year", "short", "y"))
            for first, last in self.read(match, clock):
                if has_year or clock.is_likely(first, last):
                    yield (first, last), match.start(), match.end()


_OF_WEEKS, _OF_PARTS = Sign.WEEK | Sign.FAR, Sign.FEAST | Sign.FAR
# "Good Friday", "the new year".
_OF_FEASTS = Sign.FEAST | Sign.NEAR
_AHEAD = Sign.TIME | Sign.FAR


def _rule(pattern: str, reader: Reader, needs: int, *, is_spelled: bool = True) -> Rule:
    return Rule(pattern=re.compile(pattern, re.IGNORECASE), read=reader, needs=needs, is_spelled=is_spelled)


_IN_MONTHS = (
    _rule(
        rf"(?<![\d.,:/%])(?P<day>\d{{1,2}}){_ORDINAL}(?:{_TO}(?P<until>\d{{1,2}}){_ORDINAL})?(?: of| de| -)?[ -]?"
        rf"{_MONTH}{_YEAR}",
        read.day_of_month,
        Sign.DIGIT,
    ),
    _rule(
        rf"(?<!\w){_MONTH}(?:,? (?:on |most likely |probably )?the |, (?:am|den) | )(?P<day>\d{{1,2}}){_ORDINAL}"
        rf"(?:{_TO}(?P<until>\d{{1,2}})(?:st|nd|rd|th)?)?"
        rf"(?!\d|[.,:]\d|%| %){_YEAR}",
        read.day_of_month,
        ALL_MONTHS,
    ),
    _rule(rf"(?<!\w){_EDGE}{_OF}{_MONTH}{_YEAR}", read.edge_of_month, ALL_MONTHS),
    _rule(
        r"(?<![\w-])(?P<in>(?:in|im|by|until|before|till|bis|vor|en|since|during|this|next|from|after) (?:the )?)?"
        rf"(?<!\d )(?<!\d\. )(?<!\dth )(?<!of )(?<!mid-){_MONTH}(?! \d{{1,2}}(?!\d)){_YEAR}",
        read.month,
        ALL_MONTHS,
    ),
)
_PARTS_OF_MONTHS = (
    _rule(
        rf"(?<!\w)(?:{_NTH} )?{_MONTH_STEM}-?(?P<part>hälfte|woche|mitte|ende|anfang)(?!\w)",
        read.part_of_month,
        ALL_MONTHS,
    ),
    _rule(
        rf"(?<!\w){_NTH} {_WEEKDAY} (?:in |of |im |des |in the month of )?{_MONTH}{_YEAR}", read.nth_weekday, ALL_MONTHS
    ),
)
_IN_DIGITS = (
    _rule(
        rf"{_APART}(?P<day>\d{{1,2}})\.?(?: ?[-/&+] ?| bis (?:zum )?| und )(?P<until>\d{{1,2}})\."
        r"(?P<number>\d{1,2})\.(?:(?P<year>20\d\d)|(?P<short>2\d))?(?!\d)",
        read.numeric_span,
        Sign.DIGIT,
    ),
    _rule(
        rf"{_APART}(?P<day>\d{{1,2}})(?P<mark>\.)(?P<number>\d{{1,2}})\.(?:(?P<year>20\d\d)|(?P<short>2\d))?(?!\d)",
        read.numeric,
        Sign.DIGIT,
    ),
    _rule(
        r"\b(?:am|on|by|zum|bis|vom|ab) (?P<day>\d{1,2})(?P<mark>\.)(?P<number>\d{1,2})(?![\d.]| ?(?:Uhr|%|€|EUR|km))",
        read.numeric,
        Sign.DIGIT,
    ),
    _rule(
        rf"{_APART}(?P<day>\d{{1,2}})(?P<mark>[/-])(?P<number>\d{{1,2}})(?P=mark)(?:(?P<year>20\d\d)|(?P<short>2\d))(?!\w)",
        read.numeric,
        Sign.DIGIT,
    ),
    _rule(
        rf"{_APART}(?P<day>\d{{1,2}})(?P<mark>/)(?P<number>\d{{1,2}})(?![\w/%]| ?(?:%|inch|\"|percent|pct))",
        read.numeric,
        Sign.DIGIT,
        is_spelled=False,
    ),
    _rule(
        rf"(?<!\w)(?P<ordinal>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})(?: day)? of {_MONTH}{_YEAR}",
        read.ordinal,
        ALL_MONTHS,
    ),
    _rule(
        rf"(?<!\w){_MONTH} (?:the )?(?P<ordinal>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})(?!\w){_YEAR}",
        read.ordinal,
        ALL_MONTHS,
    ),
    _rule(
        rf"(?<!\w)(?P<ordinal>{'|'.join(sorted(GERMAN_ORDINALS, key=len, reverse=True))}) {_MONTH}{_YEAR}",
        read.ordinal,
        ALL_MONTHS,
    ),
    _rule(rf"{_APART}(?P<y>20\d\d)[-/.](?P<m>\d\d)[-/.](?P<d>\d\d)(?!\d)", read.iso, Sign.DIGIT),
)
_IN_WEEKS = (
    _rule(
        rf"(?<!\w){_WEEK}s?\.? ?(?P<week>\d{{1,2}}|[a-z]+(?:-[a-z]+)?)(?!\d|[.,]\d)"
        rf"(?:(?:{_TO})(?P<until>\d{{1,2}})(?![\d.,]\d|\d|%| %))?(?:[ /]?(?P<year>20\d\d)|/(?P<short>2\d))?",
        read.week,
        _OF_WEEKS,
    ),
    _rule(r"(?<![\w.,])(?:kw|cw|wk|w)(?P<week>\d{1,2})(?![\w.,])(?:/?(?P<year>20\d\d))?", read.week, Sign.DIGIT),
    _rule(
        r"(?<![\w.,])(?P<week>\d{1,2})(?:st|nd|rd|th|\.) (?:calendar week|week of the year|kw|kalenderwoche)(?!\w)",
        read.week,
        Sign.DIGIT,
    ),
    _rule(rf"(?<!\w)(?:{_EDGE}{_OF})?{_QUARTER}(?: of)?{_YEAR}", read.quarter, _OF_PARTS),
    _rule(rf"(?<!\w)(?P<feast>{'|'.join(map(re.escape, _FEASTS))})(?!\w)", read.feast, _OF_FEASTS, is_spelled=False),
)
_FEAST = rf"(?P<feast>{'|'.join(map(re.escape, _FEASTS))})(?!\w)"
_FIRST_OR_LAST = r"(?P<which>first|last|opening|closing|erste\w?|letzte\w?)"
_OF_THE = r"(?: of| in| des| im| vom| von)(?: the| this)? "
_IN_PARTS = (
    # "One week before Good Friday", "the day after Whit Monday", "zwei Tage nach Ostern".
    _rule(
        r"(?<!\w)(?P<count>the|a|one|two|three|four|five|six|ten|ein|eine|einen|zwei|drei|vier|fünf|sechs|zehn|am"
        r"|der|die|\d{1,2}) (?:working |full |ganze )?(?P<unit>days?|weeks?|tage?|wochen?) "
        rf"(?P<side>before|after|vor|nach|ahead of|following) (?:the )?{_FEAST}",
        read.beside_feast,
        _OF_FEASTS,
    ),
    _rule(
        rf"(?<!\w){_WEEKDAY} (?P<side>before|after|vor|nach|following) (?:the )?{_FEAST}",
        read.weekday_beside_feast,
        _OF_FEASTS,
    ),
    # "The first day of the third quarter", "the last month of the first half".
    _rule(
        rf"(?<!\w){_FIRST_OR_LAST} (?:working |business |calendar )?(?P<unit>day|week|month|tag|woche|monat|werktag"
        rf"|arbeitstag){_OF_THE}(?:{_QUARTER}|(?P<half>first|second|1st|2nd|ersten|zweiten) (?:half|halbjahr\w*)"
        rf"|(?P<whole>year|jahr\w*)){_YEAR}",
        read.edge_of_part,
        _OF_PARTS,
    ),
    # "Monday the 20th", "Montag, den 20."
    _rule(
        rf"(?<!\w){_WEEKDAY},? (?:the |den |dem |der )?(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)"
        r"(?!\w|\d| ?(?:of )?(?:" + _MONTH_NAMES + r")|\d?\d\.| \d)",
        read.weekday_of_month,
        Sign.DIGIT,
    ),
)
_FROM_TODAY = (
    _rule(
        rf"(?<!\w)(?:{_NEXT} )?{_WEEKDAY}"
        rf"(?P<later> next week| nächste woche| in {_NUMBER_OF_WEEKS} (?:weeks?|wochen?))?"
        rf"(?!,? (?:the |den |dem |der )?(?:\d|{_MONTH_NAMES})|,? the )",
        read.weekday,
        Sign.DAY,
        is_spelled=False,
    ),
    _rule(rf"(?<!\w)(?:in|within|binnen|innerhalb von) {_COUNT} {_LENGTH}", read.ahead, _AHEAD, is_spelled=False),
    _rule(
        rf"(?<!\w)(?P<count>[^\W_]+(?:-[a-z]+)?) {_LENGTH} (?:from (?:now|today)|ab heute)",
        read.ahead,
        _AHEAD,
        is_spelled=False,
    ),
    _rule(
        rf"(?<!\w)(?:{_EDGE}{_OF})(?:{_NEXT} )?(?P<unit>week|month|quarter|year|woche|monats?|quartals?|jahres)(?!\w)",
        read.period,
        _AHEAD,
        is_spelled=False,
    ),
    _rule(r"(?<!\w)EO(?P<letter>[MQY])(?!\w)", read.end_of, _AHEAD, is_spelled=False),
    _rule(
        rf"(?<!\w)(?P<edge>)?{_NEXT} (?P<unit>week|month|quarter|woche|monat|quartal)(?!\w)(?! \d)",
        read.period,
        _AHEAD,
        is_spelled=False,
    ),
    _rule(
        r"(?<!\w)(?:the )?day after tomorrow|(?<!\w)(?:tomorrow|übermorgen|today)(?!\w)",
        read.tomorrow,
        Sign.DAY,
        is_spelled=False,
    ),
    _rule(
        r"(?<!\w)(?:the (?P<a>\d{1,2})(?:st|nd|rd|th)|am (?P<b>\d{1,2})\.)"
        r"(?!\w| (?:of|floor|time|place|year|week)|\d| [^\W\d_]+ber| \w*(?:uar|pril|mai|jun|jul|aug|märz))",
        read.this_day,
        Sign.DIGIT,
        is_spelled=False,
    ),
)
# Of rules that need the same signs: what stands, in small letters, wherever one of them finds a day.
WORDS: Mapping[int, tuple[str, ...]] = {
    _OF_WEEKS: ("week", "kw", "cw", "wk", "woche", "sem", "settimana"),
    _OF_PARTS: ("q", "first", "last", "opening", "closing", "erste", "letzte"),
    _OF_FEASTS: tuple(one for one in _FEASTS if not any(other in one for other in _FEASTS if other != one)),
}
RULES = (*_IN_MONTHS, *_PARTS_OF_MONTHS, *_IN_DIGITS, *_IN_WEEKS, *_IN_PARTS, *_FROM_TODAY)
