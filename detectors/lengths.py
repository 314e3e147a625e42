"""Lengths of time and parts of a whole: "90 days", "two-year", "18mo", "a quarter", "anderthalb Jahre", "a third"."""

import re
from collections.abc import Iterator

from detectors.figures import Figure, figures
from detectors.said import Reading, read_as
from detectors.sieve import Sieve
from messages import FactKind

LENGTHS = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}
_BEHIND = re.compile(
    r"[ -]?(?:more |calendar |full |whole |further |clear |weitere |volle |ganze |additional "
    r"|net )?(?:(?P<days>days?|tage?n?"
    r"|jours?|días?|giorni|(?<! )d)|(?P<weeks>weeks?|wks?|(?<! )(?-i:w)|wochen?|semaines?|semanas?|settimane)"
    r"|(?P<months>months?|mths?|mos?|monate?n?s?|mois|meses|mesi)|(?P<years>years?|yrs?|jahre?n?s?|ans?|años?|anni)"
    r"|(?P<quarters>quarters|quartale?n?)|(?P<fortnights>fortnights?))(?![\w²])(?P<half> and a half)?",
    re.IGNORECASE,
)
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight"
_ALONE = re.compile(
    r"(?<!\w)(?:(?P<one>a|one|an|eine?[nmrs]?|another) (?P<half>halbe\w* |half )?(?:(?P<weeks>week|woche)"
    r"|(?P<months>month|monat)s?|(?P<years>year|jahr)(?:es)?|(?P<fortnights>fortnight)"
    rf"|(?P<quarters>quarter|quartal)(?! (?:of|million|mile|cent|(?:past|to) (?:\d|(?:{_HOURS})\b))))"
    r"(?P<more> and a half)?"
    r"|(?P<halves>half a |ein halbes |halbes )(?:(?P<years2>year|jahr)|(?P<months2>month))"
    r"|(?P<count>ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|\d+-?)(?:(?P<years3>jährig)"
    r"|(?P<months3>monatig)|(?P<weeks3>wöchig)|(?P<days3>tägig))(?:e[nmrs]?)?)(?!\w)",
    re.IGNORECASE,
)
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
}
_PARTS = {
    "half": 50.0,
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
    "achtel": 12.5,
    "zehntel": 10.0,
}
PARTS = frozenset(_PARTS.values())
# Lengths that may be said without a number, in days.
LENGTHS_ALONE = (7.0, 14.0, 15.22, 30.44, 45.66, 91.31, 182.6, 365.25, 547.9)
_MANY = {"two": 2, "three": 3, "four": 4, "five": 5, "zwei": 2, "drei": 3, "vier": 4}
_SHARE = re.compile(
    r"(?<!\w)(?:(?P<many>a|an|one|two|three|four|five|eine?[mnrs]?|die|zwei|drei|vier)[ -])?(?P<part>"
    + "|".join(_PARTS)
    + r")s?"
    r"(?!\w)(?! ?(?:past|hour|a million|million|of (?:a million|an hour|the year)|year|inch|stunde|jahr|der stunde"
    r"|round))",
    re.IGNORECASE,
)
_ONE_IN = re.compile(
    r"\b(?:one|eine[rs]?|1) (?:in|out of|von|aus) (?P<many>[^\W_]+)(?!\w)(?! (?:days?|weeks?|months?|years?))",
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
        yield Reading(
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


def _shares(text: str) -> Iterator[Reading]:
    """Yield "a third" as a percentage."""
    for match in _SHARE.finditer(text):
        many, part = (match["many"] or "").lower(), match["part"].lower()
        if not many and part not in {"hälfte", "half"}:
            continue
        if part in _ORDINALS and _THING.match(text, match.end()):
            continue
        value = _PARTS[part] * _MANY.get(many, 1)
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


def _one_in(text: str) -> Iterator[Reading]:
    """Yield "one in ten" as ten percent."""
    for match in _ONE_IN.finditer(text):
        for one in figures(match["many"])[:1]:
            if one.value >= 2:
                yield read_as(
                    FactKind.PERCENTAGE, one, 100 / one.value, start=match.start(), end=match.end(), is_marked=True
                )


def _unit(match: re.Match[str]) -> tuple[int, str]:
    """Return how many of which unit a match names."""
    named = (name.rstrip("23") for name, word in match.groupdict().items() if word)
    return next(_UNITS[name] for name in named if name in _UNITS)


_READERS = (_one_in, _shares, _lengths_alone)
_SIEVE = Sieve((_ONE_IN, _SHARE, _ALONE))
