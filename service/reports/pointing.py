"""How a message is pointed at: by a link that somebody pastes, or by what a shortcut brings along in a form."""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_LINK = re.compile(
    r"https://[a-z0-9-]{1,80}(?:\.enterprise)?\.slack(?:-gov)?\.com/archives/([CDG][A-Z0-9]{1,40})/p([0-9]{10})([0-9]{6})"
    r"(?:\?[^\s|>]*?thread_ts=([0-9]{10}\.[0-9]{6}))?",
    re.IGNORECASE,
)
# What of a message's JSON tells who said what; the rest is decoration.
_KEYS = ("type", "subtype", "user", "text", "ts", "thread_ts", "team", "user_team", "source_team", "bot_id", "username")
_FILE_KEYS = ("name", "title", "mimetype", "size", "mode")
_SHARE_KEYS = ("is_share", "text", "author_id", "author_name", "fallback")
# Slack keeps 3,000 characters with a form.
_MOST = 3000
_LENGTHS = (40_000, 12_000, 6_000, 3_000, 1_500, 700, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The message that a form is about; `message` is its JSON as far as Slack brought it."""

    channel: str = ""
    channel_name: str = ""
    ts: str = ""
    thread_ts: str = ""
    message: Mapping[str, Any] = field(default_factory=dict)


def find_link(text: str) -> Target | None:
    """Return what the first link to a Slack message in a text points at."""
    found = _LINK.search(text)
    if found is None:
        return None
    return Target(channel=found[1].upper(), ts=f"{found[2]}.{found[3]}", thread_ts=found[4] or "")


def target_of(body: Mapping[str, Any]) -> Target | None:
    """Return what a shortcut was used on; None for one that belongs to no message."""
    message, channel = body.get("message"), body.get("channel")
    if not isinstance(message, Mapping) or not isinstance(channel, Mapping):
        return None
    ts = str(body.get("message_ts") or message.get("ts") or "")
    return Target(
        channel=str(channel.get("id") or ""),
        channel_name=str(channel.get("name") or ""),
        ts=ts,
        thread_ts=str(message.get("thread_ts") or ""),
        message=_slim(message) | {"ts": ts},
    )


def dump_target(target: Target) -> str:
    """Write a target so that a form can carry it; a message too long for that is cut."""
    text = str(target.message.get("text") or "")
    for length in _LENGTHS:
        more = {"text": text if len(text) <= length else f"{text[:length]} […]"} if target.message else {}
        written = _pack(target, {**target.message, **more})
        if len(written) <= _MOST:
            return written
    bare = {key: target.message[key] for key in ("type", "user", "ts", "thread_ts", "team") if key in target.message}
    return _pack(target, {**bare, "text": f"{text[:300]} […]"})


def load_target(written: str) -> Target:
    """Read what a form carries; nothing where that can't be read."""
    try:
        data = json.loads(zlib.decompress(base64.b64decode(written, validate=True)))
        return Target(**data)
    except (ValueError, TypeError, binascii.Error, zlib.error):
        return Target()


def _pack(target: Target, message: Mapping[str, Any]) -> str:
    data = {
        "channel": target.channel,
        "channel_name": target.channel_name,
        "ts": target.ts,
        "thread_ts": target.thread_ts,
        "message": message,
    }
    return base64.b64encode(zlib.compress(json.dumps(data).encode(), 9)).decode()


def _slim(message: Mapping[str, Any]) -> dict[str, Any]:
    slim = {key: message[key] for key in _KEYS if key in message}
    if isinstance(message.get("edited"), Mapping):
        slim["edited"] = {"ts": message["edited"].get("ts")}
    if isinstance(message.get("bot_profile"), Mapping):
        slim["bot_profile"] = {key: message["bot_profile"].get(key) for key in ("name", "team_id")}
    slim |= _slim_list(message, "files", _FILE_KEYS) | _slim_list(message, "attachments", _SHARE_KEYS)
    if not slim.get("text") and isinstance(message.get("blocks"), list):
        slim["blocks"] = message["blocks"]
    return slim


def _slim_list(message: Mapping[str, Any], name: str, keys: tuple[str, ...]) -> dict[str, Any]:
    items = message.get(name)
    kept = [one for one in items if isinstance(one, Mapping)] if isinstance(items, list) else []
    return {name: [{key: one[key] for key in keys if key in one} for one in kept[:10]]} if kept else {}
