"""Killing the running program over and over while it drains a mailbox, and comparing what it stored in the end."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from queue import Empty, Queue

from sqlalchemy import select

from service.database import connect
from service.models import Alert, FindingRow, MessageRow
from tests.fakes.dovecot import Dovecot

# An alert as a user knows it: policy, status and labels, and which words of which mails are its evidence.
Known = tuple[str, str, str, tuple[str, ...], tuple[tuple[str, str, int | None, int | None], ...]]


def write_config(folder: Path, server: Dovecot, *, rate: float, batch_size: int = 10) -> Path:
    """Write the configuration of an installation that drains one local mailbox."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "frontdoor.toml"
    path.write_text(
        f"""
[company]
own_domains = ["ourco.example"]
[database]
url = "sqlite:///{folder}/frontdoor.db"
[keys]
file = "{folder}/keys.toml"
[server]
port = 0
[[source]]
kind = "imap"
name = "mailbox"
host = "{server.host}"
port = {server.port}
user = "{server.user}"
tls = "none"
password = {{ env = "MAILBOX_PASSWORD" }}
folders = ["INBOX"]
batch_size = {batch_size}
rate = {rate}
""",
        "utf-8",
    )
    return path


def drain_with_kills(config: Path, environment: dict[str, str], *, kills: int, seed: int) -> int:
    """Run the program, kill it `kills` times soon after a fetch, let it finish; returns how often it was killed."""
    chance = random.Random(seed)
    killed = 0
    while killed < kills:
        if not _run(config, environment, kill_after=chance.uniform(0.0, 0.25)):
            return killed
        killed += 1
    _run(config, environment, kill_after=None)
    return killed


def drain_mailbox(
    folder: Path, server: Dovecot, *, url: str, kills: int, rate: float = 400, batch_size: int = 10, seed: int = 1
) -> int:
    """Drain a server's mailbox into a database, killed `kills` times on the way; returns how often it was."""
    config = write_config(folder, server, rate=rate, batch_size=batch_size)
    environment = {"MAILBOX_PASSWORD": server.password, "FRONTDOOR_DATABASE_URL": url}
    return drain_with_kills(config, environment, kills=kills, seed=seed)


def stored_alerts(url: str) -> Counter[Known]:
    """Read what was stored, in the terms of a user: an alert stored twice counts twice."""
    database = connect(url)
    with database.transaction(write=False) as session:
        found: dict[object, list[tuple[str, str, int | None, int | None]]] = {}
        query = select(FindingRow.alert_id, MessageRow.external_id, FindingRow.label, FindingRow.start, FindingRow.end)
        for alert, *evidence in session.execute(query.join(MessageRow, MessageRow.id == FindingRow.message_id)):
            found.setdefault(alert, []).append(tuple(evidence))
        alerts = Counter(
            (
                alert.policy,
                alert.status,
                f"{alert.risk:.3f}",
                tuple(sorted(label.label for label in alert.labels)),
                tuple(sorted(found.get(alert.id, []), key=repr)),
            )
            for alert in session.scalars(select(Alert))
        )
    database.close()
    return alerts


def stored_messages(url: str) -> Counter[str]:
    """Count the stored messages by their own ids."""
    database = connect(url)
    with database.transaction(write=False) as session:
        messages = Counter(session.scalars(select(MessageRow.external_id)))
    database.close()
    return messages


def _run(config: Path, environment: dict[str, str], *, kill_after: float | None) -> bool:
    """Run until killed some seconds after the first fetch, or to the mailbox's end; tells whether it was killed."""
    command = [str(Path(sys.executable).parent / "frontdoor"), "run", "--verbose", "--config", str(config)]
    process = subprocess.Popen(
        command, env=os.environ | environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    lines: Queue[str | None] = Queue()
    reader = threading.Thread(target=_read, args=(process, lines), daemon=True)
    reader.start()
    try:
        seen = _wait_for(lines, "fetched mailbox", "read mailbox to its end", seconds=60)
        if kill_after is not None and "fetched" in seen:
            try:
                _wait_for(lines, "read mailbox to its end", seconds=kill_after)
            except TimeoutError:
                process.send_signal(signal.SIGKILL)
                return True
            return False
        if "to its end" not in seen:
            _wait_for(lines, "read mailbox to its end", seconds=300)
        return False
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=30)
        reader.join(timeout=10)
        assert process.stderr is not None
        process.stderr.close()


def _read(process: subprocess.Popen[str], lines: "Queue[str | None]") -> None:
    assert process.stderr is not None
    for line in process.stderr:
        lines.put(line)
    lines.put(None)


def _wait_for(lines: "Queue[str | None]", *wanted: str, seconds: float) -> str:
    end = time.monotonic() + seconds
    heard = []
    while (left := end - time.monotonic()) > 0:
        try:
            line = lines.get(timeout=left)
        except Empty:
            break
        if line is None:
            raise RuntimeError("the program ended: " + "".join(heard[-20:]))
        heard.append(line)
        if any(words in line for words in wanted):
            return line
    raise TimeoutError
