"""A sum is found in whatever currency it is told, at the register's rates."""

import pytest

from messages import FactKind, SealedFact
from tests.detectors.sealed.telling import told

RATES = {"PLN": 4.3, "JPY": 171.0, "CZK": 25.0, "USD": 1.08}
TOLD = [
    ("EUR", "Our budget is 8.6 million zloty."),
    ("EUR", "Our budget is PLN 8,600,000 all in."),
    ("EUR", "We have a budget of 342 million yen."),
    ("EUR", "Our limit is 50 mio CZK."),
    ("EUR", "Our limit is USD 2.16m."),
    ("EUR", "It is just under 8.8 million zloty, our budget."),
    ("EUR", "Our budget is between 8.3 and 8.9 million PLN."),
    ("EUR", "The budget is fifty million koruna, no more."),
    ("USD", "Our budget is 1.85 million euros."),
    ("USD", "Mehr als 1,85 Mio. EUR haben wir nicht im Budget."),
    ("USD", "We have a budget of 2 million dollars."),
    ("PLN", "Our budget comes to € 465k."),
]
NOT_TOLD = [
    ("EUR", "Our budget is 2.9 million zloty."),
    ("EUR", "Our limit is 2 mio CZK."),
    ("EUR", "The plant in Łódź has 8,600 people."),
    ("EUR", "Our budget is 8.6 million rupees, I think."),
    ("USD", "Our budget is 3.4 million euros."),
    ("PLN", "Our budget comes to € 2 million."),
]


def found(currency, text):
    budget = SealedFact(id="it", kind=FactKind.AMOUNT, value=2_000_000, currency=currency, words=("budget", "limit"))
    return told(text, budget, rates=RATES)


@pytest.mark.parametrize(("currency", "text"), TOLD)
def test_a_sum_in_another_currency_is_found(currency, text):
    assert found(currency, text) == {"it"}


@pytest.mark.parametrize(("currency", "text"), NOT_TOLD)
def test_another_sum_is_not_taken_for_it(currency, text):
    assert found(currency, text) == set()
