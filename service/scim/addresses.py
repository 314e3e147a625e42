"""Whose an address is: nobody's, one person's, or a counterparty's."""

import json
from collections.abc import Collection, Iterable

from sqlalchemy import Text, cast, or_, select
from sqlalchemy.orm import Session

from service.directory.changes import in_batches
from service.directory.models import Counterparty, CounterpartyDomain, Person
from service.scim.errors import InvalidValueError, UniquenessError


def owner_of(session: Session, address: str) -> str | None:
    """Return the main address of the person who has an address, as main one or as alias."""
    if session.get(Person, address) is not None:
        return address
    return next(iter(_holders(session, [address])), None)


def keep_apart(session: Session, addresses: Collection[str], own: str) -> None:
    """Make sure that addresses which somebody is to have are nobody else's; `own` is by whom they are to be had.

    Raises UniquenessError, and InvalidValueError for an address of a counterparty: a guest who was made one of ours
    would be heard as one of ours.
    """
    wanted = sorted(addresses)
    if not wanted:
        return
    taken = {one for piece in in_batches(wanted) for one in _main(session, piece)} | set(_holders(session, wanted))
    if taken - {own}:
        raise UniquenessError("a mail address of this person belongs to somebody else")
    _refuse_theirs(session, wanted)


def _main(session: Session, addresses: Collection[str]) -> Iterable[str]:
    return session.scalars(select(Person.address).where(Person.address.in_(addresses)))


def _holders(session: Session, addresses: Collection[str]) -> list[str]:
    """Return who has one of these as alias."""
    found = []
    for piece in in_batches(addresses, 100):
        held = (cast(Person.aliases, Text).contains(json.dumps(one), autoescape=True) for one in piece)
        rows = session.execute(select(Person.address, Person.aliases).where(or_(*held)))
        found += [address for address, aliases in rows if not set(piece).isdisjoint(aliases)]
    return found


def _refuse_theirs(session: Session, addresses: Collection[str]) -> None:
    domains = {suffix for one in addresses for suffix in _suffixes(one.rpartition("@")[2])}
    found = (
        session.scalar(select(CounterpartyDomain.domain).where(CounterpartyDomain.domain.in_(piece)).limit(1))
        for piece in in_batches(sorted(domains))
    )
    people = (cast(Counterparty.people, Text).contains(json.dumps(one), autoescape=True) for one in addresses)
    contact = Counterparty.primary_contact.in_(addresses)
    if any(found) or session.scalar(select(Counterparty.name).where(or_(contact, *people)).limit(1)) is not None:
        raise InvalidValueError("a mail address of this person is a counterparty's: guests are not to be provisioned")


def _suffixes(domain: str) -> Iterable[str]:
    labels = domain.rstrip(".").split(".")
    return (".".join(labels[start:]) for start in range(len(labels)))
