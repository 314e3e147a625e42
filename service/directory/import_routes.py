"""Imports of the directory over the API."""

import uuid
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request

from service.auth.access import needs
from service.auth.permissions import Permission
from service.depends import Asking, Now, TheSettings, Transaction
from service.directory import imports
from service.directory.imports import ImportKind
from service.directory.schemas import ImportedView, ImportView, UndoneView, planned
from service.directory.undo import undo_import
from service.failures import problems

router = APIRouter(prefix="/api/v1/directory", tags=["directory"], responses=problems(401, 403))

_TEXT: dict[str, Any] = {"schema": {"type": "string"}, "example": "address,name\nann@ourco.example,Ann Buyer\n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be done with a file."""

    dry_run: bool = True
    leave: bool = False
    expected: Annotated[str, Query(max_length=100)] = ""


async def get_body(request: Request) -> bytes:
    """Give a request's body as it came."""
    return await request.body()


@router.post(
    "/import",
    responses=problems(400, 409, 413),
    openapi_extra={"requestBody": {"required": True, "content": {"text/plain": _TEXT}}},
)
@needs(Permission.DIRECTORY_MANAGE)
def import_directory(
    kind: ImportKind,
    body: Annotated[bytes, Depends(get_body)],
    session: Transaction,
    settings: TheSettings,
    asking: Asking,
    now: Now,
    wish: Annotated[Wish, Depends()],
) -> ImportView:
    """Import people.csv or counterparties.csv, or, unless `dry_run=false`, say what that would change.

    The request's body is the file. `leave` says that people.csv names all of our people: whoever is not in it has left.
    With `expected`, the digest of a dry run, exactly that is done, or nothing.
    """
    text = imports.text_of(body, kind)
    plan = imports.plan_import(session, kind, text, leave=wish.leave, own=settings.company.own_domains)
    held = None
    if not wish.dry_run:
        held = imports.hold_import(session, kind, text, leave=wish.leave, actor=asking.actor, now=now)
        imports.carry_out(session, held, plan, expected=wish.expected or plan.digest, actor=asking.actor, now=now)
    return ImportView(
        kind=kind,
        dry_run=wish.dry_run,
        id=held.id if held is not None else None,
        digest=plan.digest,
        added=plan.added,
        changed=plan.changed,
        left=plan.left,
        unchanged=plan.unchanged,
        changes=[planned(one, asking.actor) for one in plan.changes],
    )


@router.get("/imports")
@needs(Permission.DIRECTORY_READ)
def list_imports(session: Transaction, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> list[ImportedView]:
    """List what was imported, latest first."""
    return [ImportedView.model_validate(row) for row in imports.list_imports(session, limit=limit)]


@router.post("/imports/{import_id}/undo", responses=problems(404, 409))
@needs(Permission.DIRECTORY_MANAGE)
def undo(import_id: uuid.UUID, session: Transaction, asking: Asking, now: Now) -> UndoneView:
    """Take an import back, as far as nothing was changed since."""
    return UndoneView.model_validate(undo_import(session, import_id, actor=asking.actor, now=now))
