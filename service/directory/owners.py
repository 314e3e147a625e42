"""Whose an address is, where it is a counterparty's: nobody makes it one of ours by mistake, or to be overlooked."""

from collections.abc import Collection

from sqlalchemy import Text, cast, or_, select
from sqlalchemy.orm import Session

from service.directory.changes import in_batches
from service.directory.models import Counterparty, CounterpartyDomain


def theirs_among(session: Session, addresses: Collection[str]) -> dict[str, str]:
    """Return which of these addresses are a counterparty's, by its domains or people, each with its name."""
    suffixes = {one: _suffixes(one.rpartition("@")[2]) for one in addresses}
    owners: dict[str, str] = {}
    for piece in in_batches({domain for some in suffixes.values() for domain in some}):
        query = select(CounterpartyDomain.domain, Counterparty.name).join(
            Counterparty, Counterparty.id == CounterpartyDomain.counterparty_id
        )
        owners |= {row.domain: row.name for row in session.execute(query.where(CounterpartyDomain.domain.in_(piece)))}
    found = {one: owners[domain] for one, some in suffixes.items() for domain in some if domain in owners}
    known = or_(cast(Counterparty.people, Text) != "[]", Counterparty.primary_contact != "")
    columns = (Counterparty.name, Counterparty.people, Counterparty.primary_contact)
    for name, people, contact in session.execute(select(*columns).where(known)):
        found |= dict.fromkeys({*people, contact} & set(addresses), name)
    return found


def _suffixes(domain: str) -> list[str]:
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(len(labels))]
