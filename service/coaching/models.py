"""Tables of coaching: who did which lesson, and counts by team of people, never by person."""

from datetime import datetime

from sqlalchemy import BigInteger, Integer
from sqlalchemy.orm import Mapped, mapped_column

from service.models import Base


class LessonDone(Base):
    """A lesson that a person finished, with the share of its questions answered rightly at once (0..100)."""

    __tablename__ = "lesson_done"

    team: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    lesson: Mapped[str] = mapped_column(primary_key=True)
    score: Mapped[int] = mapped_column(Integer)
    done_at: Mapped[datetime]


class Learner(Base):
    """A person who may take the course: their language, department and when they were last reminded."""

    __tablename__ = "learner"

    team: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    department: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    reminders: Mapped[bool] = mapped_column(default=True)
    seen_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]


class DepartmentWeek(Base):
    """How much a department wrote to counterparties in a week (ISO, `2026-W47`), and how often it was warned."""

    __tablename__ = "department_week"

    week: Mapped[str] = mapped_column(primary_key=True)
    department: Mapped[str] = mapped_column(primary_key=True)
    messages: Mapped[int] = mapped_column(BigInteger, default=0)
    warnings: Mapped[int] = mapped_column(BigInteger, default=0)
