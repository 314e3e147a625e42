"""Where a page of the directory ends, as text that an address can carry."""

import base64
import binascii
import json

from service.errors import BadRequestError


class BadPlaceError(BadRequestError):
    """There is no such place in the list."""


def write_place(first: str, second: str) -> str:
    """Name a place in a list by what it is ordered by."""
    text = json.dumps([first, second], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_place(text: str) -> tuple[str, str] | None:
    """Read a place; None for an empty text. Raises BadPlaceError."""
    if not text:
        return None
    try:
        first, second = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise BadPlaceError from None
    if not (isinstance(first, str) and isinstance(second, str)) or "\0" in first + second:
        raise BadPlaceError
    try:
        (first + second).encode()
    except UnicodeEncodeError:
        raise BadPlaceError from None
    return first, second
