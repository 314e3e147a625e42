"""The methods by which an app talks: chat.*, and opening direct messages."""

import time
from collections.abc import Callable
from typing import Any

from tests.fakes.slack import blockkit
from tests.fakes.slack.calls import Answer, Call, Declined, invalid
from tests.fakes.slack.shown import Ephemeral
from tests.fakes.slack.things import Channel

_HELPFUL = "https://api.slack.com"


def chat_post_ephemeral(call: Call) -> Answer:
    call.need("chat:write")
    channel = call.seen_channel()
    user = call.text("user")
    said = content(call)
    if channel.archived:
        raise Declined("is_archived")
    if call.caller.id not in channel.members:
        raise Declined("not_in_channel")
    if user not in channel.members:
        raise Declined("user_not_in_channel")
    ts = call.world.stamp()
    thread = call.arguments.get("thread_ts", "")
    shown = Ephemeral(
        user=user,
        channel=channel.id,
        text=said["text"],
        blocks=said.get("blocks", []),
        ts=ts,
        app=call.app.id,
        thread_ts=thread,
        accepted_at=time.time(),
        accepted_mono=time.monotonic(),
        seen=call.world.users[user].active and (not thread or bool(call.world.replies(channel.id, thread))),
    )
    call.world.shown.ephemerals.append(shown)
    return {"message_ts": ts}


def chat_post_message(call: Call) -> Answer:
    call.need("chat:write")
    channel = _addressed(call)
    said = content(call)
    if channel.archived:
        raise Declined("is_archived")
    if call.caller.id not in channel.members:
        raise Declined("not_in_channel")
    thread = call.arguments.get("thread_ts", "")
    if thread and not any(post["ts"] == thread for post in channel.posts):
        raise Declined("thread_not_found")
    broadcast = bool(thread) and call.arguments.get("reply_broadcast") == "true"
    more = _signed(call) | {key: value for key, value in said.items() if key != "text"}
    ts = call.world.post(channel.id, call.caller.id, said["text"], thread=thread, broadcast=broadcast, more=more)
    return {"channel": channel.id, "ts": ts, "message": dict(call.world.find(channel.id, ts))}


def chat_update(call: Call) -> Answer:
    call.need("chat:write")
    channel = call.seen_channel()
    post = _own(call, channel, "cant_update_message")
    said = content(call)
    more = {key: value for key, value in said.items() if key != "text"}
    call.world.edit(channel.id, post["ts"], said["text"], more=more)
    return {"channel": channel.id, "ts": post["ts"], "text": said["text"], "message": dict(post)}


def chat_delete(call: Call) -> Answer:
    call.need("chat:write")
    channel = call.seen_channel()
    post = _own(call, channel, "cant_delete_message")
    ts = post["ts"]
    call.world.delete(channel.id, ts)
    return {"channel": channel.id, "ts": ts}


def chat_get_permalink(call: Call) -> Answer:
    channel = call.seen_channel()
    ts = call.arguments.get("message_ts", "")
    post = next((post for post in channel.posts if post["ts"] == ts), None)
    if post is None:
        raise Declined("message_not_found")
    team = call.world.teams[call.caller.team]
    link = f"https://{team.domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    if post.get("thread_ts", ts) != ts:
        link += f"?thread_ts={post['thread_ts']}&cid={channel.id}"
    return {"permalink": link, "channel": channel.id}


def conversations_open(call: Call) -> Answer:
    wanted = call.arguments.get("channel", "")
    users = [one for one in call.arguments.get("users", "").split(",") if one]
    call.need("im:write" if len(users) < 2 else "mpim:write")
    if wanted:
        return {"channel": {"id": call.seen_channel().id}}
    if not users:
        raise Declined("users_list_not_supplied")
    for one in users:
        found = call.world.users.get(one)
        if found is None or found.hidden:
            raise Declined("user_not_found")
        if found.deleted:
            raise Declined("user_disabled")
        if found.bot:
            raise Declined("cannot_dm_bot")
    channel = call.world.direct(call.caller.id, *users)
    return {"no_op": False, "already_open": bool(channel.posts), "channel": {"id": channel.id}}


METHODS: dict[str, Callable[[Call], Answer]] = {
    "chat.delete": chat_delete,
    "chat.getPermalink": chat_get_permalink,
    "chat.postEphemeral": chat_post_ephemeral,
    "chat.postMessage": chat_post_message,
    "chat.update": chat_update,
    "conversations.open": conversations_open,
}


def content(call: Call) -> dict[str, Any]:
    """The text and the blocks of a message, checked against Slack's limits."""
    said: dict[str, Any] = {"text": call.arguments.get("text", "") or ""}
    for key in ("blocks", "attachments"):
        value = call.given(key)
        if value is not None:
            said[key] = value
    if "metadata" in call.arguments:
        said["metadata"] = call.given("metadata")
    if not said["text"] and not said.get("blocks") and not said.get("attachments"):
        raise Declined("no_text")
    if len(said["text"]) > blockkit.LONGEST_TEXT:
        raise Declined("msg_too_long")
    wrong = blockkit.problems(said)
    if wrong:
        raise invalid("invalid_blocks", wrong)
    return said


def _addressed(call: Call) -> Channel:
    wanted = call.arguments.get("channel", "")
    person = call.world.users.get(wanted)
    if person is None:
        return call.seen_channel()
    if person.hidden or person.deleted:
        raise Declined("channel_not_found")
    return call.world.direct(call.caller.id, person.id)


def _own(call: Call, channel: Channel, refusal: str) -> dict[str, Any]:
    """The message that is meant, if whoever calls wrote it."""
    ts = call.text("ts")
    post = next((post for post in channel.posts if post["ts"] == ts), None)
    if post is None or post.get("subtype") == "tombstone":
        raise Declined("message_not_found")
    if post.get("user") != call.caller.id:
        raise Declined(refusal)
    return post


def _signed(call: Call) -> dict[str, Any]:
    """What Slack adds to an app's message."""
    if not call.caller.bot:
        return {}
    icons = {f"image_{size}": f"{_HELPFUL}/bot_{size}.png" for size in (36, 48, 72)}
    profile = {
        "id": call.caller.bot_id,
        "deleted": False,
        "name": call.app.name,
        "updated": 1_700_000_000,
        "app_id": call.app.id,
        "icons": icons,
        "team_id": call.caller.team,
    }
    return {"bot_id": call.caller.bot_id, "app_id": call.app.id, "bot_profile": profile}
