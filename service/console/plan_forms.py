"""The forms of a plan's entries: which fields each kind has, and how what is typed is read.

A form goes by POST alone and comes back on the page itself: no value is ever in an address or a cookie.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from messages import FactKind, SealedFact
from service.console.times import day_of
from service.console.words import Word
from service.negotiations.facts import DURATIONS, FactError, checked_fact
from service.negotiations.plan import EntryRole, PlanEntry

STRATEGY = "strategy"

ROLES: Mapping[str, Word] = MappingProxyType(
    {
        EntryRole.TARGET: Word(title="Target", meaning="What we want to reach."),
        EntryRole.WALK_AWAY: Word(title="Walk-away", meaning="Beyond this we leave the table."),
        EntryRole.LIMIT: Word(title="Limit", meaning="What was agreed beforehand as the most, or the least."),
        EntryRole.ALTERNATIVE: Word(title="Alternative", meaning="What we do if there is no agreement."),
        EntryRole.DEADLINE: Word(title="Deadline", meaning="By when we have to have it."),
        EntryRole.STRATEGY: Word(title="Strategy", meaning="How we go about it. A note, which is not looked for."),
        EntryRole.OTHER: Word(title="Other", meaning="Anything else that they must not learn."),
    }
)
KINDS: Mapping[str, Word] = MappingProxyType(
    {
        FactKind.AMOUNT: Word(title="Amount", meaning="Money: a total, or the price of one."),
        FactKind.PERCENTAGE: Word(title="Percentage", meaning="A discount, an increase, a share."),
        FactKind.DATE: Word(title="Date", meaning="A day, or the days from one to another."),
        FactKind.DURATION: Word(title="Duration", meaning="How long: days, weeks, months or years."),
        FactKind.QUANTITY: Word(title="Quantity", meaning="A number of things."),
        FactKind.NAME: Word(title="Name", meaning="A firm, person, project or product."),
        FactKind.PHRASE: Word(title="Phrase", meaning="Words that give it away as they stand."),
        STRATEGY: Word(title="Strategy note", meaning="Free text for the team. It is not looked for."),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form. `choices` make it a list to choose from; `lines` a box of so many lines."""

    name: str
    title: str
    hint: str = ""
    type: str = "text"
    needed: bool = False
    choices: tuple[str, ...] = ()
    lines: int = 0


_ABOUT = Field(name="words", title="Words of what it is about", hint="Optional, one a line: “unit price”.", lines=2)
_SPELLINGS = Field(name="words", title="Spellings", hint="One a line.", lines=3, needed=True)
_VALUE = Field(name="value", title="Value", hint="Such as 7.50 or 7,50.", needed=True)
FIELDS: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {
        FactKind.AMOUNT: (
            _VALUE,
            Field(name="currency", title="Currency", hint="Three letters.", needed=True),
            Field(name="unit", title="Price per", hint="Piece, kg, hour; empty for a total."),
            Field(name="quantity", title="Quantity", hint="If known: the total is looked for, too."),
            _ABOUT,
        ),
        FactKind.PERCENTAGE: (_VALUE, _ABOUT),
        FactKind.DATE: (
            Field(name="first", title="Day, or the first", type="date", needed=True),
            Field(name="last", title="Last day", hint="If there are several.", type="date"),
            _ABOUT,
        ),
        FactKind.DURATION: (_VALUE, Field(name="unit", title="Unit", choices=DURATIONS, needed=True), _ABOUT),
        FactKind.QUANTITY: (_VALUE, Field(name="unit", title="Of what", hint="Optional: pieces, tons."), _ABOUT),
        FactKind.NAME: (_SPELLINGS,),
        FactKind.PHRASE: (_SPELLINGS,),
        STRATEGY: (),
    }
)
_ROUNDED = frozenset({FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.DURATION, FactKind.QUANTITY})
_TOLERANCE = Field(name="tolerance", title="Tolerance in %", hint="How far a rounded figure may lie off.")
_NUMBERS = frozenset({"value", "quantity"})
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_SPACES = re.compile(r"[\s'’\u00a0\u202f]")


def fields_for(kind: str) -> Sequence[Field]:
    """Return the fields of a kind's form, besides role, title and note."""
    return (*FIELDS[kind], _TOLERANCE) if kind in _ROUNDED else FIELDS[kind]


def roles_for(kind: str) -> list[str]:
    """Return the roles that an entry of a kind can have."""
    return [EntryRole.STRATEGY] if kind == STRATEGY else [one for one in ROLES if one != EntryRole.STRATEGY]


def read_entry(kind: str, typed: Mapping[str, str]) -> PlanEntry:
    """Read an entry from a form. Raises FactError, which names the field and never what was typed."""
    if kind not in KINDS:
        raise FactError("kind", f"must be one of {', '.join(KINDS)}")
    role = typed.get("role", "")
    if role not in roles_for(kind):
        raise FactError("role", f"must be one of {', '.join(roles_for(kind))}")
    title, note = typed.get("title", ""), typed.get("note", "")
    if kind == STRATEGY:
        return PlanEntry(role=EntryRole.STRATEGY, title=title, note=note)
    given: dict[str, Any] = {"kind": kind}
    for one in fields_for(kind):
        text = typed.get(one.name, "").strip()
        if text:
            given[one.name] = _read(one.name, text)
    return PlanEntry(role=EntryRole(role), title=title, note=note, fact=checked_fact(given))


def typed_of(entry: PlanEntry) -> tuple[str, dict[str, str]]:
    """Return an entry's kind, and what stands in its form's fields."""
    typed = {"role": entry.role.value, "title": entry.title, "note": entry.note}
    if entry.fact is None:
        return STRATEGY, typed
    return entry.fact.kind.value, typed | _typed_fact(entry.fact)


def shown(fact: SealedFact) -> str:
    """Say a fact in a line, to a holder."""
    if fact.kind in {FactKind.NAME, FactKind.PHRASE}:
        return " · ".join(fact.words)
    if fact.kind is FactKind.DATE:
        days = [day_of(day) for day in (fact.first, fact.last) if day is not None]
        return " to ".join(dict.fromkeys(days))
    value = _figure(fact.value)
    if fact.kind is FactKind.PERCENTAGE:
        return f"{value} %"
    if fact.kind is FactKind.AMOUNT:
        each = f" per {fact.unit}" if fact.unit else ""
        many = f", {_figure(fact.quantity)} of them" if fact.quantity is not None else ""
        return f"{fact.currency} {value}{each}{many}"
    return f"{value} {fact.unit}".strip()


def _typed_fact(fact: SealedFact) -> dict[str, str]:
    return {
        "value": _plain(fact.value),
        "currency": fact.currency,
        "unit": fact.unit,
        "quantity": _plain(fact.quantity),
        "first": fact.first.isoformat() if fact.first else "",
        "last": fact.last.isoformat() if fact.last and fact.last != fact.first else "",
        "words": "\n".join(fact.words),
        "tolerance": _plain(round(fact.tolerance * 100, 6)),
    }


def _read(name: str, text: str) -> object:
    if name in _NUMBERS:
        return read_number(name, text)
    if name == "tolerance":
        return read_number(name, text.removesuffix("%")) / 100
    if name == "words":
        return [line.strip() for line in text.splitlines() if line.strip()]
    return text


def read_number(name: str, text: str) -> float:
    """Read a number as people write it: 7.50, 7,50, 1.250.000, 1 250 000,00. Raises FactError.

    What can be read in two ways, such as 7,500, is not guessed.
    """
    bare = _SPACES.sub("", text)
    marks = [one for one in bare if one in ".,"]
    if len(set(marks)) == 2:
        decimal = max(".", ",", key=bare.rfind)
        whole, _, rest = bare.rpartition(decimal)
        bare = _ungrouped(name, whole) + "." + rest
    elif len(marks) > 1:
        bare = _ungrouped(name, bare)
    elif marks:
        whole, _, rest = bare.partition(marks[0])
        if len(rest) == 3 and whole.strip("0"):
            raise FactError(
                name, "can be read in two ways: write it without a sign between the thousands, or with one more decimal"
            )
        bare = f"{whole or '0'}.{rest}"
    if not _PLAIN.fullmatch(bare) or not bare.isascii():
        raise FactError(name, "must be a number such as 7.50 or 7,50")
    return float(bare)


def _ungrouped(name: str, text: str) -> str:
    first, *groups = re.split(r"[.,]", text)
    if not 1 <= len(first) <= 3 or any(len(one) != 3 for one in groups):
        raise FactError(name, "must be a number such as 7.50 or 7,50")
    return "".join((first, *groups))


def unmistakable(text: str) -> str:
    """Write a plain number so that it is read again as it is: `7.125` could be thousands, `7.1250` could not."""
    whole, _, rest = text.partition(".")
    return f"{text}0" if len(rest) == 3 and whole.strip("0") else text


def _plain(value: float | None) -> str:
    return "" if value is None else unmistakable(f"{value:.6f}".rstrip("0").rstrip("."))


def _figure(value: float | None) -> str:
    return f"{value or 0:,.6f}".rstrip("0").rstrip(".")
