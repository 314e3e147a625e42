"""Tables of what goes out to procurement's channel, and of what is pressed there."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from service.models import Base

# What is looked for every second are few of very many rows.
_MOVING = text("state IN ('due', 'claimed')")
_BEHIND = text("event > told")


class PostState(StrEnum):
    """How far a post has come. Only DUE may be sent.

    CLAIMED is on its way; what stays so was cut off, becomes FAILED, is shown, and not repeated. SUMMED stood among
    many in one message, REMOVED was deleted in Slack, EMPTY is a digest of a day that had nothing to tell.
    """

    DUE = "due"
    CLAIMED = "claimed"
    POSTED = "posted"
    FAILED = "failed"
    SUMMED = "summed"
    REMOVED = "removed"
    EMPTY = "empty"


class ChannelPost(Base):
    """An alert's message in procurement's channel.

    `event` is the last event about the alert, `told` the last one that the message shows: it is behind while that is
    smaller; where there is no message of its own, both are the same. `shown` is a hash of what it shows, `reopened` how
    many reopenings its thread was told of.
    """

    __tablename__ = "channel_post"
    __table_args__ = (
        Index("ix_channel_post_state", "state", sqlite_where=_MOVING, postgresql_where=_MOVING),
        Index("ix_channel_post_event", "event", sqlite_where=_BEHIND, postgresql_where=_BEHIND),
    )

    alert_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    team: Mapped[str]
    ts: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=PostState.DUE.value)
    failure: Mapped[str] = mapped_column(default="")
    event: Mapped[int] = mapped_column(BigInteger)
    told: Mapped[int] = mapped_column(BigInteger, default=0)
    reopened: Mapped[int] = mapped_column(Integer, default=0)
    shown: Mapped[bytes] = mapped_column(LargeBinary(16), default=b"")
    changed_at: Mapped[datetime]


class Digest(Base):
    """A day's digest, and what became of it."""

    __tablename__ = "digest"

    day: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(default=PostState.CLAIMED.value)
    failure: Mapped[str] = mapped_column(default="")
    claimed_at: Mapped[datetime]


class ChannelPress(Base):
    """A button that was pressed, by a hash of who, what and when: the same press again does nothing."""

    __tablename__ = "channel_press"

    once: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    pressed_at: Mapped[datetime]
