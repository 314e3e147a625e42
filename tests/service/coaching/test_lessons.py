"""Lessons in Slack: read, answered, tried again, done; in both languages and within Slack's limits."""

import json

import pytest
from sqlalchemy import select

from service.coaching.course import Language, course, find_lesson
from service.coaching.lesson_view import done_modal, lesson_modal, retry_modal
from service.coaching.models import LessonDone
from service.coaching.quiz import answer, begin, choices_of, read, write
from service.warnings.blocks import shown, warning_message
from service.warnings.models import WarningRow
from service.warnings.wording import load_wording
from tests.fakes.slack import blockkit
from tests.fakes.slack.delivery import Parcel

SITTINGS = [
    pytest.param(lesson, language, id=f"{lesson.id}-{language}") for lesson in course() for language in Language
]


def done(scene):
    with scene.office.database.transaction(write=False) as session:
        return {row.lesson: row.score for row in session.scalars(select(LessonDone).where(LessonDone.user == "U1"))}


def test_a_lesson_opens_from_home_to_be_read(scene):
    scene.open_home()
    scene.press("course.open", value="numbers")
    view = scene.modal().content
    text = json.dumps(view["blocks"], ensure_ascii=False)
    assert view["title"]["text"] == "Lesson 2 of 12"
    assert "The number in your head" in text
    assert "Veldkamp Sensors" in text
    assert "What makes a walk-away price worth having?" in text


def test_a_lesson_is_read_in_the_persons_language(scene):
    scene.open_home("U4")
    scene.press("course.open", "U4", value="numbers")
    assert "Die Zahl im Kopf" in json.dumps(scene.modal("U4").content["blocks"], ensure_ascii=False)


def test_a_lesson_of_right_answers_is_done_and_ticked_off_at_home(scene):
    scene.open_home()
    text = scene.do("door")
    assert "*The side door* is done: 2 of 2 right first time." in text
    assert "Next: The number in your head" in text
    assert "✓  *1. The side door*  ·  100 %" in scene.home()
    assert "1 of 12 lessons" in scene.home()
    assert done(scene) == {"door": 100}


def test_a_wrong_answer_says_why_and_may_be_tried_again(scene):
    scene.open_home()
    scene.press("course.open", value="numbers")
    text = scene.answer(0, 0)
    assert "A range is a limit with soft edges." in text
    assert "Set in the heat of the talks" in text
    assert done(scene) == {}
    text = scene.answer(1)
    assert "opens a haggle" in text
    text = scene.answer(2)
    assert "1 of 2 right first time" in text
    assert done(scene) == {"numbers": 50}


def test_the_right_answer_is_not_told_before_it_is_found(scene):
    scene.open_home()
    scene.press("course.open", value="numbers")
    assert "the work on the price stays with the seller" not in scene.answer(0, 1)


def test_a_question_that_was_answered_rightly_is_not_asked_again(scene):
    scene.open_home()
    scene.press("course.open", value="numbers")
    scene.answer(2, 1)
    assert [one["label"]["text"] for one in scene.modal().content["blocks"] if one["type"] == "input"] == [
        "What makes a walk-away price worth having?"
    ]


def test_whoever_repeats_a_lesson_can_only_improve(scene):
    scene.open_home()
    scene.do("door", wrong=1)
    assert done(scene) == {"door": 50}
    assert "*The side door* once more: 2 of 2" in scene.do("door")
    assert done(scene) == {"door": 100}
    scene.do("door", wrong=2)
    assert done(scene) == {"door": 100}


def test_the_next_lesson_follows_in_the_same_modal(scene):
    scene.open_home()
    scene.press("course.open", value="door")
    scene.answer(*(one.right for one in find_lesson("door").tell("en").questions))
    scene.press("course.open", where=scene.modal())
    assert len(scene.slack.modals("U1")) == 1
    assert scene.modal().content["title"]["text"] == "Lesson 2 of 12"


def test_the_last_lesson_thanks(scene):
    scene.open_home()
    text = [scene.do(lesson.id) for lesson in course()][-1]
    assert "you have done the whole course" in text
    assert "All 12 lessons done. 100 % right first time." in scene.home()
    assert "Now and then I remind you" not in scene.home()
    assert "Next:" not in scene.home()


def test_a_lesson_that_is_gone_is_told_as_such(scene):
    scene.open_home()
    view = scene.slack.world.shown.homes[scene.slack.world.app.id, "U1"]
    view.content = json.loads(json.dumps(view.content).replace('"value": "door"', '"value": "an old one"'))
    scene.press("course.open", value="an old one")
    assert "not part of the course any more" in json.dumps(scene.modal().content)


@pytest.mark.parametrize("metadata", ["", "{}", "[]", '["door","en",[0],[],0,1]', '["gone","en",[0],[],0]', "null"])
def test_answers_to_no_known_sitting_are_taken_for_nothing(scene, metadata):
    scene.open_home()
    scene.press("course.open", value="door")
    scene.modal().content["private_metadata"] = metadata
    assert "not part of the course any more" in scene.answer(0, 0)
    assert done(scene) == {}


def submit(scene, values):
    view = {"type": "modal", "id": "V1", "callback_id": "course.quiz", "state": {"values": values}}
    view["private_metadata"] = write(begin(find_lesson("door"), "en"))
    payload = {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": "U1", "team_id": "T1"},
        "api_app_id": scene.slack.world.app.id,
        "view": view,
    }
    return scene.slack.send(Parcel(app=scene.slack.world.app.id, type="interactive", payload=payload)).answer


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"question.0.0": {}, "question.1.0": None},
        {"question.0.0": {"course.choice": {"selected_option": None}}},
        {"question.0.0": {"course.choice": {"selected_option": {"value": "7"}}}},
        {"question.0.0": {"course.choice": {"selected_option": {"value": 1}}}},
        {"question.0.1": {"course.choice": {"selected_option": {"value": "1"}}}},
        [],
    ],
)
def test_what_is_no_choice_is_asked_for(scene, values):
    scene.open_home()
    answered = submit(scene, values)
    assert answered["response_action"] == "errors"
    assert answered["errors"] == dict.fromkeys(["question.0.0", "question.1.0"], "Please choose an answer.")
    assert done(scene) == {}


@pytest.mark.parametrize(("lesson", "language"), SITTINGS)
def test_every_lesson_keeps_to_slacks_limits_at_every_step(lesson, language):
    sitting = begin(lesson, language)
    questions = lesson.tell(language).questions
    wrong = {place: (one.right + 1) % len(one.answers) for place, one in enumerate(questions)}
    right = {place: one.right for place, one in enumerate(questions)}
    retried, finished = answer(sitting, wrong), answer(sitting, right)
    for view in (
        lesson_modal(lesson, language),
        retry_modal(sitting, retried, wrong),
        done_modal(finished, {}, again=False),
        done_modal(finished, {one.id: 100 for one in course()}, again=True),
    ):
        assert blockkit.problems(view) == []


def test_a_sitting_is_what_it_was_after_its_way_through_slack():
    sitting = answer(begin(find_lesson("specs"), "de"), {0: 1, 1: 0})
    assert read(write(sitting)) == sitting
    assert (sitting.open, sitting.at_once, sitting.score) == ((1,), (0,), 50)
    again = answer(sitting, {1: 3})
    assert (again.open, again.at_once, again.score) == ((), (0,), 50)


@pytest.mark.parametrize(
    "data",
    [["door", "en", [0], [0], 1], ["door", "en", [2], [], 0], ["door", "en", [], [], 0], ["door", "en", 5, [], 0]],
)
def test_a_sitting_that_makes_no_sense_is_none(data):
    assert read(json.dumps(data)) is None


def test_choices_of_another_try_do_not_count():
    sitting = begin(find_lesson("door"), "en")
    view = {"state": {"values": {"question.0.3": {"course.choice": {"selected_option": {"value": "1"}}}}}}
    assert choices_of(sitting, view) == {}


def test_a_warning_leads_to_its_lesson(scene):
    row = scene.warn(label="timeline", quote="production starts in March")
    with scene.office.database.transaction(write=False) as session:
        warning = shown(session.get(WarningRow, row), scene.office.keys)
    client = scene.office.workspaces.client("T1")
    client.chat_postEphemeral(channel="C1", user="U1", **warning_message(warning, load_wording()))
    scene.press("course.open", where="C1")
    assert "Who has to be ready first" in json.dumps(scene.modal().content["blocks"])
