"""people.csv and counterparties.csv as text: each row read into the fields that the file has columns for."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from service.directory.fields import (
    NEW_PARTY,
    NEW_PERSON,
    FieldError,
    Values,
    cleaned_address,
    cleaned_party,
    cleaned_person,
    settled_person,
)
from service.errors import ConfigurationError

PEOPLE, COUNTERPARTIES = "people.csv", "counterparties.csv"
# `active` is not a file's to say: whoever stands in it is there.
PEOPLE_COLUMNS = ("address", *(key for key in NEW_PERSON if key != "active"))
PARTY_COLUMNS = ("name", *NEW_PARTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: its address or name, and the fields of the columns that the file has. `line` is its last line."""

    line: int
    key: str
    values: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A whole file: the known columns that it has beside address or name, and its rows."""

    columns: frozenset[str]
    rows: tuple[Row, ...]


def read_people(text: str, *, name: str = PEOPLE) -> Table:
    """Read people.csv. Raises ConfigurationError that names file, row and column."""
    columns, found = _rows(text, name=name, needed="address", known=PEOPLE_COLUMNS)
    taken: dict[str, int] = {}
    rows = []
    for line, cells in found:
        where = f"{name}, row {line}"
        with _named(where):
            row = _person(cells, line)
        for one in (row.key, *row.values.get("aliases", ())):
            if taken.get(one, line) != line:
                raise ConfigurationError(f"{where}: {one} stands in row {taken[one]} too")
            taken[one] = line
        rows.append(row)
    return Table(columns=columns - {"address"}, rows=tuple(rows))


def read_counterparties(text: str, *, name: str = COUNTERPARTIES) -> Table:
    """Read counterparties.csv. Raises ConfigurationError that names file, row and column."""
    columns, found = _rows(text, name=name, needed="name", known=PARTY_COLUMNS)
    taken: dict[str, int] = {}
    rows = []
    for line, cells in found:
        where = f"{name}, row {line}"
        with _named(where):
            row = _party(cells, line)
        for domain in row.values.get("domains", ()):
            if domain in taken:
                raise ConfigurationError(f"{where}: {domain} stands in row {taken[domain]} too")
            taken[domain] = line
        rows.append(row)
    return Table(columns=columns - {"name"}, rows=tuple(rows))


def decoded(content: bytes, *, name: str) -> str:
    """Read a file's bytes as UTF-8, with or without a byte order mark. Raises ConfigurationError."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ConfigurationError(
            f"{name} can't be read as UTF-8 text (line {line}): save it as “CSV UTF-8” and take that"
        ) from error


def _person(cells: Mapping[str, str], line: int) -> Row:
    address = cleaned_address("address", cells["address"])
    values = cleaned_person({key: value for key, value in cells.items() if key != "address"})
    whole = settled_person(address, {**NEW_PERSON, **values})
    return Row(line=line, key=address, values={key: whole[key] for key in values})


def _party(cells: Mapping[str, str], line: int) -> Row:
    values = cleaned_party(cells)
    return Row(line=line, key=str(values.pop("name")), values=values)


@contextmanager
def _named(where: str) -> Iterator[None]:
    """Say of a flaw where it stands."""
    try:
        yield
    except FieldError as error:
        raise ConfigurationError(f"{where}: {error}") from error


def _rows(
    text: str, *, name: str, needed: str, known: tuple[str, ...]
) -> tuple[frozenset[str], Iterator[tuple[int, dict[str, str]]]]:
    """Return the known columns, and row numbers with their cells; empty rows are passed over."""
    lines = text.splitlines()
    reader = csv.DictReader(lines, strict=True, delimiter=_delimiter(lines))
    try:
        header = [column.strip().lower() for column in reader.fieldnames or ()]
    except csv.Error as error:
        raise ConfigurationError(f"{name}, row 1: {error}") from error
    if needed not in header:
        others = [one for one in known if one != needed]
        raise ConfigurationError(f"{name}: the first row needs the column {needed}; others may be {', '.join(others)}")
    reader.fieldnames = header
    return frozenset(header) & frozenset(known), _cells(reader, name=name, needed=needed, known=known)


def _cells(
    reader: "csv.DictReader[str]", *, name: str, needed: str, known: tuple[str, ...]
) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        for row in reader:
            cells: dict[str, Any] = {key: (value or "").strip() for key, value in row.items() if key in known}
            if not any(cells.values()):
                continue
            if not cells[needed]:
                raise ConfigurationError(f"{name}, row {reader.line_num}: {needed} is empty")
            yield reader.line_num, cells
    except csv.Error as error:
        raise ConfigurationError(f"{name}, row {reader.line_num}: {error}") from error


def _delimiter(lines: list[str]) -> str:
    """Tell by the first row what stands between cells: where a comma writes decimals, Excel takes a semicolon."""
    first = lines[0] if lines else ""
    return max(",;\t", key=first.count)
