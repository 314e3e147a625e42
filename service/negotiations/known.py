"""As much of the directory as it takes to check a negotiation: whom and what it names, and nothing of the others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from messages import Counterparty, Directory, Negotiation, Person
from service.directory.fields import person_of
from service.directory.people import departments_of, holders_of, people_by_address
from service.negotiations.look import ids_of_firms, named_in
from service.negotiations.tables import MOST

# A lone surrogate or NUL is in no name, and databases refuse to look for it.
_UNLOOKED = frozenset({"\x00", *map(chr, range(0xD800, 0xE000))})


def directory_for(session: Session, data: Mapping[str, Any]) -> Directory:
    """Return a directory of whom a negotiation names: people by address or alias, firms, departments of finance."""
    named = {text.strip().lower() for text in _texts(data) if "@" in text and not _UNLOOKED.intersection(text)}
    holders = holders_of(session) if named else {}
    found = people_by_address(session, {holders.get(address, address) for address in named})
    people = {address: person_of(address, values) for address, values in found.items()}
    firms = [name.strip() for name in _texts(data.get("counterparties")) if not _UNLOOKED.intersection(name)]
    # More are refused, but databases refuse to look for as many as a request can hold.
    parties = tuple(Counterparty(name=name) for name in ids_of_firms(session, firms[:MOST]))
    directory = Directory(own_domains=(), people=people, counterparties=parties)
    if all("@" in one for one in _texts(data.get("finance"))):
        return directory
    return _with_departments(directory, list(departments_of(session)))


def with_those_of(one: Negotiation, directory: Directory) -> Directory:
    """Return a directory that knows whom a negotiation names already, so that those who left do not stop a change."""
    gone = {address: Person(address=address) for address in named_in(one) if directory.person(address) is None}
    known = replace(directory, people={**directory.people, **gone})
    return _with_departments(known, [department for department in one.finance if "@" not in department])


def _with_departments(directory: Directory, departments: Sequence[str]) -> Directory:
    """Add somebody of each department, under an address that nobody can have."""
    there = len(directory.people)
    people = {f" {there + n}": Person(address=f" {there + n}", department=name) for n, name in enumerate(departments)}
    return replace(directory, people={**directory.people, **people})


def _texts(value: object) -> Iterator[str]:
    """Yield all texts in some data, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
