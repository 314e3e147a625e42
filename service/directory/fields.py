"""People and counterparties as plain values: what of them can change, how it is read, and when two are the same."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from messages import Counterparty, CounterpartyKind, Period, Person, PersonKind, normal_domain
from service.errors import BadRequestError

Values = Mapping[str, Any]

# What somebody, or a firm, has of whom nothing is said.
NEW_PERSON: dict[str, Any] = {
    "name": "",
    "role": "",
    "department": "",
    "manager": "",
    "slack_id": "",
    "aliases": [],
    "kind": PersonKind.PERSON.value,
    "members": [],
    "away": [],
    "deputy": "",
    "active": True,
}
NEW_PARTY: dict[str, Any] = {
    "kind": CounterpartyKind.SUPPLIER.value,
    "domains": [],
    "slack_team": "",
    "owner": "",
    "people": [],
    "primary_contact": "",
    "resellers": [],
}

_LONGEST, _LONGEST_ADDRESS, _MOST = 300, 320, 1000
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_DOMAIN = re.compile(r"[^\s@]{1,253}")


class Subject(StrEnum):
    """What a change is about."""

    PERSON = "person"
    COUNTERPARTY = "counterparty"
    GROUP = "group"


class FieldError(BadRequestError):
    """A field has a value that it can't have."""


def cleaned_person(values: Values) -> dict[str, Any]:
    """Return what is said of somebody as it is stored; a field that is left out stays out. Raises FieldError.

    `aliases` and `members` are lists or texts of addresses, `away` is periods, their pairs of ISO days, or a text such
    as `2026-03-01..2026-03-15; 2026-04-01`.
    """
    readers: dict[str, Callable[[str, Any], Any]] = {
        **dict.fromkeys(("name", "role", "department", "slack_id"), cleaned_text),
        **dict.fromkeys(("manager", "deputy"), _address_or_none),
        **dict.fromkeys(("aliases", "members"), _addresses),
        "kind": lambda _, value: _one_of(PersonKind, value, "kind is one of " + ", ".join(PersonKind)),
        "away": lambda _, value: _periods(value),
        "active": lambda _, value: bool(value),
    }
    return {key: readers[key](key, value) for key, value in values.items()}


def settled_person(address: str, values: Values) -> dict[str, Any]:
    """Return all that is stored of somebody, once it fits together. Raises FieldError."""
    if values["members"] and values["kind"] == PersonKind.PERSON:
        raise FieldError("members are for a list, a mailbox or an assistant; say which in kind")
    return {**values, "aliases": [one for one in values["aliases"] if one != address]}


def cleaned_party(values: Values) -> dict[str, Any]:
    """Return what is said of a counterparty as it is stored; a field that is left out stays out. Raises FieldError."""
    kinds = (CounterpartyKind.SUPPLIER, CounterpartyKind.CUSTOMER)
    readers: dict[str, Callable[[str, Any], Any]] = {
        "name": cleaned_name,
        "kind": lambda _, value: _one_of(kinds, value, "kind is supplier or customer"),
        "domains": lambda _, value: _domains(value),
        "slack_team": cleaned_text,
        **dict.fromkeys(("owner", "primary_contact"), _address_or_none),
        "people": _addresses,
        "resellers": lambda _, value: _resellers(value),
    }
    return {key: readers[key](key, value) for key, value in values.items()}


def cleaned_text(field: str, value: Any) -> str:
    """Return a text in one line, without what can't be seen. Raises FieldError for one that is too long."""
    text = "".join(one for one in " ".join(str(value).split()) if one.isprintable())
    if len(text) > _LONGEST:
        raise FieldError(f"{field} has more than {_LONGEST} characters")
    return text


def cleaned_name(field: str, value: Any) -> str:
    """Return a counterparty's name. Raises FieldError where there is none."""
    text = cleaned_text(field, value)
    if not text:
        raise FieldError(f"{field} is empty")
    return text


def cleaned_address(field: str, value: Any) -> str:
    """Return a mail address in lower case. Raises FieldError for what is none."""
    text = str(value).strip().lower()
    if "@" not in text:
        raise FieldError(f"{field} has no @")
    if not _ADDRESS.fullmatch(text) or len(text) > _LONGEST_ADDRESS or not text.isprintable():
        raise FieldError(f"{field} has something that is no mail address")
    return text


def values_of_person(person: Person) -> dict[str, Any]:
    """Return a snapshot's person as plain values."""
    texts = {key: getattr(person, key) for key in ("name", "role", "department", "manager", "slack_id", "deputy")}
    lists = {"aliases": list(person.aliases), "members": list(person.members), "away": _periods(person.away)}
    return {**NEW_PERSON, **texts, **lists, "kind": person.kind.value, "active": not person.left}


def person_of(address: str, values: Values) -> Person:
    """Return a person of a snapshot."""
    return Person(
        address=address,
        name=values["name"],
        role=values["role"],
        department=values["department"],
        manager=values["manager"],
        slack_id=values["slack_id"],
        aliases=tuple(values["aliases"]),
        kind=PersonKind(values["kind"]),
        members=tuple(values["members"]),
        away=periods_of(values["away"]),
        deputy=values["deputy"],
        left=not values["active"],
    )


def values_of_party(party: Counterparty) -> dict[str, Any]:
    """Return a snapshot's counterparty as plain values."""
    texts = {key: getattr(party, key) for key in ("slack_team", "owner", "primary_contact")}
    lists = {key: list(getattr(party, key)) for key in ("domains", "people", "resellers")}
    return {**NEW_PARTY, **texts, **lists, "kind": party.kind.value}


def party_of(name: str, values: Values) -> Counterparty:
    """Return a counterparty of a snapshot."""
    return Counterparty(
        name=name,
        kind=CounterpartyKind(values["kind"]),
        domains=tuple(values["domains"]),
        slack_team=values["slack_team"],
        owner=values["owner"],
        people=tuple(values["people"]),
        primary_contact=values["primary_contact"],
        resellers=tuple(values["resellers"]),
    )


def periods_of(pairs: Iterable[Sequence[str | None]]) -> tuple[Period, ...]:
    """Return stored pairs of ISO days as periods."""
    return tuple(Period(first=_day(first), last=_day(last)) for first, last in pairs)


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same; the order of a list says nothing."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(json.dumps, one)) == sorted(map(json.dumps, other))
    return bool(one == other)


def digest(value: object) -> str:
    """Return a short text that changes with the value: what somebody saw is still so while it is the same."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def split(text: str) -> list[str]:
    """Read addresses or domains that stand apart by semicolon, comma or space."""
    return text.replace(";", " ").replace(",", " ").split()


def _address_or_none(field: str, value: Any) -> str:
    return cleaned_address(field, value) if str(value).strip() else ""


def _addresses(field: str, value: Any) -> list[str]:
    given = split(value) if isinstance(value, str) else value
    return _bounded(field, [cleaned_address(field, one) for one in given])


def _domains(value: Any) -> list[str]:
    given = split(value) if isinstance(value, str) else value
    found = sorted(filter(None, (normal_domain(str(one).strip().lstrip("@")) for one in given)))
    if not all(_DOMAIN.fullmatch(one) and one.isprintable() for one in found):
        raise FieldError("domains has something that is no domain")
    return _bounded("domains", found)


def _resellers(value: Any) -> list[str]:
    given = value.split(";") if isinstance(value, str) else value
    named = filter(None, (cleaned_text("resellers", one) for one in given))
    found = [normal_domain(one.lstrip("@")) if "." in one and " " not in one else one for one in named]
    return _bounded("resellers", found)


def _bounded(field: str, found: Iterable[str]) -> list[str]:
    unique = list(dict.fromkeys(found))
    if len(unique) > _MOST:
        raise FieldError(f"{field} has more than {_MOST} entries")
    return unique


def _one_of(known: Iterable[str], value: Any, otherwise: str) -> str:
    text = str(value).strip().lower() or str(next(iter(known)))
    if text not in {str(one) for one in known}:
        raise FieldError(otherwise)
    return text


def _periods(value: Any) -> list[list[str | None]]:
    """Read "2026-03-01..2026-03-15; 2026-04-01..", periods, or pairs of ISO days; None leaves an end open."""
    given = [_ends(one) for one in split(value)] if isinstance(value, str) else [_pair(one) for one in value]
    for first, last in given:
        if first is not None and last is not None and last < first:
            raise FieldError("away ends before it begins")
    return [[_iso(first), _iso(last)] for first, last in given]


def _ends(text: str) -> tuple[date | None, date | None]:
    first, dots, last = text.partition("..")
    is_open = dots and bool(first) != bool(last)
    try:
        if is_open:
            return _day(first or None), _day(last or None)
        return date.fromisoformat(first), date.fromisoformat(last if dots else first)
    except ValueError:
        raise FieldError("away is days such as 2026-03-01..2026-03-15") from None


def _pair(value: Any) -> tuple[date | None, date | None]:
    if isinstance(value, Period):
        return value.first, value.last
    try:
        first, last = value
        return _day(first), _day(last)
    except (TypeError, ValueError):
        raise FieldError("away is days such as 2026-03-01..2026-03-15") from None


def _day(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
