"""The pages of our people."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Response

from messages import PersonKind
from service.auth.access import needs
from service.auth.permissions import Permission
from service.console.desk import Desk, TheDesk
from service.console.directory_forms import PersonForm, address_of, by_desk, sentence, visible
from service.console.directory_view import as_form, history_lines
from service.directory import people
from service.directory.changes import Subject, history_of
from service.directory.groups import groups_of
from service.directory.paging import read_place, write_place
from service.directory.people import departments_of, get_person, list_people, values_of, version_of
from service.directory.references import owned_by
from service.errors import BadRequestError, ConflictError

router = APIRouter(prefix="/people", include_in_schema=False)

PAGE = 50
_SHOWN = {"here": True, "left": False}

_Key = Annotated[str, Query(max_length=400)]
_Text = Annotated[str, Form(max_length=20_000)]


@router.get("")
@needs(Permission.DIRECTORY_READ)
def get_people(desk: TheDesk, q: _Key = "", department: _Key = "", who: _Key = "here", after: _Key = "") -> Response:
    """Show our people."""
    return _list(desk, q=q, department=department, who=who, after=after)


@router.post("")
@needs(Permission.DIRECTORY_MANAGE)
def add_person(
    desk: TheDesk, address: _Text = "", name: _Text = "", role: _Text = "", department: _Text = ""
) -> Response:
    """Add somebody; the rest is said on their page."""
    values = {"name": name, "role": role, "department": department}
    try:
        row = people.create_person(desk.session, address, values, by_desk(desk))
    except (BadRequestError, ConflictError) as error:
        return _list(desk, problem=sentence(error), form={"address": address, **values})
    return desk.go(f"/people/{quote(row.address)}", "person-added")


@router.get("/{address:path}")
@needs(Permission.DIRECTORY_READ)
def get_one(address: str, desk: TheDesk) -> Response:
    """Show somebody, with how they changed."""
    return _one(desk, address)


@router.post("/{address:path}")
@needs(Permission.DIRECTORY_MANAGE)
def change_person(address: str, desk: TheDesk, form: Annotated[PersonForm, Form()]) -> Response:
    """Change somebody, as long as they are what the form showed; or say that they have left, or are back."""
    try:
        row = people.change_person(desk.session, address, form.told(), by_desk(desk), expected_version=form.seen)
    except (BadRequestError, ConflictError) as error:
        return _one(desk, address, problem=sentence(error), form=form.model_dump(exclude_none=True))
    return desk.go(f"/people/{quote(row.address)}", "person-changed")


def _list(
    desk: Desk,
    *,
    q: str = "",
    department: str = "",
    who: str = "here",
    after: str = "",
    problem: str = "",
    form: dict[str, str] | None = None,
) -> Response:
    q, department = visible(q), visible(department)
    who = who if who in {"here", "left", "all"} else "here"
    rows = list_people(
        desk.session,
        q=q,
        department=department or None,
        active=_SHOWN.get(who),
        after=read_place(after),
        limit=PAGE + 1,
    )
    asked = {"q": q, "department": department, "who": "" if who == "here" else who}
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    departments = departments_of(desk.session)
    return desk.show(
        "people.html",
        here="/people",
        status=HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK,
        manages=desk.asking.may(Permission.DIRECTORY_MANAGE),
        people=rows[:PAGE],
        departments=[name for name in departments if name],
        total=sum(departments.values()),
        q=q,
        department=department,
        who=who,
        narrowed=any(asked.values()),
        first=address_of("/people", asked) if after else None,
        next=address_of("/people", {**asked, "after": write_place(last.name, last.address)}) if last else None,
        problem=problem,
        form=form or {"address": "", "name": "", "role": "", "department": ""},
    )


def _one(desk: Desk, address: str, *, problem: str = "", form: dict[str, str] | None = None) -> Response:
    row = get_person(desk.session, address)
    values = as_form(values_of(row))
    return desk.show(
        "person.html",
        here=f"/people/{quote(row.address)}",
        status=HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK,
        manages=desk.asking.may(Permission.DIRECTORY_MANAGE),
        person=row,
        values=values,
        form={**values, **{key: text for key, text in (form or {}).items() if key in values}},
        seen=version_of(row),
        kinds=[kind.value for kind in PersonKind],
        groups=groups_of(desk.session, row.address),
        owned=owned_by(desk.session, {row.address, *row.aliases}),
        history=history_lines(history_of(desk.session, Subject.PERSON, row.address)),
        problem=problem,
    )
