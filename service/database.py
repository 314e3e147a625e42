"""The database: engine, transactions, and what differs between SQLite and PostgreSQL.

One request, or one batch, is one transaction. `transaction` is the only place that commits.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import DeclarativeBase, Session

from service.errors import ConfigurationError

_WRITE = "frontdoor_write"


@dataclass(frozen=True, slots=True)
class Database:
    """An engine, ready for transactions."""

    engine: Engine

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded default."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self, *, write: bool = True) -> Iterator[Session]:
        """Give a session whose work is committed at the end of the block, or undone when the block raises.

        `write=False` promises to read only, which lets SQLite serve it beside a writer.
        """
        with Session(self.engine, expire_on_commit=False) as session:
            session.connection(execution_options={_WRITE: write})
            try:
                yield session
            except BaseException:
                session.rollback()
                raise
            session.commit()

    def forget_deleted(self) -> None:
        """Empty SQLite's write-ahead log, which else holds what was deleted for a while; to be called after expiry."""
        if self.is_sqlite:
            # On the driver's own connection: the engine's begin a transaction, in which the log can't be emptied.
            with closing(self.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def connect(url: str) -> Database:
    """Open a database by URL: `sqlite:///path` or `postgresql://…`. Raises ConfigurationError for another kind."""
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.partition("://")[2]
    if url.startswith("postgresql+psycopg:"):
        return Database(create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10, hide_parameters=True))
    if not url.startswith("sqlite:"):
        raise ConfigurationError("database.url must start with sqlite:/// or postgresql://")
    try:
        engine = create_engine(url, connect_args={"timeout": 30}, hide_parameters=True)
    except ArgumentError as error:
        raise ConfigurationError("database.url can't be parsed") from error
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine)


def serialised(session: Session, name: str) -> None:
    """Let one transaction at a time past this point, until it ends (SQLite has one writer anyway)."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})


def insert_new(session: Session, table: type[DeclarativeBase], **values: object) -> None:
    """Add a row, unless one of the same key is there, or comes to be there in another transaction meanwhile."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(postgresql.insert(table).values(**values).on_conflict_do_nothing())
    else:
        session.execute(sqlite.insert(table).values(**values).on_conflict_do_nothing())


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transaction handling begins too late to lock; `_begin_sqlite` does it.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # A writer takes the lock at once: a reader that turns writer later can fail without a chance to wait.
    write = connection.get_execution_options().get(_WRITE, True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN DEFERRED")
