"""Killing the running program over and over while people talk in Slack, and counting what became of each message."""

import random
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from service.database import connect
from service.models import FindingRow, MessageRow, Tally
from tests.bench.slack_live import start, stored_messages, threads_alerted, wait_connected, warnings_of
from tests.bench.slack_town import Line, lines, loud, settle, write_config
from tests.fakes.slack.delivery import Pace
from tests.fakes.slack.server import Duplicates, FakeSlack
from tests.fakes.slack.world import World

_PATIENCE_SECONDS = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Survived:
    """What is there after the kills.

    `scored` is what the day's counts say; `alerts` are those of each figure: none for what adds up across threads.
    """

    kills: int
    posted: int
    giveaways: int
    stored: int
    missing: int
    stored_twice: int
    scored: int
    warned: int
    warned_twice: int
    alerts: int
    alerts_twice: int
    evidence_twice: int


def survive(folder: Path, *, kills: int, url: str = "", rate: float = 20.0, seed: int = 1) -> Survived:
    """Talk, and kill the program `kills` times meanwhile; then let it catch up."""
    chance = random.Random(seed)
    pace = Pace(ack_seconds=1.0, retry_seconds=(0.5, 2.0, 5.0))
    with FakeSlack(World(live=True), pace=pace, duplicates=Duplicates(same=10, other=5)) as slack:
        settle(slack.world, channels=10, people=60)
        said = loud(lines(slack.world, int(kills * 4.0 * rate), seed=seed))
        config = write_config(folder, slack, source="poll_seconds = 1\ngrace_seconds = 3")
        process = _begin(slack, config, url)
        town = _Town(slack, said, rate)
        town.start()
        for _ in range(kills):
            time.sleep(chance.uniform(0.05, 1.2))
            process.kill()
            process.wait()
            process = _begin(slack, config, url)
        town.stop()
        database = url or f"sqlite:///{folder}/frontdoor.db"
        try:
            _await(database, town.posted)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)
        return _count(database, slack, town, kills)


class _Town(threading.Thread):
    def __init__(self, slack: FakeSlack, said: Sequence[Line], rate: float) -> None:
        super().__init__(name="town")
        self.posted: dict[str, Line] = {}
        self._slack, self._said, self._rate = slack, said, rate
        self._end = threading.Event()

    def run(self) -> None:
        for line in self._said:
            ts = self._slack.world.post(line.channel, line.user, line.text)
            self.posted[f"{line.channel}:{ts}"] = line
            if self._end.wait(1 / self._rate):
                return

    def stop(self) -> None:
        self._end.set()
        self.join()


def _begin(slack: FakeSlack, config: Path, url: str) -> subprocess.Popen[bytes]:
    before = slack.socket.opened
    process = start(config, {"FRONTDOOR_DATABASE_URL": url} if url else {})
    wait_connected(slack, process, before, config.parent)
    return process


def _await(url: str, posted: dict[str, Line]) -> None:
    """Wait until everything is stored, and then a little for what might be stored twice."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end and posted.keys() - stored_messages(url).keys():
        time.sleep(0.5)
    time.sleep(3.0)


def _count(url: str, slack: FakeSlack, town: _Town, kills: int) -> Survived:
    stored, warned = stored_messages(url), warnings_of(slack)
    with closing(connect(url)) as database, database.transaction(write=False) as session:
        scored = session.scalar(select(func.sum(Tally.count)).where(Tally.name.in_(("inbound", "outbound"))))
        threads = Counter(threads_alerted(session))
        evidence = Counter(
            tuple(row)
            for row in session.execute(
                select(MessageRow.external_id, FindingRow.label, FindingRow.start, FindingRow.detector).join(
                    MessageRow, MessageRow.id == FindingRow.message_id
                )
            )
        )
    return Survived(
        kills=kills,
        posted=len(town.posted),
        giveaways=sum(bool(line.figure) for line in town.posted.values()),
        stored=len(stored),
        missing=len(town.posted.keys() - stored.keys()),
        stored_twice=sum(count > 1 for count in stored.values()),
        scored=int(scored or 0),
        warned=len(warned),
        warned_twice=sum(len(times) > 1 for times in warned.values()),
        alerts=sum(threads.values()),
        alerts_twice=sum(count > 1 for count in threads.values()),
        evidence_twice=sum(count > 1 for count in evidence.values()),
    )
