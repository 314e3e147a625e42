"""An office over the fake Slack in which people report, reviewers look at it, and what they each see."""

import threading
from dataclasses import dataclass, field

from sqlalchemy import select

from service.alerts.detail import get_alert
from service.alerts.reviews import add_review
from service.alerts.schemas import ReviewIn
from service.directory.store import save_directory
from service.models import Alert, AlertStatus
from service.reports.intake import work_off
from service.reports.outcomes import SETTLED, tell_outcomes
from service.slack.listeners import make_app
from tests.fakes.direct import connect_directly
from tests.fakes.office import directory

NEVER = threading.Event()


@dataclass
class Desk:
    """People who report, reviewers who look at it, and what they each see."""

    office: object
    slack: object
    options: dict = field(default_factory=dict)

    def __post_init__(self):
        connect_directly(self.slack, make_app(self.office, threading.Event()))
        with self.office.database.transaction() as session:
            save_directory(session, directory())

    def report(self, user, channel, ts, **values):
        """Use the shortcut on a message, and send the form; returns what the person then reads."""
        assert self.slack.shortcut(user, channel, ts, "report").acked
        return self.send(user, **values)

    def tell(self, user, text, channel="C2", **values):
        """Type the command, and send the form as it opens."""
        assert self.slack.command(user, channel, "/frontdoor", f"report {text}").acked
        return self.send(user, **values)

    def send(self, user, **values):
        parcel = self.slack.submit(user, "report.submit", values)
        assert parcel.acked
        if parcel.answer.get("response_action") == "errors":
            return parcel.answer["errors"]
        return parcel.answer["view"]["blocks"][0]["text"]["text"]

    def work(self):
        """Work off what was reported; returns how many reports have an alert now."""
        return work_off(self.office, NEVER)

    def alerts(self):
        """All alerts that were reported, as reviewers see them."""
        with self.office.database.transaction(write=False) as session:
            ids = session.scalars(select(Alert.id).where(Alert.policy == "reported")).all()
            return [get_alert(session, self.office.keys, one, own_domains=("ourco.example",)) for one in ids]

    def review(self, alert, *, verdict=None, status=None):
        """Take a step on an alert, and let time pass by until it stands."""
        step = ReviewIn(verdict=verdict, status=AlertStatus(status) if status else None)
        with self.office.database.transaction() as session:
            add_review(session, self.office.keys, alert, step, reviewer="Rosa", now=self.office.clock())
        self.slack.world.later(SETTLED.total_seconds() + 1)

    def outcomes(self):
        """Tell what there is to tell; returns how many messages went out."""
        return tell_outcomes(self.office, NEVER)

    def told(self, user):
        """What a person heard by direct message."""
        return [post["text"] for post in self.slack.world.direct("UBOT", user).posts]

    def rows(self, table, *where):
        with self.office.database.transaction(write=False) as session:
            return list(session.scalars(select(table).where(*where)))
