"""A PostgreSQL database for one test after another: emptied in between, which takes a fifth of making a new one."""

import uuid
from contextlib import suppress

import psycopg
from psycopg import sql

from tests.fakes.postgres import Postgres

_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname"
_SEQUENCES = """
    SELECT setval(format('%I', sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE last_value IS NOT NULL
"""
# Whatever a migration can make: tables, indexes and sequences, their columns, triggers and constraints, functions.
_SHAPE = """
    SELECT md5(string_agg(one, ',' ORDER BY one)) FROM (
        SELECT format('%s %s %s', oid, relname, relkind) AS one
        FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT format('%s %s %s %s %s %s', attrelid, attname, atttypid, attnotnull, atthasdef, attisdropped)
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT format('%s %s %s', tgrelid, tgname, tgenabled) FROM pg_trigger
        UNION ALL SELECT format('%s %s', oid, conname) FROM pg_constraint
        UNION ALL SELECT format('%s %s', proname, md5(prosrc))
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ) AS shape
"""


class PostgresAgain:
    """Gives a database as its template is, time and again; one at a time."""

    def __init__(self, server: Postgres, *, template: str) -> None:
        self._server, self._template = server, template
        self._name, self._connection = "", None
        self._shape = self._kept = self._rows = None

    def give(self) -> str:
        """Return the URL of a database that is as the template is."""
        if self._connection is None:
            self._name = f"test_{uuid.uuid4().hex}"
            url = self._server.create(self._name, template=self._template)
            self._connection = psycopg.connect(url, autocommit=True)
            self._connection.execute("SET session_replication_role = replica")  # no trigger and no reference holds
            self._shape, filled = self._look(_SHAPE), self._filled()
            self._rows = self._contents(filled)
            self._kept = set(filled)
        return self._server.url(self._name)

    def take_back(self) -> None:
        """Put everybody out and remove what they left; what can't be brought back is removed altogether."""
        with suppress(psycopg.Error):
            self._connection.execute(_OTHERS)
            if self._look(_SHAPE) == self._shape and self._contents(self._kept) == self._rows:
                self._empty(sorted(set(self._filled()) - self._kept))
                return
        self.remove()

    def remove(self) -> None:
        """Remove the database, if there is one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._server.drop(self._name)

    def _look(self, query: str) -> list[tuple]:
        return self._connection.execute(query).fetchall()

    def _filled(self) -> list[str]:
        """Name the tables that have rows."""
        query = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
        each = [query.format(sql.Literal(name), sql.Identifier(name)) for (name,) in self._look(_TABLES)]
        return [name for (name,) in self._connection.execute(sql.SQL(" UNION ALL ").join(each), prepare=True)]

    def _contents(self, tables: set[str]) -> list[list[tuple]]:
        return [self._look(sql.SQL("TABLE {}").format(sql.Identifier(name))) for name in sorted(tables)]

    def _empty(self, tables: list[str]) -> None:
        named = [sql.Identifier(name) for name in tables]
        if named:
            self._connection.execute(sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(one) for one in named))
            # Without a trace, so that the next rows come in the order in which they are put in.
            self._connection.execute(sql.SQL("VACUUM {}").format(sql.SQL(", ").join(named)))
        self._connection.execute(_SEQUENCES)
