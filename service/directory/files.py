"""The directory as files: people.csv and counterparties.csv in one folder. Either may be missing."""

from collections.abc import Callable, Iterable
from pathlib import Path

from messages import Directory, normal_domain
from service.directory.fields import NEW_PARTY, NEW_PERSON, Subject, party_of, person_of
from service.directory.tables import COUNTERPARTIES, PEOPLE, Table, decoded, read_counterparties, read_people
from service.errors import ConfigurationError


def read_directory(own_domains: Iterable[str], folder: Path | None = None) -> Directory:
    """Build the directory from our domains and, where given, a folder of CSV files.

    docs/negotiations.md defines the columns of people.csv and counterparties.csv; only address, and name, are needed.
    Raises ConfigurationError that names file, row and column.
    """
    own = tuple(dict.fromkeys(domain for one in own_domains if (domain := normal_domain(one.strip().lstrip("@")))))
    if not own:
        raise ConfigurationError("say which domains are yours, for example: --own-domain example.com")
    if folder is None:
        return Directory(own_domains=own)
    people, parties = _read(folder, PEOPLE, read_people), _read(folder, COUNTERPARTIES, read_counterparties)
    return Directory(
        own_domains=own,
        people={row.key: person_of(row.key, {**NEW_PERSON, **row.values}) for row in people.rows},
        counterparties=tuple(party_of(row.key, {**NEW_PARTY, **row.values}) for row in parties.rows),
    )


def read_columns(folder: Path | None) -> dict[Subject, frozenset[str]]:
    """Return which fields the files of a folder tell of. Raises ConfigurationError."""
    if folder is None:
        return {}
    return {
        Subject.PERSON: _read(folder, PEOPLE, read_people).columns,
        Subject.COUNTERPARTY: _read(folder, COUNTERPARTIES, read_counterparties).columns,
    }


def _read(folder: Path, name: str, read: Callable[[str], Table]) -> Table:
    if not folder.is_dir():
        raise ConfigurationError(f"{folder} is not a folder: it should hold {PEOPLE} and {COUNTERPARTIES}")
    path = folder / name
    if not path.exists():
        return Table(columns=frozenset(), rows=())
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path} can't be read") from error
    return read(decoded(content, name=name))
