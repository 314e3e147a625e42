"""The envelope of an event: through which installation of the app it came.

In a channel that another firm began, the envelope's own `team_id` and `enterprise_id` are that firm's. Whose the app is
that was told stands among the `authorizations`.
"""

from collections.abc import Mapping
from typing import Any

_LONGEST = 100


def authorization(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the installation that Slack names, of those that may see the event; empty where it names none."""
    found = body.get("authorizations")
    first = found[0] if isinstance(found, list) and found else None
    return first if isinstance(first, Mapping) else {}


def team_of(body: Mapping[str, Any]) -> str:
    """Name the workspace of ours that an event came through; empty where it concerns a whole organisation."""
    first = authorization(body)
    if not first:
        return word(body.get("team_id"))
    # An organisation's installation is told which of its workspaces is meant by the context alone.
    return word(first.get("team_id")) or word(body.get("context_team_id")) or word(body.get("team_id"))


def enterprise_of(body: Mapping[str, Any]) -> str:
    """Name the organisation of ours that an event came through; empty for a workspace of none."""
    first = authorization(body)
    return word(first.get("enterprise_id")) if first else word(body.get("enterprise_id"))


def word(value: object) -> str:
    """Return an identifier as it is, and nothing for what can't be one."""
    is_sound = isinstance(value, str) and len(value) <= _LONGEST and value.isascii() and value.isprintable()
    return str(value) if is_sound else ""
