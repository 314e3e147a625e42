"""Tables of reports."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Integer, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from service.models import Base

# The name of the label that somebody's report puts on a message, and of the policy by which it is an alert.
REPORTED = "reported"


class Report(Base):
    """What somebody reported, kept from before they are thanked; it has no alert until it was worked on.

    What is sealed for `report:ID` is JSON {"reporter"}, a user's id, and until it was worked on all else that was sent:
    the name for the reviewers, the words of the form, the message as the shortcut brought it. `source` is the name of
    the Slack source. `once` is a keyed hash of all that was sent, `by_day` one of the reporter and the day. `pseudonym`
    is what reviewers see of a reporter who wished so, else empty. `told` are the statuses of the alert that the
    reporter heard of, apart by space. `due_at` is when to try next, `tries` how often it went wrong.
    """

    __tablename__ = "report"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    once: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    by_day: Mapped[bytes] = mapped_column(LargeBinary(16), index=True)
    alert_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"), index=True)
    source: Mapped[str]
    pseudonym: Mapped[str] = mapped_column(default="")
    team: Mapped[str]
    enterprise: Mapped[str] = mapped_column(default="")
    channel: Mapped[str]
    ts: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    told: Mapped[str] = mapped_column(default="")
    tries: Mapped[int] = mapped_column(Integer, default=0)
    due_at: Mapped[datetime]
    reported_at: Mapped[datetime]
    key_id: Mapped[str]
    sealed: Mapped[bytes]
