"""People who learn: who they are, which lessons they did, and what they chose."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from service.coaching.awareness import note_week, week_start
from service.coaching.course import course
from service.coaching.models import Learner, LessonDone
from service.database import insert_new
from service.directory.models import Person
from service.warnings.spoken import Addressee


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a person is: the lessons done with their score (0..100), what they chose, and in which language."""

    done: dict[str, int]
    language: str
    reminders: bool

    @property
    def next(self) -> str:
        """The id of the first lesson that is not done; empty when all are."""
        return next((one.id for one in course() if one.id not in self.done), "")


def note_learner(session: Session, team: str, user: str, department: str, language: str, now: datetime) -> None:
    """Take note of a person who wrote to a counterparty, was warned, or opened App Home: one write a day at most.

    An empty department or language is one that is not known just now, and changes nothing.
    """
    row = session.get(Learner, (team, user))
    if row is None:
        new = {"team": team, "user": user, "department": department, "language": language or "en"}
        # Somebody else's transaction may have added them in the meantime.
        insert_new(session, Learner, **new, picked="", reminders=True, since=now, seen_at=now)
    elif row.seen_at.date() < now.date() or (department and row.department != department):
        row.seen_at = max(row.seen_at, now)
        row.department, row.language = department or row.department, language or row.language
        session.flush()


def note_talk(session: Session, *, said: Iterable[Addressee], warned: Iterable[Addressee] = (), now: datetime) -> None:
    """Take note of messages to counterparties, by the author of each, and of warnings, by who gets each.

    People become learners; what they did is added up by department, and nothing of it is kept by person.
    """
    authors, recipients = list(said), list(warned)
    people = {(one.team, one.user): one for one in (*recipients, *authors)}
    departments = departments_of(session, people.values())
    writers = {(one.team, one.user) for one in authors}
    counts = {name: Counter[str]() for name in sorted({departments[key] for key in people})}
    for name, some in (("messages", authors), ("warnings", recipients)):
        for one in some:
            counts[departments[one.team, one.user]][name] += 1
    for key, one in sorted(people.items()):
        note_learner(session, *key, departments[key], one.language[:2], now)
        if key in writers and _is_first_of_week(session, *key, now=now):
            counts[departments[key]]["people"] += 1
    for department, count in counts.items():
        note_week(session, department, now, **count)


def departments_of(session: Session, people: Iterable[Addressee]) -> dict[tuple[str, str], str]:
    """Look up the departments of people by (team, user): by their Slack id, else by their address; empty if unknown."""
    asked = list(people)
    if not asked:
        return {}
    ids = {name for one in asked for name in (one.user, f"{one.team}:{one.user}")}
    addresses = {one.address.lower() for one in asked if one.address}
    query = select(Person.slack_id, Person.address, Person.department).where(
        or_(Person.slack_id.in_(ids), Person.address.in_(addresses))
    )
    found: dict[str, str] = {}
    for slack_id, address, department in session.execute(query):
        found |= {name: department for name in (slack_id, address) if name}
    names = {(one.team, one.user): (f"{one.team}:{one.user}", one.user, one.address.lower()) for one in asked}
    return {key: next((found[name] for name in several if name in found), "") for key, several in names.items()}


def progress_of(session: Session, team: str, user: str, *, language: str) -> Progress:
    """Return how far a person is; `language` is what we speak to somebody who is not known yet."""
    row = session.get(Learner, (team, user))
    query = select(LessonDone.lesson, LessonDone.score).where(LessonDone.team == team, LessonDone.user == user)
    known = {one.id for one in course()}
    return Progress(
        done={lesson: score for lesson, score in session.execute(query) if lesson in known},
        language=(row.picked or row.language) if row is not None else language,
        reminders=row is None or row.reminders,
    )


def finish_lesson(session: Session, team: str, user: str, lesson: str, score: int, *, now: datetime) -> None:
    """Put on record that a person finished a lesson.

    It was done when it was done first; whoever repeats it can only improve on their score, or nobody would.
    """
    insert_new(session, LessonDone, team=team, user=user, lesson=lesson, score=score, done_at=now)
    session.execute(
        update(LessonDone)
        .where(LessonDone.team == team, LessonDone.user == user, LessonDone.lesson == lesson, LessonDone.score < score)
        .values(score=score)
    )


def set_language(session: Session, team: str, user: str, language: str) -> None:
    """Speak to a person in the language they picked."""
    session.execute(update(Learner).where(Learner.team == team, Learner.user == user).values(picked=language))


def set_reminders(session: Session, team: str, user: str, *, wanted: bool) -> None:
    """Remind a person of the course, or no longer."""
    session.execute(update(Learner).where(Learner.team == team, Learner.user == user).values(reminders=wanted))


def expire_learners(session: Session, before: datetime) -> int:
    """Forget people who were not seen since then, with the lessons they did; returns how many people."""
    gone = session.execute(delete(Learner).where(Learner.seen_at <= before))
    kept = select(Learner.user).where(Learner.team == LessonDone.team, Learner.user == LessonDone.user)
    session.execute(delete(LessonDone).where(LessonDone.done_at <= before, ~kept.exists()))
    return int(getattr(gone, "rowcount", 0))


def _is_first_of_week(session: Session, team: str, user: str, *, now: datetime) -> bool:
    """Tell whether a person writes for the first time in this week, and put on record that they did."""
    monday = week_start(now)
    row = session.get_one(Learner, (team, user))
    if row.spoke_at is not None and row.spoke_at >= monday:
        return False
    changed = session.execute(
        update(Learner)
        .where(
            Learner.team == team,
            Learner.user == user,
            or_(Learner.spoke_at.is_(None), Learner.spoke_at < monday),
        )
        .values(spoke_at=now)
    )
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined] # an UPDATE's result has one
