"""A channel with its people, and the batch that is being filled from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from connectors import Batch, Refusal
from connectors.parse.slack import SlackChannel, SlackParseError, SlackUser, author_id, parse_slack
from connectors.parse.slack_people import identifiers, parse_channel, unknown_user
from connectors.slack.api import SlackApi
from connectors.slack.cursor import Cursor
from connectors.slack.people import People
from messages import Message


class Room:
    """A channel we are in. Who else is in it is asked for when it first matters."""

    def __init__(
        self,
        api: SlackApi,
        people: People,
        raw: Mapping[str, Any],
        bare: SlackChannel,
        *,
        team: str,
        bots: bool = False,
    ) -> None:
        self.id = bare.id
        self.name = bare.name
        self.archived = bare.archived
        self._api = api
        self._people = people
        self._raw = raw
        self._bare = bare
        self._team = team
        self._bots = bots

    @cached_property
    def channel(self) -> SlackChannel:
        """The channel with its members, all of whom are known by now."""
        members: list[str] = []
        for page in self._api.pages("conversations.members", "members", channel=self.id, limit=200):
            members += identifiers(page)
        self._people.learn(members)
        return parse_channel(self._raw, team=self._team, members=tuple(members)) or self._bare

    def has_outsider(self) -> bool:
        """Whether anyone but our own regular members can read the channel."""
        return self._bare.shared or any(member.is_outsider(self._team) for member in self.members())

    def members(self) -> list[SlackUser]:
        """Return everyone who is in it."""
        channel = self.channel
        return [self._people.get(one) or unknown_user(one, channel, self._team) for one in channel.members]

    def parse(self, raw: Mapping[str, Any]) -> Message | None:
        """Read a message of this channel; None when nobody said it. Raises SlackParseError."""
        channel = self.channel
        self._people.learn(_heard(raw))
        return parse_slack(raw, team=self._team, channel=channel, users=self._people, bots=self._bots)


@dataclass(slots=True, kw_only=True)
class Pile:
    """What goes into the next batch of a stream."""

    stream: str
    cursor: Cursor
    done: int = 0
    _messages: list[Message] = field(default_factory=list)
    _refusals: list[Refusal] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How much there is in it."""
        return len(self._messages) + len(self._refusals)

    def add(self, room: Room, raw: Mapping[str, Any]) -> None:
        """Add a message, or the refusal of what is none."""
        try:
            message = room.parse(raw)
        except SlackParseError as error:
            ts = raw.get("ts")
            place = ts if isinstance(ts, str) and len(ts) < 30 else "?"
            self._refusals.append(Refusal(where=f"{room.id}:{place}", why=str(error)))
            return
        if message is not None:
            self._messages.append(message)

    def batch(self) -> Batch:
        """Hand over what there is, and begin anew."""
        self.done += len(self._messages)
        batch = Batch(
            stream=self.stream,
            messages=tuple(self._messages),
            cursor=self.cursor.dump(),
            refusals=tuple(self._refusals),
            done=self.done,
        )
        self._messages, self._refusals = [], []
        return batch


def _heard(raw: Mapping[str, Any]) -> Iterator[str]:
    """Name whoever a message has words of: its author, and the authors of what it forwards."""
    yield author_id(raw)
    attachments = raw.get("attachments")
    for one in attachments[:10] if isinstance(attachments, list) else []:
        if isinstance(one, Mapping) and one.get("is_share") is True:
            yield from identifiers([one.get("author_id")])
