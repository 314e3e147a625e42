"""From a filter to a condition that the database checks."""

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, false, func, not_, or_, true

from service.scim.errors import InvalidFilterError
from service.scim.filters import Among, Both, Compare, Filter, Not, Value

# Makes a condition of an operator and a value, or of a filter on an attribute's parts.
Term = Callable[[str, Value], ColumnElement[bool]]
Nest = Callable[[Filter], ColumnElement[bool]]

_PARTS = frozenset({"co", "sw", "ew"})


def condition(term: Filter, terms: Mapping[str, Term], nests: Mapping[str, Nest]) -> ColumnElement[bool]:
    """Return the condition that a filter states; `terms` and `nests` are by names in lower case.

    Every condition is true or false, never unknown, so that each can be turned round. Raises InvalidFilterError.
    """
    if isinstance(term, Both):
        return (or_ if term.either else and_)(*(condition(one, terms, nests) for one in term.terms))
    if isinstance(term, Not):
        return not_(condition(term.term, terms, nests))
    if isinstance(term, Among):
        if term.attribute.sub or term.attribute.name not in nests:
            raise InvalidFilterError(f"{term.attribute.name} can't be looked into")
        return nests[term.attribute.name](term.term)
    attribute = term.attribute
    if attribute.name in nests:
        part = Compare(type(attribute)("", attribute.sub or "value"), term.operator, term.value)
        return nests[attribute.name](part)
    name = f"{attribute.name}.{attribute.sub}" if attribute.sub else attribute.name
    if name not in terms:
        raise InvalidFilterError(f"{name[:100]} can't be asked for here")
    return terms[name](term.operator, term.value)


def words(column: SQLColumnExpression[Any]) -> Term:
    """Compare a text, however it is capitalised."""
    return lambda operator, value: _compare_text(column, operator, value, func.lower(column), func.lower)


def folded(column: SQLColumnExpression[Any]) -> Term:
    """Compare a text that is stored in lower case."""
    return lambda operator, value: _compare_text(column, operator, value, column, str.lower)


def exact(column: SQLColumnExpression[Any]) -> Term:
    """Compare a text as it is."""
    return lambda operator, value: _compare_text(column, operator, value, column, str)


def truth(column: SQLColumnExpression[bool]) -> Term:
    """Compare a truth value; a text is read as Entra ID writes it."""

    def compare(operator: str, value: Value) -> ColumnElement[bool]:
        if operator == "pr":
            return true()
        wanted = {"true": True, "false": False}.get(str(value).lower())
        if wanted is None or operator not in {"eq", "ne"}:
            raise InvalidFilterError("true and false can be compared by eq and ne alone")
        return column.is_(wanted if operator == "eq" else not wanted)

    return compare


def instant(column: SQLColumnExpression[Any]) -> Term:
    """Compare a time."""

    def compare(operator: str, value: Value) -> ColumnElement[bool]:
        if operator == "pr":
            return column.is_not(None)
        try:
            at = datetime.fromisoformat(value if isinstance(value, str) else "")
            wanted = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            raise InvalidFilterError("a time is written as 2026-03-14T12:00:00Z") from None
        return and_(column.is_not(None), _ordered(column, operator, wanted))

    return compare


def identity(column: SQLColumnExpression[uuid.UUID]) -> Term:
    """Compare an id; a text that is no id is nobody's."""

    def compare(operator: str, value: Value) -> ColumnElement[bool]:
        if operator == "pr":
            return true()
        if operator not in {"eq", "ne"}:
            raise InvalidFilterError("ids can be compared by eq and ne alone")
        wanted = id_of(value)
        equal = column == wanted if wanted is not None else false()
        return equal if operator == "eq" else not_(equal)

    return compare


def id_of(value: object) -> uuid.UUID | None:
    """Return an id as it is stored; None for what is none."""
    try:
        return uuid.UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _compare_text(
    column: SQLColumnExpression[Any],
    operator: str,
    value: Value,
    left: SQLColumnExpression[Any],
    fold: Callable[[str], object],
) -> ColumnElement[bool]:
    present = and_(column.is_not(None), column != "")
    if operator == "pr" or (value is None and operator == "ne"):
        return present
    if value is None and operator == "eq":
        return not_(present)
    if not isinstance(value, str):
        raise InvalidFilterError("a text must be compared with a text")
    if operator == "ne":
        return not_(and_(column.is_not(None), left == fold(value)))
    if operator in _PARTS:
        return and_(column.is_not(None), _part(column, operator, value))
    return and_(column.is_not(None), _ordered(left, operator, fold(value)))


def _part(column: SQLColumnExpression[Any], operator: str, value: str) -> ColumnElement[bool]:
    match operator:
        case "co":
            return column.icontains(value, autoescape=True)
        case "sw":
            return column.istartswith(value, autoescape=True)
        case _:
            return column.iendswith(value, autoescape=True)


def _ordered(column: SQLColumnExpression[Any], operator: str, value: object) -> ColumnElement[bool]:
    match operator:
        case "eq":
            return column == value
        case "ne":
            return column != value
        case "gt":
            return column > value
        case "ge":
            return column >= value
        case "lt":
            return column < value
        case "le":
            return column <= value
        case _:
            raise InvalidFilterError(f"{operator} can't be asked of a time")
