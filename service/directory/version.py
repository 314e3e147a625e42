"""How old a snapshot of directory and register is: whoever changes either says so here."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.database import insert_new
from service.directory.models import ContextVersion

_ROW = 1


def context_version(session: Session) -> int:
    """Return the number of changes so far; a snapshot taken at another number is old."""
    return session.scalar(select(ContextVersion.version).where(ContextVersion.id == _ROW)) or 0


def note_context_change(session: Session) -> None:
    """Count a change: intake takes a new snapshot before its next batch."""
    insert_new(session, ContextVersion, id=_ROW, version=0)
    session.execute(update(ContextVersion).where(ContextVersion.id == _ROW).values(version=ContextVersion.version + 1))
