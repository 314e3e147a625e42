"""The tables of the exposure ledger."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.models import Base


class EntryKind(StrEnum):
    """What an entry says of the counterparty: they know it, they asked for it, it was promised to them."""

    KNOWN = "known"
    ASKED = "asked"
    PROMISED = "promised"


class EntryState(StrEnum):
    """Whether an entry still counts.

    `retracted`: the team says that it was not told, or is wrong. `known_before`: they knew, so nothing was given away.
    `outdated`: it was true then, and is not any more.
    """

    VALID = "valid"
    RETRACTED = "retracted"
    KNOWN_BEFORE = "known_before"
    OUTDATED = "outdated"


class ExposureEntry(Base):
    """A thing that a counterparty knows, asked or was promised: the first and last time, and how often.

    `topic` is what it is about, the name of a label (`budget`, `timeline` …), empty where that is not clear; a question
    for several things is an entry for each. `mark` is a keyed hash of negotiation, kind and thing, by which the same
    told again is known. `fact` is JSON of neutral words, and of those that the team put in their place,
    sealed for `exposure_entry:ID` (service.exposure.facts). The words of a `sealed_fact` come from the plan, for those
    who may open it. `role` and `department` are those of whoever told it first, `author` their address, shown as a
    pseudonym. `times` counts messages. `added_by` is who wrote it down by hand, empty for what was found.
    """

    __tablename__ = "exposure_entry"
    __table_args__ = (
        UniqueConstraint("counterparty", "mark"),
        Index("ix_exposure_entry_counterparty_last_at_id", "counterparty", "last_at", "id"),
        Index("ix_exposure_entry_negotiation_id_last_at_id", "negotiation_id", "last_at", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    counterparty: Mapped[str]
    negotiation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("negotiation.id", ondelete="SET NULL"))
    kind: Mapped[str]
    label: Mapped[str]
    topic: Mapped[str]
    mark: Mapped[bytes] = mapped_column(LargeBinary(16))
    key_id: Mapped[str]
    fact: Mapped[bytes]
    sealed_fact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("sealed_fact.id", ondelete="SET NULL"))
    author: Mapped[str]
    role: Mapped[str]
    department: Mapped[str]
    channel: Mapped[str]
    confidence: Mapped[float]
    times: Mapped[int] = mapped_column(Integer, default=1)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default=EntryState.VALID.value)
    added_by: Mapped[str] = mapped_column(default="")
    updated_at: Mapped[datetime]


class ExposureSource(Base):
    """Where an entry's words stand: a range of a stored message's text, or of its `part`.

    `verdict` is what reviewers found of the alerts that rest on it: false_positive takes it out, benign says that it
    was authorised. `taken_back_at` is when its author deleted or changed the message: it may have been read before.
    """

    __tablename__ = "exposure_source"
    __table_args__ = (
        UniqueConstraint("entry_id", "message_id", "part", "start"),
        Index("ix_exposure_source_message_id", "message_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("exposure_entry.id", ondelete="CASCADE"))
    message_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("message.id", ondelete="SET NULL"))
    author: Mapped[str]
    part: Mapped[str]
    start: Mapped[int | None]
    end: Mapped[int | None]
    confidence: Mapped[float]
    said_at: Mapped[datetime]
    verdict: Mapped[str | None]
    taken_back_at: Mapped[datetime | None]


class ExposurePerson(Base):
    """Under which pseudonym somebody appears in a counterparty's ledger: once given, it stays."""

    __tablename__ = "exposure_person"
    __table_args__ = (UniqueConstraint("counterparty", "pseudonym"),)

    counterparty: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    pseudonym: Mapped[str]


class ExposureLink(Base):
    """A question that was answered, or led to a promise: `days` lie between the two."""

    __tablename__ = "exposure_link"

    asked_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("exposure_entry.id", ondelete="CASCADE"), primary_key=True)
    told_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("exposure_entry.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    days: Mapped[float]
    same_thread: Mapped[bool]
    made_at: Mapped[datetime]


class ExposureEdit(Base):
    """What the team did to an entry, and why; only appended to. Words and reason are sealed for `exposure_edit:ID`.

    `undoes` names the edit that this one takes back.
    """

    __tablename__ = "exposure_edit"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("exposure_entry.id", ondelete="CASCADE"), index=True)
    actor: Mapped[str]
    at: Mapped[datetime]
    state_before: Mapped[str]
    state: Mapped[str]
    key_id: Mapped[str]
    sealed: Mapped[bytes]
    undoes: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("exposure_edit.id", ondelete="CASCADE"), unique=True)


class BriefRow(Base):
    """A brief that was made before a meeting: what stood in the ledger then, sealed for `brief:ID`."""

    __tablename__ = "brief"
    __table_args__ = (
        Index("ix_brief_negotiation_id_counterparty_made_at", "negotiation_id", "counterparty", "made_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    negotiation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("negotiation.id", ondelete="CASCADE"))
    counterparty: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    key_id: Mapped[str]
    sealed: Mapped[bytes]
