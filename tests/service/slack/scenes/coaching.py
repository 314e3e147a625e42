"""App Home with much and little on it, each lesson with each way through its questions, and reminders."""

import itertools
import json
import threading
import uuid
from datetime import timedelta

from detectors.finding import Label
from service.coaching.course import course
from service.coaching.history import PAGE
from service.coaching.learners import finish_lesson, note_learner, set_reminders
from service.coaching.reminders import Rounds, remind
from service.models import AlertStatus
from service.reports.models import Report
from service.warnings.models import Answer, WarningKind, WarningRow, WarningState, Way
from tests.fakes.alerts import Case, add_case
from tests.service.slack.scenes.stage import LOCALES

_MANY = 500
_TOLD = (WarningState.SENT, WarningState.UNKNOWN, WarningState.FAILED)


def play(stage):
    """Open App Home as all sorts of people, and learn.

    Nobody puts anything into a lesson or a reminder, so that these can't be at their worst.
    """
    for act in (_new, _history, _buttons, *(() if stage.worst else (_course, _lessons, _gone, _reminders))):
        act(stage)


def _new(stage):
    for user, who in (("U1", "somebody new"), ("U3", "a guest")):
        stage.begin(f"home/{who}")
        stage.open_home(user)
    stage.begin("home/reminders off")
    with stage.database.transaction() as session:
        set_reminders(session, "T1", "U1", wanted=False)
    stage.open_home()


def _course(stage):
    for lesson in course():
        stage.begin(f"home/done up to {lesson.id}")
        _do(stage, "U1", lesson)
        stage.open_home()


def _history(stage):
    """A page of few warnings, of each kind, of words that are gone, then of hundreds, and of those that may be news."""
    user = _person(stage, "UFEW")
    stage.begin("home/a warning")
    _warn(stage, user)
    stage.open_home(user)
    user = _person(stage, "UWORDS")
    stage.begin("home/words are not kept any more")
    _warn(stage, user, *({"words": None, "state": state} for state in _TOLD))
    stage.open_home(user)
    kinds = [
        {"state": state, "kind": kind, "via": way, "answer": answer}
        for state, kind, way, answer in itertools.product(_TOLD, WarningKind, Way, (None, *Answer))
    ]
    user = _person(stage, "UMANY")
    _warn(stage, user, *itertools.islice(itertools.cycle(kinds), _MANY))
    _reports(stage, user)
    stage.begin("home/hundreds of warnings, many reports")
    stage.open_home(user)
    for _ in range(len(kinds) // PAGE):
        stage.slack.press(user, "home", "home.older")
    stage.slack.press(user, "home", "home.newer")
    user = _person(stage, "UUNKNOWN")
    _warn(stage, user, *[{"state": WarningState.UNKNOWN, "quotes": 3}] * _MANY)
    _reports(stage, user)
    stage.begin("home/hundreds that may not have arrived, many reports")
    stage.open_home(user)
    stage.slack.press(user, "home", "home.older")


def _buttons(stage):
    stage.begin("home/what is looked at")
    stage.slack.press("U1", "home", "home.why")
    with stage.staffed(contact=""):
        stage.begin("home/what is looked at, without a contact")
        stage.slack.press("U1", "home", "home.why")
    stage.begin("home/report")
    stage.slack.press("U1", "home", "home.report")
    stage.begin("home/another language", language=_other(stage))
    stage.slack.press("U1", "home", "home.language")
    stage.begin("home/their own language again")
    stage.slack.press("U1", "home", "home.language")


def _lessons(stage):
    """Read each lesson, answer wrongly in each possible way, then rightly, and read it again."""
    for lesson in course():
        stage.begin(f"lesson/{lesson.id}")
        user = _person(stage, f"UL{lesson.id.upper()}")
        for one in course():
            if one != lesson:
                _do(stage, user, one)
        _read(stage, user, lesson)
        _answer(stage, user)
        questions = lesson.tell(stage.language).questions
        for wrong in range(max(len(one.answers) for one in questions) - 1):
            _answer(stage, user, *(_wrong(one, wrong) for one in questions))
        _answer(stage, user, *(one.right for one in questions))
        stage.begin(f"lesson/{lesson.id} again")
        _read(stage, user, lesson)
        _answer(stage, user, *(one.right for one in questions))
    stage.begin("lesson/with others to do")
    user = _person(stage, "UFIRST")
    first = course()[0]
    _read(stage, user, first)
    questions = first.tell(stage.language).questions
    _answer(stage, user, _wrong(questions[0], 0), *(one.right for one in questions[1:]))
    _answer(stage, user, questions[0].right)
    stage.slack.press(user, stage.slack.modals(user)[-1], "course.open")


def _gone(stage):
    """Open, and answer, a lesson that is not taught any more."""
    stage.begin("lesson/gone")
    user = _person(stage, "UGONE")
    _read(stage, user, course()[0], as_if="gone")
    _read(stage, user, course()[0])
    view = stage.slack.modals(user)[-1]
    view.content = view.content | {"private_metadata": "[]"}
    _answer(stage, user, *(one.right for one in course()[0].tell(stage.language).questions))


def _reminders(stage):
    for done in (0, 1, len(course()) - 1):
        user = _person(stage, f"UR{done}")
        stage.begin(f"reminder/{done} done")
        with stage.database.transaction() as session:
            note_learner(session, "T1", user, "", stage.language, stage.now - timedelta(days=90))
        for lesson in course()[:done]:
            _do(stage, user, lesson, ago=90)
        # A little before five, when everybody's own minute of the day has come.
        stage.slack.world.later((17 * 3600 - 60 - stage.slack.world.now) % 86_400)
        assert remind(stage.office, Rounds(), threading.Event())
        stage.slack.press(user, stage.slack.world.direct("UBOT", user).id, "reminder.stop")


def _person(stage, user):
    stage.slack.world.user(user, "T1", user, locale=LOCALES[stage.language])
    return user


def _other(stage):
    return next(one for one in LOCALES if one != stage.language)


def _do(stage, user, lesson, ago=0):
    with stage.database.transaction() as session:
        finish_lesson(session, "T1", user, lesson.id, 50, now=stage.now - timedelta(days=ago))


def _read(stage, user, lesson, as_if=""):
    """Open a lesson from App Home, by a button of it."""
    kept = list(stage.kept)
    stage.open_home(user)
    stage.forget(kept)
    page = stage.slack.world.shown.homes[stage.slack.world.app.id, user]
    meant = [one for one in page.content["blocks"] if one.get("accessory", {}).get("value") == lesson.id]
    if as_if:
        meant = json.loads(json.dumps(meant).replace(f'"{lesson.id}"', f'"{as_if}"'))
    page.content = page.content | {"blocks": meant}
    stage.slack.press(user, "home", "course.open")


def _answer(stage, user, *numbers):
    """Send a lesson's form with these answers to what is still asked."""
    view = stage.slack.modals(user)[-1]
    asked = [one for one in view.content["blocks"] if one["type"] == "input"]
    for block, number in itertools.zip_longest(asked, numbers):
        element = block["element"]
        # Slack lets nobody send a form with an empty field; it is not to be relied upon.
        block["optional"] = number is None
        if number is not None:
            chosen = {"type": "radio_buttons", "selected_option": element["options"][number]}
            view.state[block["block_id"]] = {element["action_id"]: chosen}
    stage.slack.submit(user, view)


def _wrong(question, number):
    """Choose one of the wrong answers; with fewer than that, one of them again."""
    wrong = [place for place in range(len(question.answers)) if place != question.right]
    return wrong[number % len(wrong)]


def _warn(stage, user, *kinds):
    """Put warnings into the store as if they had been sent a while ago, the first of them last."""
    rows = [_row(stage, user, number, **one) for number, one in enumerate(kinds or [{}])]
    stage.add(*rows)


def _row(stage, user, number, *, words="85,000 euros", quotes=1, **more):
    labels = stage.pick([Label.BUDGET.value], [one.value for one in Label if one is not Label.ELICITATION])
    if more.get("kind") is WarningKind.READER:
        labels = [Label.ELICITATION.value]
    at = stage.now - timedelta(minutes=number)
    row = WarningRow(
        id=uuid.uuid4(),
        once=uuid.uuid4().bytes,
        team="T1",
        channel="C1",
        ts="1.000000",
        recipient=user,
        labels=labels,
        severity="high",
        policy="balanced",
        lesson=labels[0],
        not_before=at,
        created_at=at,
        **{"kind": WarningKind.AUTHOR, "state": WarningState.SENT, "via": Way.EPHEMERAL} | more,
    )
    if words is not None:
        said = [[labels[place % len(labels)], f"{place} {stage.words(words)}"[:400]] for place in range(quotes)]
        row.key_id, row.sealed = stage.office.keys.seal(json.dumps({"quotes": said}), place=f"warning:{row.id}")
    return row


def _reports(stage, user):
    """Put reports of somebody into the store, with an alert in each state and one without."""
    by_day = stage.office.keys.digest("reporter", f"T1:{user}\n{stage.now.date().isoformat()}")
    for number, status in enumerate((None, *AlertStatus, *AlertStatus)):
        with stage.database.transaction() as session:
            alert = add_case(session, stage.office.keys, Case(status=status)) if status else None
            session.add(
                Report(
                    once=uuid.uuid4().bytes,
                    by_day=by_day,
                    alert_id=alert,
                    source="slack",
                    team="T1",
                    channel="C1",
                    ts="1.000001",
                    due_at=stage.now,
                    reported_at=stage.now - timedelta(minutes=number),
                    key_id="k",
                    sealed=b"s",
                )
            )
