"""The shared leaf: what a message is, whoever delivered it and whatever is looked for in it."""

from messages.clean import CleanText, Part, PartKind, clean
from messages.direction import Direction, counterparties_of, direction_of
from messages.directory import Counterparty, CounterpartyKind, Directory, Period, Person, PersonKind
from messages.domain import normal_domain
from messages.fold import Folded, fold
from messages.message import Attachment, Channel, Envelope, Message, Participant, Span
from messages.negotiation import (
    Authority,
    Blackout,
    Departure,
    FactKind,
    Matter,
    Negotiation,
    Phase,
    Published,
    Register,
    SealedFact,
)
from messages.thread import is_answer, is_forwarded, subject_key, thread_ids

__all__ = [
    "Attachment",
    "Authority",
    "Blackout",
    "Channel",
    "CleanText",
    "Counterparty",
    "CounterpartyKind",
    "Departure",
    "Direction",
    "Directory",
    "Envelope",
    "FactKind",
    "Folded",
    "Matter",
    "Message",
    "Negotiation",
    "Part",
    "PartKind",
    "Participant",
    "Period",
    "Person",
    "PersonKind",
    "Phase",
    "Published",
    "Register",
    "SealedFact",
    "Span",
    "clean",
    "counterparties_of",
    "direction_of",
    "fold",
    "is_answer",
    "is_forwarded",
    "normal_domain",
    "subject_key",
    "thread_ids",
]
