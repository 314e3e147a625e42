"""External domains that nobody has assigned yet: counted as their messages pass, and said whose they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from messages import CounterpartyKind, Directory, normal_domain
from service.directory.assign import assign_domain
from service.directory.changes import By, in_batches
from service.directory.counterparties import change_counterparty, create_counterparty, find_counterparty
from service.directory.fields import FieldError, cleaned_address
from service.directory.models import Counterparty, Person, UnknownDomain
from service.directory.people import add_alias
from service.directory.unfit import why_not
from service.errors import NotFoundError
from service.models import Alert


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A domain that nobody has assigned: on how many messages it was, since when, and how many alerts go by its name.

    `obstacle` says why it can't be a firm's, empty where it can.
    """

    domain: str
    messages: int
    first_seen: datetime
    last_seen: datetime
    alerts: int
    obstacle: str


def note_unknown(session: Session, counts: Mapping[str, int], *, now: datetime) -> None:
    """Count messages by the unknown domains that they were on."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    rows = [
        {"domain": domain, "messages": count, "first_seen": now, "last_seen": now}
        # In one order, so that two at once wait for each other rather than for ever.
        for domain, count in sorted(counts.items())
        if domain and count > 0
    ]
    for piece in in_batches(rows):
        new = insert(UnknownDomain).values(piece)
        session.execute(
            new.on_conflict_do_update(
                index_elements=[UnknownDomain.domain],
                set_={"messages": UnknownDomain.messages + new.excluded.messages, "last_seen": new.excluded.last_seen},
            )
        )


def list_unknown(
    session: Session,
    own_domains: Iterable[str],
    *,
    q: str = "",
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[Unknown]:
    """List the unknown domains, those of the most messages first; `after` is the count and domain before."""
    query = select(UnknownDomain).order_by(UnknownDomain.messages.desc(), UnknownDomain.domain).limit(limit)
    if q:
        query = query.where(UnknownDomain.domain.contains(q.lower(), autoescape=True))
    if after is not None:
        count, domain = after
        further = (UnknownDomain.messages == count) & (UnknownDomain.domain > domain)
        query = query.where(or_(UnknownDomain.messages < count, further))
    ours = Directory(own_domains=tuple(own_domains))
    rows = [row for row in session.scalars(query) if not ours.is_ours(f"somebody@{row.domain}")]
    alerts = alerts_by_domain(session, [row.domain for row in rows])
    return [
        Unknown(
            domain=row.domain,
            messages=row.messages,
            first_seen=row.first_seen,
            last_seen=row.last_seen,
            alerts=alerts.get(row.domain, 0),
            obstacle=why_not(row.domain),
        )
        for row in rows
    ]


def count_unknown(session: Session) -> int:
    """Count the unknown domains."""
    return session.scalar(select(func.count()).select_from(UnknownDomain)) or 0


def alerts_by_domain(session: Session, domains: Sequence[str]) -> dict[str, int]:
    """Count alerts of counterparties that nobody has assigned: these go by their domain."""
    counts: dict[str, int] = {}
    for piece in in_batches(domains):
        query = select(Alert.counterparty, func.count()).where(Alert.counterparty.in_(piece))
        counts |= {name: int(count) for name, count in session.execute(query.group_by(Alert.counterparty))}
    return counts


def claimed_by(directory: Directory, domain: str) -> str | None:
    """Name the counterparty of a domain: None for one of ours, empty where nobody claims it."""
    party = directory.counterparty(f"somebody@{domain}")
    if party is None:
        return None
    return "" if party.kind is CounterpartyKind.UNASSIGNED else party.name


def assign_unknown(
    session: Session, domain: str, *, name: str, kind: CounterpartyKind, by: By, own: Iterable[str] = ()
) -> Counterparty:
    """Say which counterparty an unknown domain is; it is made where there is none of the name.

    Raises BadRequestError, AssignedError.
    """
    return assign_domain(session, domain, name=name, kind=kind, actor=by.actor, now=by.now, own=own)


def assign_to_person(session: Session, domain: str, address: str, *, person: str, by: By) -> Person:
    """Say that an address of a domain is one of our people's, too: of their free mail, say.

    Raises FieldError, NotFoundError for nobody of ours, PersonTakenError.
    """
    alias = _address_at(domain, address)
    row = add_alias(session, person, alias, by)
    _forget(session, domain)
    return row


def assign_address(session: Session, domain: str, address: str, *, name: str, by: By) -> Counterparty:
    """Say that an address of a domain is a counterparty's, which is made where there is none of the name.

    Raises FieldError.
    """
    theirs = _address_at(domain, address)
    row = find_counterparty(session, " ".join(name.split())) or create_counterparty(session, {"name": name}, by)
    changed = change_counterparty(session, row.id, {"people": [*row.people, theirs]}, by)
    _forget(session, domain)
    return changed


def expire_unknown(session: Session, before: datetime) -> int:
    """Delete the domains that were last seen before a time."""
    result = session.execute(delete(UnknownDomain).where(UnknownDomain.last_seen < before))
    return int(getattr(result, "rowcount", 0))


def _address_at(domain: str, address: str) -> str:
    found = cleaned_address("address", address)
    if normal_domain(found.rpartition("@")[2]) != normal_domain(domain):
        raise FieldError(f"address is none of {domain}")
    return found


def _forget(session: Session, domain: str) -> None:
    """Begin to count anew: what is seen from now on is somebody else's."""
    row = session.get(UnknownDomain, normal_domain(domain))
    if row is None:
        raise NotFoundError("this domain is not on the list of the unknown")
    session.delete(row)
    session.flush()
