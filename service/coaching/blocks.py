"""The pieces of Slack's Block Kit that App Home, lessons and reminders are made of."""

from typing import Any

Block = dict[str, Any]

OPEN = "course.open"


def section(text: str, *, accessory: Block | None = None) -> Block:
    """Return a paragraph of mrkdwn, at most 3,000 characters, with a button beside it."""
    block = {"type": "section", "text": _mrkdwn(text)}
    return block | ({"accessory": accessory} if accessory is not None else {})


def context(text: str) -> Block:
    """Return a line in small letters."""
    return {"type": "context", "elements": [_mrkdwn(text)]}


def header(text: str) -> Block:
    """Return a heading of at most 150 characters."""
    return {"type": "header", "text": plain_text(text)}


def actions(*buttons: Block) -> Block:
    """Return a row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def button(action: str, text: str, *, value: str = "", primary: bool = False) -> Block:
    """Return a button; what it says is cut to Slack's 75 characters."""
    said = text if len(text) <= 75 else f"{text[:74]}…"
    block = {"type": "button", "action_id": action, "text": plain_text(said), "value": value or action}
    return block | ({"style": "primary"} if primary else {})


def plain_text(text: str) -> Block:
    """Return a text that takes no markup."""
    return {"type": "plain_text", "text": text, "emoji": False}


def _mrkdwn(text: str) -> Block:
    # Verbatim: Slack makes no links or mentions of its own accord out of what people wrote.
    return {"type": "mrkdwn", "text": text, "verbatim": True}
