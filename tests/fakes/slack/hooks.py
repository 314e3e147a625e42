"""What an app posts to a response_url: an answer to one person, or a change of the message they acted on."""

import time
from collections.abc import Mapping
from typing import Any

from tests.fakes.slack import blockkit
from tests.fakes.slack.shown import Ephemeral, Hook
from tests.fakes.slack.world import World

# Slack takes five answers, within half an hour.
MOST_POSTS = 5


def take(world: World, key: str, posted: Mapping[str, Any]) -> tuple[int, str]:
    """Answer a post to a response_url: a status, and a word."""
    hook = world.shown.hooks.get(key)
    if hook is None:
        return 404, "no_service"
    if len(hook.posts) >= MOST_POSTS:
        return 404, "used_url"
    if not posted.get("delete_original"):
        if not any(posted.get(name) for name in ("text", "blocks", "attachments")):
            return 400, "no_text"
        if blockkit.problems({key: posted[key] for key in ("text", "blocks", "attachments") if key in posted}):
            return 400, "invalid_blocks"
    hook.posts.append(dict(posted))
    show(world, hook, posted)
    return 200, "ok"


def show(world: World, hook: Hook, posted: Mapping[str, Any]) -> None:
    """Let what was posted take effect."""
    original = _original(world, hook)
    if posted.get("delete_original"):
        if isinstance(original, Ephemeral):
            original.gone = True
        elif original:
            world.delete(hook.channel, hook.ts)
        return
    if posted.get("replace_original"):
        if isinstance(original, Ephemeral):
            original.gone = True
        elif original:
            world.edit(hook.channel, hook.ts, posted.get("text", ""), more={"blocks": posted.get("blocks", [])})
            return
    if posted.get("response_type") == "in_channel":
        bot = next(one for one in world.users.values() if one.bot and one.app == hook.app)
        more = {"bot_id": bot.bot_id, "blocks": posted.get("blocks")}
        world.post(hook.channel, bot.id, posted.get("text", ""), thread=posted.get("thread_ts", ""), more=more)
        return
    world.shown.ephemerals.append(
        Ephemeral(
            user=hook.user,
            channel=hook.channel,
            text=posted.get("text", ""),
            blocks=posted.get("blocks", []),
            ts=world.stamp(),
            app=hook.app,
            thread_ts=posted.get("thread_ts", hook.thread_ts),
            accepted_at=time.time(),
            accepted_mono=time.monotonic(),
            by_hook=True,
        )
    )


def _original(world: World, hook: Hook) -> Ephemeral | dict[str, Any] | None:
    if hook.ephemeral:
        return next((one for one in world.shown.ephemerals if one.ts == hook.ts and one.user == hook.user), None)
    posts = world.channels[hook.channel].posts
    return next((post for post in posts if post["ts"] == hook.ts), None)
