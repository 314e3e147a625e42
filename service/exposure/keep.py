"""How long the ledger is kept: by itself, whatever becomes of the messages that it was made of."""

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from service.exposure.models import BriefRow, ExposureEntry, ExposurePerson, ExposureSource


def expire_ledger(session: Session, before: datetime) -> int:
    """Delete entries last told before a moment, with pseudonyms nobody needs, and old briefs; returns how many."""
    session.execute(delete(BriefRow).where(BriefRow.made_at <= before))
    gone = session.execute(delete(ExposureEntry).where(ExposureEntry.last_at <= before))
    person, entry, source = ExposurePerson, ExposureEntry, ExposureSource
    first = exists().where(entry.counterparty == person.counterparty, entry.author == person.address)
    any_time = (
        select(source.id)
        .join(entry, entry.id == source.entry_id)
        .where(entry.counterparty == person.counterparty, source.author == person.address)
        .exists()
    )
    session.execute(delete(person).where(~first, ~any_time).execution_options(synchronize_session=False))
    return int(getattr(gone, "rowcount", 0))
