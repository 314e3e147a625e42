"""One pass over one channel: what is new, and what changed of what is not.

A message is in one of two places. *Behind* the cursor's `ts` it has been yielded, and is looked at for an edit or for
new replies only: Slack shows neither anywhere else, since a reply does not move its thread and an edit does not move
its message. *Ahead* of it the message is new, and is yielded with all its replies.

The pass is one walk, oldest first, that starts a window before what has been seen:

    start ··· behind: edits and new replies ··· ts ··· ahead: new messages, each with its thread ··· now

While it is behind, batches carry the cursor as it was: killed there, the next pass does the same again. On the first
message ahead everything behind has been looked at, so `seen` moves to when this pass began; from there on `ts` moves
with every message, once its thread is through. So at each batch the cursor is true of all that is in it and before it.
What lies on both sides of a kill is yielded twice, with the same id.

Most passes look back `window_days`. One in `deep_hours` looks back `deep_days`, for threads that woke up after a long
sleep, and reads the threads of the window again for replies that were edited, which no list of messages shows. A reply
to a thread older than that is found when it is also sent to the channel.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from connectors import Batch
from connectors.parse.slack import microseconds
from connectors.slack.api import SlackApi
from connectors.slack.cursor import START, Cursor
from connectors.slack.history import Raw, ascending, edited_at, has_thread, replies, said_at
from connectors.slack.room import Pile, Room
from connectors.slack.settings import SlackSettings

_SECOND = 1_000_000
_HOUR = 3600 * _SECOND
_DAY = 24 * _HOUR
# Slack answers from copies; what was said this recently may not have reached all of them.
_LAG = 10 * _SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """What a pass looks for, in microseconds of Slack's clock.

    The walk begins at `start`; up to `known` everything has been yielded. What lies after `window` was looked at by
    every pass up to `recent`, so a change counts from then on; what lies before it, by deep passes alone, the last of
    them at `older`. A deep pass reads threads with a reply after `edits` once more. `swept` is the cursor to carry once
    everything up to `known` has been looked at. What was said or edited after `until` is left to a later pass.
    """

    start: int
    window: int
    known: int
    recent: int
    older: int
    edits: int
    deep: bool
    swept: Cursor
    until: int

    @classmethod
    def plan(cls, cursor: Cursor, settings: SlackSettings, *, now: int) -> Self:
        """Decide how far this pass looks back."""
        days = int(settings.window_days * _DAY)
        window = max(0, min(cursor.at, cursor.seen - days))
        deep = now - cursor.deep >= settings.deep_hours * _HOUR
        until = now - int(settings.grace_seconds * _SECOND)
        seen = max(0, min(now - _LAG, until))
        return cls(
            start=max(0, min(window, cursor.deep - int(settings.deep_days * _DAY))) if deep else window,
            window=window,
            known=cursor.at,
            recent=cursor.seen,
            older=cursor.deep,
            edits=max(0, now - days),
            deep=deep,
            swept=replace(cursor, seen=seen, deep=seen if deep else cursor.deep, closed=False),
            until=until if settings.grace_seconds else now + _DAY,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A message to yield, or the timestamp that has been reached with all its thread."""

    raw: Raw | None = None
    reached: str = ""


def read_channel(api: SlackApi, room: Room, cursor: Cursor, settings: SlackSettings) -> Iterator[Batch]:
    """Yield what is new in a channel since the cursor. Raises ConnectorError; what was yielded before stays true."""
    # Nobody adds to an archived channel, or hears of it sooner.
    settings = replace(settings, grace_seconds=0.0) if room.archived else settings
    sweep = Sweep.plan(cursor, settings, now=api.served_at)
    pile = Pile(stream=room.id, cursor=cursor)
    for step in _steps(api, room.id, sweep, size=settings.page_size):
        if step.raw is not None:
            pile.add(room, step.raw)
        if step.reached:
            pile.cursor = replace(sweep.swept, ts=step.reached)
        if pile.size >= settings.page_size:
            yield pile.batch()
    moved = pile.cursor != cursor
    pile.cursor = replace(sweep.swept, ts=pile.cursor.ts, closed=room.archived)
    if pile.size or moved or sweep.deep or room.archived:
        yield pile.batch()


def _steps(api: SlackApi, channel: str, sweep: Sweep, *, size: int) -> Iterator[_Step]:
    for page in ascending(api, channel, after=_ts(sweep.start), size=size):
        for raw in page:
            at = microseconds(raw.get("ts"))
            if at is None:
                # It has no place in time, so it can't be behind: it is refused wherever it turns up.
                yield _Step(raw=raw)
            elif at > max(sweep.known, sweep.until):
                return
            elif at > sweep.known:
                yield from _ahead(api, channel, raw, sweep, size=size)
            else:
                yield from _behind(api, channel, raw, sweep, size=size)


def _ahead(api: SlackApi, channel: str, raw: Raw, sweep: Sweep, *, size: int) -> Iterator[_Step]:
    yield _Step(raw=raw)
    if has_thread(raw):
        for reply in replies(api, channel, raw["ts"], after=START, size=size):
            if said_at(reply) <= sweep.until:
                yield _Step(raw=reply)
    yield _Step(reached=raw["ts"])


def _behind(api: SlackApi, channel: str, raw: Raw, sweep: Sweep, *, size: int) -> Iterator[_Step]:
    since = sweep.recent if said_at(raw) > sweep.window else sweep.older
    if since < edited_at(raw) <= sweep.until:
        yield _Step(raw=raw)
    if not has_thread(raw):
        return
    # A thread that does not say when it was last answered is read, to be sure.
    last = microseconds(raw.get("latest_reply"))
    again = sweep.deep and (last is None or last > sweep.edits)
    if not again and last is not None and last <= since:
        return
    edits = sweep.older if sweep.deep else since
    for reply in replies(api, channel, raw["ts"], after=_ts(min(since, sweep.edits) if again else since), size=size):
        if since < said_at(reply) <= sweep.until or edits < edited_at(reply) <= sweep.until:
            yield _Step(raw=reply)


def _ts(moment: int) -> str:
    return f"{moment // _SECOND}.{moment % _SECOND:06d}"
