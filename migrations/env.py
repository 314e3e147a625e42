"""How alembic reaches the database: the connection it is handed, else the one configured for the checks."""

import os
from importlib import import_module

from alembic import context
from sqlalchemy import Connection, text

from service.database import connect
from service.models import Base

for part in ("coaching", "directory", "exposure", "negotiations", "notify", "reports", "scim", "slack", "warnings"):
    import_module(f"service.{part}.models")


def run(connection: Connection) -> None:
    """Run the migrations over a connection, in one transaction, waiting no longer than a little for a lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET lock_timeout = '10s'"))
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    database = connect(os.environ.get("FRONTDOOR_DATABASE_URL", "sqlite:///:memory:"))
    with database.engine.connect() as own:
        run(own)
        own.commit()
    database.close()
