"""From the configuration to the parts that run."""

from pathlib import Path

from detectors.context import Context
from service.crypto import Keys, load_keys
from service.database import Database, connect
from service.directory.files import read_directory
from service.directory.store import load_directory, save_directory
from service.errors import ConfigurationError
from service.migrate import is_current, upgrade
from service.pipeline import House
from service.policies.files import active_policies
from service.settings import Settings


def open_database(settings: Settings, *, migrate: bool) -> Database:
    """Connect, and bring the tables up to date or insist that they are. Raises ConfigurationError."""
    if settings.database_url.startswith("sqlite:///"):
        Path(settings.database_url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    database = connect(settings.database_url)
    if migrate:
        upgrade(database)
    elif not is_current(database):
        raise ConfigurationError("the database is not up to date: run `frontdoor db upgrade`")
    return database


def open_keys(settings: Settings) -> Keys:
    """Load the keys; make them when neither they nor a sealed text can exist yet."""
    return load_keys(settings.keys.file, create=True)


def open_house(settings: Settings, database: Database, keys: Keys) -> House:
    """Take over the directory's files where the configuration names them, and load what batches are judged with."""
    files = read_directory(settings.company.own_domains, settings.company.context)
    with database.transaction() as session:
        save_directory(session, files)
        directory = load_directory(session, files.own_domains)
    return House(
        keys=keys,
        context=Context(directory=directory),
        policies=active_policies(settings.policies),
        retention=settings.retention,
    )
