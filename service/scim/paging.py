"""Which page of a list is asked for (RFC 7644, section 3.4.2.4), and which of its resources."""

from dataclasses import dataclass

from starlette.datastructures import QueryParams

from service.scim.errors import InvalidValueError
from service.scim.filters import Filter, parse_filter

USUAL, MOST = 100, 200
# Beyond any number of people, and within what a database counts by.
_LAST = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: its first resource, counted from 1, how many at most, and the filter."""

    start: int
    count: int
    term: Filter | None

    @property
    def offset(self) -> int:
        """How many resources come before it."""
        return self.start - 1


def page_of(query: QueryParams) -> Page:
    """Read a request's page. Raises InvalidValueError, InvalidFilterError."""
    term = query.get("filter")
    return Page(
        start=min(max(_number(query.get("startIndex"), "startIndex", 1), 1), _LAST),
        count=min(max(_number(query.get("count"), "count", USUAL), 0), MOST),
        term=parse_filter(term) if term is not None and term.strip() else None,
    )


def _number(text: str | None, name: str, usual: int) -> int:
    if text is None or not text.strip():
        return usual
    digits = text.strip().removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 18:
        raise InvalidValueError(f"{name} must be a whole number")
    return int(text)
