"""Sources of messages. A connector knows how to fetch and parse, and nothing of what is looked for.

Each connector yields batches. A batch carries the messages and the cursor that is true once they are stored: the
caller commits both together, and hands the stored cursors back after a restart. A connector keeps no state of its own
that matters: killed anywhere, it goes on from the cursors.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from messages import Message

# Why the rest of a message that says it was truncated is refused.
TRUNCATED = "longer or more deeply nested than can be read: the rest was not looked at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A thing that could not be read as a message: where it is, and why, without a word of its content."""

    where: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some messages of one stream of a source, in the source's order, with the cursor behind the last of them.

    `stream` is a folder, a channel or a file of the source; `cursor` is the connector's own text, stored as it is; an
    empty one moves none.
    `done` and `total` count messages (or bytes, for a file) of the stream for a progress bar; total None is unknown.
    """

    stream: str
    messages: tuple[Message, ...]
    cursor: str
    refusals: tuple[Refusal, ...] = ()
    done: int = 0
    total: int | None = None


class Connector(Protocol):
    """A source of batches.

    `source` is its stable name, unique in an installation: it is half of every stored cursor's key.
    """

    source: str

    def batches(self, cursors: Mapping[str, str]) -> Iterator[Batch]:
        """Yield what is new since `cursors` (stream to cursor), until there is no more.

        Raises ConnectorError when the source can't be reached or refuses; what was yielded before stays true.
        """
        ...

    def wait(self, seconds: float, stop: Event) -> None:
        """Return when the source may have something new, after `seconds`, or when `stop` is set: what is first."""
        ...

    def check(self) -> str:
        """Try the source (sign in, list what would be read) and say in a line what was found.

        Raises ConnectorError with advice when it does not work.
        """
        ...

    def close(self) -> None:
        """Let go of connections and files; calling it twice is harmless."""
        ...


class ConnectorError(Exception):
    """The source could not be read. The text says what to mend and holds no secret and no message."""
