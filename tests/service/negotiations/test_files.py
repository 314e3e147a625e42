"""negotiations.toml: read strictly, each flaw by file, table and key."""

from datetime import date

import pytest

from messages import Matter, Phase
from service.directory.files import read_directory
from service.errors import ConfigurationError
from service.negotiations.files import read_negotiations

PEOPLE = """address,name,department,aliases
bo@ourco.example,Bo Lind,Procurement,bo@freemail.example
ida@ourco.example,Ida Kern,Finance,
"""
FIRMS = "name,domains\nNorvik,norvik.example\n"
LEAST = '[[negotiation]]\nname = "Castings"\ncounterparties = ["Norvik"]\nlead = "bo@ourco.example"\n'


@pytest.fixture
def read(tmp_path):
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    (tmp_path / "counterparties.csv").write_text(FIRMS, "utf-8")
    directory = read_directory(["ourco.example"], tmp_path)

    def of(text):
        (tmp_path / "negotiations.toml").write_text(text, "utf-8")
        return read_negotiations(tmp_path, directory)

    return of


def test_without_a_folder_or_a_file_the_register_is_empty(tmp_path):
    directory = read_directory(["ourco.example"])
    assert not read_negotiations(None, directory)
    assert not read_negotiations(tmp_path, directory)


def test_the_least_that_is_needed(read):
    [one] = read(LEAST)
    assert (one.name, one.lead, one.phase, one.two_needed) == ("Castings", "bo@ourco.example", Phase.SCOUTING, False)
    assert one.is_open(date(2026, 1, 1))
    assert one.is_open(None)


def test_an_alias_names_the_person(read):
    assert [one.lead for one in read(LEAST.replace("bo@ourco", "Bo@Freemail"))] == ["bo@ourco.example"]


def test_every_field_is_read(read):
    [one] = read(
        LEAST
        + """team = ["ida@ourco.example"]
        phase = "bids"
        from = 2026-02-01
        to = "2026-06-30"
        finance = ["finance", "ida@ourco.example"]
        [[negotiation.blackout]]
        from = 2026-04-01
        to = 2026-04-02
        allowed = ["ida@ourco.example"]
        [[negotiation.authority]]
        person = "ida@ourco.example"
        price = 50_000
        currency = "usd"
        [[negotiation.former]]
        person = "ida@ourco.example"
        until = 2026-02-10
        [[negotiation.published]]
        text = "60 days net"
        date = 2026-02-02
        """
    )
    assert not one.is_open(date(2026, 7, 1))
    assert one.blackout_on(date(2026, 4, 2)).allowed == ("ida@ourco.example",)
    assert one.blackout_on(date(2026, 4, 3)) is None
    authority = one.authority_of("ida@ourco.example")
    assert (authority.price, authority.currency, authority.may) == (50_000, "USD", {Matter.PRICE})
    assert one.published[0].on == date(2026, 2, 2)


FLAWS = [
    ("name = ", "negotiations.toml"),
    ("[[deal]]\n", "negotiations.toml: 'deal' is none of negotiation"),
    ("[negotiation]\n", "negotiation must be tables"),
    (LEAST.replace('name = "Castings"\n', ""), "negotiation 1: name is needed"),
    (LEAST.replace("Norvik", "Norwik"), "'Norwik', which is not in counterparties.csv"),
    (LEAST.replace("bo@", "bob@"), "lead names 'bob@ourco.example', who is not in people.csv"),
    (LEAST + 'team = "ida@ourco.example"\n', "negotiation 1: team must be a list of texts"),
    (LEAST + 'phase = "haggling"\n', "phase must be one of scouting, rfi"),
    (LEAST + 'from = "soon"\n', "from must be a day such as 2026-03-31"),
    (LEAST + "from = 2026-03-01T10:00:00Z\n", "from must be a day"),
    (LEAST + "from = 2026-03-02\nto = 2026-03-01\n", "to lies before from"),
    (LEAST + "two_needed = 2\n", "two_needed must be true or false"),
    (LEAST + 'leader = "x"\n', "'leader' is none of"),
    (LEAST + 'finance = ["Money"]\n', "no address and no department of people.csv"),
    (LEAST + "[[negotiation.blackout]]\nfrom = 2026-03-01\n", "negotiation 1, blackout 1: to is needed"),
    (LEAST + '[[negotiation.authority]]\nperson = "bo@ourco.example"\n', "authority 1: may must name one or more"),
    (LEAST + '[[negotiation.authority]]\nperson = "bo@ourco.example"\nprice = "5k"\n', "price must be an amount"),
    (
        LEAST + '[[negotiation.authority]]\nperson = "bo@ourco.example"\nprice = 5\nmay = ["terms"]\n',
        "may does not name price",
    ),
    (LEAST + '[[negotiation.authority]]\nperson = "bo@ourco.example"\nprice = 5\n' * 2, "twice"),
    (LEAST + LEAST, "two negotiations are called 'Castings'"),
]


@pytest.mark.parametrize(("text", "named"), FLAWS, ids=[named[:40] for _, named in FLAWS])
def test_a_flaw_is_named_by_table_and_key(read, text, named):
    with pytest.raises(ConfigurationError) as caught:
        read(text)
    assert named in str(caught.value)
