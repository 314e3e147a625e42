"""The PostgreSQL database that one test after another is given."""

from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import OperationalError

from service.audit.store import Action, record
from service.database import connect
from service.models import AuditEntry
from tests.fakes.postgres_again import PostgresAgain

NEXT = "SELECT nextval('alert_event_id_seq')"
NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


@pytest.fixture
def again(postgres_server):
    again = PostgresAgain(postgres_server, template="template_frontdoor")
    yield again
    again.remove()


def note(database):
    """Write where a trigger lets nobody remove anything; returns how often it was done, and the next event's number."""
    with database.transaction() as session:
        record(session, actor="ann", action=Action.USER_CREATED, object="bo", detail={}, now=NOW)
        return session.scalar(select(func.count(AuditEntry.seq))), session.scalar(text(NEXT))


def test_nothing_is_left_of_what_was_written_and_numbers_begin_anew(again):
    given = set()
    for _ in range(3):
        given.add(again.give())
        with closing(connect(again.give())) as database:
            assert note(database) == (1, 1)
        again.take_back()
    assert len(given) == 1


def test_who_is_still_connected_is_put_out(again):
    with closing(connect(again.give())) as database, database.engine.connect() as connection:
        connection.execute(text("LOCK TABLE audit_entry"))
        again.take_back()
        with pytest.raises(OperationalError):
            connection.execute(text("SELECT 1"))


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE report RENAME TO gone",
        "ALTER TABLE audit_entry DISABLE TRIGGER USER",
        "ALTER TABLE report DROP COLUMN id CASCADE",
        "CREATE INDEX another ON audit_entry (actor)",
        "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "UPDATE alembic_version SET version_num = 'older'",
        "DROP SCHEMA public CASCADE",
    ],
)
def test_one_whose_tables_were_changed_is_given_to_nobody_else(again, change):
    before = again.give()
    with closing(connect(before)) as database:
        whole = inspect(database.engine).get_table_names()
        with database.transaction() as session:
            session.execute(text(change))
    again.take_back()
    assert again.give() != before
    with closing(connect(again.give())) as database:
        assert inspect(database.engine).get_table_names() == whole
        assert note(database) == (1, 1)
