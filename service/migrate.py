"""Bringing the database to the tables this version knows."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

import migrations
from service.database import Database
from service.errors import ConfigurationError


def upgrade(database: Database) -> None:
    """Run the migrations that are missing; two processes doing so at once wait for each other."""
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('frontdoor.migrate'))"))
        command.upgrade(config_for(connection), "head")


def is_current(database: Database) -> bool:
    """Tell whether the database has all of this version's tables.

    Raises ConfigurationError when it has those of a version that this one does not know.
    """
    with database.transaction(write=False) as session:
        heads = MigrationContext.configure(session.connection()).get_current_heads()
    scripts = ScriptDirectory.from_config(config_for())
    known = {script.revision for script in scripts.walk_revisions()}
    if not known.issuperset(heads):
        raise ConfigurationError("the database was made by a newer frontdoor: run that one, or go back to a backup")
    return set(heads) == set(scripts.get_heads())


def config_for(connection: Connection | None = None) -> Config:
    """Make alembic's configuration for a connection."""
    config = Config()
    config.attributes["connection"] = connection
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    return config
