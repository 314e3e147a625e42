"""A negotiation's plan, for its holders; for everybody else, a page that says what they can do."""

import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from service.auth.access import always, needs
from service.auth.permissions import Permission
from service.console import plan_forms as forms
from service.console.desk import Desk, TheDesk
from service.models import User
from service.negotiations import access, plan
from service.negotiations.access import HeldError, HolderLeftError, LastHolderError, NotInTeamError
from service.negotiations.facts import FactError
from service.negotiations.look import get_row
from service.negotiations.models import NegotiationRow
from service.negotiations.plan_guard import Holding, TheHolding, destroy, note_look, note_refused
from service.negotiations.traces import entrances_of, looks_at

router = APIRouter(prefix="/negotiations/{negotiation_id}/plan", include_in_schema=False)

_NOTHING: Mapping[str, str] = {}


async def get_typed(request: Request) -> dict[str, str]:
    """Read what was typed into a form; files are no part of it."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


Typed = Annotated[dict[str, str], Depends(get_typed)]


@router.get("")
@needs(Permission.NEGOTIATIONS_READ, audits=always)
def get_plan(negotiation_id: uuid.UUID, desk: TheDesk, add: str = "", edit: uuid.UUID | None = None) -> Response:
    """Show the plan to a holder, and to others whom to ask; either goes on record."""
    row = get_row(desk.session, negotiation_id)
    user_id = access.viewer_of(desk.asking)
    if user_id is None or not access.may_open(desk.session, row.id, user_id):
        page = _closed(desk, row)
        note_refused(desk.session, row.id, desk.asking, now=desk.now)
        return page
    holding = Holding(negotiation_id=row.id, user_id=user_id, actor=desk.asking.actor)
    if edit is not None:
        stored = plan.read_entry(desk.session, desk.keys, row.id, edit)
        kind, typed = forms.typed_of(stored.entry) if stored.entry else ("", {})
        return _open(desk, holding, row, kind=kind, typed=typed | {"version": str(stored.version)}, edited=edit)
    return _open(desk, holding, row, kind=add if add in forms.KINDS else "")


@router.post("/entries/{kind}")
@needs(Permission.NEGOTIATIONS_READ)
def add_entry(holding: TheHolding, kind: str, desk: TheDesk, typed: Typed) -> Response:
    """Add an entry."""
    try:
        entry = forms.read_entry(kind, typed)
        plan.add_fact(desk.session, desk.keys, holding.negotiation_id, entry, actor=holding.actor, now=desk.now)
    except FactError as error:
        return _open(desk, holding, _row(desk, holding), kind=kind, typed=typed, problem=str(error))
    return desk.go(_address(holding), "note-added" if kind == forms.STRATEGY else "plan-added")


@router.post("/entries/{kind}/{entry_id}")
@needs(Permission.NEGOTIATIONS_READ)
def change_entry(holding: TheHolding, kind: str, entry_id: uuid.UUID, desk: TheDesk, typed: Typed) -> Response:
    """Change an entry, as long as it is what the holder saw."""
    where, version = holding.negotiation_id, typed.get("version", "")
    try:
        entry = forms.read_entry(kind, typed)
        seen = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
        args = (desk.session, desk.keys, where, entry_id, entry)
        plan.change_fact(*args, version=seen, actor=holding.actor, now=desk.now)
    except FactError as error:
        row = _row(desk, holding)
        return _open(desk, holding, row, kind=kind, typed=typed, edited=entry_id, problem=str(error))
    except plan.EntryChangedError:
        return desk.go(_address(holding), "entry-changed")
    return desk.go(_address(holding), "note-changed" if kind == forms.STRATEGY else "plan-changed")


@router.post("/remove/{entry_id}")
@needs(Permission.NEGOTIATIONS_READ)
def remove_entry(holding: TheHolding, entry_id: uuid.UUID, desk: TheDesk) -> Response:
    """Take an entry out."""
    plan.remove_fact(desk.session, holding.negotiation_id, entry_id, actor=holding.actor, now=desk.now)
    return desk.go(_address(holding), "plan-removed")


@router.post("/claim")
@needs(Permission.NEGOTIATIONS_READ)
def claim(negotiation_id: uuid.UUID, desk: TheDesk) -> Response:
    """Become the first holder."""
    row = get_row(desk.session, negotiation_id, lock=True)
    here = f"/negotiations/{row.id}/plan"
    try:
        access.claim(desk.session, row, access.viewer_of(desk.asking), actor=desk.asking.actor, now=desk.now)
    except NotInTeamError:
        return desk.go(here, "not-in-team")
    except HeldError:
        return desk.go(here, "plan-held")
    return desk.go(here, "plan-claimed")


@router.post("/holders")
@needs(Permission.NEGOTIATIONS_READ)
def admit(holding: TheHolding, desk: TheDesk, user: Annotated[uuid.UUID, Form()]) -> Response:
    """Admit somebody of the team."""
    row = get_row(desk.session, holding.negotiation_id, lock=True)
    try:
        access.admit(desk.session, row, user, by=holding.user_id, actor=holding.actor, now=desk.now)
    except NotInTeamError:
        return desk.go(_address(holding), "not-in-team")
    return desk.go(_address(holding), "holder-admitted")


@router.post("/holders/{user_id}/remove")
@needs(Permission.NEGOTIATIONS_READ)
def remove(holding: TheHolding, user_id: uuid.UUID, desk: TheDesk) -> Response:
    """Remove a holder, another or oneself."""
    args = (desk.session, holding.negotiation_id, user_id)
    try:
        access.remove(*args, by=holding.user_id, actor=holding.actor, now=desk.now)
    except LastHolderError:
        return desk.go(_address(holding), "last-holder")
    return desk.go(_address(holding), "holder-removed")


@router.post("/hand-over")
@needs(Permission.NEGOTIATIONS_READ)
def hand_over(holding: TheHolding, desk: TheDesk, user: Annotated[uuid.UUID, Form()]) -> Response:
    """Let somebody of the team hold it in one's own place."""
    row = get_row(desk.session, holding.negotiation_id, lock=True)
    try:
        access.hand_over(desk.session, row, user, by=holding.user_id, actor=holding.actor, now=desk.now)
    except NotInTeamError:
        return desk.go(_address(holding), "not-in-team")
    return desk.go(_address(holding), "plan-handed-over")


@router.post("/destroy")
@needs(Permission.NEGOTIATIONS_READ)
def destroy_plan(negotiation_id: uuid.UUID, desk: TheDesk, confirmed: Annotated[str, Form()] = "") -> Response:
    """Destroy the plan unread."""
    here = f"/negotiations/{negotiation_id}/plan"
    if confirmed != "yes":
        return desk.go(here, "not-confirmed")
    try:
        destroy(desk.session, desk.keys, negotiation_id, desk.asking, now=desk.now)
    except HolderLeftError:
        return desk.go(here, "holders-left")
    return desk.go(here, "plan-destroyed")


def _open(
    desk: Desk,
    holding: Holding,
    row: NegotiationRow,
    *,
    kind: str = "",
    typed: Mapping[str, str] = _NOTHING,
    edited: uuid.UUID | None = None,
    problem: str = "",
) -> Response:
    """Show the plan; `kind` is that of the form that is open, `typed` what stands in it."""
    held = access.holders(desk.session, row.id)
    entries = plan.read_plan(desk.session, desk.keys, row.id)
    page = desk.show(
        "plan.html",
        here=_address(holding),
        status=HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK,
        negotiation=row,
        groups=_grouped(entries),
        roles=forms.ROLES,
        kinds=forms.KINDS,
        shown=forms.shown,
        kind=kind if kind in forms.KINDS else "",
        fields=forms.fields_for(kind) if kind in forms.KINDS else (),
        form_roles=forms.roles_for(kind) if kind in forms.KINDS else (),
        typed=typed,
        edited=edited,
        problem=f"{problem[:1].upper()}{problem[1:]}." if problem else "",
        holders=held,
        is_last=sum(not one.disabled for one in held) == 1,
        candidates=access.candidates(desk.session, row),
        looks=looks_at(desk.session, row.id),
        entrances=entrances_of(desk.session, held),
    )
    note_look(desk.session, holding, now=desk.now)
    return page


def _closed(desk: Desk, row: NegotiationRow) -> Response:
    user = desk.session.get(User, desk.asking.user_id)
    held = access.holders(desk.session, row.id)
    return desk.show(
        "plan_closed.html",
        status=HTTPStatus.FORBIDDEN,
        negotiation=row,
        has_plan=bool(plan.planned_among(desk.session, [row.id])),
        holders=[one for one in held if not one.disabled],
        is_held=bool(held),
        may_claim=not held and not row.is_template and user is not None and access.in_team(row, user),
        may_destroy=access.is_orphaned(desk.session, row.id) and desk.asking.may(Permission.USERS_MANAGE),
        is_linked=user is not None and user.address is not None,
    )


def _grouped(entries: tuple[plan.StoredEntry, ...]) -> list[tuple[str, list[plan.StoredEntry]]]:
    """Group the entries by role; those that can't be opened come last, under no role."""
    groups: dict[str, list[plan.StoredEntry]] = {}
    for one in entries:
        groups.setdefault(one.entry.role.value if one.entry else "", []).append(one)
    return list(groups.items())


def _row(desk: Desk, holding: Holding) -> NegotiationRow:
    return get_row(desk.session, holding.negotiation_id)


def _address(holding: Holding) -> str:
    return f"/negotiations/{holding.negotiation_id}/plan"
