"""A person's main address changes: all that names them by it goes along."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Text, cast, or_, select, update
from sqlalchemy.orm import Session

from service.directory.changes import By, Subject, rename_history
from service.directory.models import Counterparty, Person
from service.exposure.pseudonyms import move_voice
from service.models import User
from service.negotiations.models import NegotiationRow
from service.negotiations.record import ChangeNote, note_fields
from service.scim.errors import UniquenessError

_LISTS = ("team", "sponsors", "superiors", "finance")
_PEOPLE = ("former", "authority")


def move_person(session: Session, old: str, new: str, by: By) -> None:
    """Let a person, and whatever refers to them, go by another address; loaded rows are read anew.

    Groups and the client's own names follow by their keys. What was said under the old address stays as it was said:
    it remains an alias, which the caller sees to. Raises UniquenessError where a user of the console is that address
    already.
    """
    _move_user(session, old, new)
    session.execute(update(Person).where(Person.address == old).values(address=new))
    for column in (Person.manager, Person.deputy):
        session.execute(update(Person).where(column == old).values({column: new}))
    for group in session.scalars(
        select(Person).where(cast(Person.members, Text).contains(_quoted(old), autoescape=True))
    ).all():
        group.members = _renamed(group.members, old, new)
    session.execute(update(Counterparty).where(Counterparty.owner == old).values(owner=new))
    rename_history(session, Subject.PERSON, old, new)
    _move_negotiations(session, old, new, by)
    move_voice(session, old, new)
    session.flush()
    session.expire_all()


def _move_user(session: Session, old: str, new: str) -> None:
    users = {user.address: user for user in session.scalars(select(User).where(User.address.in_([old, new])))}
    if old not in users:
        return
    if new in users:
        raise UniquenessError("another user of the console has this address")
    users[old].address = new
    session.flush()


def _move_negotiations(session: Session, old: str, new: str, by: By) -> None:
    named = or_(NegotiationRow.lead == old, cast(NegotiationRow.terms, Text).contains(_quoted(old), autoescape=True))
    note = ChangeNote(actor=by.actor, now=by.now)
    for row in session.scalars(select(NegotiationRow).where(named).order_by(NegotiationRow.id)).all():
        before = {**row.terms, "lead": row.lead}
        after = {**_moved_terms(row.terms, old, new), "lead": new if row.lead == old else row.lead}
        changed = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
        if not changed:
            continue
        row.lead = after.pop("lead")
        row.terms, row.updated_at = after, by.now
        # Whoever has it open for editing would write the old address back.
        row.version += 1
        note_fields(session, row.id, changed, note=note)


def _moved_terms(terms: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    lists = {key: _renamed(terms[key], old, new) for key in _LISTS if key in terms}
    people = {key: _renamed_people(terms[key], old, new) for key in _PEOPLE if key in terms}
    blackouts = [{**one, "allowed": _renamed(one.get("allowed", []), old, new)} for one in terms.get("blackout", ())]
    return {**terms, **lists, **people, **({"blackout": blackouts} if "blackout" in terms else {})}


def _renamed(addresses: list[str], old: str, new: str) -> list[str]:
    return list(dict.fromkeys(new if one == old else one for one in addresses))


def _renamed_people(entries: list[dict[str, Any]], old: str, new: str) -> list[dict[str, Any]]:
    """Rename the person of each entry; of two that come to be the same person's, the one of the old address counts."""
    if not any(one["person"] == old for one in entries):
        return entries
    kept = [one for one in entries if one["person"] != new]
    return [{**one, "person": new} if one["person"] == old else one for one in kept]


def _quoted(address: str) -> str:
    """Return an address as it stands in stored JSON, ready to be looked for."""
    return json.dumps(address)
