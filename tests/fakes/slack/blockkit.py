"""Whether a message, a modal or a page keeps to Block Kit's published limits."""

from typing import Any

LONGEST_TEXT = 40_000


def problems(payload: dict[str, Any]) -> list[str]:
    return []
