"""What a viewer may read of a brief: facts of a plan, and what was typed for its holders, are for them alone."""

import uuid
from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from messages import FactKind, SealedFact
from service.console.times import day_of
from service.crypto import Keys
from service.exposure.brief import Veil
from service.exposure.snapshot import Line
from service.negotiations.access import opened_by
from service.negotiations.models import SealedFactRow
from service.negotiations.plan import EntryRole, PlanEntry, read_plan

# So many ids at a time: databases bound how many values a query may name.
_AT_ONCE = 1000


def veil_of(session: Session, keys: Keys, lines: Iterable[Line], viewer: uuid.UUID | None) -> Veil:
    """Return what a viewer may read of these entries; None is somebody outside."""
    opened, lines = opened_by(session, viewer), list(lines)
    hidden = {line.id for line in lines if not opened.issuperset(line.guards)}
    wanted = {line.sealed_fact for line in lines if line.sealed_fact is not None} if opened else set()
    plans = _plans(session, wanted) & opened
    stored = (one for negotiation in plans for one in read_plan(session, keys, negotiation))
    facts = {one.id: fact_words(one.entry) for one in stored if one.id in wanted and one.entry is not None}
    return Veil(hidden=frozenset(hidden), facts=facts)


def fact_words(entry: PlanEntry) -> str:
    """Say what an entry of a plan holds, for its holders: `walk-away, unit price: EUR 7.50 per piece`."""
    role = entry.role.replace("_", "-")
    names = [entry.title] if entry.role is EntryRole.OTHER and entry.title else [role, entry.title]
    name = ", ".join(filter(None, names))
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


def _plans(session: Session, facts: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return the negotiations whose plans these facts belong to."""
    some, found = list(facts), set[uuid.UUID]()
    for start in range(0, len(some), _AT_ONCE):
        named = SealedFactRow.id.in_(some[start : start + _AT_ONCE])
        found.update(session.scalars(select(SealedFactRow.negotiation_id).where(named)))
    return frozenset(found)
