"""What a batch leaves for the register and the ledger: whose negotiation, what is withheld, who is unknown, told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from connectors import Batch
from detectors.scoring import builtin_policies
from messages import (
    Channel,
    Counterparty,
    Directory,
    FactKind,
    Message,
    Negotiation,
    Participant,
    Person,
    Register,
    SealedFact,
)
from service.directory.models import UnknownDomain
from service.directory.store import save_directory
from service.exposure.models import ExposureEntry, ExposureLink
from service.models import Alert, AlertLabel, FindingRow, MessageRow, SearchToken
from service.negotiations.models import AlertNegotiation, NegotiationParty, NegotiationRow, SealedFactRow, SealedMessage
from service.negotiations.shelf import Shelf
from service.negotiations.snapshot import save_register
from service.pipeline.house import House
from service.pipeline.ingest import ingest
from service.settings import Retention

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
OWN = ("ourco.example",)
BO, PAVEL, KARIN = (f"{one}@ourco.example" for one in ("bo", "pavel", "karin"))
LEE, RESELLER, STRANGER = "lee@norvik.example", "sam@reseller.example", "jo@halden.example"
LEAK = "Between us, our budget for this is 85,000 euros and it has already been approved."
QUESTION = "Just between us, what budget do you have for this?"
SECRET = "We will not go above 480,000 EUR in total for the castings."
[BALANCED] = (one for one in builtin_policies() if one.name == "balanced")


def mail(number, text, *, sender=PAVEL, to=LEE, cc=(), after=0, minute=None):
    return Message(
        id=str(number),
        message_id=f"{number}@x",
        in_reply_to=f"{after}@x" if after else "",
        channel=Channel.EMAIL,
        sender=Participant(address=sender),
        to=(Participant(address=to),),
        cc=tuple(Participant(address=one) for one in cc),
        subject=f"Castings {number}",
        text=text,
        sent_at=NOW + timedelta(minutes=number if minute is None else minute),
    )


def settle(database, keys):
    """Put a company with one negotiation into the store; returns its house."""
    people = {
        BO: Person(address=BO, name="Bo", department="Procurement", manager=KARIN),
        PAVEL: Person(address=PAVEL, name="Pavel", role="Engineer", department="Engineering"),
        KARIN: Person(address=KARIN, name="Karin", role="CEO"),
    }
    firms = (
        Counterparty(name="Norvik", domains=("norvik.example",), resellers=("reseller.example",)),
        Counterparty(name="Reseller", domains=("reseller.example",)),
    )
    ceiling = SealedFact(id="ceiling", kind=FactKind.AMOUNT, value=480_000.0, currency="EUR")
    castings = Negotiation(name="Castings", counterparties=("Norvik",), lead=BO, sealed=(ceiling,))
    with database.transaction() as session:
        save_directory(session, Directory(own_domains=OWN, people=people, counterparties=firms))
        save_register(session, keys, Register((castings,)), now=NOW)
    shelf = Shelf(own_domains=OWN)
    context = shelf.context(database, keys)
    return House(keys=keys, context=context, policies=(BALANCED,), retention=Retention(), shelf=shelf, taken=context)


@pytest.fixture
def house(database, keys):
    return settle(database, keys)


def take(database, house, *messages, now=NOW + timedelta(days=1)):
    with database.transaction() as session:
        return ingest(session, "s", "files", Batch(stream="s", messages=messages, cursor=""), house, now=now)


def rows(database, column, *where):
    with database.transaction(write=False) as session:
        return list(session.scalars(select(column).where(*where)))


def test_an_alert_says_which_negotiation_its_evidence_belongs_to(database, house):
    outcome = take(database, house, mail(1, LEAK))
    [alert] = outcome.alerts
    [castings] = rows(database, NegotiationRow.id)
    assert rows(database, AlertNegotiation.negotiation_id, AlertNegotiation.alert_id == alert) == [castings]


def test_what_goes_to_a_reseller_belongs_to_the_negotiation_and_is_told_of_both_firms(database, house):
    take(database, house, mail(1, LEAK, to=RESELLER))
    assert len(rows(database, AlertNegotiation.alert_id)) == 1
    assert set(rows(database, ExposureEntry.counterparty)) == {"Norvik", "Reseller"}


def test_an_alert_of_no_negotiation_says_none(database, house):
    take(database, house, mail(1, LEAK, to=STRANGER))
    assert len(rows(database, Alert.id)) == 1
    assert rows(database, AlertNegotiation.alert_id) == []


def test_a_negotiation_that_was_deleted_since_the_snapshot_stops_nothing(database, house):
    with database.transaction() as session:
        for table in (SealedFactRow, NegotiationParty, NegotiationRow):
            session.execute(delete(table))
    outcome = take(database, house, mail(1, f"{LEAK} {SECRET}"))
    assert len(outcome.alerts) == 1
    assert rows(database, AlertNegotiation.alert_id) == rows(database, SealedMessage.message_id) == []


def test_a_message_that_holds_a_sealed_fact_is_marked_and_none_of_its_words_can_be_searched_for(database, house):
    take(database, house, mail(1, LEAK), mail(2, SECRET, after=1, sender=LEE, to=BO))
    marked = rows(database, SealedMessage.message_id)
    assert rows(database, MessageRow.external_id, MessageRow.id.in_(marked)) == ["2"]
    known = len(rows(database, SearchToken.token))
    take(database, house, mail(3, "Our line for the gearbox moves in June.", after=2, sender=LEE, to=BO))
    assert len(rows(database, SearchToken.token)) > known
    alone = replace(house, context=replace(house.context, negotiations=Register()))
    take(database, alone, mail(4, LEAK, minute=100), mail(5, SECRET, after=4, minute=101))
    assert rows(database, SealedMessage.message_id) == marked


def test_a_message_that_was_stored_before_the_fact_was_known_is_marked_when_it_comes_again(database, house):
    before = replace(house, context=replace(house.context, negotiations=house.context.negotiations.without_sealed()))
    take(database, before, mail(1, SECRET))
    assert rows(database, SealedMessage.message_id) == []
    take(database, house, mail(1, SECRET))
    assert len(rows(database, SealedMessage.message_id)) == 1


def test_unknown_domains_are_counted_by_new_messages(database, house):
    both = mail(1, "Hello.", to=STRANGER, cc=["max@other.example", "eva@other.example", LEE])
    take(database, house, both, mail(2, "Hello again.", to=STRANGER))
    take(database, house, both)
    counted = {one.domain: one.messages for one in rows(database, UnknownDomain)}
    assert counted == {"halden.example": 2, "other.example": 1}


@pytest.mark.parametrize(
    "batches", [[[1], [2]], [[1, 2]], [[2, 1]]], ids=["one by one", "together", "together, the answer first"]
)
def test_an_answer_to_their_question_weighs_more_than_the_same_words_by_themselves(database, house, batches):
    take(database, house, mail(9, LEAK, minute=-60 * 24 * 100))
    [plain] = rows(database, Alert.risk)
    said = {1: mail(1, QUESTION, sender=LEE, to=PAVEL), 2: mail(2, LEAK)}
    for batch in batches:
        take(database, house, *(said[number] for number in batch))
    answers = rows(database, FindingRow.answers, FindingRow.label == "budget", FindingRow.answers != "")
    assert answers == ["answers their question of 14 March"]
    assert max(rows(database, Alert.risk)) > plain
    assert rows(database, ExposureLink.asked_id)


def test_the_ledger_is_told_by_whom_and_again_nothing(database, house):
    take(database, house, mail(1, LEAK))
    [entry] = rows(database, ExposureEntry, ExposureEntry.label == "budget")
    assert (entry.author, entry.role, entry.department) == (PAVEL, "Engineer", "Engineering")
    assert entry.negotiation_id == rows(database, NegotiationRow.id)[0]
    take(database, house, mail(1, LEAK))
    assert [one.times for one in rows(database, ExposureEntry, ExposureEntry.label == "budget")] == [1]


def test_who_is_missing_is_told_in_the_running_program_too(database, house):
    take(database, house, mail(1, "Would 5 mm be acceptable for the castings?", sender=LEE, to=BO, cc=[PAVEL]))
    take(database, house, mail(2, "Then make it 5 mm, and keep the old price for the rest.", after=1))
    assert "negotiator_dropped" in rows(database, AlertLabel.label)
