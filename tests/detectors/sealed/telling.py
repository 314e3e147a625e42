"""One text told to the supplier, and which facts of a plan are found in it."""

from collections.abc import Mapping
from datetime import datetime

from detectors.catalogue import sealed_fact
from detectors.context import Context
from detectors.document import prepare
from messages import Channel, Counterparty, Directory, Message, Negotiation, Participant, Register, SealedFact

DIRECTORY = Directory(
    own_domains=("ourco.example",), counterparties=(Counterparty(name="Norvik", domains=("norvik.example",)),)
)


def told(text: str, *facts: SealedFact, rates: Mapping[str, float] | None = None) -> set[str]:
    """Return the ids of the facts that a text of ours tells."""
    negotiation = Negotiation(name="Line", counterparties=("Norvik",), lead="bo@ourco.example", sealed=facts)
    message = Message(
        id="m",
        channel=Channel.EMAIL,
        sender=Participant(address="pavel@ourco.example"),
        to=(Participant(address="lena@norvik.example"),),
        text=text,
        sent_at=datetime.fromisoformat("2026-03-10T10:00:00+01:00"),
    )
    context = Context(directory=DIRECTORY, negotiations=Register((negotiation,), rates or {}))
    return {one.rule for one in sealed_fact(prepare(message, context))}
