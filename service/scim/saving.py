"""Writing a person down: the directory's part, the client's names, the history, and what follows from it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.audit.store import Action, record
from service.directory.changes import By, Change, Subject, difference, note_changes
from service.directory.fields import NEW_PERSON, FieldError, cleaned_person
from service.directory.models import GroupMember, Person, PersonGroup
from service.scim.addresses import keep_apart
from service.scim.errors import InvalidValueError, UniquenessError
from service.scim.leaving import shut_out
from service.scim.models import ScimEmail, ScimUser
from service.scim.moving import move_person
from service.scim.people import Known, find_known
from service.scim.profile import Profile, is_address, main_address
from service.scim.queries import id_of

_FIELDS = {"title": "role", "department": "department", "active": "active"}


def save_person(
    session: Session, known: Known | None, before: Profile | None, after: Profile, by: By, *, is_removed: bool = False
) -> Known:
    """Let somebody be what a profile says, and return them.

    `known` is None for somebody new, `before` None for somebody whom the client names for the first time. What does not
    change leaves no trace. Raises UniquenessError, InvalidValueError.
    """
    old = known.person.address if known is not None else ""
    was = known.profile if known is not None else Profile()
    address = main_address(before, after, old)
    _keep_name_apart(session, after, old)
    person_before = _values(known.person) if known is not None else None
    aliases = _aliases(known, was, after, address)
    held = {old, *(known.person.aliases if known is not None else ())}
    keep_apart(session, {address, *aliases} - held, old)
    values = _changed_values(session, was, after, address, is_new=known is None)
    if known is None:
        session.add(Person(address=address, **NEW_PERSON, origin=by.origin.value, created_at=by.now))
        session.flush()
    elif address != old:
        move_person(session, old, address, by)
    person = session.get_one(Person, address)
    for key, value in {**values, "aliases": aliases}.items():
        if getattr(person, key) != value:
            setattr(person, key, value)
    named = _name(session, address, after, by, is_removed=is_removed)
    if after.emails != was.emails:
        _write_emails(session, address, after)
    change = _change(person_before, _values(person), address, old, was, after)
    if is_removed:
        change = _without_groups(session, address, change, by)
    if change is not None or known is None:
        person.origin, person.updated_at = by.origin.value, by.now
    session.flush()
    _follow_up(session, person, change, by)
    found = find_known(session, Person.address == named.address)
    assert found is not None
    return found


def _follow_up(session: Session, person: Person, change: Change | None, by: By) -> None:
    # The log comes last: it makes all others who write to it wait until this ends.
    if change is not None:
        note_changes(session, [change], by)
    if not person.active:
        shut_out(session, {person.address, *person.aliases}, by)
    if change is not None:
        detail = {"subject": Subject.PERSON.value, "fields": sorted(change.fields)}
        action = Action.DIRECTORY_CHANGED
        record(session, actor=by.actor, action=action, object=person.address, detail=detail, now=by.now)


def _changed_values(session: Session, was: Profile, after: Profile, address: str, *, is_new: bool) -> dict[str, Any]:
    """Return the columns that the client's change is about, as they are stored."""
    values = {
        column: getattr(after, key)
        for key, column in _FIELDS.items()
        if is_new or getattr(after, key) != getattr(was, key)
    }
    if after.full_name != was.full_name:
        values["name"] = after.full_name
    if after.manager != was.manager:
        values["manager"] = _manager(session, after.manager)
        if values["manager"] == address:
            raise InvalidValueError("nobody is their own manager")
    try:
        cleaned = cleaned_person(values)
    except FieldError as error:
        raise InvalidValueError(str(error)) from error
    if after.external_id != was.external_id:
        cleaned["external_id"] = after.external_id or None
    return cleaned


def _manager(session: Session, said: str) -> str:
    wanted = id_of(said)
    if wanted is not None:
        address = session.scalar(select(Person.address).where(Person.scim_id == wanted))
        if address is None:
            raise InvalidValueError("there is no user of the manager's id")
        return address
    if said and not is_address(said):
        raise InvalidValueError("manager must be a user's id or a mail address")
    return said.lower()


def _aliases(known: Known | None, was: Profile, after: Profile, address: str) -> list[str]:
    """Return the other addresses: what the client says, what others said, and what the main one was before."""
    if known is None:
        return sorted(after.addresses - {address})
    dropped = {one.folded for one in was.emails} - after.addresses
    kept = [one for one in known.person.aliases if one not in dropped]
    wanted = [*kept, *sorted(after.addresses), known.person.address]
    found = [one for one in dict.fromkeys(wanted) if one != address]
    return known.person.aliases if set(found) == set(known.person.aliases) else found


def _keep_name_apart(session: Session, after: Profile, old: str) -> None:
    """Make sure that a userName is nobody else's; somebody deleted gives theirs back."""
    folded = after.user_name.lower()
    holder = session.scalar(select(ScimUser.address).where(ScimUser.folded == folded, ScimUser.address != old))
    other = find_known(session, Person.address == (holder or folded))
    if other is None or other.person.address == old:
        return
    if holder is None or other.is_visible:
        raise UniquenessError("there is a user of this userName already")
    other_named = session.get_one(ScimUser, holder)
    other_named.user_name = other_named.folded = f"deleted:{other.person.scim_id}"
    session.flush()


def _name(session: Session, address: str, after: Profile, by: By, *, is_removed: bool) -> ScimUser:
    named = session.get(ScimUser, address)
    if named is None:
        named = ScimUser(address=address)
        session.add(named)
    named.user_name, named.folded = after.user_name, after.user_name.lower()
    named.display_name, named.name = after.display_name, dict(after.name)
    named.given = sorted(after.given)
    if is_removed or after.active:
        named.removed_at = by.now if is_removed else None
    session.flush()
    return named


def _write_emails(session: Session, address: str, after: Profile) -> None:
    session.execute(delete(ScimEmail).where(ScimEmail.address == address))
    session.add_all(
        ScimEmail(
            address=address,
            folded=one.folded,
            value=one.value,
            type=one.type,
            is_primary=one.primary,
            position=position,
        )
        for position, one in enumerate(after.emails)
    )
    session.flush()


def _without_groups(session: Session, address: str, change: Change | None, by: By) -> Change | None:
    """Take somebody out of all groups, and say so in their change."""
    ids = select(GroupMember.group_id).where(GroupMember.address == address)
    groups = session.scalars(select(PersonGroup).where(PersonGroup.id.in_(ids)).order_by(PersonGroup.name)).all()
    if not groups:
        return change
    for one in groups:
        one.updated_at = by.now
    session.execute(delete(GroupMember).where(GroupMember.address == address))
    fields = {**(change.fields if change else {}), "groups": ([one.name for one in groups], [])}
    return Change(subject=Subject.PERSON, name=address, fields=fields)


def _values(person: Person) -> dict[str, Any]:
    return {key: getattr(person, key) for key in NEW_PERSON}


def _change(
    before: Mapping[str, Any] | None, now: Mapping[str, Any], address: str, old: str, was: Profile, after: Profile
) -> Change | None:
    """Return what becomes of a person, the client's own names for them included."""
    found = difference(Subject.PERSON, address, before, now)
    fields = dict(found.fields) if found is not None else {}
    if old and old != address:
        fields["address"] = (old, address)
    names = {"user_name": (was.user_name, after.user_name), "external_id": (was.external_id, after.external_id)}
    if before is None:
        fields |= {key: (None, new) for key, (_, new) in names.items() if new}
    else:
        fields |= {key: pair for key, pair in names.items() if pair[0] != pair[1]}
    return Change(subject=Subject.PERSON, name=address, fields=fields) if fields else None
