"""How long the ledger is kept, whatever becomes of the messages."""

from datetime import timedelta

from sqlalchemy import func, select

from service.exposure.models import ExposureEntry, ExposureLink, ExposurePerson, ExposureSource
from service.exposure.store import get_entry
from service.models import MessageRow
from service.settings import Retention
from service.threads.keep import expire
from tests.fakes.ledger import START, add_counterparty, tell, told


def test_entries_outlive_their_messages_and_go_when_their_time_is_over(database, keys):
    with database.transaction() as session:
        add_counterparty(session)
        tell(session, keys, told(session, keys, "elicitation", "what is your budget?", author="lena@norvik.example"))
        tell(session, keys, told(session, keys, "budget", "480k left", day=3))
    with database.transaction() as session:
        expire(session, Retention(), now=START + timedelta(days=200))
    with database.transaction() as session:
        assert count(session, MessageRow) == 0
        [asked, told_row] = session.scalars(select(ExposureEntry).order_by(ExposureEntry.first_at))
        shown = get_entry(session, keys, told_row.id, viewer=None)
        assert [one.words for one in shown.sources] == [""]
        assert [one.note for one in shown.sources] == ["No longer kept: its time passed."]
        assert [one.id for one in shown.chains[0].links] == [asked.id, told_row.id]
        assert expire(session, Retention(), now=START + timedelta(days=1096))["ledger"] == 1
        assert session.scalars(select(ExposurePerson.pseudonym)).all() == ["Engineering 1"]
        assert expire(session, Retention(), now=START + timedelta(days=1099))["ledger"] == 1
        tables = (ExposureEntry, ExposureSource, ExposureLink, ExposurePerson)
        assert [count(session, table) for table in tables] == [0, 0, 0, 0]


def test_the_company_says_how_long(lite, keys):
    with lite.transaction() as session:
        add_counterparty(session)
        tell(session, keys, told(session, keys, "budget", "480k left"))
        assert expire(session, Retention(ledger_days=30), now=START + timedelta(days=29))["ledger"] == 0
        assert expire(session, Retention(ledger_days=30), now=START + timedelta(days=31))["ledger"] == 1


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))
