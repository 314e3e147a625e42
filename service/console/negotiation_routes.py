"""The pages of one negotiation: what is known of it, and the form that makes or changes one."""

import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.auth.access import needs
from service.auth.permissions import Permission
from service.console import negotiation_forms as forms
from service.console import negotiation_view as view
from service.console.desk import Desk, TheDesk
from service.console.directory_forms import sentence
from service.console.store import counterparty_names
from service.directory.models import Person
from service.errors import BadRequestError, ConflictError, ForbiddenError, NotFoundError
from service.models import User
from service.negotiations import look, store
from service.negotiations.access import may_change_guarded, viewer_of
from service.negotiations.models import NegotiationRow
from service.negotiations.record import ChangeNote, fields_of
from service.negotiations.schemas import PublishedIn
from service.negotiations.store import ChangedMeanwhileError

router = APIRouter(prefix="/negotiations", include_in_schema=False)

_MOST_PEOPLE = 500

_Key = Annotated[str, Query(max_length=400)]
_Text = Annotated[str, Form(max_length=20_000)]
_Refused = (BadRequestError, ConflictError, ForbiddenError)


@router.get("/new")
@needs(Permission.NEGOTIATIONS_MANAGE)
def get_new(desk: TheDesk, begin: _Key = "", template: _Key = "") -> Response:
    """Show the form of a new negotiation: empty, or filled from a template or from last year's."""
    original = forms.id_in(begin)
    if original is None:
        user = desk.session.get(User, desk.asking.user_id)
        typed = {**forms.EMPTY, "lead": (user.address if user else None) or ""}
        return _form(desk, typed, is_template=bool(template))
    row = look.get_row(desk.session, original)
    one = store.anew(row, store.stored(desk.session, row), years=0 if template else 1)
    name = f"{one.name} (template)" if template else "" if row.is_template else forms.next_name(one.name)
    return _form(desk, {**fields_of(one), "name": name}, is_template=bool(template), begun=row)


@router.post("")
@needs(Permission.NEGOTIATIONS_MANAGE)
def add(desk: TheDesk, form: forms.TheForm) -> Response:
    """Register a negotiation or a template."""
    data, is_template = forms.data_of(form), bool(forms.text_in(form, "is_template"))
    begun = forms.id_in(forms.text_in(form, "begin"))
    original = look.get_row(desk.session, begun) if begun else None
    try:
        row = store.create(
            desk.session,
            data,
            is_template=is_template,
            viewer=viewer_of(desk.asking),
            note=_note(desk),
            copied_from=begun,
        )
    except _Refused as error:
        return _form(desk, data, is_template=is_template, begun=original, problem=sentence(error))
    return desk.go(f"/negotiations/{row.id}", "template-added" if is_template else "negotiation-added")


@router.get("/{negotiation_id}")
@needs(Permission.NEGOTIATIONS_READ)
def get_one(negotiation_id: uuid.UUID, desk: TheDesk) -> Response:
    """Show a negotiation with all but its plan, and how it changed."""
    return _one(desk, negotiation_id)


@router.get("/{negotiation_id}/edit")
@needs(Permission.NEGOTIATIONS_MANAGE)
def get_edit(negotiation_id: uuid.UUID, desk: TheDesk) -> Response:
    """Show the form of a negotiation."""
    row = look.get_row(desk.session, negotiation_id)
    return _form(desk, fields_of(store.stored(desk.session, row)), is_template=row.is_template, edited=row)


@router.post("/{negotiation_id}/edit")
@needs(Permission.NEGOTIATIONS_MANAGE)
def change(negotiation_id: uuid.UUID, desk: TheDesk, form: forms.TheForm) -> Response:
    """Change a negotiation, as long as it is what the form showed."""
    data, version = forms.data_of(form), forms.number_in(forms.text_in(form, "version"))
    try:
        store.change(
            desk.session,
            negotiation_id,
            data,
            version=version,
            viewer=viewer_of(desk.asking),
            note=_note(desk),
        )
    except _Refused as error:
        row = look.get_row(desk.session, negotiation_id)
        said = _meanwhile(desk.session, row, version) if isinstance(error, ChangedMeanwhileError) else sentence(error)
        typed = {**fields_of(store.stored(desk.session, row)), **data}
        return _form(desk, typed, is_template=row.is_template, edited=row, problem=said)
    return desk.go(f"/negotiations/{negotiation_id}", "negotiation-changed")


@router.post("/{negotiation_id}/published")
@needs(Permission.NEGOTIATIONS_MANAGE)
def publish(negotiation_id: uuid.UUID, desk: TheDesk, text: _Text = "", date: _Text = "") -> Response:
    """Put down what all bidders were told."""
    try:
        body = PublishedIn.model_validate({"text": text.replace("\r\n", "\n"), "date": date or None})
    except ValueError:
        return _one(desk, negotiation_id, problem="The day is one such as 2026-03-31.", typed=text)
    try:
        store.publish(desk.session, negotiation_id, body, viewer=viewer_of(desk.asking), note=_note(desk))
    except _Refused as error:
        return _one(desk, negotiation_id, problem=sentence(error), typed=text)
    return desk.go(f"/negotiations/{negotiation_id}#published", "negotiation-published")


@router.post("/{negotiation_id}/archive")
@needs(Permission.NEGOTIATIONS_MANAGE)
def archive(negotiation_id: uuid.UUID, desk: TheDesk) -> Response:
    """Put a negotiation aside."""
    store.archive(desk.session, negotiation_id, viewer=viewer_of(desk.asking), note=_note(desk))
    return desk.go(f"/negotiations/{negotiation_id}", "negotiation-archived")


@router.post("/{negotiation_id}/restore")
@needs(Permission.NEGOTIATIONS_MANAGE)
def restore(negotiation_id: uuid.UUID, desk: TheDesk) -> Response:
    """Take a negotiation back out of the archive."""
    store.restore(desk.session, negotiation_id, note=_note(desk))
    return desk.go(f"/negotiations/{negotiation_id}", "negotiation-restored")


def _one(desk: Desk, negotiation_id: uuid.UUID, *, problem: str = "", typed: str = "") -> Response:
    session = desk.session
    one = look.view(session, look.get_row(session, negotiation_id), now=desk.now)
    people = look.people_of(session, [store.stored(session, look.get_row(session, negotiation_id))])
    return desk.show(
        "negotiation.html",
        here=f"/negotiations/{negotiation_id}",
        status=HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK,
        one=one,
        members=view.members_of(one, people),
        people={address: person.name or address for address, person in people.items()},
        firms=look.ids_of_firms(session, one.counterparties),
        original=_original(session, one.copied_from),
        history=view.lines_of(look.history(session, negotiation_id)),
        manages=desk.asking.may(Permission.NEGOTIATIONS_MANAGE),
        guarded=not may_change_guarded(session, negotiation_id, viewer_of(desk.asking)),
        phases=view.PHASES,
        day=view.said_day,
        today=desk.now.date(),
        problem=problem,
        typed=typed,
    )


def _form(
    desk: Desk,
    typed: Mapping[str, Any],
    *,
    is_template: bool,
    edited: NegotiationRow | None = None,
    begun: NegotiationRow | None = None,
    problem: str = "",
) -> Response:
    """Show the form: of the negotiation that is `edited`, or of a new one, which may be `begun` from another."""
    session = desk.session
    return desk.show(
        "negotiation_form.html",
        here=f"/negotiations/{edited.id}/edit" if edited else "/negotiations/new",
        status=HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK,
        form={**forms.EMPTY, **typed},
        edited=edited,
        begun=begun,
        is_template=is_template,
        problem=problem,
        guarded=edited is not None and not may_change_guarded(session, edited.id, viewer_of(desk.asking)),
        people=_people(session),
        counterparties=counterparty_names(session),
        moulds=look.moulds(session) if edited is None else (),
        phases=view.PHASES,
        matters=view.MATTERS,
        amount=view.plain_amount,
    )


def _people(session: Session) -> list[tuple[str, str]]:
    """Return people to choose from, as many as a list can sensibly offer: addresses with names."""
    query = select(Person.address, Person.name).where(Person.active, Person.kind == "person").order_by(Person.name)
    return [(row.address, row.name) for row in session.execute(query.limit(_MOST_PEOPLE))]


def _original(session: Session, negotiation_id: uuid.UUID | None) -> NegotiationRow | None:
    if negotiation_id is None:
        return None
    try:
        return look.get_row(session, negotiation_id)
    except NotFoundError:
        return None


def _meanwhile(session: Session, row: NegotiationRow, version: int) -> str:
    """Say who changed what since a version was shown; saving again then goes over it."""
    later = look.history(session, row.id)[: max(row.version - version, 0)]
    who = ", ".join(dict.fromkeys(one.actor for one in later)) or "Somebody else"
    what = ", ".join(sorted({view.title_of(key).lower() for one in later for key in one.fields})) or "it"
    return f"{who} has changed {what} meanwhile. Below is what you typed; saving again puts it in the place of theirs."


def _note(desk: Desk) -> ChangeNote:
    return ChangeNote(actor=desk.asking.actor, now=desk.now)
