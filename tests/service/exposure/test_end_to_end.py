"""From mailbox and Slack into the ledger: a question, somebody's answer, a promise; and what that does to the alert."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from connectors import Batch
from detectors.context import Context
from detectors.scoring import builtin_policies
from messages import Channel, Counterparty, Directory, Message, Participant, Person
from service.exposure.schemas import EntryFilter
from service.exposure.store import get_entry, list_entries
from service.models import Alert, FindingRow
from service.pipeline.house import House
from service.pipeline.ingest import ingest
from service.settings import Retention

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PEOPLE = {
    one.address: one
    for one in (
        Person(address="pavel@ourco.example", name="Pavel", role="Design Engineer", department="Engineering"),
        Person(address="karin@ourco.example", name="Karin", role="Plant Manager", department="Production"),
    )
}
QUESTION = "Between us, what is your budget for this project?"
ANSWER = "Between us, our budget for this is 85,000 euros and it has already been approved."
PROMISE = "If you do it for 84,000 euros, the order is yours, I promise."


def message(name, sender, to, text, *, day=0, channel=Channel.EMAIL, **more):
    values = {
        "id": f"{name}@x.example",
        "message_id": f"{name}@x.example" if channel is Channel.EMAIL else "",
        "channel": channel,
        "sender": Participant(address=sender),
        "to": (Participant(address=to),),
        "subject": f"About {name}",
        "text": text,
        "sent_at": NOW + timedelta(days=day),
    }
    return Message(**values | more)


def asked():
    return message("q", "lena@norvik.example", "pavel@ourco.example", QUESTION)


def answered(day=3):
    return message(
        "a",
        "karin@ourco.example",
        "lena@norvik.example",
        ANSWER,
        day=day,
        channel=Channel.SLACK,
        id="T1:C1:1772700000.1",
        thread="C1:1772700000.1",
        subject="#ext-norvik",
    )


def promised():
    return message("p", "pavel@ourco.example", "lena@norvik.example", PROMISE, day=10)


def take(database, keys, *messages, cursor="1"):
    directory = Directory(
        own_domains=("ourco.example",),
        people=PEOPLE,
        counterparties=(Counterparty(name="Norvik", domains=("norvik.example",)),),
    )
    house = House(
        keys=keys,
        context=Context(directory=directory),
        policies=tuple(policy for policy in builtin_policies() if policy.name == "balanced"),
        retention=Retention(),
    )
    with database.transaction() as session:
        batch = Batch(stream="INBOX", messages=messages, cursor=cursor, refusals=())
        return ingest(session, "mailbox", "imap", batch, house, now=NOW + timedelta(days=20))


def ledger(database, keys):
    with database.transaction(write=False) as session:
        return list_entries(session, keys, EntryFilter(), viewer=None).entries


@pytest.mark.parametrize("order", ["at once", "as it was said", "the question last"])
def test_a_question_by_mail_an_answer_in_slack_and_a_promise_are_one_chain(database, keys, order):
    messages = [asked(), answered(), promised()]
    if order == "at once":
        take(database, keys, *messages)
    else:
        for one in messages if order == "as it was said" else messages[::-1]:
            take(database, keys, one)
    entries = {entry.kind: entry for entry in ledger(database, keys) if entry.topic == "budget"}
    assert {kind: entry.told_by for kind, entry in entries.items()} == {
        "asked": "Norvik 1",
        "known": "Production 1",
        "promised": "Engineering 1",
    }
    with database.transaction(write=False) as session:
        shown = get_entry(session, keys, entries["asked"].id, viewer=None)
    [chain] = shown.chains
    links = [(one.kind, one.channel, round(one.days)) for one in chain.links]
    assert links[:1] == [("asked", "email", 0)]
    assert {("known", "slack", 3), ("promised", "email", 10)} <= set(links)


def test_what_answers_their_question_weighs_more(database, keys):
    take(database, keys, answered(), cursor="1")
    [unasked] = explained(database, "budget")
    take(database, keys, asked(), cursor="2")
    take(database, keys, message("b", "pavel@ourco.example", "lena@norvik.example", ANSWER, day=4), cursor="3")
    told = explained(database, "budget")
    assert [text for _, text in told if "answers their question of 2 March" in text]
    assert max(points for points, _ in told) > unasked[0]


def test_a_redelivery_leaves_the_ledger_as_it_is(database, keys):
    take(database, keys, asked(), answered())
    before = ledger(database, keys)
    take(database, keys, asked(), answered())
    assert ledger(database, keys) == before


def explained(database, label):
    with database.transaction(write=False) as session:
        query = select(FindingRow).join(Alert, Alert.id == FindingRow.alert_id).where(FindingRow.label == label)
        return [(row.points, row.explanation) for row in session.scalars(query)]
