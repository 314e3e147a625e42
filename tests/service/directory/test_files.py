"""people.csv and counterparties.csv."""

from datetime import date

import pytest

from messages import CounterpartyKind
from service.directory.files import read_directory
from service.errors import ConfigurationError


def folder(tmp_path, *, people="", counterparties=""):
    if people:
        (tmp_path / "people.csv").write_text(people, "utf-8")
    if counterparties:
        (tmp_path / "counterparties.csv").write_text(counterparties, "utf-8")
    return tmp_path


def test_domains_alone_are_a_directory():
    directory = read_directory(["@OurCo.Example.", "ourco.example"])
    assert directory.own_domains == ("ourco.example",)


@pytest.mark.parametrize("domains", [[], [""], ["."], [" "]])
def test_without_a_domain_it_says_what_to_give(domains):
    with pytest.raises(ConfigurationError, match="--own-domain"):
        read_directory(domains)


def test_people_and_counterparties_are_read(tmp_path):
    where = folder(
        tmp_path,
        people="address,name,role,department,manager,slack_id\n"
        "Ann@OurCo.example,Ann,Buyer,Purchasing,Bo@ourco.example,U1\n",
        counterparties="name,kind,domains,slack_team,owner\n"
        "Norvik,supplier,norvik.example; norvik-pumps.example,T9,ann@ourco.example\n"
        "Atlas,Customer,atlas.example,,\n",
    )
    directory = read_directory(["ourco.example"], where)
    assert directory.people["ann@ourco.example"].manager == "bo@ourco.example"
    norvik = directory.counterparty("x@mail.norvik-pumps.example")
    assert norvik is not None
    assert norvik.name == "Norvik"
    assert directory.counterparty("y@atlas.example").kind is CounterpartyKind.CUSTOMER
    assert directory.counterparty("z@elsewhere.example").kind is CounterpartyKind.UNASSIGNED


def test_a_person_of_ours_with_an_outside_address_is_ours(tmp_path):
    where = folder(tmp_path, people="address\nann@freemail.example\n")
    assert read_directory(["ourco.example"], where).is_ours("ann@freemail.example")


def test_a_byte_order_mark_empty_rows_and_extra_columns_do_no_harm(tmp_path):
    where = folder(tmp_path, counterparties="\ufeffName,Colour,Domains\nNorvik,blue,norvik.example\n,,\n")
    assert [party.name for party in read_directory(["ourco.example"], where).counterparties] == ["Norvik"]


@pytest.mark.parametrize(
    ("people", "counterparties", "named"),
    [
        ("name\nAnn\n", "", "address"),
        ("address\nann\n", "", "row 2"),
        ("address,name\n,Ann\n", "", "row 2"),
        ("", "name,kind\nNorvik,friend\n", "supplier or customer"),
        ("", "name,domains\nA,a.example\nB,a.example\n", "row 3"),
        ("", "kind\nsupplier\n", "name"),
    ],
)
def test_a_mistake_is_named_with_its_row(tmp_path, people, counterparties, named):
    with pytest.raises(ConfigurationError, match=named):
        read_directory(["ourco.example"], folder(tmp_path, people=people, counterparties=counterparties))


def test_a_folder_that_is_not_there_is_a_clear_error(tmp_path):
    with pytest.raises(ConfigurationError, match=r"people\.csv"):
        read_directory(["ourco.example"], tmp_path / "nowhere")


def test_a_file_that_is_not_text_is_a_clear_error(tmp_path):
    (tmp_path / "people.csv").write_bytes(b"address\n\xff\xfe\x00")
    with pytest.raises(ConfigurationError, match="UTF-8"):
        read_directory(["ourco.example"], tmp_path)


def test_one_person_has_several_addresses(tmp_path):
    where = folder(tmp_path, people="address,aliases,slack_id\nann@ourco.example,Ann@Freemail.example,U1\n")
    directory = read_directory(["ourco.example"], where)
    for address in ("ANN@ourco.example", "ann@freemail.example", "u1@t9.slack"):
        assert directory.person(address).address == "ann@ourco.example"
        assert directory.is_ours(address)
    assert directory.person("u1@norvik.example") is None


def test_lists_absences_and_deputies_are_read(tmp_path):
    where = folder(
        tmp_path,
        people="address,kind,members,away,deputy\n"
        "all@ourco.example,list,ann@ourco.example; bo@ourco.example,,\n"
        "ann@ourco.example,,,2026-03-01..2026-03-05; 2026-04-01,Bo@ourco.example\n",
    )
    people = read_directory(["ourco.example"], where).people
    assert people["all@ourco.example"].members == ("ann@ourco.example", "bo@ourco.example")
    ann = people["ann@ourco.example"]
    assert [ann.is_away(date(2026, 3, 5)), ann.is_away(date(2026, 3, 6)), ann.is_away(date(2026, 4, 1))] == [
        True,
        False,
        True,
    ]
    assert ann.deputy == "bo@ourco.example"


def test_people_of_a_firm_with_free_mail_and_its_resellers_are_known(tmp_path):
    where = folder(
        tmp_path,
        counterparties="name,domains,people,primary_contact,resellers\n"
        "Norvik,norvik.example,jo@freemail.example,lee@freemail.example,ferromar.example; Halden\n"
        "Halden,halden.example,,,\n",
    )
    directory = read_directory(["ourco.example"], where)
    assert directory.counterparty("jo@freemail.example").name == "Norvik"
    assert directory.counterparty("lee@freemail.example").name == "Norvik"
    for address in ("x@south.ferromar.example", "x@halden.example"):
        assert "Norvik" in directory.represented(directory.counterparty(address))
    assert directory.represented(directory.counterparty("x@other.example")) == ("other.example",)


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("ann@ourco.example,robot,,,", "kind is one of person, list"),
        ("ann@ourco.example,,bo@ourco.example,,", "members are for a list"),
        ("ann@ourco.example,list,bo,,", "members has no @"),
        ("ann@ourco.example,,,summer,", "away is days such as"),
        ("ann@ourco.example,,,2026-03-05..2026-03-01,", "away ends before it begins"),
        ("ann@ourco.example,,,,bo", "deputy has no @"),
    ],
)
def test_a_flaw_of_a_person_is_named_by_row_and_column(tmp_path, row, named):
    where = folder(tmp_path, people=f"address,kind,members,away,deputy\n{row}\n")
    with pytest.raises(ConfigurationError, match=r"people\.csv, row 2") as caught:
        read_directory(["ourco.example"], where)
    assert named in str(caught.value)
