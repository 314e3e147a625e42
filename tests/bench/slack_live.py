"""From a posted message to the warning that Slack has accepted, through Socket Mode, with the real program.

Usage: python -m tests.bench.slack_live [--seconds 120] [--rate 30] [--every 3]
A fake Slack posts in this process; the program runs in another one, on what is left of the machine.
"""

import argparse
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from detectors.drip_rules import DRIP
from service.database import connect
from service.models import Alert, AlertLabel, MessageRow
from tests.bench.slack_town import Line, environment, figures_of, lines, loud, settle, write_config
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.world import World

_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """What a run gave. `seconds` from each posted giveaway to its accepted warning, sorted."""

    posted: int
    giveaways: int
    seconds: tuple[float, ...]
    lost_warnings: int
    twice_warned: int
    lost_messages: int
    twice_stored: int
    took: float

    def quantile(self, share: float) -> float:
        """Return the time within which this share of the warnings was accepted."""
        return self.seconds[min(int(len(self.seconds) * share), len(self.seconds) - 1)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--rate", type=float, default=30.0)
    parser.add_argument("--every", type=int, default=3)
    options = parser.parse_args()
    found = measure(seconds=options.seconds, rate=options.rate, every=options.every)
    print(f"{found.posted} messages in {found.took:.0f} s, {found.giveaways} of them give something away")
    print(
        f"posted to accepted: p50 {found.quantile(0.5) * 1000:.0f} ms, p90 {found.quantile(0.9) * 1000:.0f} ms, "
        f"p99 {found.quantile(0.99) * 1000:.0f} ms, longest {found.seconds[-1] * 1000:.0f} ms, "
        f"mean {statistics.fmean(found.seconds) * 1000:.0f} ms"
    )
    print(
        f"warnings lost {found.lost_warnings}, twice {found.twice_warned}; "
        f"messages lost {found.lost_messages}, stored twice {found.twice_stored}"
    )


def measure(*, seconds: float = 120.0, rate: float = 30.0, every: int = 3) -> Warned:
    """Post at a steady rate for so long, and wait for the last warning."""
    with tempfile.TemporaryDirectory() as folder, FakeSlack(World(live=True)) as slack:
        settle(slack.world)
        said = loud(lines(slack.world, int(seconds * rate * 1.1) + 30, every=every))[: int(seconds * rate)]
        config = write_config(Path(folder), slack)
        with program(config, slack):
            begin = time.monotonic()
            posted = _post(slack, said, rate=rate)
            took = time.monotonic() - begin
            _await(slack, sum(bool(line.figure) for line in said))
            slack.socket.dispatch.idle(timeout=_PATIENCE_SECONDS)
        stored = stored_messages(f"sqlite:///{folder}/frontdoor.db")
    accepted = warnings_of(slack)
    times = [
        accepted[line.figure][0] - at for line, (at, _) in zip(said, posted, strict=True) if accepted.get(line.figure)
    ]
    wanted = {f"{line.channel}:{ts}" for line, (_, ts) in zip(said, posted, strict=True)}
    return Warned(
        posted=len(said),
        giveaways=sum(bool(line.figure) for line in said),
        seconds=tuple(sorted(times)),
        lost_warnings=sum(bool(line.figure) and line.figure not in accepted for line in said),
        twice_warned=sum(len(times) > 1 for times in accepted.values()),
        lost_messages=len(wanted - stored.keys()),
        twice_stored=sum(count > 1 for count in stored.values()),
        took=took,
    )


@contextmanager
def program(config: Path, slack: FakeSlack):
    """Run the program beside the block, once it is connected."""
    before = slack.socket.opened
    process = start(config)
    try:
        wait_connected(slack, process, before, config.parent)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def start(config: Path, more: Mapping[str, str] = MappingProxyType({})) -> subprocess.Popen[bytes]:
    """Start the program, with more in its environment."""
    command = [str(Path(sys.executable).parent / "frontdoor"), "run", "--config", str(config)]
    with (config.parent / "log").open("ab") as log:
        return subprocess.Popen(command, env=environment() | dict(more), stdout=subprocess.DEVNULL, stderr=log)


def wait_connected(slack: FakeSlack, process: subprocess.Popen[bytes], before: int, folder: Path) -> None:
    """Wait until the program has opened another connection."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        if slack.socket.opened > before and slack.socket.connections(slack.world.app.id):
            return
        if process.poll() is not None:
            break
        time.sleep(0.02)
    raise RuntimeError("the program did not connect: " + (folder / "log").read_text("utf-8")[-3000:])


def warnings_of(slack: FakeSlack) -> dict[str, list[float]]:
    """Return by figure when each warning of it was accepted, ephemeral or direct."""
    found: dict[str, list[float]] = {}
    for one in slack.ephemerals:
        for figure in figures_of(one.blocks):
            found.setdefault(figure, []).append(one.accepted_mono)
    for channel in slack.world.channels.values():
        for post in channel.posts if channel.kind == "im" else ():
            for figure in figures_of(post.get("blocks")):
                found.setdefault(figure, []).append(time.monotonic())
    return found


def stored_messages(url: str) -> Counter[str]:
    """Count the stored messages, by channel and time stamp."""
    with closing(connect(url)) as database, database.transaction(write=False) as session:
        ids = session.scalars(select(MessageRow.external_id)).all()
    return Counter(":".join(one.split(":")[1:3]) for one in ids)


def threads_alerted(session: Session) -> list[str]:
    """Return the thread of each alert about what was said in it; what adds up across threads has alerts of its own."""
    adds_up = select(AlertLabel.alert_id).where(AlertLabel.label == DRIP)
    return list(session.scalars(select(Alert.thread_id).where(Alert.id.not_in(adds_up))))


def _post(slack: FakeSlack, said: Sequence[Line], *, rate: float) -> list[tuple[float, str]]:
    posted, begin = [], time.monotonic()
    for number, line in enumerate(said):
        wait = begin + number / rate - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        at = time.monotonic()
        posted.append((at, slack.world.post(line.channel, line.user, line.text)))
    return posted


def _await(slack: FakeSlack, count: int) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end and len(slack.ephemerals) < count:
        time.sleep(0.1)


if __name__ == "__main__":
    main()
