"""A message as it was just said in Slack, with all that deciding about warnings takes."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from detectors.scoring import Assessment, Policy
from messages import Direction, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """One of our people whom a warning can reach.

    `team` is the workspace through which they are reached, `language` their Slack client's two letters (empty when
    unknown), `offset` their distance from UTC in seconds, `address` how messages name them.
    """

    user: str
    team: str
    name: str = ""
    address: str = ""
    language: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A message that was just said, judged and stored.

    `author` is None when somebody outside said it. `listeners` are our people to whom a fishing question should not go
    unwarned: those of the thread, those it mentions, else the few who talk in the channel. `judged` has each active
    policy with its judgement. `alerts` holds the alert that a policy (by name) raised or added to.
    """

    team: str
    enterprise: str
    channel: str
    channel_name: str
    ts: str
    thread_ts: str
    message: Message
    direction: Direction
    counterparty: str
    author: Addressee | None
    listeners: tuple[Addressee, ...]
    judged: tuple[tuple[Policy, Assessment], ...]
    message_id: uuid.UUID | None
    alerts: Mapping[str, uuid.UUID]
    said_at: datetime
