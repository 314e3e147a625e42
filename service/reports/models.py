"""Tables of reports."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from service.models import Base


class Report(Base):
    """What somebody reported. The reporter (`TEAM:USER`) and the note are sealed for `report:ID`, as JSON.

    `pseudonym` is what reviewers see of a reporter who wished so, else empty. `told` is the alert's status that the
    reporter last heard of.
    """

    __tablename__ = "report"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    alert_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"), index=True)
    pseudonym: Mapped[str] = mapped_column(default="")
    team: Mapped[str]
    channel: Mapped[str]
    ts: Mapped[str]
    told: Mapped[str] = mapped_column(default="")
    reported_at: Mapped[datetime]
    key_id: Mapped[str]
    sealed: Mapped[bytes]
