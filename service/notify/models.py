"""Tables of what goes out to procurement's channel."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from service.models import Base


class PostState(StrEnum):
    """How far a post has come; CLAIMED that stays so after a crash is shown, and not repeated."""

    CLAIMED = "claimed"
    POSTED = "posted"
    FAILED = "failed"


class ChannelPost(Base):
    """An alert's message in procurement's channel; `shown` is a hash of what it shows, to tell when that changes."""

    __tablename__ = "channel_post"

    alert_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"), primary_key=True)
    team: Mapped[str]
    channel: Mapped[str]
    ts: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=PostState.CLAIMED.value)
    failure: Mapped[str] = mapped_column(default="")
    shown: Mapped[bytes] = mapped_column(LargeBinary(16))
    changed_at: Mapped[datetime]


class Digest(Base):
    """A day whose digest was claimed, and what became of it."""

    __tablename__ = "digest"

    day: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(default=PostState.CLAIMED.value)
    failure: Mapped[str] = mapped_column(default="")
    claimed_at: Mapped[datetime]
