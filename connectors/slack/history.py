"""Pages of a channel, oldest first, from an API that gives the newest first.

conversations.history walks back in time, page by page. Whoever yields pages in that order must not move a cursor before
the last of them, and whoever collects them first must hold a channel's whole history. So the walk goes back to the
start, keeps the last few pages it saw, which are the oldest, and of every page before only where it began; then it
yields what it kept, and asks again for the others, oldest first. A pass that finds less than a few pages, which is
every pass but the first, asks for each page once.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from connectors.parse.slack import microseconds
from connectors.slack.api import SlackApi
from connectors.slack.errors import THREAD_CODES, DeclinedError

_KEPT_PAGES = 25

Raw = Mapping[str, Any]


def ascending(
    api: SlackApi, channel: str, *, after: str, before: str = "", size: int, keep: int = _KEPT_PAGES
) -> Iterator[list[Raw]]:
    """Yield the messages between two timestamps, both exclusive, in pages, oldest first; no `before` means now."""
    kept: deque[tuple[str, list[Raw]]] = deque()
    dropped: list[str] = []
    upper = before
    latest = {"latest": before} if before else {}
    for items in api.pages("conversations.history", "messages", channel=channel, oldest=after, limit=size, **latest):
        page = sorted((one for one in items if isinstance(one, Mapping)), key=said_at)
        if not page:
            continue
        kept.appendleft((upper, page))
        upper = _first_ts(page) or upper
        if len(kept) > keep:
            dropped.append(kept.pop()[0])
    for _, page in kept:
        yield page
        after = _last_ts(page) or after
    kept.clear()
    for bound in reversed(dropped):
        for page in ascending(api, channel, after=after, before=bound, size=size, keep=keep):
            yield page
            after = _last_ts(page) or after


def replies(api: SlackApi, channel: str, thread: str, *, after: str, size: int) -> Iterator[Raw]:
    """Yield the replies of a thread after a timestamp, oldest first; none when the thread is gone.

    Its root is left out, and so are replies that were sent to the channel too: they are in its history.
    """
    pages = api.pages("conversations.replies", "messages", channel=channel, ts=thread, oldest=after, limit=size)
    try:
        for items in pages:
            for one in items:
                if isinstance(one, Mapping) and one.get("ts") != thread and one.get("subtype") != "thread_broadcast":
                    yield one
    except DeclinedError as error:
        if error.code not in THREAD_CODES:
            raise


def has_thread(raw: Raw) -> bool:
    """Whether a message of the channel has replies."""
    return bool(raw.get("reply_count")) or raw.get("thread_ts") == raw.get("ts")


def said_at(raw: Raw) -> int:
    """When a message was posted, in microseconds; 0 when it does not say."""
    return microseconds(raw.get("ts")) or 0


def edited_at(raw: Raw) -> int:
    """When a message was edited, in microseconds; 0 when it was not."""
    edited = raw.get("edited")
    return (microseconds(edited.get("ts")) or 0) if isinstance(edited, Mapping) else 0


def _first_ts(page: list[Raw]) -> str:
    return next((one["ts"] for one in page if said_at(one)), "")


def _last_ts(page: list[Raw]) -> str:
    return next((one["ts"] for one in reversed(page) if said_at(one)), "")
