"""Which alerts a filter selects, in order, without reading the others.

Two ways lead to a page. Where one condition selects few alerts (a person, a rare label, a word), those are looked up
and sorted. Otherwise the alerts are walked in order until the page is full, apart for each asked pair of status and
severity, since an index is in order only within such a pair; the first rows of all walks together hold the page.
"""

import uuid
from datetime import UTC, datetime
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from detectors.scoring import Severity
from service.alerts.cursor import Cursor
from service.alerts.schemas import AlertFilter, Sort
from service.alerts.search import words_of
from service.crypto import Keys
from service.errors import BadRequestError
from service.models import Alert, AlertLabel, AlertPerson, AlertStatus, SearchToken

# Looking up and sorting this many alerts takes less time than a walk that takes one in thirty.
_FEW = 3000

_Ids = Select[uuid.UUID]
_Column = InstrumentedAttribute[Any]


def select_page(
    session: Session, keys: Keys, asked: AlertFilter, *, sort: Sort, cursor: Cursor | None, limit: int
) -> list[uuid.UUID]:
    """Return the ids of `limit` alerts that a filter selects, greatest first, from behind the cursor on."""
    column = order_column(sort)
    conditions = _conditions(asked)
    if cursor is not None:
        conditions.append(tuple_(column, Alert.id) < (cursor.value, cursor.id))
    few = _few(session, _sets(asked, keys, sort))
    if few is not None:
        query = select(Alert.id).where(Alert.id.in_(few), *conditions, *_groups(asked), *_members(asked, keys))
        return list(session.scalars(query.order_by(column.desc(), Alert.id.desc()).limit(limit)))
    walks = [
        select(Alert.id, column.label("rank"))
        .where(*group, *conditions, *_members(asked, keys))
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
    return [*_conditions(asked), *_groups(asked), *_members(asked, keys)]


def order_column(sort: Sort) -> _Column:
    """Return the column that an order goes by; ties go by id."""
    return Alert.risk if sort is Sort.RISK else Alert.updated_at


def _conditions(asked: AlertFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.counterparty is not None:
        conditions.append(Alert.counterparty == _name(asked.counterparty))
    if asked.policy is not None:
        conditions.append(Alert.policy == _name(asked.policy))
    return conditions + _period(asked)


def _period(asked: AlertFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.since is not None:
        conditions.append(Alert.updated_at >= _moment(asked.since))
    if asked.until is not None:
        conditions.append(Alert.updated_at < _moment(asked.until))
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
    members: list[ColumnElement[bool]] = []
    if asked.label:
        labels = [_name(label) for label in asked.label]
        members.append(exists().where(AlertLabel.label.in_(labels), AlertLabel.alert_id == Alert.id))
    if asked.person is not None:
        address = _name(asked.person).lower()
        members.append(exists().where(AlertPerson.address == address, AlertPerson.alert_id == Alert.id))
    members.extend(
        exists().where(SearchToken.token == token, SearchToken.alert_id == Alert.id) for token in _tokens(asked, keys)
    )
    return members


def _sets(asked: AlertFilter, keys: Keys, sort: Sort) -> list[_Ids]:
    """Return the conditions that may select few alerts, each as their ids."""
    sets: list[_Ids] = [select(SearchToken.alert_id).where(SearchToken.token == one) for one in _tokens(asked, keys)]
    if asked.label:
        labels = [_name(label) for label in asked.label]
        sets.append(select(AlertLabel.alert_id).where(AlertLabel.label.in_(labels)))
    if asked.person is not None:
        sets.append(select(AlertPerson.alert_id).where(AlertPerson.address == _name(asked.person).lower()))
    if asked.counterparty is not None:
        sets.append(select(Alert.id).where(Alert.counterparty == _name(asked.counterparty)))
    if asked.policy is not None:
        sets.append(select(Alert.id).where(Alert.policy == _name(asked.policy)))
    if sort is not Sort.UPDATED and _period(asked):
        sets.append(select(Alert.id).where(*_period(asked)))
    return sets


def _few(session: Session, sets: list[_Ids]) -> _Ids | None:
    """Return the set with the fewest alerts, if they are few; its size is counted no further than that."""
    sizes = [select(func.count()).select_from(one.limit(_FEW + 1).subquery()).scalar_subquery() for one in sets]
    if not sizes:
        return None
    counted = session.execute(select(*sizes)).one()
    size, place = min((size, place) for place, size in enumerate(counted))
    return sets[place] if size <= _FEW else None


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
