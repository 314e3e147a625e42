"""What was written into the ledger for a plan's holders goes with the plan: the next one's may be others."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.crypto import Keys
from service.exposure.brief_store import open_snapshot, seal_snapshot
from service.exposure.edits import EditWords, open_edit, seal_edit
from service.exposure.facts import Fact, open_fact, seal_fact
from service.exposure.models import BriefRow, ExposureEdit, ExposureEntry

GONE = "It was written for the holders of a plan, and went with it."


def forget_guarded(session: Session, keys: Keys, negotiation_id: uuid.UUID) -> None:
    """Drop the words and reasons that were typed while a negotiation's plan had holders, from its briefs as well.

    Entries fall back to the words by rule; that they were edited, by whom and when, stays.
    """
    entries = session.scalars(select(ExposureEntry).where(ExposureEntry.negotiation_id == negotiation_id)).all()
    for entry in entries:
        fact = open_fact(keys, entry.id, entry.key_id, entry.fact)
        if fact.guarded:
            entry.key_id, entry.fact = seal_fact(keys, entry.id, Fact(words=fact.words))
    _forget_edits(session, keys, negotiation_id)
    _forget_in_briefs(keys, session.scalars(select(BriefRow).where(BriefRow.negotiation_id == negotiation_id)))
    session.flush()


def _forget_edits(session: Session, keys: Keys, negotiation_id: uuid.UUID) -> None:
    query = select(ExposureEdit).join(ExposureEntry, ExposureEntry.id == ExposureEdit.entry_id)
    for edit in session.scalars(query.where(ExposureEntry.negotiation_id == negotiation_id)):
        told = open_edit(keys, edit)
        if told.guarded or told.guarded_before:
            edit.key_id, edit.sealed = seal_edit(keys, edit.id, EditWords(reason=GONE))


def _forget_in_briefs(keys: Keys, rows: Iterable[BriefRow]) -> None:
    for row in rows:
        snapshot = open_snapshot(keys, row)
        if snapshot is None or not any(line.guards for line in snapshot.lines):
            continue
        bare = {"typed": "", "guards": ()}
        lines = tuple(line.model_copy(update=bare) if line.guards else line for line in snapshot.lines)
        row.key_id, row.sealed = seal_snapshot(keys, row.id, snapshot.model_copy(update={"lines": lines}))
