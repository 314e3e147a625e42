"""What a client wants of a group, without a look at who is in it: a large group is not read to add one member."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.scim.body import expect_schema, member, objects, text
from service.scim.errors import InvalidPathError, InvalidValueError, MutabilityError
from service.scim.filters import Both, Compare, Filter
from service.scim.names import GROUP
from service.scim.operations import Kind, Operation, attributes_of, read_operations
from service.scim.queries import id_of
from service.scim.schemas import READ_ONLY

_SCHEMAS = frozenset({"", GROUP.lower()})
_MEMBER_PARTS = frozenset({"", "value"})


@dataclass(slots=True, kw_only=True)
class Wanted:
    """What becomes of a group; None leaves a text as it is.

    `whole`: `joining` are all its members from now on. Else `joining` come, in the client's order, and `leaving` go.
    """

    name: str | None = None
    external_id: str | None = None
    whole: bool = False
    joining: dict[uuid.UUID, None] = field(default_factory=dict)
    leaving: set[uuid.UUID] = field(default_factory=set)

    def add(self, ids: Iterable[uuid.UUID]) -> None:
        """Let them join."""
        for one in ids:
            self.joining[one] = None
            self.leaving.discard(one)

    def remove(self, ids: Iterable[uuid.UUID]) -> None:
        """Let them leave."""
        for one in ids:
            self.joining.pop(one, None)
            self.leaving.add(one)

    def clear(self) -> None:
        """Let all leave."""
        self.whole = True
        self.joining.clear()
        self.leaving.clear()


def group_of(body: Mapping[str, Any]) -> Wanted:
    """Read the body of a POST or PUT: all that a group is. Raises ScimError."""
    expect_schema(body, GROUP)
    wanted = Wanted(external_id="", whole=True)
    for operation in attributes_of(body, Kind.ADD):
        _apply(wanted, operation)
    if not wanted.name:
        raise InvalidValueError("displayName is needed")
    return wanted


def changes_of(body: Mapping[str, Any]) -> Wanted:
    """Read a PATCH. Raises ScimError."""
    wanted = Wanted()
    for operation in read_operations(body):
        _apply(wanted, operation)
    return wanted


def _apply(wanted: Wanted, operation: Operation) -> None:
    attribute = operation.path.attribute
    known = attribute.name if attribute.schema in _SCHEMAS else ""
    if known == "members":
        _apply_members(wanted, operation)
    elif known in {"displayname", "externalid"}:
        if attribute.sub or operation.path.term is not None:
            raise InvalidPathError("that attribute has no parts")
        value = "" if operation.kind is Kind.REMOVE else text(operation.value, known)
        if known == "externalid":
            wanted.external_id = value
        elif not value:
            raise InvalidValueError("displayName is needed")
        else:
            wanted.name = value
    elif known in READ_ONLY and operation.strict:
        raise MutabilityError(f"{known} can't be changed")
    elif operation.strict:
        raise InvalidPathError("there is no such attribute of a group")


def _apply_members(wanted: Wanted, operation: Operation) -> None:
    path, kind = operation.path, operation.kind
    if path.attribute.sub not in _MEMBER_PARTS:
        raise InvalidPathError("members have no such part that can be changed")
    if path.term is not None:
        if kind is not Kind.REMOVE:
            raise InvalidPathError("members are added as values, not by a filter")
        wanted.remove(_named_by(path.term))
        return
    given = objects(operation.value, "members")
    if kind is Kind.REPLACE or (kind is Kind.REMOVE and not given):
        wanted.clear()
    ids = [id_of(member(one, "value")) for one in given]
    if kind is Kind.REMOVE:
        wanted.remove(filter(None, ids))
    elif None in ids:
        raise InvalidValueError("the value of a member is a user's id")
    else:
        wanted.add(filter(None, ids))


def _named_by(term: Filter) -> list[uuid.UUID]:
    """Return the members that a filter names: `value eq "…"`, or several of these with `or`."""
    terms = term.terms if isinstance(term, Both) and term.either else (term,)
    found = []
    for one in terms:
        if not isinstance(one, Compare) or one.operator != "eq" or one.attribute.name != "value" or one.attribute.sub:
            raise InvalidPathError('members are chosen by value eq "…" alone')
        found.append(id_of(one.value))
    return [one for one in found if one is not None]
