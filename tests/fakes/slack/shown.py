"""What an app has put before people: ephemeral messages, modals and pages; kept so that a test can read it."""

import itertools
from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]

# A trigger opens one modal, within this many seconds.
TRIGGER_SECONDS = 3.0


@dataclass(slots=True, kw_only=True)
class Ephemeral:
    """An ephemeral message that was accepted; `accepted_at` by time.time(), `accepted_mono` by time.monotonic().

    What an interaction's response_url answered with has `by_hook`; one that was deleted or replaced so is `gone`.
    `seen` tells whether it reached the person's eyes: Slack accepts it also for who is away, and for a thread in which
    nobody has replied yet, and shows it in neither case.
    """

    user: str
    channel: str
    text: str
    blocks: list[Block]
    ts: str
    app: str
    thread_ts: str = ""
    accepted_at: float = 0.0
    accepted_mono: float = 0.0
    by_hook: bool = False
    seen: bool = True
    gone: bool = False


@dataclass(slots=True, kw_only=True)
class View:
    """A modal (or a page): `content` is what the app gave, `state` what a person has filled in so far."""

    id: str
    app: str
    user: str
    team: str
    content: dict[str, Any]
    root: str = ""
    previous: str = ""
    hash: str = ""
    closed: bool = False
    state: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Trigger:
    """What lets an app open one modal for a person; `view` is the modal it came from, if any."""

    app: str
    user: str
    team: str
    made_at: float
    view: str = ""
    used: bool = False


@dataclass(slots=True, kw_only=True)
class Hook:
    """A response_url: where an app answers what a person did. `ts` is the message that it was done to."""

    app: str
    user: str
    channel: str
    ts: str = ""
    thread_ts: str = ""
    ephemeral: bool = False
    posts: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Shown:
    """Everything shown so far."""

    ephemerals: list[Ephemeral] = field(default_factory=list)
    views: dict[str, View] = field(default_factory=dict)
    homes: dict[tuple[str, str], View] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    canvases: dict[str, dict[str, Any]] = field(default_factory=dict)
    codes: dict[str, Any] = field(default_factory=dict)
    numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    def next_id(self, letter: str) -> str:
        """A new id: V for a view, F for a canvas, …."""
        return f"{letter}0{next(self.numbers):07d}"
