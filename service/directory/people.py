"""Our people in the database: read, listed, and changed with their history."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, delete, func, insert, or_, select, tuple_, update
from sqlalchemy.orm import Session

from messages import Person
from service.audit.store import Action, record
from service.directory.changes import By, Change, Subject, difference, in_batches, note_changes
from service.directory.fields import (
    NEW_PERSON,
    FieldError,
    Values,
    cleaned_address,
    cleaned_person,
    digest,
    person_of,
    settled_person,
)
from service.directory.models import Person as PersonRow
from service.directory.owners import theirs_among
from service.errors import ConflictError, NotFoundError

_COLUMNS = tuple(getattr(PersonRow, key) for key in NEW_PERSON)


class PersonTakenError(ConflictError):
    """Somebody has this address already."""


class PersonChangedError(ConflictError):
    """The person has changed since you looked."""


def values_of(row: PersonRow) -> dict[str, Any]:
    """Return a row's fields as plain values."""
    return {key: getattr(row, key) for key in NEW_PERSON}


def version_of(row: PersonRow) -> str:
    """Return what changes whenever the person does."""
    return digest(values_of(row))


def people_by_address(session: Session, addresses: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
    """Return people as plain values by address: these, or all."""
    query = select(PersonRow.address, *_COLUMNS)
    pieces = [None] if addresses is None else in_batches(addresses)
    found: dict[str, dict[str, Any]] = {}
    for piece in pieces:
        rows = session.execute(query if piece is None else query.where(PersonRow.address.in_(piece)))
        found |= {row[0]: dict(zip(NEW_PERSON, row[1:], strict=True)) for row in rows}
    return found


def load_people(session: Session) -> dict[str, Person]:
    """Take a snapshot of all people, those who have left included."""
    return {address: person_of(address, values) for address, values in people_by_address(session).items()}


def holders_of(session: Session) -> dict[str, str]:
    """Return by each alias whose it is."""
    rows = session.execute(select(PersonRow.address, PersonRow.aliases).where(cast(PersonRow.aliases, Text) != "[]"))
    return {alias: address for address, aliases in rows for alias in aliases}


def get_person(session: Session, address: str) -> PersonRow:
    """Return whom an address belongs to, by an alias, too. Raises NotFoundError."""
    wanted = address.strip().lower()
    row = session.get(PersonRow, wanted) or session.get(PersonRow, holders_of(session).get(wanted, ""))
    if row is None:
        raise NotFoundError
    return row


def list_people(
    session: Session,
    *,
    q: str = "",
    department: str | None = None,
    active: bool | None = None,
    after: tuple[str, str] | None = None,
    limit: int = 50,
) -> Sequence[PersonRow]:
    """Return people by name, then address; `q` is part of a name or an address, `after` the name and address before."""
    query = select(PersonRow).order_by(PersonRow.name, PersonRow.address).limit(limit)
    if q:
        query = query.where(_found_by(q))
    if department is not None:
        query = query.where(PersonRow.department == department)
    if active is not None:
        query = query.where(PersonRow.active.is_(active))
    if after is not None:
        query = query.where(tuple_(PersonRow.name, PersonRow.address) > after)
    return session.scalars(query).all()


def departments_of(session: Session) -> dict[str, int]:
    """Count people by department, those who have left aside."""
    query = select(PersonRow.department, func.count()).where(PersonRow.active.is_(True)).group_by(PersonRow.department)
    return {name: int(count) for name, count in session.execute(query.order_by(PersonRow.department))}


def create_person(session: Session, address: str, values: Values, by: By) -> PersonRow:
    """Add somebody. Raises FieldError, PersonTakenError."""
    address = cleaned_address("address", address)
    whole = settled_person(address, {**NEW_PERSON, **cleaned_person(values)})
    _keep_apart(session, address, whole["aliases"], is_new=True)
    change = difference(Subject.PERSON, address, None, whole)
    return _do(session, address, [change], by)


def change_person(
    session: Session, address: str, values: Values, by: By, *, expected_version: str | None = None
) -> PersonRow:
    """Change these fields of somebody. Raises NotFoundError, FieldError, PersonTakenError, PersonChangedError."""
    row = get_person(session, address)
    before = values_of(row)
    if expected_version is not None and expected_version != version_of(row):
        raise PersonChangedError
    after = settled_person(row.address, {**before, **cleaned_person(values)})
    if new := [one for one in after["aliases"] if one not in before["aliases"]]:
        _keep_apart(session, row.address, new)
    return _do(session, row.address, [difference(Subject.PERSON, row.address, before, after)], by)


def add_alias(session: Session, address: str, alias: str, by: By) -> PersonRow:
    """Say that an address is somebody's, too. Raises NotFoundError, FieldError, PersonTakenError."""
    row = get_person(session, address)
    return change_person(session, row.address, {"aliases": [*row.aliases, alias]}, by)


def write_people(session: Session, changes: Sequence[Change], by: By) -> None:
    """Carry out changes of people and put them into the history."""
    stamp = {"origin": by.origin.value, "updated_at": by.now}
    new = [
        {**NEW_PERSON, **_after(one), **stamp, "created_at": by.now, "address": one.name}
        for one in changes
        if one.is_new
    ]
    gone = [one.name for one in changes if one.is_gone]
    changed = [{**_after(one), **stamp, "address": one.name} for one in changes if not one.is_new and not one.is_gone]
    if new:
        session.execute(insert(PersonRow), new)
    for piece in in_batches(gone):
        session.execute(delete(PersonRow).where(PersonRow.address.in_(piece)))
    if changed:
        session.execute(update(PersonRow), sorted(changed, key=sorted))
    session.expire_all()
    note_changes(session, changes, by)


def _do(session: Session, address: str, changes: Sequence[Change | None], by: By) -> PersonRow:
    done = [one for one in changes if one is not None]
    write_people(session, done, by)
    for one in done:
        detail = {"subject": one.subject.value, "fields": sorted(one.fields)}
        record(session, actor=by.actor, action=Action.DIRECTORY_CHANGED, object=one.name, detail=detail, now=by.now)
    return session.get_one(PersonRow, address)


def _after(change: Change) -> Mapping[str, Any]:
    return {key: after for key, (_, after) in change.fields.items()}


def _keep_apart(session: Session, address: str, aliases: Iterable[str], *, is_new: bool = False) -> None:
    holders = holders_of(session)
    for one in (address, *aliases):
        owner = holders.get(one, address)
        if owner != address or (one != address and session.get(PersonRow, one) is not None):
            raise PersonTakenError(f"{one} is the address of somebody else already")
    if is_new and session.get(PersonRow, address) is not None:
        raise PersonTakenError
    for one, firm in theirs_among(session, {*aliases, *([address] if is_new else ())}).items():
        raise FieldError(f"{one} is an address of {firm}: take it from them first")


def _found_by(q: str) -> ColumnElement[bool]:
    # SQLite lowers ASCII alone, so a word with other letters is looked for as it is usually written, too.
    spelled = {q, q.title()}
    names = [PersonRow.name.contains(one, autoescape=True) for one in spelled]
    columns = (func.lower(PersonRow.name), PersonRow.address, func.lower(cast(PersonRow.aliases, Text)))
    return or_(*names, *(one.contains(q.lower(), autoescape=True) for one in columns))
