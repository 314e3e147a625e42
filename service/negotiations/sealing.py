"""Putting on record that a message holds a sealed fact, and taking its words out of wherever they are readable."""

import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.crypto import Keys
from service.database import insert_new
from service.models import FindingRow, MessageRow
from service.negotiations.models import SealedMessage
from service.negotiations.secrecy import masked, sealed_among
from service.threads.keep import index_evidence_anew, keep_context


def note_sealed(session: Session, keys: Keys, sealed: Mapping[uuid.UUID, Iterable[uuid.UUID]]) -> None:
    """Withhold stored messages from now on: each with the negotiations of which a sealed fact stands in it.

    May be said of the same message again, before its alerts are raised or at any later time: what was indexed for
    search, or quoted in a reason, goes.
    """
    wanted = {message_id: some for message_id, given in sealed.items() if (some := frozenset(given))}
    if not wanted:
        return
    fresh = wanted.keys() - sealed_among(session, wanted)
    for message_id, some in wanted.items():
        for negotiation_id in sorted(some):
            insert_new(session, SealedMessage, message_id=message_id, negotiation_id=negotiation_id)
    if not fresh:
        return
    session.flush()
    for row in session.scalars(select(FindingRow).where(FindingRow.message_id.in_(fresh))):
        row.reason = masked(row.reason)
    session.flush()
    threads = select(MessageRow.thread_id).where(MessageRow.id.in_(fresh)).distinct()
    keep_context(session, keys, session.scalars(threads).all())
    index_evidence_anew(session, keys, fresh)
