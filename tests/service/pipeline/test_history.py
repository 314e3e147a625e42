"""What went before a message, whatever order the files come in."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from messages import Channel, Directory, Message, Participant
from service.pipeline.history import History

DIRECTORY = Directory(own_domains=("ourco.example",))
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def mail(number, *, re=0, day=None, subject="Order", to="lee@norvik.example", sender="bo@ourco.example"):
    return Message(
        id=str(number),
        channel=Channel.EMAIL,
        sender=Participant(address=sender),
        to=(Participant(address=to),),
        subject=subject,
        sent_at=None if day is None else START + timedelta(days=day),
        message_id=f"{number}@x",
        in_reply_to=f"{re}@x" if re else "",
    )


def before(messages, wanted):
    """Return the days of what went before the message of an id."""
    history = History(DIRECTORY)
    for one in messages:
        history.add(one)
    history.close()
    [(place, message)] = [(at, one) for at, one in enumerate(messages, 1) if one.id == wanted]
    return [one.sent_at and (one.sent_at - START).days for one in history.before(message, place)]


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_the_order_of_the_files_makes_no_difference(order):
    thread = [mail(1, day=0), mail(2, re=1, day=1), mail(3, re=2, day=2)]
    mixed = [thread[at] for at in order]
    assert [before(mixed, one) for one in "123"] == [[], [0], [0, 1]]


def test_answers_to_a_message_that_is_not_there_belong_together():
    assert before([mail(2, re=1, day=1), mail(3, re=1, day=2)], "3") == [1]


def test_without_dates_the_order_of_reading_counts():
    assert before([mail(1), mail(2, re=1)], "2") == [None]
    assert before([mail(2, re=1), mail(1)], "2") == []


def test_other_threads_and_internal_mail_are_no_part_of_it():
    thread = [mail(1, day=0, to="ida@ourco.example"), mail(2, re=1, day=1), mail(3, day=1), mail(4, re=2, day=2)]
    assert before(thread, "4") == [1]


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
def test_a_bare_reply_joins_the_subject_of_the_same_firms(subject, day, to, expected):
    assert before([mail(1, day=0), mail(2, day=day, subject=subject, to=to)], "2") == expected


def test_a_slack_thread_is_one_by_its_name():
    said = [
        Message(
            id=str(number),
            channel=Channel.SLACK,
            sender=Participant(address="bo@ourco.example"),
            to=(Participant(address="lee@norvik.example"),),
            sent_at=START + timedelta(days=number),
            thread=thread,
        )
        for number, thread in enumerate(("C1:1", "C1:2", "C1:1"))
    ]
    assert before(said, "2") == [0]
