"""Alerts as a file: all that a filter selects at one moment, however many they are."""

import csv
import io
from collections.abc import Iterator, Sequence
from enum import StrEnum
from uuid import UUID

from fastapi.responses import StreamingResponse
from sqlalchemy.orm import Session

from service.alerts.schemas import AlertFilter, AlertSummary, Sort
from service.alerts.selection import select_all
from service.alerts.store import LARGEST_PAGE, summaries
from service.crypto import Keys
from service.database import Database


class ExportFormat(StrEnum):
    """The kinds of files."""

    CSV = "csv"
    JSONL = "jsonl"


class ExportQuery(AlertFilter):
    """Which alerts, in which order, as which kind of file."""

    format: ExportFormat = ExportFormat.CSV
    sort: Sort = Sort.SAID


_COLUMNS = tuple(AlertSummary.model_fields)
_MEDIA_TYPES = {ExportFormat.CSV: "text/csv; charset=utf-8", ExportFormat.JSONL: "application/x-ndjson"}
# A spreadsheet takes a cell that begins like this for a formula, and a formula can send what stands beside it away.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export(
    session: Session, database: Database, keys: Keys, asked: ExportQuery, *, viewer: UUID | None = None
) -> StreamingResponse:
    """Answer with a file. Which alerts are in it is settled now; their rows are read while they are sent.

    `viewer` is the user who gets it, None for somebody outside.
    """
    ids = select_all(session, keys, asked, sort=asked.sort)
    batches = _batches(database, keys, ids, viewer)
    rows = _csv(batches) if asked.format is ExportFormat.CSV else _jsonl(batches)
    headers = {"Content-Disposition": f'attachment; filename="alerts.{asked.format}"'}
    return StreamingResponse(rows, media_type=_MEDIA_TYPES[asked.format], headers=headers)


def _batches(database: Database, keys: Keys, ids: Sequence[UUID], viewer: UUID | None) -> Iterator[list[AlertSummary]]:
    for start in range(0, len(ids), LARGEST_PAGE):
        with database.transaction(write=False) as session:
            batch = summaries(session, keys, ids[start : start + LARGEST_PAGE], viewer=viewer)
        yield batch


def _jsonl(batches: Iterator[list[AlertSummary]]) -> Iterator[str]:
    for batch in batches:
        yield "".join(f"{alert.model_dump_json()}\n" for alert in batch)


def _csv(batches: Iterator[list[AlertSummary]]) -> Iterator[bytes]:
    yield csv_lines([_COLUMNS])
    for batch in batches:
        yield csv_lines([[csv_cell(value) for value in alert.model_dump(mode="json").values()] for alert in batch])


def csv_lines(rows: Sequence[Sequence[str]]) -> bytes:
    """Write rows of a CSV file."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def csv_cell(value: object) -> str:
    """Write a value so that no spreadsheet takes it for a formula."""
    if value is None:
        return ""
    text = " ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
