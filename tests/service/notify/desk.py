"""Procurement's channel in a fake Slack: alerts happen, the channel is told, people press."""

import threading
from dataclasses import dataclass, replace

from slack_bolt import BoltRequest
from sqlalchemy import select, update

from detectors.finding import Finding
from detectors.scoring import assess, builtin_policies
from service.alerts.events import EventKind, add_event
from service.alerts.record import Evidence, record_evidence
from service.alerts.reviews import add_review
from service.alerts.schemas import ReviewIn
from service.auth.permissions import Role
from service.auth.users import create_user
from service.models import Alert, MessageRow
from service.notify.channel import Channel
from service.notify.posts import post_news
from service.settings import Server
from service.slack.listeners import make_app
from tests.fakes.alerts import Case, add_case
from tests.fakes.office import make_office

WHERE = "CPROC"
CONSOLE = "https://frontdoor.ourco.example"
BALANCED = next(policy for policy in builtin_policies() if policy.name == "balanced")


@dataclass
class Desk:
    """An office with a channel for procurement; UR reviews, UT tunes, US nobody knows, UX is of another firm."""

    office: object
    slack: object
    channel: Channel
    app: object

    @property
    def now(self):
        return self.office.clock()

    def rows(self, table, *where):
        with self.office.database.transaction(write=False) as session:
            return list(session.scalars(select(table).where(*where)))

    def alert(self, alert_id):
        return self.rows(Alert, Alert.id == alert_id)[0]

    def opens(self, case=None, **changes):
        """Open an alert; returns its id."""
        case = replace(case or Case(), **({"updated_at": self.now} | changes))
        with self.office.database.transaction() as session:
            alert = add_case(session, self.office.keys, case)
            add_event(session, alert, EventKind.OPENED, now=self.now)
            return alert

    def in_slack(self, alert, ts, channel="C1"):
        """Let an alert's messages be Slack's."""
        with self.office.database.transaction() as session:
            thread = session.get(Alert, alert).thread_id
            named = update(MessageRow).where(MessageRow.thread_id == thread)
            session.execute(named.values(channel="slack", external_id=f"T1:{channel}:{ts}"))
            session.get(Alert, alert).channel = "slack"

    def evidence(self, alert_id, words="480k", label="leverage"):
        """Let new evidence join an alert."""
        self.slack.world.later(1)
        with self.office.database.transaction() as session:
            alert = session.get(Alert, alert_id)
            message = session.query(MessageRow).filter_by(thread_id=alert.thread_id).first()
            finding = Finding(
                label=label,
                start=40,
                end=40 + len(words),
                quote=words,
                confidence=0.9,
                reason="It is said outright.",
                detector=label,
            )
            found = Evidence(
                message_id=message.id,
                thread_id=alert.thread_id,
                channel=alert.channel,
                author="jonas.weber@ourco.example",
                said_at=self.now,
                counterparty=alert.counterparty,
                policy=BALANCED,
                assessment=assess([finding], BALANCED),
            )
            record_evidence(session, self.office.keys, found, now=self.now)

    def reviews(self, alert_id, name="Rita Console", **step):
        """Let somebody review an alert in the console."""
        with self.office.database.transaction() as session:
            return add_review(session, self.office.keys, alert_id, ReviewIn(**step), reviewer=name, now=self.now).id

    def work(self, times=20):
        """Let the channel be told, until there is nothing more to do for now; returns how long."""
        for _ in range(times):
            wait = post_news(self.office, self.channel)
            if wait > 0:
                return wait
        raise AssertionError("it never rests")

    def posts(self):
        """Return the channel's messages that are no replies."""
        return [one for one in self.slack.messages(WHERE) if one.get("thread_ts", one["ts"]) == one["ts"]]

    def replies(self):
        return [one for one in self.slack.messages(WHERE) if one.get("thread_ts", one["ts"]) != one["ts"]]

    def press(self, user, action, where=WHERE):
        return self.slack.press(user, where, action)

    def told(self, user):
        """Return what a person was told privately."""
        return [one.text for one in self.slack.ephemerals if one.user == user]


def make_desk(database, slack, *, public_url=CONSOLE, language="en", clock=None, **procurement):
    """Make the office, its channel and its people; the channel is known from now on."""
    world = slack.world
    world.user("UR", "T1", "Rita Reviewer")
    world.user("UT", "T1", "Tom Tuner")
    world.user("US", "T1", "Sam Stranger")
    world.user("UX", "T2", "Xenia Norvik")
    world.channel(WHERE, "procurement", "T1", ["UBOT", "UR", "UT", "US"], private=True)
    office = make_office(database, slack, language=language, procurement={"channel": WHERE, **procurement})
    settings = office.settings.model_copy(update={"server": Server(public_url=public_url)})
    office = replace(office, settings=settings, **({"clock": clock} if clock else {}))
    with database.transaction() as session:
        for name, role, person in (("Rita Reviewer", Role.REVIEWER, "T1:UR"), ("Tom Tuner", Role.TUNER, "T1:UT")):
            create_user(session, name=name, roles=[role], slack=person, actor="test", now=office.clock())
    app = make_app(office, threading.Event())
    slack.send = _deliver_to(app)
    desk = Desk(office=office, slack=slack, channel=Channel(office), app=app)
    desk.work()
    return desk


def _deliver_to(app):
    def send(parcel):
        answer = app.dispatch(BoltRequest(mode="socket_mode", body=parcel.payload))
        parcel.acked = answer.status == 200
        parcel.done.set()
        return parcel

    return send


def text_of(post):
    """Return what a post shows, without its buttons."""
    lines = []
    for block in post.get("blocks", ()):
        if block["type"] in {"section", "header"}:
            lines.append(block["text"]["text"])
        if block["type"] == "context":
            lines += [one["text"] for one in block["elements"]]
    return "\n".join(lines)


def buttons_of(post):
    """Return the actions that a post offers."""
    rows = [block["elements"] for block in post.get("blocks", ()) if block["type"] == "actions"]
    return [one["action_id"].removeprefix("alert.") for row in rows for one in row]
