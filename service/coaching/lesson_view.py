"""A lesson as a modal: to read, with its questions below, and what is said about the answers."""

from collections.abc import Iterator, Mapping

from service.coaching.blocks import OPEN, Block, actions, button, context, header, plain_text, section
from service.coaching.course import Lesson, Question, course
from service.coaching.quiz import CHOICE, Sitting, begin, block_of, write
from service.coaching.wording import plain, say
from service.slack.wording import escape

QUIZ = "course.quiz"


def lesson_modal(lesson: Lesson, language: str) -> Block:
    """Return the view in which a lesson is read and its questions are answered."""
    sitting = begin(lesson, language)
    told = lesson.tell(language)
    blocks = [
        header(told.title),
        section(escape(told.story)),
        section(f"*{say(language, 'lesson.instead')}*"),
        section(escape(told.instead)),
        section(say(language, "lesson.remember", remember=told.remember)),
        {"type": "divider"},
        section(f"*{say(language, 'lesson.questions')}*"),
        *(_input(sitting, place) for place in sitting.open),
    ]
    return _modal(sitting, blocks, submit=True)


def retry_modal(before: Sitting, after: Sitting, choices: Mapping[int, int]) -> Block:
    """Return the view that says what is right and what is not, with the questions to try once more."""
    language = after.language
    questions = after.lesson.tell(language).questions
    blocks = [section(say(language, "lesson.retry"))]
    for place, question in enumerate(questions):
        if place not in after.open:
            blocks += _right(question, language) if place in before.open else ()
            continue
        chosen = question.answers[choices[place]]
        blocks += [
            {"type": "divider"},
            section(say(language, "lesson.wrong", answer=chosen.text, why=chosen.why)),
            _input(after, place),
        ]
    return _modal(after, blocks, submit=True)


def done_modal(sitting: Sitting, done: Mapping[str, int], *, again: bool) -> Block:
    """Return the view that closes a lesson; `done` are all lessons done by now, with their scores."""
    language, lesson = sitting.language, sitting.lesson
    told = lesson.tell(language)
    name = "lesson.done_again" if again else "lesson.done"
    said = say(language, name, title=told.title, right=len(sitting.at_once), questions=sitting.questions)
    blocks = [section(said)]
    for question in told.questions:
        blocks += _right(question, language)
    blocks.append(section(say(language, "lesson.remember", remember=told.remember)))
    following = next((one for one in course() if one.id not in done), None)
    if following is not None:
        text = plain(language, "lesson.next", title=following.tell(language).title)
        blocks.append(actions(button(OPEN, text, value=following.id, primary=True)))
    elif not again:
        blocks.append(context(say(language, "lesson.finished")))
    return _modal(sitting, blocks, submit=False)


def gone_modal(language: str) -> Block:
    """Return the view for a lesson that is not taught any more."""
    return {
        "type": "modal",
        "title": plain_text(plain(language, "home.course_title")),
        "close": plain_text(plain(language, "lesson.close")),
        "blocks": [section(say(language, "lesson.gone"))],
    }


def lesson_number(lesson: Lesson) -> int:
    """Return which lesson it is, counted from one."""
    return course().index(lesson) + 1


def _modal(sitting: Sitting, blocks: list[Block], *, submit: bool) -> Block:
    language = sitting.language
    title = plain(language, "lesson.modal", number=lesson_number(sitting.lesson), lessons=len(course()))
    view: Block = {
        "type": "modal",
        "title": plain_text(title),
        "close": plain_text(plain(language, "lesson.close")),
        "blocks": blocks,
    }
    if submit:
        view |= {
            "callback_id": QUIZ,
            "private_metadata": write(sitting),
            "submit": plain_text(plain(language, "lesson.submit")),
        }
    return view


def _input(sitting: Sitting, place: int) -> Block:
    question = sitting.lesson.tell(sitting.language).questions[place]
    options = [
        {"text": plain_text(answer.text), "value": str(number)} for number, answer in enumerate(question.answers)
    ]
    return {
        "type": "input",
        "block_id": block_of(sitting, place),
        "label": plain_text(question.ask),
        "element": {"type": "radio_buttons", "action_id": CHOICE, "options": options},
    }


def _right(question: Question, language: str) -> Iterator[Block]:
    answer = question.answers[question.right]
    yield section(say(language, "lesson.right", ask=question.ask, answer=answer.text, why=answer.why))
