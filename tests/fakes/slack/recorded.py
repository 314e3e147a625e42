"""Recorded Slack payloads, which are not part of this repository: found by FRONTDOOR_DATA, sorted by what they are.

    recorded("message")          events of a kind, whole (the event_callback around them)
    recorded("block_actions")    interactions, view submissions, shortcuts, commands
    recorded("users.info")       answers of the Web API

A kind of a message may name its subtype ("message.message_changed").
"""

import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

Payload = dict[str, Any]

INTERACTIONS = ("block_actions", "message_action", "shortcut", "view_closed", "view_submission")
_API = "slackapi__java-slack-sdk__api_"
# These hold every key there is, each with an empty value.
SCHEMAS = "slackapi__java-slack-sdk__"


class NotRecordedError(LookupError):
    """FRONTDOOR_DATA names no folder with recorded payloads."""


def recorded(kind: str) -> list[Payload]:
    """Return all recorded payloads of a kind. Raises NotRecordedError without the data."""
    return [payload for one, _, payload in everything() if one == kind]


@cache
def everything() -> tuple[tuple[str, bool, Payload], ...]:
    """Return all recorded payloads with their kinds, and whether each is a schema with empty values."""
    folder = os.environ.get("FRONTDOOR_DATA", "")
    files = sorted(Path(folder, "slack_payloads").glob("*.json")) if folder else []
    if not files:
        raise NotRecordedError("FRONTDOOR_DATA names no folder with recorded payloads")
    found = []
    for path in files:
        payload = read(path)
        kind = _kind(path.name, payload)
        if kind:
            found.append((kind, path.name.startswith(SCHEMAS), payload))
    return tuple(found)


def read(path: Path) -> Any:
    """Read one file; None when it is no JSON."""
    try:
        return json.loads(path.read_bytes())
    except ValueError:
        return None


def event_kind(event: Mapping[str, Any]) -> str:
    """Name an inner event by its type, and a message by its subtype, too."""
    subtype = event.get("subtype")
    return f"message.{subtype}" if event.get("type") == "message" and subtype else str(event.get("type", ""))


def _kind(name: str, payload: Any) -> str:
    if not isinstance(payload, dict):
        return ""
    if name.startswith(_API):
        return name.removeprefix(_API).removesuffix(".json")
    event = payload.get("event")
    if isinstance(event, dict) and "function_execution_id" not in event:
        return event_kind(event)
    if payload.get("type") in INTERACTIONS:
        return str(payload["type"])
    if "command" in payload and "user_id" in payload:
        return "slash_command"
    return "app_rate_limited" if payload.get("type") == "app_rate_limited" else ""
