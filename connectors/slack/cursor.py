"""How far a channel has been read, as the text that is stored."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from connectors.parse.slack import microseconds

START = "0.000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Where reading goes on. `seen` and `deep` are moments of Slack's own clock, in microseconds since 1970.

    `ts`: every message of the channel up to here, with the replies it had then, has been yielded.
    `seen`: so have the edits and replies made until here to messages of the window.
    `deep`: the same for the deep window.
    `closed`: the channel was archived then, and nothing can have been added since.
    """

    ts: str = START
    seen: int = 0
    deep: int = 0
    closed: bool = False

    @property
    def at(self) -> int:
        """`ts` in microseconds."""
        return microseconds(self.ts) or 0

    def dump(self) -> str:
        """Write the cursor as JSON."""
        return json.dumps(asdict(self))


def load_cursor(text: str) -> Cursor:
    """Read a stored cursor; what can't be read starts over, which brings some messages twice and loses none."""
    try:
        raw = json.loads(text)
    except ValueError:
        return Cursor()
    if not isinstance(raw, dict) or microseconds(raw.get("ts")) is None:
        return Cursor()
    return Cursor(ts=raw["ts"], seen=_moment(raw, "seen"), deep=_moment(raw, "deep"), closed=raw.get("closed") is True)


def _moment(raw: Mapping[str, Any], key: str) -> int:
    value = raw.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
