"""Reading a source: once to its end, or for as long as the program runs."""

import logging
import random
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from connectors import Batch, Connector, ConnectorError
from service.database import Database
from service.errors import ConfigurationError
from service.pipeline.connect import connector_for
from service.pipeline.house import House
from service.pipeline.ingest import Outcome, ingest
from service.pipeline.judging import judge_beside
from service.settings import SourceSettings
from service.sources.record import cursors_of, note_failure, note_read

log = logging.getLogger("frontdoor.pipeline")

# A source that fails is tried again after 5 s, 10 s, 20 s … but at least every five minutes.
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 300.0


def drain(
    database: Database,
    connector: Connector,
    house: House,
    *,
    source: str,
    kind: str,
    rate: float | None = None,
    stop: Event | None = None,
    progress: Callable[[Batch, Outcome], None] | None = None,
) -> None:
    """Read a source to its end: each batch one transaction with its cursor, judged by what is known by then.

    `rate` spares the source: at most so many messages a second. Raises ConnectorError when the source fails; what was
    committed before stays.
    """
    stop = stop or Event()
    house = house.with_own_domain(getattr(connector, "own_domain", ""))
    with database.transaction(write=False) as session:
        cursors = cursors_of(session, source)
    for batch in connector.batches(cursors):
        log.debug("fetched %s: %d messages", source, len(batch.messages))
        house = house.refreshed(database)
        outcome = _commit(database, source, kind, batch, house)
        log.info(
            "read %s: %d messages, %d new in scope, %d refused, %d alerts",
            source,
            outcome.brought,
            outcome.stored,
            outcome.refused,
            len(outcome.alerts),
        )
        if progress is not None:
            progress(batch, outcome)
        if rate and batch.messages:
            stop.wait(len(batch.messages) / rate)
        if stop.is_set():
            return
    with database.transaction() as session:
        note_read(session, source, kind, messages=0, refusals=0, now=datetime.now(UTC))
    log.debug("read %s to its end", source)


def follow(
    database: Database,
    settings: SourceSettings,
    house: House,
    stop: Event,
    *,
    name: str = "",
    connect: Callable[[], Connector] | None = None,
) -> None:
    """Read a source and wait for more, until `stop`; failures are noted where people look, and tried again.

    The connector lives through failures: it knows how long to keep away after a refused sign-in. `name` and `connect`
    are those of one workspace, where the source has several.
    """
    name, connect = name or settings.name, connect or (lambda: connector_for(settings, stop=stop))
    connector: Connector | None = None
    failures = 0
    while not stop.is_set():
        try:
            connector = connector or connect()
            drain(database, connector, house, source=name, kind=settings.kind, rate=settings.rate, stop=stop)
            failures = 0
            connector.wait(settings.poll_seconds, stop)
        except Exception as error:  # noqa: BLE001 - whatever it is, ingestion must not end silently
            if stop.is_set():
                break  # it was told to stop, which is no failure
            _note(database, name, settings.kind, error)
            failures += 1
            delay = min(_FIRST_WAIT * 2 ** (failures - 1), _LONGEST_WAIT)
            stop.wait(delay * random.uniform(0.8, 1.2))  # noqa: S311 - spreads retries, guards nothing
    if connector is not None:
        connector.close()


def _commit(database: Database, source: str, kind: str, batch: Batch, house: House) -> Outcome:
    # Judging takes longest, so it comes before the transaction, which keeps other writers out.
    judged = judge_beside(database, batch.messages, house)
    try:
        with database.transaction() as session:
            return ingest(session, source, kind, batch, house, now=datetime.now(UTC), judged=judged)
    except IntegrityError:
        # Another process stored one of these messages meanwhile; the second look sees it.
        with database.transaction() as session:
            return ingest(session, source, kind, batch, house, now=datetime.now(UTC), judged=judged)


def _note(database: Database, name: str, kind: str, error: Exception) -> None:
    """Put a failure where people look; only errors written for people are quoted, the others may hold text."""
    known = isinstance(error, ConnectorError | ConfigurationError)
    log.warning("source %s failed (%s); the Sources page says why", name, type(error).__name__)
    failure = str(error) if known else f"an unexpected {type(error).__name__}: please report it"
    try:
        with database.transaction() as session:
            note_failure(session, name, kind, failure, now=datetime.now(UTC))
    except SQLAlchemyError as second:
        log.error("the database failed too: %s", type(second).__name__)  # noqa: TRY400 - a trace may hold text
