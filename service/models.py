"""Every table. Times are aware and stored in UTC; ids are random unless an order is needed.

What is readable in the database is who, when and how grave; what was said is sealed (columns `sealed`, `key_id`).
"""

import uuid
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Utc(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite, which has no zones, gives it back aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without zone, and store the rest in UTC."""
        del dialect
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without zone can't be stored")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Make it aware."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The root of all tables; constraints have names, so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: Utc(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        bytes: LargeBinary(),
        str: Text(),
    }


def _id() -> Mapped[uuid.UUID]:
    return mapped_column(primary_key=True, default=uuid.uuid4)


class AlertStatus(StrEnum):
    """Where an alert is in its reviewers' hands."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    SUPPRESSED = "suppressed"
    RESOLVED = "resolved"


class Verdict(StrEnum):
    """What a reviewer found an alert to be."""

    TRUE_POSITIVE = "true_positive"
    FALSE_POSITIVE = "false_positive"
    BENIGN = "benign"
    DUPLICATE = "duplicate"
    INSUFFICIENT_DATA = "insufficient_data"


class SourceState(Base):
    """What a source was last heard to do: a silent stop of ingestion must be visible."""

    __tablename__ = "source_state"

    source: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    messages: Mapped[int] = mapped_column(BigInteger, default=0)
    refusals: Mapped[int] = mapped_column(BigInteger, default=0)
    read_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(default="")


class SourceCursor(Base):
    """How far a stream of a source has been read; moves only with what it brought."""

    __tablename__ = "source_cursor"

    source: Mapped[str] = mapped_column(primary_key=True)
    stream: Mapped[str] = mapped_column(primary_key=True)
    cursor: Mapped[str]
    moved_at: Mapped[datetime]


class Refusal(Base):
    """Something a source held that could not be read: where and why, without its content."""

    __tablename__ = "refusal"
    __table_args__ = (UniqueConstraint("source", "stream", "location"),)

    id: Mapped[uuid.UUID] = _id()
    source: Mapped[str]
    stream: Mapped[str]
    location: Mapped[str]
    why: Mapped[str]
    refused_at: Mapped[datetime] = mapped_column(index=True)


class Tally(Base):
    """Counts of what passed, by day: all that is kept of most messages."""

    __tablename__ = "tally"

    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)


class Thread(Base):
    """A conversation: ids and times, no words."""

    __tablename__ = "thread"

    id: Mapped[uuid.UUID] = _id()
    channel: Mapped[str]
    seen_at: Mapped[datetime] = mapped_column(index=True)


class ThreadRef(Base):
    """One hashed name of a thread (a Message-ID, a Slack thread, a subject among the same firms)."""

    __tablename__ = "thread_ref"

    ref: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    thread_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), index=True)
    seen_at: Mapped[datetime]


class MessageRow(Base):
    """A message that touched a counterparty: its headers, and its sealed text for as long as there is cause.

    `key` is the message's identity across redeliveries. `participants` is a list of [role, address, name] with role
    from, to or cc. The sealed text is JSON {"subject", "text", "attachments"}. `parts` are [kind, start, end]. A text
    goes at `text_until`; None with a text means that it is kept for an alert. `withdrawn_at` is when its author deleted
    it, or put an edited version in its place.
    """

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_thread_id_sent_at", "thread_id", "sent_at"),)

    id: Mapped[uuid.UUID] = _id()
    key: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    thread_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"))
    source: Mapped[str]
    external_id: Mapped[str]
    channel: Mapped[str]
    direction: Mapped[str]
    sent_at: Mapped[datetime]
    stored_at: Mapped[datetime] = mapped_column(index=True)
    participants: Mapped[list[Any]]
    parts: Mapped[list[Any]]
    key_id: Mapped[str | None]
    sealed: Mapped[bytes | None]
    text_until: Mapped[datetime | None] = mapped_column(index=True)
    withdrawn_at: Mapped[datetime | None]


class Alert(Base):
    """What a policy says about a thread. One alert a thread and policy: evidence joins it.

    `said_at` is when the latest evidence was said; `updated_at` is when the alert itself last changed.
    """

    __tablename__ = "alert"
    __table_args__ = (
        UniqueConstraint("thread_id", "policy"),
        Index("ix_alert_said_at_id", "said_at", "id"),
        Index("ix_alert_updated_at_id", "updated_at", "id"),
        Index("ix_alert_risk_id", "risk", "id"),
        Index("ix_alert_status_severity_said_at_id", "status", "severity", "said_at", "id"),
        Index("ix_alert_status_severity_updated_at_id", "status", "severity", "updated_at", "id"),
        Index("ix_alert_status_severity_risk_id", "status", "severity", "risk", "id"),
        Index("ix_alert_counterparty", "counterparty"),
        Index("ix_alert_policy", "policy"),
    )

    id: Mapped[uuid.UUID] = _id()
    thread_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("thread.id"))
    policy: Mapped[str]
    status: Mapped[str] = mapped_column(default=AlertStatus.NEW.value)
    severity: Mapped[str]
    risk: Mapped[float]
    channel: Mapped[str]
    counterparty: Mapped[str]
    verdict: Mapped[str | None]
    said_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    reopened: Mapped[int] = mapped_column(Integer, default=0)
    labels: Mapped[list["AlertLabel"]] = relationship(cascade="all, delete-orphan", lazy="selectin")
    people: Mapped[list["AlertPerson"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class AlertLabel(Base):
    """A label that an alert has evidence for."""

    __tablename__ = "alert_label"

    label: Mapped[str] = mapped_column(primary_key=True)
    alert_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("alert.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class AlertPerson(Base):
    """An author of an alert's evidence."""

    __tablename__ = "alert_person"

    address: Mapped[str] = mapped_column(primary_key=True)
    alert_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("alert.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class FindingRow(Base):
    """A piece of an alert's evidence; its words are the range of the message's sealed text.

    `evidence` is a keyed hash of label and words: the same words again are no new evidence. `answers` says which
    question of theirs the words answer, empty where none was asked.
    """

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("alert_id", "message_id", "detector", "label", "part", "start", "end"),
        Index("ix_finding_alert_id_evidence", "alert_id", "evidence"),
    )

    id: Mapped[uuid.UUID] = _id()
    alert_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"))
    message_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("message.id"), index=True)
    label: Mapped[str]
    part: Mapped[str]
    start: Mapped[int | None]
    end: Mapped[int | None]
    confidence: Mapped[float]
    points: Mapped[float]
    explanation: Mapped[str]
    reason: Mapped[str]
    detector: Mapped[str]
    rule: Mapped[str]
    evidence: Mapped[bytes] = mapped_column(LargeBinary(16))
    answers: Mapped[str] = mapped_column(default="")
    found_at: Mapped[datetime]


class SearchToken(Base):
    """A keyed hash of a word in an alert's messages: search without readable text."""

    __tablename__ = "search_token"

    token: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    alert_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("alert.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class AlertEvent(Base):
    """What happened to alerts, in order: the feeds' memory."""

    __tablename__ = "alert_event"
    # An id is never given twice: a listener asks for what came behind the one it has.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy reads it from the class

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    alert_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    happened_at: Mapped[datetime] = mapped_column(index=True)


class Review(Base):
    """A reviewer's step on an alert; only appended to. An undo is a review that names the one it takes back."""

    __tablename__ = "review"

    id: Mapped[uuid.UUID] = _id()
    alert_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"), index=True)
    reviewer: Mapped[str]
    verdict: Mapped[str | None]
    status: Mapped[str]
    status_before: Mapped[str]
    verdict_before: Mapped[str | None]
    key_id: Mapped[str | None]
    sealed_note: Mapped[bytes | None]
    undoes: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), unique=True)
    reviewed_at: Mapped[datetime]


class AuditEntry(Base):
    """Who did or looked at what; only appended to (a trigger refuses the rest), each row hashed with the one before."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_object_at", "object", "at"),)

    seq: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    object: Mapped[str]
    detail: Mapped[dict[str, Any]]
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class User(Base):
    """Someone who may sign in; `roles` are names of service.auth.permissions.

    `slack` is `TEAM:USER` where they may act from Slack, None where not; `address` is that of the person of ours they
    are, lower case, by which the register of negotiations knows them.
    """

    __tablename__ = "user"
    __table_args__ = (
        Index("ix_user_slack", "slack", unique=True),
        Index("ix_user_address", "address", unique=True),
    )

    id: Mapped[uuid.UUID] = _id()
    name: Mapped[str] = mapped_column(unique=True)
    roles: Mapped[list[Any]]
    disabled: Mapped[bool] = mapped_column(default=False)
    slack: Mapped[str | None]
    address: Mapped[str | None]
    created_at: Mapped[datetime]


class SignInLink(Base):
    """A one-time link, by the hash of its token."""

    __tablename__ = "sign_in_link"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SessionRow(Base):
    """A browser that is signed in, by the hash of its cookie."""

    __tablename__ = "session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class ApiToken(Base):
    """A machine's key, by its hash; `scopes` are names of service.auth.permissions."""

    __tablename__ = "api_token"

    id: Mapped[uuid.UUID] = _id()
    name: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    scopes: Mapped[list[Any]]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
