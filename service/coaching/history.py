"""A person's own warnings, for that person alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.coaching.course import Lesson, find_lesson, lesson_for
from service.crypto import Keys
from service.warnings.answers import quotes_of
from service.warnings.blocks import Shown, shown
from service.warnings.models import WarningRow, WarningState

PAGE = 10

# What is on its way, or never went, is nothing that somebody was told.
_TOLD = (WarningState.SENT.value, WarningState.UNKNOWN.value, WarningState.FAILED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A warning, as its recipient may see it again, and the lesson that it teaches."""

    warning: Shown
    state: WarningState
    via: str
    answer: str
    told_at: datetime
    lesson: Lesson | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A page of what somebody was told, the latest first; `offset` is how many are newer."""

    told: tuple[Told, ...]
    offset: int
    has_older: bool


def history_of(
    session: Session, keys: Keys, team: str, user: str, *, enterprise: str = "", offset: int = 0, language: str
) -> History:
    """Return a page of the warnings to one person; who that is has to come from Slack, never from a button's value.

    In an Enterprise Grid a person has one id in all workspaces, and may have been warned in any of them.
    """
    same_house = [WarningRow.team == team]
    if enterprise:
        same_house.append(WarningRow.enterprise == enterprise)
    offset = max(offset, 0)
    rows = session.scalars(
        select(WarningRow)
        .where(WarningRow.recipient == user, or_(*same_house), WarningRow.state.in_(_TOLD))
        .order_by(WarningRow.created_at.desc(), WarningRow.id)
        .offset(offset)
        .limit(PAGE + 1)
    ).all()
    told = tuple(_told(session, keys, row, language=language) for row in rows[:PAGE])
    return History(told=told, offset=offset, has_older=len(rows) > PAGE)


def read_offset(action: Mapping[str, object]) -> int:
    """Return the page that a button asks for; anything that is none asks for the first."""
    value = action.get("value")
    is_number = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 6
    return int(str(value)) if is_number else 0


def _told(session: Session, keys: Keys, row: WarningRow, *, language: str) -> Told:
    quotes = quotes_of(session, keys, row, to_recipient=True)
    warning = replace(shown(row, keys), language=language, quotes=tuple(quotes))
    first = str(row.labels[0]) if row.labels else ""
    return Told(
        warning=warning,
        state=WarningState(row.state),
        via=row.via,
        answer=row.answer or "",
        told_at=row.created_at,
        lesson=find_lesson(row.lesson) or find_lesson(lesson_for(first, row.kind)),
    )
