"""The directory as files: people.csv and counterparties.csv in one folder. Either may be missing."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from messages import Counterparty, CounterpartyKind, Directory, Person, normal_domain
from service.errors import ConfigurationError

_PEOPLE = ("address", "name", "role", "department", "manager", "slack_id")
_COUNTERPARTIES = ("name", "kind", "domains", "slack_team", "owner")


def read_directory(own_domains: Iterable[str], folder: Path | None = None) -> Directory:
    """Build the directory from our domains and, where given, a folder of CSV files.

    people.csv: address, name, role, department, manager, slack_id. counterparties.csv: name, kind (supplier or
    customer), domains (several apart by space or semicolon), slack_team, owner. Only address, and name, are needed.
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
    for number, row in _rows(path, needed="address", known=_PEOPLE):
        address = row["address"].lower()
        if "@" not in address:
            raise ConfigurationError(f"{path.name}, row {number}: address has no @")
        values = {key: row.get(key, "") for key in _PEOPLE[1:]}
        yield Person(address=address, **values | {"manager": values["manager"].lower()})


def _counterparties(path: Path) -> Iterator[Counterparty]:
    owners: dict[str, int] = {}
    for number, row in _rows(path, needed="name", known=_COUNTERPARTIES):
        kind = row.get("kind", "").lower() or CounterpartyKind.SUPPLIER.value
        if kind not in {CounterpartyKind.SUPPLIER, CounterpartyKind.CUSTOMER}:
            raise ConfigurationError(f"{path.name}, row {number}: kind is supplier or customer")
        domains = tuple(filter(None, map(_domain, row.get("domains", "").replace(";", " ").replace(",", " ").split())))
        for domain in domains:
            if domain in owners:
                raise ConfigurationError(f"{path.name}, row {number}: {domain} stands in row {owners[domain]} too")
            owners[domain] = number
        yield Counterparty(
            name=row["name"],
            kind=CounterpartyKind(kind),
            domains=domains,
            slack_team=row.get("slack_team", ""),
            owner=row.get("owner", "").lower(),
        )


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
