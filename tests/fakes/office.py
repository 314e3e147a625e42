"""An office over the fake Slack: one workspace, a shared channel, and everything that happens is worked off at once."""

import os
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime

from slack_bolt import BoltRequest
from sqlalchemy import select

from detectors.context import Context
from detectors.scoring import builtin_policies
from messages import Counterparty, Directory, Person
from service.crypto import new_keys
from service.negotiations.shelf import Shelf
from service.pipeline.house import House
from service.pipeline.live import LiveIntake
from service.settings import SlackSource, parse_settings
from service.slack.listeners import make_app
from service.slack.office import Office
from service.slack.workspaces import Workspaces
from tests.fakes.slack import audience
from tests.fakes.slack.things import XAPP

TOKEN = "xoxb-made-up-1"
SECRETS = {
    "FRONTDOOR_TEST_XOXB": TOKEN,
    "FRONTDOOR_TEST_XAPP": XAPP,
    "FRONTDOOR_TEST_SIGNING": "made-up-signing-secret",
}
os.environ.update(SECRETS)
LEAK = "Between us, our budget for this is 85,000 euros and it has already been approved."
ORDINARY = "The pallets arrived this morning and the warehouse has booked them in without remarks."
FISHING = "Just between us, what budget do you have for this, and who else is bidding?"


def fill(world):
    """Make our workspace, one of a supplier's, and channels: shared, with a guest, our own."""
    world.team("T1", "Ourco")
    world.team("T2", "Norvik")
    world.user("UBOT", "T1", "frontdoor", bot=True)
    world.user("U1", "T1", "Anna Alt", email="anna@ourco.example")
    world.user("U2", "T2", "Nils Norvik", email="nils@norvik.example")
    world.user("U3", "T1", "Gus Guest", email="gus@hauck.example", guest="multi")
    world.user("U4", "T1", "Bernd Bauer", email="bernd@ourco.example", locale="de-DE", tz_offset=3600)
    world.channel("C1", "ext-norvik", "T1", ["UBOT", "U1", "U4", "U2"], teams=["T2"])
    world.channel("C2", "engineering", "T1", ["UBOT", "U1", "U4"])
    world.channel("C3", "with-a-guest", "T1", ["UBOT", "U1", "U3"], private=True)
    world.grant(TOKEN, "UBOT")
    return world


def directory():
    return Directory(
        own_domains=("ourco.example",),
        people={
            "anna@ourco.example": Person(address="anna@ourco.example", name="Anna Alt", department="Engineering"),
            "bernd@ourco.example": Person(address="bernd@ourco.example", name="Bernd Bauer", department="Quality"),
        },
        counterparties=(Counterparty(name="Norvik Metall", domains=("norvik.example",), slack_team="T2"),),
    )


def make_office(database, slack, *, keys=None, policies=None, **source):
    """Make an office; what a test says about the source goes into its settings."""
    given = {"kind": "slack", "name": "slack", "base_url": slack.url, "app_token": {"env": "FRONTDOOR_TEST_XAPP"}}
    if "installs" not in source:
        given["token"] = {"env": "FRONTDOOR_TEST_XOXB"}
    data = {"company": {"own_domains": ["ourco.example"]}, "source": [given | source]}
    settings = parse_settings(data, where="the test")
    [slack_source] = settings.source
    assert isinstance(slack_source, SlackSource)
    keys = keys or new_keys()

    def clock():
        return datetime.fromtimestamp(slack.world.now, UTC)

    return Office(
        database=database,
        keys=keys,
        settings=settings,
        source=slack_source,
        policies=policies or tuple(one for one in builtin_policies() if one.name == "balanced"),
        workspaces=Workspaces(database, keys, slack_source, clock=clock),
        clock=clock,
        shelf=Shelf(own_domains=tuple(settings.company.own_domains)),
    )


@dataclass
class Live:
    """An office whose events are delivered as they happen, and worked off when `work` is called.

    With `follows` the directory and the register are those of the store, as they are at the moment.
    """

    office: Office
    slack: object
    follows: bool = False
    intake: LiveIntake = None
    app: object = None
    due: list = field(default_factory=list)
    mail: list = field(default_factory=list)
    statuses: list = field(default_factory=list)

    def __post_init__(self):
        wake = threading.Event()
        house = House(
            keys=self.office.keys,
            context=Context(directory=directory()),
            policies=self.office.policies,
            retention=self.office.settings.retention,
            shelf=self.office.shelf if self.follows else None,
        )
        self.intake = LiveIntake(self.office, house, wake=wake, warn=self.due.extend)
        self.app = make_app(self.office, wake)
        self.slack.world.watchers.append(self._note)

    def say(self, channel, user, text, **more):
        """Say something, and have it worked off; returns its timestamp."""
        ts = self.slack.world.post(channel, user, text, **more)
        self.work()
        return ts

    def work(self):
        """Deliver what happened, and work off all that waits."""
        self.deliver()
        while self.intake.work():
            pass

    def deliver(self):
        """Hand the app what happened since, as Socket Mode does; returns the payloads."""
        payloads, self.mail = self.mail, []
        for payload in payloads:
            self.send(payload)
        return payloads

    def send(self, payload):
        """Hand the app a payload; returns the status that it answers with."""
        answer = self.app.dispatch(BoltRequest(mode="socket_mode", body=payload))
        self.statuses.append(answer.status)
        return answer.status

    def rows(self, table, *where):
        with self.office.database.transaction(write=False) as session:
            return list(session.scalars(select(table).where(*where)))

    def _note(self, happening):
        # The world is locked while something happens, and the app asks it things when it is told.
        self.mail += [payload for _, payload in audience.payloads(self.slack.world, happening)]
