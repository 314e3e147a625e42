"""How fast mail goes from a mailbox to stored alerts: a real Dovecot, one core for everything, SQLite or PostgreSQL.

Usage: python -m tests.bench.throughput [--messages 2000] [--words 200] [--every 50] [--database URL] [--profile]
Prints messages a second, and with --profile (a second run, slower by the profiler) where the time goes.
"""

import argparse
import cProfile
import os
import pstats
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from detectors.context import Context
from detectors.scoring import builtin_policies
from messages import Directory
from service.crypto import new_keys
from service.database import connect
from service.migrate import upgrade
from service.pipeline import Batch
from service.pipeline.connect import connector_for
from service.pipeline.follow import drain
from service.pipeline.house import House
from service.pipeline.ingest import Outcome
from service.settings import ImapSource, Retention, Secret
from tests.bench.traffic import mails
from tests.fakes.dovecot import Dovecot, dovecot

# What the profile is summed up by: the outermost function of each stage.
STAGES = {
    "fetch (IMAP)": ("imapclient", "fetch"),
    "parse (MIME)": ("connectors/parse/mail.py", "parse_mail"),
    "judge (clean, rules)": ("detectors/catalogue.py", "analyze_all"),
    "join threads": ("service/threads/store.py", "join_threads"),
    "store messages (seal, insert)": ("service/threads/store.py", "store_messages"),
    "record alerts": ("service/alerts/record.py", "record_evidence"),
    "keep context": ("service/threads/keep.py", "keep_context"),
    "commit": ("sqlalchemy/orm/session.py", "commit"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drained:
    """One run: messages brought, alerts raised, seconds."""

    messages: int
    alerts: int
    seconds: float

    @property
    def rate(self) -> float:
        """Messages a second."""
        return self.messages / self.seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--words", type=int, default=200)
    parser.add_argument("--every", type=int, default=50, help="one in so many gives something away")
    parser.add_argument("--database", default="", help="the URL of an empty database; without it SQLite in a new file")
    parser.add_argument("--profile", action="store_true")
    arguments = parser.parse_args()
    done = measure(arguments.messages, words=arguments.words, every=arguments.every, url=arguments.database)
    print(f"{done.messages} messages, {done.alerts} alerts, {done.seconds:.2f} s: {done.rate:.0f} messages a second")
    if arguments.profile and not arguments.database:
        for stage, share in profile(arguments.messages, words=arguments.words, every=arguments.every).items():
            print(f"  {share:6.1%}  {stage}")


def measure(messages: int, *, words: int = 200, every: int = 50, url: str = "") -> Drained:
    """Drain a mailbox once, the server and the program sharing one core."""
    one_core()
    with dovecot() as server, tempfile.TemporaryDirectory() as folder:
        server.deliver("INBOX", mails(messages, words=words, every=every))
        return _drain(server, url or f"sqlite:///{Path(folder) / 'bench.db'}")


def profile(messages: int, *, words: int = 200, every: int = 50) -> dict[str, float]:
    """Drain once under the profiler; returns each stage's share of the time."""
    profiler = cProfile.Profile()
    with dovecot() as server, tempfile.TemporaryDirectory() as folder:
        server.deliver("INBOX", mails(messages, words=words, every=every))
        profiler.enable()
        _drain(server, f"sqlite:///{Path(folder) / 'bench.db'}")
        profiler.disable()
    statistics = pstats.Stats(profiler)
    rows = statistics.stats  # type: ignore[attr-defined]
    shares = {
        stage: max((row[3] for (file, _, name), row in rows.items() if where in file and name == function), default=0.0)
        / statistics.total_tt  # type: ignore[attr-defined]
        for stage, (where, function) in STAGES.items()
    }
    return shares | {"the rest": 1 - sum(shares.values())}


def one_core() -> None:
    """Keep this process, and what it starts from now on, to one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _drain(server: Dovecot, url: str) -> Drained:
    os.environ["FRONTDOOR_BENCH_PASSWORD"] = server.password
    source = ImapSource(
        kind="imap",
        name="bench",
        host=server.host,
        port=server.port,
        user=server.user,
        tls="none",
        folders=("INBOX",),
        password=Secret(env="FRONTDOOR_BENCH_PASSWORD"),
    )
    house = House(
        keys=new_keys(),
        context=Context(directory=Directory(own_domains=("ourco.example",))),
        policies=tuple(policy for policy in builtin_policies() if policy.name == "balanced"),
        retention=Retention(),
    )
    with closing(connect(url)) as database, closing(connector_for(source)) as connector:
        upgrade(database)
        brought, alerts = 0, set[object]()

        def add(_: Batch, outcome: Outcome) -> None:
            nonlocal brought
            brought += outcome.brought
            alerts.update(outcome.alerts)

        begin = time.perf_counter()
        drain(database, connector, house, source=source.name, kind=source.kind, progress=add)
        return Drained(messages=brought, alerts=len(alerts), seconds=time.perf_counter() - begin)


if __name__ == "__main__":
    main()
