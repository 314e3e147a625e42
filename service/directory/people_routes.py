"""Our people over the API."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query

from service.auth.access import needs
from service.auth.permissions import Permission
from service.depends import Asking, Now, Transaction
from service.directory import people
from service.directory.changes import By, Subject, history_of
from service.directory.groups import groups_of
from service.directory.models import Origin, Person
from service.directory.paging import read_place, write_place
from service.directory.schemas import (
    PersonChange,
    PersonDetail,
    PersonIn,
    PersonPage,
    PersonRecord,
    past,
    person_fields,
)
from service.failures import problems

router = APIRouter(prefix="/api/v1/people", tags=["directory"], responses=problems(401, 403))

Key = Annotated[str, Query(max_length=300, pattern="^[^\\x00]*$")]


@router.get("", responses=problems(400))
@needs(Permission.DIRECTORY_READ)
def list_people(
    session: Transaction,
    q: Key = "",
    department: Annotated[str | None, Query(max_length=300, pattern="^[^\\x00]*$")] = None,
    *,
    active: bool | None = None,
    after: Key = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> PersonPage:
    """List our people by name; `q` is part of a name or an address."""
    rows = people.list_people(
        session, q=q, department=department, active=active, after=read_place(after), limit=limit + 1
    )
    shown = [PersonRecord(**person_fields(row)) for row in rows[:limit]]
    more = write_place(rows[limit - 1].name, rows[limit - 1].address) if len(rows) > limit else None
    return PersonPage(people=shown, next=more)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 409))
@needs(Permission.DIRECTORY_MANAGE)
def create_person(body: PersonIn, session: Transaction, asking: Asking, now: Now) -> PersonDetail:
    """Add somebody."""
    by = By(actor=asking.actor, origin=Origin.CONSOLE, now=now)
    values = {key: value for key, value in body.told().items() if key != "address"}
    return _detail(session, people.create_person(session, body.address, values, by))


@router.get("/{address}", responses=problems(404))
@needs(Permission.DIRECTORY_READ)
def read_person(address: str, session: Transaction) -> PersonDetail:
    """Show whom an address belongs to, by an alias, too."""
    return _detail(session, people.get_person(session, address))


@router.patch("/{address}", responses=problems(400, 404, 409))
@needs(Permission.DIRECTORY_MANAGE)
def change_person(
    address: str,
    body: PersonChange,
    session: Transaction,
    asking: Asking,
    now: Now,
    expected_version: Annotated[str | None, Query(max_length=100)] = None,
) -> PersonDetail:
    """Change somebody, or say that they have left. With `expected_version`, only if nothing has changed since."""
    by = By(actor=asking.actor, origin=Origin.CONSOLE, now=now)
    row = people.change_person(session, address, body.told(), by, expected_version=expected_version)
    return _detail(session, row)


def _detail(session: Transaction, row: Person) -> PersonDetail:
    history = [past(one) for one in history_of(session, Subject.PERSON, row.address)]
    return PersonDetail(**person_fields(row), groups=groups_of(session, row.address), history=history)
