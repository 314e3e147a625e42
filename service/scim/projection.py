"""Which attributes of a resource a client wants to see (RFC 7644, section 3.9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams

from service.scim.errors import InvalidPathError, InvalidValueError
from service.scim.filters import parse_path
from service.scim.names import ENTERPRISE

_ALWAYS = frozenset({"schemas", "id"})
_MOST = 100
# An attribute and a part of it, in lower case; an empty part stands for all of it.
_Name = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """What is asked for: `only` these, or all but `without`."""

    only: frozenset[_Name] | None = None
    without: frozenset[_Name] = frozenset()

    def shows(self, name: str) -> bool:
        """Tell whether an attribute, in lower case, is to be seen at all."""
        if self.only is not None:
            return any(top == name for top, _ in self.only)
        return (name, "") not in self.without

    def of(self, resource: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is to be seen of a resource."""
        if self.only is None and not self.without:
            return dict(resource)
        found = {}
        for key, value in resource.items():
            part = value if key in _ALWAYS else self._part(key.lower(), value)
            if part is not None:
                found[key] = part
        return found

    def _part(self, name: str, value: Any) -> Any:
        named = self.without if self.only is None else self.only
        parts = {sub for top, sub in named if top == name}
        if self.only is None:
            return None if "" in parts else _cut(value, parts, keep=False) if parts else value
        return value if "" in parts else _cut(value, parts, keep=True) if parts else None


def projection_of(query: QueryParams) -> Projection:
    """Read what a request asks for; `attributes` goes before `excludedAttributes`. Raises InvalidValueError."""
    only, without = query.get("attributes"), query.get("excludedAttributes")
    if only:
        return Projection(only=_names(only))
    return Projection(without=_names(without)) if without else Projection()


def _names(text: str) -> frozenset[_Name]:
    given = text.split(",")
    if len(given) > _MOST:
        raise InvalidValueError(f"that is more than {_MOST} attributes")
    return frozenset(name for one in given if (name := _name(one.strip())) is not None)


def _name(text: str) -> _Name | None:
    if text.lower() == ENTERPRISE.lower():
        return ENTERPRISE.lower(), ""
    try:
        attribute = parse_path(text).attribute
    except InvalidPathError:
        return None
    if attribute.schema == ENTERPRISE.lower():
        return attribute.schema, attribute.name
    return attribute.name, attribute.sub


def _cut(value: Any, parts: set[str], *, keep: bool) -> Any:
    if isinstance(value, list):
        return [_cut(one, parts, keep=keep) for one in value]
    if not isinstance(value, dict):
        return None if keep else value
    return {key: one for key, one in value.items() if (key.lower() in parts) == keep}
