"""Saying in the console which firm an unknown domain is: of its mail, or of its Slack workspace."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from messages import CounterpartyKind, normal_domain
from service.audit.store import Action, record
from service.directory.changes import By, Change, Subject, difference
from service.directory.counterparties import check_domain, find_counterparty, values_of, write_counterparties
from service.directory.fields import NEW_PARTY
from service.directory.models import Counterparty, CounterpartyDomain, Origin
from service.directory.references import references_to
from service.errors import BadRequestError, ConflictError, NotFoundError

_LONGEST_NAME = 200


class AssignedError(ConflictError):
    """This domain belongs to a counterparty already."""


def assign_domain(
    session: Session,
    domain: str,
    *,
    name: str,
    kind: CounterpartyKind,
    actor: str,
    now: datetime,
    own: Iterable[str] = (),
) -> Counterparty:
    """Give a domain to the counterparty of a name, which is made, of this kind, where there is none.

    `own` are our domains. Raises BadRequestError for what is no domain of a firm or no name, AssignedError.
    """
    domain, name = normal_domain(domain), " ".join(name.split())
    check_domain(domain, own=own)
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise BadRequestError("say which counterparty it is, in at most 200 characters")
    if kind is CounterpartyKind.UNASSIGNED:
        raise BadRequestError("a counterparty is a supplier or a customer")
    if session.get(CounterpartyDomain, domain) is not None:
        raise AssignedError
    row = find_counterparty(session, name)
    before = values_of(row) if row is not None else None
    after = {**NEW_PARTY, "kind": kind.value, **(before or {})}
    after["domains"] = sorted([*after["domains"], domain])
    _write(session, difference(Subject.COUNTERPARTY, name, before, after), actor=actor, now=now)
    detail = {"counterparty": name, "kind": after["kind"], "new": before is None}
    record(session, actor=actor, action=Action.DOMAIN_ASSIGNED, object=domain, detail=detail, now=now)
    return session.scalars(select(Counterparty).where(Counterparty.name == name)).one()


def unassign_domain(session: Session, domain: str, *, actor: str, now: datetime) -> None:
    """Take an assignment back; a counterparty of which nothing else is known goes with it. Raises NotFoundError."""
    row = session.get(CounterpartyDomain, domain)
    if row is None or row.assigned_by is None:
        raise NotFoundError("this domain was not assigned in the console")
    party = session.get_one(Counterparty, row.counterparty_id)
    name, before = party.name, values_of(party)
    after = {**before, "domains": [one for one in before["domains"] if one != domain]}
    is_bare = {**after, "kind": NEW_PARTY["kind"]} == NEW_PARTY and not references_to(session, party.id, name)
    change = difference(Subject.COUNTERPARTY, name, before, None if is_bare else after)
    _write(session, change, actor=actor, now=now)
    detail = {"counterparty": name}
    record(session, actor=actor, action=Action.DOMAIN_UNASSIGNED, object=domain, detail=detail, now=now)


def _write(session: Session, change: Change | None, *, actor: str, now: datetime) -> None:
    by = By(actor=actor, origin=Origin.CONSOLE, now=now)
    write_counterparties(session, [change] if change is not None else [], by)


def list_assigned(session: Session) -> Sequence[tuple[CounterpartyDomain, str]]:
    """Return the domains that were assigned in the console, each with its counterparty's name."""
    query = (
        select(CounterpartyDomain, Counterparty.name)
        .join(Counterparty, Counterparty.id == CounterpartyDomain.counterparty_id)
        .where(CounterpartyDomain.assigned_by.is_not(None))
        .order_by(CounterpartyDomain.domain)
    )
    return [(row[0], row[1]) for row in session.execute(query)]
