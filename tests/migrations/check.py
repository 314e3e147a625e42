"""Check that the migrations make the tables of the models, and can be undone. Run by `make check`."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.util.exc import CommandError

from service.database import connect
from service.migrate import config_for


def main() -> int:
    """Go up, compare, go down, go up again."""
    with tempfile.TemporaryDirectory() as folder:
        database = connect(f"sqlite:///{Path(folder) / 'check.db'}")
        with database.engine.begin() as connection:
            config = config_for(connection)
            try:
                command.upgrade(config, "head")
                command.check(config)
                command.downgrade(config, "base")
                command.upgrade(config, "head")
            except CommandError as error:
                print(error, file=sys.stderr)
                return 1
        database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
