"""What the ledger is told of a message, once it is judged and stored."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from detectors.finding import Finding
from messages import Direction, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A new message in scope with what an active policy kept of it.

    `counterparties` are those on the message by name, `negotiations` those it belongs to. `author` is our person's
    address, or theirs for an inbound message; `role` and `department` are ours as the directory has them, else empty.
    """

    message: Message
    message_id: uuid.UUID
    thread_id: uuid.UUID
    direction: Direction
    said_at: datetime
    counterparties: tuple[str, ...]
    negotiations: tuple[uuid.UUID, ...]
    findings: tuple[Finding, ...]
    author: str
    role: str = ""
    department: str = ""
