"""Counterparties and unknown domains over the API."""

import uuid
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query

from messages import CounterpartyKind
from service.auth.access import needs
from service.auth.permissions import Permission
from service.depends import Asking, Now, TheSettings, Transaction
from service.directory import counterparties, unknown
from service.directory.changes import By, Subject, history_of
from service.directory.models import Counterparty, Origin
from service.directory.paging import BadPlaceError, read_place, write_place
from service.directory.people_routes import Key
from service.directory.references import references_to
from service.directory.schemas import (
    AssignedView,
    AssignIn,
    CounterpartyChange,
    CounterpartyDetail,
    CounterpartyIn,
    CounterpartyPage,
    CounterpartyView,
    UnknownDomainPage,
    UnknownDomainView,
    party_fields,
    past,
)
from service.errors import BadRequestError
from service.failures import problems

router = APIRouter(prefix="/api/v1", tags=["directory"], responses=problems(401, 403))


@router.get("/counterparties", responses=problems(400))
@needs(Permission.DIRECTORY_READ)
def list_counterparties(
    session: Transaction,
    q: Key = "",
    kind: CounterpartyKind | None = None,
    after: Key = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> CounterpartyPage:
    """List the counterparties by name; `q` is part of a name or a domain."""
    rows = counterparties.list_counterparties(
        session, q=q, kind=kind.value if kind else "", after=party_place(after), limit=limit + 1
    )
    shown = [CounterpartyView(**party_fields(row)) for row in rows[:limit]]
    more = write_place(rows[limit - 1].name, str(rows[limit - 1].id)) if len(rows) > limit else None
    return CounterpartyPage(counterparties=shown, next=more)


@router.post("/counterparties", status_code=HTTPStatus.CREATED, responses=problems(400, 409))
@needs(Permission.DIRECTORY_MANAGE)
def create_counterparty(
    body: CounterpartyIn, session: Transaction, settings: TheSettings, asking: Asking, now: Now
) -> CounterpartyDetail:
    """Add a counterparty."""
    by = By(actor=asking.actor, origin=Origin.CONSOLE, now=now)
    told, own = body.model_dump(exclude_unset=True), settings.company.own_domains
    return _detail(session, counterparties.create_counterparty(session, told, by, own=own))


@router.get("/counterparties/{counterparty_id}", responses=problems(404))
@needs(Permission.DIRECTORY_READ)
def read_counterparty(counterparty_id: uuid.UUID, session: Transaction) -> CounterpartyDetail:
    """Show a counterparty with its domains, people, contacts and history."""
    return _detail(session, counterparties.get_counterparty(session, counterparty_id))


@router.patch("/counterparties/{counterparty_id}", responses=problems(400, 404, 409))
@needs(Permission.DIRECTORY_MANAGE)
def change_counterparty(
    counterparty_id: uuid.UUID,
    body: CounterpartyChange,
    session: Transaction,
    settings: TheSettings,
    asking: Asking,
    now: Now,
    expected_version: Annotated[str | None, Query(max_length=100)] = None,
) -> CounterpartyDetail:
    """Change a counterparty, or rename it. With `expected_version`, only if nothing has changed since."""
    by = By(actor=asking.actor, origin=Origin.CONSOLE, now=now)
    told = body.model_dump(exclude_unset=True)
    own = settings.company.own_domains
    row = counterparties.change_counterparty(
        session, counterparty_id, told, by, expected_version=expected_version, own=own
    )
    return _detail(session, row)


@router.delete("/counterparties/{counterparty_id}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404, 409))
@needs(Permission.DIRECTORY_MANAGE)
def delete_counterparty(counterparty_id: uuid.UUID, session: Transaction, asking: Asking, now: Now) -> None:
    """Delete a counterparty that nothing refers to."""
    by = By(actor=asking.actor, origin=Origin.CONSOLE, now=now)
    counterparties.delete_counterparty(session, counterparty_id, by)


@router.get("/unknown-domains", responses=problems(400))
@needs(Permission.DIRECTORY_READ)
def list_unknown_domains(
    session: Transaction,
    settings: TheSettings,
    q: Key = "",
    after: Key = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> UnknownDomainPage:
    """List the external domains that nobody has assigned, those of the most messages first."""
    own = settings.company.own_domains
    rows = unknown.list_unknown(session, own, q=q, after=unknown_place(after), limit=limit + 1)
    shown = [UnknownDomainView.model_validate(row) for row in rows[:limit]]
    more = write_place(str(rows[limit - 1].messages), rows[limit - 1].domain) if len(rows) > limit else None
    return UnknownDomainPage(domains=shown, next=more)


@router.post("/unknown-domains/{domain}/assign", responses=problems(400, 404, 409))
@needs(Permission.DIRECTORY_MANAGE)
def assign_unknown_domain(
    domain: str, body: AssignIn, session: Transaction, settings: TheSettings, asking: Asking, now: Now
) -> AssignedView:
    """Say whose an unknown domain, or an address of it, is."""
    by = By(actor=asking.actor, origin=Origin.CONSOLE, now=now)
    if body.person:
        person = unknown.assign_to_person(session, domain, body.address, person=body.person, by=by)
        return AssignedView(counterparty=None, person=person.address)
    if not body.counterparty.strip():
        raise BadRequestError("say whose it is: a counterparty's, or with an address one of our people's")
    if body.address:
        row = unknown.assign_address(session, domain, body.address, name=body.counterparty, by=by)
    else:
        own = settings.company.own_domains
        row = unknown.assign_unknown(session, domain, name=body.counterparty, kind=body.kind, by=by, own=own)
    return AssignedView(counterparty=row.name, person=None)


def party_place(text: str) -> tuple[str, uuid.UUID] | None:
    """Read a place among counterparties. Raises BadPlaceError."""
    place = read_place(text)
    try:
        return (place[0], uuid.UUID(place[1])) if place else None
    except ValueError:
        raise BadPlaceError from None


def unknown_place(text: str) -> tuple[int, str] | None:
    """Read a place among unknown domains. Raises BadPlaceError."""
    place = read_place(text)
    if place is None:
        return None
    if not place[0].isascii() or not place[0].isdigit() or len(place[0]) > len(str(2**62)):
        raise BadPlaceError
    return int(place[0]), place[1]


def _detail(session: Transaction, row: Counterparty) -> CounterpartyDetail:
    history = [past(one) for one in history_of(session, Subject.COUNTERPARTY, row.name)]
    refers = references_to(session, row.id, row.name)
    return CounterpartyDetail(**party_fields(row), references=refers, history=history)
