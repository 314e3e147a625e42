"""Awareness by team of people: what was learned and how often was warned, and never anything about a person.

What leaves this module is about five people or more, and can't be worked backwards to one of them:

- A department of fewer people is summed into "other teams", which is shown for five people or more, too. No total is
  given, from which the rest could be taken away.
- Shares are bands, not numbers. Of five people "40 %" would be two, and after a sixth joined "50 %" would tell that the
  new one has finished; "0 %" and "100 %" would tell of everybody. A band is wide enough to hold two or three possible
  counts, at its ends, too, so that one person's lesson hardly ever moves it.
- Everything is as of last Monday (UTC): whoever looks before and after somebody's lesson sees the same page.
- A week in which fewer than five of a department wrote has no rate, since it would be that of the one who was not on
  holiday; nor has one of few messages, since it would only be chance.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from service.coaching.course import course
from service.coaching.models import DepartmentWeek, Learner, LessonDone
from service.database import insert_new

LEAST_PEOPLE = 5
LEAST_MESSAGES = 50
WEEKS = 12
OTHER = "Other teams"

_STEPS = (5, 10, 20, 25, 50)
_COUNTS_IN_A_STEP = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share in whole percent, as the band it lies in: from `low` to less than `high` (100 included)."""

    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAwareness:
    """A department: how many people may take the course, the share of lessons done and of people who finished it.

    `rates` are warnings per 1,000 messages to counterparties, week by week, None where there is too little to tell.
    """

    name: str
    people: int
    lessons: Share
    finished: Share
    rates: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Awareness:
    """All departments that can be shown, by name and the rest last, and the ISO weeks that their rates are of."""

    weeks: tuple[str, ...]
    teams: tuple[TeamAwareness, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """What is known of a department; never shown as it is."""

    people: int = 0
    lessons: int = 0
    finished: int = 0

    def __add__(self, other: "_Count") -> "_Count":
        return _Count(
            people=self.people + other.people,
            lessons=self.lessons + other.lessons,
            finished=self.finished + other.finished,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Week:
    people: int = 0
    messages: int = 0
    warnings: int = 0

    def __add__(self, other: "_Week") -> "_Week":
        return _Week(
            people=self.people + other.people,
            messages=self.messages + other.messages,
            warnings=self.warnings + other.warnings,
        )


def note_week(session: Session, department: str, now: datetime, **more: int) -> None:
    """Add to a department's week: `people` who wrote for the first time in it, `messages`, `warnings`.

    A transaction that adds to several does so by their names in order, so that no two ever wait for each other.
    """
    key = {"week": _name(now), "department": department}
    added = (
        update(DepartmentWeek)
        .where(DepartmentWeek.week == key["week"], DepartmentWeek.department == department)
        .values({name: getattr(DepartmentWeek, name) + number for name, number in more.items()})
        .execution_options(synchronize_session=False)
    )
    if session.execute(added).rowcount:  # type: ignore[attr-defined] # an UPDATE's result has one
        return
    insert_new(session, DepartmentWeek, **key, people=0, messages=0, warnings=0)
    session.execute(added)


def awareness_of(session: Session, now: datetime) -> Awareness:
    """Return what may be shown of every department, as of last Monday."""
    weeks = last_weeks(now)
    counts, spoken = _counts(session, week_start(now)), _weeks(session, weeks)
    large = sorted((name for name, one in counts.items() if name and one.people >= LEAST_PEOPLE), key=str.casefold)
    small = (counts.keys() | spoken.keys()) - set(large)
    teams = [_team(name, counts[name], [spoken.get(name, {}).get(week, _Week()) for week in weeks]) for name in large]
    rest = sum((counts[name] for name in small if name in counts), _Count())
    if rest.people >= LEAST_PEOPLE:
        summed = [sum((spoken.get(name, {}).get(week, _Week()) for name in small), _Week()) for week in weeks]
        teams.append(_team(OTHER, rest, summed))
    return Awareness(weeks=weeks, teams=tuple(teams))


def share_of(part: int, people: int, *, each: int = 1) -> Share:
    """Return the band in which `part` of `people` times `each` lies, for five people or more."""
    step = next((one for one in _STEPS if one * people >= 100 * _COUNTS_IN_A_STEP), _STEPS[-1])
    low = min(100 * part // (people * each) // step * step, 100 - step)
    return Share(low=low, high=low + step)


def week_start(now: datetime) -> datetime:
    """Return the start of the ISO week, in the time's own zone (UTC here)."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=midnight.weekday())


def last_weeks(now: datetime) -> tuple[str, ...]:
    """Return the last weeks that are over, the oldest first."""
    monday = week_start(now)
    return tuple(_name(monday - timedelta(weeks=ago)) for ago in range(WEEKS, 0, -1))


def _name(now: datetime) -> str:
    year, week, _ = now.isocalendar()
    return f"{year}-W{week:02d}"


def _counts(session: Session, before: datetime) -> dict[str, _Count]:
    ids = [one.id for one in course()]
    done = (
        select(LessonDone.team, LessonDone.user, func.count().label("lessons"))
        .where(LessonDone.lesson.in_(ids), LessonDone.done_at < before)
        .group_by(LessonDone.team, LessonDone.user)
        .subquery()
    )
    lessons = func.coalesce(done.c.lessons, 0)
    query = (
        select(Learner.department, func.count(), func.sum(lessons), func.sum(case((lessons >= len(ids), 1), else_=0)))
        .outerjoin(done, (done.c.team == Learner.team) & (done.c.user == Learner.user))
        .where(Learner.since < before)
        .group_by(Learner.department)
    )
    return {
        department: _Count(people=people, lessons=int(learned), finished=int(finished))
        for department, people, learned, finished in session.execute(query)
    }


def _weeks(session: Session, weeks: Sequence[str]) -> dict[str, dict[str, _Week]]:
    found: dict[str, dict[str, _Week]] = {}
    for row in session.scalars(select(DepartmentWeek).where(DepartmentWeek.week.in_(weeks))):
        week = _Week(people=row.people, messages=row.messages, warnings=row.warnings)
        found.setdefault(row.department, {})[row.week] = week
    return found


def _team(name: str, count: _Count, weeks: Iterable[_Week]) -> TeamAwareness:
    return TeamAwareness(
        name=name,
        people=count.people,
        lessons=share_of(count.lessons, count.people, each=len(course())),
        finished=share_of(count.finished, count.people),
        rates=tuple(_rate(one) for one in weeks),
    )


def _rate(week: _Week) -> int | None:
    if week.people < LEAST_PEOPLE or week.messages < LEAST_MESSAGES:
        return None
    return round(1000 * week.warnings / week.messages)
