"""Money around a number: "EUR 1.950.000,-", "48 TUSD", "85 cents a kilo", "one euro eighty-five", "640 a tonne"."""

import re
from dataclasses import replace
from typing import Any

from detectors.amounts import CURRENCIES
from detectors.figures import Figure, figures
from detectors.said import Reading, read_as
from detectors.units import is_known, unit_class
from messages import FactKind

_OTHER_CODES = "JPY CNY INR AUD CAD HUF BRL MXN ZAR SGD"
_ALL = {
    **CURRENCIES,
    **dict.fromkeys(("us$", "us-$", "bucks", "buck", "us dollars", "us dollar"), "USD"),
    **dict.fromkeys(("quid", "pounds sterling"), "GBP"),
    **dict.fromkeys(("sfr", "franken", "fr."), "CHF"),
    **{code.lower(): code for code in _OTHER_CODES.split()},
    **dict.fromkeys(("¥", "yen"), "JPY"),
    **dict.fromkeys(("zł", "zloty", "zlotys"), "PLN"),
    **dict.fromkeys(("kč", "koruna"), "CZK"),
    **dict.fromkeys(("kr", "kronor", "kronen"), "SEK"),
}
# Words and signs of currencies other than the euro.
CURRENCY_WORDS = frozenset(one for one, code in _ALL.items() if code != "EUR")
_CURRENCY = "|".join(sorted(map(re.escape, _ALL), key=len, reverse=True))
_CURRENCIES_BEGIN = frozenset(one[:3] for one in _ALL)
_CENTS = "(?:us[ -]?|euro[ -]?)?cents?|ct|cts|pence|centimes|céntimos|centesimi|rappen"
_THOUSANDS = {"t": 1e3, "k": 1e3, "m": 1e6, "mio": 1e6, "mio.": 1e6}
_BEFORE = re.compile(rf"(?:(?<!\w)|(?<=[\s(]))(?P<times>[TkKM])?(?P<currency>(?i:{_CURRENCY})) ?$")
_BEHIND = re.compile(
    rf"(?:,-+|\.-+|,--)?[ -]?(?:(?P<times>[TkKM]|Mio\.?|[tm](?=kr(?!\w))) ?)?(?:(?P<currency>(?i:{_CURRENCY}))(?!\w)"
    rf"|(?P<cents>(?i:{_CENTS}))(?!\w))"
)
_LONGEST_BEFORE = 14
# "In euros", "converted to euros".
_IN_CURRENCY = re.compile(rf"\b(?:[Ii]n|into|to|nach|zu|prefer)[ ](?P<currency>(?i:{_CURRENCY}))(?!\w|[ ]?\d)")
# "Euros: about 4.50".
_AHEAD = re.compile(rf"(?<![\w.,])(?P<currency>(?i:{_CURRENCY}))(?: terms)?: ")
_PER = re.compile(
    r"(?:,-)? ?(?:/ ?|per |a |an |pro |je |the |par |por |al |la |le |p\. ?|for (?:a|each|one|every) |jede[rns]? "
    r"|every |on (?:the|a|every) |auf die |im |in der |in a )"
    r"(?:(?P<many>thousand|tausend|mille|1[.,' ]?000|hundred|hundert|100)(?![\d%])(?: (?P<things>[^\W\d_]+))?"
    r"|(?:single |metric |each )?(?P<unit>(?:kilo|mega|giga)watt[ -]hours?|[^\W\d_]+[²³2]?))"
    r"|,? (?P<each>each|apiece|je Stück|das Stück|die Tonne"
    r"|das Kilo)(?!\w)",
    re.IGNORECASE,
)
# "One euro eighty-five": the euro by itself is not what is looked for.
_SPLIT = re.compile(r" ?(?:euros?|eur|€|dollars?|pounds?|francs?|franken) (?:and |und )?[^\W_]", re.IGNORECASE)
_HUNDREDS = frozenset({"hundred", "hundert", "100"})
_GOES_ON = re.compile(r"[.,]?\d| ?%|[ -][^\W\d_]")


def is_money_behind(text: str, end: int) -> bool:
    """Whether a currency stands behind a number."""
    return _BEHIND.match(text, end) is not None


def is_split(text: str, end: int) -> bool:
    """Whether a currency and then more of the sum may follow a number."""
    return _SPLIT.match(text, end) is not None


def currencies_in(text: str) -> frozenset[str]:
    """Return the currencies that a text may name, and now and then more."""
    small = text.lower()
    return frozenset(code for one, code in _ALL.items() if one in small)


def currency_named(text: str) -> str:
    """Return the currency of "in euros", said apart from the number; empty where none is."""
    small = text.lower()
    if not any(one in small for one in _CURRENCIES_BEGIN):
        return ""
    match = _IN_CURRENCY.search(text) or (_AHEAD.search(text) if ": " in text else None)
    return _ALL[match["currency"].lower()] if match else ""


def unit_at(text: str, end: int) -> tuple[str, int]:
    """Return what a price is for one of, by what stands behind it, and where that ends; nothing where none does."""
    match = _PER.match(text, end)
    return _unit_of(match) if match else ("", end)


def _unit_of(match: re.Match[str]) -> tuple[str, int]:
    if match["many"]:
        return "", match.start()
    if match["each"]:
        word = match["each"].rsplit(maxsplit=1)[-1]
        return unit_class("piece" if word.lower() in {"each", "apiece"} else word), match.end()
    return (unit_class(match["unit"]), match.end()) if is_known(match["unit"]) else ("", match.start())


def money_at(text: str, before: str, figure: Figure) -> Reading | None:
    """Return the sum of money that a number is, by the currency beside it."""
    ahead, behind = _BEFORE.search(before[-_LONGEST_BEFORE:]), _BEHIND.match(text, figure.end)
    if behind is not None and behind["cents"]:
        currency = "USD" if behind["cents"].lower().startswith("us") else ""
        cents, step = figure.value / 100, figure.step / 100
        return sum_of(text, figure, cents, end=behind.end(), step=step, currency=currency)
    either = behind or ahead
    if either is None:
        return None
    times = _THOUSANDS.get(((behind and behind["times"]) or (ahead and ahead["times"]) or "").lower(), 1.0)
    stop = behind.end() if behind else figure.end
    value, step, end = _with_cents(text, figure.value * times, figure.step * times, stop)
    start = figure.start - (len(ahead[0]) if ahead else 0)
    currency = _ALL.get(either["currency"].lower(), "")
    return sum_of(text, figure, value, start=start, end=end, step=step, currency=currency)


def sum_of(text: str, figure: Figure, value: float, **said: Any) -> Reading:
    """Make a sum of money of a number, for one of a unit where one is named behind it."""
    reading = read_as(FactKind.AMOUNT, figure, value, is_marked=True, **said)
    per = _PER.match(text, reading.end)
    if per is None:
        return reading
    if per["many"]:
        times = 100 if per["many"].lower() in _HUNDREDS else 1000
        unit, value, step = unit_class(per["things"] or "piece"), value / times, reading.step / times
        return replace(reading, low=value, high=value, step=step, unit=unit, end=per.end("many"))
    unit, end = _unit_of(per)
    return replace(reading, unit=unit, end=end) if unit else reading


def _with_cents(text: str, value: float, step: float, end: int) -> tuple[float, float, int]:
    """Read "one euro eighty-five", "7 Euro 50"."""
    if value % 1 or value >= 1000:
        return value, step, end
    for one in figures(text[end : end + 24])[:1]:
        is_joined = text[end : end + one.start] in {" ", " and ", " und "}
        after = end + one.end
        is_last = not _GOES_ON.match(text, after) or _PER.match(text, after)
        if is_joined and is_last and 1 <= one.value < 100 and one.value % 1 == 0:
            return value + one.value / 100, 0.01, after
    return value, step, end
