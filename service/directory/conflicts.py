"""Whether an import would leave an address or a domain with two owners, or give a firm what is nobody's."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from service.directory.counterparties import check_domain
from service.directory.fields import FieldError, Values
from service.directory.owners import theirs_among


def check_people(known: Mapping[str, Values], wanted: Mapping[str, Values], places: Mapping[str, str]) -> None:
    """Make sure that each address is one person's. `places` says where in the file each is. Raises FieldError."""
    final: dict[str, Values] = {**known, **wanted}
    owners: dict[str, str] = {address: address for address in final}
    for address, values in final.items():
        for alias in values["aliases"]:
            other = owners.setdefault(alias, address)
            if other == address:
                continue
            place = places.get(address) or places.get(other)
            if place is None:
                continue  # the directory had this before, and the file does not touch it
            raise FieldError(f"{place}, aliases: {alias} is an address of {other if address in places else address}")


def check_not_theirs(
    session: Session, known: Mapping[str, Values], wanted: Mapping[str, Values], places: Mapping[str, str]
) -> None:
    """Make sure that nobody becomes one of ours under an address of a counterparty. Raises FieldError."""
    columns = {
        one: (address, "address" if one == address else "aliases")
        for address, values in wanted.items()
        for one in (address, *values["aliases"])
        if address not in known or one not in (address, *known[address]["aliases"])
    }
    for one, firm in theirs_among(session, columns).items():
        address, column = columns[one]
        raise FieldError(f"{places[address]}, {column}: {one} is an address of {firm}")


def check_parties(
    known: Mapping[str, Values], wanted: Mapping[str, Any], places: Mapping[str, str], *, own: Iterable[str] = ()
) -> None:
    """Make sure that each new domain can be a firm's; `own` are our domains.

    Raises FieldError that says where it stands in the file.
    """
    for name, values in wanted.items():
        for domain in set(values["domains"]) - set(known[name]["domains"] if name in known else ()):
            try:
                check_domain(domain, own=own)
            except FieldError as error:
                raise FieldError(f"{places[name]}, domains: {error} ({domain})") from error
