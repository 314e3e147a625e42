"""The plain forms of Slack: a text to read, and what somebody typed into one."""

from collections.abc import Iterator, Mapping
from typing import Any

View = dict[str, Any]

LONGEST_TITLE = 24


def reading(*, title: str, text: str, close: str) -> View:
    """Return a modal that is only read; `text` is mrkdwn."""
    return {
        "type": "modal",
        "title": plain_text(title),
        "close": plain_text(close),
        "blocks": [section(text)],
    }


def section(text: str) -> View:
    """Return a block of mrkdwn."""
    # Verbatim: Slack makes no links or mentions of its own accord out of what people wrote.
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def plain_text(text: str) -> View:
    """Return a text object that takes no markup."""
    return {"type": "plain_text", "text": text, "emoji": False}


def typed(view: Mapping[str, Any], block: str = "") -> tuple[str, str]:
    """Return the block and the words of a text field: that of `block`, else the first; empty where nothing is."""
    for block_id, element in _elements(view):
        if element.get("type") == "plain_text_input" and block in ("", block_id):
            return block_id, str(element.get("value") or "").strip()
    return block, ""


def ticked(view: Mapping[str, Any], block: str) -> bool:
    """Tell whether a tick box of a block is ticked."""
    return any(bool(element.get("selected_options")) for block_id, element in _elements(view) if block_id == block)


def _elements(view: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    state = view.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    for block_id, actions in (values if isinstance(values, Mapping) else {}).items():
        for element in (actions if isinstance(actions, Mapping) else {}).values():
            if isinstance(element, Mapping):
                yield str(block_id), element
