"""Negotiations as a file."""

import csv
import io
from collections.abc import Iterable, Mapping

from fastapi import Response

from service.negotiations.schemas import NegotiationSummary

# A spreadsheet takes a cell that begins like this for a formula, and a formula can send what stands beside it away.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_COLUMNS = (
    *("id", "name", "phase", "lead", "team", "counterparties", "from", "to", "next_day", "next_event", "states"),
    *("has_plan", "alerts", "exposed", "is_template", "archived_at", "updated_at"),
)


def export_csv(negotiations: Iterable[NegotiationSummary]) -> Response:
    """Answer with negotiations as CSV, several values of a cell apart by semicolon."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for one in negotiations:
        row = one.model_dump(mode="json", by_alias=True)
        row["states"] = [state["title"] for state in row["states"]]
        writer.writerow(_cells(row))
    headers = {"Content-Disposition": 'attachment; filename="negotiations.csv"'}
    return Response(text.getvalue().encode("utf-8", "replace"), media_type="text/csv; charset=utf-8", headers=headers)


def _cells(row: Mapping[str, object]) -> list[str]:
    return [_cell(row[column]) for column in _COLUMNS]


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
