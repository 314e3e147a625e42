"""Figures that take a step to be read: by the month, of each euro, by a unit beside them, as a sum, until a day."""

from datetime import date

import pytest

from messages import FactKind, SealedFact
from tests.detectors.sealed.telling import told

RATES = {"USD": 1.1, "NOK": 11.5}


def sealed(kind, *words, **fields):
    return SealedFact(id="it", kind=FactKind(kind), words=words, **fields)


TERM = sealed("duration", "term", "contract", "Vertrag", value=15, unit="months")
PAYMENT = sealed("duration", "payment", value=45, unit="days")
DISCOUNT = sealed("percentage", "discount", "Rabatt", value=4.5)
GRANT = sealed("percentage", "grant", "Zuschuss", value=27)
PARCELS = sealed("quantity", "parcels", "Pakete", value=31_200, unit="parcels")
STEEL = sealed("quantity", "steel", value=1_900, unit="tonnes a month")
TRAMS = sealed("quantity", "trams", "trains", value=52, unit="trams")
SOCKETS = sealed("quantity", "sockets", "cores", value=7_200, unit="cores")
FEES = sealed("amount", "fees", "fee", value=1_740_000, currency="EUR")
RENT = sealed("amount", "rent", "Miete", value=640, currency="EUR", unit="month")
PRESS = sealed("amount", "press", value=1_265_000, currency="NOK", unit="press")
COVER = sealed("duration", "roof", "Dach", value=9, unit="years")
STOCK = sealed("duration", "stock", "resin", "Harz", value=21, unit="days")
EXPIRY = sealed("date", "lease", "Mietvertrag", first=date(2026, 9, 30), last=date(2026, 9, 30))
TOLD = [
    (TERM, "You want a term of three years. We would be happy with one and a quarter."),
    (TERM, "Your draft of the contract says 24 months, ours will say fifteen."),
    (TERM, "Im Vertrag stehen 24 Monate. Wir wollen nur fünfzehn."),
    (TERM, "A contract of fifteen rather than 24 months would be signed at once."),
    (PAYMENT, "Payment after 60 days is what they say. They will go down to 45."),
    (DISCOUNT, "Your discount is 3 %. Bo needs 4.5."),
    (DISCOUNT, "We were offered a discount of 3 %, internally they settle for four and a half."),
    (PARCELS, "Some 600 parcels a week is what we plan with."),
    (PARCELS, "2.600 Pakete im Monat."),
    (PARCELS, "We need 7,800 parcels each quarter."),
    (PARCELS, "Monthly we need 2,600 parcels."),
    (STEEL, "We need 22,800 tonnes of steel a year."),
    (FEES, "435,000 a quarter is what we can pay in fees."),
    (RENT, "The rent may come to 7,680 euros per year."),
    (RENT, "Die Miete darf 7.680 Euro im Jahr kosten."),
    (DISCOUNT, "Of each thousand euros we hope to get 45 back as a discount."),
    (DISCOUNT, "45 Euro von tausend Euro Rabatt brauchen wir."),
    (GRANT, "Out of every euro twenty-seven cents are a grant."),
    (GRANT, "For each euro that we spend on it, 27 cents come back to us as a grant."),
    (GRANT, "Von jedem Euro kommen 27 Cent als Zuschuss zurück."),
    (TRAMS, "In truth it is four dozen trams plus four."),
    (SOCKETS, "180 hosts, each with 40 cores, are in use."),
    (SOCKETS, "What we need is 7,200 cores."),
    (FEES, "We may pay twelve instalments of 145,000 euros in fees."),
    (PARCELS, "We plan with 31 thousand 200 parcels."),
    (PRESS, "Converted to euros the press must not cost more than 110,000."),
    (PRESS, "If you prefer euros: about 110,000 for the press would be fine."),
    (PRESS, "1,265,000 per machine is what they planned for the press."),
    (COVER, "The roof has to be covered from January 2028 until January 2037."),
    (COVER, "Das Dach soll von Anfang 2028 bis Ende 2036 abgedeckt sein."),
    (STOCK, "Without you the stock of resin is gone on 31 March."),
    (STOCK, "Das Harz ist am 31. März alle."),
    (TERM, "How many months of contract do they want? Fifteen."),
    (TERM, "The term in months: 15"),
    (PAYMENT, "Payment days: 45, no less."),
    (DISCOUNT, "Discount in percent: 4.5"),
    (DISCOUNT, "45 euros in a thousand is the least discount that we want."),
    (DISCOUNT, "45 Euro auf tausend, weniger Rabatt geht nicht."),
    (FEES, "We pay 145 thousand euros monthly in fees."),
    (FEES, "In fees we pay some 145,000 every month."),
    (SOCKETS, "180 x 40 cores are what we need."),
    (RENT, "The rent: 7 thousand 680 a year."),
    (STOCK, "Without trucks there won't be any resin left on March 31."),
    (EXPIRY, "Come the first of October there is no lease."),
    (EXPIRY, "On 1 October we'll be without a lease."),
    (EXPIRY, "Am 1. Oktober sind wir ohne Mietvertrag."),
]
NOT_TOLD = [
    (TERM, "Delivery takes two months. We need fifteen by Friday."),
    (TERM, "The contract was sent two months ago. Please send fifteen copies."),
    (DISCOUNT, "The discount is 3 % as agreed. Please send 4.5 kg of samples."),
    (DISCOUNT, "For every thousand euros we get 4.50 back as a discount."),
    (PARCELS, "We have to send you 2,600 parcels by the end of the month."),
    (PARCELS, "The 2,600 parcels arrived a month ago."),
    (PARCELS, "We plan with 3,100 parcels a month."),
    (RENT, "The rent may come to 6,400 euros per year."),
    (GRANT, "The price went down by 27 cents, and a euro is a euro."),
    (TRAMS, "The tour takes 48 people plus four dogs."),
    (SOCKETS, "180 visitors with 40 badges each came on Monday."),
    (PRESS, "Converted to dollars the press must not cost more than 110,000."),
    (COVER, "The fair runs from 2028 until 2037, says the poster."),
    (COVER, "The roof has to be covered from January 2028 until January 2034."),
    (STOCK, "Without you the stock of resin is gone on 14 April."),
    (TERM, "How many months until the fair? Fifteen people asked me."),
    (DISCOUNT, "45 euros on a thousand pieces is no discount."),
    (PRESS, "Converted to euros the lunch cost 110."),
    (STOCK, "The stock of resin was counted on 31 March."),
    (EXPIRY, "On 1 October we'll be without electricity."),
    (EXPIRY, "The lease begins on 1 October."),
]


@pytest.mark.parametrize(("fact", "text"), TOLD)
def test_a_figure_is_found_that_takes_a_step_of_reckoning(fact, text):
    assert told(text, fact, rates=RATES) == {"it"}


@pytest.mark.parametrize(("fact", "text"), NOT_TOLD)
def test_what_reckons_to_something_else_or_is_of_something_else_is_not_the_fact(fact, text):
    assert told(text, fact, rates=RATES) == set()
