"""The tables of the register: negotiations, their plans with sealed facts, and who may open them."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from service.models import Base


class NegotiationRow(Base):
    """A negotiation, or with `is_template` the mould of one.

    `terms` is the rest of `messages.Negotiation`, under the keys of negotiations.toml: team, sponsors, superiors,
    former, blackout, authority, finance, topics, two_needed, published; days as ISO text. `version` grows with every
    change, and a change names the one it was made to.
    """

    __tablename__ = "negotiation"
    __table_args__ = (
        Index("ix_negotiation_archived_at_name", "archived_at", "name"),
        Index("ix_negotiation_lead", "lead"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    name: Mapped[str] = mapped_column(unique=True)
    phase: Mapped[str]
    lead: Mapped[str]
    first_day: Mapped[date | None] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)
    terms: Mapped[dict[str, Any]]
    is_template: Mapped[bool] = mapped_column(default=False)
    copied_from: Mapped[uuid.UUID | None]
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    updated_at: Mapped[datetime]


class NegotiationParty(Base):
    """A counterparty that is invited to a negotiation."""

    __tablename__ = "negotiation_party"

    negotiation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("negotiation.id", ondelete="CASCADE"), primary_key=True
    )
    counterparty_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("counterparty.id", ondelete="RESTRICT"), primary_key=True, index=True
    )


class NegotiationChange(Base):
    """What changed in a negotiation's public part: who did it, when, and each field before and after."""

    __tablename__ = "negotiation_change"
    __table_args__ = (Index("ix_negotiation_change_negotiation_id_at", "negotiation_id", "at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    negotiation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("negotiation.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    actor: Mapped[str]
    fields: Mapped[dict[str, Any]]


class NegotiationAccess(Base):
    """A user who may open a negotiation's plan: its first holder, and whom a holder admitted."""

    __tablename__ = "negotiation_access"

    negotiation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("negotiation.id", ondelete="CASCADE"), primary_key=True
    )
    # Whoever takes a holder's user away must not leave a plan that anybody of the team could claim.
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id", ondelete="RESTRICT"), primary_key=True, index=True)
    admitted_by: Mapped[str]
    admitted_at: Mapped[datetime]


class SealedFactRow(Base):
    """An entry of a plan: JSON of its role, title and fact, sealed as a whole for `sealed_fact:ID`.

    In the clear is only that there is one, how often it changed, when, and by whom.
    """

    __tablename__ = "sealed_fact"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    negotiation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("negotiation.id", ondelete="CASCADE"), index=True)
    key_id: Mapped[str]
    sealed: Mapped[bytes]
    version: Mapped[int] = mapped_column(Integer, default=1)
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]


class SealedMessage(Base):
    """A message that holds a sealed fact: who may not open the negotiation's plan does not get to read it."""

    __tablename__ = "sealed_message"

    message_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), primary_key=True)
    negotiation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("negotiation.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class AlertNegotiation(Base):
    """A negotiation that an alert's evidence belongs to."""

    __tablename__ = "alert_negotiation"

    alert_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"), primary_key=True)
    negotiation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("negotiation.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class ExchangeRate(Base):
    """How many of a currency (ISO 4217) are one euro."""

    __tablename__ = "exchange_rate"

    currency: Mapped[str] = mapped_column(primary_key=True)
    per_euro: Mapped[float]
    set_by: Mapped[str]
    set_at: Mapped[datetime]
