"""Slack's rate limits, for a fake that keeps to them."""

import math
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

# Calls a minute that a workspace's installation has, by Slack's tiers.
TIERS: Mapping[str, int] = {
    "apps.connections.open": 100,
    "auth.test": 600,
    "chat.delete": 50,
    "chat.getPermalink": 600,
    "chat.postEphemeral": 100,
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.info": 50,
    "conversations.list": 20,
    "conversations.members": 100,
    "conversations.open": 50,
    "conversations.replies": 50,
    "team.info": 50,
    "users.conversations": 50,
    "users.info": 100,
    "users.list": 20,
    "views.open": 100,
    "views.publish": 100,
    "views.push": 100,
    "views.update": 100,
}


@dataclass(slots=True, kw_only=True)
class RateLimits:
    """How often a method may be called: so many a minute by installation, and some once a second by channel.

    `clock` is in seconds; a fake's own (`lambda: slack.world.now`) or the real one.
    """

    per_minute: Mapping[str, int] = field(default_factory=lambda: dict(TIERS))
    once_a_second: frozenset[str] = frozenset({"chat.postMessage"})
    clock: Callable[[], float] = time.monotonic
    refused: int = 0
    _calls: dict[tuple[str, str], deque[float]] = field(default_factory=dict)

    def wait(self, method: str, token: str, arguments: Mapping[str, Any]) -> int:
        """Note a call and give 0; or give the whole seconds to wait, and note that it was refused."""
        needed = 0
        if method in self.per_minute:
            needed = self._take((method, token), self.per_minute[method], 60.0)
        if method in self.once_a_second and not needed:
            needed = self._take((method, token + str(arguments.get("channel"))), 1, 1.0)
        self.refused += bool(needed)
        return needed

    def _take(self, key: tuple[str, str], most: int, seconds: float) -> int:
        now = self.clock()
        calls = self._calls.setdefault(key, deque())
        while calls and calls[0] <= now - seconds:
            calls.popleft()
        if len(calls) >= most:
            return max(1, math.ceil(calls[0] + seconds - now))
        calls.append(now)
        return 0
