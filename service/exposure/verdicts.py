"""What reviewers and authors do to the sources of the ledger: found wrong, found authorised, taken back.

An entry all of whose sources were found wrong is retracted, and comes back with one that stands. What an author deleted
may have been read before: it stays, and says so.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.crypto import Keys
from service.exposure.edits import EditWords, append_edit, last_edit, take_back
from service.exposure.models import EntryState, ExposureEntry, ExposureSource
from service.models import Alert, FindingRow, Verdict

REVIEWS = "frontdoor (by the alerts' reviews)"
TOLD_AGAIN = "frontdoor (it was told again)"
# Of several alerts that rest on the same words, what the first of these says counts.
_BINDING = (Verdict.TRUE_POSITIVE.value, Verdict.BENIGN.value, Verdict.FALSE_POSITIVE.value)

_Place = tuple[uuid.UUID | None, str, str, int | None, int | None]


def follow_verdict(session: Session, keys: Keys, alert_id: uuid.UUID, *, now: datetime) -> None:
    """Let the ledger follow what was found of an alert, or that this was taken back."""
    places = _places(session, [FindingRow.alert_id == alert_id])
    if not places:
        return
    messages = {place[0] for place in places}
    query = (
        select(ExposureSource, ExposureEntry)
        .join(ExposureEntry, ExposureEntry.id == ExposureSource.entry_id)
        .where(ExposureSource.message_id.in_(messages))
    )
    resting = [(source, entry) for source, entry in session.execute(query) if _place(source, entry) in places]
    if not resting:
        return
    verdicts = _places(session, [FindingRow.message_id.in_(messages)])
    for source, entry in resting:
        found = verdicts[_place(source, entry)]
        source.verdict = next((one for one in _BINDING if one in found), None)
    session.flush()
    settle(session, keys, {entry.id: entry for _, entry in resting}.values(), now=now)


def settle(session: Session, keys: Keys, entries: Iterable[ExposureEntry], *, now: datetime) -> None:
    """Retract entries that nothing stands for any more, and let those come back that something stands for again."""
    for entry in entries:
        query = select(ExposureSource.verdict).where(ExposureSource.entry_id == entry.id)
        verdicts = list(session.scalars(query))
        stands = not verdicts or any(one != Verdict.FALSE_POSITIVE for one in verdicts)
        if not stands and entry.state != EntryState.RETRACTED:
            told = EditWords(reason="All alerts that it rests on were found to be false positives.")
            append_edit(session, keys, entry, told, state=EntryState.RETRACTED, actor=REVIEWS, now=now)
        elif stands and entry.state == EntryState.RETRACTED:
            last = last_edit(session, entry.id)
            if last is not None and last.actor == REVIEWS:
                take_back(session, keys, entry, last, actor=REVIEWS, now=now)


def revive(session: Session, keys: Keys, entries: Iterable[ExposureEntry], *, now: datetime) -> None:
    """Let entries count again that somebody had taken back, now that the same was told once more."""
    for entry in entries:
        if entry.state == EntryState.RETRACTED:
            told = EditWords(reason="It was told again after it had been taken back.")
            append_edit(session, keys, entry, told, state=EntryState.VALID, actor=TOLD_AGAIN, now=now)


def note_taken_back(session: Session, messages: Collection[uuid.UUID], *, now: datetime) -> None:
    """Mark what stands in messages that their authors deleted or changed."""
    query = update(ExposureSource).where(
        ExposureSource.message_id.in_(list(messages)), ExposureSource.taken_back_at.is_(None)
    )
    session.execute(query.values(taken_back_at=now))


def _places(session: Session, conditions: Iterable[object]) -> dict[_Place, set[str]]:
    """Return where alerts' evidence stands, by label, with what was found of these alerts."""
    row = FindingRow
    query = (
        select(row.message_id, row.label, row.part, row.start, row.end, Alert.verdict)
        .join(Alert, Alert.id == row.alert_id)
        .where(*conditions)  # type: ignore[arg-type] # conditions on columns, of several types
    )
    found: dict[_Place, set[str]] = defaultdict(set)
    for message_id, label, part, start, end, verdict in session.execute(query):
        found[message_id, label, part, start, end].update([verdict] if verdict else [])
    return found


def _place(source: ExposureSource, entry: ExposureEntry) -> _Place:
    return source.message_id, entry.label, source.part, source.start, source.end
