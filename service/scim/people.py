"""People as SCIM has them: who is there for a client, and what it is told of them."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from messages import PersonKind
from service.directory.changes import in_batches
from service.directory.fields import cleaned_text, digest
from service.directory.models import GroupMember, Person, PersonGroup
from service.scim.models import ScimEmail, ScimUser
from service.scim.names import ENTERPRISE, USER
from service.scim.profile import Email, Profile

# Lists and mailboxes are nobody.
_HUMAN = (PersonKind.PERSON.value, PersonKind.ASSISTANT.value)
# Whom the client deleted is gone for it, until they are active again.
VISIBLE = and_(Person.kind.in_(_HUMAN), or_(Person.active, ScimUser.removed_at.is_(None)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A person, and what the client calls them; `named` is None for somebody whom no client ever wrote."""

    person: Person
    named: ScimUser | None
    emails: Sequence[ScimEmail] = ()

    @property
    def is_visible(self) -> bool:
        """Whether the client gets to see them."""
        removed = self.named is not None and self.named.removed_at is not None
        return self.person.kind in _HUMAN and (self.person.active or not removed)

    @property
    def profile(self) -> Profile:
        """What a client could have said of them, to have them as they are."""
        person, named = self.person, self.named
        emails = tuple(Email(value=one.value, type=one.type, primary=one.is_primary) for one in self.emails)
        said = Profile(display_name=named.display_name, name=named.name) if named else Profile()
        # The name may have been mended here since.
        is_current = cleaned_text("name", said.full_name) == person.name
        return Profile(
            user_name=named.user_name if named else person.address,
            display_name=said.display_name if is_current else person.name,
            name=said.name,
            title=person.role,
            department=person.department,
            manager=person.manager,
            external_id=person.external_id or "",
            active=person.active,
            emails=emails or (Email(value=person.address, type="work", primary=True),),
            given=frozenset(named.given) if named else frozenset(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Whom people's resources refer to: superiors by address (id, name), and groups by member (id, name)."""

    superiors: Mapping[str, tuple[uuid.UUID, str]] = field(default_factory=dict)
    groups: Mapping[str, Sequence[tuple[uuid.UUID, str]]] = field(default_factory=dict)


def list_known(
    session: Session, where: ColumnElement[bool] | None, *, offset: int, limit: int
) -> tuple[Sequence[Known], int]:
    """Return a page of the people a client sees, always in the same order, and how many there are."""
    query = select(Person, ScimUser).outerjoin(ScimUser, ScimUser.address == Person.address).where(VISIBLE)
    if where is not None:
        query = query.where(where)
    total = session.scalar(query.with_only_columns(func.count())) or 0
    if not limit or offset >= total:
        return (), total
    return _known(session, query.order_by(Person.scim_id).offset(offset).limit(limit)), total


def find_known(session: Session, where: ColumnElement[bool], *, to_change: bool = False) -> Known | None:
    """Return the one person of a condition, seen or not; locked where they are to be changed."""
    query = select(Person, ScimUser).outerjoin(ScimUser, ScimUser.address == Person.address).where(where).limit(1)
    if to_change:
        query = query.with_for_update(of=Person)
    return next(iter(_known(session, query)), None)


def surroundings_of(session: Session, people: Iterable[Known], *, groups: bool = True) -> Surroundings:
    """Look up what the resources of people refer to."""
    rows = [one.person for one in people]
    superiors = _superiors(session, {one.manager for one in rows if one.manager})
    return Surroundings(superiors=superiors, groups=_groups(session, [one.address for one in rows]) if groups else {})


def resource_of(known: Known, around: Surroundings, base: str) -> dict[str, Any]:
    """Return a person as a resource; `base` is the address under which the protocol is served."""
    person, profile = known.person, known.profile
    extension = _without_blanks(
        department=profile.department, manager=_superior(profile.manager, around, base) if profile.manager else None
    )
    name = {**profile.name} if profile.full_name else {}
    if name and "formatted" not in name:
        name["formatted"] = profile.full_name if not profile.display_name else _formatted(profile)
    found = {
        "schemas": [USER, ENTERPRISE] if extension else [USER],
        "id": str(person.scim_id),
        **_without_blanks(externalId=profile.external_id),
        "userName": profile.user_name,
        **_without_blanks(name=name, displayName=profile.full_name, title=profile.title),
        "active": profile.active,
        "emails": [_without_blanks(value=one.value, type=one.type, primary=one.primary) for one in profile.emails],
        **({ENTERPRISE: extension} if extension else {}),
    }
    version = f'W/"{digest(found)}"'
    groups = [
        {"value": str(one), "$ref": f"{base}/Groups/{one}", "display": called}
        for one, called in around.groups.get(person.address, ())
    ]
    return found | {"groups": groups, "meta": meta_of("User", person, person.scim_id, version, base)}


def meta_of(kind: str, row: Person | PersonGroup, row_id: uuid.UUID, version: str, base: str) -> dict[str, Any]:
    """Return what a resource says of itself."""
    return {
        "resourceType": kind,
        **_without_blanks(
            created=row.created_at.isoformat().replace("+00:00", "Z") if row.created_at else "",
            lastModified=row.updated_at.isoformat().replace("+00:00", "Z") if row.updated_at else "",
        ),
        "location": f"{base}/{kind}s/{row_id}",
        "version": version,
    }


def _known(session: Session, query: Select[Person, ScimUser]) -> list[Known]:
    rows = [(row[0], row[1]) for row in session.execute(query)]
    emails: dict[str, list[ScimEmail]] = {}
    for piece in in_batches(person.address for person, _ in rows):
        wanted = select(ScimEmail).where(ScimEmail.address.in_(piece)).order_by(ScimEmail.position)
        for one in session.scalars(wanted):
            emails.setdefault(one.address, []).append(one)
    return [Known(person=person, named=named, emails=emails.get(person.address, ())) for person, named in rows]


def _superiors(session: Session, addresses: Collection[str]) -> dict[str, tuple[uuid.UUID, str]]:
    query = select(Person.address, Person.scim_id, Person.name)
    pieces = (session.execute(query.where(Person.address.in_(piece))) for piece in in_batches(sorted(addresses)))
    return {address: (scim_id, name) for rows in pieces for address, scim_id, name in rows}


def _groups(session: Session, addresses: Sequence[str]) -> dict[str, list[tuple[uuid.UUID, str]]]:
    query = (
        select(GroupMember.address, PersonGroup.id, PersonGroup.name)
        .join(PersonGroup, PersonGroup.id == GroupMember.group_id)
        .order_by(PersonGroup.name)
    )
    found: dict[str, list[tuple[uuid.UUID, str]]] = {}
    for piece in in_batches(addresses):
        for address, group_id, name in session.execute(query.where(GroupMember.address.in_(piece))):
            found.setdefault(address, []).append((group_id, name))
    return found


def _superior(address: str, around: Surroundings, base: str) -> dict[str, str]:
    if address not in around.superiors:
        return {"value": address}
    scim_id, name = around.superiors[address]
    return {"value": str(scim_id), "$ref": f"{base}/Users/{scim_id}", **_without_blanks(displayName=name)}


def _formatted(profile: Profile) -> str:
    parts = (profile.name.get(key, "") for key in ("givenName", "middleName", "familyName"))
    return " ".join(filter(None, parts))


def _without_blanks(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
