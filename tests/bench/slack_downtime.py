"""An hour of silence, then everything that was missed: how long the sweep of history takes, and what it leaves alone.

Usage: python -m tests.bench.slack_downtime [--messages 5000] [--channels 40]
The fake Slack keeps the real limits (calls a minute and method), answers 429 beyond them, and notes each.
"""

import argparse
import random
import signal
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, text

from service.database import connect
from service.models import SourceCursor
from service.warnings.models import WarningRow
from tests.bench.slack_live import start, stored_messages, threads_alerted, wait_connected, warnings_of
from tests.bench.slack_town import Line, lines, loud, settle, write_config
from tests.fakes.slack.limits import RateLimits
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.world import World

_HOUR = 3600.0
_PATIENCE_SECONDS = 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtUp:
    """What a run gave. `unordered`: channels whose messages were not stored in the order in which they were said.

    `threads`: how many threads have something given away in them, each of which should have one alert; `alerts` are
    those about what was said in one thread.
    """

    missed: int
    stored: int
    stored_twice: int
    unordered: int
    threads: int
    alerts: int
    warnings: int
    limited: int
    calls: int
    seconds: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=5000)
    parser.add_argument("--channels", type=int, default=40)
    options = parser.parse_args()
    print(measure(messages=options.messages, channels=options.channels))


def measure(*, messages: int = 5000, channels: int = 40) -> CaughtUp:
    """Let the program begin, stop it, talk for an hour, and start it again."""
    with tempfile.TemporaryDirectory() as folder, FakeSlack(World(live=True)) as slack:
        settle(slack.world, channels=channels)
        url = f"sqlite:///{folder}/frontdoor.db"
        config = write_config(Path(folder), slack, source="poll_seconds = 2\ngrace_seconds = 1")
        said = loud(lines(slack.world, messages + messages // 20, every=10))[:messages]
        process = start(config)
        wait_connected(slack, process, 0, config.parent)
        before = _greet(slack)
        _wait(lambda: _cursors(url) >= channels)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        missed = _talk(slack, said)
        calls, slack.rate_limits = len(slack.calls), RateLimits()
        begin, opened = time.monotonic(), slack.socket.opened
        process = start(config)
        wait_connected(slack, process, opened, config.parent)
        _wait(lambda: not missed.keys() - stored_messages(url).keys())
        seconds = time.monotonic() - begin
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        return _count(url, slack, missed, before, calls=len(slack.calls) - calls, seconds=seconds)


def _greet(slack: FakeSlack) -> set[str]:
    """Say something in every channel, a while ago, so that each has a place from which to go on."""
    begin = time.time() - _HOUR - 120
    found = set()
    for number, room in enumerate(one for one in slack.world.channels.values() if one.kind == "channel"):
        at = f"{begin + number:.6f}"
        found.add(f"{room.id}:{slack.world.post(room.id, room.members[2], 'Good morning to all of you.', at=at)}")
    return found


def _talk(slack: FakeSlack, said: Sequence[Line]) -> dict[str, Line]:
    """Say everything within the last hour, some of it as replies; nothing of it is delivered."""
    chance, begin = random.Random(3), time.time() - _HOUR
    missed: dict[str, Line] = {}
    roots: defaultdict[str, list[str]] = defaultdict(list)
    for number, line in enumerate(said):
        at = f"{begin + number * (_HOUR - 60) / len(said):.6f}"
        thread = chance.choice(roots[line.channel]) if roots[line.channel] and number % 25 == 0 else ""
        ts = slack.world.post(line.channel, line.user, line.text, at=at, thread=thread, quiet=True)
        if not thread and len(roots[line.channel]) < 2:
            roots[line.channel].append(ts)
        missed[f"{line.channel}:{ts}"] = line
    return missed


def _cursors(url: str) -> int:
    with closing(connect(url)) as database, database.transaction(write=False) as session:
        return session.scalar(select(func.count()).select_from(SourceCursor)) or 0


def _wait(is_done) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end and not is_done():
        time.sleep(0.5)


def _count(
    url: str, slack: FakeSlack, missed: dict[str, Line], before: set[str], *, calls: int, seconds: float
) -> CaughtUp:
    stored = stored_messages(url)
    with closing(connect(url)) as database, database.transaction(write=False) as session:
        ids = session.scalars(text("SELECT external_id FROM message ORDER BY rowid")).all()
        alerts = len(threads_alerted(session))
        warnings = session.scalar(select(func.count()).select_from(WarningRow)) or 0
    return CaughtUp(
        missed=len(missed),
        stored=len(missed.keys() & stored.keys()),
        stored_twice=sum(count > 1 for count in stored.values()),
        unordered=_unordered([one for one in ids if ":".join(one.split(":")[1:3]) not in before], slack),
        threads=len({_thread(slack, place) for place, line in missed.items() if line.figure}),
        alerts=alerts,
        warnings=warnings + len(warnings_of(slack)),
        limited=slack.rate_limits.refused if slack.rate_limits else 0,
        calls=calls,
        seconds=seconds,
    )


def _thread(slack: FakeSlack, place: str) -> tuple[str, str]:
    channel, ts = place.split(":")
    return channel, slack.world.find(channel, ts).get("thread_ts", ts)


def _unordered(ids: Sequence[str], slack: FakeSlack) -> int:
    """Count the channels whose messages of the channel itself, or of one thread, were not stored oldest first."""
    streams: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for one in ids:
        _, channel, ts, *_ = one.split(":")
        post = slack.world.find(channel, ts)
        streams[channel, post.get("thread_ts", "")].append(ts)
    return len(Counter(channel for (channel, _), found in streams.items() if found != sorted(found)))


if __name__ == "__main__":
    main()
