"""`frontdoor run` and `serve`: the program as a service."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from types import FrameType

import typer
import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from service.app import create_app
from service.auth.links import first_sign_in_link
from service.cli.options import CONFIG, Config, Verbose
from service.cli.voice import log_to_stderr, say
from service.crypto import Keys
from service.database import Database
from service.errors import ConfigurationError
from service.negotiations.shelf import Shelf
from service.pipeline.follow import follow
from service.pipeline.house import House
from service.settings import Settings, load_settings
from service.slack.office import Office
from service.slack.running import answering, at_work, open_office, slack_sources
from service.start import open_database, open_house, open_keys
from service.threads.keep import expire

log = logging.getLogger("frontdoor.serving")

_EXPIRY_SECONDS = 3600.0
_PATIENCE_SECONDS = 30.0
_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

app = typer.Typer()


class _Server(uvicorn.Server):
    """Tells open streams to end before it waits for connections to close: theirs would stay."""

    stopping: threading.Event

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take a signal to stop."""
        self.stopping.set()
        super().handle_exit(sig, frame)


@app.command("run")
def run(config: Config = CONFIG, verbose: Verbose = False) -> None:
    """Read every source and serve the console, all in one process."""
    settings = load_settings(config)
    log_to_stderr(verbose=verbose)
    with until_stopped(), closing(open_database(settings, migrate=True)) as database:
        keys = open_keys(settings, database)
        house = open_house(settings, database, keys)
        if not settings.source:
            say("no [[source]] in the configuration: nothing will be read")
        serve_console(settings, database, keys, sources=house)


@app.command("serve")
def serve(config: Config = CONFIG, verbose: Verbose = False) -> None:
    """Serve the console and the API alone; another process reads the sources."""
    settings = load_settings(config)
    log_to_stderr(verbose=verbose)
    with until_stopped(), closing(open_database(settings, migrate=False)) as database:
        serve_console(settings, database, open_keys(settings, database))


@contextmanager
def until_stopped() -> Iterator[None]:
    """Take Ctrl-C, SIGTERM and SIGHUP inside the block as a wish to stop: what is open is closed, nothing failed."""
    with _signals_call(signal.default_int_handler), suppress(KeyboardInterrupt):
        yield
    say("stopped")


@contextmanager
def _signals_call(handler: Callable[[int, FrameType | None], object]) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in _STOPS}
    try:
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)


def serve_console(settings: Settings, database: Database, keys: Keys, *, sources: House | None = None) -> None:
    """Serve the console and the API until a signal, and read the sources beside it where a house is given."""
    with closing(_listen(settings)) as listener:
        host, port = listener.getsockname()[:2]
        base = settings.server.public_url or f"http://{f'[{host}]' if ':' in host else host}:{port}"
        app = create_app(database, keys, settings)
        server = _Server(
            uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=5)
        )
        server.stopping = app.state.stopping
        shelf = sources.shelf if sources is not None else None
        offices, wake = _offices(settings, database, keys, shelf), threading.Event()
        # Signals reach the server before the link is shown: whoever sees it may stop what has not started yet.
        with ExitStack() as stack:
            stack.enter_context(answering(app, offices, wake))
            if sources is not None:
                stack.enter_context(at_work(offices, sources, wake, server.stopping))
                stack.enter_context(_working(_workers(settings, database, sources, server.stopping), server.stopping))
            stack.enter_context(_signals_call(server.handle_exit))
            _greet(database, base)
            server.run(sockets=[listener])


def _offices(settings: Settings, database: Database, keys: Keys, shelf: Shelf | None) -> list[Office]:
    return [open_office(settings, source, database, keys, shelf=shelf) for source in slack_sources(settings)]


@contextmanager
def _working(workers: Sequence[threading.Thread], stopping: threading.Event) -> Iterator[None]:
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        stopping.set()
        for worker in workers:
            worker.join(timeout=_PATIENCE_SECONDS)


def _greet(database: Database, base: str) -> None:
    with database.transaction() as session:
        link = first_sign_in_link(session, base_url=base, now=datetime.now(UTC))
    say(f"the console is at {base}")
    if link:
        say(f"sign in once with this link, valid for a day: {link}")
    else:
        say("sign in with a link from `frontdoor user link NAME`")


def _listen(settings: Settings) -> socket.socket:
    """Take the port before anything is printed, so that a taken one is a clear error."""
    host, port = settings.server.host, settings.server.port
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise ConfigurationError(
            f"can't listen on {host} port {port} ({os.strerror(error.errno or 0)}): choose another port"
        ) from error


def _workers(settings: Settings, database: Database, house: House, stop: threading.Event) -> list[threading.Thread]:
    elsewhere = slack_sources(settings)
    workers = [
        threading.Thread(target=follow, args=(database, source, house, stop), name=f"source {source.name}")
        for source in settings.source
        if source not in elsewhere
    ]
    return [*workers, threading.Thread(target=_expire_hourly, args=(database, settings, stop), name="expiry")]


def _expire_hourly(database: Database, settings: Settings, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            with database.transaction() as session:
                gone = expire(session, settings.retention, now=datetime.now(UTC))
            database.forget_deleted()
            log.info("expired: %s", ", ".join(f"{number} {what}" for what, number in gone.items()))
        except SQLAlchemyError as error:
            log.error("expiry failed: %s", type(error).__name__)  # noqa: TRY400 - a trace may hold text
        stop.wait(_EXPIRY_SECONDS)
