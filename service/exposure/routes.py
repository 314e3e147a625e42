"""The exposure ledger over the API."""

import uuid
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from service.audit.store import Action, record
from service.auth.access import always, needs
from service.auth.permissions import Permission
from service.depends import Asking, Now, TheDatabase, TheKeys, Transaction
from service.exposure import edits, store
from service.exposure.by_hand import Added, add_entry
from service.exposure.export import EntryExportQuery, export, note_export
from service.exposure.schemas import EditIn, EntryQuery, ExposureDetail, ExposureIn, ExposurePage
from service.failures import problems
from service.negotiations.access import viewer_of

router = APIRouter(prefix="/api/v1/exposure", tags=["exposure"], responses=problems(401, 403))


@router.get("", responses=problems(400))
@needs(Permission.EXPOSURE_READ)
def list_entries(
    asked: Annotated[EntryQuery, Query()], session: Transaction, keys: TheKeys, asking: Asking
) -> ExposurePage:
    """List what counterparties know, asked and were promised, the last told first, in neutral words."""
    return store.list_entries(session, keys, asked, viewer=viewer_of(asking), cursor=asked.cursor, limit=asked.limit)


@router.get("/export", response_class=StreamingResponse, responses=problems(400))
@needs(Permission.EXPOSURE_READ, audits=always)
def export_entries(
    asked: Annotated[EntryExportQuery, Query()],
    session: Transaction,
    database: TheDatabase,
    keys: TheKeys,
    asking: Asking,
    now: Now,
) -> StreamingResponse:
    """Export all entries that the same filters select, as CSV or as JSON lines."""
    answer = export(session, database, keys, asked, viewer=viewer_of(asking))
    note_export(session, asked, actor=asking.actor, now=now)
    return answer


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400))
@needs(Permission.NEGOTIATIONS_MANAGE)
def write_entry(body: ExposureIn, session: Transaction, keys: TheKeys, asking: Asking, now: Now) -> ExposureDetail:
    """Write down what was told, asked or promised where no source hears it: on the phone, in a meeting."""
    added = Added(
        counterparty=body.counterparty,
        negotiation_id=body.negotiation,
        kind=body.kind,
        topic=body.topic,
        words=body.words,
        told_at=body.said_at,
        way=body.way,
        told_by=body.told_by,
    )
    entry = add_entry(session, keys, added, reason=body.reason, by=asking, now=now)
    return store.get_entry(session, keys, entry.id, viewer=viewer_of(asking))


@router.get("/{entry_id}", responses=problems(404))
@needs(Permission.EXPOSURE_READ, audits=always)
def read_entry(entry_id: uuid.UUID, session: Transaction, keys: TheKeys, asking: Asking, now: Now) -> ExposureDetail:
    """Show an entry with the words it stands in, its chains and its edits. Every look is on record."""
    entry = store.get_entry(session, keys, entry_id, viewer=viewer_of(asking))
    record(session, actor=asking.actor, action=Action.LEDGER_VIEWED, object=str(entry_id), detail={}, now=now)
    return entry


@router.post("/{entry_id}/edits", status_code=HTTPStatus.CREATED, responses=problems(400, 404, 409))
@needs(Permission.NEGOTIATIONS_MANAGE)
def edit_entry(
    entry_id: uuid.UUID, body: EditIn, session: Transaction, keys: TheKeys, asking: Asking, now: Now
) -> ExposureDetail:
    """Take an entry back, say that they knew before or that it is outdated, or put other words; the reason stays."""
    edits.edit_entry(
        session, keys, entry_id, state=body.state, words=body.words, reason=body.reason, by=asking, now=now
    )
    return store.get_entry(session, keys, entry_id, viewer=viewer_of(asking))


@router.post("/{entry_id}/edits/{edit_id}/undo", status_code=HTTPStatus.CREATED, responses=problems(404, 409))
@needs(Permission.NEGOTIATIONS_MANAGE)
def undo_edit(
    entry_id: uuid.UUID, edit_id: uuid.UUID, session: Transaction, keys: TheKeys, asking: Asking, now: Now
) -> ExposureDetail:
    """Take the last edit back."""
    edits.undo_edit(session, keys, entry_id, edit_id, by=asking, now=now)
    return store.get_entry(session, keys, entry_id, viewer=viewer_of(asking))
