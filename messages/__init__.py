"""The shared leaf: what a message is, whoever delivered it and whatever is looked for in it."""

from messages.clean import CleanText, Part, PartKind, clean
from messages.directory import Counterparty, CounterpartyKind, Directory, Person
from messages.direction import Direction, counterparties_of, direction_of
from messages.message import Attachment, Channel, Message, Participant, Span
from messages.thread import subject_key, thread_ids

__all__ = [
    "Attachment",
    "Channel",
    "CleanText",
    "Counterparty",
    "CounterpartyKind",
    "Direction",
    "Directory",
    "Message",
    "Part",
    "PartKind",
    "Participant",
    "Person",
    "Span",
    "clean",
    "counterparties_of",
    "direction_of",
    "subject_key",
    "thread_ids",
]
