"""The register as a file: negotiations.toml in the directory's folder. docs/negotiations.md defines every field."""

import tomllib
from dataclasses import replace
from pathlib import Path

from messages import Directory, Negotiation, Register
from service.errors import ConfigurationError
from service.negotiations.sealed_tables import rates, sealed_facts
from service.negotiations.tables import Table
from service.negotiations.terms import KEYS, negotiation_of

FILE = "negotiations.toml"
_KEYS = KEYS | {"sealed"}


def read_negotiations(folder: Path | None, directory: Directory) -> Register:
    """Read the register of a folder; without a folder or the file, it is empty.

    Raises ConfigurationError that names the file, the table and the key.
    """
    path = folder / FILE if folder is not None else None
    if path is None or not path.exists():
        return Register()
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} can't be read as UTF-8 text") from error
    return register_of(text, directory)


def register_of(text: str, directory: Directory) -> Register:
    """Read the register from the text of negotiations.toml. Raises ConfigurationError like `read_negotiations`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{FILE}: {error}") from error
    whole = Table(where=FILE, data=data, directory=directory)
    whole.check_keys({"negotiation", "rates"})
    found = [_negotiation(one) for one in whole.tables("negotiation")]
    names = [one.name for one in found]
    for name in names:
        if names.count(name) > 1:
            raise ConfigurationError(f"{FILE}: two negotiations are called {name!r}; each needs a name of its own")
    return Register(tuple(found), rates(whole))


def _negotiation(table: Table) -> Negotiation:
    table.check_keys(_KEYS)
    return replace(negotiation_of(table), sealed=sealed_facts(table))
