"""The payloads that Slack sends when a person does something to what an app has shown."""

import secrets
import time
from collections.abc import Mapping
from typing import Any

from tests.fakes.slack.calls import Call
from tests.fakes.slack.shown import Ephemeral, Hook, Trigger, View
from tests.fakes.slack.things import App, Channel, Grant, User
from tests.fakes.slack.viewing import numbered, view_object
from tests.fakes.slack.world import World

Payload = dict[str, Any]


def grant_for(world: World, app: App, user: User, channel: Channel | None = None) -> Grant:
    """The bot token of the installation through which an app hears of a person: their own workspace's, if there is one.

    Somebody from another firm reaches the app through the workspace whose bot is in the channel with them.
    """
    bots = [one for one in world.grants.values() if one.app == app.id and not one.refusal and world.users[one.user].bot]
    enterprise = world.teams[user.team].enterprise
    own = [
        one
        for one in bots
        if world.users[one.user].team == user.team or (one.enterprise and one.enterprise == enterprise)
    ]
    inside = [one for one in bots if channel and one.user in channel.members]
    found = [*own, *inside]
    if not found:
        raise LookupError(f"{app.id} is not installed where {user.id} is")
    return found[0]


class Paper:
    """Makes the payloads of what one person does with one app."""

    def __init__(self, world: World, app: App, user: User, hooks: str, channel: Channel | None = None) -> None:
        self.world = world
        self.app = app
        self.user = user
        self.grant = grant_for(world, app, user, channel)
        self._hooks = hooks
        self._team = world.teams[user.team]

    def action(self, action: Mapping[str, Any], block: str, value: Any) -> Payload:
        """What was pressed, chosen or typed."""
        kind = action["type"]
        made = {"type": kind, "action_id": action["action_id"], "block_id": block, "action_ts": f"{time.time():.6f}"}
        if kind == "button":
            made |= {key: action[key] for key in ("text", "value", "style") if key in action}
        return made | (state_of(action, value) if kind != "button" else {})

    def block_actions(self, actions: list[Payload], place: Payload, *, view: str = "") -> Payload:
        """`place` are the keys that say where: container, message or view, channel, state."""
        return self._base("block_actions") | {"trigger_id": self.trigger(view)} | place | {"actions": actions}

    def on_ephemeral(self, shown: Ephemeral, channel: Channel) -> Payload:
        container = {"type": "message", "message_ts": shown.ts, "channel_id": channel.id, "is_ephemeral": True}
        if shown.thread_ts:
            container["thread_ts"] = shown.thread_ts
        hook = Hook(
            app=self.app.id,
            user=self.user.id,
            channel=channel.id,
            ts=shown.ts,
            thread_ts=shown.thread_ts,
            ephemeral=True,
        )
        place = {"container": container, "channel": _channel(channel), "state": {"values": {}}}
        return place | {"response_url": self.hook(hook)}

    def on_message(self, post: Mapping[str, Any], channel: Channel) -> Payload:
        container = {"type": "message", "message_ts": post["ts"], "channel_id": channel.id, "is_ephemeral": False}
        if post.get("thread_ts"):
            container["thread_ts"] = post["thread_ts"]
        message = dict(post) | ({"blocks": numbered(post["blocks"])} if "blocks" in post else {})
        hook = Hook(
            app=self.app.id,
            user=self.user.id,
            channel=channel.id,
            ts=post["ts"],
            thread_ts=post.get("thread_ts", ""),
        )
        place = {"container": container, "channel": _channel(channel), "message": message, "state": {"values": {}}}
        return place | {"response_url": self.hook(hook)}

    def on_view(self, view: View) -> Payload:
        return {"container": {"type": "view", "view_id": view.id}, "view": self.view(view)}

    def view_submission(self, view: View) -> Payload:
        more = {"trigger_id": self.trigger(view.id), "view": self.view(view), "response_urls": []}
        return self._base("view_submission") | more

    def view_closed(self, view: View, *, cleared: bool) -> Payload:
        return self._base("view_closed") | {"view": self.view(view), "is_cleared": cleared}

    def shortcut(self, callback: str, post: Mapping[str, Any], channel: Channel) -> Payload:
        hook = Hook(app=self.app.id, user=self.user.id, channel=channel.id, ts=post["ts"])
        return self._base("message_action") | {
            "callback_id": callback,
            "trigger_id": self.trigger(),
            "action_ts": f"{time.time():.6f}",
            "response_url": self.hook(hook),
            "message_ts": post["ts"],
            "channel": _channel(channel),
            "message": dict(post),
        }

    def global_shortcut(self, callback: str) -> Payload:
        more = {"callback_id": callback, "trigger_id": self.trigger(), "action_ts": f"{time.time():.6f}"}
        return self._base("shortcut") | more

    def command(self, channel: Channel, command: str, text: str) -> Payload:
        made = {
            "token": self.app.verification,
            "team_id": self._team.id,
            "team_domain": self._team.domain,
            "channel_id": channel.id,
            "channel_name": "directmessage" if channel.kind == "im" else channel.name,
            "user_id": self.user.id,
            "user_name": self._name(),
            "command": command,
            "text": text,
            "api_app_id": self.app.id,
            "is_enterprise_install": str(bool(self.grant.enterprise)).lower(),
            "response_url": self.hook(Hook(app=self.app.id, user=self.user.id, channel=channel.id)),
            "trigger_id": self.trigger(),
        }
        if self._team.enterprise:
            made |= {"enterprise_id": self._team.enterprise, "enterprise_name": self._team.enterprise}
        return made

    def view(self, view: View) -> Payload:
        return view_object(Call(self.world, self.grant, {}), view)

    def trigger(self, view: str = "") -> str:
        """A trigger_id, good for one modal."""
        made = f"{time.time_ns()}.{secrets.token_hex(4)}"
        trigger = Trigger(app=self.app.id, user=self.user.id, team=self._team.id, made_at=time.monotonic(), view=view)
        self.world.shown.triggers[made] = trigger
        return made

    def hook(self, hook: Hook) -> str:
        """A response_url."""
        made = f"{self._team.id}/{secrets.token_hex(8)}"
        self.world.shown.hooks[made] = hook
        return self._hooks + made

    def _base(self, kind: str) -> Payload:
        enterprise = self._team.enterprise
        team = {"id": self._team.id, "domain": self._team.domain}
        if enterprise:
            team |= {"enterprise_id": enterprise, "enterprise_name": enterprise}
        return {
            "type": kind,
            "user": {"id": self.user.id, "username": self._name(), "name": self._name(), "team_id": self._team.id},
            "api_app_id": self.app.id,
            "token": self.app.verification,
            "team": team,
            "enterprise": {"id": enterprise, "name": enterprise} if enterprise else None,
            "is_enterprise_install": bool(self.grant.enterprise),
        }

    def _name(self) -> str:
        return self.user.name.lower().replace(" ", ".")


def state_of(element: Mapping[str, Any], value: Any) -> Payload:
    """What an element holds, as Slack has it in an action and in a view's state."""
    kind = element["type"]
    made: Payload = {"type": kind}
    if kind in ("static_select", "radio_buttons", "overflow"):
        return made | {"selected_option": _chosen(element, value)}
    if kind in ("multi_static_select", "checkboxes"):
        return made | {"selected_options": [_chosen(element, one) for one in value or []]}
    if kind.endswith("_select"):
        name = kind.removeprefix("multi_").removesuffix("_select")
        return made | ({f"selected_{name}": value} if kind.startswith("multi_") else {f"selected_{name[:-1]}": value})
    names = {"datepicker": "selected_date", "timepicker": "selected_time", "datetimepicker": "selected_date_time"}
    return made | {names.get(kind, "value"): value}


def _chosen(element: Mapping[str, Any], value: Any) -> Any:
    if value is None:
        return None
    groups = element.get("option_groups", [element])
    for group in groups:
        for one in group.get("options", []):
            if one["value"] == value:
                return one
    raise LookupError(f"{element.get('action_id')} has no option {value}")


def _channel(channel: Channel) -> Payload:
    names = {"im": "directmessage", "mpim": "mpdm"}
    return {"id": channel.id, "name": names.get(channel.kind) or ("privategroup" if channel.private else channel.name)}
