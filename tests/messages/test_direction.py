import pytest

from messages import Channel, Counterparty, Direction, Directory, Message, Participant, counterparties_of, direction_of

_DIRECTORY = Directory(
    own_domains=("ourco.example",), counterparties=(Counterparty(name="Norvik", domains=("norvik.example",)),)
)


def _message(sender, *to, cc=()):
    return Message(
        id="1",
        channel=Channel.EMAIL,
        sender=Participant(address=sender),
        to=tuple(Participant(address=one) for one in to),
        cc=tuple(Participant(address=one) for one in cc),
    )


@pytest.mark.parametrize(
    ("sender", "to", "direction"),
    [
        ("bo@ourco.example", ["ann@norvik.example"], Direction.OUTBOUND),
        ("bo@ourco.example", ["cy@ourco.example", "ann@norvik.example"], Direction.OUTBOUND),
        ("bo@ourco.example", ["cy@ourco.example"], Direction.INTERNAL),
        ("bo@ourco.example", [], Direction.INTERNAL),
        ("ann@norvik.example", ["bo@ourco.example"], Direction.INBOUND),
        ("", ["bo@ourco.example"], Direction.INBOUND),
        ("bo@notourco.example", ["bo@ourco.example"], Direction.INBOUND),
    ],
)
def test_addresses_alone_tell_the_direction(sender, to, direction):
    assert direction_of(_message(sender, *to), _DIRECTORY) is direction


def test_an_outsider_on_copy_makes_it_outbound():
    assert (
        direction_of(_message("bo@ourco.example", "cy@ourco.example", cc=["ann@norvik.example"]), _DIRECTORY)
        is Direction.OUTBOUND
    )


def test_every_counterparty_is_named_once_the_authors_first():
    message = _message("x@other.example", "ann@norvik.example", "bo@ourco.example", cc=["al@de.norvik.example", ""])
    assert [party.name for party in counterparties_of(message, _DIRECTORY)] == ["other.example", "Norvik"]
