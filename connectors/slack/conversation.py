"""One message that somebody points at, with its thread: as far as the app may read it, and never more than they may."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors.parse.slack import SlackChannel, SlackParseError, SlackUsers, author_id, parse_slack
from connectors.parse.slack_people import identifier, identifiers, mapping, one_line, parse_channel
from connectors.slack.api import PATIENCE, SlackApi
from connectors.slack.errors import DeclinedError
from connectors.slack.people import People
from connectors.slack.settings import SlackSettings
from messages import Message

# Five pages of replies are a thousand; who reads on reads in Slack.
_PAGES = 5
# Of a large channel of our own it is of no use to know everybody.
_MOST_MEMBERS = 200
# What Slack calls conversations that have no name.
_NAMELESS = frozenset({"directmessage", "mpdm", "privategroup"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """What somebody points at: a message by channel and time stamp, and the message itself where Slack brought it.

    `reader` is whoever points; without `brought` they must be able to read the message themselves.
    """

    channel: str
    ts: str
    reader: str
    thread_ts: str = ""
    channel_name: str = ""
    brought: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A message that was pointed at, and its thread, oldest first; both empty where neither was to be had."""

    pointed_at: Message | None = None
    messages: tuple[Message, ...] = ()


def read_conversation(
    settings: SlackSettings,
    pointer: Pointer,
    *,
    enterprise: str = "",
    whole: bool = False,
    pause: Callable[[float], bool],
    patience: Sequence[float] = PATIENCE,
) -> Conversation:
    """Read a message with its thread; `settings.team` is the workspace, in which app and reader are.

    `enterprise` is the organisation it belongs to, if any; `whole` says that the token is that of all of it.

    What Slack refuses to show is left out, down to what it brought itself. Raises ConnectorError while Slack can't be
    reached, StoppedError.
    """
    api = SlackApi(settings, pause=pause, patience=patience)
    people = People(api, team=settings.team, enterprise=enterprise, team_named=whole)
    try:
        channel = _channel(api, people, pointer, settings.team)
    except DeclinedError:
        channel = None
    try:
        raws = _thread(api, pointer) if channel is not None else []
    except DeclinedError:
        raws = []
    found = next((raw for raw in raws if raw.get("ts") == pointer.ts), None)
    if found is None and pointer.brought:
        raws = sorted([*raws, pointer.brought], key=lambda raw: str(raw.get("ts")))
    try:
        people.learn(who for raw in raws for who in _heard(raw))
    except DeclinedError:
        return brought_alone(settings.team, pointer)
    return _parsed(settings.team, pointer, channel or _bare(pointer), people, raws)


def brought_alone(team: str, pointer: Pointer) -> Conversation:
    """Return what Slack brought by itself, without asking for anything."""
    return _parsed(team, pointer, _bare(pointer), {}, [pointer.brought] if pointer.brought else [])


def _channel(api: SlackApi, people: People, pointer: Pointer, team: str) -> SlackChannel | None:
    """Return the channel with its people, where they matter; None when the reader is not allowed in it."""
    raw = mapping(api.call("conversations.info", channel=pointer.channel, include_num_members=1).get("channel"))
    bare = parse_channel(raw, team=team) or _bare(pointer)
    size = raw.get("num_members")
    is_large = isinstance(size, int) and size > _MOST_MEMBERS and not bare.shared
    is_open = raw.get("is_private") is False and not raw.get("is_im") and not raw.get("is_mpim")
    if is_large and (is_open or pointer.brought):
        return bare
    members = [
        one
        for page in api.pages("conversations.members", "members", channel=pointer.channel, limit=200)
        for one in identifiers(page)
    ]
    if not (is_open or pointer.brought or pointer.reader in members):
        return None
    if is_large:
        return bare
    people.learn(members)
    return parse_channel(raw, team=team, members=tuple(members)) or bare


def _thread(api: SlackApi, pointer: Pointer) -> list[Mapping[str, Any]]:
    root = pointer.thread_ts or pointer.ts
    found = _replies(api, pointer.channel, root)
    told = found.get(pointer.ts, {}).get("thread_ts")
    if isinstance(told, str) and told != root:
        found |= _replies(api, pointer.channel, told)
    if pointer.ts not in found:
        found |= _replies(api, pointer.channel, root, oldest=pointer.ts, latest=pointer.ts, inclusive=1)
    return [found[ts] for ts in sorted(found)]


def _replies(api: SlackApi, channel: str, root: str, **more: object) -> dict[str, Mapping[str, Any]]:
    """Return the messages of a thread by time stamp; its root stands ahead of every page."""
    found: dict[str, Mapping[str, Any]] = {}
    pages = api.pages("conversations.replies", "messages", channel=channel, ts=root, limit=200, **more)
    for _, page in zip(range(_PAGES), pages, strict=False):
        found |= {str(one.get("ts")): one for one in page if isinstance(one, Mapping)}
    return found


def _heard(raw: Mapping[str, Any]) -> Iterator[str]:
    yield author_id(raw)
    attachments = raw.get("attachments")
    for one in attachments[:10] if isinstance(attachments, list) else []:
        yield identifier(mapping(one).get("author_id"))


def _bare(pointer: Pointer) -> SlackChannel:
    name = one_line(pointer.channel_name)
    return SlackChannel(id=pointer.channel, name="" if name in _NAMELESS else name)


def _parsed(
    team: str, pointer: Pointer, channel: SlackChannel, users: SlackUsers, raws: Sequence[Mapping[str, Any]]
) -> Conversation:
    read: dict[str, Message] = {}
    for raw in raws:
        try:
            message = parse_slack(raw, team=team, channel=channel, users=users, bots=True)
        except SlackParseError:
            continue
        if message is not None:
            read[str(raw.get("ts"))] = message
    return Conversation(pointed_at=read.get(pointer.ts), messages=tuple(read.values()))
