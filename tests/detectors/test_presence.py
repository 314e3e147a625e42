from detectors.presence import Trade, reached, trades_of
from messages import Directory, Person, PersonKind


def test_lists_that_hold_each_other_are_read_by_the_people_of_both():
    directory = _directory(
        _list("buyers@ourco.example", "all@ourco.example", "ann@ourco.example"),
        _list("all@ourco.example", "buyers@ourco.example", "alias-of-bo@ourco.example"),
        Person(address="bo@ourco.example", aliases=("alias-of-bo@ourco.example",)),
    )
    there = reached(directory, ["Buyers@ourco.example"], None)
    assert there == {f"{one}@ourco.example" for one in ("buyers", "all", "ann", "bo")}


def test_what_one_of_ours_works_in_is_told_by_role_department_and_mailbox():
    directory = _directory(
        Person(address="ann@ourco.example", role="Head of Sales", department="Finance", aliases=("a@ourco.example",)),
        Person(address="bo@ourco.example", role="Engineer"),
    )
    assert trades_of(directory, "ann@ourco.example") == {Trade.SELLING, Trade.FINANCE}
    assert trades_of(directory, "A@ourco.example") == {Trade.SELLING, Trade.FINANCE}
    assert trades_of(directory, "bo@ourco.example") == frozenset()
    assert trades_of(directory, "central_purchasing@ourco.example") == {Trade.BUYING}
    assert trades_of(directory, "sales@norvik.example") == frozenset()


def _directory(*people):
    return Directory(own_domains=("ourco.example",), people={one.address: one for one in people})


def _list(address, *members):
    return Person(address=address, kind=PersonKind.LIST, members=members)
