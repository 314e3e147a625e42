"""Tables of warnings: each at most once, every attempt on record."""

import uuid
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from service.models import Base

# A warning is for the moment in which a message can still be taken back or an answer still be thought over. Ten minutes
# later it is news of the past, which App Home tells without disturbing anybody.
STALE = timedelta(minutes=10)


class WarningKind(StrEnum):
    """Who is warned: the author of what gives something away, or the reader of a fishing question."""

    AUTHOR = "author"
    READER = "reader"


class WarningState(StrEnum):
    """How far a warning has come. Only DUE may be sent; UNKNOWN is never repeated, and shown in App Home."""

    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    EXPIRED = "expired"


class Answer(StrEnum):
    """What the warned person did with it."""

    DELETE = "delete"
    AUTHORISED = "authorised"
    ASKED = "asked"
    NOT_A_PROBLEM = "not_a_problem"


class Way(StrEnum):
    """How a warning reaches its person: next to the message, seen by them alone, or as a direct message."""

    EPHEMERAL = "ephemeral"
    DIRECT = "direct"


def _soon_stale(context: DefaultExecutionContext) -> datetime:
    values = context.get_current_parameters()  # type: ignore[no-untyped-call] # SQLAlchemy left it without
    return cast("datetime", values["not_before"]) + STALE


class WarningRow(Base):
    """A warning to one person about one message.

    `once` is a keyed hash of the recipient and what was seen: the same thing is never warned of twice. `labels` are the
    findings' labels, gravest first; `sealed` is JSON {"quotes": [[label, words], ...]} sealed for `warning:ID`.
    `team` is the workspace through which the recipient is reached; `message_id` and `alert_id` are empty when nothing
    of the kind is kept. `source` names the Slack source whose app sends it. `lesson` is the lesson that the warning
    teaches. `via` is the way it goes, or went. It is sent from `not_before` until `expires_at`; `direct_from` is when a
    direct message would no longer disturb, empty for at once.
    """

    __tablename__ = "warning"
    __table_args__ = (
        Index("ix_warning_team_recipient_created_at", "team", "recipient", "created_at"),
        Index("ix_warning_state_created_at", "state", "created_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    once: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    source: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    team: Mapped[str]
    enterprise: Mapped[str] = mapped_column(default="")
    channel: Mapped[str]
    ts: Mapped[str]
    thread_ts: Mapped[str] = mapped_column(default="")
    recipient: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    counterparty: Mapped[str] = mapped_column(default="")
    labels: Mapped[list[Any]]
    severity: Mapped[str]
    policy: Mapped[str]
    lesson: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=WarningState.DUE.value)
    via: Mapped[str] = mapped_column(default=Way.EPHEMERAL.value)
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(default=_soon_stale)
    direct_from: Mapped[datetime | None]
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    message_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("message.id", ondelete="SET NULL"), index=True)
    alert_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("alert.id", ondelete="SET NULL"), index=True)
    key_id: Mapped[str | None]
    sealed: Mapped[bytes | None]


class WarningSign(Base):
    """Something that a person was warned of, as keyed hashes; what is here is not warned of again."""

    __tablename__ = "warning_sign"

    once: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    warning_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("warning.id", ondelete="CASCADE"), index=True)


class WarningAttempt(Base):
    """A try to send a warning: by which way, and what Slack answered (its error code, or `accepted`)."""

    __tablename__ = "warning_attempt"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    warning_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("warning.id", ondelete="CASCADE"), index=True)
    via: Mapped[str]
    outcome: Mapped[str]
    tried_at: Mapped[datetime]


class WarningMute(Base):
    """A person's wish to hear no more of a label for a while, after "not a problem"."""

    __tablename__ = "warning_mute"

    team: Mapped[str] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]
    until: Mapped[datetime]
