"""Lengths of time and parts of a whole: "90 days", "two-year", "18mo", "a quarter", "anderthalb Jahre", "a third"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from detectors.figures import Figure, figures
from detectors.said import Reading, read_as
from detectors.sieve import Sieve
from messages import FactKind

LENGTHS = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}
_BEHIND = re.compile(
    r"[ -]?(?:more |calendar |full |whole |further |clear |weitere |volle |ganze |additional "
    r"|net )?(?:(?P<days>days?|tage?n?"
    r"|jours?|días?|giorni|(?<! )d)|(?P<weeks>weeks?|wks?|(?<! )(?-i:w)|wochen?|semaines?|semanas?|settimane)"
    r"|(?P<months>months?|mths?|mos?|monate?n?s?|mois|meses|mesi)|(?P<years>years?|yrs?|jahre?n?s?|ans"
    r"|(?<=1 )an|años?|anni)"
    r"|(?P<quarters>quarters|quartale?n?)|(?P<fortnights>fortnights?)"
    r"|(?P<decades>decades?|jahrzehnte?n?))(?![\w²])(?P<half> and a half)?",
    re.IGNORECASE,
)
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight"
_ALONE = re.compile(
    r"(?<!\w)(?:(?P<one>a|one|an|eine?[nmrs]?|another) (?P<half>halbe\w* |half )?(?:(?P<weeks>week|woche)"
    r"|(?P<months>month|monat)s?|(?P<years>year|jahr)(?:es)?|(?P<fortnights>fortnight)|(?P<decades>decade|jahrzehnt)"
    rf"|(?P<quarters>quarter|quartal)(?! (?:of|million|mile|cent|(?:past|to) (?:\d|(?:{_HOURS})\b))))"
    r"(?P<more> and a half)?"
    r"|(?P<halves>half a |ein halbes |halbes )(?:(?P<years2>year|jahr)|(?P<decades2>decade|jahrzehnt)"
    r"|(?P<months2>month))"
    r"|(?P<part>dreiviertel|viertel|halb)jahr|(?P<quarters_of>three quarters of a year|drei viertel jahre?)"
    r"|(?P<count>ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|\d+-?)(?:(?P<years3>jährig)"
    r"|(?P<months3>monatig)|(?P<weeks3>wöchig)|(?P<days3>tägig))(?:e[nmrs]?)?)(?!\w)",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"(?:(?: of)? [^\W\d_]{4,},? (?:and |und |plus )|,? (?:and |und |plus |& |y |et |e )?)"
    r"(?:another |a further |more |weitere |noch |nochmals )?"
    r"(?=\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|eine?n?|zwei"
    r"|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf)(?!\w))",
    re.IGNORECASE,
)
_LONGEST_REST = 24
# Net 30 and the like: what stands without a unit is one of these.
_NET_BEFORE, _NET_BEHIND = (
    re.compile(r"\b(?:net|netto)[ -]$", re.IGNORECASE),
    re.compile(r" ?(?:net|netto)(?!\w)", re.IGNORECASE),
)
_NET_DAYS = frozenset({7, 10, 14, 20, 21, 28, 30, 40, 45, 50, 60, 70, 75, 90, 100, 105, 110, 120, 150, 180})
_UNITS = {
    "days": (1, "days"),
    "weeks": (1, "weeks"),
    "fortnights": (2, "weeks"),
    "months": (1, "months"),
    "quarters": (3, "months"),
    "years": (1, "years"),
    "decades": (10, "years"),
}
_PARTS = {
    "half": 50.0,
    "halbes": 50.0,
    "halve": 50.0,
    "third": 100 / 3,
    "quarter": 25.0,
    "fifth": 20.0,
    "sixth": 100 / 6,
    "seventh": 100 / 7,
    "eighth": 12.5,
    "ninth": 100 / 9,
    "tenth": 10.0,
    "twelfth": 100 / 12,
    "twentieth": 5.0,
    "hälfte": 50.0,
    "drittel": 100 / 3,
    "viertel": 25.0,
    "fünftel": 20.0,
    "sechstel": 100 / 6,
    "siebtel": 100 / 7,
    "achtel": 12.5,
    "neuntel": 100 / 9,
    "zehntel": 10.0,
}
# The shares that may be said as parts of a whole: "a third", "seven tenths".
PARTS = frozenset(value * many for value in _PARTS.values() for many in range(1, 10) if value * many < 100)
# Lengths that may be said without a number, in days.
LENGTHS_ALONE = (7.0, 10.5, 14.0, 15.22, 30.44, 45.66, 91.31, 182.6, 273.9, 365.25, 547.9, 1826.25, 3652.5)
_MANY = {
    one: many
    for names in ("two three four five six seven eight nine", "zwei drei vier fünf sechs sieben acht neun")
    for many, one in enumerate(names.split(), 2)
}
_SHARE = re.compile(
    rf"(?<!\w)(?:(?P<many>a|an|one|eine?[mnrs]?|die|{'|'.join(_MANY)})[ -])?(?P<part>"
    + "|".join(_PARTS)
    + r")(?:s?(?P<percent> (?:of )?(?:a |one |an? |eines )?(?:full )?(?:percent\w*|per ?cent|prozent\w*|%))"
    r"|prozent\w*(?P<joined>)|s?)"
    r"(?!\w)(?! ?(?:past|hour|a million|million|of (?:a million|an hour|the year)|year|inch|stunde|jahr|der stunde"
    r"|round))",
    re.IGNORECASE,
)
_FEW = rf"one|eine?[rs]?|{'|'.join(_MANY)}|[1-9]\d?"
_MANY_OF = (
    "three|four|five|six|seven|eight|nine|ten|twelve|twenty|hundred|a hundred|drei|vier|fünf|sechs|sieben|acht|neun"
    "|zehn|zwölf|zwanzig|hundert"
)
_FEW_OF = re.compile(
    rf"(?<![\w.,:/-])(?P<few>{_FEW}) (?:in|out of|of|von|aus|sur)(?: every| je)? (?P<many>\d{{1,3}}|{_MANY_OF})(?!\w)"
    r"(?! (?:(?:calendar |working )?days?|weeks?|months?|years?|hours?|minutes?|tage?n?|wochen?|monate?n?|jahre?n?))",
    re.IGNORECASE,
)
_NTH = re.compile(
    r"\b(?:every|each|jede[rsnm]?) (?P<nth>other|second|third|fourth|fifth|tenth|zweite|dritte|vierte|fünfte"
    r"|zehnte)n?(?!\w)(?! (?:day|week|month|year|time|tag|woche|monat|jahr))",
    re.IGNORECASE,
)
_NTHS = {
    "other": 2,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "tenth": 10,
    "zweite": 2,
    "dritte": 3,
    "vierte": 4,
    "fünfte": 5,
    "zehnte": 10,
}
_TENS_IN_WORDS = (
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty"],
    ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig"],
)
_TENS = {one: ten for names in _TENS_IN_WORDS for ten, one in zip(range(20, 90, 10), names, strict=True)}
_HALF = rf"[1-9]\d|{'|'.join(_TENS)}"
# "60/40" is how something is split in two.
_SPLIT = re.compile(
    rf"(?<![\w.,:/-])(?P<one>{_HALF})(?: ?[/:-] ?| to | zu | )(?P<other>{_HALF})(?![\w/:%]|[.,]\d| ?(?:mm|cm|%))",
    re.IGNORECASE,
)
_EACH, _MONEY = "(?:each|every|per|je|pro|jede[mnrs]?)", "(?:euros?|€|eur|dollars?|pounds?|francs?|franken)"
_THOUSAND = r"(?:a )?(?P<thousand>thousand|tausend|1[.,' ]?000)"
_PER_HUNDRED = re.compile(
    rf"\b(?:{_EACH} (?:hundred|hundert|100)|(?:costs?|kostet) (?:a hundred|hundert|100)"
    rf"|{_EACH} {_THOUSAND}(?= {_MONEY}))"
    rf"(?: {_MONEY})?(?![\w%]|[.,]\d| [%€])(?P<rest>(?:[^.!?\n]|\.(?=\d)){{1,70}})",
    re.IGNORECASE,
)
# "22.50 for every thousand euros", "four of each hundred euros".
_OF_HUNDREDS = re.compile(
    rf"(?<![\w.,])(?P<many>\d{{1,2}}(?:[.,]\d{{1,2}})?|[^\W\d_]{{3,}}(?:-[^\W\d_]{{3,}})?)(?: {_MONEY})?(?: \w+)?"
    rf" (?:of|on|in|for|from|out of|per|von|auf|aus|bei)(?: {_EACH})?"
    rf" (?:(?:a |one )?(?:hundred|hundert|100)|{_THOUSAND}) {_MONEY}(?!\w)"
    rf"|(?<![\w.,])(?P<less>\d{{1,2}}(?:[.,]\d{{1,2}})?) {_MONEY} (?:of|on|in|out of|von|auf)(?: {_EACH})?"
    r" (?:(?:a |one )?(?:hundred|hundert|100)|(?:a )?(?P<thousands>thousand|tausend))(?!\w)"
    r"(?! (?:pieces|parts|units|stück|teile))",
    re.IGNORECASE,
)
_CENT = "(?:euro ?)?(?:cents?|ct|rappen|pence)"
# Up to ninety-nine, in digits or in words.
_UNDER_A_HUNDRED = r"\d{1,2}(?:[.,]\d+)?|[^\W\d_]{3,}(?:[ -][^\W\d_]{3,})?"
_ONE_EURO = r"(?:euro|franc|franken|dollar|pound)(?!\w)"
# "Seven cents of every euro" are seven percent, and so are "for each euro, seven cents".
OF_A_EURO = re.compile(
    rf"(?<![\w.,])(?P<many>{_UNDER_A_HUNDRED}) {_CENT}(?: \w+)? (?:of|on|in|for|from|out of|per|von|je|pro|aus|auf)"
    rf" (?:(?:every|each|the|a|jede[mnrs]?) )?{_ONE_EURO}"
    rf"|\b{_EACH} {_ONE_EURO}[^.!?\n]{{1,60}}?(?<![\w.,])(?P<less>{_UNDER_A_HUNDRED}) {_CENT}(?!\w)",
    re.IGNORECASE,
)
# What the readers below find without a word for a part, and now and then more: "a week", "one in ten", "every other".
TOLD_ALONE = re.compile(
    r"(?:an?|one|another|eine?[nmrs]?|half) (?:half |halbe\w* )?"
    r"(?:week|month|year|fortnight|decade|quart|woche|monat|jahr)"
    r"|(?:in|of|von|aus|sur) (?:every |je )?(?:\d|three|four|five|six|seven|eight|nine|ten|twe|a hundred|hundred"
    r"|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|zwanzig|hundert)"
    r"|(?:every|each|jede[rsnm]?) (?:other|second|third|four|fif|ten|zwei|dritt|vier|fünf|zehn)",
    re.IGNORECASE,
)
_ORDINALS = frozenset({"third", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "twelfth", "twentieth"})
# "A third disk" is no part of anything.
_THING = re.compile(
    r" (?!(?:of|off|up|less|more|cheaper|in|to|for|share|each|now|upfront|down|from|on|at|and|or|is|was|would|will"
    r"|above|below"
    r"|over|under|as|if|when|before|by|with|higher|lower|goes|extra|back)\b)[^\W\d_]",
    re.IGNORECASE,
)


def length_at(text: str, figure: Figure) -> Reading | None:
    """Return the length of time that a number is, by the unit behind it."""
    match = _BEHIND.match(text, figure.end)
    if match is None:
        return None
    times, unit = _unit(match)
    days = (figure.value + (0.5 if match["half"] else 0.0)) * times * LENGTHS[unit]
    step = figure.step * times * LENGTHS[unit]
    return read_as(FactKind.DURATION, figure, days, end=match.end(), step=step, unit=unit, is_marked=True)


def joined_at(one: Reading) -> Iterator[Reading]:
    """Yield "two years and four months" as one length, where more of it stands behind a length."""
    joint = _JOINT.match(one.text, one.end)
    if joint is None or one.unit == "days":
        return
    for more in figures(one.text[joint.end() : joint.end() + _LONGEST_REST])[:1]:
        behind = _BEHIND.match(one.text, joint.end() + more.end) if more.start == 0 else None
        times, unit = _unit(behind) if behind else (1, one.unit)
        if behind and LENGTHS[unit] < LENGTHS[one.unit]:
            days = one.low + more.value * times * LENGTHS[unit]
            yield replace(one, low=days, high=days, end=behind.end(), step=LENGTHS[unit] * times, unit=unit)


def net_days(text: str, before: str, figure: Figure) -> Reading | None:
    """Return the days of payment that a number is, by a "net" beside it."""
    if figure.value in _NET_DAYS and (_NET_BEFORE.search(before) or _NET_BEHIND.match(text, figure.end)):
        return read_as(FactKind.DURATION, figure, figure.value, unit="days", is_marked=True)
    return None


def without_numbers(text: str) -> Iterator[Reading]:
    """Yield the lengths of time and the parts of a whole that are said without a number."""
    for reader in map(_READERS.__getitem__, _SIEVE.passing(text)):
        yield from reader(text)


def _lengths_alone(text: str) -> Iterator[Reading]:
    for match in _ALONE.finditer(text):
        times, unit = _unit(match)
        count = figures(match["count"].rstrip("-"))[0].value if match["count"] else 1.0
        count = (0.5 if match["half"] or match["halves"] else count) + (0.5 if match["more"] else 0.0)
        days = count * times * LENGTHS[unit]
        said = Reading(
            kind=FactKind.DURATION,
            low=days,
            high=days,
            start=match.start(),
            end=match.end(),
            step=days,
            text=text,
            unit=unit,
            is_marked=True,
        )
        yield said
        yield from joined_at(said)


def _shares(text: str) -> Iterator[Reading]:
    """Yield "a third" as a percentage."""
    for match in _SHARE.finditer(text):
        many, part = (match["many"] or "").lower(), match["part"].lower()
        is_of_a_percent = bool(match["percent"]) or match["joined"] is not None
        if not is_of_a_percent and (part == "halbes" or (not many and part not in {"hälfte", "half"})):
            continue
        is_one = not many or _MANY.get(many, 1) == 1
        if not is_of_a_percent and is_one and part in _ORDINALS and _THING.match(text, match.end()):
            continue
        value = _PARTS[part] * _MANY.get(many, 1) * (0.01 if is_of_a_percent else 1.0)
        yield Reading(
            kind=FactKind.PERCENTAGE,
            low=value,
            high=value,
            start=match.start(),
            end=match.end(),
            step=1.0,
            text=text,
            is_marked=True,
        )


def _few_of(text: str) -> Iterator[Reading]:
    """Yield "one in ten" as ten percent, "six out of ten" as sixty."""
    for match in _FEW_OF.finditer(text):
        few = int(match["few"]) if match["few"].isdigit() else _MANY.get(match["few"].lower(), 1)
        for one in figures(match["many"])[:1]:
            if max(few, 1) < one.value <= 100:
                yield _share_at(match, one, 100 * few / one.value)


def _nth(text: str) -> Iterator[Reading]:
    """Yield "every third"."""
    for match in _NTH.finditer(text):
        for one in figures("2"):
            yield _share_at(match, one, 100 / _NTHS[match["nth"].lower()])


def _splits(text: str) -> Iterator[Reading]:
    """Yield both shares of "60/40"."""
    for match in _SPLIT.finditer(text):
        shares = [float(said) if said.isdigit() else _TENS[said.lower()] for said in match.group("one", "other")]
        if sum(shares) == 100:
            yield from (_share_at(match, one, share) for share in shares for one in figures("10"))


def _share_at(match: re.Match[str], figure: Figure, value: float) -> Reading:
    said = replace(figure, text=match.string)
    return read_as(FactKind.PERCENTAGE, said, value, start=match.start(), end=match.end(), is_marked=True)


def _unit(match: re.Match[str]) -> tuple[int, str]:
    """Return how many of which unit a match names."""
    if match.groupdict().get("quarters_of"):
        return 9, "months"
    if named_part := match.groupdict().get("part"):
        return {"dreiviertel": 9, "viertel": 3, "halb": 6}[named_part.lower()], "months"
    named = (name.rstrip("23") for name, word in match.groupdict().items() if word)
    return next(_UNITS[name] for name in named if name in _UNITS)


def _per_hundred(text: str) -> Iterator[Reading]:
    """Yield "for each hundred euros we buy, four back" as four percent."""
    for match in _PER_HUNDRED.finditer(text):
        for one in figures(match["rest"])[:1]:
            if one.value < 100:
                said = replace(one, start=match.start("rest") + one.start, end=match.start("rest") + one.end)
                share = one.value / (10 if match["thousand"] else 1)
                yield read_as(FactKind.PERCENTAGE, replace(said, text=text), share, is_marked=True)


def _of_hundreds(text: str) -> Iterator[Reading]:
    """Yield "22.50 of every thousand euros" as 2.25 percent."""
    for match in _OF_HUNDREDS.finditer(text):
        for one in figures(match["many"] or match["less"])[-1:]:
            yield _share_at(match, one, one.value / (10 if match["thousand"] or match["thousands"] else 1))


def _of_a_euro(text: str) -> Iterator[Reading]:
    for match in OF_A_EURO.finditer(text):
        for one in figures(match["many"] or match["less"])[-1:]:
            yield _share_at(match, one, one.value)


_READERS = (_of_a_euro, _few_of, _shares, _lengths_alone, _nth, _splits, _per_hundred, _of_hundreds)
_SIEVE = Sieve((OF_A_EURO, _FEW_OF, _SHARE, _ALONE, _NTH, _SPLIT, _PER_HUNDRED, _OF_HUNDREDS))
