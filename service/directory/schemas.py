"""What the API shows and takes of people, counterparties, unknown domains and imports."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from messages import CounterpartyKind, PersonKind
from service.directory.changes import Change
from service.directory.counterparties import values_of as party_values
from service.directory.counterparties import version_of as party_version
from service.directory.imports import ImportKind
from service.directory.models import Counterparty, DirectoryChange, Origin, Person
from service.directory.people import version_of as person_version

_Text = Annotated[str, Field(max_length=300)]
_Address = Annotated[str, Field(max_length=320)]
_Addresses = Annotated[list[_Address], Field(max_length=1000)]
_VERSION = Field(description="changes whenever a field does; hand it back as `expected_version`")
_KINDS = (CounterpartyKind.SUPPLIER, CounterpartyKind.CUSTOMER)


class Away(BaseModel):
    """Days of absence, both included; None leaves an end open."""

    model_config = ConfigDict(extra="forbid")

    first: date | None = None
    last: date | None = None


class PersonRecord(BaseModel):
    """One of ours. Who is not `active` has left; what they said still counts as ours."""

    address: str
    name: str
    role: str
    department: str
    manager: str
    slack_id: str
    aliases: list[str]
    kind: PersonKind
    members: list[str] = Field(description="who reads a list or mailbox, or whom an assistant works for")
    away: list[Away]
    deputy: str
    active: bool
    origin: Origin = Field(description="what changed them last")
    updated_at: datetime | None
    version: str = _VERSION


class PersonPage(BaseModel):
    """A page of people by name. `next` is the `after` of the following page, None at the end."""

    people: list[PersonRecord]
    next: str | None


class DirectoryChangeView(BaseModel):
    """A change: each field before and after, None where there was, or is, nothing of the kind."""

    at: datetime | None = Field(description="None for one that is only shown")
    actor: str
    origin: Origin
    batch: uuid.UUID | None = Field(description="the import that it belongs to")
    subject: str = Field(description="person or counterparty")
    name: str = Field(description="address or name")
    fields: dict[str, list[Any]]


class PersonDetail(PersonRecord):
    """One of ours, with their groups and how they changed, latest first."""

    groups: list[str]
    history: list[DirectoryChangeView]


class PersonChange(BaseModel):
    """What to change of somebody; what is left out stays. `active: false` says that they have left."""

    model_config = ConfigDict(extra="forbid")

    name: _Text = ""
    role: _Text = ""
    department: _Text = ""
    manager: _Address = ""
    slack_id: _Text = ""
    aliases: _Addresses = Field(default_factory=list)
    kind: PersonKind = PersonKind.PERSON
    members: _Addresses = Field(default_factory=list)
    away: list[Away] = Field(default_factory=list, max_length=100)
    deputy: _Address = ""
    active: bool = True

    def told(self) -> dict[str, Any]:
        """Return the fields that were given, as the store takes them."""
        found = self.model_dump(exclude_unset=True)
        if "away" in found:
            found["away"] = [(one.first, one.last) for one in self.away]
        return found


class PersonIn(PersonChange):
    """Somebody new."""

    address: _Address


class CounterpartyView(BaseModel):
    """A firm that we buy from or sell to."""

    id: uuid.UUID
    name: str
    kind: CounterpartyKind
    domains: list[str]
    slack_team: str
    owner: str = Field(description="the address of ours that looks after it")
    people: list[str] = Field(description="addresses of its people outside its domains")
    primary_contact: str
    resellers: list[str] = Field(description="names or domains of firms that act for it")
    version: str = _VERSION


class CounterpartyPage(BaseModel):
    """A page of counterparties by name. `next` is the `after` of the following page, None at the end."""

    counterparties: list[CounterpartyView]
    next: str | None


class CounterpartyDetail(CounterpartyView):
    """A firm, what refers to it, and how it changed, latest first."""

    references: list[str] = Field(description="what refers to it, counted; while anything does, it can't be deleted")
    history: list[DirectoryChangeView]


class CounterpartyChange(BaseModel):
    """What to change of a firm; what is left out stays. Under another name it keeps all that is attached to it."""

    model_config = ConfigDict(extra="forbid")

    name: _Text = ""
    kind: CounterpartyKind = CounterpartyKind.SUPPLIER
    domains: Annotated[list[Annotated[str, Field(max_length=253)]], Field(max_length=1000)] = Field(
        default_factory=list
    )
    slack_team: _Text = ""
    owner: _Address = ""
    people: _Addresses = Field(default_factory=list)
    primary_contact: _Address = ""
    resellers: Annotated[list[_Text], Field(max_length=1000)] = Field(default_factory=list)


class CounterpartyIn(CounterpartyChange):
    """A new firm."""

    name: Annotated[str, Field(min_length=1, max_length=300)]


class UnknownDomainView(BaseModel):
    """An external domain that nobody has assigned."""

    model_config = ConfigDict(from_attributes=True)

    domain: str
    messages: int
    first_seen: datetime
    last_seen: datetime
    alerts: int = Field(description="alerts that go by this domain")
    obstacle: str = Field(description="why it can't be a firm's, empty where it can")


class UnknownDomainPage(BaseModel):
    """A page of unknown domains, those of the most messages first. `next` is the `after` of the following page."""

    domains: list[UnknownDomainView]
    next: str | None


class AssignIn(BaseModel):
    """Whose an unknown domain is: a counterparty's, made where there is none of the name.

    With `address`, only that address of the domain: a counterparty's, or, with `person`, one of our people's, too.
    """

    model_config = ConfigDict(extra="forbid")

    counterparty: _Text = ""
    kind: CounterpartyKind = CounterpartyKind.SUPPLIER
    address: _Address = ""
    person: _Address = Field(default="", description="the address of one of our people")


class AssignedView(BaseModel):
    """Whose it is now."""

    counterparty: str | None
    person: str | None


class ImportView(BaseModel):
    """What an import changes, or with `dry_run` would change."""

    kind: ImportKind
    dry_run: bool
    id: uuid.UUID | None = Field(description="by which it can be taken back; None for a dry run")
    digest: str = Field(description="hand it back as `expected` to do exactly this")
    added: int
    changed: int
    left: int
    unchanged: int
    changes: list[DirectoryChangeView]


class ImportedView(BaseModel):
    """An import that was carried out."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    kind: ImportKind
    made_by: str
    done_at: datetime
    added: int
    changed: int
    undone_at: datetime | None
    undone_by: str | None


class KeptView(BaseModel):
    """What of an import stays, and why."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    why: str


class UndoneView(BaseModel):
    """How many people or counterparties are as before, and what of the import stays."""

    model_config = ConfigDict(from_attributes=True)

    reverted: int
    kept: list[KeptView]


def person_fields(row: Person) -> dict[str, Any]:
    """Return a row as `PersonRecord` has it."""
    plain = {key: getattr(row, key) for key in PersonRecord.model_fields if key not in {"away", "version"}}
    away = [Away(first=first, last=last) for first, last in row.away]
    return {**plain, "away": away, "version": person_version(row)}


def party_fields(row: Counterparty) -> dict[str, Any]:
    """Return a row as `CounterpartyView` has it."""
    return {"id": row.id, "name": row.name, **party_values(row), "version": party_version(row)}


def past(row: DirectoryChange) -> DirectoryChangeView:
    """Show a row of the history."""
    return DirectoryChangeView(
        at=row.at,
        actor=row.actor,
        origin=Origin(row.origin),
        batch=row.batch,
        subject=row.subject,
        name=row.name,
        fields=row.fields,
    )


def planned(change: Change, actor: str) -> DirectoryChangeView:
    """Show a change that would be made."""
    return DirectoryChangeView(
        at=None,
        actor=actor,
        origin=Origin.IMPORT,
        batch=None,
        subject=change.subject.value,
        name=change.name,
        fields={key: list(pair) for key, pair in change.fields.items()},
    )
