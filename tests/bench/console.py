"""How fast the console's list answers over many stored alerts, by each filter and sort.

Usage: python -m tests.bench.console [--alerts 100000] [--database URL of an empty database]
Prints median and 95th percentile of each view, in milliseconds, through the whole application in one process.
"""

import argparse
import json
import random
import tempfile
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import insert, text
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from detectors.finding import Label
from service import models
from service.alerts.search import tokens_of
from service.app import create_app
from service.auth.links import first_sign_in_link
from service.crypto import Keys, new_keys
from service.database import Database, connect
from service.migrate import upgrade
from service.settings import parse_settings
from tests.bench.traffic import GIVEAWAYS, ORDINARY

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
VIEWS: dict[str, dict[str, str]] = {
    "all": {},
    "new": {"status": "new"},
    "resolved": {"status": "resolved"},
    "suppressed": {"status": "suppressed"},
    "critical": {"severity": "critical"},
    "low, by risk": {"severity": "low", "sort": "risk"},
    "by risk": {"sort": "risk"},
    "common label": {"label": "budget"},
    "rare label": {"label": "innovation"},
    "rare label, by risk": {"label": "innovation", "sort": "risk"},
    "counterparty": {"counterparty": "Supplier 7"},
    "person": {"person": "worker7@ourco.example"},
    "a word": {"text": "needle"},
    "common words": {"text": "budget approved"},
    "no such word": {"text": "unheardof"},
    "a day": {"since": "2026-09-01", "until": "2026-09-02"},
    "much at once": {"status": "new", "label": "leverage", "counterparty": "Supplier 7", "sort": "risk"},
}
_CHUNK = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What one view took, each time it was asked for."""

    milliseconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return sorted(self.milliseconds)[len(self.milliseconds) // 2]

    @property
    def p95(self) -> float:
        """What 95 of 100 stay under."""
        return sorted(self.milliseconds)[round(0.95 * (len(self.milliseconds) - 1))]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--alerts", type=int, default=100_000)
    parser.add_argument("--database", default="", help="the URL of an empty database; without it SQLite in a new file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        timings = measure(arguments.database or f"sqlite:///{Path(folder) / 'bench.db'}", alerts=arguments.alerts)
    for view, timing in timings.items():
        print(f"{view:<22} median {timing.median:6.1f} ms   p95 {timing.p95:6.1f} ms")


def measure(url: str, *, alerts: int, times: int = 20) -> dict[str, Timing]:
    """Fill a database with alerts, and ask for each view of the list `times` times, in turns."""
    database, keys = connect(url), new_keys()
    upgrade(database)
    fill(database, keys, alerts)
    client = _signed_in(database, keys)
    taken: dict[str, list[float]] = {view: [] for view in VIEWS}
    for turn in range(times + 1):
        for view, query in VIEWS.items():
            begin = time.perf_counter()
            response = client.get(f"/alerts?{urlencode(query)}")
            milliseconds = (time.perf_counter() - begin) * 1000
            response.raise_for_status()
            if turn:  # the first one fills caches that a running service has full
                taken[view].append(milliseconds)
    database.close()
    return {view: Timing(milliseconds=tuple(values)) for view, values in taken.items()}


def fill(database: Database, keys: Keys, alerts: int) -> None:
    """Store so many alerts, each with a message, a finding or two, and its words in the search index."""
    chance = random.Random(11)
    for start in range(0, alerts, _CHUNK):
        with database.transaction() as session:
            _store(session, [_alert(keys, chance, number) for number in range(start, min(start + _CHUNK, alerts))])
    # What a running PostgreSQL does by itself within a minute.
    tidy = "ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(tidy))


def _store(session: Session, made: list[dict[type[models.Base], list[dict[str, object]]]]) -> None:
    for table in made[0]:
        rows = [row for one in made for row in one[table]]
        if rows:
            session.execute(insert(table), rows)


def _alert(keys: Keys, chance: random.Random, number: int) -> dict[type[models.Base], list[dict[str, object]]]:
    thread, message, alert = (uuid.UUID(int=chance.getrandbits(128)) for _ in range(3))
    at = NOW - timedelta(seconds=number * 97)
    words = chance.choice(GIVEAWAYS) if number % 1000 else f"{GIVEAWAYS[0]} needle"
    body = " ".join((chance.choice(ORDINARY), words, chance.choice(ORDINARY)))
    start = body.index(words)
    key_id, sealed = keys.seal(json.dumps({"subject": f"Delivery {number}", "text": body}), place=f"message:{message}")
    author, risk = f"worker{number % 400}@ourco.example", chance.uniform(40, 100)
    labels = _labels(chance, number)
    severity = "critical" if risk >= 90 else "high" if risk >= 70 else "medium" if risk >= 45 else "low"
    status = chance.choices(("new", "in_progress", "resolved", "suppressed"), (20, 5, 70, 5))[0]
    evidence = {"alert_id": alert, "message_id": message, "part": "", "start": start, "end": start + len(words)}
    return {
        models.Thread: [{"id": thread, "channel": "email", "seen_at": at}],
        models.MessageRow: [
            {
                "id": message,
                "key": message.bytes,
                "thread_id": thread,
                "source": "bench",
                "external_id": f"{number}@ourco.example",
                "channel": "email",
                "direction": "outbound",
                "sent_at": at,
                "stored_at": at,
                "participants": [["from", author, "Worker"], ["to", f"s@supplier{number % 300}.example", "Seller"]],
                "parts": [["new", 0, len(body)]],
                "key_id": key_id,
                "sealed": sealed,
                "text_until": None,
            }
        ],
        models.Alert: [
            {
                "id": alert,
                "thread_id": thread,
                "policy": "balanced",
                "status": status,
                "severity": severity,
                "risk": risk,
                "channel": "email",
                "counterparty": f"Supplier {number % 300}",
                "verdict": None,
                "said_at": at,
                "opened_at": at,
                "updated_at": at,
                "reopened": 0,
            }
        ],
        models.AlertLabel: [{"alert_id": alert, "label": label} for label in labels],
        models.AlertPerson: [{"alert_id": alert, "address": author}],
        models.FindingRow: [
            evidence
            | {
                "id": uuid.UUID(int=chance.getrandbits(128)),
                "label": label,
                "confidence": 0.9,
                "points": risk / len(labels),
                "explanation": f"{label}: confidence 0.90 x weight 0.90",
                "reason": "It is said outright.",
                "detector": label,
                "rule": "bench",
                "evidence": message.bytes,
                "found_at": at,
            }
            for label in labels
        ],
        models.SearchToken: [{"token": token, "alert_id": alert} for token in tokens_of(body, keys)],
    }


def _labels(chance: random.Random, number: int) -> list[str]:
    common = [label.value for label in Label if label is not Label.INNOVATION]
    labels = chance.sample(common, chance.choice((1, 1, 2)))
    return [*labels, Label.INNOVATION.value] if number % 500 == 3 else labels


def _signed_in(database: Database, keys: Keys) -> TestClient:
    settings = parse_settings({"company": {"own_domains": ["ourco.example"]}}, where="the benchmark")
    client = TestClient(create_app(database, keys, settings), base_url="http://127.0.0.1:8400")
    with database.transaction() as session:
        link = first_sign_in_link(session, base_url="http://127.0.0.1:8400", now=datetime.now(UTC))
    assert link is not None
    client.get(link).raise_for_status()
    return client


if __name__ == "__main__":
    main()
