"""Users and groups over SCIM. The protocol describes itself under /Schemas, so it is not in the API's description."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.auth.access import needs
from service.auth.permissions import Permission
from service.depends import Asking, Now, Transaction, base_url
from service.directory.changes import By
from service.directory.models import Origin, PersonGroup
from service.scim import groups, people, users
from service.scim.answers import ScimResponse, listing
from service.scim.body import read_body
from service.scim.errors import UniquenessError
from service.scim.names import PREFIX
from service.scim.paging import page_of
from service.scim.people import Known
from service.scim.projection import projection_of
from service.scim.queries import id_of
from service.scim.user_terms import users_where

router = APIRouter(prefix=PREFIX, include_in_schema=False)

# Before the transaction among a route's parameters: nothing is locked while a body is still coming in.
Body = Annotated[dict[str, Any], Depends(read_body)]


def _by(asking: Asking, now: Now) -> By:
    return By(actor=asking.actor, origin=Origin.SCIM, now=now)


Author = Annotated[By, Depends(_by)]


@router.get("/Users")
@needs(Permission.DIRECTORY_PROVISION)
def list_users(request: Request, session: Transaction) -> Response:
    """List users, or those that a filter asks for."""
    page, seen = page_of(request.query_params), projection_of(request.query_params)
    where = users_where(page.term) if page.term is not None else None
    found, total = people.list_known(session, where, offset=page.offset, limit=page.count)
    around = people.surroundings_of(session, found, groups=seen.shows("groups"))
    base = _base(request)
    resources = [seen.of(people.resource_of(one, around, base)) for one in found]
    return listing(resources, total=total, start=page.start)


@router.post("/Users")
@needs(Permission.DIRECTORY_PROVISION)
def create_user(body: Body, request: Request, session: Transaction, by: Author) -> Response:
    """Add a user."""
    with _one_of_each():
        known = users.create_user(session, body, by)
    return _user(request, session, known, status=HTTPStatus.CREATED)


@router.get("/Users/{user_id}")
@needs(Permission.DIRECTORY_PROVISION)
def get_user(user_id: str, request: Request, session: Transaction) -> Response:
    """Show a user."""
    return _user(request, session, users.get_user(session, id_of(user_id)))


@router.put("/Users/{user_id}")
@needs(Permission.DIRECTORY_PROVISION)
def replace_user(user_id: str, body: Body, request: Request, session: Transaction, by: Author) -> Response:
    """Let a user be what the client says."""
    with _one_of_each():
        known = users.replace_user(session, id_of(user_id), body, by, _user_unchanged(request, session))
    return _user(request, session, known)


@router.patch("/Users/{user_id}")
@needs(Permission.DIRECTORY_PROVISION)
def patch_user(user_id: str, body: Body, request: Request, session: Transaction, by: Author) -> Response:
    """Change parts of a user."""
    with _one_of_each():
        known = users.patch_user(session, id_of(user_id), body, by, _user_unchanged(request, session))
    return _user(request, session, known)


@router.delete("/Users/{user_id}")
@needs(Permission.DIRECTORY_PROVISION)
def delete_user(user_id: str, request: Request, session: Transaction, by: Author) -> Response:
    """Let a user have left."""
    users.delete_user(session, id_of(user_id), by, _user_unchanged(request, session))
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get("/Groups")
@needs(Permission.DIRECTORY_PROVISION)
def list_groups(request: Request, session: Transaction) -> Response:
    """List groups, or those that a filter asks for."""
    page, seen = page_of(request.query_params), projection_of(request.query_params)
    where = groups.groups_where(page.term) if page.term is not None else None
    found, total = groups.list_groups(session, where, offset=page.offset, limit=page.count)
    members = groups.members_of(session, found) if seen.shows("members") else None
    base = _base(request)
    resources = [
        seen.of(groups.group_resource(one, members.get(one.id, ()) if members is not None else None, base))
        for one in found
    ]
    return listing(resources, total=total, start=page.start)


@router.post("/Groups")
@needs(Permission.DIRECTORY_PROVISION)
def create_group(body: Body, request: Request, session: Transaction, by: Author) -> Response:
    """Add a group."""
    with _one_of_each():
        group = groups.create_group(session, body, by)
    return _group(request, session, group, status=HTTPStatus.CREATED)


@router.get("/Groups/{group_id}")
@needs(Permission.DIRECTORY_PROVISION)
def get_group(group_id: str, request: Request, session: Transaction) -> Response:
    """Show a group."""
    return _group(request, session, groups.get_group(session, id_of(group_id)))


@router.put("/Groups/{group_id}")
@needs(Permission.DIRECTORY_PROVISION)
def replace_group(group_id: str, body: Body, request: Request, session: Transaction, by: Author) -> Response:
    """Let a group be what the client says."""
    with _one_of_each():
        group = groups.replace_group(session, id_of(group_id), body, by, _group_unchanged(request))
    return _group(request, session, group)


@router.patch("/Groups/{group_id}")
@needs(Permission.DIRECTORY_PROVISION)
def patch_group(group_id: str, body: Body, request: Request, session: Transaction, by: Author) -> Response:
    """Change parts of a group; answered without it, unless the client asks for attributes: it may be large."""
    with _one_of_each():
        group = groups.patch_group(session, id_of(group_id), body, by, _group_unchanged(request))
    if request.query_params.get("attributes"):
        return _group(request, session, group)
    return Response(status_code=HTTPStatus.NO_CONTENT, headers={"ETag": _group_version(request, group)})


@router.delete("/Groups/{group_id}")
@needs(Permission.DIRECTORY_PROVISION)
def delete_group(group_id: str, request: Request, session: Transaction, by: Author) -> Response:
    """Delete a group; its people stay."""
    groups.delete_group(session, id_of(group_id), by, _group_unchanged(request))
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _base(request: Request) -> str:
    return f"{base_url(request)}{PREFIX}"


def _user(request: Request, session: Session, known: Known, *, status: HTTPStatus = HTTPStatus.OK) -> Response:
    seen = projection_of(request.query_params)
    around = people.surroundings_of(session, [known], groups=seen.shows("groups"))
    return _answer(request, people.resource_of(known, around, _base(request)), status)


def _group(request: Request, session: Session, group: PersonGroup, *, status: HTTPStatus = HTTPStatus.OK) -> Response:
    shown = projection_of(request.query_params).shows("members")
    members = groups.members_of(session, [group]).get(group.id, ()) if shown else None
    return _answer(request, groups.group_resource(group, members, _base(request)), status)


def _answer(request: Request, resource: dict[str, Any], status: HTTPStatus) -> Response:
    version = resource["meta"]["version"]
    headers = {"ETag": version}
    if status == HTTPStatus.CREATED:
        headers["Location"] = resource["meta"]["location"]
    if request.method == "GET" and _names(request.headers.get("if-none-match"), version):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return ScimResponse(projection_of(request.query_params).of(resource), status_code=status, headers=headers)


def _user_unchanged(request: Request, session: Session) -> Callable[[Known], bool]:
    expected = request.headers.get("if-match")

    def unchanged(known: Known) -> bool:
        if expected is None:
            return True
        around = people.surroundings_of(session, [known], groups=False)
        return _names(expected, people.resource_of(known, around, _base(request))["meta"]["version"])

    return unchanged


def _group_unchanged(request: Request) -> Callable[[PersonGroup], bool]:
    expected = request.headers.get("if-match")
    return lambda group: expected is None or _names(expected, _group_version(request, group))


def _group_version(request: Request, group: PersonGroup) -> str:
    return str(groups.group_resource(group, None, _base(request))["meta"]["version"])


def _names(header: str | None, version: str) -> bool:
    """Tell whether a header of entity tags names a version; strong and weak are the same to us."""
    tags = [one.strip().removeprefix("W/") for one in (header or "").split(",")]
    return "*" in tags or version.removeprefix("W/") in tags


@contextmanager
def _one_of_each() -> Iterator[None]:
    """Tell that somebody else was faster, where the database alone noticed."""
    try:
        yield
    except IntegrityError as error:
        raise UniquenessError from error
