"""PATCH: what a client asks to be done, read from the body (RFC 7644, section 3.5.2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from service.scim.body import MOST_OPERATIONS, expect_schema, member
from service.scim.errors import InvalidPathError, InvalidSyntaxError, InvalidValueError, NoTargetError
from service.scim.filters import Path, parse_path
from service.scim.names import PATCH_OP

_MOST_ATTRIBUTES = 200


class Kind(StrEnum):
    """What is done with an attribute."""

    ADD = "add"
    REPLACE = "replace"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing to be done; `strict` where the client named the path, and so means it."""

    kind: Kind
    path: Path
    value: Any = None
    strict: bool = True


def read_operations(body: Mapping[str, Any], extension: str = "") -> list[Operation]:
    """Read a PATCH, its operations without a path taken apart into one for each attribute.

    `extension` is the URN of the resource's extension. Raises InvalidSyntaxError, InvalidPathError, InvalidValueError,
    NoTargetError.
    """
    expect_schema(body, PATCH_OP)
    given = member(body, "Operations")
    if not isinstance(given, list) or not given:
        raise InvalidSyntaxError("Operations must be a list of operations")
    if len(given) > MOST_OPERATIONS:
        raise InvalidSyntaxError(f"that is more than {MOST_OPERATIONS} operations")
    return [operation for one in given for operation in _read(one, extension)]


def attributes_of(
    values: Mapping[str, Any], kind: Kind = Kind.REPLACE, *, extension: str = "", strict: bool = False
) -> Iterator[Operation]:
    """Yield an operation for each attribute of an object; names that are no attributes are left out."""
    if len(values) > _MOST_ATTRIBUTES:
        raise InvalidValueError(f"that is more than {_MOST_ATTRIBUTES} attributes")
    for key, value in values.items():
        if extension and key.lower() == extension.lower():
            if not isinstance(value, dict):
                raise InvalidValueError(f"{extension} must be an object")
            yield from attributes_of(value, kind, strict=strict)
            continue
        try:
            path = parse_path(key)
        except InvalidPathError:
            continue
        yield Operation(kind=kind, path=path, value=value, strict=strict)


def _read(given: Any, extension: str) -> Iterator[Operation]:
    if not isinstance(given, dict):
        raise InvalidSyntaxError("an operation must be an object")
    word, path, value = (member(given, name) for name in ("op", "path", "value"))
    if not isinstance(word, str) or word.lower() not in set(Kind):
        raise InvalidSyntaxError("op must be add, replace or remove")
    kind = Kind(word.lower())
    if path is not None and not isinstance(path, str):
        raise InvalidPathError("path must be a text")
    if not path or not path.strip():
        yield from _without_path(kind, value, extension)
    elif extension and path.strip().lower() == extension.lower():
        yield from _without_path(kind, {extension: value}, extension)
    else:
        yield Operation(kind=kind, path=parse_path(path.strip()), value=value)


def _without_path(kind: Kind, value: Any, extension: str) -> Iterator[Operation]:
    if kind is Kind.REMOVE:
        raise NoTargetError("remove needs a path")
    if not isinstance(value, dict):
        raise InvalidValueError("without a path, value must be an object of attributes")
    yield from attributes_of(value, kind, extension=extension)
