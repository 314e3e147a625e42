"""What a batch leaves behind besides its messages: the cursor, counts and refusals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from service.models import Refusal, SourceCursor, SourceState, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Where a thing stood that could not be read, and why."""

    location: str
    why: str


def cursors_of(session: Session, source: str) -> dict[str, str]:
    """Return how far each stream of a source has been read."""
    rows = session.execute(select(SourceCursor.stream, SourceCursor.cursor).where(SourceCursor.source == source))
    return {stream: cursor for stream, cursor in rows}  # noqa: C416 - rows are not pairs to the type checker


def move_cursor(session: Session, source: str, stream: str, cursor: str, *, now: datetime) -> None:
    """Remember how far a stream has been read."""
    session.merge(SourceCursor(source=source, stream=stream, cursor=cursor, moved_at=now))


def note_refusals(session: Session, source: str, stream: str, refused: Iterable[Refused], *, now: datetime) -> int:
    """Put refusals on record, each place once; returns how many were new."""
    by_place = {one.location: one for one in refused}
    if not by_place:
        return 0
    where = (Refusal.source == source, Refusal.stream == stream, Refusal.location.in_(list(by_place)))
    for known in session.scalars(select(Refusal.location).where(*where)):
        del by_place[known]
    rows = [
        Refusal(source=source, stream=stream, location=one.location, why=one.why, refused_at=now)
        for one in by_place.values()
    ]
    session.add_all(rows)
    return len(rows)


def note_read(session: Session, source: str, kind: str, *, messages: int, refusals: int, now: datetime) -> None:
    """Note that a source was read, whether or not it had something new."""
    state = _state(session, source, kind)
    state.messages += messages
    state.refusals += refusals
    state.read_at, state.failed_at, state.failure = now, None, ""


def note_failure(session: Session, source: str, kind: str, failure: str, *, now: datetime) -> None:
    """Note that a source could not be read, and why."""
    state = _state(session, source, kind)
    state.failed_at, state.failure = now, failure


def count(session: Session, source: str, counts: Mapping[str, int], *, now: datetime) -> None:
    """Add to the day's counts of a source."""
    day = now.date().isoformat()
    for name, number in counts.items():
        where = (Tally.day == day, Tally.source == source, Tally.name == name)
        changed = session.execute(update(Tally).where(*where).values(count=Tally.count + number))
        if changed.rowcount == 0:  # type: ignore[attr-defined] # an UPDATE's result has one
            session.execute(insert(Tally).values(day=day, source=source, name=name, count=number))


def _state(session: Session, source: str, kind: str) -> SourceState:
    state = session.get(SourceState, source)
    if state is None:
        state = SourceState(source=source, kind=kind, messages=0, refusals=0, failure="")
        session.add(state)
    return state
