"""Filters asked of values at hand: which of somebody's mail addresses an operation means."""

from collections.abc import Mapping

from service.scim.errors import InvalidPathError
from service.scim.filters import Among, Both, Compare, Filter, Not

Values = Mapping[str, str | bool]


def matches(term: Filter, values: Values) -> bool:
    """Tell whether values, by their names in lower case, match. Raises InvalidPathError for what can't be asked."""
    if isinstance(term, Both):
        return (any if term.either else all)([matches(one, values) for one in term.terms])
    if isinstance(term, Not):
        return not matches(term.term, values)
    if isinstance(term, Among) or term.attribute.sub or term.attribute.name not in values:
        raise InvalidPathError("there is no such part to choose by")
    return _compare(term, values[term.attribute.name])


def wanted_by(term: Filter) -> dict[str, str]:
    """Return what a new value must have to match: the texts that must be equal. Empty for any other filter."""
    terms = term.terms if isinstance(term, Both) and not term.either else (term,)
    equal = [one for one in terms if isinstance(one, Compare) and one.operator == "eq" and isinstance(one.value, str)]
    return {one.attribute.name: str(one.value) for one in equal} if len(equal) == len(terms) else {}


def _compare(term: Compare, found: object) -> bool:
    if term.operator == "pr":
        return bool(found)
    if not isinstance(found, str) or not isinstance(term.value, str):
        same = str(term.value).lower() == str(found).lower()
        return {"eq": same, "ne": not same}.get(term.operator, False)
    one, other = found.lower(), term.value.lower()
    return {
        "eq": one == other,
        "ne": one != other,
        "co": other in one,
        "sw": one.startswith(other),
        "ew": one.endswith(other),
        "gt": one > other,
        "ge": one >= other,
        "lt": one < other,
        "le": one <= other,
    }[term.operator]
