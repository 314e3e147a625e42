"""Changes of people and counterparties: told apart, written together with their history, and read again."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from service.directory.fields import NEW_PARTY, NEW_PERSON, Subject, Values, same
from service.directory.models import DirectoryChange, Origin
from service.directory.version import note_context_change

__all__ = [
    "By",
    "Change",
    "Subject",
    "changes_of",
    "difference",
    "history_of",
    "in_batches",
    "note_changes",
    "read_change",
    "rename_history",
]

# What is said of everybody new, even where it is what is usual.
_ALWAYS = frozenset({"kind", "active"})
_NEW = {**NEW_PERSON, **NEW_PARTY}


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Whose change it is: `actor` as the audit log names them; changes of one import share `batch`."""

    actor: str
    origin: Origin
    now: datetime
    batch: uuid.UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of a person, firm or group: each field before and after; None where there was, or is, none."""

    subject: Subject
    name: str
    fields: Mapping[str, tuple[Any, Any]]

    @property
    def is_new(self) -> bool:
        """Whether there was no such thing before."""
        return all(before is None for before, _ in self.fields.values())

    @property
    def is_gone(self) -> bool:
        """Whether there is no such thing afterwards."""
        return all(after is None for _, after in self.fields.values())

    @property
    def has_left(self) -> bool:
        """Whether somebody who was here has left."""
        return self.fields.get("active") == (True, False)


def difference(subject: Subject, name: str, before: Values | None, after: Values | None) -> Change | None:
    """Tell what changes from one to the other; None where nothing does. A field that `after` leaves out stays."""
    if before is None or after is None:
        whole = after if before is None else before
        told = {key: value for key, value in (whole or {}).items() if key in _ALWAYS or value != _NEW.get(key, "")}
        fields = {key: (None, value) if before is None else (value, None) for key, value in told.items()}
        return Change(subject=subject, name=name, fields=fields) if fields else None
    fields = {key: (before[key], value) for key, value in after.items() if not same(before[key], value)}
    return Change(subject=subject, name=name, fields=fields) if fields else None


def note_changes(session: Session, changes: Sequence[Change], by: By) -> None:
    """Put changes into the history, and let intake know that what it holds is old."""
    if not changes:
        return
    rows = [
        {
            "id": uuid.uuid4(),
            "at": by.now,
            "actor": by.actor,
            "origin": by.origin.value,
            "batch": by.batch,
            "subject": one.subject.value,
            "name": one.name,
            "fields": {key: list(pair) for key, pair in one.fields.items()},
        }
        for one in changes
    ]
    session.execute(insert(DirectoryChange), rows)
    note_context_change(session)


def rename_history(session: Session, subject: Subject, old: str, new: str) -> None:
    """Let the history of a person or counterparty go along with them to another name."""
    rows = update(DirectoryChange).where(DirectoryChange.subject == subject.value, DirectoryChange.name == old)
    session.execute(rows.values(name=new))


def history_of(session: Session, subject: Subject, name: str, *, limit: int = 200) -> Sequence[DirectoryChange]:
    """Return the changes of one person or counterparty, latest first."""
    query = select(DirectoryChange).where(DirectoryChange.subject == subject.value, DirectoryChange.name == name)
    return session.scalars(query.order_by(DirectoryChange.at.desc(), DirectoryChange.id).limit(limit)).all()


def changes_of(session: Session, batch: uuid.UUID) -> list[Change]:
    """Return the changes of an import, in the order of their names."""
    query = select(DirectoryChange).where(DirectoryChange.batch == batch)
    rows = session.scalars(query.order_by(DirectoryChange.subject, DirectoryChange.name))
    return [read_change(row) for row in rows]


def read_change(row: DirectoryChange) -> Change:
    """Return a row of the history as a change."""
    fields = {key: (pair[0], pair[1]) for key, pair in row.fields.items()}
    return Change(subject=Subject(row.subject), name=row.name, fields=fields)


def in_batches(names: Iterable[Any], size: int = 500) -> Iterable[list[Any]]:
    """Cut a list into pieces that a query takes."""
    whole = list(names)
    return [whole[start : start + size] for start in range(0, len(whole), size)]
