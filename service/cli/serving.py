"""`frontdoor init`, `demo`, `run` and `serve`: the program as a service."""

import logging
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from service.app import create_app
from service.auth.links import first_sign_in_link
from service.cli.common import CONFIG, Config, Verbose, log_to_stderr, say
from service.crypto import Keys
from service.database import Database
from service.errors import ConfigurationError
from service.pipeline import Batch, House, Outcome, drain, follow, open_files
from service.settings import Settings, load_settings, parse_settings
from service.start import open_database, open_house, open_keys
from service.threads.keep import expire

log = logging.getLogger("frontdoor.serving")

_EXPIRY_SECONDS = 3600.0


class _Server(uvicorn.Server):
    """Tells open streams to end before it waits for connections to close: theirs would stay."""

    stopping: threading.Event

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take a signal to stop."""
        self.stopping.set()
        super().handle_exit(sig, frame)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("demo")(demo)
    app.command("init")(init)
    app.command("run")(run)
    app.command("serve")(serve)


def init(config: Config = CONFIG) -> None:
    """Write a commented frontdoor.toml to start from."""
    if config.exists():
        raise ConfigurationError(f"{config} is there already; it was left as it is")
    template = resources.files("service") / "frontdoor.example.toml"
    config.write_text(template.read_text("utf-8"), "utf-8")
    say(f"{config} written: fill in your domains and a source, then run `frontdoor doctor`")


def demo(
    port: Annotated[int, typer.Option(help="The console's port on this machine.", min=0, max=65535)] = 8400,
    data: Annotated[
        Path | None, typer.Option(help="Keep the demo's database here; without it, it goes at the end.")
    ] = None,
) -> None:
    """Read the bundled sample mail and Slack export, and serve the console on this machine."""
    with _demo_folder(data) as folder:
        samples = resources.files("service") / "samples"
        with resources.as_file(samples) as path:
            settings = _demo_settings(folder, path, port)
            database, keys = open_database(settings, migrate=True), open_keys(settings)
            with closing(database):
                house = open_house(settings, database, keys)
                _read_samples(database, house, path)
                _serve(settings, database, keys, sources=None)


def run(config: Config = CONFIG, verbose: Verbose = False) -> None:
    """Read every source and serve the console, all in one process."""
    settings = load_settings(config)
    log_to_stderr(verbose=verbose)
    database, keys = open_database(settings, migrate=True), open_keys(settings)
    with closing(database):
        house = open_house(settings, database, keys)
        if not settings.source:
            say("no [[source]] in the configuration: nothing will be read")
        _serve(settings, database, keys, sources=house)


def serve(config: Config = CONFIG, verbose: Verbose = False) -> None:
    """Serve the console and the API alone; another process reads the sources."""
    settings = load_settings(config)
    log_to_stderr(verbose=verbose)
    database, keys = open_database(settings, migrate=False), open_keys(settings)
    with closing(database):
        _serve(settings, database, keys, sources=None)


def _serve(settings: Settings, database: Database, keys: Keys, *, sources: House | None) -> None:
    listener = _listen(settings)
    host, port = listener.getsockname()[:2]
    base = settings.server.public_url or f"http://{f'[{host}]' if ':' in host else host}:{port}"
    app = create_app(database, keys, settings)
    server = _Server(
        uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=5)
    )
    server.stopping = app.state.stopping
    stop = threading.Event()
    workers = _workers(settings, database, sources, stop) if sources is not None else []
    for worker in workers:
        worker.start()
    with database.transaction() as session:
        link = first_sign_in_link(session, base_url=base, now=datetime.now(UTC))
    say(f"the console is at {base}")
    if link:
        say(f"sign in once with this link, valid for a day: {link}")
    else:
        say("sign in with a link from `frontdoor user link NAME`")
    # The server hands a signal on once it has closed its connections; each is a request to stop, not a failure.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        say("stopping")
    finally:
        stop.set()
        for worker in workers:
            worker.join(timeout=30)
        listener.close()


def _listen(settings: Settings) -> socket.socket:
    """Take the port before anything is printed, so that a taken one is a clear error."""
    host, port = settings.server.host, settings.server.port
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise ConfigurationError(
            f"can't listen on {host} port {port} ({error.strerror}): choose another port"
        ) from error


def _workers(settings: Settings, database: Database, house: House, stop: threading.Event) -> list[threading.Thread]:
    workers = [
        threading.Thread(target=follow, args=(database, source, house, stop), name=f"source {source.name}")
        for source in settings.source
    ]
    return [*workers, threading.Thread(target=_expire_hourly, args=(database, settings, stop), name="expiry")]


def _expire_hourly(database: Database, settings: Settings, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            with database.transaction() as session:
                gone = expire(session, settings.retention, now=datetime.now(UTC))
            log.info("expired: %s", ", ".join(f"{number} {what}" for what, number in gone.items()))
        except SQLAlchemyError as error:
            log.error("expiry failed: %s", type(error).__name__)  # noqa: TRY400 - a trace may hold text
        stop.wait(_EXPIRY_SECONDS)


@contextmanager
def _demo_folder(data: Path | None) -> Iterator[Path]:
    """Give a folder for the demo's database, and take it away at the end unless it was asked for."""
    if data is not None:
        data.mkdir(parents=True, exist_ok=True)
        yield data
        return
    with tempfile.TemporaryDirectory(prefix="frontdoor-demo-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _demo_settings(folder: Path, samples: Path, port: int) -> Settings:
    return parse_settings(
        {
            "company": {"own_domains": ["ourco.example"], "context": samples},
            "database": {"url": f"sqlite:///{folder / 'frontdoor.db'}"},
            "keys": {"file": folder / "keys.toml"},
            "server": {"port": port},
        },
        where="the demo",
    )


def _read_samples(database: Database, house: House, samples: Path) -> None:
    with closing(open_files([samples / "mail.mbox", samples / "slack"])) as files:
        alerts: set[object] = set()
        brought = 0

        def add(_: Batch, outcome: Outcome) -> None:
            nonlocal brought
            brought += outcome.brought
            alerts.update(outcome.alerts)

        drain(database, files, house, source="samples", kind="files", progress=add)
    say(f"{brought} sample messages read, {len(alerts)} alerts")
