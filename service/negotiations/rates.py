"""Exchange rates: how many of a currency are one euro, so that an amount is found in any."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.audit.store import Action, record
from service.database import insert_new
from service.directory.version import note_context_change
from service.errors import BadRequestError, NotFoundError
from service.negotiations.models import ExchangeRate

_CURRENCY = re.compile(r"[A-Z]{3}")
_EURO = "EUR"
_HIGHEST = 1e12


def load_rates(session: Session) -> dict[str, float]:
    """Return how many of each currency are one euro."""
    return {row.currency: row.per_euro for row in list_rates(session)}


def list_rates(session: Session) -> Sequence[ExchangeRate]:
    """Return the rates by currency."""
    return session.scalars(select(ExchangeRate).order_by(ExchangeRate.currency)).all()


def save_rates(session: Session, rates: Mapping[str, float], *, actor: str, now: datetime) -> None:
    """Take over rates of a file: those that it names, if they differ."""
    known = load_rates(session)
    for currency, per_euro in rates.items():
        if known.get(currency) != per_euro and currency != _EURO:
            set_rate(session, currency, per_euro, actor=actor, now=now)


def set_rate(session: Session, currency: str, per_euro: float, *, actor: str, now: datetime) -> ExchangeRate:
    """Say how many of a currency are one euro. Raises BadRequestError."""
    currency = currency.strip().upper()
    if not _CURRENCY.fullmatch(currency):
        raise BadRequestError("a currency is three letters such as USD")
    if currency == _EURO:
        raise BadRequestError("rates are against the euro, which needs none")
    if not 0 < per_euro < _HIGHEST:
        raise BadRequestError("a rate is a number above 0: how many of the currency are one euro")
    insert_new(session, ExchangeRate, currency=currency, per_euro=per_euro, set_by=actor, set_at=now)
    row = session.get_one(ExchangeRate, currency, with_for_update=True, populate_existing=True)
    row.per_euro, row.set_by, row.set_at = per_euro, actor, now
    _note(session, currency, {"per_euro": per_euro}, actor=actor, now=now)
    return row


def delete_rate(session: Session, currency: str, *, actor: str, now: datetime) -> None:
    """Forget a rate: amounts in this currency are found in this currency alone. Raises NotFoundError."""
    row = session.get(ExchangeRate, currency.upper()) if _CURRENCY.fullmatch(currency.upper()) else None
    if row is None:
        raise NotFoundError
    session.delete(row)
    _note(session, row.currency, {"per_euro": None}, actor=actor, now=now)


def _note(session: Session, currency: str, detail: dict[str, object], *, actor: str, now: datetime) -> None:
    session.flush()
    note_context_change(session)
    record(session, actor=actor, action=Action.RATE_SET, object=currency, detail=detail, now=now)
