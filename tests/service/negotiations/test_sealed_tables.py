"""`[[negotiation.sealed]]` and `[rates]` of negotiations.toml: read strictly; no error tells what a fact is."""

import traceback
from datetime import date

import pytest

from messages import Counterparty, Directory, FactKind, Person
from service.errors import ConfigurationError
from service.negotiations.files import register_of

DIRECTORY = Directory(
    own_domains=("ourco.example",),
    people={"bo@ourco.example": Person(address="bo@ourco.example")},
    counterparties=(Counterparty(name="Norvik", domains=("norvik.example",)),),
)
LEAST = '[[negotiation]]\nname = "Castings"\ncounterparties = ["Norvik"]\nlead = "bo@ourco.example"\n'


def sealed(text):
    [one] = register_of(f"{LEAST}[[negotiation.sealed]]\n{text}", DIRECTORY)
    return one.sealed


def test_every_field_of_an_amount_is_read():
    [one] = sealed(
        'id = "walk-away"\nkind = "amount"\nvalue = 7.5\ncurrency = "usd"\nunit = "piece"\nquantity = 400_000\n'
        'words = ["casting"]\ntolerance = 0.1'
    )
    assert (one.id, one.kind, one.value, one.currency) == ("walk-away", FactKind.AMOUNT, 7.5, "USD")
    assert (one.unit, one.quantity, one.words, one.tolerance) == ("piece", 400_000, ("casting",), 0.1)


def test_what_need_not_be_said_has_a_meaning():
    [one] = sealed('kind = "amount"\nvalue = 7')
    assert (one.id, one.currency, one.unit, one.quantity, one.tolerance) == ("1", "EUR", "", None, 0.05)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("date = 2026-05-15", date(2026, 5, 15), date(2026, 5, 15)),
        ('date = "2026-05-15"', date(2026, 5, 15), date(2026, 5, 15)),
        ("from = 2026-03-16\nto = 2026-03-22", date(2026, 3, 16), date(2026, 3, 22)),
    ],
)
def test_a_day_or_several_are_read(text, first, last):
    [one] = sealed(f'kind = "date"\n{text}')
    assert (one.first, one.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('kind = "percentage"\nvalue = 12', FactKind.PERCENTAGE),
        ('kind = "duration"\nvalue = 90\nunit = "days"', FactKind.DURATION),
        ('kind = "quantity"\nvalue = 40000\nunit = "pieces"', FactKind.QUANTITY),
        ('kind = "name"\nwords = ["Halden", "HC"]', FactKind.NAME),
        ('kind = "phrase"\nwords = ["dual sourcing"]', FactKind.PHRASE),
    ],
)
def test_every_kind_is_read(text, kind):
    assert [one.kind for one in sealed(text)] == [kind]


FLAWS = [
    ('kind = "secret"', "kind must be one of"),
    ('kind = "amount"', "value is needed"),
    ('kind = "amount"\nvalue = -77123', "value must be a number above nought"),
    ('kind = "amount"\nvalue = "77123"', "value must be a number"),
    ('kind = "amount"\nvalue = 77123\ncurrency = "Euros77123"', "currency must be three letters"),
    ('kind = "percentage"\nvalue = 77123\nunit = "piece"', "unit does not belong to a fact of kind percentage"),
    ('kind = "duration"\nvalue = 77123\nunit = "fortnights"', "unit must be one of days"),
    ('kind = "name"', "words are needed"),
    ('kind = "name"\nwords = ["x"]\nvalue = 77123', "value does not belong"),
    ('kind = "date"', "date is needed"),
    ('kind = "date"\nfrom = 2026-03-16\nto = 2026-03-02', "to lies before"),
    ('kind = "date"\nto = 2026-03-16', "from is needed"),
    ('kind = "date"\ndate = 2026-03-16\nfrom = 2026-03-16', "is one day"),
    ('kind = "date"\ndate = "Ides77123"', "date must be a day"),
    ('kind = "amount"\nvalue = 77123\ntolerance = 0.9', "tolerance must be a share"),
    ('kind = "amount"\nvalue = 77123\nwert = 1', "'wert' is none of"),
    (
        'id = "a"\nkind = "name"\nwords = ["x"]\n[[negotiation.sealed]]\nid = "a"\nkind = "name"\nwords = ["y"]',
        "same id",
    ),
]


@pytest.mark.parametrize(("text", "told"), FLAWS, ids=lambda one: one[:40])
def test_a_flaw_is_named_and_the_fact_is_not(text, told):
    with pytest.raises(ConfigurationError, match=told) as raised:
        sealed(text)
    assert "negotiations.toml, negotiation 1" in str(raised.value)
    assert "2026-03-16" not in str(raised.value)
    assert "77123" not in "".join(traceback.format_exception(raised.value, limit=0))


def test_rates_are_read():
    assert register_of("[rates]\nUSD = 1.08\nJPY = 160\n", DIRECTORY).rates == {"USD": 1.08, "JPY": 160.0}
    assert register_of("", DIRECTORY).rates == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rates = 1", "rates must be a table"),
        ("[rates]\nusd = 1.08", "not three letters"),
        ("[rates]\nUSD = 0", "rates, USD must be how many of it are one euro"),
        ('[rates]\nUSD = "1.08"', "rates, USD must be"),
        ("[rates]\nUSD = true", "rates, USD must be"),
    ],
)
def test_a_flaw_in_the_rates_is_named(text, told):
    with pytest.raises(ConfigurationError, match=told):
        register_of(text, DIRECTORY)
