"""A phrase of a plan told by another verb or noun for the same act, of ours, of a place, of the reader's firm."""

import pytest

from messages import FactKind, SealedFact
from tests.detectors.sealed.telling import told

PHRASES = {
    "paint": ("build our own paint shop", "eigene Lackiererei bauen"),
    "limehouse": ("build our own limehouse",),
    "coating": ("insource the coating", "Beschichtung selbst machen"),
    "payroll": ("outsource the payroll", "Lohnabrechnung auslagern"),
    "harbour": ("merge with the harbour company", "mit der Hafengesellschaft fusionieren"),
    "tromso": ("close the Tromsø plant", "Werk Tromsø schließen"),
    "fleet": ("go back to our own transport centre",),
    "soap": ("delist the Norvik soaps", "Norvik-Seifen auslisten"),
    "forklift": ("switch to electric forklifts", "auf Elektrostapler umsteigen"),
    "line": ("phase out line 4", "Linie 4 auslaufen lassen"),
    "shops": ("close twenty shops",),
    "brightwell": ("take over Brightwell Tools",),
}
FACTS = tuple(SealedFact(id=name, kind=FactKind.PHRASE, words=words) for name, words in PHRASES.items())
TOLD = [
    ("paint", "We are planning a paint shop of our own."),
    ("paint", "They want their own paint plant, the money is there."),
    ("paint", "Wir bekommen eine eigene Lackiererei."),
    ("limehouse", "An architect has drawn up a lime works of our own."),
    ("coating", "We're going to do the coating ourselves."),
    ("coating", "We want to coat the parts ourselves from next year."),
    ("coating", "Wir wollen künftig selbst beschichten."),
    ("coating", "An in-house coating line has been ordered."),
    ("payroll", "They want to hand the payroll over to somebody else."),
    ("harbour", "We're joining forces with the harbour people."),
    ("harbour", "our merger with the harbour is nearly through"),
    ("tromso", "The folks in Tromsø don't know it yet. Their plant closes."),
    ("tromso", "Don't quote for Tromsø. It will be shut down."),
    ("tromso", "Die Werksschließung in Tromsø kommt."),
    ("tromso", "Tromsø will lose its plant."),
    ("fleet", "They're moving back to our own transport center."),
    ("soap", "They want to kick your soaps out of the shops."),
    ("soap", "Eure Seifen fliegen aus dem Sortiment."),
    ("soap", "The delisting is prepared. I'm sorry for Norvik."),
    ("forklift", "Wir stellen auf Elektrostapler um."),
    ("line", "Line 4 is being phased out."),
    ("shops", "20 shops are going to shut."),
    ("brightwell", "Brightwell will belong to us by summer."),
]
NOT_TOLD = [
    "The paint shop called, the colour is wrong.",
    "Please bring your own paint to the shop.",
    "The lime for the house next door is our own.",
    "We checked the coating ourselves and it is fine.",
    "The payroll slip of your fitter is missing.",
    "The ship is in the harbour, the company will call us.",
    "Deliver to Tromsø on Friday. The site is closed after lunch.",
    "The Tromsø plant closes at 5 pm.",
    "The goods for Tromsø have left the plant.",
    "How was Tromsø? I hear that the museum is closed.",
    "Our own drivers meet at the transport centre.",
    "Please list your soaps on the delivery note.",
    "Your soaps were damaged in transit, please replace them.",
    "The electric forklift is being charged.",
    "Please switch the electric forklifts off.",
    "Line 4 needs new belts.",
    "Twenty shops ordered more of it.",
    "Brightwell's drill broke on Monday.",
]


@pytest.mark.parametrize(("fact", "text"), TOLD)
def test_an_act_of_business_is_told_in_other_words(fact, text):
    assert fact in told(text, *FACTS)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_an_act_is_done_to_tells_nothing_by_itself(text):
    assert told(text, *FACTS) == set()


@pytest.mark.parametrize(
    "text", ["Ottilie Abernethy pushes it.", "Ottilie Voskuijl pushes it.", "I hear that Ottilie decides."]
)
def test_somebody_is_known_by_half_a_double_name(text):
    decider = SealedFact(id="decider", kind=FactKind.NAME, words=("Ottilie Abernethy-Voskuijl",))
    assert told(text, decider) == {"decider"}


def test_a_first_name_with_an_s_may_be_a_flower():
    decider = SealedFact(id="decider", kind=FactKind.NAME, words=("Dahlia Abernethy-Voskuijl",))
    assert told("Dahlias decide how our office looks.", decider) == set()


def test_a_firm_is_known_by_a_name_that_sounds_alike_and_one_service_for_several():
    rival = SealedFact(id="rival", kind=FactKind.NAME, words=("Harrowmoor Crane Services",))
    assert told("Have you worked with Harrowmore Crane Service?", rival) == {"rival"}
    assert told("The crane service was here.", rival) == set()
