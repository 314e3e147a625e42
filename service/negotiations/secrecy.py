"""What is withheld from whom: a message that holds a sealed fact is shown to the holders of that plan alone."""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.audit.store import Action
from service.models import AuditEntry, MessageRow
from service.negotiations.access import opened_by
from service.negotiations.models import NegotiationRow, SealedMessage

# The label of a finding that a sealed fact stands in a message. Its reason names the negotiation, its rule the entry.
SEALED_FACT = "sealed_fact"

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# What a reason may go on saying: names in quotes, and days of the register. Any other figure is the message's.
_FIGURE = re.compile(rf"(“[^”]*”|\b\d{{1,2}} (?:{_MONTHS}) \d{{4}}\b)|\d(?:[\d.,' ]*\d)?")
# So many ids at a time: databases bound how many values a query may name.
_AT_ONCE = 1000


def withheld(
    session: Session, messages: Iterable[uuid.UUID], viewer: uuid.UUID | None
) -> dict[uuid.UUID, tuple[str, ...]]:
    """Tell which of these messages a user does not get to read: by message the negotiations that forbid it.

    None as the viewer is somebody outside, such as a Slack channel. A message that is in the answer is withheld wholly:
    subject, text, files' names, quotes and offsets. One that came in before a plan was destroyed is withheld from
    everybody.
    """
    wanted = list(dict.fromkeys(messages))
    opened = opened_by(session, viewer)
    found: dict[uuid.UUID, set[tuple[uuid.UUID, str]]] = defaultdict(set)
    for start in range(0, len(wanted), _AT_ONCE):
        query = (
            select(SealedMessage.message_id, NegotiationRow.id, NegotiationRow.name)
            .join(NegotiationRow, NegotiationRow.id == SealedMessage.negotiation_id)
            .where(SealedMessage.message_id.in_(wanted[start : start + _AT_ONCE]))
        )
        for message_id, negotiation_id, name in session.execute(query):
            if negotiation_id not in opened or _is_of_destroyed(session, message_id, negotiation_id):
                found[message_id].add((negotiation_id, name))
    return {message_id: tuple(sorted(name for _, name in some)) for message_id, some in found.items()}


def note_of(negotiations: Iterable[str]) -> str:
    """Say in the place of a message's words why they are withheld."""
    names = " and ".join(f"“{name}”" for name in negotiations)
    return f"Withheld: it holds a sealed fact of negotiation {names}; its holders can read it."


def reason_of(negotiations: Iterable[str]) -> str:
    """Say in the place of a finding's reason, which could quote words, why there is none."""
    names = " and ".join(f"“{name}”" for name in negotiations)
    return f"Withheld: on a message that holds a sealed fact of negotiation {names}."


def sealed_among(session: Session, messages: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return those of the messages that hold a sealed fact, whoever may read them."""
    return frozenset(seals_on(session, messages))


def seals_on(session: Session, messages: Iterable[uuid.UUID]) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """Return by message the negotiations of which a sealed fact stands in it; messages without one are left out."""
    wanted, found = list(dict.fromkeys(messages)), dict[uuid.UUID, frozenset[uuid.UUID]]()
    for start in range(0, len(wanted), _AT_ONCE):
        some = SealedMessage.message_id.in_(wanted[start : start + _AT_ONCE])
        for row in session.execute(select(SealedMessage.message_id, SealedMessage.negotiation_id).where(some)):
            found[row.message_id] = found.get(row.message_id, frozenset()) | {row.negotiation_id}
    return found


def masked(reason: str) -> str:
    """Return a finding's reason without the figures that it takes from the message: a reason is not stored sealed."""
    return _FIGURE.sub(lambda found: found[1] or "…", reason)


def _is_of_destroyed(session: Session, message_id: uuid.UUID, negotiation_id: uuid.UUID) -> bool:
    destroyed = select(func.max(AuditEntry.at)).where(
        AuditEntry.object == str(negotiation_id), AuditEntry.action == Action.PLAN_DESTROYED.value
    )
    query = select(MessageRow.id).where(
        MessageRow.id == message_id, MessageRow.stored_at <= destroyed.scalar_subquery()
    )
    return session.scalar(query) is not None
