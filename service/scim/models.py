"""What a SCIM client calls our people, as it sent it; who was never provisioned has no row here."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from service.models import Base


class ScimUser(Base):
    """A person's names at the client. Ids and all else that has a meaning here stand in `person`.

    `folded` is the userName without case, by which it is unique. `name` holds the parts of the name, `given` which
    attributes the client ever set: a PUT that leaves out one of these clears it. `removed_at` is when the client
    deleted the person, who is hidden from it while they are not active.
    """

    __tablename__ = "scim_user"

    address: Mapped[str] = mapped_column(
        ForeignKey("person.address", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True
    )
    user_name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str] = mapped_column(default="")
    name: Mapped[dict[str, Any]] = mapped_column(default=dict)
    given: Mapped[list[Any]] = mapped_column(default=list)
    removed_at: Mapped[datetime | None]


class ScimEmail(Base):
    """A mail address that the client gave to a person, in its spelling and order; `folded` is lower case."""

    __tablename__ = "scim_email"
    __table_args__ = (Index("ix_scim_email_folded", "folded"),)

    address: Mapped[str] = mapped_column(
        ForeignKey("person.address", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True
    )
    folded: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    type: Mapped[str] = mapped_column(default="")
    is_primary: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(Integer)
