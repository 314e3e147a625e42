"""A plan's own matter is no pastime, and figures of something else are none of a plan's."""

from datetime import date

import pytest

from messages import FactKind, SealedFact
from tests.detectors.sealed.telling import told

FACTS = (
    SealedFact(id="clubs", kind=FactKind.QUANTITY, value=46, unit="clubs", words=("clubs", "refit")),
    SealedFact(id="discount", kind=FactKind.PERCENTAGE, value=17.5, words=("discount", "list")),
    SealedFact(id="term", kind=FactKind.DURATION, value=5, unit="years", words=("maintenance", "contract")),
)
TOLD = [
    ("clubs", "In the end we will refit 46 clubs, not just the ten of the tender."),
    ("discount", "Where we want to land: a discount of 17,5 % on everything."),
    ("discount", "Finance reckons with us paying 82.5% of list."),
    ("term", "Half a decade of maintenance with one partner is what we are after."),
]
NOT_TOLD = [
    "The technician waits at club 46.",
    "Ticketnummer 46 ist erledigt.",
    "Water in the basin must not be warmer than 17.5 °C.",
    "Your bonus card saves me 17.5 % at the petrol station.",
    "Our apprentice has worked here for five years.",
]


@pytest.mark.parametrize(("fact", "text"), TOLD)
def test_a_plans_own_matter_is_no_pastime(fact, text):
    assert fact in told(text, *FACTS)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_a_figure_of_something_else_is_none_of_the_plans(text):
    assert told(text, *FACTS) == set()


@pytest.mark.parametrize("said", ["wk7", "W7", "kw7", "Q1 2027", "1Q 2027"])
def test_a_week_or_quarter_is_told_by_its_number(said):
    award = SealedFact(id="award", kind=FactKind.DATE, first=date(2027, 2, 15), last=date(2027, 2, 19))
    quarter = SealedFact(id="award", kind=FactKind.DATE, first=date(2027, 1, 1), last=date(2027, 3, 31))
    assert told(f"We decide in {said}", quarter if "Q" in said else award) == {"award"}
