"""The audit log: appended to, hashed, checked."""

import threading
import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service.audit.store import Action, list_entries, record, record_look, verify


def write(house, count):
    with house.database.transaction() as session:
        for number in range(count):
            record(
                session,
                actor="Ann",
                action=Action.SEARCHED,
                object=f"object {number}",
                detail={"status": ["new"], "ü": 1.5, "none": None},
                now=house.clock(),
            )


def tamper(house, statement):
    """Do what only somebody with the database's own password can: take the triggers away first."""
    with house.database.transaction() as session:
        on = "" if house.database.is_sqlite else " ON audit_entry"
        for verb in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER append_only_audit_entry_{verb}{on}"))
        session.execute(text(statement))


def test_the_ways_round_a_delete_are_closed_too(house):
    write(house, 2)
    statement = "TRUNCATE audit_entry"
    if house.database.is_sqlite:
        columns = "seq, at, actor, action, object, detail, previous, hash"
        statement = f"INSERT OR REPLACE INTO audit_entry ({columns}) SELECT {columns} FROM audit_entry WHERE seq = 1"
    with pytest.raises(DBAPIError, match="append-only"), house.database.transaction() as session:
        session.execute(text(statement))
    assert (checked(house).whole, checked(house).rows) == (True, 2)


def checked(house):
    with house.database.transaction(write=False) as session:
        return verify(session)


def test_an_untouched_log_is_whole(house):
    assert (checked(house).whole, checked(house).rows, checked(house).head) == (True, 0, "")
    write(house, 5)
    assert (checked(house).whole, checked(house).rows) == (True, 5)
    assert len(checked(house).head) == 64


def test_the_head_moves_with_every_row(house):
    write(house, 1)
    head = checked(house).head
    write(house, 1)
    assert checked(house).head != head


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit_entry SET actor = 'Bo' WHERE seq = 3", 3),
        ("UPDATE audit_entry SET action = 'x' WHERE seq = 1", 1),
        ("UPDATE audit_entry SET object = 'x' WHERE seq = 5", 5),
        ("UPDATE audit_entry SET detail = '{}' WHERE seq = 2", 2),
        ("UPDATE audit_entry SET at = '2020-01-01 00:00:00' WHERE seq = 4", 4),
        ("DELETE FROM audit_entry WHERE seq = 2", 3),
        ("DELETE FROM audit_entry WHERE seq = 1", 2),
        ("UPDATE audit_entry SET seq = 9 WHERE seq = 5", 9),
    ],
)
def test_what_was_changed_or_taken_out_shows(house, statement, broken):
    write(house, 5)
    tamper(house, statement)
    result = checked(house)
    assert (result.whole, result.first_broken) == (False, broken)


def test_the_log_is_read_from_its_end_and_by_who_did_what_to_which(house):
    write(house, 7)
    alert = uuid.uuid4()
    with house.database.transaction() as session:
        record_look(session, actor="Bo", alert_id=alert, now=house.clock())
        assert [row.seq for row in list_entries(session, limit=3)] == [8, 7, 6]
        assert [row.seq for row in list_entries(session, before=3)] == [2, 1]
        assert [row.seq for row in list_entries(session, actor="Bo")] == [8]
        assert [row.seq for row in list_entries(session, object=str(alert))] == [8]
        assert len(list_entries(session, action="alerts.searched")) == 7


def test_rows_written_at_the_same_time_make_one_chain(house):
    threads = [threading.Thread(target=write, args=(house, 10)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (checked(house).whole, checked(house).rows) == (True, 40)


def test_the_api_pages_through_it_and_checks_it(house):
    write(house, 5)
    browser = house.browser("privacy_officer")
    page = browser.get("/api/v1/audit?limit=4").json()
    rest = browser.get(f"/api/v1/audit?before={page['next']}").json()
    sequence = [row["seq"] for row in page["entries"] + rest["entries"]]
    assert sequence == sorted(sequence, reverse=True)
    assert sequence[-1] == 1
    assert rest["next"] is None
    assert browser.get("/api/v1/audit/verify").json()["whole"] is True
    tamper(house, "UPDATE audit_entry SET actor = 'Bo' WHERE seq = 2")
    assert browser.get("/api/v1/audit/verify").json()["first_broken"] == 2


@pytest.mark.parametrize("query", ["before=0", "before=99999999999999999999", "limit=0", "actor=%00", "action=x"])
def test_what_can_not_be_meant_is_refused(house, query):
    assert house.browser("privacy_officer").get(f"/api/v1/audit?{query}").status_code == 422
