"""What the numbers of a sentence say: money, shares, lengths of time, counts of things.

Numbers that only name something (orders, clauses, telephones, versions, rooms), times of day and measurements say none
of these.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from detectors.figures import Figure, figures
from detectors.lengths import LENGTHS, joined_at, length_at, net_days, without_numbers
from detectors.money import currency_named, is_split, money_at, sum_of, unit_at
from detectors.naming import names_something
from detectors.said import Reading, read_as
from detectors.spoken import in_usual_letters
from detectors.units import A_YEAR, TIMES, is_known, measured, unit_class
from messages import FactKind

_PERCENT = re.compile(
    r" ?(?:(?P<mille>‰|per ?mill?e(?!\w)|promille\w*|v\. ?t\.)"
    r"|[ -]?(?P<points>basis[ -]?points?|bps?(?!\w)|basispunkte\w*)"
    r"|%|per ?cent(?!\w)|pct|percentage points?|prozent\w*|v\. ?h\.|pour cent|por ciento|per cento"
    r"|points?(?!\w)|pp(?!\w))",
    re.IGNORECASE,
)
# "Two percent (2.25)" tells the same again, more exactly.
_PERCENT_AHEAD = re.compile(r"(?:%|per ?cent|pct|prozent) \($", re.IGNORECASE)
# "At 85 percent of the old one" is 15 percent less.
_OF_THE_OLD = re.compile(
    r" (?:of|von|vom|des|der) (?:the |what |our |your |today|dem |den )?(?:\w+ )?"
    r"(?:old|current|present|previous|last|today|we pay|we have|is now|existing|original|former"
    r"|list|catalogue|listenpreis\w*|liste"
    r"|alten?|heutigen?"
    r"|jetzigen?|bisherigen?|aktuellen?|letzten|vorherigen)(?!\w)",
    re.IGNORECASE,
)
# "0.0275" is how a sheet writes 2.75 %.
_AS_SHARE = re.compile(r"0?[.,]\d{2,5}(?!\d| ?[^\W\d_]| ?[€$£/%])")
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre|tra) $", re.IGNORECASE)
_TO = re.compile(r" ?(?:-|to|and|bis|und|or|oder|à|a|y|et|up to) ?", re.IGNORECASE)
_AT = re.compile(r"\b(?:at|um|gegen|ab|until|till|bis|from)\s$", re.IGNORECASE)
# "From 8 to 14" are hours.
_FROM_HOUR = re.compile(r"\b(?:from|von|between|zwischen) \d{1,2} ?(?:to|till|until|bis|and|und|-) ?$", re.IGNORECASE)
_NOUN = re.compile(
    r"[ -](?!to \w)(?:(?:named|full|more|new|large|small|good|metric|of (?:the|your|our|these|them)|of|big|different"
    r"|real|active) )?(?P<noun>(?:kilo|mega|giga)watt[ -]hours?|[^\W\d_]+[²2³3]?)(?!\w)(?: (?P<next>[^\W\d_]+))?"
)
_NO_NOUNS = """
a about above after again all already also alone always an and any are as at back be because before below between
but by can could each either else even ever everything flat for from fits get gets has have he here how i if in
inclusive is it its just less like max maximum me min minimum more most must net never no nor not now of off on once
only or our out over per plus please right she should since so such than that the their them then there these they
this those though till to together tomorrow too tops total under unless until up us was we were what when where
which while who why will with within would yes yet you your including incl excluding ex delivered gross thanks guys
works alles als am an auch auf aus bei bis das dass dem den der die doch durch ein eine einen es für gehen geht
haben hat hätte ich ihr im in inkl insgesamt ist je jetzt kann kein mehr mit nach netto nicht noch nur ob oder ohne
plus pro sein sie sind sollte um und uns unter von vor war wäre waren wenn wir wird wären würde zu zum zur brutto
exkl aber maximal pauschal
"""
_NOT_COUNTED = frozenset(_NO_NOUNS.split())
# "980 person-days", "120 consultant hours".
_OF_WORK = re.compile(
    r"[ -](?:(?:person|man|people|consult(?:ant|ing)|engineer(?:ing)?|work(?:ing)?|project|billable|machine)[ -]"
    r"(?P<unit>days?|hours?)|(?:personen|mann|berater|arbeits|projekt|ingenieur)(?P<unit2>tage?n?|stunden))(?!\w)",
    re.IGNORECASE,
)
_LONGEST_BEFORE = 40
# In which part of the year things are counted again and again.
_PERIOD = re.compile(
    r"(?:(?<!half )(?<!within )(?<!for )(?<!once )(?<!twice )"
    r"\b(?:an?|per|each|every|pro|im|je|jede[nsr]?|in der)[ ]|/[ ]?)"
    r"(?P<unit>year|annum|month|week|quarter|jahr|monat|woche|quartal)(?!\w| ago| later| earlier| before| from)"
    r"|\b(?P<each>yearly|annually|monthly|weekly|quarterly|jährlich|monatlich|wöchentlich|vierteljährlich)(?:e[nrs]?)?\b",
    re.IGNORECASE,
)
_IN_PERIODS = ("onth", "eek", "uarter", "year", "early", "nnu", "onat", "oche", "ahr", "ähr", "öch")
_PERIOD_BEHIND, _PERIOD_BEFORE = 32, 24
_COUNTED_BY = frozenset({FactKind.QUANTITY, FactKind.AMOUNT})
# What a number without a unit may turn out to be.
_OPEN: Mapping[FactKind, frozenset[FactKind]] = {
    FactKind.QUANTITY: frozenset({FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.DURATION}),
    FactKind.AMOUNT: frozenset({FactKind.PERCENTAGE}),
}
_MOST_IN_A_RANGE, _TWICE_THE_WHOLE = 5, 200


def readings(
    text: str,
    wanted: Callable[[Figure], bool] = lambda _: True,
    *,
    in_digits: bool = True,
    in_words: bool = True,
    has_parts: bool = True,
) -> list[Reading]:
    """Return what the numbers of a sentence may say, in order.

    Numbers that are not `wanted` are passed over, and, to save time, those in digits, in words and parts ("a third")
    where the caller knows that there are none.
    """
    text = in_usual_letters(text)
    said = figures(text, in_words=in_words) if in_digits or in_words else []
    looked_at = (one for one in said if is_split(text, one.end) or wanted(one))
    found = [one for figure in looked_at for one in _of_figure(text, figure)]
    if has_parts:
        found += without_numbers(text)
    named = currency_named(text) if found else ""
    if named:
        found = [replace(one, currency=named) if _is_bare_money(one) else one for one in found]
    if any(one in text for one in _IN_PERIODS) and any(one.kind in _COUNTED_BY for one in found):
        found = [replace(one, period=_period_of(one)) if one.kind in _COUNTED_BY else one for one in found]
    found.sort(key=lambda one: (one.start, -one.end))
    return [*found, *_ranges(text, found)] if len(found) > 1 else found


def _period_of(one: Reading) -> str:
    """Return the part of the year that things are counted for: "2,200 scans a month", "each week some 500"."""
    if one.unit in TIMES:
        return ""
    behind = _PERIOD.search(one.text[one.end : one.end + _PERIOD_BEHIND].partition(",")[0])
    match = behind or _PERIOD.search(one.text[max(0, one.start - _PERIOD_BEFORE) : one.start])
    named = unit_class(match["unit"] or match["each"]) if match else ""
    return named if named in A_YEAR else ""


def _is_bare_money(reading: Reading) -> bool:
    return reading.kind is FactKind.AMOUNT and not reading.currency


def _of_figure(text: str, figure: Figure) -> Iterable[Reading]:
    before = text[max(0, figure.start - _LONGEST_BEFORE) : figure.start]
    percent = _PERCENT.match(text, figure.end)
    if before.endswith((" -", " −")) or (not percent and names_something(text, before, figure)):
        return ()
    if percent:
        by = 10 if percent["mille"] else 100 if percent["points"] else 1
        share, step = figure.value / by, figure.step / by
        said = read_as(FactKind.PERCENTAGE, figure, share, end=percent.end(), step=step, is_marked=True)
        off, is_of_old = abs(100 - share), _OF_THE_OLD.match(text, percent.end())
        return (said, replace(said, low=off, high=off)) if is_of_old and share and off else (said,)
    if before.endswith("(") and text.startswith(")", figure.end) and _PERCENT_AHEAD.search(before):
        return (read_as(FactKind.PERCENTAGE, figure, figure.value, is_marked=True),)
    length = length_at(text, figure)
    if length is not None:
        # "980 days" may be of work, too.
        counted = (_counted(figure, "days", length.end),) if length.unit == "days" else ()
        return (length, *counted, *joined_at(length))
    certain = money_at(text, before, figure)
    if certain is not None:
        return (certain,)
    net = net_days(text, before, figure)
    return (*(() if net is None else (net,)), *_unmarked(text, before, figure))


def _unmarked(text: str, before: str, figure: Figure) -> Iterator[Reading]:
    """Read a number without a currency: "640 a tonne", "650 named users", "12"."""
    per = unit_at(text, figure.end)[0]
    if per:
        yield replace(sum_of(text, figure, figure.value), is_marked=figure.scale > 1 or figure.decimals == 2)
        if per in TIMES:
            yield read_as(FactKind.QUANTITY, figure, figure.value)
        return
    unit, noun = measured(text, figure.end), _NOUN.match(text, figure.end)
    word = noun["noun"] if noun else ""
    of_work = _OF_WORK.match(text, figure.end)
    if of_work:
        yield _counted(figure, of_work["unit"] or of_work["unit2"], of_work.end())
    elif is_known(word) or is_known(unit):
        end = noun.end("noun") if noun and is_known(word) else figure.end
        yield _counted(figure, word if is_known(word) else unit, end)
    elif not unit:
        yield from _bare(before, figure, word, (noun and noun["next"]) or "")


def _counted(figure: Figure, unit: str, end: int) -> Reading:
    """Read a number of known things; a thousand tonnes are tonnes."""
    name = unit_class(unit)
    times, name = (1e3, "t") if name == "kt" else (1.0, name)
    return read_as(
        FactKind.QUANTITY, figure, figure.value * times, end=end, step=figure.step * times, unit=name, is_marked=True
    )


def _bare(before: str, figure: Figure, word: str, following: str) -> Iterator[Reading]:
    """Read a number that no known unit follows: of things ("load cycles"), or of money."""
    is_noun = word.lower() not in _NOT_COUNTED and (word.endswith("s") or word[:1].isupper() or len(word) > 3)
    is_clock = _AT.search(before) is not None and figure.decimals == 2 and figure.value < 24 and figure.value % 1 < 0.6
    is_clock = is_clock or (figure.value <= 24 and _FROM_HOUR.search(before) is not None)
    unit = unit_class(word) if is_noun else ""
    if figure.value < 1 and not figure.is_word and _AS_SHARE.match(figure.text, figure.start):
        yield read_as(FactKind.PERCENTAGE, figure, 100 * figure.value, step=100 * figure.step)
    yield read_as(FactKind.QUANTITY, figure, figure.value, unit=unit, is_clock=is_clock)
    if not is_noun or figure.scale > 1 or figure.decimals == 2:
        is_of_things = is_noun and (word.endswith("s") or (following.endswith("s") and following not in _NOT_COUNTED))
        is_marked = figure.scale > 1 and not is_of_things
        yield read_as(FactKind.AMOUNT, figure, figure.value, is_marked=is_marked, is_clock=is_clock)


def _ranges(text: str, found: list[Reading]) -> Iterator[Reading]:
    """Join "1.9-2.1M", "between 600 and 660 euros": the first has scale, currency and unit of the second."""
    for place, one in enumerate(found):
        for other in found[place + 1 : place + 1 + _MOST_IN_A_RANGE]:
            if other.start < one.end or not _TO.fullmatch(text, one.end, other.start):
                continue
            if not other.is_marked and not _BETWEEN.search(text, 0, one.start):
                continue
            times = LENGTHS[other.unit] if other.kind is FactKind.DURATION else other.scale if one.scale == 1 else 1.0
            low = one.low * (times if one.kind is not FactKind.DURATION else 1.0)
            if low + other.high == _TWICE_THE_WHOLE and other.kind is FactKind.PERCENTAGE and other.is_marked:
                # "Between 92 and 108 percent" is 8 percent to either side.
                half = (other.high - low) / 2
                yield replace(other, low=half, high=half, start=one.start)
            if other.kind in {one.kind, *_OPEN.get(one.kind, ())} and low < other.high <= 3 * low:
                yield replace(other, low=low, start=one.start, is_range=True)
