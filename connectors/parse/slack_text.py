"""Slack's markup to plain text: what a reader of the channel sees, without its control sequences.

Two notations carry the same words: `mrkdwn`, the text of a message, in which everything between angle brackets is
control and `&amp; &lt; &gt;` are the only entities; and `rich_text` blocks, in which text is literal. Emoji stay
`:named:`, quotation stays `> ` at the start of a line, code keeps its backticks; marks of emphasis go, since
`_our budget_` should read as the words it shows.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from connectors.parse.slack_people import mapping, one_line

# Tells the display name of a user id; empty when it is not known.
NameOf = Callable[[str], str]

# One pass over both, so that a decoded `&lt;` never opens a control sequence.
_CONTROL = re.compile(r"<([^<>]{1,4000})>|&(amp|lt|gt);")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">"}
_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:")
# Slack's own condition: a mark touches its words inside and no word outside. Bounded, so that a text of nothing but
# opening marks costs no more than its length.
_EMPHASIS = tuple(
    re.compile(rf"(?<![^\W_])(?<![{mark}`]){mark}(?=[^\s{mark}])([^\n]{{0,300}}?[^\s{mark}]){mark}(?![^\W_]|[{mark}`])")
    for mark in (r"\*", "_", "~")
)
_BROADCASTS = ("here", "channel", "everyone")
# What is shown of the simpler kinds of element: something before, and the value of a key.
_WORDS = {
    "text": ("", "text"),
    "usergroup": ("@", "usergroup_id"),
    "channel": ("#", "channel_id"),
    "broadcast": ("@", "range"),
    "date": ("", "fallback"),
    "color": ("", "value"),
}
# Lists within quotes within lists: more than anyone nests by hand.
_DEPTH = 12


def plain_text(text: str, name_of: NameOf) -> str:
    """Turn mrkdwn into plain text."""
    shown = _CONTROL.sub(lambda match: _control(match, name_of), text)
    for emphasis in _EMPHASIS:
        shown = emphasis.sub(r"\1", shown)
    return shown


def blocks_text(blocks: object, name_of: NameOf) -> str:
    """Turn a message's blocks into plain text, a line or paragraph each; empty for blocks without words."""
    found = [_block(mapping(block), name_of) for block in _items(blocks)]
    return "\n".join(one for one in found if one.strip()).strip("\n")


def _control(match: re.Match[str], name_of: NameOf) -> str:
    if match[2]:
        return _CHARACTERS[match[2]]
    target, _, label = match[1].partition("|")
    label = _ENTITY.sub(lambda entity: _CHARACTERS[entity[1]], label)
    if target.startswith("@"):
        return _mention(target[1:], label, name_of)
    if target.startswith("#"):
        return "#" + (label or target[1:]).lstrip("#")
    if target.startswith("!"):
        return _command(target[1:], label)
    if _LINK.match(target):
        return label or _ENTITY.sub(lambda entity: _CHARACTERS[entity[1]], target.removeprefix("mailto:"))
    return match[0]


def _mention(user_id: str, label: str, name_of: NameOf) -> str:
    return "@" + (name_of(user_id) or label.lstrip("@") or user_id)


def _command(command: str, label: str) -> str:
    if command in _BROADCASTS:
        return "@" + command
    if command.startswith("subteam^"):
        return "@" + (label or command.removeprefix("subteam^")).lstrip("@")
    return label or command.partition("^")[0]


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _block(block: Mapping[str, Any], name_of: NameOf) -> str:
    match block.get("type"):
        case "rich_text":
            return _rich_parts(block.get("elements"), name_of, _DEPTH)
        case "section" | "header":
            texts = [block.get("text"), *_items(block.get("fields"))]
        case "context":
            texts = _items(block.get("elements"))
        case _:
            return ""
    return "\n".join(one for one in (_text_object(mapping(text), name_of) for text in texts) if one)


def _text_object(text: Mapping[str, Any], name_of: NameOf) -> str:
    value = text.get("text")
    if not isinstance(value, str):
        return ""
    return plain_text(value, name_of) if text.get("type") == "mrkdwn" else value


def _rich_parts(elements: object, name_of: NameOf, depth: int) -> str:
    if depth == 0:
        return ""
    parts = [_rich_part(mapping(element), name_of, depth - 1) for element in _items(elements)]
    return "\n".join(part for part in parts if part)


def _rich_part(part: Mapping[str, Any], name_of: NameOf, depth: int) -> str:
    elements = part.get("elements")
    match part.get("type"):
        case "rich_text_section" | "rich_text_preformatted":
            return _rich_line(elements, name_of).rstrip("\n")
        case "rich_text_quote":
            return "\n".join("> " + line for line in _rich_line(elements, name_of).rstrip("\n").split("\n"))
        case "rich_text_list":
            lines = [_rich_parts([element], name_of, depth) for element in _items(elements)]
            return "\n".join("• " + line for line in lines if line)
        case _:
            return ""


def _rich_line(elements: object, name_of: NameOf) -> str:
    return "".join(_rich_word(mapping(element), name_of) for element in _items(elements))


def _rich_word(element: Mapping[str, Any], name_of: NameOf) -> str:
    def of(key: str) -> str:
        value = element.get(key)
        return value if isinstance(value, str) else ""

    match element.get("type"):
        case "user":
            return "@" + (name_of(of("user_id")) or one_line(of("user_id")))
        case "link":
            return of("text") or of("url").removeprefix("mailto:")
        case "emoji":
            return f":{of('name')}:"
        case str(kind):
            before, key = _WORDS.get(kind, ("", ""))
            return before + of(key)
        case _:
            return ""
