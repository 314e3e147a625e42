"""Events of one workspace as they come: what was said, to whom, and what was taken back.

Who is in a channel, and who these people are, is asked for once and kept for a while; `forget` drops a channel when
somebody came or left. Nothing here waits: when Slack wants patience, `hear` raises PauseError, and whoever works off
the events turns to others meanwhile.
"""

import re
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from connectors import ConnectorError
from connectors.parse.slack import SlackUser, author_id, microseconds
from connectors.parse.slack_people import identifier, mapping, own_domain, parse_channel
from connectors.slack.api import SlackApi
from connectors.slack.errors import StoppedError
from connectors.slack.people import People
from connectors.slack.room import Room
from connectors.slack.settings import SlackSettings
from messages import Message

# Guests are invited and firms connected rarely, and an event tells us mostly.
_KEPT_SECONDS = 900.0
_KEPT_ROOMS = 5_000
_MENTION = re.compile(r"<@([A-Z0-9]{2,40})[|>]")
_DIRECT = frozenset({"im", "mpim"})


class PauseError(ConnectorError):
    """Slack does not answer just now, or wants to be asked later: `seconds` says when."""

    def __init__(self, text: str, *, seconds: float) -> None:
        super().__init__(text)
        self.seconds = seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What an event tells: `message` that was said or edited, or that the one at `ts` was `deleted`.

    Without either, `why` says why there is nothing to look at. `said_at` is when this version came about, in
    microseconds since 1970. `former` are the ids of the versions that this one replaces or deletes. `author` is who
    said it; `ours` are the regular members of our workspace that are in the channel, `mentioned` those that are named.
    """

    channel: str
    name: str = ""
    ts: str = ""
    thread_ts: str = ""
    said_at: int = 0
    message: Message | None = None
    deleted: bool = False
    former: tuple[str, ...] = ()
    author: SlackUser | None = None
    ours: tuple[SlackUser, ...] = ()
    mentioned: frozenset[str] = frozenset()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A channel as it is just now: who is in it from outside, by domain, and whether it is read."""

    channel: str
    name: str
    shared: bool
    archived: bool
    read: bool
    outsiders: tuple[str, ...]


class SlackLive:
    """One workspace, by a token. Not for several threads at once.

    `direct`: whether the token is a person's own, who consented to have their direct messages read; a bot's own direct
    messages are never read.
    """

    def __init__(self, settings: SlackSettings, *, direct: bool = False) -> None:
        self._settings = settings
        self._direct = direct
        self._resume_at = 0.0
        self._api = SlackApi(settings, pause=self._pause, patience=(0.05,))
        self._people: People | None = None
        self._team = ""
        self._rooms: OrderedDict[str, tuple[float, Room]] = OrderedDict()

    @property
    def own_domain(self) -> str:
        """The domain of our own people without a known mail address; signs in to learn it. Raises ConnectorError."""
        self._sign_in()
        return own_domain(self._team)

    def hear(self, event: Mapping[str, Any]) -> Heard:
        """Read a message event (the object under `event`).

        Raises SlackParseError for what is no Slack message, PauseError when it must be tried later, another
        ConnectorError when Slack refuses.
        """
        channel = identifier(event.get("channel"))
        if not channel:
            return Heard(channel="", why="no channel")
        if (event.get("channel_type") in _DIRECT) != self._direct:
            return Heard(channel=channel, why="a direct message without consent")
        said = _version(event)
        ts = _ts(event.get("deleted_ts")) or _ts(said.get("ts"))
        try:
            self._sign_in()
            former = self._former(event, channel, ts)
            if _is_deletion(event):
                return Heard(channel=channel, ts=ts, deleted=True, former=former)
            return replace(self._read(channel, ts, said), former=former)
        except StoppedError as error:
            seconds = max(0.5, self._resume_at - time.monotonic())
            raise PauseError("Slack wants to be asked later", seconds=seconds) from error

    def place(self, channel: str) -> Place | None:
        """Tell what is known of a channel that was heard from; None when it was not."""
        kept = self._rooms.get(channel)
        if kept is None:
            return None
        room = kept[1]
        outside = [one for one in room.members() if one.is_outsider(self._team)]
        domains = dict.fromkeys(filter(None, (one.participant.domain for one in outside)))
        teams = (own_domain(team) for team in room.channel.teams) if room.channel.shared and not domains else ()
        return Place(
            channel=room.id,
            name=room.name,
            shared=room.channel.shared,
            archived=room.archived,
            read=self._is_read(room),
            outsiders=(*domains, *teams),
        )

    def exists(self, channel: str, ts: str) -> bool:
        """Tell whether a message of a channel, or a reply in one of its threads, is still there.

        Raises ConnectorError; for a reply that is gone, a DeclinedError with one of THREAD_CODES.
        """
        found = self._api.call("conversations.replies", channel=channel, ts=ts, limit=1).get("messages")
        first = mapping(found[0]) if isinstance(found, list) and found else {}
        return bool(first) and first.get("subtype") != "tombstone"

    def forget(self, channel: str) -> None:
        """Ask again who is in a channel when it is next heard from."""
        self._rooms.pop(channel, None)

    def _read(self, channel: str, ts: str, said: Mapping[str, Any]) -> Heard:
        room = self._room(channel)
        if not self._is_read(room):
            return Heard(channel=channel, name=room.name, ts=ts, why="nobody outside is in this channel")
        message = room.parse(said)
        if message is None:
            return Heard(channel=channel, name=room.name, ts=ts, why="nothing that a person said")
        members = {one.id: one for one in room.members()}
        author = members.get(author_id(said)) or self._known(author_id(said))
        if author is not None:
            # Whoever has just joined is in the channel, although what is kept of it may not say so yet.
            members.setdefault(author.id, author)
        return Heard(
            channel=channel,
            name=room.name,
            ts=ts,
            thread_ts=_ts(said.get("thread_ts")),
            said_at=microseconds(mapping(said.get("edited")).get("ts")) or microseconds(ts) or 0,
            message=message,
            author=author,
            ours=tuple(one for one in members.values() if not one.bot and not one.is_outsider(self._team)),
            mentioned=frozenset(_MENTION.findall(str(said.get("text") or ""))),
        )

    def _former(self, event: Mapping[str, Any], channel: str, ts: str) -> tuple[str, ...]:
        before = event.get("previous_message")
        if not isinstance(before, Mapping) and event.get("subtype") not in {"message_changed", "message_deleted"}:
            return ()
        first = f"{self._team}:{channel}:{ts}"
        edited = _ts(mapping(mapping(before).get("edited")).get("ts"))
        return (first, f"{first}:{edited}") if edited else (first,)

    def _known(self, user: str) -> SlackUser | None:
        return self._people.get(user) if self._people is not None else None

    def _is_read(self, room: Room) -> bool:
        wanted = self._settings.channels
        if wanted and not self._settings.names_of(room.id, room.name):
            return False
        return not self._settings.only_shared or self._direct or room.has_outsider()

    def _room(self, channel: str) -> Room:
        kept = self._rooms.get(channel)
        if kept is not None and time.monotonic() - kept[0] < _KEPT_SECONDS:
            self._rooms.move_to_end(channel)
            return kept[1]
        assert self._people is not None
        raw = mapping(self._api.call("conversations.info", channel=channel).get("channel"))
        bare = parse_channel(raw, team=self._team)
        if bare is None:
            raise ConnectorError("Slack answers conversations.info without a channel")
        room = Room(self._api, self._people, raw, bare, team=self._team, bots=self._settings.bots)
        room.members()
        self._rooms[channel] = (time.monotonic(), room)
        if len(self._rooms) > _KEPT_ROOMS:
            self._rooms.popitem(last=False)
        return room

    def _sign_in(self) -> None:
        if self._team:
            return
        try:
            answer = self._api.call("auth.test")
        except StoppedError as error:
            raise PauseError("Slack wants to be asked later", seconds=self._resume_at - time.monotonic()) from error
        self._team = self._settings.team or identifier(answer.get("team_id"))
        if not self._team:
            raise ConnectorError("Slack does not say which workspace the token is for")
        self._people = People(
            self._api,
            team=self._team,
            enterprise=identifier(answer.get("enterprise_id")),
            team_named=bool(self._settings.team),
        )

    def _pause(self, seconds: float) -> bool:
        """Wait for the shortest of pauses only; of any other, say that it is none of ours to wait for."""
        if 0 < seconds <= 0.1:
            time.sleep(seconds)
        elif seconds > 0:
            self._resume_at = time.monotonic() + seconds
        return time.monotonic() < self._resume_at


def _is_deletion(event: Mapping[str, Any]) -> bool:
    """Tell whether a message was taken back; one with replies leaves a tombstone in its place."""
    if event.get("subtype") == "message_changed":
        return mapping(event.get("message")).get("subtype") == "tombstone"
    return event.get("subtype") == "message_deleted"


def _version(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the message that an event is about, as it stands now."""
    if event.get("subtype") != "message_changed":
        return event
    return {"ts": mapping(event.get("previous_message")).get("ts"), **mapping(event.get("message"))}


def _ts(value: object) -> str:
    return value if isinstance(value, str) and microseconds(value) is not None else ""
