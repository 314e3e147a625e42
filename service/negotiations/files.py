"""The register as a file: negotiations.toml in the directory's folder. docs/negotiations.md defines every field."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from messages import (
    Authority,
    Blackout,
    Departure,
    Directory,
    Matter,
    Negotiation,
    Period,
    Phase,
    Published,
    Register,
)
from service.errors import ConfigurationError

FILE = "negotiations.toml"
_LISTS_OF_PEOPLE = ("team", "sponsors", "superiors")
_KEYS = frozenset({"name", "counterparties", "lead", "phase", "from", "to", "finance", "topics", "two_needed"}) | {
    *_LISTS_OF_PEOPLE,
    *("former", "blackout", "authority", "published"),
}
_CURRENCY = re.compile(r"[A-Z]{3}")
Word = TypeVar("Word", bound=StrEnum)


def read_negotiations(folder: Path | None, directory: Directory) -> Register:
    """Read the register of a folder; without a folder or the file, it is empty.

    Raises ConfigurationError that names the file, the table and the key.
    """
    path = folder / FILE if folder is not None else None
    if path is None or not path.exists():
        return Register()
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} can't be read as UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{FILE}: {error}") from error
    whole = _Table(where=FILE, data=data, directory=directory)
    whole.check_keys({"negotiation"})
    found = [_negotiation(one) for one in whole.tables("negotiation")]
    names = [one.name for one in found]
    for name in names:
        if names.count(name) > 1:
            raise ConfigurationError(f"{FILE}: two negotiations are called {name!r}; each needs a name of its own")
    return Register(tuple(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A table of the file, and where it stands; every reader raises ConfigurationError, naming the key."""

    where: str
    data: Mapping[str, Any]
    directory: Directory

    def wrong(self, key: str, what: str) -> ConfigurationError:
        return ConfigurationError(f"{self.where}: {key} {what}")

    def check_keys(self, known: frozenset[str] | set[str]) -> None:
        unknown = sorted(set(self.data) - known)
        if unknown:
            raise ConfigurationError(f"{self.where}: {unknown[0]!r} is none of {', '.join(sorted(known))}")

    def text(self, key: str, otherwise: str | None = None) -> str:
        value = self.data.get(key, otherwise)
        if not isinstance(value, str) or (otherwise is None and not value.strip()):
            raise self.wrong(key, "must be a text" + (", and is needed" if key not in self.data else ""))
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.wrong(key, "must be a list of texts")
        return tuple(one.strip() for one in value)

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, "must be true or false")
        return value

    def day(self, key: str) -> date | None:
        value = self.data.get(key)
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                value = key
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        raise self.wrong(key, "must be a day such as 2026-03-31")

    def needed_day(self, key: str) -> date:
        value = self.day(key)
        if value is None:
            raise self.wrong(key, "is needed: a day such as 2026-03-31")
        return value

    def days(self) -> Period:
        first, last = self.day("from"), self.day("to")
        if first is not None and last is not None and last < first:
            raise self.wrong("to", f"lies before from ({first})")
        return Period(first=first, last=last)

    def person(self, key: str) -> str:
        return self.known_person(key, self.text(key))

    def people(self, key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.known_person(key, one) for one in self.texts(key)))

    def known_person(self, key: str, address: str) -> str:
        person = self.directory.person(address)
        if person is None:
            raise self.wrong(key, f"names {address!r}, who is not in people.csv: add a row, or mend the address")
        return person.address

    def word(self, key: str, words: type[Word], value: object) -> Word:
        if not isinstance(value, str) or value not in {one.value for one in words}:
            raise self.wrong(key, f"must be one of {', '.join(words)}")
        return words(value)

    def tables(self, key: str) -> list["_Table"]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(key, f"must be tables, each under [[{key}]]")
        return [
            _Table(where=f"{self.where}, {key} {number}", data=one, directory=self.directory)
            for number, one in enumerate(value, start=1)
        ]


def _negotiation(table: _Table) -> Negotiation:
    table.check_keys(_KEYS)
    return Negotiation(
        name=table.text("name"),
        counterparties=_counterparties(table),
        lead=table.person("lead"),
        team=table.people("team"),
        sponsors=table.people("sponsors"),
        superiors=table.people("superiors"),
        former=tuple(map(_departure, table.tables("former"))),
        phase=table.word("phase", Phase, table.data.get("phase", Phase.SCOUTING.value)),
        days=table.days(),
        blackouts=tuple(map(_blackout, table.tables("blackout"))),
        authorities=_authorities(table),
        finance=_finance(table),
        published=tuple(map(_published, table.tables("published"))),
        topics=table.texts("topics"),
        two_needed=table.flag("two_needed"),
    )


def _counterparties(table: _Table) -> tuple[str, ...]:
    known = {party.name for party in table.directory.counterparties}
    names = table.texts("counterparties")
    if not names:
        raise table.wrong("counterparties", "must name one or more")
    for name in names:
        if name not in known:
            raise table.wrong(
                "counterparties", f"names {name!r}, which is not in counterparties.csv: add a row, or mend the name"
            )
    return names


def _departure(table: _Table) -> Departure:
    table.check_keys({"person", "until"})
    return Departure(person=table.person("person"), until=table.needed_day("until"))


def _blackout(table: _Table) -> Blackout:
    table.check_keys({"from", "to", "allowed"})
    for key in ("from", "to"):
        table.needed_day(key)
    return Blackout(days=table.days(), allowed=table.people("allowed"))


def _published(table: _Table) -> Published:
    table.check_keys({"text", "date"})
    return Published(text=table.text("text"), on=table.needed_day("date"))


def _authorities(table: _Table) -> tuple[Authority, ...]:
    found = [_authority(one) for one in table.tables("authority")]
    people = [one.person for one in found]
    for one in people:
        if people.count(one) > 1:
            raise table.wrong("authority", f"names {one} twice: put all of it into one table")
    return tuple(found)


def _authority(table: _Table) -> Authority:
    table.check_keys({"person", "price", "currency", "may"})
    price, currency = table.data.get("price"), table.text("currency", "EUR").upper()
    if price is not None and (isinstance(price, bool) or not isinstance(price, int | float) or not 0 <= price < 1e15):
        raise table.wrong("price", "must be an amount such as 50000")
    if not _CURRENCY.fullmatch(currency):
        raise table.wrong("currency", "must be three letters such as EUR")
    may = frozenset(table.word("may", Matter, one) for one in table.texts("may"))
    if price is not None and "may" not in table.data:
        may = frozenset({Matter.PRICE})
    if not may:
        raise table.wrong("may", f"must name one or more of {', '.join(Matter)}")
    if price is not None and Matter.PRICE not in may:
        raise table.wrong("price", "is an amount to agree on, but may does not name price")
    return Authority(
        person=table.person("person"), may=may, price=float(price) if price is not None else None, currency=currency
    )


def _finance(table: _Table) -> tuple[str, ...]:
    departments = {person.department.casefold() for person in table.directory.people.values() if person.department}
    for one in table.texts("finance"):
        if "@" not in one and one.casefold() not in departments:
            raise table.wrong("finance", f"names {one!r}, which is no address and no department of people.csv")
    return tuple(table.known_person("finance", one) if "@" in one else one for one in table.texts("finance"))
