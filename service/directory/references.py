"""What refers to a counterparty: by its id, or by its name."""

import uuid
from collections.abc import Collection

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from service.directory.changes import Subject, rename_history
from service.directory.models import Counterparty
from service.exposure.models import BriefRow, ExposureEntry, ExposurePerson
from service.models import Alert
from service.negotiations.models import NegotiationParty, NegotiationRow
from service.warnings.models import WarningRow

_BY_NAME = {
    ("alert", "alerts"): Alert.counterparty,
    ("ledger entry", "ledger entries"): ExposureEntry.counterparty,
    ("brief", "briefs"): BriefRow.counterparty,
}


def references_to(session: Session, party_id: uuid.UUID, name: str) -> list[str]:
    """Say what refers to a counterparty, counted: `3 alerts`; empty where nothing does."""
    invited = select(func.count()).where(NegotiationParty.counterparty_id == party_id)
    counts = {("negotiation", "negotiations"): session.scalar(invited)}
    for what, column in _BY_NAME.items():
        counts[what] = session.scalar(select(func.count()).where(column == name))
    firms = session.scalars(select(Counterparty.resellers).where(Counterparty.id != party_id))
    counts["other counterparty", "other counterparties"] = sum(name in resellers for resellers in firms)
    return [f"{count} {one if count == 1 else many}" for (one, many), count in counts.items() if count]


def referred_to(session: Session, names: Collection[str]) -> set[str]:
    """Return which of these names are named by something that is not among them."""
    found = {name for column in _BY_NAME.values() for name in session.scalars(select(column).distinct())}
    invited = select(Counterparty.name).where(Counterparty.id.in_(select(NegotiationParty.counterparty_id)))
    found |= set(session.scalars(invited))
    for name, resellers in session.execute(select(Counterparty.name, Counterparty.resellers)):
        found |= set(resellers) if name not in names else set()
    return found & set(names)


def owned_by(session: Session, addresses: Collection[str]) -> list[tuple[uuid.UUID, str]]:
    """Return id and name of the counterparties that one of our people looks after."""
    query = select(Counterparty.id, Counterparty.name).where(Counterparty.owner.in_(addresses))
    return [(row.id, row.name) for row in session.execute(query.order_by(Counterparty.name))]


def negotiations_with(session: Session, party_id: uuid.UUID) -> list[tuple[uuid.UUID, str, bool]]:
    """Return id and name of the negotiations a counterparty is invited to, and whether each is archived."""
    query = select(NegotiationRow.id, NegotiationRow.name, NegotiationRow.archived_at).join(NegotiationParty)
    query = query.where(NegotiationParty.counterparty_id == party_id, NegotiationRow.is_template.is_(False))
    rows = session.execute(query.order_by(NegotiationRow.name))
    return [(row.id, row.name, row.archived_at is not None) for row in rows]


def alerts_of(session: Session, name: str) -> int:
    """Count the alerts of a counterparty."""
    return session.scalar(select(func.count()).where(Alert.counterparty == name)) or 0


def is_named(session: Session, name: str) -> bool:
    """Whether alerts or ledger go by a name: those of a domain that nobody has assigned go by the domain."""
    tables = (Alert, ExposureEntry, ExposurePerson, BriefRow)
    return any(
        session.scalar(select(table.counterparty).where(table.counterparty == name).limit(1)) for table in tables
    )


def move_references(session: Session, old: str, new: str) -> None:
    """Let all that names a counterparty by its old name name it by the new one."""
    for table in (Alert, WarningRow, ExposureEntry, ExposurePerson, BriefRow):
        session.execute(update(table).where(table.counterparty == old).values(counterparty=new))
    rename_history(session, Subject.COUNTERPARTY, old, new)
