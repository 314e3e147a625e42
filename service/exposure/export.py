"""The ledger as a file: all that a filter selects at one moment, as the one who asks may read it."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime

from fastapi.responses import StreamingResponse
from sqlalchemy.orm import Session

from service.alerts.export import ExportFormat, csv_cell, csv_lines
from service.audit.store import Action, record
from service.crypto import Keys
from service.database import Database
from service.exposure.schemas import EntryFilter, ExposureView
from service.exposure.store import entries_by_id, entry_ids

_AT_ONCE = 500
_COLUMNS = tuple(ExposureView.model_fields)
_MEDIA_TYPES = {ExportFormat.CSV: "text/csv; charset=utf-8", ExportFormat.JSONL: "application/x-ndjson"}


class EntryExportQuery(EntryFilter):
    """Which entries, as which kind of file."""

    format: ExportFormat = ExportFormat.CSV


def export(
    session: Session, database: Database, keys: Keys, asked: EntryExportQuery, *, viewer: uuid.UUID | None
) -> StreamingResponse:
    """Answer with a file. Which entries are in it is settled now; they are read while they are sent."""
    batches = _batches(database, keys, entry_ids(session, asked), viewer)
    rows = _csv(batches) if asked.format is ExportFormat.CSV else _jsonl(batches)
    headers = {"Content-Disposition": f'attachment; filename="exposure.{asked.format}"'}
    return StreamingResponse(rows, media_type=_MEDIA_TYPES[asked.format], headers=headers)


def note_export(session: Session, asked: EntryExportQuery, *, actor: str, now: datetime) -> None:
    """Put an export on record: what was narrowed by."""
    detail = asked.model_dump(mode="json", exclude_defaults=True) | {"format": asked.format.value}
    record(session, actor=actor, action=Action.LEDGER_EXPORTED, object="exposure", detail=detail, now=now)


def _batches(
    database: Database, keys: Keys, ids: Sequence[uuid.UUID], viewer: uuid.UUID | None
) -> Iterator[list[ExposureView]]:
    for start in range(0, len(ids), _AT_ONCE):
        with database.transaction(write=False) as session:
            batch = entries_by_id(session, keys, ids[start : start + _AT_ONCE], viewer=viewer)
        yield batch


def _jsonl(batches: Iterator[list[ExposureView]]) -> Iterator[str]:
    for batch in batches:
        yield "".join(f"{entry.model_dump_json()}\n" for entry in batch)


def _csv(batches: Iterator[list[ExposureView]]) -> Iterator[bytes]:
    yield csv_lines([_COLUMNS])
    for batch in batches:
        yield csv_lines([[csv_cell(value) for value in entry.model_dump(mode="json").values()] for entry in batch])
