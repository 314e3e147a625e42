"""What a viewer may read of the ledger: words that stand with a sealed fact are for the holders of its plan alone."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from messages import FactKind, SealedFact
from service.console.times import day_of
from service.crypto import Keys
from service.exposure.brief import Veil
from service.exposure.models import ExposureEntry, ExposureSource
from service.negotiations.access import opened_by
from service.negotiations.models import NegotiationRow, SealedFactRow
from service.negotiations.plan import PlanEntry, read_plan
from service.negotiations.secrecy import withheld

# So many ids at a time: databases bound how many values a query may name.
_AT_ONCE = 1000


def veil_of(
    session: Session,
    keys: Keys,
    entries: Collection[uuid.UUID],
    viewer: uuid.UUID | None,
    *,
    guards: Mapping[uuid.UUID, Collection[uuid.UUID]] | None = None,
) -> Veil:
    """Return what a viewer may read of these entries.

    `guards` are negotiations that are known to guard an entry, by the entry's id, beside those that its messages show.
    """
    opened = opened_by(session, viewer)
    hidden: dict[uuid.UUID, set[str]] = defaultdict(set)
    for entry, forbidding in _by_message(session, entries, viewer).items():
        hidden[entry] |= forbidding
    closed = {entry: set(some) - opened for entry, some in (guards or {}).items()}
    names = _names(session, {one for some in closed.values() for one in some})
    for entry, some in closed.items():
        hidden[entry] |= {names.get(one, "another") for one in some}
    sealed = _sealed_facts(session, entries)
    for entry, (_, negotiation, name) in sealed.items():
        if negotiation not in opened:
            hidden[entry].add(name)
    wanted = {fact for fact, negotiation, _ in sealed.values() if negotiation in opened}
    facts = _facts(session, keys, {negotiation for _, negotiation, _ in sealed.values()} & opened, wanted)
    return Veil(hidden={entry: tuple(sorted(some)) for entry, some in hidden.items() if some}, facts=facts)


def guards_of(session: Session, entries: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[uuid.UUID, ...]]:
    """Return by entry the negotiations whose sealed facts stand in its messages, or that its own fact belongs to."""
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for entry, names in _by_message(session, entries, None).items():
        found[entry] |= set(_ids(session, names))
    for entry, (_, negotiation, _) in _sealed_facts(session, entries).items():
        found[entry].add(negotiation)
    return {entry: tuple(sorted(some)) for entry, some in found.items()}


def fact_words(entry: PlanEntry) -> str:
    """Say what an entry of a plan holds, for its holders: `walk-away, unit price: EUR 7.50 per piece`."""
    role = entry.role.replace("_", "-")
    name = f"{role}, {entry.title}" if entry.title else role
    return f"{name}: {_value(entry.fact)}" if entry.fact is not None else name


def _value(fact: SealedFact) -> str:
    if fact.kind is FactKind.DATE:
        days = [day_of(one) for one in (fact.first, fact.last) if one is not None]
        return " to ".join(dict.fromkeys(days))
    if fact.kind in {FactKind.NAME, FactKind.PHRASE}:
        return " / ".join(fact.words)
    figure = f"{fact.value:,.2f}".rstrip("0").rstrip(".") if fact.value is not None else ""
    if fact.kind is FactKind.AMOUNT:
        return f"{fact.currency} {figure}{f' per {fact.unit}' if fact.unit else ''}"
    return f"{figure} %" if fact.kind is FactKind.PERCENTAGE else f"{figure} {fact.unit}".strip()


def _by_message(
    session: Session, entries: Collection[uuid.UUID], viewer: uuid.UUID | None
) -> dict[uuid.UUID, set[str]]:
    """Return by entry the names of the negotiations that withhold one of its messages from the viewer."""
    messages: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for some in _batches(entries):
        query = select(ExposureSource.message_id, ExposureSource.entry_id).where(
            ExposureSource.entry_id.in_(some), ExposureSource.message_id.is_not(None)
        )
        for message, entry in session.execute(query):
            if message is not None:
                messages[message].append(entry)
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    for message, names in withheld(session, messages, viewer).items():
        for entry in messages[message]:
            found[entry] |= set(names)
    return found


def _sealed_facts(
    session: Session, entries: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[uuid.UUID, uuid.UUID, str]]:
    """Return by entry its sealed fact, the negotiation whose plan that belongs to, and the negotiation's name."""
    found: dict[uuid.UUID, tuple[uuid.UUID, uuid.UUID, str]] = {}
    for some in _batches(entries):
        query = (
            select(ExposureEntry.id, SealedFactRow.id, NegotiationRow.id, NegotiationRow.name)
            .join(SealedFactRow, SealedFactRow.id == ExposureEntry.sealed_fact_id)
            .join(NegotiationRow, NegotiationRow.id == SealedFactRow.negotiation_id)
            .where(ExposureEntry.id.in_(some))
        )
        found |= {entry: (fact, negotiation, name) for entry, fact, negotiation, name in session.execute(query)}
    return found


def _facts(
    session: Session, keys: Keys, negotiations: Iterable[uuid.UUID], wanted: Collection[uuid.UUID]
) -> dict[uuid.UUID, str]:
    stored = (one for negotiation in negotiations for one in read_plan(session, keys, negotiation))
    return {one.id: fact_words(one.entry) for one in stored if one.id in wanted and one.entry is not None}


def _names(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    if not ids:
        return {}
    rows = session.execute(select(NegotiationRow.id, NegotiationRow.name).where(NegotiationRow.id.in_(ids)))
    return {key: value for key, value in rows}  # noqa: C416 - rows are no pairs


def _ids(session: Session, names: Collection[str]) -> Iterable[uuid.UUID]:
    return session.scalars(select(NegotiationRow.id).where(NegotiationRow.name.in_(names)))


def _batches(ids: Collection[uuid.UUID]) -> Iterable[list[uuid.UUID]]:
    some = list(ids)
    return (some[start : start + _AT_ONCE] for start in range(0, len(some), _AT_ONCE))
