"""Users: found, created, changed and deleted, each change with its history."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from service.database import serialised
from service.directory.changes import By
from service.directory.models import Person
from service.errors import NotFoundError
from service.scim.addresses import owner_of
from service.scim.errors import ChangedError, UniquenessError
from service.scim.names import ENTERPRISE
from service.scim.operations import read_operations
from service.scim.people import VISIBLE, Known, find_known
from service.scim.profile import Profile, settled
from service.scim.saving import save_person
from service.scim.user_patch import apply, blank, profile_of
from service.scim.user_terms import called

# One change of the directory at a time: names and addresses are compared with everybody's.
LOCK = "directory"
# Tells whether a person is still as the client saw them.
Unchanged = Callable[[Known], bool]


class UnknownUserError(NotFoundError):
    """There is no user of this id."""


def get_user(session: Session, user_id: uuid.UUID | None, *, to_change: bool = False) -> Known:
    """Return a user. Raises UnknownUserError, for who was deleted, too."""
    known = find_known(session, Person.scim_id == user_id, to_change=to_change) if user_id is not None else None
    if known is None or not known.is_visible:
        raise UnknownUserError
    return known


def create_user(session: Session, body: Mapping[str, Any], by: By) -> Known:
    """Add somebody, or take over whom we knew by their mail address alone, or who was deleted.

    Raises ScimError; UniquenessError for a userName or an address of somebody whom the client has, or could find.
    """
    serialised(session, LOCK)
    draft = settled(Profile(), profile_of(body, Profile()))
    if find_known(session, called(draft.user_name) & VISIBLE) is not None:
        raise UniquenessError("there is a user of this userName already")
    found = _whose(session, draft)
    if found is None:
        return save_person(session, None, None, draft, by)
    start = replace(blank(found.profile), active=True)
    return save_person(session, found, None, settled(start, profile_of(body, start)), by)


def replace_user(
    session: Session, user_id: uuid.UUID | None, body: Mapping[str, Any], by: By, unchanged: Unchanged
) -> Known:
    """Let somebody be what the client says, all of it. Raises ScimError, UnknownUserError."""
    known = _to_change(session, user_id, unchanged)
    before = known.profile
    return save_person(session, known, before, settled(before, profile_of(body, blank(before))), by)


def patch_user(
    session: Session, user_id: uuid.UUID | None, body: Mapping[str, Any], by: By, unchanged: Unchanged
) -> Known:
    """Change parts of somebody. Raises ScimError, UnknownUserError."""
    operations = read_operations(body, ENTERPRISE)
    known = _to_change(session, user_id, unchanged)
    before = known.profile
    return save_person(session, known, before, settled(before, apply(before, operations)), by)


def delete_user(session: Session, user_id: uuid.UUID | None, by: By, unchanged: Unchanged) -> None:
    """Let somebody have left: gone for the client, signed out, and still known as one of ours.

    Raises UnknownUserError, ChangedError.
    """
    known = _to_change(session, user_id, unchanged)
    before = known.profile
    save_person(session, known, before, replace(before, active=False), by, is_removed=True)


def _to_change(session: Session, user_id: uuid.UUID | None, unchanged: Unchanged) -> Known:
    serialised(session, LOCK)
    known = get_user(session, user_id, to_change=True)
    if not unchanged(known):
        raise ChangedError
    return known


def _whose(session: Session, draft: Profile) -> Known | None:
    """Return whom a new profile is about, if we know them: by address, but not by the client's doing."""
    for address in filter(None, (draft.sign_in_address, draft.best_email)):
        owner = owner_of(session, address)
        known = find_known(session, Person.address == owner) if owner is not None else None
        if known is None:
            continue
        is_deleted = known.named is not None and not known.is_visible
        is_unclaimed = known.named is None and known.is_visible and owner == address
        if not (is_deleted or is_unclaimed):
            raise UniquenessError("a mail address of this person belongs to somebody else")
        return known
    return None
