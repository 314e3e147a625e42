"""A plan told in other words: verbs in two words, a place one sentence away, sums by the month."""

from datetime import date

import pytest

from messages import FactKind, SealedFact
from tests.detectors.sealed.telling import told

CLOSING = SealedFact(id="closing", kind=FactKind.PHRASE, words=("close the Malmö depot",))
RECALL = SealedFact(id="recall", kind=FactKind.PHRASE, words=("recall the red helmets",))
MOBILE = SealedFact(id="mobile", kind=FactKind.PHRASE, words=("switch to mobile scanners",))
FEES = SealedFact(id="fees", kind=FactKind.AMOUNT, value=1_740_000, currency="EUR", words=("fees",))
SEATS = SealedFact(id="seats", kind=FactKind.QUANTITY, value=640, unit="seats", words=("seats", "licences"))
LAMPS = SealedFact(id="lamps", kind=FactKind.QUANTITY, value=3400, unit="lamps", words=("lamps", "Lampe"))
STOP = SealedFact(
    id="stop", kind=FactKind.DATE, first=date(2026, 7, 6), last=date(2026, 7, 24), words=("stop", "Stillstand")
)
VISIT = SealedFact(
    id="visit", kind=FactKind.DATE, first=date(2026, 10, 20), last=date(2026, 10, 20), words=("inspection",)
)
FACTS = (CLOSING, RECALL, MOBILE, FEES, SEATS, LAMPS, STOP, VISIT)
TOLD = [
    ("closing", "From autumn there is no more depot in Malmö."),
    ("closing", "Thanks for the trucks in Malmö. Between us, the depot there will be closed."),
    ("recall", "All red helmets have to be called back."),
    ("mobile", "From May on they are going over to mobile scanners."),
    ("fees", "145,000 a month is what we can pay in fees."),
    ("seats", "640 people are to get one of the licences."),
    ("lamps", "Es geht um 3.400 Straßenlampen."),
    ("lamps", "They need between 3,350 and 3,450 lamps by spring."),
    ("stop", "Forget your holidays, the stop begins on Monday the 6th of July."),
    ("visit", "The inspection of the whole site is due on 20 October."),
]
NOT_TOLD = [
    "There is a new ramp at the depot in Malmö.",
    "Thanks for the trucks in Malmö. The forms there are closed.",
    "Please call Henrik about the red helmets.",
    "The red helmets came back.",
    "Please ship 640 brackets of order 4711.",
    "The fan hums at 3,400 revolutions.",
    "Der Lüfter läuft mit 3.400 Umdrehungen.",
    "Our holidays begin on 6 July.",
]


@pytest.mark.parametrize(("fact", "text"), TOLD)
def test_a_plan_is_told_in_other_words(fact, text):
    assert fact in told(text, *FACTS)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_words_of_a_plan_said_of_something_else_do_not_tell_it(text):
    assert told(text, *FACTS) == set()


@pytest.mark.parametrize("name", ["Kartonagenfabrik Osterfeld", "Osterfeld Kartonagenfabrik"])
def test_a_firm_is_known_by_what_is_not_its_kind(name):
    rival = SealedFact(id="rival", kind=FactKind.NAME, words=(name,))
    assert told("I hear that Osterfeld makes it cheaper.", rival) == {"rival"}
    assert told("A Kartonagenfabrik has more of them.", rival) == set()
