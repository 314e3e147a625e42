"""What went before a message, as the store and its batch know it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from sqlalchemy import event

from connectors import Batch
from detectors.context import Context
from messages import Channel, Counterparty, Directory, Message, Participant
from service.crypto import new_keys
from service.pipeline.house import House
from service.pipeline.ingest import ingest
from service.pipeline.judging import went_before
from service.settings import Retention
from service.threads import earlier

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUSE = House(
    keys=new_keys(),
    context=Context(
        directory=Directory(
            own_domains=("ourco.example",),
            counterparties=(
                Counterparty(name="Norvik", domains=("norvik.example",)),
                Counterparty(name="Halden", domains=("halden.example",)),
            ),
        )
    ),
    policies=(),
    retention=Retention(),
)


def mail(number, *, re=0, day=None, subject="Order", to="lee@norvik.example", sender="bo@ourco.example", cc=()):
    return Message(
        id=str(number),
        channel=Channel.EMAIL,
        sender=Participant(address=sender),
        to=(Participant(address=to),),
        cc=tuple(Participant(address=one) for one in cc),
        subject=subject,
        text=f"This is number {number}.",
        sent_at=None if day is None else START + timedelta(days=day),
        message_id=f"{number}@x",
        in_reply_to=f"{re}@x" if re else "",
    )


def chat(number, *, minute, thread="1.0", version="", sender="bo@ourco.example"):
    return Message(
        id=f"T1:C1:{number}.0{version}",
        channel=Channel.SLACK,
        sender=Participant(address=sender),
        to=(Participant(address="lee@norvik.example"),),
        sent_at=START + timedelta(minutes=minute),
        thread=f"C1:{thread}",
    )


def take(database, *messages, now=START + timedelta(days=100)):
    with database.transaction() as session:
        ingest(session, "s", "files", Batch(stream="s", messages=messages, cursor=""), HOUSE, now=now)


def before(database, *messages):
    """Return of each message of a batch on which days that was said which went before it."""
    with database.transaction(write=False) as session:
        found = went_before(session, messages, HOUSE)
    return [[one.sent_at and (one.sent_at - START).days for one in some] for some in found]


def test_the_stored_messages_of_the_thread_went_before_and_so_did_those_of_the_batch(database):
    take(database, mail(1, day=0), mail(2, re=1, day=1), mail(9, day=1, subject="Other"))
    assert before(database, mail(3, re=2, day=2), mail(4, re=3, day=3)) == [[0, 1], [0, 1, 2]]


@pytest.mark.parametrize("order", [*permutations(range(3))])
@pytest.mark.parametrize("stored", range(4))
def test_dates_decide_in_whatever_order_and_batches_mail_is_read(lite, order, stored):
    thread = [mail(1, day=0), mail(2, re=1, day=1), mail(3, re=2, day=2)]
    for at in order[:stored]:
        take(lite, thread[at])
    assert before(lite, *(thread[at] for at in order))[order.index(0)] == []
    found = dict(zip(order, before(lite, *(thread[at] for at in order)), strict=True))
    assert [found[at] for at in range(3)] == [[], [0], [0, 1]]


def test_who_was_on_it_is_known_by_role(database):
    take(database, mail(1, day=0, cc=["ida@ourco.example"], sender="lee@norvik.example", to="bo@ourco.example"))
    with database.transaction(write=False) as session:
        [[one]] = went_before(session, [mail(2, re=1, day=1)], HOUSE)
    assert (one.sender, one.recipients) == ("lee@norvik.example", ("bo@ourco.example", "ida@ourco.example"))


def test_old_mail_that_is_read_after_newer_is_judged_by_what_was_older(database):
    take(database, mail(2, re=1, day=5))
    assert before(database, mail(1, day=0)) == [[]]


def test_a_message_that_is_read_again_does_not_go_before_itself(database):
    take(database, mail(1, day=0), mail(2, re=1, day=1))
    again = mail(2, re=1, day=1)
    assert before(database, again, again, mail(3, re=2, day=2)) == [[0], [0], [0, 1]]


def test_an_edited_message_does_not_go_before_itself(database):
    take(database, chat(1, minute=0), chat(2, minute=5))
    edited = chat(2, minute=5, version=":9.9")
    with database.transaction(write=False) as session:
        [found] = went_before(session, [edited], HOUSE)
    assert [one.sent_at for one in found] == [START]


def test_without_a_date_what_was_read_first_went_before(database):
    take(database, mail(1), mail(2, re=1))
    assert before(database, mail(3, re=2, day=0), mail(4, re=3)) == [[None, None], [None, None, 0]]


def test_another_firm_that_quotes_a_thread_learns_nothing_of_it(database):
    take(database, mail(1, day=0))
    assert before(database, mail(2, re=1, day=1, to="jo@halden.example")) == [[]]


def test_a_firm_that_is_added_to_a_thread_has_what_went_before(database):
    take(database, mail(1, day=0))
    assert before(database, mail(2, re=1, day=1, cc=["jo@halden.example"])) == [[0]]


def test_internal_mail_has_nothing_before_it_and_is_no_part_of_it(database):
    take(database, mail(1, day=0), mail(2, re=1, day=1, to="ida@ourco.example"))
    assert before(database, mail(3, re=1, day=2)) == [[0]]
    with database.transaction(write=False) as session:
        assert went_before(session, [mail(4, re=1, day=2, to="ida@ourco.example")], HOUSE) == [None]


@pytest.mark.parametrize("stored", [False, True])
@pytest.mark.parametrize(
    ("subject", "day", "to", "expected"),
    [
        ("Re: Order", 20, "lee@norvik.example", [0]),
        ("Order", 20, "lee@norvik.example", []),
        ("Re: Order", 31, "lee@norvik.example", []),
        ("Re: Order", 20, "jo@halden.example", []),
    ],
    ids=["a reply without references", "no reply", "too late", "another firm"],
)
def test_a_bare_reply_joins_the_subject_of_the_same_firms(lite, stored, subject, day, to, expected):
    first, reply = mail(1, day=0), mail(2, day=day, subject=subject, to=to)
    if stored:
        take(lite, first)
        assert before(lite, reply) == [expected]
    else:
        assert before(lite, first, reply) == [[], expected]


def test_a_bare_reply_joins_the_latest_thread_of_its_subject(database):
    take(database, mail(1, day=0), mail(2, day=3))
    assert before(database, mail(3, day=5, subject="Re: Order")) == [[3]]


def test_where_nobody_is_known_nothing_is_looked_for(lite):
    stranger = replace(HOUSE, context=Context(directory=Directory(own_domains=("ourco.example",))))
    with lite.transaction(write=False) as session:
        assert went_before(session, [mail(1, day=0)], stranger) == [None]


def test_of_a_long_thread_the_newest_and_the_first_are_looked_at(database, monkeypatch):
    monkeypatch.setattr(earlier, "MOST", 3)
    take(database, *(mail(number, re=1 if number > 1 else 0, day=number) for number in range(1, 11)))
    assert before(database, mail(20, re=1, day=20)) == [[1, 8, 9, 10]]
    assert before(database, mail(21, re=1, day=6)) == [[1, 4, 5, 6]]


def test_a_batch_asks_the_database_twice_however_many_messages_it_has(database):
    take(database, *(mail(number, day=number) for number in range(1, 30)))
    asked = []

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    before(database, *(mail(100 + number, re=number, day=50) for number in range(1, 30)))
    assert len([one for one in asked if one.startswith("SELECT")]) == 2
