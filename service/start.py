"""From the configuration to the parts that run."""

import os
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from service.crypto import Keys, load_keys
from service.database import Database, connect
from service.directory.files import read_columns, read_directory
from service.directory.store import load_directory, save_directory
from service.errors import ConfigurationError
from service.migrate import is_current, upgrade
from service.models import MessageRow
from service.negotiations.files import read_negotiations
from service.negotiations.shelf import Shelf
from service.negotiations.snapshot import save_register
from service.pipeline.house import House
from service.policies.files import active_policies
from service.settings import Settings
from service.trained import load_model

_CAUSES = (
    ("password authentication failed", "its user or password is refused"),
    ("does not exist", "there is no such database or user"),
    ("refused", "nothing answers at its host and port"),
    ("resolve", "its host is unknown"),
    ("timeout expired", "its host does not answer"),
    ("locked", "another program keeps it locked"),
    ("not a database", "the file is not a database, or is damaged"),
    ("malformed", "the file is damaged"),
    ("readonly", "the file or its folder can't be written"),
    ("unable to open", "the file can't be opened or made"),
    ("full", "the disk is full"),
)


def open_database(settings: Settings, *, migrate: bool) -> Database:
    """Connect, and bring the tables up to date or insist that they are. Raises ConfigurationError."""
    if settings.database_url.startswith("sqlite:///"):
        _make_private(Path(settings.database_url.removeprefix("sqlite:///")))
    database = connect_to(settings)
    try:
        if check_database(database):
            return database
        if not migrate:
            raise ConfigurationError("the database is not up to date: run `frontdoor db upgrade`")
        upgrade(database)
    except SQLAlchemyError as error:
        raise _unusable(error) from error
    return database


def _make_private(path: Path) -> None:
    """Make the database's file, where it is not there, for nobody else to read: it holds who wrote to whom."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError:
        return  # connecting says what is wrong with it


def connect_to(settings: Settings) -> Database:
    """Connect to the configured database. Raises ConfigurationError when its URL can't be used."""
    try:
        return connect(settings.database_url)
    except ValueError:  # what it can't parse stays unsaid: a URL may hold a password
        raise ConfigurationError("database.url or FRONTDOOR_DATABASE_URL can't be parsed: look at its port") from None


def check_database(database: Database) -> bool:
    """Tell whether the tables are up to date. Raises ConfigurationError when the database can't be used."""
    try:
        return is_current(database)
    except SQLAlchemyError as error:
        raise _unusable(error) from error


def _unusable(error: SQLAlchemyError) -> ConfigurationError:
    """Say what to mend; the driver's own words are left out, since a mistyped URL puts the password among them."""
    words = str(error.__cause__ or error)
    cause = next((cause for mark, cause in _CAUSES if mark in words), type(error).__name__)
    return ConfigurationError(
        f"the database can't be used ({cause}): check database.url or FRONTDOOR_DATABASE_URL, and what stands behind it"
    )


def open_keys(settings: Settings, database: Database) -> Keys:
    """Load the keys; make them when no message has been stored under others yet. Raises ConfigurationError."""
    insist_on_keys(settings, database)
    return load_keys(settings.keys.file, create=True)


def insist_on_keys(settings: Settings, database: Database) -> None:
    """Raise ConfigurationError when the key file is gone under which messages have been stored."""
    path = settings.keys.file
    if not path.exists() and _has_messages(database):
        raise ConfigurationError(
            f"the key file {path} is gone, and the database has texts under its keys: put it back from a backup"
        )


def _has_messages(database: Database) -> bool:
    with database.transaction(write=False) as session:
        return session.scalar(select(MessageRow.id).limit(1)) is not None


def open_house(settings: Settings, database: Database, keys: Keys) -> House:
    """Take over directory and register where the configuration names their files, and load what batches are judged by.

    Raises ConfigurationError that names the file and the place in it.
    """
    load_model()
    folder = settings.company.context
    files = read_directory(settings.company.own_domains, folder)
    with database.transaction() as session:
        save_directory(session, files, columns=read_columns(folder))
        # Its people and firms may be known from elsewhere than the files: from SCIM, or from the console.
        register = read_negotiations(folder, load_directory(session, files.own_domains))
        if register or register.rates:
            save_register(session, keys, register, now=datetime.now(UTC))
    shelf = Shelf(own_domains=files.own_domains)
    context = shelf.context(database, keys)
    return House(
        keys=keys,
        context=context,
        policies=active_policies(settings.policies),
        retention=settings.retention,
        shelf=shelf,
        taken=context,
    )
