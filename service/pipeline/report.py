"""A report into the store: the message that was pointed at and its thread, judged like any other, and an alert."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors import Batch, ConnectorError
from connectors.parse.slack_people import own_domain
from connectors.slack.conversation import Conversation, Pointer, brought_alone, read_conversation
from connectors.slack.settings import SlackSettings
from detectors.finding import Finding
from detectors.scoring import Policy, Severity, assess
from messages import Channel, Message, Participant
from service.alerts.events import take_turn
from service.alerts.record import Evidence, record_evidence
from service.errors import FrontdoorError
from service.models import Alert, FindingRow, MessageRow
from service.pipeline.connect import slack_source_name
from service.pipeline.house import House
from service.pipeline.ingest import Taken, ingest
from service.pipeline.judging import Judged, judge_beside
from service.reports.models import REPORTED
from service.slack.office import Office
from service.threads.keep import keep_context
from service.threads.store import restore_text

# A person's own judgement: it needs no threshold, and reaches what is said among ourselves, too.
POLICY = Policy(
    name=REPORTED,
    title="Reported by people",
    weights={REPORTED: 0.5},
    confidence={},
    threshold=0.0,
    bands={Severity.MEDIUM: 0.0},
    internal=True,
)

# How often Slack's answers are asked for again before a report makes do with what it brought itself.
_PATIENCE = (0.5, 1.0)


class LaterError(FrontdoorError):
    """Slack can't be reached: the report has to wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody reports: the place of a message (`brought` is what Slack said of it), or `words` alone.

    `by` is who reports, as the reviewers may know them; `reader` their user id, which goes nowhere.
    """

    id: uuid.UUID
    team: str
    enterprise: str
    reader: str
    by: Participant
    words: str
    at: datetime
    channel: str = ""
    channel_name: str = ""
    ts: str = ""
    thread_ts: str = ""
    brought: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A report that was read and judged, ready for the store."""

    source: str
    house: House
    messages: tuple[Message, ...]
    about: Message
    judged: Judged


def prepare(office: Office, told: Told, *, pause: Callable[[float], bool], wait: bool = True) -> Prepared:
    """Read what a report is about, and judge it. Needs no transaction.

    Raises LaterError while Slack can't be reached; without `wait` the report makes do with what it brought itself.
    """
    try:
        team, conversation = _read(office, told, pause=pause)
    except (ConnectorError, FrontdoorError) as error:
        if wait:
            raise LaterError from error
        team, conversation = told.team, brought_alone(told.team, _pointer(told))
    about = conversation.pointed_at or _in_words(team, told)
    messages = conversation.messages if conversation.pointed_at else (*conversation.messages, about)
    house = _house(office, team)
    judged = replace(judge_beside(office.database, messages, house), counts={REPORTED: 1})
    return Prepared(
        source=slack_source_name(office.source, team), house=house, messages=messages, about=about, judged=judged
    )


def take_in(session: Session, prepared: Prepared, *, now: datetime) -> uuid.UUID:
    """Store a report's messages and open its alert, or join the one that its thread has; returns the alert's id."""
    house = prepared.house
    batch = Batch(stream=REPORTED, messages=prepared.messages, cursor="")
    outcome = ingest(session, prepared.source, "slack", batch, house, now=now, judged=prepared.judged)
    taken = next((one for one in outcome.taken if one.message.id == prepared.about.id), None)
    if taken is None:
        raise LaterError("what was reported could not be judged")
    places = {one.message.id: one.message_id for one in outcome.taken}
    for one, _ in prepared.judged.found:
        hours = house.retention.text_hours
        restore_text(session, house.keys, places[one.message.id], one, now=now, text_hours=hours)
    row = session.get_one(MessageRow, taken.message_id)
    take_turn(session)
    known = select(FindingRow.alert_id).join(Alert).where(Alert.policy == REPORTED, FindingRow.message_id == row.id)
    alert = session.scalar(known.limit(1))
    if alert is None:
        alert = record_evidence(session, house.keys, _evidence(taken, row, now=now), now=now)
    keep_context(session, house.keys, [row.thread_id])
    return alert


def _read(office: Office, told: Told, *, pause: Callable[[float], bool]) -> tuple[str, Conversation]:
    installed = office.workspaces.installation(told.team, told.enterprise)
    team = told.team if installed.is_enterprise else installed.id
    if not told.channel:
        return team, Conversation()
    settings = SlackSettings(name=office.source.name, token=installed.token, base_url=office.source.base_url, team=team)
    conversation = read_conversation(
        settings,
        _pointer(told),
        enterprise=installed.enterprise_id,
        whole=installed.is_enterprise,
        pause=pause,
        patience=_PATIENCE,
    )
    return team, conversation


def _pointer(told: Told) -> Pointer:
    return Pointer(
        channel=told.channel,
        ts=told.ts,
        thread_ts=told.thread_ts,
        channel_name=told.channel_name,
        reader=told.reader,
        brought=told.brought,
    )


def _house(office: Office, team: str) -> House:
    house = House(
        keys=office.keys,
        context=office.shelf.context(office.database, office.keys),
        policies=(*office.policies, POLICY),
        retention=office.settings.retention,
    )
    return house.with_own_domain(own_domain(team))


def _in_words(team: str, told: Told) -> Message:
    """Return a report that is about no message that can be read, as a message of who reports."""
    address = told.by.address or f"reporter@{own_domain(team)}"
    return Message(
        id=f"{team}:report:{told.id}",
        channel=Channel.SLACK,
        sender=Participant(address=address, name=told.by.name),
        subject="Report",
        text=told.words,
        sent_at=told.at,
        thread=f"report:{told.id}",
    )


def _evidence(taken: Taken, row: MessageRow, *, now: datetime) -> Evidence:
    text = taken.message.text
    finding = Finding(
        label=REPORTED,
        start=0 if text else None,
        end=len(text) if text else None,
        quote=text,
        confidence=1.0,
        reason="Somebody reported this message.",
        detector="people",
    )
    return Evidence(
        message_id=row.id,
        thread_id=row.thread_id,
        channel=taken.message.channel.value,
        author=taken.message.sender.address,
        said_at=taken.message.sent_at or now,
        counterparty=taken.counterparty,
        policy=POLICY,
        assessment=assess([finding], POLICY),
    )
