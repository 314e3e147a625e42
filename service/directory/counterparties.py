"""The counterparties in the database: read, listed, and changed with their history."""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, tuple_, update
from sqlalchemy.orm import Session, selectinload

from messages import Counterparty
from service.audit.store import Action, record
from service.directory.changes import By, Change, Subject, difference, in_batches, note_changes
from service.directory.fields import NEW_PARTY, FieldError, Values, cleaned_party, digest, party_of
from service.directory.models import Counterparty as PartyRow
from service.directory.models import CounterpartyDomain, Origin, UnknownDomain
from service.directory.references import is_named, move_references, references_to
from service.directory.unfit import why_not
from service.errors import ConflictError, NotFoundError

_OWN = tuple(key for key in NEW_PARTY if key != "domains")
_DOMAIN = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")


class PartyTakenError(ConflictError):
    """There is a counterparty of this name already."""


class DomainTakenError(ConflictError):
    """This domain belongs to another counterparty."""


class PartyChangedError(ConflictError):
    """The counterparty has changed since you looked."""


class PartyInUseError(ConflictError):
    """Something refers to this counterparty, so it stays."""


def values_of(row: PartyRow) -> dict[str, Any]:
    """Return a row's fields as plain values, its domains in order."""
    own = {key: getattr(row, key) for key in _OWN}
    return {**NEW_PARTY, **own, "domains": sorted(one.domain for one in row.domains)}


def version_of(row: PartyRow) -> str:
    """Return what changes whenever the counterparty does."""
    return digest([row.name, values_of(row)])


def parties_by_name(session: Session) -> dict[str, dict[str, Any]]:
    """Return all counterparties as plain values by name, in the order of their names."""
    domains: dict[uuid.UUID, list[str]] = {}
    rows = session.execute(
        select(CounterpartyDomain.counterparty_id, CounterpartyDomain.domain).order_by(CounterpartyDomain.domain)
    )
    for party, domain in rows:
        domains.setdefault(party, []).append(domain)
    columns = (PartyRow.id, PartyRow.name, *(getattr(PartyRow, key) for key in _OWN))
    parties = session.execute(select(*columns).order_by(PartyRow.name)).all()
    return {
        row[1]: {**NEW_PARTY, **dict(zip(_OWN, row[2:], strict=True)), "domains": domains.get(row[0], [])}
        for row in parties
    }


def load_counterparties(session: Session) -> tuple[Counterparty, ...]:
    """Take a snapshot of the counterparties alone, by name."""
    return tuple(party_of(name, values) for name, values in parties_by_name(session).items())


def get_counterparty(session: Session, party_id: uuid.UUID) -> PartyRow:
    """Return a counterparty. Raises NotFoundError."""
    row = session.get(PartyRow, party_id)
    if row is None:
        raise NotFoundError
    return row


def find_counterparty(session: Session, name: str) -> PartyRow | None:
    """Return the counterparty of a name, None where there is none."""
    return session.scalars(select(PartyRow).where(PartyRow.name == name)).one_or_none()


def list_counterparties(
    session: Session,
    *,
    q: str = "",
    kind: str = "",
    after: tuple[str, uuid.UUID] | None = None,
    limit: int = 50,
) -> Sequence[PartyRow]:
    """Return counterparties by name; `q` is part of a name or a domain, `after` the name and id before."""
    query = select(PartyRow).options(selectinload(PartyRow.domains)).order_by(PartyRow.name, PartyRow.id).limit(limit)
    if q:
        domain = CounterpartyDomain.domain.contains(q.lower(), autoescape=True)
        names = [PartyRow.name.contains(one, autoescape=True) for one in {q, q.title()}]
        lowered = func.lower(PartyRow.name).contains(q.lower(), autoescape=True)
        query = query.where(or_(*names, lowered, PartyRow.domains.any(domain)))
    if kind:
        query = query.where(PartyRow.kind == kind)
    if after is not None:
        query = query.where(tuple_(PartyRow.name, PartyRow.id) > after)
    return session.scalars(query).all()


def create_counterparty(session: Session, values: Values, by: By, *, own: Iterable[str] = ()) -> PartyRow:
    """Add a counterparty; `values` has its `name`, `own` are our domains.

    Raises FieldError, PartyTakenError, DomainTakenError.
    """
    cleaned = cleaned_party({"name": "", **values})
    name = str(cleaned.pop("name"))
    if find_counterparty(session, name) is not None:
        raise PartyTakenError
    whole = {**NEW_PARTY, **cleaned}
    _check_domains(session, whole["domains"], owner=None, own=own)
    change = difference(Subject.COUNTERPARTY, name, None, whole)
    _do(session, [change], by)
    return session.scalars(select(PartyRow).where(PartyRow.name == name)).one()


def change_counterparty(
    session: Session,
    party_id: uuid.UUID,
    values: Values,
    by: By,
    *,
    expected_version: str | None = None,
    own: Iterable[str] = (),
) -> PartyRow:
    """Change these fields of a counterparty; under another `name` it keeps all that is attached to it.

    `own` are our domains, none of which it can have.

    Raises NotFoundError, FieldError, PartyTakenError, DomainTakenError, PartyChangedError.
    """
    row = get_counterparty(session, party_id)
    before, old = values_of(row), row.name
    if expected_version is not None and expected_version != version_of(row):
        raise PartyChangedError
    after = cleaned_party(values)
    name = str(after.get("name", old))
    if name != old and find_counterparty(session, name) is not None:
        raise PartyTakenError
    if name != old and is_named(session, name):
        # Two ledgers under one name could never be told apart again.
        raise PartyTakenError("alerts or ledger entries of a domain go by this name already")
    _check_domains(session, set(after.get("domains", ())) - set(before["domains"]), owner=party_id, own=own)
    if name != old:
        _rename(session, row, name, by)
    change = difference(Subject.COUNTERPARTY, name, {"name": old, **before}, after)
    _do(session, [change], by)
    return session.get_one(PartyRow, party_id)


def delete_counterparty(session: Session, party_id: uuid.UUID, by: By) -> None:
    """Delete a counterparty that nothing refers to. Raises NotFoundError, PartyInUseError."""
    row = get_counterparty(session, party_id)
    refers = references_to(session, row.id, row.name)
    if refers:
        raise PartyInUseError(f"this counterparty stays, because of {', '.join(refers)}")
    _do(session, [difference(Subject.COUNTERPARTY, row.name, values_of(row), None)], by)


def write_counterparties(session: Session, changes: Sequence[Change], by: By) -> None:
    """Carry out changes of counterparties and put them into the history. A domain may go from one to another."""
    new = {one.name: uuid.uuid4() for one in changes if one.is_new}
    made = [{**NEW_PARTY, **_own(one), "id": new[one.name], "name": one.name} for one in changes if one.is_new]
    for row in made:
        del row["domains"]
    if made:
        session.execute(insert(PartyRow), made)
    ids = new | _ids(session, [one.name for one in changes if not one.is_new])
    changed = [{**_own(one), "id": ids[one.name]} for one in changes if not one.is_new and not one.is_gone]
    changed = sorted((one for one in changed if len(one) > 1), key=sorted)
    if changed:
        session.execute(update(PartyRow), changed)
    _write_domains(session, changes, ids, by)
    for piece in in_batches(ids[one.name] for one in changes if one.is_gone):
        session.execute(delete(PartyRow).where(PartyRow.id.in_(piece)))
    session.expire_all()
    note_changes(session, changes, by)


def forget_known(session: Session, domains: Iterable[str]) -> None:
    """Take domains that now belong to somebody, and those below them, off the list of the unknown."""
    known = set(domains)
    unknown = session.scalars(select(UnknownDomain.domain)) if known else ()
    gone = [one for one in unknown if known & {one.split(".", depth)[-1] for depth in range(one.count(".") + 1)}]
    for piece in in_batches(gone):
        session.execute(delete(UnknownDomain).where(UnknownDomain.domain.in_(piece)))


def check_domain(domain: str, *, own: Iterable[str] = ()) -> None:
    """Make sure that a domain can be a firm's; `own` are our domains. Raises FieldError."""
    if not _DOMAIN.fullmatch(domain):
        raise FieldError("that is no domain")
    if why := why_not(domain, own=own):
        raise FieldError(f"{domain} can't be a counterparty's: {why}")


def _write_domains(session: Session, changes: Sequence[Change], ids: Mapping[str, uuid.UUID], by: By) -> None:
    moved = [(ids[one.name], *one.fields["domains"]) for one in changes if "domains" in one.fields]
    for piece in in_batches(domain for _, before, after in moved for domain in set(before or ()) - set(after or ())):
        session.execute(delete(CounterpartyDomain).where(CounterpartyDomain.domain.in_(piece)))
    said_by = None if by.origin is Origin.FILES else by.actor
    rows = [
        {"domain": domain, "counterparty_id": party, "assigned_by": said_by}
        for party, before, after in moved
        for domain in sorted(set(after or ()) - set(before or ()))
    ]
    if rows:
        session.execute(insert(CounterpartyDomain), rows)
        forget_known(session, [str(one["domain"]) for one in rows])


def _rename(session: Session, row: PartyRow, name: str, by: By) -> None:
    """Call a counterparty by another name, wherever it is named."""
    old = row.name
    session.execute(update(PartyRow).where(PartyRow.id == row.id).values(name=name))
    move_references(session, old, name)
    named = [
        (other, [name if one == old else one for one in values["resellers"]])
        for other, values in parties_by_name(session).items()
        if old in values["resellers"]
    ]
    known = parties_by_name(session) if named else {}
    done = [difference(Subject.COUNTERPARTY, other, known[other], {"resellers": after}) for other, after in named]
    write_counterparties(session, [one for one in done if one is not None], by)


def _do(session: Session, changes: Sequence[Change | None], by: By) -> None:
    done = [one for one in changes if one is not None]
    write_counterparties(session, done, by)
    for one in done:
        detail = {"subject": one.subject.value, "fields": sorted(one.fields)}
        record(session, actor=by.actor, action=Action.DIRECTORY_CHANGED, object=one.name, detail=detail, now=by.now)


def _own(change: Change) -> dict[str, Any]:
    return {key: after for key, (_, after) in change.fields.items() if key not in {"domains", "name"}}


def _ids(session: Session, names: Sequence[str]) -> dict[str, uuid.UUID]:
    found: dict[str, uuid.UUID] = {}
    for piece in in_batches(names):
        rows = session.execute(select(PartyRow.name, PartyRow.id).where(PartyRow.name.in_(piece)))
        found |= {row.name: row.id for row in rows}
    return found


def _check_domains(session: Session, domains: Iterable[str], *, owner: uuid.UUID | None, own: Iterable[str]) -> None:
    for domain in domains:
        check_domain(domain, own=own)
        row = session.get(CounterpartyDomain, domain)
        if row is not None and row.counterparty_id != owner:
            party = session.get_one(PartyRow, row.counterparty_id)
            raise DomainTakenError(f"{domain} belongs to {party.name} already")
