"""An office over the fake Slack, whose people open App Home, read lessons and are warned."""

import json
import threading
import uuid
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from service.coaching.course import find_lesson
from service.coaching.models import Learner
from service.directory.store import save_directory
from service.slack.listeners import make_app
from service.warnings.models import WarningRow
from tests.fakes.direct import connect_directly
from tests.fakes.office import Live, directory
from tests.fakes.slack import audience
from tests.fakes.slack.delivery import Parcel


@dataclass
class Scene:
    """Short ways to be one of the people: Anna (U1, English), Bernd (U4, German), Gus (U3, a guest)."""

    office: object
    slack: object
    happened: list = field(default_factory=list)

    def __post_init__(self):
        connect_directly(self.slack, make_app(self.office, threading.Event()))
        self.slack.world.watchers.append(self.happened.append)
        with self.office.database.transaction() as session:
            save_directory(session, directory())

    def open_home(self, user="U1"):
        """Open App Home; returns what is on it, as text."""
        self.visit(user)
        return self.home(user)

    def visit(self, user="U1", *, tab="home"):
        """Open the app at one of its tabs."""
        self.slack.open_home(user, tab=tab)
        # Only now: while something happens, the world is locked, and the app has to ask it.
        while self.happened:
            for app, payload in audience.payloads(self.slack.world, self.happened.pop(0)):
                self.slack.send(Parcel(app=app.id, type="events_api", payload=payload))

    def home(self, user="U1"):
        found = self.slack.home(user)
        return text_of(found) if found else ""

    def press(self, action, user="U1", where="home", value=None):
        """Press the button of an action, the one with this value where there are several; returns the parcel."""
        place = where
        if value is not None:
            place = self._only(user, where, action, value)
        parcel = self.slack.press(user, place, action)
        assert parcel.acked
        return parcel

    def modal(self, user="U1"):
        """The modal on top, if there is one."""
        views = self.slack.modals(user)
        return views[-1] if views else None

    def answer(self, *numbers, user="U1"):
        """Choose these answers to the questions that are shown, and send them; returns the text that follows."""
        view = self.modal(user)
        for block, number in zip(inputs(view.content), numbers, strict=True):
            option = block["element"]["options"][number]
            state = {"type": "radio_buttons", "selected_option": option}
            view.state[block["block_id"]] = {block["element"]["action_id"]: state}
        parcel = self.slack.submit(user, view)
        assert parcel.acked
        return text_of(self.modal(user).content)

    def do(self, lesson, user="U1", wrong=0):
        """Do a lesson from App Home on; `wrong` questions are answered wrongly at first."""
        self.press("course.open", user, value=lesson)
        questions = find_lesson(lesson).tell("en").questions
        if wrong:
            first = [(one.right + (place < wrong)) % len(one.answers) for place, one in enumerate(questions)]
            self.answer(*first, user=user)
            questions = questions[:wrong]
        text = self.answer(*(one.right for one in questions), user=user)
        self.slack.close(user, self.modal(user))
        return text

    def warn(self, user="U1", *, quote="our budget is 85,000", label="budget", **more):
        """Add a warning that somebody got."""
        office, now = self.office, self.office.clock()
        given = {"kind": "author", "state": "sent", "labels": [label], "team": "T1", "created_at": now} | more
        with office.database.transaction() as session:
            row = WarningRow(
                id=uuid.uuid4(),
                once=uuid.uuid4().bytes,
                channel="C1",
                ts="1.000000",
                recipient=user,
                severity="high",
                policy="balanced",
                lesson=label,
                not_before=now,
                **given,
            )
            content = json.dumps({"quotes": [[label, quote]]})
            row.key_id, row.sealed = office.keys.seal(content, place=f"warning:{row.id}")
            session.add(row)
        return row.id

    def learner(self, user="U1"):
        with self.office.database.transaction(write=False) as session:
            return session.scalar(select(Learner).where(Learner.user == user))

    def _only(self, user, where, action, value):
        """Hide every other button of this action, so that the one that is meant is found."""
        view = self.slack.world.shown.homes[self.slack.world.app.id, user] if where == "home" else where
        held = view.content["blocks"]
        meant = [one for one in held if any(part.get("value") == value for part in parts(one, action))]
        if not meant:
            raise LookupError(f"there is no {action} with {value}")
        view.content = view.content | {"blocks": meant}
        return where


def parts(block, action):
    elements = [*block.get("elements", []), block.get("accessory"), block.get("element")]
    return [one for one in elements if one and one.get("action_id") == action]


def inputs(view):
    return [block for block in view["blocks"] if block["type"] == "input"]


def text_of(view):
    """Everything a person reads in a view or a message, in order."""
    said = []

    def walk(part):
        if isinstance(part, list):
            for one in part:
                walk(one)
        elif isinstance(part, dict):
            if isinstance(part.get("text"), str):
                said.append(part["text"])
            for key, value in part.items():
                if key not in {"value", "action_id", "block_id"}:
                    walk(value)

    walk(view["blocks"])
    return "\n".join(said)


@pytest.fixture
def scene(office, slack):
    return Scene(office=office, slack=slack)


@pytest.fixture
def live(office, slack):
    """The same office with everything that is said worked off."""
    with office.database.transaction() as session:
        save_directory(session, directory())
    return Live(office=office, slack=slack)
