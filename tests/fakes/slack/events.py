"""What happens in the world, as the inner events of Slack's Events API."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from tests.fakes.slack.things import App, Channel, Happening, User

if TYPE_CHECKING:
    from tests.fakes.slack.world import World

Event = dict[str, Any]

_ENTITY = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
# The subtypes of what a person typed.
_TYPED = frozenset({None, "file_share", "me_message", "thread_broadcast"})


def posted(world: "World", channel: str, post: Mapping[str, Any]) -> Happening:
    """Somebody said something."""
    where = world.channels[channel]
    event = dressed(post)
    if event.get("subtype") == "thread_broadcast":
        event["root"] = dressed(world.find(channel, event["thread_ts"]))
    if where.outside and event.get("user") in world.users and "client_msg_id" in event:
        event["user_profile"] = _profile(world.users[event["user"]])
    return _message(where, event | {"event_ts": event["ts"]})


def changed(world: "World", channel: str, post: Mapping[str, Any], before: Mapping[str, Any]) -> Happening:
    """A message became another: by an edit, by what is shown of a link, or by leaving a tombstone."""
    stamp = world.stamp()
    event = {
        "type": "message",
        "subtype": "message_changed",
        "message": dressed(post),
        "previous_message": dressed(before),
        "hidden": True,
        "ts": stamp,
        "event_ts": stamp,
    }
    return _message(world.channels[channel], event)


def deleted(world: "World", channel: str, before: Mapping[str, Any]) -> Happening:
    """A message was taken back."""
    stamp = world.stamp()
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": dressed(before),
        "hidden": True,
        "deleted_ts": before["ts"],
        "ts": stamp,
        "event_ts": stamp,
    }
    return _message(world.channels[channel], event)


def home_opened(world: "World", user: User, channel: str, tab: str, view: Event | None) -> Happening:
    """Somebody opened the app's page, on which stood `view` when something did."""
    event = {"type": "app_home_opened", "user": user.id, "channel": channel, "tab": tab, "event_ts": world.stamp()}
    return Happening(event=event | ({"view": view} if view else {}), team=user.team)


def member(world: "World", what: str, channel: Channel, user: User, *, inviter: str = "") -> Happening:
    """`what` is member_joined_channel or member_left_channel."""
    event = {
        "type": what,
        "user": user.id,
        "channel": channel.id,
        "channel_type": "G" if channel.private else "C",
        "team": user.team,
        "event_ts": world.stamp(),
    }
    if inviter:
        event["inviter"] = inviter
    return Happening(event=event, channel=channel, scope=f"{channel.family}:read")


def left(world: "World", channel: Channel, bot: User) -> Happening:
    """Our own bot is no longer in a channel."""
    what = "group_left" if channel.private else "channel_left"
    event = {"type": what, "channel": channel.id, "actor_id": "", "event_ts": world.stamp()}
    return Happening(event=event, team=bot.team, to=bot.id, scope=f"{channel.family}:read")


def channel_event(world: "World", what: str, channel: Channel, **more: Any) -> Happening:
    """`what` happened to a channel: "archive", "unarchive", "rename", "shared", "unshared", "deleted"."""
    kind = "group" if channel.private and what not in ("shared", "unshared") else "channel"
    event = {"type": f"{kind}_{what}", "channel": channel.id, **more, "event_ts": world.stamp()}
    return Happening(event=event, channel=channel, scope=f"{channel.family}:read")


def with_channel(happening: Happening, channel: Event) -> Happening:
    """The same, telling of the channel more than its id."""
    return replace(happening, event={**happening.event, "channel": channel})


def invite_accepted(world: "World", channel: Channel, user: User) -> Happening:
    """Somebody of another firm accepted an invitation to a channel."""
    first = user.name.partition(" ")[0]
    their = world.teams[user.team]
    event = {
        "type": "shared_channel_invite_accepted",
        "approval_required": False,
        "invite": {"id": f"I{channel.id}{user.id}", "date_created": world.now, "date_invalid": world.now + 86_400},
        "channel": {"id": channel.id, "is_private": channel.private, "is_im": False, "name": channel.name},
        "teams_in_channel": [{"id": one} for one in (channel.team, *channel.teams)],
        "accepting_user": {
            "id": user.id,
            "team_id": their.id,
            "name": first.lower(),
            "updated": 0,
            "profile": {"real_name": user.name, "display_name": first.lower(), "team": their.id},
        },
        "event_ts": world.stamp(),
    }
    return Happening(event=event, channel=channel, scope="conversations.connect:read")


def installation(world: "World", what: str, team: str, app: App, **more: Any) -> Happening:
    """`what` happened to an installation: app_uninstalled, tokens_revoked."""
    return Happening(event={"type": what, **more}, team=team, only=app.id)


def dressed(post: Mapping[str, Any]) -> Event:
    """A message with what Slack's own clients add to what a person typed."""
    made = deepcopy(dict(post))
    if "bot_id" in made or "blocks" in made or made.get("subtype") not in _TYPED:
        return made
    made["client_msg_id"] = str(uuid5(NAMESPACE_URL, f"{made.get('user')}:{made['ts']}"))
    return made | ({"blocks": [rich_text(made["text"])]} if made.get("text") else {})


def rich_text(text: str) -> Event:
    """The block that Slack makes of a typed text."""
    elements: list[Event] = []
    place = 0
    for found in _ENTITY.finditer(text):
        elements += _plain(text[place : found.start()])
        elements.append(_entity(*found.groups()))
        place = found.end()
    elements += _plain(text[place:])
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": f"r{len(text)}", "elements": [section]}


def _plain(text: str) -> list[Event]:
    return [{"type": "text", "text": unescape(text)}] if text else []


def _entity(sign: str, what: str, shown: str | None) -> Event:
    if sign == "@":
        return {"type": "user", "user_id": what}
    if sign == "#":
        return {"type": "channel", "channel_id": what}
    if sign == "!":
        return {"type": "broadcast", "range": what}
    return {"type": "link", "url": unescape(what)} | ({"text": unescape(shown)} if shown else {})


def _message(channel: Channel, event: Event) -> Happening:
    full = event | {"channel": channel.id, "channel_type": channel.type}
    return Happening(event=full, channel=channel, scope=f"{channel.family}:history")


def _profile(user: User) -> Event:
    first = user.name.partition(" ")[0]
    return {
        "avatar_hash": "",
        "image_72": "",
        "first_name": first,
        "real_name": user.name,
        "display_name": first.lower(),
        "team": user.team,
        "name": first.lower(),
        "is_restricted": bool(user.guest),
        "is_ultra_restricted": user.guest == "single",
    }
