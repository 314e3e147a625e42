"""What is withheld from whom: a message that holds a sealed fact is shown to the holders of that plan alone."""

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


def _is_of_destroyed(session: Session, message_id: uuid.UUID, negotiation_id: uuid.UUID) -> bool:
    destroyed = select(func.max(AuditEntry.at)).where(
        AuditEntry.object == str(negotiation_id), AuditEntry.action == Action.PLAN_DESTROYED.value
    )
    query = select(MessageRow.id).where(
        MessageRow.id == message_id, MessageRow.stored_at <= destroyed.scalar_subquery()
    )
    return session.scalar(query) is not None
