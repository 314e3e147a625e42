"""The course: small lessons with a story, what to do instead, a sentence to remember, and a few questions.

A lesson is a file of `lessons`, in both languages side by side, so that neither can lose a question. Everything is
checked when it is loaded: what reaches Slack fits its limits, and no row of the mission and no label goes untaught.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from math import ceil

from detectors.finding import Label
from service.warnings.models import WarningKind

WORDS_A_MINUTE = 200
# What happens in the field, as the course has to cover it: A what reaches a supplier and how we learn, B the account's
# owner, C the plan, D the boss, E the team.
ROWS = tuple(
    f"{part}{n}" for part, last in (("A", 8), ("B", 2), ("C", 4), ("D", 3), ("E", 4)) for n in range(1, last + 1)
)

_FIRST = "door"
_TOP = {"title": 60, "teaser": 140, "remember": 120, "ask": 200, "text": 75, "why": 300, "story": 2400, "instead": 2400}
_ID = re.compile(r"[a-z]{2,20}")


class Language(StrEnum):
    """The languages that the course speaks."""

    ENGLISH = "en"
    GERMAN = "de"


class CourseError(ValueError):
    """A lesson can't be used; the text says what to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one can answer, and what is to be said about that. Slack shows at most 75 characters of a choice."""

    text: str
    why: str
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with three or four answers, one of them right."""

    ask: str
    answers: tuple[Answer, ...]

    @property
    def right(self) -> int:
        """The place of the right answer."""
        return next(place for place, one in enumerate(self.answers) if one.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A lesson in one language. `teaser` is the line that a warning shows of it; paragraphs stand apart by a line."""

    title: str
    teaser: str
    story: str
    instead: str
    remember: str
    questions: tuple[Question, ...]

    @property
    def words(self) -> int:
        """How many words there are to read, the questions with their answers and what is said to the right one."""
        asked = [
            " ".join((one.ask, *(answer.text for answer in one.answers), one.answers[one.right].why))
            for one in self.questions
        ]
        return len(" ".join((self.title, self.story, self.instead, self.remember, *asked)).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A lesson: the rows of the mission and the labels that it teaches, told in every language."""

    id: str
    rows: tuple[str, ...]
    labels: tuple[str, ...]
    told: Mapping[str, Telling]

    def tell(self, language: str) -> Telling:
        """Return it in a language; one that we do not speak is answered in English."""
        return self.told.get(language) or self.told[Language.ENGLISH]

    def minutes(self, language: str) -> int:
        """Return how long it takes, in whole minutes."""
        return ceil(self.tell(language).words / WORDS_A_MINUTE)


@cache
def course() -> tuple[Lesson, ...]:
    """Return the lessons that ship, in order. Raises CourseError when one can't be used."""
    folder = resources.files("service.coaching") / "lessons"
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)
    lessons = tuple(load_lesson(one.read_text("utf-8"), name=one.name) for one in files)
    check_course(lessons)
    return lessons


def find_lesson(lesson_id: str) -> Lesson | None:
    """Return a lesson by its id; None when there is no such lesson (any more)."""
    return next((one for one in course() if one.id == lesson_id), None)


def lesson_for(label: str, kind: str) -> str:
    """Return the id of the lesson that a warning of this label teaches.

    Whoever is warned before they answer (`kind` reader) learns about questions. A label that no lesson names, such as a
    structural one, leads to the first.
    """
    if kind == WarningKind.READER and label != Label.SIDESTEP:
        label = Label.ELICITATION
    return next((one.id for one in course() if label in one.labels), _FIRST)


def teaser(lesson_id: str, language: str) -> str:
    """Return the line that a warning shows of a lesson; empty when there is no such lesson."""
    lesson = find_lesson(lesson_id)
    return lesson.tell(language).teaser if lesson else ""


def minutes_left(done: Iterable[str], language: str) -> int:
    """Return how long the lessons take that are not done yet, in whole minutes."""
    finished = set(done)
    return ceil(sum(one.tell(language).words for one in course() if one.id not in finished) / WORDS_A_MINUTE)


def load_lesson(text: str, *, name: str) -> Lesson:
    """Read a lesson. Raises CourseError, naming the file and the key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{name}: {error}") from error
    _insist_on_keys(data, {"id", "rows", "labels", *Language}, name)
    lesson_id = data["id"]
    if not isinstance(lesson_id, str) or not _ID.fullmatch(lesson_id):
        raise CourseError(f"{name}: id must be a short word of small letters")
    told: dict[str, Telling] = {one: _telling(data[one], f"{name}: {one}") for one in Language}
    english, german = (told[one].questions for one in (Language.ENGLISH, Language.GERMAN))
    if [(len(one.answers), one.right) for one in english] != [(len(one.answers), one.right) for one in german]:
        raise CourseError(f"{name}: the questions of the two languages do not match")
    rows = _names(data["rows"], ROWS, f"{name}: rows")
    return Lesson(id=lesson_id, rows=rows, labels=_names(data["labels"], Label, f"{name}: labels"), told=told)


def check_course(lessons: tuple[Lesson, ...]) -> None:
    """Raise CourseError where the lessons together are no course."""
    ids = [one.id for one in lessons]
    if len(set(ids)) < len(ids) or not ids or ids[0] != _FIRST:
        raise CourseError(f"lessons need different ids, and the first is {_FIRST}")
    rows = {row for one in lessons for row in one.rows}
    if rows != set(ROWS):
        raise CourseError(f"no lesson teaches {', '.join(sorted(set(ROWS) - rows))}")
    labels = [label for one in lessons for label in one.labels]
    if sorted(labels) != sorted(Label):
        raise CourseError("each label is taught by exactly one lesson")


def _telling(data: object, where: str) -> Telling:
    keys = {"title", "teaser", "story", "instead", "remember", "questions"}
    table = _insist_on_keys(data, keys, where)
    questions = table["questions"]
    if not isinstance(questions, list) or not 2 <= len(questions) <= 3:
        raise CourseError(f"{where}: two or three questions are needed")
    return Telling(
        title=_line(table, "title", where),
        teaser=_line(table, "teaser", where),
        story=_paragraphs(table, "story", where),
        instead=_paragraphs(table, "instead", where),
        remember=_line(table, "remember", where),
        questions=tuple(_question(one, f"{where}: question {place}") for place, one in enumerate(questions, 1)),
    )


def _question(data: object, where: str) -> Question:
    table = _insist_on_keys(data, {"ask", "answers"}, where)
    answers = table["answers"]
    if not isinstance(answers, list) or not 3 <= len(answers) <= 4:
        raise CourseError(f"{where}: three or four answers are needed")
    made = tuple(_answer(one, f"{where}, answer {place}") for place, one in enumerate(answers, 1))
    if sum(one.right for one in made) != 1 or len({one.text for one in made}) < len(made):
        raise CourseError(f"{where}: exactly one answer is right, and no two are the same")
    return Question(ask=_line(table, "ask", where), answers=made)


def _answer(data: object, where: str) -> Answer:
    table = _insist_on_keys(
        {"right": False, **data} if isinstance(data, dict) else data, {"text", "why", "right"}, where
    )
    if not isinstance(table["right"], bool):
        raise CourseError(f"{where}: right must be true or false")
    return Answer(text=_line(table, "text", where), why=_line(table, "why", where), right=table["right"])


def _insist_on_keys(data: object, keys: set[str], where: str) -> Mapping[str, object]:
    if not isinstance(data, dict) or set(data) != keys:
        raise CourseError(f"{where}: exactly {', '.join(sorted(keys))} are needed")
    return data


def _paragraphs(table: Mapping[str, object], key: str, where: str) -> str:
    """Join lines that were only wrapped in the file."""
    text = table[key]
    if not isinstance(text, str) or not text.strip():
        raise CourseError(f"{where}: {key} must be a text")
    made = "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))
    if len(made) > _TOP[key]:
        raise CourseError(f"{where}: {key} is longer than {_TOP[key]} characters")
    return made


def _line(table: Mapping[str, object], key: str, where: str) -> str:
    text = _paragraphs(table, key, where)
    if "\n" in text:
        raise CourseError(f"{where}: {key} must be one paragraph")
    return text


def _names(data: object, known: Iterable[str], where: str) -> tuple[str, ...]:
    allowed = set(known)
    if not isinstance(data, list) or any(not isinstance(one, str) or one not in allowed for one in data):
        raise CourseError(f"{where}: must be a list of {', '.join(sorted(allowed))}")
    return tuple(data)
