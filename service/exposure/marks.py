"""By what the same thing told again is known: figures written alike, words cut to their stems, the filling left out.

What is compared is never stored: a mark is a keyed hash.
"""

import re
import uuid
from collections.abc import Iterator

from detectors.figures import figures
from detectors.finding import Label
from messages.fold import fold
from service.crypto import Keys
from service.exposure.models import EntryKind

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_DAY_MONTH = re.compile(r"\b(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?(?: of)? (?P<month>[a-z]{3,9})\b")
_MONTH_DAY = re.compile(r"\b(?P<month>[a-z]{3,9})\.? (?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?![.,]?\d)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ENDINGS = re.compile(r"(?<=\w{3})(?:ings?|ed|es|s|e|en|n)$")
_FILLING = """
    a aber about actually after again all already als also am an and any anyway are around as at auch auf aus be
    been before bei being between bin bis but by can chf could currently das dass dem den der des did die dies
    do doch does dollar dollars done ein eine einen einer es eur euro euros for frankly from für gbp get give go
    got hab habe haben had has hat have he hear heard hello her here hi him his honest honestly hope how i ich
    if ihm ihr im in into is ist it its ja just kann kind kindly know let like ll mal may me might mit more most
    much must my nach nd nicht no noch not now nur oder of off ok on one only or our out over please pound
    pounds quite rather rd really right roughly say see she should sich sie simply sind so some st still sure
    tell th than that the their them then there these they thing think this those to today told too und uns
    unser unsere up us usd ve very vom von vor want war was we well wenn were what when where which while who
    wie will wir wird with would yes yet you your zu zum zur
"""
_FILLERS = frozenset(_WORD.findall(_FILLING))
# What is said with these figures is the same thing, in whatever words.
_BY_FIGURE = frozenset({Label.BUDGET.value, Label.COMMITMENT.value})


def mark_of(keys: Keys, *, negotiation: uuid.UUID | None, kind: EntryKind, label: str, topic: str, thing: str) -> bytes:
    """Hash what makes an entry of a counterparty the same: which matter, which kind, about what, and the thing itself.

    The counterparty's name is not in it: it may change.
    """
    parts = (str(negotiation or ""), kind.value, label, topic, thing)
    return keys.digest("exposure", "\n".join(part.replace("\n", " ") for part in parts))


def thing_of(label: str, words: str) -> str:
    """Write what was said so that the same thing in other dress comes out alike.

    An amount that is our budget is the same whatever stands around it; a value of a part is not, nor is a date.
    """
    text = " ".join(fold(words).text.casefold().split())
    days = list(_days(text))
    for start, end, _ in days:
        text = text[:start] + " " * (end - start) + text[end:]
    numbers: dict[int, tuple[float, int]] = {}
    for one in figures(text):
        # "1.284" may be read in two ways: one of them, always the same.
        if not (one.is_word and one.value == 1):
            numbers[one.start] = max(numbers.get(one.start, (0.0, 0)), (one.value, one.end))
    said = sorted({day for _, _, day in days} | {f"{value:.10g}" for value, _ in numbers.values()})
    if said and label in _BY_FIGURE:
        return " ".join(said)
    for start, (_, end) in numbers.items():
        text = text[:start] + " " * (end - start) + text[end:]
    return " ".join([*said, *sorted(set(_stems(text)))])


def _days(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield days of the year, each written in one way, with their places."""
    taken = set[int]()
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        for match in pattern.finditer(text):
            month = _MONTHS.get(match["month"][:3])
            if month is not None and match.start("day") not in taken:
                taken.add(match.start("day"))
                yield match.start(), match.end(), f"{month:02}-{int(match['day']):02}"


def _stems(text: str) -> Iterator[str]:
    """Yield the words that say something, without their endings."""
    for match in _WORD.finditer(text):
        if match[0] not in _FILLERS:
            yield _ENDINGS.sub("", match[0])
