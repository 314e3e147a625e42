"""What the team does to an entry: taken back, known before, outdated, other words; each with a reason, each undoable.

Edits are appended. Words and reasons that were written while the negotiation's plan had holders are for those who may
open it: whoever writes them knows the plan, and may name what is in it.
"""

import json
import logging
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.audit.store import Action, record
from service.auth.identity import Identity
from service.crypto import Keys
from service.errors import ConflictError, NotFoundError, UndecryptableError
from service.exposure.access import need_change
from service.exposure.facts import Fact, open_fact, seal_fact
from service.exposure.models import EntryState, ExposureEdit, ExposureEntry
from service.negotiations.access import is_held

log = logging.getLogger("frontdoor.exposure")

_TICK = timedelta(microseconds=1)


class NoEditError(ConflictError):
    """This edit leaves the entry as it is."""


class NotLastEditError(ConflictError):
    """Only the last edit can be taken back, and only while the entry is as that edit left it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditWords:
    """What an edit says: why, and the words that it put in place of others, None where it left them.

    `guarded`: for those who may open the plan, which had holders then. So was what the words before were.
    """

    reason: str
    words: str | None = None
    words_before: str = ""
    guarded: bool = False
    guarded_before: bool = False


def edit_entry(
    session: Session,
    keys: Keys,
    entry_id: uuid.UUID,
    *,
    reason: str,
    by: Identity,
    now: datetime,
    state: EntryState | None = None,
    words: str | None = None,
) -> ExposureEdit:
    """Change an entry's state, its words, or both. Raises NotFoundError, NotTeamError, NoEditError."""
    entry = locked(session, entry_id)
    need_change(session, entry.negotiation_id, by)
    before = open_fact(keys, entry.id, entry.key_id, entry.fact)
    said = None if words is None else " ".join(words.split())
    state = state or EntryState(entry.state)
    if state == entry.state and said in {None, before.typed or before.words}:
        raise NoEditError
    guarded = entry.negotiation_id is not None and is_held(session, entry.negotiation_id)
    told = EditWords(
        reason=reason.strip(),
        words=said,
        words_before=before.typed,
        guarded=guarded,
        guarded_before=before.guarded,
    )
    row = append_edit(session, keys, entry, told, state=state, actor=by.actor, now=now)
    if said is not None:
        entry.key_id, entry.fact = seal_fact(keys, entry.id, Fact(words=before.words, typed=said, guarded=guarded))
    session.flush()
    detail = {"edit": str(row.id), "state": state.value, "words": said is not None}
    record(session, actor=by.actor, action=Action.LEDGER_EDITED, object=str(entry.id), detail=detail, now=now)
    return row


def undo_edit(
    session: Session, keys: Keys, entry_id: uuid.UUID, edit_id: uuid.UUID, *, by: Identity, now: datetime
) -> ExposureEdit:
    """Take the last edit back, by one that names it. Raises NotFoundError, NotTeamError, NotLastEditError."""
    entry = locked(session, entry_id)
    need_change(session, entry.negotiation_id, by)
    undone = session.get(ExposureEdit, edit_id)
    if undone is None or undone.entry_id != entry.id:
        raise NotFoundError
    if last_edit(session, entry.id) is not undone or undone.state != entry.state:
        raise NotLastEditError
    row = take_back(session, keys, entry, undone, actor=by.actor, now=now)
    detail = {"edit": str(row.id), "undoes": str(undone.id), "state": entry.state}
    record(session, actor=by.actor, action=Action.LEDGER_EDITED, object=str(entry.id), detail=detail, now=now)
    return row


def append_edit(
    session: Session,
    keys: Keys,
    entry: ExposureEntry,
    told: EditWords,
    *,
    state: EntryState,
    actor: str,
    now: datetime,
    undoes: uuid.UUID | None = None,
) -> ExposureEdit:
    """Write an edit down and let the entry's state follow it. Each is later than the one before."""
    at = max(now, entry.updated_at + _TICK)
    row = ExposureEdit(
        id=uuid.uuid4(),
        entry_id=entry.id,
        actor=actor,
        at=at,
        state_before=entry.state,
        state=state.value,
        undoes=undoes,
    )
    row.key_id, row.sealed = seal_edit(keys, row.id, told)
    session.add(row)
    entry.state, entry.updated_at = state.value, at
    session.flush()
    return row


def take_back(
    session: Session, keys: Keys, entry: ExposureEntry, undone: ExposureEdit, *, actor: str, now: datetime
) -> ExposureEdit:
    """Append the edit that takes another back, and restore state and words."""
    told = open_edit(keys, undone)
    if told.words is not None:
        fact = open_fact(keys, entry.id, entry.key_id, entry.fact)
        before = Fact(words=fact.words, typed=told.words_before, guarded=told.guarded_before)
        entry.key_id, entry.fact = seal_fact(keys, entry.id, before)
    state = EntryState(undone.state_before)
    return append_edit(session, keys, entry, EditWords(reason=""), state=state, actor=actor, now=now, undoes=undone.id)


def edits_of(session: Session, entry_id: uuid.UUID) -> Sequence[ExposureEdit]:
    """Return an entry's edits, oldest first."""
    query = select(ExposureEdit).where(ExposureEdit.entry_id == entry_id)
    return session.scalars(query.order_by(ExposureEdit.at, ExposureEdit.id)).all()


def last_edit(session: Session, entry_id: uuid.UUID) -> ExposureEdit | None:
    """Return the last edit of an entry that still stands."""
    rows = edits_of(session, entry_id)
    undone = {row.undoes for row in rows}
    return next((row for row in reversed(rows) if row.undoes is None and row.id not in undone), None)


def seal_edit(keys: Keys, edit_id: uuid.UUID, told: EditWords) -> tuple[str, bytes]:
    """Seal what an edit says."""
    return keys.seal(json.dumps(asdict(told), ensure_ascii=False), place=edit_place(edit_id))


def open_edit(keys: Keys, row: ExposureEdit) -> EditWords:
    """Open what an edit says; one that can't be opened does not stop the others."""
    try:
        content = json.loads(keys.open(row.key_id, row.sealed, place=edit_place(row.id)))
    except UndecryptableError:
        log.warning("the words of edit %s can't be opened", row.id)
        return EditWords(reason="can't be read: the key it was sealed with is missing, or the row was changed")
    return EditWords(**content)


def edit_place(edit_id: uuid.UUID) -> str:
    """Name the place that an edit's words are sealed for."""
    return f"exposure_edit:{edit_id}"


def locked(session: Session, entry_id: uuid.UUID) -> ExposureEntry:
    """Return an entry for change. Raises NotFoundError."""
    entry = session.get(ExposureEntry, entry_id, with_for_update=True, populate_existing=True)
    if entry is None:
        raise NotFoundError
    return entry
