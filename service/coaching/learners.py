"""People who learn: who they are, which lessons they did, and what they chose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from service.coaching.awareness import note_messages, note_speaker, note_warning, week_start
from service.coaching.course import course
from service.coaching.models import Learner, LessonDone
from service.database import insert_new
from service.models import Person
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


def note_learner(
    session: Session,
    team: str,
    user: str,
    department: str,
    language: str,
    now: datetime,
    *,
    spoke: bool = False,
) -> None:
    """Take note of a person who wrote to a counterparty (`spoke`), was warned, or opened App Home.

    Costs one write a person and day at most, and another one a week for those who spoke. An empty department or
    language is one that is not known just now, and changes nothing.
    """
    row = session.get(Learner, (team, user))
    if row is None:
        new = {"team": team, "user": user, "department": department, "language": language or "en"}
        # Somebody else's transaction may have added them in the meantime.
        insert_new(session, Learner, **new, picked="", reminders=True, since=now, seen_at=now)
        row = session.get_one(Learner, (team, user))
    elif row.seen_at.date() < now.date() or (department and row.department != department):
        row.seen_at = max(row.seen_at, now)
        row.department, row.language = department or row.department, language or row.language
        session.flush()
    if spoke and (row.spoke_at is None or row.spoke_at < week_start(now)):
        _note_first_of_week(session, row, now=now)


def note_said(session: Session, authors: Iterable[Addressee], *, now: datetime) -> None:
    """Take note of messages to counterparties: of who wrote (once for each message), and of how much by department."""
    people = list(authors)
    if not people:
        return
    departments = departments_of(session, people)
    counts: dict[str, int] = {}
    for one in people:
        department = departments[one.team, one.user]
        counts[department] = counts.get(department, 0) + 1
    # In one order everywhere, so that two transactions never wait for each other.
    for key, one in sorted({(one.team, one.user): one for one in people}.items()):
        note_learner(session, *key, departments[key], one.language[:2], now, spoke=True)
    note_messages(session, counts, now)


def note_warned(session: Session, person: Addressee, *, now: datetime) -> None:
    """Take note that a person is warned."""
    department = departments_of(session, [person])[person.team, person.user]
    note_learner(session, person.team, person.user, department, person.language[:2], now)
    note_warning(session, department, now)


def departments_of(session: Session, people: Iterable[Addressee]) -> dict[tuple[str, str], str]:
    """Look up the departments of people by (team, user): by their Slack id, else by their address; empty if unknown."""
    asked = list(people)
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


def _note_first_of_week(session: Session, row: Learner, *, now: datetime) -> None:
    monday = week_start(now)
    changed = session.execute(
        update(Learner)
        .where(
            Learner.team == row.team,
            Learner.user == row.user,
            or_(Learner.spoke_at.is_(None), Learner.spoke_at < monday),
        )
        .values(spoke_at=now)
    )
    if changed.rowcount == 1:  # type: ignore[attr-defined] # an UPDATE's result has one
        note_speaker(session, row.department, now)
