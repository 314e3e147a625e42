import pytest

from messages import Counterparty, CounterpartyKind, Directory, Person

_NORVIK = Counterparty(name="Norvik", domains=("norvik.example", "Norvik-Service.example."), slack_team="T0NOR")
_EAST = Counterparty(name="Norvik East", domains=("east.norvik.example",), kind=CounterpartyKind.CUSTOMER)
_DIRECTORY = Directory(
    own_domains=("ourco.example", "t0our.slack"),
    people={"bo@private.example": Person(address="bo@private.example")},
    counterparties=(_NORVIK, _EAST),
)


@pytest.mark.parametrize(
    "address",
    [
        "ann@ourco.example", "ann@mail.ourco.example", "ANN@OurCo.Example", "ann@ourco.example.",
        "bo@private.example", "u01@t0our.slack",
        "U01@T0OUR.slack", "'a@b'@ourco.example", "BO@Private.example",
    ],
)  # fmt: skip
def test_ours_are_known_by_domain_or_person(address):
    assert _DIRECTORY.is_ours(address)
    assert _DIRECTORY.counterparty(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "ann@notourco.example", "ann@ourco.example.norvik.example", "ann@ourco", "ann@example",
        "ourco.example@norvik.example", "ourco.example",
        "", "@", "ann@", "eve@private.example", "u01@t0nor.slack",
    ],
)  # fmt: skip
def test_others_are_not_ours(address):
    assert not _DIRECTORY.is_ours(address)


@pytest.mark.parametrize(
    ("address", "party"),
    [
        ("ann@norvik.example", _NORVIK),
        ("ann@de.norvik.example", _NORVIK),
        ("ann@east.norvik.example", _EAST),
        ("ann@mail.east.norvik.example", _EAST),
        ("Ann@NORVIK.example.", _NORVIK),
        ("ann@norvik-service.example", _NORVIK),
        ("u07@t0nor.slack", _NORVIK),
        ("U07@T0NOR.slack", _NORVIK),
    ],
)
def test_a_counterparty_is_known_by_domain_or_slack_team(address, party):
    assert _DIRECTORY.counterparty(address) is party


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("ann@notnorvik.example", "notnorvik.example"),
        ("u07@t0other.slack", "t0other.slack"),
        ("ann@norvik.example.evil.example", "norvik.example.evil.example"),
        ("undisclosed-recipients", "undisclosed-recipients"),
    ],
)
def test_an_unknown_outsider_is_an_unassigned_counterparty(address, name):
    party = _DIRECTORY.counterparty(address)
    assert party is not None
    assert (party.name, party.kind) == (name, CounterpartyKind.UNASSIGNED)


def test_no_address_is_no_counterparty():
    assert _DIRECTORY.counterparty("") is None


def test_without_own_domains_nobody_is_ours():
    assert not Directory(own_domains=("",)).is_ours("ann@norvik.example")


def test_an_endless_domain_is_looked_up_in_no_time():
    party = _DIRECTORY.counterparty("a@" + "x." * 100_000 + "norvik.example")
    assert party is _NORVIK
