"""What the numbers of a sentence say: money, shares, lengths of time, counts of things; and how exactly.

Numbers that only name something (orders, clauses, telephones, versions, rooms), times of day, measurements and days of
the calendar say none of these.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from detectors.amounts import CURRENCIES
from detectors.figures import Figure, figures
from detectors.units import is_known, measured, unit_class
from messages import FactKind

LENGTHS = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}


class Hedge(StrEnum):
    """How exactly a number is meant."""

    PLAIN = "plain"
    ABOUT = "about"
    UNDER = "under"
    OVER = "over"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One thing that a number of a text may say.

    `low` to `high` is what was said; the same twice unless a range was. Money is in `currency` (ISO 4217, empty where
    none is written), for one `unit` where one is named; lengths are in days, written in `unit`; of counts `unit` is what
    is counted. `is_marked`: it says by itself what it is. `is_clock`: it may be a time of day. `step`, `digits` and
    `decimals` are those of the figure.
    """

    kind: FactKind
    low: float
    high: float
    start: int
    end: int
    step: float
    digits: int
    decimals: int
    text: str = field(repr=False)
    is_range: bool = False
    currency: str = ""
    unit: str = ""
    is_marked: bool = False
    is_grouped: bool = False
    is_clock: bool = False
    scale: float = 1.0


_ALL_CURRENCIES = {
    **CURRENCIES,
    **dict.fromkeys(("us$", "us-$", "bucks", "buck", "us dollars", "us dollar"), "USD"),
    **dict.fromkeys(("quid", "pounds sterling"), "GBP"),
    **dict.fromkeys(("sfr", "franken", "fr.", "stutz"), "CHF"),
    **{code.lower(): code for code in "JPY CNY INR AUD CAD HUF BRL MXN ZAR SGD".split()},
    **dict.fromkeys(("¥", "yen"), "JPY"),
    **dict.fromkeys(("zł", "zloty", "zlotys"), "PLN"),
    **dict.fromkeys(("kč", "koruna"), "CZK"),
}
_CURRENCY = "|".join(sorted(map(re.escape, _ALL_CURRENCIES), key=len, reverse=True))
# Words and signs of currencies other than the euro.
CURRENCY_WORDS = frozenset(one for one, code in _ALL_CURRENCIES.items() if code != "EUR")
_CENTS = r"cents?|ct|cts|pence|centimes|céntimos|centesimi|rappen"
_THOUSANDS = {"t": 1e3, "k": 1e3, "m": 1e6, "mio": 1e6, "mio.": 1e6}
_MONEY_BEFORE = re.compile(rf"(?:(?<!\w)|(?<=[\s(]))(?P<times>[TkM])?(?P<currency>(?i:{_CURRENCY})) ?$")
_MONEY_BEHIND = re.compile(
    rf"(?:,-+|\.-+|,--)?[ -]?(?:(?P<times>[TkM]|Mio\.?) ?)?(?:(?P<currency>(?i:{_CURRENCY}))(?!\w)|(?P<cents>(?i:{_CENTS}))(?!\w))"
)
_IN_CURRENCY = re.compile(rf"\b[Ii]n (?P<currency>(?i:{_CURRENCY}))(?!\w)")
_PER = re.compile(
    r"(?:,-)? ?(?:/ ?|per |a |an |pro |je |the |par |por |al |la |le |p\. ?|for (?:a|each|one|every) |je |jede[rns]? |every )"
    r"(?:single |metric |each )?(?P<unit>[^\W\d_]+[²³2]?)|,? (?P<each>each|apiece|je Stück|das Stück|die Tonne|das Kilo)(?!\w)",
    re.IGNORECASE,
)
_PERCENT = re.compile(r" ?(?:%|per ?cent(?!\w)|pct|percentage points?|prozent\w*|v\. ?h\.|pour cent|por ciento|per cento|points?(?!\w)|pp(?!\w))", re.I)
_LENGTH = re.compile(
    r"[ -]?(?:more |calendar |full |whole |further |clear |weitere |volle |ganze |additional |net )?(?:(?P<days>days?|tage?n?"
    r"|jours?|días?|giorni|d)|(?P<weeks>weeks?|wks?|wochen?|semaines?|semanas?|settimane)"
    r"|(?P<months>months?|mths?|mos?|monate?n?s?|mois|meses|mesi)|(?P<years>years?|yrs?|jahre?n?s?|ans?|años?|anni)"
    r"|(?P<quarters>quarters|quartale?n?)|(?P<fortnights>fortnights?))(?![\w²])(?P<half> and a half)?",
    re.IGNORECASE,
)
_LENGTH_ALONE = re.compile(
    r"(?<!\w)(?:(?P<one>a|one|an|eine?[nmrs]?|another) (?P<half>halbe\w* |half )?(?:(?P<weeks>week|woche)|(?P<months>month|monat)s?"
    r"|(?P<years>year|jahr)(?:es)?|(?P<quarters>quarter|quartal)(?! (?:of|past|to|million|mile|cent))|(?P<fortnights>fortnight))"
    r"(?P<more> and a half)?|(?P<halves>half a |ein halbes |halbes )(?:(?P<years2>year|jahr)|(?P<months2>month))"
    r"|(?P<count>ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|\d+-?)(?:(?P<years3>jährig)|(?P<months3>monatig)"
    r"|(?P<weeks3>wöchig)|(?P<days3>tägig))(?:e[nmrs]?)?)(?![\w])",
    re.IGNORECASE,
)
_NET = re.compile(r"(?:\bnet|\bnetto)[ -]$", re.IGNORECASE)
_NET_BEHIND = re.compile(r" ?(?:net|netto)(?!\w)", re.IGNORECASE)
_PARTS = {
    **{"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "sixth": 100 / 6, "seventh": 100 / 7},
    **{"eighth": 12.5, "ninth": 100 / 9, "tenth": 10.0, "twelfth": 100 / 12, "twentieth": 5.0},
    **{"hälfte": 50.0, "drittel": 100 / 3, "viertel": 25.0, "fünftel": 20.0, "sechstel": 100 / 6, "achtel": 12.5},
    "zehntel": 10.0,
}
PARTS = frozenset(_PARTS.values())
LENGTHS_ALONE = (7.0, 14.0, 15.22, 30.44, 45.66, 91.31, 182.6, 365.25, 547.9)
_MANY = {"two": 2, "three": 3, "four": 4, "five": 5, "zwei": 2, "drei": 3, "vier": 4}
_SHARE = re.compile(
    r"(?<!\w)(?:(?P<many>a|an|one|the|two|three|four|five|eine?[mnrs]?|die|zwei|drei|vier)[ -])?(?P<part>"
    + "|".join(_PARTS)
    + r")s?(?!\w)(?! ?(?:past|hour|a million|million|of (?:a million|an hour|the year)|year|inch|stunde|jahr|der stunde|round))",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|some|approx\.?|approximately|circa|ca\.?|more or less|in the region of"
    r"|something (?:like|around|close to)|rund|etwa|ungefähr|zirka|um die|so um|close to|in the order of|of the order of"
    r"|environ|unos|unas|alrededor de|or so|say|plus minus|gut und gern|about a|around an?|the best part of|somewhere around"
    r"|anything around|towards|circa|à peu près|más o menos)|[~≈±])\W{0,3}(?:the |an? |eine?[mnrs]? |of )?$",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"\b(?:(?:just|slightly|a (?:bit|hair|shade|touch|tad|little|fraction)|a little|only just|little|marginally) "
    r"(?:under|below|short of|shy of|less than|beneath|off|south of)|knapp(?: unter)?|almost|nearly|fast|beinahe|not quite|a whisker under"
    r"|kurz (?:vor|unter)|etwas (?:unter|weniger als)|close to|little less than|the low side of|shy of|the wrong side of)"
    r"\W{0,3}(?:the |an? |eine?[mnrs]? )?$",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:(?:just|slightly|a (?:bit|hair|shade|touch|tad|little|fraction)|a little|little|marginally|narrowly) (?:over|above"
    r"|more than|north of|past|beyond)|a good|well over|gut|knapp über|etwas (?:über|mehr als)|gute|guten|kurz über|upwards of"
    r"|north of)\W{0,3}(?:the |an? |eine?[mnrs]? )?$",
    re.IGNORECASE,
)
_ISH = re.compile(r"[ -]?(?:ish|or so|or thereabouts|oder so|more or less|give or take|plus minus|\+/-)(?!\w)", re.IGNORECASE)
_TO = re.compile(r" ?(?:-|to|and|bis|und|or|oder|à|a|y|et|up to) ?", re.IGNORECASE)
# What a number behind them names; the second kind only where no unit and no currency follows.
_NAMES = frozenset(
    """po p.o no nos nr number nummer numbers ref reference ticket drawing zeichnung clause section sec chapter paragraph para
    page pages p pp seite iso din en v ver rev revision release build extension ext phone tel telephone fax mobile postcode zip
    plz iban account konto port code passcode pin serial s/n lot batch charge container figure fig table tabelle appendix annex
    article artikel art item items step question point punkt episode model type typ flight gate tor room raum hall halle dock
    building floor seat bus platform gleis parameter register line zeile position pos centre center kostenstelle machine truck
    lkw channel complaint note windows id size m hotline standard part ra rz msku""".split()
)
_MAY_NAME = frozenset(
    """order orders bestellung auftrag invoice rechnung quotation volume version contract claim confirmation note statement
    regulation law""".split()
)
_LINKS = frozenset("no nr nummer".split())
_NAMED_BY_IS = frozenset("extension ext code passcode pin phone fax hotline port postcode zip account mobile".split())
# "One euro eighty-five": the euro by itself is not what is looked for.
_SPLIT = re.compile(r" ?(?:euros?|eur|€|dollars?|pounds?|francs?|franken) (?:and |und )?[^\W_]", re.IGNORECASE)
_CLOCK_BEHIND = re.compile(r":\d\d|[ ]?(?:uhr|o'clock|[ap]\.?m\b)|h\d\d", re.IGNORECASE)
_AT = re.compile(r"\b(?:at|um|gegen|ab|until|till|bis|from)\s$", re.IGNORECASE)
_DIGITS_BEFORE, _DIGITS_BEHIND = re.compile(r"\d[ /]$|\d:$|\d\.$|[/:]$|\w-$"), re.compile(r"[ /]\d|:\d|#|-\d{3}|/\w")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?!\w)")
_NOUN = re.compile(r"[ -](?!to \w)(?:(?:named|full|more|new|large|small|good|metric|of the|of|big|different|real|active) )?(?P<noun>[^\W\d_]+)")
_NO_NOUNS = frozenset(
    """a about above after again all already also alone always an and any are as at back be because before below between but
    by can could each either else even ever everything flat for from fits get gets has have he here how i if in inclusive is
    it its just less like max maximum me min minimum more most must net never no nor not now of off on once only or our out
    over per plus please right she should since so such than that the their them then there these they this those though till
    to together tomorrow too tops total under unless until up us was we were what when where which while who why will with
    within would yes yet you your including incl excluding ex delivered gross thanks guys works alles als am an auch auf aus bei
    bis das dass dem den der die doch durch ein eine einen es für gehen geht haben hat hätte ich ihr im in inkl insgesamt ist
    je jetzt kann kein mehr mit nach netto nicht noch nur ob oder ohne plus pro sein sein sie sind sollte um und uns unter
    von vor war wäre waren wenn wir wird wären würde zu zum zur brutto exkl aber maximal pauschal""".split()
)


def readings(
    text: str, wanted: Callable[[Figure], bool] = lambda _: True, *, in_words: bool = True, has_parts: bool = True
) -> list[Reading]:
    """Return what the numbers of a sentence may say, in order.

    Numbers that are not `wanted` are passed over, and, to save time, those in words and parts ("a third") where the
    caller knows that there are none.
    """
    found = [one for figure in figures(text, in_words=in_words) if _SPLIT.match(text, figure.end) or wanted(figure) for one in _of_figure(text, figure)]
    if has_parts:
        found += [*_shares(text), *_lengths_alone(text)]
    if not found:
        return found
    named = _IN_CURRENCY.search(text)
    if named:
        said = _ALL_CURRENCIES[named["currency"].lower()]
        found = [replace(one, currency=said) if _is_bare_money(one) else one for one in found]
    found.sort(key=lambda one: (one.start, -one.end))
    return [*found, *_ranges(text, found)] if len(found) > 1 else found


def _is_bare_money(reading: Reading) -> bool:
    return reading.kind is FactKind.AMOUNT and not reading.currency


def _of_figure(text: str, figure: Figure) -> Iterator[Reading]:
    before, end = text[max(0, figure.start - 40) : figure.start], figure.end
    if _names_something(text, before, figure):
        return
    percent = _PERCENT.match(text, end)
    if percent:
        yield _reading(FactKind.PERCENTAGE, figure, figure.value, end=percent.end(), is_marked=True)
        return
    length = _LENGTH.match(text, end)
    if length and not (length["days"] in {"d", "D"} and text[end : end + 1] == " "):
        yield _length(figure, length)
        return
    if (_NET.search(before) or _NET_BEHIND.match(text, end)) and figure.value in {7, 10, 14, 20, 21, 30, 45, 60, 75, 90, 120, 180}:
        yield _reading(FactKind.DURATION, figure, figure.value, unit="days", is_marked=True)
    yield from _money_or_count(text, before, figure)


def _names_something(text: str, before: str, figure: Figure) -> bool:
    """Whether a number is no figure: of an order, a clause, a telephone, a time of day."""
    end = figure.end
    if _CLOCK_BEHIND.match(text, end):
        return True
    if figure.is_word:
        return False
    if _ORDINAL.match(text, end) or (_DIGITS_BEHIND.match(text, end) and not _PER.match(text, end)):
        return True
    if _DIGITS_BEFORE.search(before[-3:]) and not (before[-1:] == "-" and before[-2:-1].isdigit()):
        return True
    if text[figure.start] == "0" and text[figure.start + 1 : figure.start + 2].isdigit():
        return True
    words = before[-32:].rstrip(" .:-").lower().split()
    if not words:
        return False
    last = words[-1] if words[-1] not in _LINKS or len(words) < 2 else words[-2]
    is_said = words[-1] == "is" and len(words) > 1 and _bare(words[-2]) in _NAMED_BY_IS
    if is_said or last[-1] in "#§№+" or _bare(last) in _NAMES or _bare(words[-1]) in _NAMES:
        return not _MONEY_BEHIND.match(text, end)
    is_plain = figure.scale == 1 and not figure.decimals
    return _bare(last) in _MAY_NAME and is_plain and not _unit_behind(text, end)


def _bare(word: str) -> str:
    return word.strip("(\"'.:,#").removesuffix("'s")


def _unit_behind(text: str, end: int) -> bool:
    noun = _NOUN.match(text, end)
    return _MONEY_BEHIND.match(text, end) is not None or (noun is not None and is_known(noun["noun"]))


def _length(figure: Figure, match: re.Match[str]) -> Reading:
    [unit] = [name for name in ("days", "weeks", "months", "years", "quarters", "fortnights") if match[name]]
    value = figure.value + (0.5 if match["half"] else 0.0)
    value, unit = (value * 3, "months") if unit == "quarters" else (value * 2, "weeks") if unit == "fortnights" else (value, unit)
    return _reading(
        FactKind.DURATION, figure, value * LENGTHS[unit], end=match.end(), step=figure.step * LENGTHS[unit], unit=unit, is_marked=True
    )


def _money_or_count(text: str, before: str, figure: Figure) -> Iterator[Reading]:
    ahead, behind = _MONEY_BEFORE.search(before[-12:]), _MONEY_BEHIND.match(text, figure.end)
    if ahead is None and behind is None:
        yield from _unmarked(text, before, figure)
        return
    if behind is not None and behind["cents"]:
        yield _money(text, figure, figure.value / 100, end=behind.end(), step=figure.step / 100)
        return
    either = behind if behind is not None else ahead
    times = _THOUSANDS.get(((behind and behind["times"]) or (ahead and ahead["times"]) or "").lower(), 1.0)
    currency = _ALL_CURRENCIES.get((either["currency"] or "").lower(), "") if either else ""
    start = figure.start - (len(ahead[0]) if ahead else 0)
    end = behind.end() if behind is not None else figure.end
    value, step, end = _with_cents(text, figure.value * times, figure.step * times, end)
    yield _money(text, figure, value, start=start, end=end, step=step, currency=currency)


def _with_cents(text: str, value: float, step: float, end: int) -> tuple[float, float, int]:
    """Read "one euro eighty-five", "7 Euro 50"."""
    if value != int(value) or value >= 1000:
        return value, step, end
    for one in figures(text[end : end + 24])[:1]:
        if text[end : end + one.start] in {" ", " and ", " und "} and 1 <= one.value < 100 and one.value == int(one.value):
            is_last = not re.match(r"[.,]?\d| ?%|[ -][^\W\d_]", text[end + one.end :]) or _PER.match(text, end + one.end)
            if is_last:
                return value + one.value / 100, 0.01, end + one.end
    return value, step, end


def _money(text: str, figure: Figure, value: float, **said: object) -> Reading:
    reading = _reading(FactKind.AMOUNT, figure, value, is_marked=True, **said)
    per = _PER.match(text, reading.end)
    if per is None:
        return reading
    unit = "piece" if per["each"] and "t" not in per["each"].lower()[:1] else unit_class((per["unit"] or per["each"]).split()[-1])
    return replace(reading, unit=unit, end=per.end()) if per["each"] or is_known(per["unit"]) else reading


def _unmarked(text: str, before: str, figure: Figure) -> Iterator[Reading]:
    end = figure.end
    per = _PER.match(text, end)
    if per is not None and (per["each"] or is_known(per["unit"])):
        yield replace(_money(text, figure, figure.value), is_marked=figure.scale > 1 or figure.decimals == 2)
        return
    unit = measured(text, end)
    noun = _NOUN.match(text, end)
    word = noun["noun"] if noun else ""
    if unit and not is_known(unit):
        return
    if is_known(word) or is_known(unit):
        name = unit_class(word if is_known(word) else unit)
        times, name = (1e3, "t") if name == "kt" else (1.0, name)
        stop = noun.end() if noun and is_known(word) else end + len(unit) + 1
        yield _reading(FactKind.QUANTITY, figure, figure.value * times, end=stop, step=figure.step * times, unit=name, is_marked=True)
        return
    is_counted = word and word.lower() not in _NO_NOUNS and (word.endswith("s") or word[0].isupper() or len(word) > 3)
    is_clock = _AT.search(before) is not None and figure.decimals == 2 and figure.value < 24 and figure.value % 1 < 0.6
    yield _reading(FactKind.QUANTITY, figure, figure.value, unit=unit_class(word) if is_counted else "", is_clock=is_clock)
    if not is_counted or figure.scale > 1:
        yield _reading(FactKind.AMOUNT, figure, figure.value, is_marked=figure.scale > 1 and not is_counted, is_clock=is_clock)


def _reading(kind: FactKind, figure: Figure, value: float, **said: object) -> Reading:
    given: dict[str, object] = {
        "start": figure.start,
        "end": figure.end,
        "step": figure.step,
        "digits": figure.digits,
        "decimals": figure.decimals,
        "is_grouped": figure.is_grouped,
        "scale": figure.scale,
    }
    return Reading(kind=kind, low=value, high=value, text=figure.text, **{**given, **said})  # type: ignore[arg-type]


def _shares(text: str) -> Iterator[Reading]:
    for match in _SHARE.finditer(text):
        many = (match["many"] or "").lower()
        if not many and match["part"].lower() not in {"hälfte", "half"}:
            continue
        value = _PARTS[match["part"].lower()] * _MANY.get(many, 1)
        yield Reading(
            kind=FactKind.PERCENTAGE, low=value, high=value, start=match.start(), end=match.end(), step=1.0, digits=1, decimals=0,
            is_marked=True, text=text,
        )  # fmt: skip


def _lengths_alone(text: str) -> Iterator[Reading]:
    for match in _LENGTH_ALONE.finditer(text):
        said = {name.rstrip("23"): True for name, word in match.groupdict().items() if word and name.rstrip("23") in _ALONE}
        [unit] = said
        times, name = _ALONE[unit]
        count = 0.5 if match["half"] or match["halves"] else figures(match["count"].rstrip("-"))[0].value if match["count"] else 1.0
        count += 0.5 if match["more"] else 0.0
        days = count * times * LENGTHS[name]
        yield Reading(
            kind=FactKind.DURATION, low=days, high=days, start=match.start(), end=match.end(), step=days, digits=1, decimals=0,
            unit=name, is_marked=True, text=text,
        )  # fmt: skip


_ALONE = {
    "days": (1, "days"),
    "weeks": (1, "weeks"),
    "fortnights": (2, "weeks"),
    "months": (1, "months"),
    "quarters": (3, "months"),
    "years": (1, "years"),
}


def hedge_of(reading: Reading) -> Hedge:
    """Return how exactly a number is meant, by the words around it."""
    if reading.is_range:
        return Hedge.BETWEEN
    before = reading.text[max(0, reading.start - 40) : reading.start]
    for hedge, wording in ((Hedge.UNDER, _UNDER), (Hedge.OVER, _OVER), (Hedge.ABOUT, _ABOUT)):
        if wording.search(before):
            return hedge
    return Hedge.ABOUT if _ISH.match(reading.text, reading.end) else Hedge.PLAIN


def _ranges(text: str, found: list[Reading]) -> Iterator[Reading]:
    """Join "1.9-2.1M", "between 600 and 660 euros": the first has scale, currency and unit of the second."""
    for place, one in enumerate(found):
        for other in found[place + 1 : place + 6]:
            if other.start < one.end or not _TO.fullmatch(text, one.end, other.start) or not other.is_marked:
                continue
            times = other.scale if one.scale == 1 and one.kind is not FactKind.DURATION else 1.0
            if other.kind is FactKind.DURATION and one.kind is FactKind.QUANTITY:
                times = LENGTHS[other.unit]
            low = one.low * times
            if other.kind in {one.kind, *_OPEN.get(one.kind, ())} and low < other.high <= 3 * low:
                yield replace(other, low=low, start=one.start, is_range=True)


# What a number without a unit may turn out to be.
_OPEN: dict[FactKind, Iterable[FactKind]] = {
    FactKind.QUANTITY: (FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.DURATION),
    FactKind.AMOUNT: (FactKind.PERCENTAGE,),
}
