"""Which alerts a filter selects, in order, without reading the others.

Two ways lead to a page. Where one condition selects few alerts (a person, a rare label, a word), those are looked up
and sorted. Otherwise the alerts are walked in order until the page is full, apart for each asked pair of status and
severity, since an index is in order only within such a pair; the first rows of all walks together hold the page.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, false, func, select, true, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from detectors.scoring import Severity
from service.alerts.cursor import Cursor
from service.alerts.schemas import AlertFilter, Sort
from service.alerts.search import words_of
from service.crypto import Keys
from service.errors import BadRequestError
from service.models import Alert, AlertLabel, AlertPerson, AlertStatus, SearchToken
from service.negotiations.models import AlertNegotiation

# Looking up and sorting this many alerts takes less time than a walk that takes one in thirty.
_FEW = 3000
# Looking this many alerts up in other conditions' indices takes less time than a walk that finds nothing.
_MANY = 20_000

_Ids = Select[uuid.UUID]
_Column = InstrumentedAttribute[Any]
_Member = AlertLabel | AlertPerson | AlertNegotiation | SearchToken


@dataclass(frozen=True, slots=True, kw_only=True)
class _Set:
    """The alerts of a condition: as a query for their ids, and as the test whether one is among them."""

    ids: _Ids
    has: Callable[[Any], ColumnElement[bool]]


def select_page(
    session: Session, keys: Keys, asked: AlertFilter, *, sort: Sort, cursor: Cursor | None, limit: int
) -> list[uuid.UUID]:
    """Return the ids of `limit` alerts that a filter selects, greatest first, from behind the cursor on."""
    column = order_column(sort)
    behind = [] if cursor is None else [tuple_(column, Alert.id) < (cursor.value, cursor.id)]
    few = _few(session, asked, keys, sort)
    if few is not None:
        query = select(Alert.id).where(Alert.id.in_(few), *matching(asked, keys), *behind)
        return list(session.scalars(query.order_by(column.desc(), Alert.id.desc()).limit(limit)))
    period = _period(asked) if sort is Sort.SAID else [_checked(one) for one in _period(asked)]
    checked = [*(_checked(one) for one in _named(asked)), *_members(asked, keys)]
    walks = [
        select(Alert.id, column.label("rank"))
        .where(*group, *period, *behind, *checked)
        .order_by(column.desc(), Alert.id.desc())
        .limit(limit)
        .subquery()
        for group in _walked(asked)
    ]
    if not walks:
        return []
    found = union_all(*(select(walk) for walk in walks)).subquery()
    return list(session.scalars(select(found.c.id).order_by(found.c.rank.desc(), found.c.id.desc()).limit(limit)))


def select_all(session: Session, keys: Keys, asked: AlertFilter, *, sort: Sort) -> list[uuid.UUID]:
    """Return the ids of all alerts that a filter selects, greatest first."""
    query = select(Alert.id).where(*matching(asked, keys))
    return list(session.scalars(query.order_by(order_column(sort).desc(), Alert.id.desc())))


def matching(asked: AlertFilter, keys: Keys) -> list[ColumnElement[bool]]:
    """Return what must be true of an alert that a filter selects."""
    return [*_named(asked), *_period(asked), *_groups(asked), *_members(asked, keys)]


def order_column(sort: Sort) -> _Column:
    """Return the column that an order goes by; ties go by id."""
    return {Sort.SAID: Alert.said_at, Sort.UPDATED: Alert.updated_at, Sort.RISK: Alert.risk}[sort]


def _named(asked: AlertFilter) -> list[ColumnElement[bool]]:
    columns = ((Alert.counterparty, asked.counterparty), (Alert.policy, asked.policy))
    return [column == _name(value) for column, value in columns if value is not None]


def _checked(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    # A condition inside a CASE is checked row by row: its own index would lead off the order that is walked in.
    return case((condition, true()), else_=false())


def _period(asked: AlertFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.since is not None:
        conditions.append(Alert.said_at >= _moment(asked.since))
    if asked.until is not None:
        conditions.append(Alert.said_at < _moment(asked.until))
    return conditions


def _groups(asked: AlertFilter) -> list[ColumnElement[bool]]:
    groups: list[ColumnElement[bool]] = []
    if asked.status:
        groups.append(Alert.status.in_([status.value for status in asked.status]))
    if asked.severity:
        groups.append(Alert.severity.in_(_severities(asked)))
    return groups


def _walked(asked: AlertFilter) -> list[tuple[ColumnElement[bool], ...]]:
    if not asked.status and not asked.severity:
        return [()]
    pairs = product(dict.fromkeys(asked.status or AlertStatus), _severities(asked) or list(Severity))
    if asked.severity and not _severities(asked):
        return []
    return [(Alert.status == status.value, Alert.severity == severity) for status, severity in pairs]


def _severities(asked: AlertFilter) -> list[str]:
    return [severity.value for severity in Severity if severity.value in asked.severity]


def _members(asked: AlertFilter, keys: Keys) -> list[ColumnElement[bool]]:
    return [one.has(Alert.id) for one in _sets(asked, keys)]


def _sets(asked: AlertFilter, keys: Keys) -> list[_Set]:
    """Return the conditions that stand in tables of their own: words, labels, the person, the negotiation."""
    sets = [_having(SearchToken, "token", [token]) for token in _tokens(asked, keys)]
    if asked.label:
        sets.append(_having(AlertLabel, "label", [_name(label) for label in asked.label]))
    if asked.person is not None:
        sets.append(_having(AlertPerson, "address", [_name(asked.person).lower()]))
    if asked.negotiation is not None:
        sets.append(_having(AlertNegotiation, "negotiation_id", [asked.negotiation]))
    return sets


def _having(table: type[_Member], column: str, values: list[Any]) -> _Set:
    def has(alert_id: Any) -> ColumnElement[bool]:
        # A name of its own, since a query may look into the same table for several words.
        row = aliased(table)
        return exists().where(getattr(row, column).in_(values), row.alert_id == alert_id)

    return _Set(ids=select(table.alert_id).where(getattr(table, column).in_(values)), has=has)


def _few(session: Session, asked: AlertFilter, keys: Keys, sort: Sort) -> Sequence[uuid.UUID] | None:
    """Return few alerts that all the asked ones are among; None when they would be many.

    Conditions are counted, but no further than it takes to tell. Where no single one selects few, those that the
    narrowest shares with the others may still be few.
    """
    sets = _sets(asked, keys)
    queries = [one.ids for one in sets] + _rows(asked, sort)
    if not queries:
        return None
    narrowest, size = _narrowest(session, queries, _FEW)
    if size <= _FEW:
        # As a list: how many alerts a word is in PostgreSQL can only guess, and a wrong guess walks through them all.
        return session.scalars(narrowest).all()
    if len(queries) == 1:
        return None
    narrowest, size = _narrowest(session, queries, _MANY)
    others = [one for one in sets if one.ids is not narrowest]
    if not others or size > _MANY:
        return None
    [alert_id] = narrowest.selected_columns
    shared = session.scalars(narrowest.where(*(one.has(alert_id) for one in others)).limit(_FEW + 1)).all()
    return shared if len(shared) <= _FEW else None


def _rows(asked: AlertFilter, sort: Sort) -> list[_Ids]:
    """Return the conditions on the alerts themselves that may select few, each as a query."""
    rows = [select(Alert.id).where(condition) for condition in _named(asked)]
    period = _period(asked)
    # Walked in its own order, a period is left as soon as it ends.
    return rows if sort is Sort.SAID or not period else [*rows, select(Alert.id).where(*period)]


def _narrowest(session: Session, queries: list[_Ids], most: int) -> tuple[_Ids, int]:
    """Return the query with the fewest alerts and how many they are, each counted no further than one beyond `most`."""
    counts = [select(func.count()).select_from(one.limit(most + 1).subquery()).scalar_subquery() for one in queries]
    size, place = min((size, place) for place, size in enumerate(session.execute(select(*counts)).one()))
    return queries[place], size


def _tokens(asked: AlertFilter, keys: Keys) -> list[bytes]:
    if asked.text is None or not asked.text.strip():
        return []
    # A text without a word that is indexed is in no message: the hash of nothing stands for it.
    return [keys.digest("search", word) for word in words_of(asked.text) or [""]]


def _name(text: str) -> str:
    # PostgreSQL refuses to look for it, and no name has it.
    if "\x00" in text:
        raise BadRequestError("a name has no NUL in it")
    return text


def _moment(at: datetime) -> datetime:
    try:
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
    except OverflowError as error:
        raise BadRequestError("this time is beyond the calendar") from error
