"""Where a page of alerts ended: opaque to clients, checked when it comes back."""

import base64
import binascii
import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from service.alerts.schemas import Sort
from service.errors import BadRequestError


class BadCursorError(BadRequestError):
    """This cursor is not one of ours, or is for another order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """The last alert of a page: its id, and the value that the order goes by."""

    sort: Sort
    value: datetime | float
    id: uuid.UUID


def write_cursor(cursor: Cursor) -> str:
    """Put a cursor into letters that can stand in a URL."""
    value = cursor.value.isoformat() if isinstance(cursor.value, datetime) else cursor.value
    text = json.dumps([cursor.sort.value, value, cursor.id.hex], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str, sort: Sort) -> Cursor:
    """Read a cursor back. Raises BadCursorError."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        name, value, alert_id = json.loads(raw)
        cursor = Cursor(sort=Sort(name), value=_value(Sort(name), value), id=uuid.UUID(hex=alert_id))
    except (binascii.Error, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise BadCursorError from error
    if cursor.sort is not sort:
        raise BadCursorError
    return cursor


def _value(sort: Sort, value: object) -> datetime | float:
    if sort is Sort.RISK:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
            raise ValueError
        return float(value)
    if not isinstance(value, str):
        raise TypeError
    at = datetime.fromisoformat(value)
    if at.tzinfo is None or not 1970 <= at.year <= 9998:
        raise ValueError
    return at
