"""A chance word beside a plain telling takes nothing from it, and one that tells what a figure is of still does."""

from datetime import date

import pytest

from messages import FactKind, SealedFact
from tests.detectors.sealed.telling import told

FACTS = (
    SealedFact(id="rebate", kind=FactKind.PERCENTAGE, value=6.25, words=("rebate", "volume")),
    SealedFact(id="grant", kind=FactKind.PERCENTAGE, value=44, words=("subsidy",)),
    SealedFact(id="price", kind=FactKind.AMOUNT, value=731400, currency="EUR", unit="tram", words=("price", "tram")),
    SealedFact(id="stock", kind=FactKind.DURATION, value=17, unit="days", words=("stock", "bearings")),
    SealedFact(id="nurses", kind=FactKind.QUANTITY, value=265, unit="nurses", words=("nurses", "employees")),
    SealedFact(id="end", kind=FactKind.DATE, first=date(2026, 9, 30), last=date(2026, 9, 30), words=("contract end",)),
)
TOLD = [
    ("rebate", "A rebate of 6.25 % on last year's revenue is what they hope for."),
    ("rebate", "My husband says I talk too much, but the rebate they are after is 6.25 %."),
    ("rebate", "Carla told me over dinner that her line is 6.25 %."),
    ("grant", "44 percent of it comes back to us as a grant from Brussels."),
    ("grant", "Wir bekommen 44 Prozent Zuschuss, den Rest zahlt die Stadt."),
    ("price", "You asked in the train what is left: 731,400 euros for each tram."),
    ("price", "You quoted 812,000 euros a tram, but we stop at 731,400."),
    ("stock", "Our stock of bearings lasts 17 days, as the invoice clerk found out."),
    ("stock", "The kids are ill again, the stock of bearings is down to 17 days."),
    ("nurses", "The memo reckons with about 265 staff, all of them nurses."),
    ("nurses", "Nurses: we come to 265 exactly"),
    ("end", "The contract end is 30 September, just after the shipment of the last lot."),
    ("nurses", "The competition sleeps, so our need of 265 nurses is for you alone."),
    ("end", "Back from holidays I looked it up, the contract end is 30 September."),
]
NOT_TOLD = [
    "You asked 731,400 euros a tram.",
    "Your colleague asked for 731,400 euros a tram.",
    "You offered the tram at a price of 731,400 euros.",
    "My phone company gives a rebate of 6.25 %.",
    "The rebate of my gym is 6.25 %.",
    "The milk in the canteen lasts 17 days.",
    "Revenue rose by 6.25 %, congratulations.",
    "Over lunch 44 percent of us had the soup.",
    "The insurance pays 44 percent.",
    "My gym contract ends on 30 September.",
]


@pytest.mark.parametrize(("fact", "text"), TOLD)
def test_a_chance_word_takes_nothing_from_a_plain_telling(fact, text):
    assert fact in told(text, *FACTS)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_a_word_that_tells_what_a_figure_is_of_still_counts(text):
    assert told(text, *FACTS) == set()
