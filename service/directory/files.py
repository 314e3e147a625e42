"""The directory as files: people.csv and counterparties.csv in one folder. Either may be missing."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from messages import (
    Counterparty,
    CounterpartyKind,
    Directory,
    Period,
    Person,
    PersonKind,
    normal_domain,
)
from service.errors import ConfigurationError

_PLAIN = ("name", "role", "department", "slack_id")
_PEOPLE = ("address", *_PLAIN, "manager", "aliases", "kind", "members", "away", "deputy")
_COUNTERPARTIES = ("name", "kind", "domains", "slack_team", "owner", "people", "primary_contact", "resellers")


def read_directory(own_domains: Iterable[str], folder: Path | None = None) -> Directory:
    """Build the directory from our domains and, where given, a folder of CSV files.

    docs/negotiations.md defines the columns of people.csv and counterparties.csv; only address, and name, are needed.
    Raises ConfigurationError that names file, row and column.
    """
    own = tuple(dict.fromkeys(domain for one in own_domains if (domain := _domain(one))))
    if not own:
        raise ConfigurationError("say which domains are yours, for example: --own-domain example.com")
    if folder is None:
        return Directory(own_domains=own)
    if not folder.is_dir():
        raise ConfigurationError(f"{folder} is not a folder: it should hold people.csv and counterparties.csv")
    people = {person.address: person for person in _people(folder / "people.csv")}
    return Directory(
        own_domains=own, people=people, counterparties=tuple(_counterparties(folder / "counterparties.csv"))
    )


def _people(path: Path) -> Iterator[Person]:
    taken: dict[str, int] = {}
    for number, row in _rows(path, needed="address", known=_PEOPLE):
        where = f"{path.name}, row {number}"
        address = _address(row["address"], where, "address")
        aliases = _addresses(row, "aliases", where)
        for one in (address, *aliases):
            if taken.get(one, number) != number:
                raise ConfigurationError(f"{where}: {one} stands in row {taken[one]} too")
            taken[one] = number
        kind = row.get("kind", "").lower() or PersonKind.PERSON.value
        if kind not in {one.value for one in PersonKind}:
            raise ConfigurationError(f"{where}: kind is one of {', '.join(PersonKind)}")
        members = _addresses(row, "members", where)
        if members and kind == PersonKind.PERSON:
            raise ConfigurationError(f"{where}: members are for a list, a mailbox or an assistant; say which in kind")
        yield Person(
            address=address,
            **{key: row.get(key, "") for key in _PLAIN},
            manager=row.get("manager", "").lower(),
            aliases=aliases,
            kind=PersonKind(kind),
            members=members,
            away=tuple(_period(one, where) for one in row.get("away", "").replace(";", " ").split()),
            deputy=_address(row["deputy"], where, "deputy") if row.get("deputy") else "",
        )


def _addresses(row: Mapping[str, str], column: str, where: str) -> tuple[str, ...]:
    return tuple(
        _address(one, where, column) for one in row.get(column, "").replace(";", " ").replace(",", " ").split()
    )


def _address(text: str, where: str, column: str) -> str:
    address = text.lower()
    if "@" not in address:
        raise ConfigurationError(f"{where}: {column} has no @")
    return address


def _period(text: str, where: str) -> Period:
    """Read "2026-03-01..2026-03-15", or one day."""
    first, dots, last = text.partition("..")
    try:
        period = Period(first=date.fromisoformat(first), last=date.fromisoformat(last if dots else first))
    except ValueError:
        raise ConfigurationError(f"{where}: away is days such as 2026-03-01..2026-03-15") from None
    if period.first is not None and period.last is not None and period.last < period.first:
        raise ConfigurationError(f"{where}: away ends before it begins")
    return period


def _counterparties(path: Path) -> Iterator[Counterparty]:
    owners: dict[str, int] = {}
    for number, row in _rows(path, needed="name", known=_COUNTERPARTIES):
        where = f"{path.name}, row {number}"
        kind = row.get("kind", "").lower() or CounterpartyKind.SUPPLIER.value
        if kind not in {CounterpartyKind.SUPPLIER, CounterpartyKind.CUSTOMER}:
            raise ConfigurationError(f"{where}: kind is supplier or customer")
        domains = tuple(filter(None, map(_domain, row.get("domains", "").replace(";", " ").replace(",", " ").split())))
        for domain in domains:
            if domain in owners:
                raise ConfigurationError(f"{where}: {domain} stands in row {owners[domain]} too")
            owners[domain] = number
        yield Counterparty(
            name=row["name"],
            kind=CounterpartyKind(kind),
            domains=domains,
            slack_team=row.get("slack_team", ""),
            owner=row.get("owner", "").lower(),
            people=_addresses(row, "people", where),
            primary_contact=_address(row["primary_contact"], where, "primary_contact")
            if row.get("primary_contact")
            else "",
            resellers=_resellers(row.get("resellers", "")),
        )


def _resellers(text: str) -> tuple[str, ...]:
    """Read names and domains apart by semicolon."""
    named = filter(None, (one.strip() for one in text.split(";")))
    return tuple(_domain(one) if "." in one and " " not in one else one for one in named)


def _rows(path: Path, *, needed: str, known: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield row numbers and rows of a CSV file with the known columns; a file that is not there has none."""
    if not path.exists():
        return
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} can't be read as UTF-8 text") from error
    reader = csv.DictReader(text.splitlines(), strict=True)
    header = [name.strip().lower() for name in reader.fieldnames or ()]
    if needed not in header:
        raise ConfigurationError(f"{path.name}: the first row needs the columns {', '.join(known)}")
    reader.fieldnames = header
    try:
        for row in reader:
            values = {key: (value or "").strip() for key, value in row.items() if key in known}
            if not any(values.values()):
                continue
            if not values[needed]:
                raise ConfigurationError(f"{path.name}, row {reader.line_num}: {needed} is empty")
            yield reader.line_num, values
    except csv.Error as error:
        raise ConfigurationError(f"{path.name}, row {reader.line_num}: {error}") from error


def _domain(text: str) -> str:
    return normal_domain(text.strip().lstrip("@"))
