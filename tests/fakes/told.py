"""A ledger for tests that read it: negotiations, counterparties and entries, straight into the tables."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from messages import FactKind, SealedFact
from service.auth.permissions import Role
from service.directory.models import Counterparty, CounterpartyDomain, Person
from service.exposure.facts import Fact, seal_fact
from service.exposure.models import ExposureEntry, ExposureLink, ExposurePerson, ExposureSource
from service.models import User
from service.negotiations.models import NegotiationAccess, NegotiationParty, NegotiationRow, SealedMessage
from service.negotiations.plan import EntryRole, PlanEntry, add_fact

SECRET = "7.5731"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry; `days` ago it was last told, and first told `span` days before."""

    words: str = "an amount of ours that they can price up to"
    kind: str = "known"
    label: str = "budget"
    topic: str = ""
    typed: str = ""
    guarded: bool = True
    days: float = 3
    span: float = 0
    author: str = "jonas@ourco.example"
    times: int = 1
    confidence: float = 0.9
    state: str = "valid"
    sealed_fact: uuid.UUID | None = None
    message: uuid.UUID | None = None
    start: int | None = None
    end: int | None = None
    counterparty: str = "Norvik"
    stray: bool = field(default=False)


def add_negotiation(house, name="Castings 2027", *, firms=("Norvik",), lead="bo.lind@ourco.example", **terms):
    """Store a negotiation with its counterparties and people; returns its id."""
    with house.database.transaction() as session:
        for address, person in (("bo.lind@ourco.example", "Bo Lind"), ("ida@ourco.example", "Ida Kern")):
            if session.get(Person, address) is None:
                session.add(Person(address=address, name=person, department="Procurement"))
        row = NegotiationRow(
            id=uuid.uuid4(),
            name=name,
            phase=terms.pop("phase", "bids"),
            lead=lead,
            first_day=None,
            last_day=None,
            terms={"team": ["ida@ourco.example"], "two_needed": False, **terms},
            created_at=house.now,
            created_by="test",
            updated_at=house.now,
        )
        session.add(row)
        session.flush()
        for firm in firms:
            session.add(NegotiationParty(negotiation_id=row.id, counterparty_id=firm_id(session, firm)))
        return row.id


def firm_id(session, name):
    """Return a counterparty's id; one that is not there is added."""
    known = session.query(Counterparty.id).filter(Counterparty.name == name).scalar()
    if known is not None:
        return known
    domain = f"{name.lower().split()[0]}.example"
    row = Counterparty(id=uuid.uuid4(), name=name, kind="supplier")
    row.domains = [CounterpartyDomain(domain=domain, assigned_by=None)]
    session.add(row)
    session.flush()
    return row.id


def add_told(house, negotiation, *told):
    """Store entries with a source each; returns their ids."""
    with house.database.transaction() as session:
        return [_add(session, house.keys, negotiation, one, house.now) for one in told]


def link(house, asked, told, days=3.0):
    """Say that a question was answered by another entry."""
    with house.database.transaction() as session:
        session.add(ExposureLink(asked_id=asked, told_id=told, days=days, same_thread=True, made_at=house.now))


def add_secret(house, negotiation, value=SECRET):
    """Put an amount into a negotiation's plan; returns the fact's id."""
    fact = SealedFact(id="", kind=FactKind.AMOUNT, value=float(value), currency="EUR", unit="piece")
    with house.database.transaction() as session:
        entry = PlanEntry(role=EntryRole.WALK_AWAY, title="unit price", fact=fact)
        return add_fact(session, house.keys, negotiation, entry, actor="test", now=house.now)


def holder(house, negotiation, *, name="Bo Lind", roles=(Role.LEAD,)):
    """Give a browser of somebody who opens the negotiation's plan."""
    client = house.signed_in(*roles, name=name)
    with house.database.transaction() as session:
        user = session.query(User).filter(User.name == name).one()
        session.add(
            NegotiationAccess(negotiation_id=negotiation, user_id=user.id, admitted_by="test", admitted_at=house.now)
        )
    return client


def seal_message(house, negotiation, message):
    """Say that a message holds a sealed fact."""
    with house.database.transaction() as session:
        session.add(SealedMessage(message_id=message, negotiation_id=negotiation))


def _add(session, keys, negotiation, told, now):
    last = now - timedelta(days=told.days)
    row = ExposureEntry(
        id=uuid.uuid4(),
        counterparty=told.counterparty,
        negotiation_id=None if told.stray else negotiation,
        kind=told.kind,
        label="elicitation" if told.kind == "asked" else told.label,
        topic=told.topic or told.label,
        mark=uuid.uuid4().bytes,
        sealed_fact_id=told.sealed_fact,
        author=told.author,
        role="Engineer",
        department="Engineering",
        channel="email",
        confidence=told.confidence,
        times=told.times,
        first_at=last - timedelta(days=told.span),
        last_at=last,
        state=told.state,
        updated_at=last,
    )
    row.key_id, row.fact = seal_fact(keys, row.id, Fact(words=told.words, typed=told.typed, guarded=told.guarded))
    session.add(row)
    session.flush()
    _give_name(session, told)
    session.add(
        ExposureSource(
            entry_id=row.id,
            message_id=told.message,
            author=told.author,
            part="",
            start=told.start,
            end=told.end,
            confidence=told.confidence,
            said_at=last,
        )
    )
    return row.id


def _give_name(session, told):
    if session.get(ExposurePerson, (told.counterparty, told.author)) is not None:
        return
    group = "Engineering" if told.author.endswith("ourco.example") else told.counterparty
    taken = session.query(ExposurePerson).filter(ExposurePerson.counterparty == told.counterparty).count()
    session.add(ExposurePerson(counterparty=told.counterparty, address=told.author, pseudonym=f"{group} {taken + 1}"))
    session.flush()
