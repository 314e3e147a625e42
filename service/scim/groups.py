"""Groups: found, created, changed and deleted, each change with its history."""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from service.audit.store import Action, record
from service.database import serialised
from service.directory.changes import By, Change, Subject, in_batches, note_changes, rename_history
from service.directory.fields import digest
from service.directory.models import GroupMember, Person, PersonGroup
from service.errors import NotFoundError
from service.scim.errors import ChangedError, InvalidValueError, UniquenessError
from service.scim.filters import Filter
from service.scim.group_patch import Wanted, changes_of, group_of
from service.scim.names import GROUP
from service.scim.people import meta_of
from service.scim.queries import Nest, Term, condition, exact, identity, instant, words
from service.scim.users import LOCK

# The members of a group: id, name and address.
Members = Sequence[tuple[uuid.UUID, str, str]]
Unchanged = Callable[[PersonGroup], bool]
_SHORT = 200


class UnknownGroupError(NotFoundError):
    """There is no group of this id."""


def groups_where(term: Filter) -> ColumnElement[bool]:
    """Return the condition of a filter on groups. Raises InvalidFilterError."""
    return condition(term, _TERMS, _NESTS)


def list_groups(
    session: Session, where: ColumnElement[bool] | None, *, offset: int, limit: int
) -> tuple[Sequence[PersonGroup], int]:
    """Return a page of the groups, always in the same order, and how many there are."""
    query = select(PersonGroup)
    if where is not None:
        query = query.where(where)
    total = session.scalar(query.with_only_columns(func.count())) or 0
    if not limit or offset >= total:
        return (), total
    return session.scalars(query.order_by(PersonGroup.id).offset(offset).limit(limit)).all(), total


def get_group(session: Session, group_id: uuid.UUID | None) -> PersonGroup:
    """Return a group. Raises UnknownGroupError."""
    group = session.get(PersonGroup, group_id) if group_id is not None else None
    if group is None:
        raise UnknownGroupError
    return group


def members_of(session: Session, groups: Iterable[PersonGroup]) -> dict[uuid.UUID, list[tuple[uuid.UUID, str, str]]]:
    """Return the members of groups, by group."""
    found: dict[uuid.UUID, list[tuple[uuid.UUID, str, str]]] = {}
    query = select(GroupMember.group_id, Person.scim_id, Person.name, Person.address).join(
        Person, Person.address == GroupMember.address
    )
    for piece in in_batches(group.id for group in groups):
        rows = session.execute(query.where(GroupMember.group_id.in_(piece)).order_by(Person.address))
        for group_id, scim_id, name, address in rows:
            found.setdefault(group_id, []).append((scim_id, name, address))
    return found


def group_resource(group: PersonGroup, members: Members | None, base: str) -> dict[str, Any]:
    """Return a group as a resource; None leaves its members out."""
    version = f'W/"{digest([group.id, group.name, group.external_id, group.updated_at.isoformat()])}"'
    found: dict[str, Any] = {"schemas": [GROUP], "id": str(group.id), "displayName": group.name}
    if group.external_id:
        found["externalId"] = group.external_id
    if members is not None:
        found["members"] = [
            {"value": str(one), "$ref": f"{base}/Users/{one}", "display": name or address, "type": "User"}
            for one, name, address in members
        ]
    return found | {"meta": meta_of("Group", group, group.id, version, base)}


def create_group(session: Session, body: Mapping[str, Any], by: By) -> PersonGroup:
    """Add a group. Raises ScimError."""
    wanted = group_of(body)
    serialised(session, LOCK)
    _keep_name_apart(session, wanted.name or "", None)
    group = PersonGroup(id=uuid.uuid4(), name=wanted.name, created_at=by.now, updated_at=by.now)
    session.add(group)
    session.flush()
    _change(session, group, wanted, {"name": (None, group.name)}, by)
    return group


def replace_group(
    session: Session, group_id: uuid.UUID | None, body: Mapping[str, Any], by: By, unchanged: Unchanged
) -> PersonGroup:
    """Let a group be what the client says, all of it. Raises ScimError, UnknownGroupError."""
    return _change(session, _to_change(session, group_id, unchanged), group_of(body), {}, by)


def patch_group(
    session: Session, group_id: uuid.UUID | None, body: Mapping[str, Any], by: By, unchanged: Unchanged
) -> PersonGroup:
    """Change parts of a group. Raises ScimError, UnknownGroupError."""
    wanted = changes_of(body)
    return _change(session, _to_change(session, group_id, unchanged), wanted, {}, by)


def delete_group(session: Session, group_id: uuid.UUID | None, by: By, unchanged: Unchanged) -> None:
    """Delete a group; its people stay. Raises UnknownGroupError, ChangedError."""
    group = _to_change(session, group_id, unchanged)
    left = session.scalars(select(GroupMember.address).where(GroupMember.group_id == group.id)).all()
    fields = {"name": (group.name, None), **_told(group.external_id or "", ""), **_moved((), left)}
    session.delete(group)
    session.flush()
    _note(session, Change(subject=Subject.GROUP, name=group.name, fields=fields), by)


def _to_change(session: Session, group_id: uuid.UUID | None, unchanged: Unchanged) -> PersonGroup:
    serialised(session, LOCK)
    group = get_group(session, group_id)
    if not unchanged(group):
        raise ChangedError
    return group


def _change(
    session: Session, group: PersonGroup, wanted: Wanted, fields: dict[str, tuple[Any, Any]], by: By
) -> PersonGroup:
    if wanted.name is not None and wanted.name != group.name:
        _keep_name_apart(session, wanted.name, group.id)
        fields["name"] = (group.name, wanted.name)
        rename_history(session, Subject.GROUP, group.name, wanted.name)
        group.name = wanted.name
    if wanted.external_id is not None:
        fields |= _told(group.external_id or "", wanted.external_id)
        group.external_id = wanted.external_id or None
    fields |= _moved(*_set_members(session, group.id, wanted))
    if fields:
        group.updated_at = by.now
        session.flush()
        _note(session, Change(subject=Subject.GROUP, name=group.name, fields=fields), by)
    return group


def _set_members(session: Session, group_id: uuid.UUID, wanted: Wanted) -> tuple[Collection[str], Collection[str]]:
    """Return the addresses of those who joined, and of those who left."""
    joining, leaving = _addresses(session, wanted.joining), _addresses(session, wanted.leaving)
    if len(joining) < len(wanted.joining):
        raise InvalidValueError("a member is no user that there is")
    table = select(GroupMember.address).where(GroupMember.group_id == group_id)
    pieces = [None] if wanted.whole else in_batches([*joining, *leaving])
    present = {
        one
        for piece in pieces
        for one in session.scalars(table if piece is None else table.where(GroupMember.address.in_(piece)))
    }
    joined = [one for one in joining if one not in present]
    left = sorted(present - set(joining) if wanted.whole else present & set(leaving))
    for piece in in_batches(left):
        session.execute(delete(GroupMember).where(GroupMember.group_id == group_id, GroupMember.address.in_(piece)))
    if joined:
        session.execute(insert(GroupMember), [{"group_id": group_id, "address": one} for one in joined])
    return joined, left


def _addresses(session: Session, ids: Iterable[uuid.UUID]) -> list[str]:
    query = select(Person.address)
    return [one for piece in in_batches(ids) for one in session.scalars(query.where(Person.scim_id.in_(piece)))]


def _keep_name_apart(session: Session, name: str, own: uuid.UUID | None) -> None:
    if len(name) > _SHORT:
        raise InvalidValueError(f"displayName has more than {_SHORT} characters")
    same = select(PersonGroup.id).where(func.lower(PersonGroup.name) == func.lower(name))
    if any(one != own for one in session.scalars(same)):
        raise UniquenessError("there is a group of this displayName already")


def _note(session: Session, change: Change, by: By) -> None:
    note_changes(session, [change], by)
    detail = {"subject": Subject.GROUP.value, "fields": sorted(change.fields)}
    record(session, actor=by.actor, action=Action.DIRECTORY_CHANGED, object=change.name, detail=detail, now=by.now)


def _told(before: str, after: str) -> dict[str, tuple[Any, Any]]:
    return {"external_id": (before, after)} if before != after else {}


def _moved(joined: Collection[str], left: Collection[str]) -> dict[str, tuple[Any, Any]]:
    came = {"joined": (None, sorted(joined))} if joined else {}
    return came | ({"left": (sorted(left), None)} if left else {})


def _members(term: Filter) -> ColumnElement[bool]:
    parts: Mapping[str, Term] = {"value": identity(Person.scim_id), "display": words(Person.name)}
    groups = select(GroupMember.group_id).join(Person, Person.address == GroupMember.address)
    return PersonGroup.id.in_(groups.where(condition(term, parts, {})))


_TERMS: Mapping[str, Term] = {
    "id": identity(PersonGroup.id),
    "externalid": exact(PersonGroup.external_id),
    "displayname": words(PersonGroup.name),
    "meta.created": instant(PersonGroup.created_at),
    "meta.lastmodified": instant(PersonGroup.updated_at),
}
_NESTS: Mapping[str, Nest] = {"members": _members}
