"""Amounts of money in a sentence as numbers: "€ 45k", "45.000 EUR", "45,000.50", "45 thousand", "1.2 mil".

A number counts where a currency or a scale stands at it, or where it is grouped and a word of price goes before, or it
is settled on in so many words ("call it 96,500 all in"), or it is the price of each of so many.
Measures, dates, part numbers and quantities do not. "400 pieces at 150 EUR" is 60,000.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

CURRENCIES = {
    **dict.fromkeys(("€", "eur", "euro", "euros"), "EUR"),
    **dict.fromkeys(("$", "usd", "dollar", "dollars"), "USD"),
    **dict.fromkeys(("£", "gbp", "pound", "pounds"), "GBP"),
    **dict.fromkeys(("chf", "francs"), "CHF"),
    **{code.lower(): code for code in ("SEK", "NOK", "DKK", "PLN", "CZK")},
}
SCALES = {
    **dict.fromkeys(("k", "thousand", "thsd", "grand", "tausend"), 1e3),
    **dict.fromkeys(("m", "mn", "mio", "mil", "mill", "million", "millions", "millionen"), 1e6),
    **dict.fromkeys(("bn", "billion"), 1e9),
}
_CURRENCY = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
DIGITS = r"\d{1,3}(?:[., '’]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_AMOUNT = re.compile(
    rf"(?<![\w.,-])(?P<before>(?:{_CURRENCY}) ?)?(?P<digits>{DIGITS})(?![\d])"
    rf"(?: ?(?P<scale>{_SCALE})\.?(?!\w))?(?:,-|\.-)?(?: ?(?P<after>{_CURRENCY})(?!\w))?",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"\d{1,3}(?:[., '’]\d{3})+(?:[.,]\d{1,2})?")
_PRICED = re.compile(
    r"\b(?:price|total|sum|amount|figure|for|at|of|preis|summe|betrag|für|zu)\b[^.!?\d]{0,20}$", re.IGNORECASE
)
_SETTLED = re.compile(
    r"\b(?:call it|say|make it|agreed|accept|deal|done|settle (?:on|at|for)|go (?:for|to|with)|do|pay"
    r"|einverstanden(?: mit)?"
    r"|akzeptieren|zahlen|nehmen|sagen wir)[:,]? (?:the |your |die |ihre )?$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s*(?:$|[.,;:!?)](?!\d)|(?:and|und) (?:we|you|i|it|ye|wir|sie|ihr|ich|das)\b|(?:all[- ]in|in (?:total|all"
    r"|full)|altogether|flat|net|it is|then|pauschal|netto|gesamt)\b)",
    re.IGNORECASE,
)
_SETTLES = re.compile(
    r"\s*(?:all[- ]in\b|it is\b|(?:is|are|works|sounds) (?:it|ok(?:ay)?|fine|agreed|accepted|good|fair|grand"
    r"|acceptable)\b"
    r"|works\b|(?:ist|sind|geht|gehen) (?:so )?(?:ok|okay|gut|klar|akzeptiert|gebongt|in ordnung|für uns)"
    r"|nehmen wir|akzeptieren wir|passt\b|passen\b)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?P<count>\d{1,3}(?:[., ]\d{3})+|\d+) (?:\w+ )?(?:pieces?|pcs\.?|units?|sets?|tonnes?|tons?|sheets?"
    r"|licen[sc]es|seats?"
    r"|machines?|days?|hours?|stück|stk\.?)\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"^\W{0,2}(?:each|apiece|je\b|(?:per|pro|das|a|an|/) ?(?:pieces?|pc|unit|set|tonnes?|ton|sheet|licen[sc]e|seat"
    r"|machine|day"
    r"|hour|stück))\b",
    re.IGNORECASE,
)
# Things of any name, right before what one of them costs.
_THINGS_AT = re.compile(
    r"(?P<count>\d{1,3}(?:[., ']\d{3})+|\d{2,}) (?:[^\W\d]+[ -]){0,2}[^\W\d]{3,},? (?:at|à|zu|for|@) $",
    re.IGNORECASE,
)
_AT = re.compile(r"\b(?:at|à|zu|for)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A sum of money; `currency` is its ISO code, empty where none is written."""

    value: float
    currency: str
    start: int
    end: int


def amounts(text: str) -> Iterator[Amount]:
    """Yield the amounts of a sentence, in order; a price each is multiplied by how many are said."""
    for match in _AMOUNT.finditer(text):
        currency = _currency(match)
        scale = (match["scale"] or "").lower()
        if not currency and not _is_money(text, match, scale):
            continue
        value = number(match["digits"], scale) * SCALES.get(scale, 1.0)
        yield Amount(value=value * _count_before(text, match), currency=currency, start=match.start(), end=match.end())


def _currency(match: re.Match[str]) -> str:
    written = (match["before"] or match["after"] or "").strip().lower()
    return CURRENCIES.get(written, "")


def _is_money(text: str, match: re.Match[str], scale: str) -> bool:
    """Whether a number without a currency is an amount; "5 m" is a length."""
    if scale:
        return scale != "m"
    if _is_of_each(text, match):
        return True
    is_grouped = _GROUPED.fullmatch(match["digits"]) is not None
    if is_grouped and (_SETTLES.match(text, match.end()) or _is_settled_on(text, match)):
        return True
    follows = text[match.end() : match.end() + 2]
    is_alone = not follows or follows[0] in ".,;:!?)" or (follows[0] == " " and not _COUNTED.match(text, match.start()))
    return is_grouped and is_alone and _PRICED.search(text, 0, match.start()) is not None


def _is_settled_on(text: str, match: re.Match[str]) -> bool:
    """Whether a number is what somebody says yes to: "done, 96,500 flat"."""
    return bool(_SETTLED.search(text, 0, match.start()) and _ENDS.match(text, match.end()))


def _is_of_each(text: str, match: re.Match[str]) -> bool:
    """Whether a number is the price of each of so many things: "400,000 sleeves at 0.24 each"."""
    return bool(_EACH.match(text[match.end() :]) and _THINGS_AT.search(text, 0, match.start()))


def number(digits: str, scale: str = "") -> float:
    """Read a number as it is written before its scale.

    Of two kinds of separator the last is decimal, of one kind it is where no group follows.
    """
    digits = digits.replace(" ", "").replace("'", "").replace("’", "")
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return float(digits)
    both = "." in digits and "," in digits
    is_group = len(digits) - last - 1 == 3 and not both and not digits.startswith("0")
    if is_group and (digits.count(digits[last]) > 1 or SCALES.get(scale, 1.0) < 1e6):
        return float(re.sub(r"[.,]", "", digits))
    return float(f"{re.sub(r'[.,]', '', digits[:last])}.{digits[last + 1 :]}")


def _count_before(text: str, match: re.Match[str]) -> float:
    """Return how many are meant by a price each: "400 pieces at 150 EUR", "150 EUR each for 400 pieces"."""
    is_each = _EACH.match(text, match.end()) or _EACH.match(text[match.end() :])
    counted = list(_COUNTED.finditer(text, 0, match.start()))
    if counted and (is_each or _AT.search(text, counted[-1].end(), match.start())):
        return number(counted[-1]["count"], "")
    things = _THINGS_AT.search(text, 0, match.start())
    if is_each and things:
        return number(things["count"], "")
    later = _COUNTED.search(text, match.end())
    return number(later["count"], "") if is_each and later else 1.0
