"""Saying in the console which firm an unknown domain is: of its mail, or of its Slack workspace."""

import re
import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from messages import CounterpartyKind, normal_domain
from service.audit.store import Action, record
from service.directory.models import Counterparty, CounterpartyDomain
from service.errors import BadRequestError, ConflictError, NotFoundError

_DOMAIN = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")
_LONGEST_DOMAIN, _LONGEST_NAME = 253, 200
# Everybody of whom Slack does not even tell the team, and guests whose mail address it hides: they are no firm.
_NOBODY = re.compile(r"unknown\.slack|.*-guest\.slack")
# Here anybody has an address, so the domain says nothing about a firm.
_FREE_MAIL = frozenset(
    {
        "aol.com",
        "fastmail.com",
        "gmail.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "hotmail.de",
        "icloud.com",
        "live.com",
        "mail.com",
        "mail.ru",
        "me.com",
        "msn.com",
        "outlook.com",
        "outlook.de",
        "posteo.de",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "t-online.de",
        "web.de",
        "yahoo.com",
        "yahoo.de",
        "yandex.ru",
    }
)


class AssignedError(ConflictError):
    """This domain belongs to a counterparty already."""


def why_not(domain: str) -> str:
    """Say why a domain can't stand for a firm; empty when it can."""
    if domain in _FREE_MAIL:
        return "a mail provider's domain, which anybody may have"
    if _NOBODY.fullmatch(domain):
        return "Slack does not say whose these people are: give the app the scope users:read.email"
    return ""


def assign_domain(
    session: Session, domain: str, *, name: str, kind: CounterpartyKind, actor: str, now: datetime
) -> Counterparty:
    """Give a domain to the counterparty of a name, which is made, of this kind, where there is none.

    Raises BadRequestError for what is no domain of a firm or no name, AssignedError.
    """
    domain, name = normal_domain(domain), " ".join(name.split())
    if len(domain) > _LONGEST_DOMAIN or not _DOMAIN.fullmatch(domain):
        raise BadRequestError("that is no domain")
    if why_not(domain):
        raise BadRequestError(f"{domain} can't be a counterparty's: {why_not(domain)}")
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise BadRequestError("say which counterparty it is, in at most 200 characters")
    if kind is CounterpartyKind.UNASSIGNED:
        raise BadRequestError("a counterparty is a supplier or a customer")
    if session.get(CounterpartyDomain, domain) is not None:
        raise AssignedError
    party = session.scalars(select(Counterparty).where(Counterparty.name == name)).one_or_none()
    is_new = party is None
    if party is None:
        party = Counterparty(id=uuid.uuid4(), name=name, kind=kind.value, slack_team="", owner="")
        session.add(party)
    party.domains.append(CounterpartyDomain(domain=domain, assigned_by=actor))
    session.flush()
    detail = {"counterparty": name, "kind": party.kind, "new": is_new}
    record(session, actor=actor, action=Action.DOMAIN_ASSIGNED, object=domain, detail=detail, now=now)
    return party


def unassign_domain(session: Session, domain: str, *, actor: str, now: datetime) -> None:
    """Take an assignment back; a counterparty of which nothing else is known goes with it. Raises NotFoundError."""
    row = session.get(CounterpartyDomain, domain)
    if row is None or row.assigned_by is None:
        raise NotFoundError("this domain was not assigned in the console")
    party = session.get_one(Counterparty, row.counterparty_id)
    party.domains.remove(row)
    detail = {"counterparty": party.name}
    if not (party.domains or party.slack_team or party.owner):
        session.delete(party)
    session.flush()
    record(session, actor=actor, action=Action.DOMAIN_UNASSIGNED, object=domain, detail=detail, now=now)


def list_assigned(session: Session) -> Sequence[tuple[CounterpartyDomain, str]]:
    """Return the domains that were assigned in the console, each with its counterparty's name."""
    query = (
        select(CounterpartyDomain, Counterparty.name)
        .join(Counterparty, Counterparty.id == CounterpartyDomain.counterparty_id)
        .where(CounterpartyDomain.assigned_by.is_not(None))
        .order_by(CounterpartyDomain.domain)
    )
    return [(row[0], row[1]) for row in session.execute(query)]
