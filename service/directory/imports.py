"""Imports of people.csv and counterparties.csv: looked at first, and then carried out as they were shown."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from messages import PersonKind
from service.audit.store import Action, record
from service.database import serialised
from service.directory.changes import By, Change, Subject, difference
from service.directory.conflicts import check_not_theirs, check_parties, check_people
from service.directory.counterparties import parties_by_name, write_counterparties
from service.directory.fields import NEW_PARTY, NEW_PERSON, FieldError, digest, settled_person
from service.directory.models import DirectoryImport, Origin
from service.directory.people import people_by_address, write_people
from service.directory.tables import COUNTERPARTIES, PEOPLE, Table, decoded, read_counterparties, read_people
from service.errors import BadRequestError, ConfigurationError, ConflictError, NotFoundError

# How long what was uploaded waits to be carried out.
PATIENCE = timedelta(hours=1)
LARGEST = 8_000_000


class ImportKind(StrEnum):
    """What a file holds."""

    PEOPLE = "people"
    COUNTERPARTIES = "counterparties"


class UnreadableImportError(BadRequestError):
    """The file can't be imported."""


class ImportChangedError(ConflictError):
    """The file or the directory has changed since the dry run: look at what would change now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would change, in the order of names, and how many rows change nothing.

    `digest` changes with anything that it would do.
    """

    kind: ImportKind
    changes: tuple[Change, ...]
    unchanged: int

    @property
    def digest(self) -> str:
        """What to carry it out with, so that nothing else is done than was shown."""
        return digest([self.kind, [(one.name, sorted(one.fields.items())) for one in self.changes]])

    @property
    def added(self) -> int:
        """How many people or counterparties are new."""
        return sum(one.is_new for one in self.changes)

    @property
    def left(self) -> int:
        """How many people have left."""
        return sum(one.has_left for one in self.changes)

    @property
    def changed(self) -> int:
        """How many are changed otherwise."""
        return len(self.changes) - self.added - self.left


def plan_import(session: Session, kind: ImportKind, text: str, *, leave: bool = False, own: Iterable[str] = ()) -> Plan:
    """Say what a file would change; nothing is written. Raises UnreadableImportError that names row and column.

    `leave`: the file names all of our people; whoever is not in it has left, and whoever is, is there again.
    `own` are our domains, none of which can be a counterparty's.
    """
    try:
        if kind is ImportKind.COUNTERPARTIES:
            return _plan_parties(session, read_counterparties(text), own=own)
        return _plan_people(session, read_people(text), leave=leave)
    except (ConfigurationError, FieldError) as error:
        raise UnreadableImportError(str(error)) from error


def text_of(content: bytes, kind: ImportKind) -> str:
    """Read a file's bytes. Raises UnreadableImportError for what is no UTF-8 text, or too large."""
    if len(content) > LARGEST:
        raise UnreadableImportError(f"the file is larger than {LARGEST // 1_000_000} MB: import it in parts")
    if not content.strip():
        raise UnreadableImportError("choose a file that is not empty")
    try:
        return decoded(content, name=PEOPLE if kind is ImportKind.PEOPLE else COUNTERPARTIES)
    except ConfigurationError as error:
        raise UnreadableImportError(str(error)) from error


def hold_import(
    session: Session, kind: ImportKind, text: str, *, leave: bool, actor: str, now: datetime
) -> DirectoryImport:
    """Keep a file until it is carried out, for an hour at most."""
    expire_imports(session, now - PATIENCE)
    made = DirectoryImport(
        id=uuid.uuid4(), kind=kind.value, leave=leave, content=text, made_by=actor, made_at=now, added=0, changed=0
    )
    session.add(made)
    session.flush()
    return made


def held_import(
    session: Session, import_id: uuid.UUID, *, now: datetime, own: Iterable[str] = ()
) -> tuple[DirectoryImport, Plan]:
    """Return what is kept and what it would change now. Raises NotFoundError once it was carried out, or is too old."""
    row = session.get(DirectoryImport, import_id)
    if row is None or row.content is None or row.made_at < now - PATIENCE:
        raise NotFoundError("this file is not kept any more: upload it again")
    return row, plan_import(session, ImportKind(row.kind), row.content, leave=row.leave, own=own)


def carry_out(session: Session, held: DirectoryImport, plan: Plan, *, expected: str, actor: str, now: datetime) -> None:
    """Do what was shown, or nothing. Raises ImportChangedError where that is not what would be done now."""
    if expected != plan.digest:
        raise ImportChangedError
    by = By(actor=actor, origin=Origin.IMPORT, now=now, batch=held.id)
    if plan.kind is ImportKind.PEOPLE:
        write_people(session, plan.changes, by)
    else:
        write_counterparties(session, plan.changes, by)
    held = session.get_one(DirectoryImport, held.id)
    held.content, held.done_at, held.made_by = None, now, actor
    held.added, held.changed = plan.added, plan.changed + plan.left
    session.flush()
    detail = {"kind": plan.kind.value, "added": plan.added, "changed": plan.changed, "left": plan.left}
    record(session, actor=actor, action=Action.DIRECTORY_IMPORTED, object=str(held.id), detail=detail, now=now)


def list_imports(session: Session, *, limit: int = 20) -> Sequence[DirectoryImport]:
    """Return what was imported, latest first."""
    query = select(DirectoryImport).where(DirectoryImport.done_at.is_not(None))
    return session.scalars(query.order_by(DirectoryImport.done_at.desc(), DirectoryImport.id).limit(limit)).all()


def get_import(session: Session, import_id: uuid.UUID) -> DirectoryImport:
    """Return an import that was carried out. Raises NotFoundError."""
    row = session.get(DirectoryImport, import_id)
    if row is None or row.done_at is None:
        raise NotFoundError
    return row


def expire_imports(session: Session, before: datetime) -> None:
    """Delete files that were uploaded before a time and not carried out."""
    rows = delete(DirectoryImport).where(DirectoryImport.done_at.is_(None), DirectoryImport.made_at < before)
    session.execute(rows)


def _plan_people(session: Session, table: Table, *, leave: bool) -> Plan:
    if not table.rows:
        raise UnreadableImportError(f"{PEOPLE} has no rows")
    serialised(session, "directory")
    known = people_by_address(session)
    wanted = {}
    for row in table.rows:
        after = {**known.get(row.key, NEW_PERSON), **row.values, **({"active": True} if leave else {})}
        try:
            wanted[row.key] = settled_person(row.key, after)
        except FieldError as error:
            raise FieldError(f"{PEOPLE}, row {row.line}: {error}") from error
    places = {row.key: f"{PEOPLE}, row {row.line}" for row in table.rows}
    check_people(known, wanted, places)
    check_not_theirs(session, known, wanted, places)
    if leave:
        told = wanted.keys() | {alias for values in wanted.values() for alias in values["aliases"]}
        gone = {one for one, values in known.items() if values["kind"] == PersonKind.PERSON and one not in told}
        wanted |= {one: {**known[one], "active": False} for one in gone}
    found = [difference(Subject.PERSON, one, known.get(one), wanted[one]) for one in sorted(wanted)]
    changes = tuple(one for one in found if one is not None)
    touched = {one.name for one in changes}
    return Plan(kind=ImportKind.PEOPLE, changes=changes, unchanged=sum(row.key not in touched for row in table.rows))


def _plan_parties(session: Session, table: Table, *, own: Iterable[str]) -> Plan:
    if not table.rows:
        raise UnreadableImportError(f"{COUNTERPARTIES} has no rows")
    serialised(session, "directory")
    known = parties_by_name(session)
    wanted: dict[str, dict[str, object]] = {}
    for row in table.rows:
        if row.key in wanted:
            raise FieldError(f"{COUNTERPARTIES}, row {row.line}: {row.key} stands in an earlier row, too")
        wanted[row.key] = {**known.get(row.key, NEW_PARTY), **row.values}
    check_parties(known, wanted, {row.key: f"{COUNTERPARTIES}, row {row.line}" for row in table.rows}, own=own)
    taken = {domain: row.key for row in table.rows for domain in row.values.get("domains", ())}
    for name, values in known.items():
        kept = [one for one in values["domains"] if taken.get(one, name) == name]
        if name not in wanted and len(kept) < len(values["domains"]):
            wanted[name] = {**values, "domains": kept}
    found = [difference(Subject.COUNTERPARTY, one, known.get(one), wanted[one]) for one in sorted(wanted)]
    changes = tuple(one for one in found if one is not None)
    touched = {one.name for one in changes}
    unchanged = sum(row.key not in touched for row in table.rows)
    return Plan(kind=ImportKind.COUNTERPARTIES, changes=changes, unchanged=unchanged)
