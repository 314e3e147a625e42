"""A sitting over a lesson's questions: what was answered rightly at once, and what is still open.

It travels in the modal's metadata, so that nothing is stored of a lesson that somebody leaves half-way.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from service.coaching.course import Lesson, find_lesson

CHOICE = "course.choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """`open` are the places of the questions still to be answered, `at_once` those answered rightly at first."""

    lesson: Lesson
    language: str
    open: tuple[int, ...]
    at_once: tuple[int, ...] = ()
    tries: int = 0

    @property
    def questions(self) -> int:
        """How many questions the lesson has."""
        return len(self.lesson.tell(self.language).questions)

    @property
    def score(self) -> int:
        """The share answered rightly at once, in whole percent."""
        return round(100 * len(self.at_once) / self.questions)


def begin(lesson: Lesson, language: str) -> Sitting:
    """Open a lesson's questions."""
    return Sitting(lesson=lesson, language=language, open=tuple(range(len(lesson.tell(language).questions))))


def answer(sitting: Sitting, choices: Mapping[int, int]) -> Sitting:
    """Judge the choices (place of the question to place of the answer): what is right is not asked again."""
    questions = sitting.lesson.tell(sitting.language).questions
    right = tuple(place for place in sitting.open if choices.get(place) == questions[place].right)
    return replace(
        sitting,
        open=tuple(place for place in sitting.open if place not in right),
        at_once=sitting.at_once if sitting.tries else right,
        tries=sitting.tries + 1,
    )


def block_of(sitting: Sitting, place: int) -> str:
    """Name the block of a question. Another one at each try, or Slack would keep the wrong choice in it."""
    return f"question.{place}.{sitting.tries}"


def choices_of(sitting: Sitting, view: Mapping[str, Any]) -> dict[int, int]:
    """Read what was chosen; what is no choice of the question is left out."""
    state = view.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    found: dict[int, int] = {}
    for place in sitting.open:
        block = values.get(block_of(sitting, place)) if isinstance(values, Mapping) else None
        element = block.get(CHOICE) if isinstance(block, Mapping) else None
        option = element.get("selected_option") if isinstance(element, Mapping) else None
        value = option.get("value") if isinstance(option, Mapping) else None
        answers = sitting.lesson.tell(sitting.language).questions[place].answers
        if isinstance(value, str) and value in {str(number) for number in range(len(answers))}:
            found[place] = int(value)
    return found


def write(sitting: Sitting) -> str:
    """Put a sitting into words that a modal can carry."""
    data = [sitting.lesson.id, sitting.language, sitting.open, sitting.at_once, sitting.tries]
    return json.dumps(data, separators=(",", ":"))


def read(text: object) -> Sitting | None:
    """Read a sitting again; None when it makes no sense, as when the lesson has changed since."""
    try:
        lesson_id, language, still_open, at_once, tries = json.loads(str(text))
        lesson = find_lesson(lesson_id)
        if lesson is None:
            return None
        made = Sitting(
            lesson=lesson, language=str(language), open=tuple(still_open), at_once=tuple(at_once), tries=int(tries)
        )
    except (ValueError, TypeError):
        return None
    places = set(range(made.questions))
    is_sound = made.open and {*made.open, *made.at_once} <= places and not set(made.open) & set(made.at_once)
    return made if is_sound and made.tries >= 0 else None
