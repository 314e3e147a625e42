"""What a fact of a plan may say: checked where it is written, by whatever way it comes.

An error names the field and what it should be, never what it holds.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from messages import FactKind, SealedFact
from service.errors import BadRequestError

LONGEST_WORDS = 200
MOST_WORDS = 20
DURATIONS = ("days", "weeks", "months", "years")

_FIELDS: Mapping[FactKind, tuple[str, ...]] = {
    FactKind.AMOUNT: ("value", "currency", "unit", "quantity"),
    FactKind.PERCENTAGE: ("value",),
    FactKind.DATE: ("first", "last"),
    FactKind.DURATION: ("value", "unit"),
    FactKind.QUANTITY: ("value", "unit"),
    FactKind.NAME: (),
    FactKind.PHRASE: (),
}
_EVERYWHERE = frozenset({"kind", "words", "tolerance"})
_NAMES = frozenset({"kind", "value", "currency", "unit", "quantity", "first", "last", "words", "tolerance"})
_CURRENCY = re.compile(r"[A-Z]{3}")
_LARGEST = 1e15
_WIDEST = 0.5
Read = TypeVar("Read")


class FactError(BadRequestError):
    """A field of a fact can't be used. `field` names it; what it holds is not repeated."""

    def __init__(self, field: str, why: str) -> None:
        self.field = field
        super().__init__(f"{field} {why}")


def checked_fact(data: Mapping[str, Any], *, id: str = "") -> SealedFact:  # noqa: A002 - the record's name
    """Make a fact of its fields; empty ones count as not given. Raises FactError."""
    given = {key: value for key, value in data.items() if value not in (None, "", (), [])}
    if not given.keys() <= _NAMES:
        raise FactError("the fact", f"has fields beside {', '.join(sorted(_NAMES))}")
    kind = _kind(given)
    for name in sorted(given.keys() - _EVERYWHERE - set(_FIELDS[kind])):
        raise FactError(name, f"does not belong to a fact of kind {kind}")
    first, last = _days(given, kind)
    words = _words(given)
    if kind in {FactKind.NAME, FactKind.PHRASE} and not words:
        raise FactError("words", f"are needed: the spellings of the {kind}")
    return SealedFact(
        id=id,
        kind=kind,
        value=_value(given, kind),
        currency=_currency(given, kind),
        unit=_unit(given, kind),
        quantity=_number(given, "quantity"),
        first=first,
        last=last,
        words=words,
        tolerance=_tolerance(given),
    )


def fact_fields(fact: SealedFact) -> dict[str, Any]:
    """Write a fact as the fields that `checked_fact` reads, without its id; days as ISO text."""
    fields: dict[str, Any] = {
        "kind": fact.kind.value,
        "value": fact.value,
        "currency": fact.currency,
        "unit": fact.unit,
        "quantity": fact.quantity,
        "first": fact.first.isoformat() if fact.first else None,
        "last": fact.last.isoformat() if fact.last else None,
        "words": list(fact.words),
        "tolerance": fact.tolerance,
    }
    return {key: value for key, value in fields.items() if value not in (None, "", [])}


def _kind(given: Mapping[str, Any]) -> FactKind:
    return _settled("kind", f"must be one of {', '.join(FactKind)}", lambda: FactKind(given.get("kind", "")))


def _value(given: Mapping[str, Any], kind: FactKind) -> float | None:
    if "value" not in _FIELDS[kind]:
        return None
    value = _number(given, "value")
    if value is None:
        raise FactError("value", f"is needed: the number of the {kind}")
    return value


def _number(given: Mapping[str, Any], name: str) -> float | None:
    value = given.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < _LARGEST:
        raise FactError(name, "must be a number above nought")
    return float(value)


def _tolerance(given: Mapping[str, Any]) -> float:
    value = given.get("tolerance", SealedFact(id="", kind=FactKind.NAME).tolerance)
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not number or not 0 <= value <= _WIDEST:
        raise FactError("tolerance", f"must be a share from 0 to {_WIDEST}")
    return float(value)


def _currency(given: Mapping[str, Any], kind: FactKind) -> str:
    if kind is not FactKind.AMOUNT:
        return ""
    text = _text(given, "currency").upper()
    if not _CURRENCY.fullmatch(text):
        raise FactError("currency", "must be three letters such as EUR")
    return text


def _unit(given: Mapping[str, Any], kind: FactKind) -> str:
    text = _text(given, "unit")
    if kind is FactKind.DURATION and text not in DURATIONS:
        raise FactError("unit", f"must be one of {', '.join(DURATIONS)}")
    return text


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_WORDS or "\x00" in value:
        raise FactError(name, f"must be a text of at most {LONGEST_WORDS} characters")
    return " ".join(value.split())


def _words(given: Mapping[str, Any]) -> tuple[str, ...]:
    value = given.get("words", ())
    if not isinstance(value, list | tuple) or len(value) > MOST_WORDS:
        raise FactError("words", f"must be a list of at most {MOST_WORDS} texts")
    texts = (_text({"words": one}, "words") for one in value)
    return tuple(dict.fromkeys(one for one in texts if one))


def _days(given: Mapping[str, Any], kind: FactKind) -> tuple[date | None, date | None]:
    if kind is not FactKind.DATE:
        return None, None
    first, last = _day(given, "first"), _day(given, "last")
    if first is None:
        raise FactError("first", "is needed: the day, or the first of several")
    if last is not None and last < first:
        raise FactError("last", "lies before the first day")
    return first, last or first


def _day(given: Mapping[str, Any], name: str) -> date | None:
    value = given.get(name)
    if value is None or type(value) is date:
        return value
    return _settled(name, "must be a day such as 2026-03-31", lambda: date.fromisoformat(value))


def _settled(name: str, why: str, read: Callable[[], Read]) -> Read:
    try:
        return read()
    except (ValueError, TypeError):
        pass
    # Raised outside the handler: the error that it caught quotes the value, and a trace would show both.
    raise FactError(name, why)
