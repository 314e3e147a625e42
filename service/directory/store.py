"""The directory in the database as a whole: taken over from files, and taken as a snapshot."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from messages import Directory
from service.auth.users import PROGRAM
from service.directory.changes import By, Change, Subject, difference, in_batches
from service.directory.counterparties import load_counterparties, parties_by_name, write_counterparties
from service.directory.fields import NEW_PARTY, NEW_PERSON, values_of_party, values_of_person
from service.directory.models import CounterpartyDomain, Origin
from service.directory.people import load_people, people_by_address, write_people

__all__ = ["load_counterparties", "load_directory", "save_directory"]


def save_directory(
    session: Session,
    directory: Directory,
    *,
    columns: Mapping[Subject, Collection[str]] | None = None,
    by: By | None = None,
) -> list[Change]:
    """Take over a directory read from files: what it names is added or changed, nothing else is touched.

    `columns` are the fields that the files tell of; all, if not given. Every real change goes into the history, as the
    files' unless `by` says whose it is; returns them. A domain that was assigned in the console stays where it is,
    unless the files give it to somebody.
    """
    by = by or By(actor=PROGRAM, origin=Origin.FILES, now=datetime.now(UTC))
    told = columns or {}
    people = _people(session, directory, told.get(Subject.PERSON, NEW_PERSON.keys() - {"active"}))
    parties = _parties(session, directory, told.get(Subject.COUNTERPARTY, NEW_PARTY))
    write_people(session, people, by)
    write_counterparties(session, parties, by)
    if by.origin is Origin.FILES:
        _claim(session, directory)
    return [*people, *parties]


def load_directory(session: Session, own_domains: Iterable[str]) -> Directory:
    """Take a snapshot of the directory. Who has left is in it, and is ours, and says so."""
    return Directory(
        own_domains=tuple(own_domains), people=load_people(session), counterparties=load_counterparties(session)
    )


def _people(session: Session, directory: Directory, columns: Collection[str]) -> list[Change]:
    known = people_by_address(session)
    found = []
    for address, person in directory.people.items():
        values = values_of_person(person)
        before = known.get(address)
        after = values if before is None else {key: values[key] for key in values if key in columns}
        found.append(difference(Subject.PERSON, address, before, after))
    return [one for one in found if one is not None]


def _parties(session: Session, directory: Directory, columns: Collection[str]) -> list[Change]:
    known = parties_by_name(session)
    assigned = _assigned(session)
    taken = {domain: party.name for party in directory.counterparties for domain in party.domains}
    wanted = {}
    for party in directory.counterparties:
        values = values_of_party(party)
        kept = [one for one in known.get(party.name, NEW_PARTY)["domains"] if one in assigned and one not in taken]
        values["domains"] = sorted({*values["domains"], *kept})
        wanted[party.name] = {key: values[key] for key in values if key in columns or party.name not in known}
    for name, before in known.items():
        lost = [one for one in before["domains"] if taken.get(one, name) != name]
        if lost:
            wanted.setdefault(name, {}).setdefault("domains", [one for one in before["domains"] if one not in lost])
    found = (difference(Subject.COUNTERPARTY, name, known.get(name), after) for name, after in wanted.items())
    return [one for one in found if one is not None]


def _assigned(session: Session) -> set[str]:
    rows = session.query(CounterpartyDomain.domain).where(CounterpartyDomain.assigned_by.is_not(None))
    return {domain for (domain,) in rows}


def _claim(session: Session, directory: Directory) -> None:
    """Let the files answer for the domains that they name, whoever assigned them before."""
    for piece in in_batches(domain for party in directory.counterparties for domain in party.domains):
        rows = update(CounterpartyDomain).where(
            CounterpartyDomain.domain.in_(piece), CounterpartyDomain.assigned_by.is_not(None)
        )
        session.execute(rows.values(assigned_by=None))
