"""What the pages read besides what the API reads: names to choose from, and neighbours in a list."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from service.alerts.cursor import Cursor
from service.alerts.schemas import AlertFilter
from service.alerts.selection import matching, order_column, select_page
from service.crypto import Keys
from service.directory.models import Counterparty
from service.models import Alert

_CHOICES = 500


def counterparty_names(session: Session) -> Sequence[str]:
    """Return the counterparties to choose from, as many as a list can sensibly offer."""
    names = select(Counterparty.name).order_by(func.lower(Counterparty.name)).limit(_CHOICES)
    return session.scalars(names).all()


def next_alert(
    session: Session, keys: Keys, asked: AlertFilter, position: Cursor, alert_id: uuid.UUID
) -> uuid.UUID | None:
    """Return the alert that follows a position in the list a filter gives, other than the one that was there."""
    found = select_page(session, keys, asked, sort=position.sort, cursor=position, limit=2)
    return next((one for one in found if one != alert_id), None)


def previous_alert(
    session: Session, keys: Keys, asked: AlertFilter, position: Cursor, alert_id: uuid.UUID
) -> uuid.UUID | None:
    """Return the alert that stands before a position in the list a filter gives."""
    column = order_column(position.sort)
    before = tuple_(column, Alert.id) > (position.value, position.id)
    query = select(Alert.id).where(*matching(asked, keys), before, Alert.id != alert_id)
    return session.scalars(query.order_by(column, Alert.id).limit(1)).first()
