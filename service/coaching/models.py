"""Tables of coaching: who did which lesson, and counts by team of people, never by person."""

from datetime import datetime

from sqlalchemy import BigInteger, Integer
from sqlalchemy.orm import Mapped, mapped_column

from service.models import Base


class LessonDone(Base):
    """A lesson that a person finished, with the best share of its questions answered rightly at once (0..100)."""

    __tablename__ = "lesson_done"

    team: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    lesson: Mapped[str] = mapped_column(primary_key=True)
    score: Mapped[int] = mapped_column(Integer)
    done_at: Mapped[datetime]


class Learner(Base):
    """A person who may take the course: someone who wrote to a counterparty, was warned, or opened App Home.

    `language` is their Slack client's, `picked` the one they chose themselves, if any. `spoke_at` is when in the latest
    week in which they wrote to a counterparty they first did. `seen_at` moves once a day at most.
    """

    __tablename__ = "learner"

    team: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    department: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    picked: Mapped[str] = mapped_column(default="")
    reminders: Mapped[bool] = mapped_column(default=True)
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
    spoke_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]


class DepartmentWeek(Base):
    """How much a department wrote to counterparties in a week (ISO, `2026-W47`), and how often it was warned.

    `people` is how many of it wrote at all: a week of few people is not shown.
    """

    __tablename__ = "department_week"

    week: Mapped[str] = mapped_column(primary_key=True)
    department: Mapped[str] = mapped_column(primary_key=True)
    people: Mapped[int] = mapped_column(BigInteger, default=0)
    messages: Mapped[int] = mapped_column(BigInteger, default=0)
    warnings: Mapped[int] = mapped_column(BigInteger, default=0)
