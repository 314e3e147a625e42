"""Taking an import back: whatever is still as it left it becomes what it was before."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.audit.store import Action, record
from service.database import serialised
from service.directory.changes import By, Change, Subject, changes_of, difference
from service.directory.counterparties import parties_by_name, write_counterparties
from service.directory.fields import Values, same
from service.directory.imports import get_import
from service.directory.models import GroupMember, Origin
from service.directory.people import people_by_address, write_people
from service.directory.references import referred_to
from service.errors import ConflictError


class UndoneError(ConflictError):
    """This import was taken back already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What could not be taken back of one person or counterparty, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """How many people or counterparties are as before, and what of the import stays."""

    reverted: int
    kept: tuple[Kept, ...]


def undo_import(session: Session, import_id: uuid.UUID, *, actor: str, now: datetime) -> Undone:
    """Take an import back, as far as nothing was changed since. Raises NotFoundError, UndoneError."""
    row = get_import(session, import_id)
    if row.undone_at is not None:
        raise UndoneError
    serialised(session, "directory")
    done = changes_of(session, import_id)
    of_people = [one for one in done if one.subject is Subject.PERSON]
    of_parties = [one for one in done if one.subject is Subject.COUNTERPARTY]
    kept: list[Kept] = []
    back = _back(of_people, people_by_address(session) if of_people else {}, kept)
    back_parties = _back(of_parties, parties_by_name(session) if of_parties else {}, kept)
    back = _without(back, _members(session), kept, why="belongs to a group")
    back_parties = _without(back_parties, _in_use(session, back_parties), kept, why="something refers to it")
    by = By(actor=actor, origin=Origin.IMPORT, now=now, batch=uuid.uuid4())
    write_people(session, back, by)
    write_counterparties(session, back_parties, by)
    row = get_import(session, import_id)
    row.undone_at, row.undone_by = now, actor
    session.flush()
    reverted = len(back) + len(back_parties)
    detail = {"undone": True, "reverted": reverted, "kept": len(kept)}
    record(session, actor=actor, action=Action.DIRECTORY_IMPORTED, object=str(import_id), detail=detail, now=now)
    return Undone(reverted=reverted, kept=tuple(kept))


def _back(done: list[Change], known: Mapping[str, Values], kept: list[Kept]) -> list[Change]:
    """Return the changes that lead back, and note what has changed since."""
    found: list[Change | None] = []
    free = _Free(known, done)
    for change in done:
        current = known.get(change.name)
        if current is None:
            kept.append(Kept(name=change.name, why="is not there any more, or goes by another name"))
            continue
        since = sorted(key for key, (_, after) in change.fields.items() if not same(current[key], after))
        if change.is_new:
            if since:
                kept.append(Kept(name=change.name, why=f"stays, since it was changed: {', '.join(since)}"))
            else:
                found.append(difference(change.subject, change.name, current, None))
            continue
        before = {key: pair[0] for key, pair in change.fields.items() if key not in since}
        taken = free.taken(change.name, before)
        if since or taken:
            kept.append(Kept(name=change.name, why=f"keeps what was changed since: {', '.join([*since, *taken])}"))
        before = {key: value for key, value in before.items() if key not in taken}
        found.append(difference(change.subject, change.name, current, before))
    return [one for one in found if one is not None]


class _Free:
    """Which addresses and domains are somebody else's, once what is taken back has let go of them."""

    def __init__(self, known: Mapping[str, Values], done: list[Change]) -> None:
        released = {
            (change.name, one)
            for change in done
            for key in ("aliases", "domains")
            if key in change.fields
            for one in set(change.fields[key][1] or ()) - set(change.fields[key][0] or ())
        }
        self._owners = {
            one: name
            for name, values in known.items()
            for one in (name, *values.get("aliases", ()), *values.get("domains", ()))
            if (name, one) not in released
        }

    def taken(self, name: str, before: Mapping[str, Any]) -> list[str]:
        """Return the fields that can't become what they were, since somebody else has part of it."""
        fields = [key for key in ("aliases", "domains") if key in before]
        return [key for key in fields if any(self._owners.get(one, name) != name for one in before[key])]


def _without(back: list[Change], held: set[str], kept: list[Kept], *, why: str) -> list[Change]:
    """Leave what would be deleted, and can't be."""
    stays = {one.name for one in back if one.is_gone and one.name in held}
    kept += [Kept(name=name, why=f"stays: {why}") for name in sorted(stays)]
    return [one for one in back if one.name not in stays]


def _members(session: Session) -> set[str]:
    return set(session.scalars(select(GroupMember.address)))


def _in_use(session: Session, back: list[Change]) -> set[str]:
    leaving = {one.name for one in back if one.is_gone}
    return referred_to(session, leaving) if leaving else set()
