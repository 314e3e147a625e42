"""Whether a message, a modal or a page keeps to Block Kit's published limits.

Sources: docs.slack.dev/reference/block-kit/blocks, /reference/views, and the arguments of chat.postMessage.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.fakes.slack.blockkit_parts import (
    LONGEST_ID,
    LONGEST_URL,
    Found,
    Part,
    element,
    image,
    items,
    string,
    text,
    unknown,
)

LONGEST_TEXT = 40_000
LARGEST_VIEW = 250_000
MESSAGE, MODAL, HOME = "message", "modal", "home"
MOST_BLOCKS = {MESSAGE: 50, MODAL: 100, HOME: 100}


def problems(payload: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with a message ({text, blocks}) or a view ({type: modal or home, …}); empty when fine.

    A message with blocks needs a text, too: it is what a notification and a screen reader say.
    """
    kind = payload.get("type")
    if kind == MODAL:
        return list(_modal(payload))
    if kind == HOME:
        return list(_home(payload))
    return list(_message(payload))


def _message(payload: Part) -> Found:
    said = payload.get("text")
    if said is not None and not isinstance(said, str):
        yield "text: must be a string"
    elif len(said or "") > LONGEST_TEXT:
        yield f"text: must be at most {LONGEST_TEXT} characters"
    if "blocks" not in payload:
        if not said and not payload.get("attachments"):
            yield "text: a message must have text or blocks"
        return
    if not said or not said.strip():
        yield "text: a message with blocks needs a fallback text"
    yield from _blocks(payload["blocks"], MESSAGE)


def _modal(view: Part) -> Found:
    yield from text(view.get("title"), "title", 24, plain=True)
    for name in ("submit", "close"):
        if view.get(name) is not None:
            yield from text(view[name], name, 24, plain=True)
    blocks = view.get("blocks")
    inputs = [one for one in blocks if _type(one) == "input"] if isinstance(blocks, list) else []
    if inputs and view.get("submit") is None:
        yield "submit: must be given when there is an input"
    known = ("title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled")
    yield from _view(view, MODAL, known)


def _home(view: Part) -> Found:
    yield from _view(view, HOME, ())


def _view(view: Part, surface: str, known: tuple[str, ...]) -> Found:
    yield from string(view.get("private_metadata"), "private_metadata", 3000)
    yield from string(view.get("callback_id"), "callback_id", LONGEST_ID)
    yield from string(view.get("external_id"), "external_id", LONGEST_ID)
    yield from _blocks(view.get("blocks"), surface)
    yield from unknown(view, surface, ("type", "blocks", "private_metadata", "callback_id", "external_id", *known))
    if len(json.dumps(view)) > LARGEST_VIEW:
        yield f"view: must be at most {LARGEST_VIEW} bytes"


def _blocks(blocks: Any, surface: str) -> Found:
    # An empty list clears a message's blocks; a view may be empty.
    yield from items(blocks, "blocks", MOST_BLOCKS[surface], least=0)
    if not isinstance(blocks, list):
        return
    for number, block in enumerate(blocks):
        yield from _block(block, f"blocks[{number}]", surface)
    yield from _twice(_ids(blocks, "block_id"), "blocks: two have the block_id")


def _block(block: Any, place: str, surface: str) -> Found:
    check, surfaces, known = BLOCKS.get(_type(block), (None, (), ()))
    if check is None:
        yield f"{place}: {_type(block) or block!r:.40} is no block"
        return
    if surface not in surfaces:
        yield f"{place}: {block['type']} may not stand in a {surface}"
    if "block_id" in block:
        yield from string(block["block_id"], f"{place}.block_id", LONGEST_ID, needed=True)
    yield from check(block, place)
    yield from unknown(block, place, ("type", "block_id", *known))


def _section(block: Part, place: str) -> Found:
    if "text" in block:
        yield from text(block["text"], f"{place}.text", 3000)
    elif "fields" not in block:
        yield f"{place}: must have text or fields"
    if "fields" in block:
        yield from items(block["fields"], f"{place}.fields", 10)
        for number, one in enumerate(_listed(block["fields"])):
            yield from text(one, f"{place}.fields[{number}]", 2000)
    if "accessory" in block:
        yield from element(block["accessory"], f"{place}.accessory", "section")


def _header(block: Part, place: str) -> Found:
    yield from text(block.get("text"), f"{place}.text", 150, plain=True)


def _divider(_block: Part, _place: str) -> Found:
    yield from ()


def _context(block: Part, place: str) -> Found:
    yield from items(block.get("elements"), f"{place}.elements", 10)
    for number, one in enumerate(_listed(block.get("elements"))):
        if _type(one) == "image":
            yield from image(one, f"{place}.elements[{number}]")
        else:
            yield from text(one, f"{place}.elements[{number}]", 2000)


def _actions(block: Part, place: str) -> Found:
    yield from items(block.get("elements"), f"{place}.elements", 25)
    for number, one in enumerate(_listed(block.get("elements"))):
        yield from element(one, f"{place}.elements[{number}]", "actions")
    yield from _twice(_ids(block.get("elements"), "action_id"), f"{place}: two elements have the action_id")


def _input(block: Part, place: str) -> Found:
    yield from text(block.get("label"), f"{place}.label", 2000, plain=True)
    if "hint" in block:
        yield from text(block["hint"], f"{place}.hint", 2000, plain=True)
    yield from element(block.get("element"), f"{place}.element", "input")


def _image(block: Part, place: str) -> Found:
    yield from image(block, place)
    if "title" in block:
        yield from text(block["title"], f"{place}.title", 2000, plain=True)


def _rich_text(block: Part, place: str) -> Found:
    yield from items(block.get("elements"), f"{place}.elements", 1000)


def _markdown(block: Part, place: str) -> Found:
    yield from string(block.get("text"), f"{place}.text", 12_000, needed=True)


def _video(block: Part, place: str) -> Found:
    yield from text(block.get("title"), f"{place}.title", 199, plain=True)
    for name in ("video_url", "thumbnail_url"):
        yield from string(block.get(name), f"{place}.{name}", LONGEST_URL, needed=True)
    yield from string(block.get("alt_text"), f"{place}.alt_text", 2000, needed=True)


_EVERYWHERE = (MESSAGE, MODAL, HOME)
# Each block, how it is checked, where it may stand, and the keys it may have.
BLOCKS: dict[str, tuple[Callable[[Part, str], Found], tuple[str, ...], tuple[str, ...]]] = {
    "section": (_section, _EVERYWHERE, ("text", "fields", "accessory", "expand")),
    "header": (_header, _EVERYWHERE, ("text",)),
    "divider": (_divider, _EVERYWHERE, ()),
    "context": (_context, _EVERYWHERE, ("elements",)),
    "actions": (_actions, _EVERYWHERE, ("elements",)),
    "input": (_input, _EVERYWHERE, ("label", "element", "hint", "optional", "dispatch_action")),
    "image": (_image, _EVERYWHERE, ("image_url", "slack_file", "alt_text", "title")),
    "rich_text": (_rich_text, _EVERYWHERE, ("elements",)),
    "markdown": (_markdown, (MESSAGE,), ("text",)),
    "video": (
        _video,
        _EVERYWHERE,
        ("title", "video_url", "thumbnail_url", "alt_text", "title_url", "description", "author_name", "provider_name"),
    ),
}


def _type(part: Any) -> str:
    return str(part.get("type", "")) if isinstance(part, Mapping) else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _ids(parts: Any, key: str) -> list[str]:
    return [one[key] for one in _listed(parts) if isinstance(one, Mapping) and isinstance(one.get(key), str)]


def _twice(ids: list[str], what: str) -> Iterator[str]:
    for one in sorted({one for one in ids if ids.count(one) > 1}):
        yield f"{what} {one}"
