"""Whoever has left stays one of ours, and is missed by nobody."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from detectors.catalogue import analyze
from detectors.context import Context
from messages import (
    Channel,
    Counterparty,
    CounterpartyKind,
    Directory,
    Envelope,
    Message,
    Negotiation,
    Participant,
    Period,
    Person,
    Phase,
    Register,
)

BO = Person(address="bo@ourco.example", name="Bo Lind", department="Procurement", manager="karin@ourco.example")
IDA = Person(address="ida@ourco.example", name="Ida Kern", department="Procurement")
KARIN = Person(address="karin@ourco.example", name="Karin Berg", role="Chief Executive Officer")
PAVEL = Person(address="pavel@ourco.example", name="Pavel", department="Engineering")
RUTH = Person(address="ruth@ourco.example", name="Ruth", department="Finance")
ROSA = Person(address="rosa@ourco.example", name="Rosa", role="Key Account Manager", department="Sales")
LARS = Person(address="lars@ourco.example", name="Lars", role="Sales Executive", department="Sales")
PARTIES = (
    Counterparty(name="Norvik", domains=("norvik.example",)),
    Counterparty(name="Atlas", kind=CounterpartyKind.CUSTOMER, domains=("atlas.example",), owner=ROSA.address),
)
CASTINGS = Negotiation(
    name="Castings", counterparties=("Norvik",), lead=BO.address, team=(IDA.address,), phase=Phase.BIDS, days=Period()
)
ASKED = Envelope(
    sender="lena@norvik.example", recipients=("bo@ourco.example", "pavel@ourco.example"),
    sent_at=datetime(2026, 3, 3, 9, 0, tzinfo=UTC),
)  # fmt: skip
CASES = {
    "over_the_head": (
        (BO, IDA),
        "anders@norvik.example",
        "karin@ourco.example",
        "Dear Karin, could the two of us talk about our bid before your people decide?",
    ),
    "negotiator_dropped": (
        (BO,),
        "pavel@ourco.example",
        "lena@norvik.example",
        "Then make it 5 mm, and keep the old price for the rest.",
    ),
    "terms_without_finance": (
        (RUTH,),
        "bo@ourco.example",
        "lena@norvik.example",
        "Agreed, we move to net 30 from the next delivery on.",
    ),
    "colleagues_account": (
        (ROSA,),
        "lars@ourco.example",
        "daria@atlas.example",
        "Hi Daria, I can get you the new drills at a good price, shall I come by?",
    ),
}


def labels(label, *, left):
    gone, sender, to, text = CASES[label]
    people = [replace(one, left=left and one in gone) for one in (BO, IDA, KARIN, PAVEL, RUTH, ROSA, LARS)]
    directory = Directory(
        own_domains=("ourco.example",), people={one.address: one for one in people}, counterparties=PARTIES
    )
    message = Message(
        id="m",
        channel=Channel.EMAIL,
        sender=Participant(address=sender),
        to=(Participant(address=to),),
        text=text,
        sent_at=datetime(2026, 3, 5, 10, 0, tzinfo=UTC),
    )
    earlier = (ASKED,) if label == "negotiator_dropped" else ()
    found = analyze(message, Context(directory=directory, negotiations=Register((CASTINGS,)), earlier=earlier))
    return {one.label for one in found.findings}


@pytest.mark.parametrize("label", CASES)
def test_who_is_here_is_missed(label):
    assert label in labels(label, left=False)


@pytest.mark.parametrize("label", CASES)
def test_who_has_left_is_not(label):
    assert label not in labels(label, left=True)


def test_who_has_left_is_still_one_of_ours():
    gone = Person(address="ann@freemail.example", aliases=("old@freemail.example",), left=True)
    directory = Directory(own_domains=("ourco.example",), people={gone.address: gone})
    assert directory.is_ours("ann@freemail.example")
    assert directory.is_ours("old@freemail.example")
    assert directory.counterparty("ann@freemail.example") is None
