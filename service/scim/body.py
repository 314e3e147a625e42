"""What a client sends, read with suspicion: bodies, and the values in them."""

import json
import re
from collections.abc import Mapping
from typing import Any

from fastapi import Request

from service.scim.errors import InvalidSyntaxError, InvalidValueError, MediaTypeError
from service.scim.names import MEDIA_TYPE

# A group of 20,000 people, each with id, name and address, comes in one request.
LARGEST_BODY = 8_000_000
MOST_OPERATIONS = 1_000
_LONGEST = 1_000
_TYPES = frozenset({MEDIA_TYPE, "application/json", ""})
_UNKEPT = re.compile("[\x00\ud800-\udfff]")
_WORDS = {"true": True, "false": False}


async def read_body(request: Request) -> dict[str, Any]:
    """Return a request's JSON object, its keys as they were sent.

    Raises MediaTypeError, InvalidSyntaxError.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in _TYPES:
        raise MediaTypeError
    try:
        body = json.loads(await request.body(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise InvalidSyntaxError("the body is no JSON") from None
    if not isinstance(body, dict):
        raise InvalidSyntaxError("the body must be a JSON object")
    return body


def expect_schema(body: Mapping[str, Any], schema: str) -> None:
    """Make sure that a body is of a schema, if it says of which it is. Raises InvalidSyntaxError."""
    given = member(body, "schemas")
    if given is None:
        return
    if not isinstance(given, list) or schema.lower() not in {one.lower() for one in given if isinstance(one, str)}:
        raise InvalidSyntaxError(f"schemas must name {schema}")


def member(body: Mapping[str, Any], name: str) -> Any:
    """Return a member of an object, however its name is capitalised; None where there is none."""
    if name in body:
        return body[name]
    return next((value for key, value in body.items() if key.lower() == name.lower()), None)


def text(value: Any, name: str, *, longest: int = _LONGEST) -> str:
    """Return an attribute's text, empty for null. Raises InvalidValueError."""
    if value is None:
        return ""
    # Identity providers send the numbers of a mapping as numbers.
    if isinstance(value, bool | dict | list):
        raise InvalidValueError(f"{name} must be a text")
    found = str(value).strip()
    if len(found) > longest:
        raise InvalidValueError(f"{name} has more than {longest} characters")
    if _UNKEPT.search(found):
        raise InvalidValueError(f"{name} has a character that can't be stored")
    return found


def flag(value: Any, name: str) -> bool:
    """Return an attribute's truth value; Entra ID sends it as a text. Raises InvalidValueError."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in _WORDS:
        return _WORDS[value.strip().lower()]
    raise InvalidValueError(f"{name} must be true or false")


def objects(value: Any, name: str) -> list[dict[str, Any]]:
    """Return the values of an attribute that has many; a text stands for one with that `value`.

    Raises InvalidValueError.
    """
    given = value if isinstance(value, list) else [] if value is None else [value]
    found = [{"value": one} if isinstance(one, str) else one for one in given]
    if not all(isinstance(one, dict) for one in found):
        raise InvalidValueError(f"{name} must be a list of objects")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(constant)
