"""Which way a message went, told from its addresses alone."""

from enum import StrEnum

from messages.directory import Counterparty, Directory
from messages.message import Message


class Direction(StrEnum):
    """Seen from our side."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


def direction_of(message: Message, directory: Directory) -> Direction:
    """Tell the direction: inbound when the author is not ours, outbound when ours with an outsider reading along."""
    if not directory.is_ours(message.sender.address):
        return Direction.INBOUND
    if all(directory.is_ours(person.address) for person in message.recipients):
        return Direction.INTERNAL
    return Direction.OUTBOUND


def counterparties_of(message: Message, directory: Directory) -> tuple[Counterparty, ...]:
    """Name every counterparty on the message once, the author's first."""
    found: dict[str, Counterparty] = {}
    for person in message.participants:
        party = directory.counterparty(person.address)
        if party is not None:
            found.setdefault(party.name, party)
    return tuple(found.values())
