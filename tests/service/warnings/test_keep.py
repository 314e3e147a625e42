"""What of warnings goes when its time is over, and what stays until then."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from service.settings import Retention
from service.threads.keep import expire
from service.warnings.models import WarningAttempt, WarningMute, WarningRow, WarningSign
from tests.service.warnings.speaking import NOON, found, plan, said

LEAK = said(found("budget", "85,000 euros"))


def count(database, table):
    with database.transaction(write=False) as session:
        return session.scalar(select(func.count()).select_from(table))


def expired(database, days):
    with database.transaction() as session:
        return expire(session, Retention(), now=NOON + timedelta(days=days))["warnings"]


@pytest.mark.parametrize(("days", "gone"), [(0, 0), (179, 0), (180, 1), (400, 1)])
def test_the_words_of_a_warning_go_with_the_headers(database, days, gone):
    [row] = plan(database, LEAK)
    assert expired(database, days) == gone
    with database.transaction(write=False) as session:
        kept = session.get_one(WarningRow, row.id)
    assert (kept.sealed is None, kept.key_id is None) == (bool(gone), bool(gone))
    assert kept.labels == ["budget"]
    assert expired(database, days) == 0


def test_a_warning_without_its_words_is_still_not_repeated(lite):
    plan(lite, LEAK)
    expired(lite, 200)
    later = NOON + timedelta(days=201)
    assert plan(lite, said(found("budget", "85,000 euros"), at=later), now=later) == []


def test_in_the_end_nothing_is_left(database):
    [row] = plan(database, LEAK)
    with database.transaction() as session:
        session.add(WarningAttempt(warning_id=row.id, via="ephemeral", outcome="accepted", tried_at=NOON))
        session.add(WarningMute(team="T1", recipient="U1", label="budget", times=1, until=NOON))
    expired(database, 729)
    assert [count(database, one) for one in (WarningRow, WarningAttempt, WarningMute)] == [1, 1, 1]
    expired(database, 730)
    assert [count(database, one) for one in (WarningRow, WarningSign, WarningAttempt, WarningMute)] == [0, 0, 0, 0]
