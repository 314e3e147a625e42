"""The pages of the directory's imports: a file, what it would change, and what was imported."""

import uuid
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from starlette.datastructures import UploadFile

from service.auth.access import needs
from service.auth.permissions import Permission
from service.console.desk import Desk, TheDesk
from service.console.directory_forms import sentence
from service.console.directory_view import line_of
from service.directory import imports
from service.directory.imports import ImportChangedError, ImportKind, UnreadableImportError
from service.directory.undo import Undone, undo_import
from service.errors import BadRequestError, ConflictError

router = APIRouter(prefix="/directory", include_in_schema=False)

PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was chosen in a form, and what was said of it."""

    kind: ImportKind
    leave: bool
    content: bytes


async def read_upload(request: Request) -> Upload:
    """Read the form of an import. Raises UnreadableImportError where it holds no file."""
    async with request.form(max_files=1, max_fields=10) as form:
        file = form.get("file")
        content = await file.read(imports.LARGEST + 1) if isinstance(file, UploadFile) else b""
        kind, leave = form.get("kind"), form.get("leave")
    if kind not in set(ImportKind):
        raise BadRequestError("say whether these are people or counterparties")
    return Upload(kind=ImportKind(str(kind)), leave=bool(leave), content=content)


@router.get("/import")
@needs(Permission.DIRECTORY_MANAGE)
def get_import(desk: TheDesk) -> Response:
    """Show where a file is uploaded, and what was imported."""
    return _begin(desk)


@router.post("/import")
@needs(Permission.DIRECTORY_MANAGE)
def upload(desk: TheDesk, given: Annotated[Upload, Depends(read_upload)]) -> Response:
    """Keep a file that can be imported, and go on to what it would change."""
    actor, leave = desk.asking.actor, given.leave and given.kind is ImportKind.PEOPLE
    try:
        text = imports.text_of(given.content, given.kind)
        imports.plan_import(desk.session, given.kind, text, leave=leave, own=desk.settings.company.own_domains)
    except UnreadableImportError as error:
        return _begin(desk, problem=sentence(error), kind=given.kind)
    held = imports.hold_import(desk.session, given.kind, text, leave=leave, actor=actor, now=desk.now)
    return desk.go(f"/directory/import/{held.id}")


@router.get("/import/{import_id}")
@needs(Permission.DIRECTORY_MANAGE)
def get_dry_run(import_id: uuid.UUID, desk: TheDesk, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    """Show what a file would change."""
    return _dry_run(desk, import_id, page=page)


@router.post("/import/{import_id}")
@needs(Permission.DIRECTORY_MANAGE)
def carry_out(import_id: uuid.UUID, desk: TheDesk, expected: Annotated[str, Form(max_length=100)] = "") -> Response:
    """Do what was shown; show it anew where that is not what would be done now."""
    held, plan = imports.held_import(desk.session, import_id, now=desk.now, own=desk.settings.company.own_domains)
    try:
        imports.carry_out(desk.session, held, plan, expected=expected, actor=desk.asking.actor, now=desk.now)
    except ImportChangedError as error:
        return _dry_run(desk, import_id, problem=sentence(error))
    return desk.go("/directory/import", "imported")


@router.post("/imports/{import_id}/undo")
@needs(Permission.DIRECTORY_MANAGE)
def undo(import_id: uuid.UUID, desk: TheDesk) -> Response:
    """Take an import back, and say what of it stays."""
    try:
        undone = undo_import(desk.session, import_id, actor=desk.asking.actor, now=desk.now)
    except ConflictError as error:
        return _begin(desk, problem=sentence(error))
    return _begin(desk, undone=undone)


def _begin(
    desk: Desk, *, problem: str = "", kind: ImportKind = ImportKind.PEOPLE, undone: Undone | None = None
) -> Response:
    return desk.show(
        "import.html",
        here="/directory/import",
        status=HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK,
        problem=problem,
        kind=kind,
        undone=undone,
        imports=imports.list_imports(desk.session),
        megabytes=imports.LARGEST // 1_000_000,
    )


def _dry_run(desk: Desk, import_id: uuid.UUID, *, page: int = 1, problem: str = "") -> Response:
    held, plan = imports.held_import(desk.session, import_id, now=desk.now, own=desk.settings.company.own_domains)
    pages = max(1, -(-len(plan.changes) // PAGE))
    page = min(page, pages)
    there = f"/directory/import/{import_id}"
    return desk.show(
        "import_dry_run.html",
        here=there,
        status=HTTPStatus.CONFLICT if problem else HTTPStatus.OK,
        problem=problem,
        held=held,
        plan=plan,
        lines=[line_of(one) for one in plan.changes[(page - 1) * PAGE : page * PAGE]],
        page_number=page,
        pages=pages,
        first=there if page > 1 else None,
        next=f"{there}?page={page + 1}" if page < pages else None,
    )
