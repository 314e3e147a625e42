"""Messages that were just said, for planning warnings of them, and what is known of the firms they go to."""

import json
import uuid
from datetime import UTC, datetime

from detectors.finding import Finding
from detectors.scoring import assess, load_policy
from messages import (
    Channel,
    Counterparty,
    Direction,
    Directory,
    Message,
    Negotiation,
    Participant,
    Person,
    Register,
)
from service.crypto import new_keys
from service.directory.store import save_directory
from service.negotiations.snapshot import save_register
from service.settings import SlackSource
from service.warnings.models import WarningRow
from service.warnings.plan import plan_warnings
from service.warnings.spoken import Addressee, Spoken

KEYS = new_keys()
# A Wednesday at noon.
NOON = datetime(2026, 3, 11, 12, 0, tzinfo=UTC)
# A Wednesday afternoon, a little after three, as the fake Slack counts.
WEDNESDAY = 1_750_259_200
ANNA = Addressee(user="U1", team="T1", name="Anna", address="anna@ourco.example", language="en")
BERND = Addressee(user="U4", team="T1", name="Bernd", address="bernd@ourco.example", language="de-DE", offset=3600)
_SOURCE = {"kind": "slack", "name": "slack", "base_url": "http://127.0.0.1:1/api/", "token": {"env": "NOT_READ"}}
_MESSAGE = Message(id="1", channel=Channel.SLACK, sender=Participant(address="anna@ourco.example"))


def a_policy(warn="", *, name="ours", threshold=15):
    """Read a policy in which every label has a weight."""
    labels = (
        *("specification", "budget", "timeline", "innovation", "leverage", "competitor"),
        *("decision", "commitment", "sidestep", "elicitation", "too_early"),
    )
    weights = "\n".join(f"{label} = 0.9" for label in labels)
    bands = "low = 25\nmedium = 40\nhigh = 70\ncritical = 90"
    return load_policy(f"threshold = {threshold}\n[weights]\n{weights}\n[severity]\n{bands}\n{warn}", name=name)


OURS = a_policy()


def found(label, words="85,000 euros", *, confidence=0.8, part=""):
    return Finding(
        label=label,
        start=0,
        end=len(words),
        quote=words,
        confidence=confidence,
        reason="r",
        detector="d",
        part=part,
    )


def said(*findings, policies=(OURS,), ts="10.1", thread="", author=ANNA, listeners=(), at=NOON, **more):
    """Make what was said: by our author, or with `author=None` by somebody outside."""
    outbound = Direction.INBOUND if author is None else Direction.OUTBOUND
    given = {
        "team": "T1",
        "enterprise": "",
        "channel": "C1",
        "channel_name": "ext-norvik",
        "ts": ts,
        "thread_ts": thread,
        "message": _MESSAGE,
        "direction": outbound,
        "counterparty": "Norvik",
        "author": author,
        "listeners": tuple(listeners),
        "judged": tuple((one, assess(findings, one)) for one in policies),
        "message_id": None,
        "alerts": {},
        "said_at": at,
    }
    return Spoken(**given | more)


def source(**more):
    return SlackSource.model_validate(_SOURCE | more)


def plan(database, spoken, *, now=NOON, **more):
    """Plan in a transaction of its own, as intake does; returns the rows."""
    with database.transaction() as session:
        ids = plan_warnings(session, KEYS, spoken, source=source(**more), now=now)
        return [session.get_one(WarningRow, one) for one in ids]


def quotes(row):
    data = json.loads(KEYS.open(row.key_id, row.sealed, place=f"warning:{row.id}"))
    return [tuple(one) for one in data["quotes"]]


def add_warning(database, *, user="U1", channel="C1", ts="10.1", now=NOON, **more):
    """Put a warning that is due into the store; returns its id."""
    row = WarningRow(
        id=uuid.uuid4(), once=uuid.uuid4().bytes, source="slack", kind="author", team="T1", channel=channel
    )
    row.ts, row.recipient, row.labels, row.severity, row.policy = ts, user, ["budget"], "high", "balanced"
    row.created_at = row.not_before = now
    for name, value in more.items():
        setattr(row, name, value)
    with database.transaction() as session:
        session.add(row)
    return row.id


def know(office, *, slack_ids, **negotiation):
    """Put our people into the directory, and what is being negotiated with Norvik into the register."""
    people = {
        f"{name}@ourco.example": Person(address=f"{name}@ourco.example", slack_id=slack_id)
        for name, slack_id in slack_ids.items()
    }
    firms = (
        Counterparty(name="Norvik Metall", domains=("norvik.example",)),
        Counterparty(name="Norvik Group", resellers=("Norvik Metall",)),
    )
    given = {"counterparties": ("Norvik Metall",), "lead": "mara@ourco.example", "team": ("tom@ourco.example",)}
    matter = Negotiation(name="Castings", **given | negotiation)
    with office.database.transaction() as session:
        save_directory(session, Directory(own_domains=("ourco.example",), people=people, counterparties=firms))
        save_register(session, office.keys, Register((matter,)), now=office.clock())
