"""Lessons in Slack: opened from App Home, a warning or a reminder, answered, and put on record."""

import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App

from service.coaching import quiz
from service.coaching.blocks import OPEN, Block
from service.coaching.course import find_lesson
from service.coaching.home import known_language, publish_home
from service.coaching.learners import finish_lesson, progress_of
from service.coaching.lesson_view import QUIZ, done_modal, gone_modal, lesson_modal, retry_modal
from service.coaching.quiz import Sitting
from service.coaching.wording import plain
from service.errors import FrontdoorError
from service.slack.asker import Asker, asker_of, open_form
from service.slack.office import Office
from service.slack.web import CALL_ERRORS, code_of

log = logging.getLogger("frontdoor.coaching")

Body = Mapping[str, Any]


def listen(app: App, office: Office) -> None:
    """Open lessons, and take what is answered to their questions."""

    def opened(ack: Ack, body: Body, action: Body) -> None:
        ack()
        _open(office, asker_of(body), body, str(action.get("value") or ""))

    def answered(ack: Ack, body: Body, view: Body) -> None:
        _take_answers(ack, office, asker_of(body), view)

    app.action(OPEN)(opened)
    app.view(QUIZ)(answered)


def _open(office: Office, asker: Asker, body: Body, lesson_id: str) -> None:
    """Show a lesson: in the modal whose button was pressed, else in a new one."""
    language, lesson = known_language(office, asker), find_lesson(lesson_id)
    view = lesson_modal(lesson, language) if lesson is not None else gone_modal(language)
    shown = body.get("view")
    if isinstance(shown, Mapping) and shown.get("type") == "modal":
        _replace(office, asker, str(shown.get("id") or ""), view)
    else:
        open_form(office, asker, view)


def _replace(office: Office, asker: Asker, view_id: str, view: Block) -> None:
    try:
        client = office.workspaces.client(asker.team, asker.enterprise)
        client.views_update(view_id=view_id, view=view)
    except (FrontdoorError, *CALL_ERRORS) as error:
        log.warning("a lesson can't be shown: %s", code_of(error))


def _take_answers(ack: Ack, office: Office, asker: Asker, view: Body) -> None:
    sitting = quiz.read(view.get("private_metadata"))
    if sitting is None:
        ack(response_action="update", view=gone_modal(known_language(office, asker)))
        return
    choices = quiz.choices_of(sitting, view)
    missing = [place for place in sitting.open if place not in choices]
    if missing:
        told = plain(sitting.language, "lesson.choose")
        ack(response_action="errors", errors={quiz.block_of(sitting, place): told for place in missing})
        return
    after = quiz.answer(sitting, choices)
    if after.open:
        ack(response_action="update", view=retry_modal(sitting, after, choices))
        return
    ack(response_action="update", view=_finish(office, asker, after))
    publish_home(office, asker)


def _finish(office: Office, asker: Asker, sitting: Sitting) -> Block:
    """Put a lesson on record as done; returns what there is to say about it."""
    with office.database.transaction() as session:
        before = progress_of(session, asker.team, asker.user, language=sitting.language)
        finish_lesson(session, asker.team, asker.user, sitting.lesson.id, sitting.score, now=office.clock())
        done = progress_of(session, asker.team, asker.user, language=sitting.language).done
    return done_modal(sitting, done, again=sitting.lesson.id in before.done)
