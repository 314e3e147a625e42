"""Which negotiations stored alerts belong to."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.database import insert_new
from service.negotiations.models import AlertNegotiation, NegotiationRow


def known_negotiations(session: Session, named: Iterable[str]) -> dict[str, uuid.UUID]:
    """Return those of these ids that the register holds.

    A snapshot may name one that was deleted since, or one that was read from a file alone and has no id.
    """
    ids = {uuid.UUID(one): one for one in set(named) if _is_id(one)}
    if not ids:
        return {}
    return {ids[one]: one for one in session.scalars(select(NegotiationRow.id).where(NegotiationRow.id.in_(ids)))}


def mark_alerts(session: Session, alerts: Iterable[uuid.UUID], negotiations: Iterable[uuid.UUID]) -> None:
    """Note that alerts have evidence of these negotiations."""
    wanted = list(negotiations)
    for alert_id in alerts:
        for one in wanted:
            insert_new(session, AlertNegotiation, alert_id=alert_id, negotiation_id=one)


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
