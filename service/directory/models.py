"""The tables of the directory: our people, their groups, the counterparties, and how all of it changed."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.models import Base


class Origin(StrEnum):
    """What put something into the directory last."""

    FILES = "files"
    IMPORT = "import"
    SCIM = "scim"
    CONSOLE = "console"


class Counterparty(Base):
    """A supplier or customer; an external domain nobody has assigned yet is one of its own, kind `unassigned`.

    `people` are addresses of theirs outside their domains, `resellers` names or domains of firms that act for them.
    """

    __tablename__ = "counterparty"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    slack_team: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")
    people: Mapped[list[Any]] = mapped_column(default=list)
    primary_contact: Mapped[str] = mapped_column(default="")
    resellers: Mapped[list[Any]] = mapped_column(default=list)
    domains: Mapped[list["CounterpartyDomain"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class CounterpartyDomain(Base):
    """A domain of a counterparty, its subdomains included: of its mail, or of its Slack workspace (`t0123.slack`).

    `assigned_by` is who said so in the console, None where the directory's files did.
    """

    __tablename__ = "counterparty_domain"

    domain: Mapped[str] = mapped_column(primary_key=True)
    counterparty_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("counterparty.id", ondelete="CASCADE"), index=True)
    assigned_by: Mapped[str | None]


class Person(Base):
    """One of ours, as the directory knows them; the fields are those of `messages.Person`.

    `away` are pairs of ISO days, None for an open end. Who is not `active` has left: kept, since what they said still
    counts as ours. `scim_id` and `external_id` are how a SCIM client names them.
    """

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_scim_id", "scim_id", unique=True), Index("ix_person_name", "name"))

    address: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    manager: Mapped[str] = mapped_column(default="")
    slack_id: Mapped[str] = mapped_column(default="")
    aliases: Mapped[list[Any]] = mapped_column(default=list)
    kind: Mapped[str] = mapped_column(default="person")
    members: Mapped[list[Any]] = mapped_column(default=list)
    away: Mapped[list[Any]] = mapped_column(default=list)
    deputy: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)
    origin: Mapped[str] = mapped_column(default=Origin.CONSOLE.value)
    scim_id: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4)
    external_id: Mapped[str | None]
    created_at: Mapped[datetime | None]
    updated_at: Mapped[datetime | None]


class PersonGroup(Base):
    """A group of people, as a SCIM client keeps it."""

    __tablename__ = "person_group"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    name: Mapped[str] = mapped_column(unique=True)
    external_id: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class GroupMember(Base):
    """Who belongs to a group."""

    __tablename__ = "group_member"

    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person_group.id", ondelete="CASCADE"), primary_key=True)
    address: Mapped[str] = mapped_column(
        ForeignKey("person.address", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True, index=True
    )


class DirectoryChange(Base):
    """What changed in the directory: who did it, to whom, and each field before and after.

    `subject` is `person`, `counterparty`, `group` or `rate`; `name` its address or name. `fields` maps a field to
    [before, after]; None stands for one that was, or is, not there. Changes of one import share `batch`.
    """

    __tablename__ = "directory_change"
    __table_args__ = (Index("ix_directory_change_subject_name", "subject", "name"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str]
    origin: Mapped[str]
    batch: Mapped[uuid.UUID | None] = mapped_column(index=True)
    subject: Mapped[str]
    name: Mapped[str]
    fields: Mapped[dict[str, Any]]


class DirectoryImport(Base):
    """An import of people.csv or counterparties.csv; its id is the `batch` of its changes.

    `content` is the file's text until it is carried out. With `leave`, whoever is not in the file has left.
    """

    __tablename__ = "directory_import"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    kind: Mapped[str]
    leave: Mapped[bool] = mapped_column(default=False)
    content: Mapped[str | None]
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(index=True)
    done_at: Mapped[datetime | None]
    added: Mapped[int] = mapped_column(Integer, default=0)
    changed: Mapped[int] = mapped_column(Integer, default=0)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]


class UnknownDomain(Base):
    """An external domain that nobody has assigned yet: how many messages it was on, and when."""

    __tablename__ = "unknown_domain"

    domain: Mapped[str] = mapped_column(primary_key=True)
    messages: Mapped[int] = mapped_column(BigInteger, default=0, index=True)
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]


class ContextVersion(Base):
    """How often directory or register changed: whoever holds a snapshot sees whether it is old. One row, id 1."""

    __tablename__ = "context_version"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(BigInteger)
