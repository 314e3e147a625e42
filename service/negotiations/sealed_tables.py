"""Sealed facts and rates as tables of negotiations.toml. No error tells a value: it would end up in a log."""

import re
from typing import Any

from messages import FactKind, SealedFact
from service.negotiations.facts import FactError, checked_fact
from service.negotiations.tables import Table

KEYS = frozenset({"id", "kind", "value", "currency", "unit", "quantity", "date", "from", "to", "words", "tolerance"})
_CURRENCY = re.compile(r"[A-Z]{3}")
_MOST = 1e9


def sealed_facts(table: Table) -> tuple[SealedFact, ...]:
    """Read the `[[negotiation.sealed]]` of a negotiation; who has no `id` is called by its place, from 1.

    Raises ConfigurationError that names table and key.
    """
    found = [_fact(one, number) for number, one in enumerate(table.tables("sealed"), start=1)]
    ids = [one.id for one in found]
    if len(set(ids)) < len(ids):
        raise table.wrong("sealed", "has two facts of the same id")
    return tuple(found)


def rates(table: Table) -> dict[str, float]:
    """Read `[rates]`: how many of a currency are one euro."""
    data = table.data.get("rates", {})
    if not isinstance(data, dict):
        raise table.wrong("rates", "must be a table such as USD = 1.08")
    for key, value in data.items():
        if not _CURRENCY.fullmatch(key):
            raise table.wrong("rates", "has a key that is not three letters such as USD")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < _MOST:
            raise table.wrong(f"rates, {key}", "must be how many of it are one euro")
    return {key: float(value) for key, value in data.items()}


def _fact(table: Table, number: int) -> SealedFact:
    table.check_keys(KEYS)
    given = {key: value for key, value in table.data.items() if key not in {"id", "date", "from", "to"}}
    given |= _days(table)
    if given.get("kind") == FactKind.AMOUNT:
        given.setdefault("currency", "EUR")
    try:
        return checked_fact(given, id=table.text("id", "") or str(number))
    except FactError as error:
        field, why = _called(table, error.field), str(error).removeprefix(f"{error.field} ")
    # Raised outside the handler, so that no trace shows what was read.
    raise table.wrong(field, why)


def _days(table: Table) -> dict[str, Any]:
    one, first, last = table.day("date"), table.day("from"), table.day("to")
    if one is not None and (first or last):
        raise table.wrong("date", "is one day; from and to are several")
    if first is None and last is not None:
        raise table.wrong("from", "is needed where to is given")
    return {key: day for key, day in (("first", one or first), ("last", one or last)) if day}


def _called(table: Table, field: str) -> str:
    """Return what a field of a fact is called here."""
    if field == "first":
        return "from" if "from" in table.data else "date"
    return {"last": "to"}.get(field, field)
