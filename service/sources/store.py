"""Reading what ingestion is doing."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from service.models import Refusal, SourceState


def list_states(session: Session) -> Sequence[SourceState]:
    """Return what each source was last heard to do."""
    return session.scalars(select(SourceState).order_by(SourceState.source)).all()


def list_refusals(
    session: Session, *, source: str = "", after: uuid.UUID | None = None, limit: int
) -> Sequence[Refusal]:
    """Return refusals, latest first: those of a source, those behind another one."""
    query = select(Refusal).order_by(Refusal.refused_at.desc(), Refusal.id.desc()).limit(limit)
    if source:
        query = query.where(Refusal.source == source)
    last = session.get(Refusal, after) if after is not None else None
    if last is not None:
        query = query.where(tuple_(Refusal.refused_at, Refusal.id) < (last.refused_at, last.id))
    return session.scalars(query).all()
