"""The directory in the database."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from messages import Counterparty, CounterpartyKind, Directory, Person
from service.directory import models


def save_directory(session: Session, directory: Directory) -> None:
    """Take over a directory read from files: what it names is added or changed, nothing else is touched.

    A domain that was assigned in the console stays where it is, unless the files give it to somebody.
    """
    known = {row.name: row for row in session.scalars(select(models.Counterparty))}
    taken = [domain for party in directory.counterparties for domain in party.domains]
    for start in range(0, len(taken), 500):
        batch = taken[start : start + 500]
        session.execute(delete(models.CounterpartyDomain).where(models.CounterpartyDomain.domain.in_(batch)))
    session.expire_all()
    for party in directory.counterparties:
        row = known.get(party.name) or models.Counterparty(name=party.name)
        row.kind, row.slack_team, row.owner = party.kind.value, party.slack_team, party.owner
        assigned = [one for one in row.domains if one.assigned_by is not None]
        row.domains = [*assigned, *(models.CounterpartyDomain(domain=domain) for domain in party.domains)]
        session.add(row)
    for person in directory.people.values():
        session.merge(_person_row(person))
    session.flush()


def load_directory(session: Session, own_domains: Iterable[str]) -> Directory:
    """Take a snapshot of the directory."""
    people = {row.address: _person(row) for row in session.scalars(select(models.Person))}
    return Directory(own_domains=tuple(own_domains), people=people, counterparties=load_counterparties(session))


def load_counterparties(session: Session) -> tuple[Counterparty, ...]:
    """Take a snapshot of the counterparties alone, by name."""
    parties = session.scalars(select(models.Counterparty).order_by(models.Counterparty.name))
    return tuple(_counterparty(row) for row in parties)


def _person_row(person: Person) -> models.Person:
    return models.Person(
        address=person.address,
        name=person.name,
        role=person.role,
        department=person.department,
        manager=person.manager,
        slack_id=person.slack_id,
    )


def _person(row: models.Person) -> Person:
    return Person(
        address=row.address,
        name=row.name,
        role=row.role,
        department=row.department,
        manager=row.manager,
        slack_id=row.slack_id,
    )


def _counterparty(row: models.Counterparty) -> Counterparty:
    return Counterparty(
        name=row.name,
        kind=CounterpartyKind(row.kind),
        domains=tuple(sorted(domain.domain for domain in row.domains)),
        slack_team=row.slack_team,
        owner=row.owner,
    )
