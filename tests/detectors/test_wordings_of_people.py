"""What the detectors about people make of wordings: terms, promises, needs, approaches, errands."""

import json

import pytest

from detectors.catalogue import ABOUT_PEOPLE, analyze
from detectors.context import Context
from detectors.scoring import assess, builtin_policies
from messages import (
    Authority,
    Channel,
    Counterparty,
    CounterpartyKind,
    Directory,
    Matter,
    Message,
    Negotiation,
    Participant,
    Person,
    Register,
)

PEOPLE = (
    Person(address="lead@ourco.example", name="Bo Lind", department="Procurement", manager="ceo@ourco.example"),
    Person(address="buyer@ourco.example", name="Ida Kern", department="Procurement"),
    Person(address="ceo@ourco.example", name="Karin Berg", role="Chief Executive Officer"),
    Person(address="dev@ourco.example", name="Pavel Dušek", role="Design Engineer"),
    Person(address="cfo@ourco.example", name="Ruth Okafor", department="Finance"),
    Person(address="owner@ourco.example", name="Rosa Marín", department="Sales"),
    Person(address="seller@ourco.example", name="Lars Nyman", department="Sales"),
)
FIRMS = (
    Counterparty(name="Norvik", domains=("norvik.example",)),
    Counterparty(name="Atlas", kind=CounterpartyKind.CUSTOMER, domains=("atlas.example",), owner="owner@ourco.example"),
)
NEGOTIATION = Negotiation(
    name="Castings",
    counterparties=("Norvik",),
    lead="lead@ourco.example",
    team=("buyer@ourco.example",),
    authorities=(Authority(person="buyer@ourco.example", may=frozenset({Matter.PRICE}), price=50_000.0),),
)
CONTEXT = Context(
    directory=Directory(
        own_domains=("ourco.example",), people={one.address: one for one in PEOPLE}, counterparties=FIRMS
    ),
    negotiations=Register((NEGOTIATION,)),
    earlier=(),
)
[BALANCED] = (one for one in builtin_policies() if one.name == "balanced")
LABELS = {one.__name__ for one in ABOUT_PEOPLE}
# Label, from, to: texts that show it, texts that show nothing.
WORDINGS = {
    ("terms_without_finance", "lead", "lee@norvik.example"): (
        [
            "OK, we can pay 30 days instead of 60.",
            "I can confirm payment within 14 days for a 2% discount.",
            "Let's settle on 50% upfront and the rest at delivery.",
            "You'll get a 20% deposit next week.",
            "Sure, 2/10 net 30 works.",
            "As discussed, we will pay 100% in advance for the first order.",
            "Wir können Ihnen 14 Tage Zahlungsziel zusagen.",
        ],
        [
            "Could you offer 60 days net?",
            "We need 90 days net, otherwise no deal.",
            "Payment terms have to be cleared with Ruth first.",
            "The invoice will be paid within 30 days as usual.",
            "Net weight is 30 kg per housing.",
            "We agree with the delivery in 60 days.",
        ],
    ),
    ("authority_exceeded", "buyer", "lee@norvik.example"): (
        [
            "Agreed, let's close at 55k.",
            "We'll pay 62,000 EUR for the set, deal.",
            "I confirm the order over € 75.000.",
            "OK for us: 0.8 mil for the year.",
            "Go ahead at EUR 58,900.",
        ],
        [
            "Your quote of 68,500 EUR is too high for us.",
            "We can't accept 68,500 EUR.",
            "Would you do it for 60k?",
            "The total was 75.000 EUR last year.",
            "We agree to 45k.",
            "Agreed, let's close at $55k.",
        ],
    ),
    ("too_early", "dev", "sales@armatek.example"): (
        [
            "We'd like to test your gripper in our line. Can you lend us one?",
            "Please quote for two robots.",
            "Could you come to our site and present your solution for the new line?",
            "Let's set up a proof of concept in May.",
            "Can we get a couple of free samples?",
        ],
        [
            "Thanks for the nice talk at the fair.",
            "Please take me off your mailing list.",
            "Please contact our procurement for any questions.",
            "Is the robot on your stand the one from the video?",
        ],
    ),
    ("over_the_head", "anders@norvik.example", "ceo@ourco.example"): (
        [
            "Karin, Bo is not moving. Can you help?",
            "I'd appreciate if you could look at our bid personally.",
            "Hi Karin, do you have a minute?",
            "Before you award this to someone else, let us meet.",
        ],
        [
            "Thank you for the lovely concert evening.",
            "Please find attached our annual report 2025.",
            "I have a new phone number: +46 70 555.",
            "We wish you a speedy recovery.",
            "I am out of the office until Monday. In urgent cases call my colleague about your offer.",
        ],
    ),
    ("colleagues_account", "seller", "daria@atlas.example"): (
        [
            "Hi Daria, long time no see. We have a new product, want a demo?",
            "I heard you need reamers, let me know what you're looking for.",
        ],
        ["Happy new year!", "Your parcel was returned to us, tracking 1Z55.", "Thanks for the coffee at the fair."],
    ),
}
HITS = [(*key, text) for key, (hits, _) in WORDINGS.items() for text in hits]
MISSES = [(*key, text) for key, (_, misses) in WORDINGS.items() for text in misses]


def labels(sender, to, text, context=CONTEXT):
    message = Message(
        id="m",
        channel=Channel.EMAIL,
        sender=Participant(address=sender if "@" in sender else f"{sender}@ourco.example"),
        to=(Participant(address=to),),
        text=text,
    )
    return {one.label for one in assess(analyze(message, context).findings, BALANCED).findings} & LABELS


@pytest.mark.parametrize(("label", "sender", "to", "text"), HITS, ids=[json.dumps(one[-1]) for one in HITS])
def test_a_wording_shows_what_it_means(label, sender, to, text):
    assert label in labels(sender, to, text)


@pytest.mark.parametrize(("label", "sender", "to", "text"), MISSES, ids=[json.dumps(one[-1]) for one in MISSES])
def test_a_harmless_wording_shows_nothing(label, sender, to, text):
    assert label not in labels(sender, to, text)


def test_where_nobody_kept_track_of_threads_nobody_is_missed():
    unknown = Context(directory=CONTEXT.directory, negotiations=CONTEXT.negotiations)
    assert labels("anders@norvik.example", "ceo@ourco.example", "Can we meet about our bid?", unknown) == set()
