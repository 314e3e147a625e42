"""The methods by which an app shows modals and its page, and the view objects that Slack makes of them."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.slack import blockkit
from tests.fakes.slack.calls import Answer, Call, Declined, invalid
from tests.fakes.slack.shown import TRIGGER_SECONDS, Trigger, View

# A modal, and two on top of it.
DEEPEST = 3


def views_open(call: Call) -> Answer:
    trigger = _trigger(call)
    view = _make(call, _content(call, blockkit.MODAL), trigger.user, trigger.team)
    return {"view": view_object(call, view)}


def views_push(call: Call) -> Answer:
    trigger = _trigger(call)
    below = call.world.shown.views.get(trigger.view)
    if below is None or below.closed:
        raise Declined("not_found")
    if _depth(call, below) >= DEEPEST:
        raise Declined("push_limit_reached")
    view = _make(call, _content(call, blockkit.MODAL), trigger.user, trigger.team)
    view.root, view.previous = below.root, below.id
    return {"view": view_object(call, view)}


def views_update(call: Call) -> Answer:
    view = _find(call)
    if view.closed:
        raise Declined("not_found")
    wanted = call.arguments.get("hash", "")
    if wanted and wanted != view.hash:
        raise Declined("hash_conflict")
    change(call, view, _content(call, blockkit.MODAL))
    return {"view": view_object(call, view)}


def views_publish(call: Call) -> Answer:
    user = call.arguments.get("user_id", "")
    person = call.world.users.get(user)
    if person is None or person.bot:
        raise invalid("invalid_arguments", ["invalid `user_id`"])
    content = _content(call, blockkit.HOME)
    homes = call.world.shown.homes
    view = homes.get((call.app.id, user))
    wanted = call.arguments.get("hash", "")
    if wanted and (view is None or wanted != view.hash):
        raise Declined("hash_conflict")
    if view is None:
        view = homes[call.app.id, user] = _make(call, content, user, person.team)
    else:
        change(call, view, content)
    return {"view": view_object(call, view)}


METHODS: dict[str, Callable[[Call], Answer]] = {
    "views.open": views_open,
    "views.publish": views_publish,
    "views.push": views_push,
    "views.update": views_update,
}


def check(content: Any, kind: str) -> dict[str, Any]:
    """The content of a view, checked against Slack's limits, with an id for each block."""
    if not isinstance(content, dict) or content.get("type") != kind:
        raise invalid("invalid_arguments", [f"failed to match all allowed schemas [json-pointer:/view] type {kind}"])
    wrong = blockkit.problems(content)
    if wrong:
        raise invalid("invalid_arguments", [f"{one} [json-pointer:/view]" for one in wrong])
    return content | {"blocks": numbered(content["blocks"])}


def numbered(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Blocks with the ids that Slack gives where an app gave none."""
    return [_numbered(block, f"b{number}") for number, block in enumerate(blocks)]


def change(call: Call, view: View, content: dict[str, Any]) -> None:
    """Show something else in a view; what was typed into inputs of the same ids stays."""
    kept = {block["block_id"] for block in content["blocks"]}
    view.state = {block: values for block, values in view.state.items() if block in kept}
    view.content, view.hash = content, call.world.stamp()


def view_object(call: Call, view: View) -> Answer:
    """A view as Slack shows it to an app."""
    content = view.content
    made = {
        "id": view.id,
        "team_id": view.team,
        "type": content["type"],
        "blocks": content["blocks"],
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": view.state},
        "hash": view.hash,
        "title": content.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "clear_on_close": content.get("clear_on_close", False),
        "notify_on_close": content.get("notify_on_close", False),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": view.previous or None,
        "root_view_id": view.root,
        "app_id": view.app,
        "external_id": content.get("external_id", ""),
        "app_installed_team_id": call.caller.team,
        "bot_id": call.caller.bot_id,
    }
    if content["type"] == "modal":
        made["submit_disabled"] = content.get("submit_disabled", False)
    return made


def stack(views: Mapping[str, View], root: str) -> list[View]:
    """The modals that are open on top of each other, lowest first."""
    return [one for one in views.values() if one.root == root and not one.closed]


def _content(call: Call, kind: str) -> dict[str, Any]:
    return check(call.given("view"), kind)


def _make(call: Call, content: dict[str, Any], user: str, team: str) -> View:
    shown = call.world.shown
    external = content.get("external_id", "")
    if external and any(one.content.get("external_id") == external and not one.closed for one in shown.views.values()):
        raise Declined("duplicate_external_id")
    made = shown.next_id("V")
    view = View(id=made, app=call.app.id, user=user, team=team, content=content, root=made, hash=call.world.stamp())
    shown.views[made] = view
    return view


def _find(call: Call) -> View:
    views = call.world.shown.views
    external = call.arguments.get("external_id", "")
    if external:
        found = next((one for one in views.values() if one.content.get("external_id") == external), None)
    else:
        found = views.get(call.arguments.get("view_id", ""))
    if found is None or found.app != call.app.id or found.content["type"] != "modal":
        raise Declined("not_found")
    return found


def _trigger(call: Call) -> Trigger:
    trigger = call.world.shown.triggers.get(call.arguments.get("trigger_id", ""))
    if trigger is None or trigger.app != call.app.id:
        raise invalid("invalid_arguments", ["invalid `trigger_id`"])
    if trigger.used:
        raise Declined("exchanged_trigger_id")
    if time.monotonic() - trigger.made_at > TRIGGER_SECONDS:
        raise Declined("expired_trigger_id")
    trigger.used = True
    return trigger


def _depth(call: Call, view: View) -> int:
    return len(stack(call.world.shown.views, view.root))


def _numbered(block: dict[str, Any], name: str) -> dict[str, Any]:
    made = {"block_id": name, **block}
    elements = [
        {"action_id": f"{name}.{place}", **one} if one.get("type") not in ("image", "plain_text", "mrkdwn") else one
        for place, one in enumerate(made.get("elements", []))
    ]
    if elements:
        made["elements"] = elements
    for place in ("accessory", "element"):
        if place in made:
            made[place] = {"action_id": f"{name}.{place}", **made[place]}
    return made
