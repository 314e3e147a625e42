"""The methods for canvases, as far as an app needs them that keeps one page in a channel."""

from collections.abc import Callable

from tests.fakes.slack.calls import Answer, Call, Declined

LONGEST_CANVAS = 1_048_576


def canvases_create(call: Call) -> Answer:
    call.need("canvases:write")
    return {"canvas_id": _make(call, "")}


def channel_canvas(call: Call) -> Answer:
    call.need("canvases:write")
    channel = call.seen_channel("channel_id")
    if call.caller.id not in channel.members:
        raise Declined("not_in_channel")
    if any(one["channel"] == channel.id for one in call.world.shown.canvases.values()):
        raise Declined("channel_canvas_already_exists")
    return {"canvas_id": _make(call, channel.id)}


def canvases_edit(call: Call) -> Answer:
    call.need("canvases:write")
    canvas = call.world.shown.canvases.get(call.arguments.get("canvas_id", ""))
    if canvas is None:
        raise Declined("canvas_not_found")
    changes = call.given("changes")
    if not isinstance(changes, list) or len(changes) != 1:
        raise Declined("invalid_arguments")
    operation = changes[0].get("operation")
    written = _markdown(changes[0].get("document_content"))
    if operation == "replace":
        canvas["markdown"] = written
    elif operation == "insert_at_end":
        canvas["markdown"] += written
    elif operation == "insert_at_start":
        canvas["markdown"] = written + canvas["markdown"]
    else:
        raise Declined("canvas_editing_failed")
    return {}


def canvases_delete(call: Call) -> Answer:
    call.need("canvases:write")
    if call.world.shown.canvases.pop(call.arguments.get("canvas_id", ""), None) is None:
        raise Declined("canvas_not_found")
    return {}


METHODS: dict[str, Callable[[Call], Answer]] = {
    "canvases.create": canvases_create,
    "canvases.delete": canvases_delete,
    "canvases.edit": canvases_edit,
    "conversations.canvases.create": channel_canvas,
}


def _make(call: Call, channel: str) -> str:
    made = call.world.shown.next_id("F")
    written = _markdown(call.given("document_content"))
    title = call.arguments.get("title", "")
    call.world.shown.canvases[made] = {"channel": channel, "title": title, "markdown": written}
    return made


def _markdown(content: object) -> str:
    if content is None:
        return ""
    if not isinstance(content, dict) or content.get("type") != "markdown" or not isinstance(content["markdown"], str):
        raise Declined("invalid_arguments")
    if len(content["markdown"]) > LONGEST_CANVAS:
        raise Declined("canvas_creation_failed")
    return content["markdown"]
