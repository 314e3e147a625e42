"""Slack as it happens, as part of the running program: which threads there are, and what they share."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread

from fastapi import FastAPI

from service.coaching.reminders import run_reminders
from service.crypto import Keys
from service.database import Database
from service.errors import FrontdoorError
from service.negotiations.shelf import Shelf
from service.notify.digest import run_digest
from service.notify.posts import run_posts
from service.pipeline.connect import history_for, slack_source_name
from service.pipeline.follow import follow
from service.pipeline.house import House
from service.pipeline.live import LiveIntake
from service.pipeline.recheck import run_recheck
from service.policies.files import active_policies
from service.reports.intake import run_intake
from service.reports.outcomes import run_outcomes
from service.settings import Settings, SlackSource
from service.slack import watch
from service.slack.http_routes import Desk
from service.slack.listeners import make_app
from service.slack.office import Office
from service.slack.socket import run_socket
from service.slack.workspaces import Workspaces
from service.warnings.send import Sender

log = logging.getLogger("frontdoor.slack")

# What each part of the house does by itself, in a thread of its own, until it is told to stop.
BACKGROUND: tuple[Callable[[Office, Event], None], ...] = (
    watch.run,
    run_recheck,
    run_posts,
    run_digest,
    run_intake,
    run_outcomes,
    run_reminders,
)

_LOOK_SECONDS = 30.0
# What still waits for an answer of Slack's then is cut off: it is stored how far it came, as for a kill.
_PATIENCE_SECONDS = 5.0


def slack_sources(settings: Settings) -> tuple[SlackSource, ...]:
    """Return the Slack sources that more is done with than reading one workspace's history."""
    slack = (source for source in settings.source if isinstance(source, SlackSource))
    return tuple(source for source in slack if source.is_live or source.installs is not None)


def open_office(
    settings: Settings, source: SlackSource, database: Database, keys: Keys, *, shelf: Shelf | None = None
) -> Office:
    """Make what the parts of a Slack source share; `shelf` is that of the rest of the house.

    Raises ConfigurationError.
    """
    return Office(
        database=database,
        keys=keys,
        settings=settings,
        source=source,
        policies=active_policies(settings.policies),
        workspaces=Workspaces(database, keys, source, clock=_now),
        clock=_now,
        shelf=shelf or Shelf(own_domains=tuple(settings.company.own_domains)),
    )


@contextmanager
def answering(web: FastAPI, offices: Sequence[Office], wake: Event) -> Iterator[None]:
    """Let the web application take Slack's requests inside the block, where a source has a signing secret."""
    for office in offices:
        secret = office.source.signing_secret
        if secret is not None:
            text = secret.read(f"source {office.source.name}: signing_secret")
            web.state.slack = Desk(make_app(office, wake, signing_secret=text), office, signing_secret=text)
    try:
        yield
    finally:
        if web.state.slack is not None:
            web.state.slack.write_down()


@contextmanager
def at_work(offices: Sequence[Office], house: House, wake: Event, stop: Event) -> Iterator[None]:
    """Read, warn and post inside the block; leaving it stops all of that."""
    senders = [Sender(office) for office in offices]
    threads = [
        Thread(target=run, name=name, daemon=True)
        for office, sender in zip(offices, senders, strict=True)
        for name, run in _tasks(office, sender, house, wake, stop)
    ]
    for sender in senders:
        sender.start()
        sender.recover()
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        wake.set()
        _join(threads)
        for sender in senders:
            sender.stop()


def _tasks(
    office: Office, sender: Sender, house: House, wake: Event, stop: Event
) -> Iterator[tuple[str, Callable[[], None]]]:
    name = office.source.name
    if office.source.is_live:
        intake = LiveIntake(office, house, wake=wake, warn=sender.submit)
        yield f"{name} intake", lambda: intake.run(stop)
        for run in BACKGROUND:
            yield f"{name} {run.__name__}", lambda run=run: run(office, stop)  # type: ignore[misc] # binds the loop's
    if office.source.app_token is not None:
        token = office.source.app_token.read(f"source {name}: app_token")
        app = make_app(office, wake)
        yield f"{name} socket", lambda: run_socket(office, app, token, stop)
    if office.source.token is None:
        yield f"{name} history", lambda: _sweep_all(office, house, stop)
    else:
        yield f"{name} sign-in", lambda: _register(office, stop)
        yield f"{name} history", lambda: follow(office.database, office.source, house, stop)


def _register(office: Office, stop: Event) -> None:
    """Put a single token's workspace on record, as soon as Slack says which it is."""
    while not stop.is_set():
        try:
            office.workspaces.register()
        except FrontdoorError as error:
            log.warning("not signed in to Slack (%s); it will be tried again", type(error).__name__)
            stop.wait(_LOOK_SECONDS)
        else:
            return


def _sweep_all(office: Office, house: House, stop: Event) -> None:
    """Read the history of every workspace that has the app, each in a thread of its own, anew with a new token."""
    running: dict[tuple[str, str], tuple[Thread, Event]] = {}
    while not stop.is_set():
        try:
            wanted = {(team, office.workspaces.token(team)) for team in office.workspaces.teams()}
        except FrontdoorError as error:
            log.warning("the workspaces can't be listed (%s)", type(error).__name__)
            wanted = set(running)
        for ended in running.keys() - wanted:
            running.pop(ended)[1].set()
        for team, token in wanted - running.keys():
            running[team, token] = _sweep(office, team, token, house)
        stop.wait(_LOOK_SECONDS)
    for _, end in running.values():
        end.set()
    _join([thread for thread, _ in running.values()])


def _sweep(office: Office, team: str, token: str, house: House) -> tuple[Thread, Event]:
    end, source = threading.Event(), office.source

    def read() -> None:
        follow(
            office.database,
            source,
            house,
            end,
            name=slack_source_name(source, team),
            connect=lambda: history_for(source, token, team=team, stop=end),
        )

    thread = Thread(target=read, name=f"{source.name} history {team}", daemon=True)
    thread.start()
    return thread, end


def _join(threads: Sequence[Thread]) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    for thread in threads:
        thread.join(timeout=max(0.0, end - time.monotonic()))


def _now() -> datetime:
    return datetime.now(UTC)
