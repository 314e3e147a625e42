"""The pages of the counterparties, and of the domains that nobody has assigned."""

import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Response

from messages import CounterpartyKind
from service.auth.access import needs
from service.auth.permissions import Permission
from service.console.desk import Desk, TheDesk
from service.console.directory_forms import PartyForm, address_of, by_desk, sentence, visible
from service.console.directory_view import as_form, history_lines
from service.console.store import counterparty_names
from service.directory import counterparties, unknown
from service.directory.changes import Subject, history_of
from service.directory.counterparties import get_counterparty, list_counterparties, values_of, version_of
from service.directory.counterparty_routes import party_place, unknown_place
from service.directory.paging import write_place
from service.directory.references import alerts_of, negotiations_with, references_to
from service.errors import BadRequestError, ConflictError, NotFoundError

router = APIRouter(prefix="/counterparties", include_in_schema=False)

PAGE = 50
_UNKNOWN = 25
_EMPTY: Mapping[str, str] = {"name": "", "kind": "supplier", "domains": "", "owner": ""}

_Key = Annotated[str, Query(max_length=1000)]
_Text = Annotated[str, Form(max_length=20_000)]


@router.get("")
@needs(Permission.DIRECTORY_READ)
def get_counterparties(desk: TheDesk, q: _Key = "", kind: _Key = "", after: _Key = "", unknown: _Key = "") -> Response:
    """Show the counterparties, and the domains that nobody has assigned."""
    return _list(desk, q=q, kind=kind, after=after, unknown_after=unknown)


@router.post("")
@needs(Permission.DIRECTORY_MANAGE)
def add_counterparty(
    desk: TheDesk, name: _Text = "", kind: _Text = "supplier", domains: _Text = "", owner: _Text = ""
) -> Response:
    """Add a counterparty; the rest is said on its page."""
    values = {"name": name, "kind": kind, "domains": domains, "owner": owner}
    try:
        row = counterparties.create_counterparty(
            desk.session, values, by_desk(desk), own=desk.settings.company.own_domains
        )
    except (BadRequestError, ConflictError) as error:
        return _list(desk, problem=sentence(error), form=values)
    return desk.go(f"/counterparties/{row.id}", "party-added")


@router.post("/unknown")
@needs(Permission.DIRECTORY_MANAGE)
def assign(
    desk: TheDesk,
    domain: _Text = "",
    name: _Text = "",
    kind: Annotated[CounterpartyKind, Form()] = CounterpartyKind.SUPPLIER,
    address: _Text = "",
    person: _Text = "",
) -> Response:
    """Say which counterparty an unknown domain is, or whose an address at a mail provider is."""
    by = by_desk(desk)
    try:
        if person.strip():
            unknown.assign_to_person(desk.session, domain, address, person=person, by=by)
        elif address.strip():
            unknown.assign_address(desk.session, domain, address, name=name, by=by)
        else:
            unknown.assign_unknown(
                desk.session, domain, name=name, kind=kind, by=by, own=desk.settings.company.own_domains
            )
    except (BadRequestError, ConflictError, NotFoundError) as error:
        is_nobody = isinstance(error, NotFoundError) and person.strip()
        return _list(desk, unknown_problem="Nobody of ours has that address." if is_nobody else sentence(error))
    return desk.go("/counterparties#unknown", "address-assigned" if address.strip() else "domain-assigned")


@router.get("/{party_id}")
@needs(Permission.DIRECTORY_READ)
def get_one(party_id: uuid.UUID, desk: TheDesk) -> Response:
    """Show a counterparty, with what is attached to it and how it changed."""
    return _one(desk, party_id)


@router.post("/{party_id}")
@needs(Permission.DIRECTORY_MANAGE)
def change_counterparty(party_id: uuid.UUID, desk: TheDesk, form: Annotated[PartyForm, Form()]) -> Response:
    """Change a counterparty, as long as it is what the form showed."""
    try:
        counterparties.change_counterparty(
            desk.session,
            party_id,
            form.told(),
            by_desk(desk),
            expected_version=form.seen,
            own=desk.settings.company.own_domains,
        )
    except (BadRequestError, ConflictError) as error:
        return _one(desk, party_id, problem=sentence(error), form=form.told())
    return desk.go(f"/counterparties/{party_id}", "party-changed")


@router.post("/{party_id}/delete")
@needs(Permission.DIRECTORY_MANAGE)
def delete_counterparty(party_id: uuid.UUID, desk: TheDesk) -> Response:
    """Delete a counterparty that nothing refers to."""
    try:
        counterparties.delete_counterparty(desk.session, party_id, by_desk(desk))
    except ConflictError as error:
        return _one(desk, party_id, problem=sentence(error))
    return desk.go("/counterparties", "party-deleted")


def _list(
    desk: Desk,
    *,
    q: str = "",
    kind: str = "",
    after: str = "",
    unknown_after: str = "",
    problem: str = "",
    form: Mapping[str, str] = _EMPTY,
    unknown_problem: str = "",
) -> Response:
    q = visible(q)
    kind = kind if kind in {"supplier", "customer"} else ""
    rows = list_counterparties(desk.session, q=q, kind=kind, after=party_place(after), limit=PAGE + 1)
    asked = {"q": q, "kind": kind}
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    own, place = desk.settings.company.own_domains, unknown_place(unknown_after)
    nobodys = unknown.list_unknown(desk.session, own, after=place, limit=_UNKNOWN + 1)
    below = nobodys[_UNKNOWN - 1] if len(nobodys) > _UNKNOWN else None
    return desk.show(
        "counterparties.html",
        here="/counterparties",
        status=HTTPStatus.BAD_REQUEST if problem or unknown_problem else HTTPStatus.OK,
        manages=desk.asking.may(Permission.DIRECTORY_MANAGE),
        parties=rows[:PAGE],
        q=q,
        kind=kind,
        narrowed=any(asked.values()),
        first=address_of("/counterparties", asked) if after else None,
        next=address_of("/counterparties", {**asked, "after": write_place(last.name, str(last.id))}) if last else None,
        unknown=nobodys[:_UNKNOWN],
        unknown_total=unknown.count_unknown(desk.session),
        unknown_first=address_of("/counterparties", {}, "#unknown") if place else None,
        unknown_next=_below(below) if below else None,
        names=counterparty_names(desk.session) if nobodys else (),
        problem=problem,
        form=form,
        unknown_problem=unknown_problem,
    )


def _below(last: unknown.Unknown) -> str:
    return address_of("/counterparties", {"unknown": write_place(str(last.messages), last.domain)}, "#unknown")


def _one(desk: Desk, party_id: uuid.UUID, *, problem: str = "", form: Mapping[str, str] | None = None) -> Response:
    row = get_counterparty(desk.session, party_id)
    values = as_form({"name": row.name, **values_of(row)})
    return desk.show(
        "counterparty.html",
        here=f"/counterparties/{row.id}",
        status=HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK,
        manages=desk.asking.may(Permission.DIRECTORY_MANAGE),
        may=desk.asking.may,
        permissions=Permission,
        party=row,
        domains=values_of(row)["domains"],
        values=values,
        form={**values, **{key: text for key, text in (form or {}).items() if key in values}},
        seen=version_of(row),
        alerts=alerts_of(desk.session, row.name),
        negotiations=negotiations_with(desk.session, row.id),
        references=references_to(desk.session, row.id, row.name),
        history=history_lines(history_of(desk.session, Subject.COUNTERPARTY, row.name)),
        problem=problem,
    )
