"""One of us alone with a counterparty where two were asked for."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding
from detectors.matters import led, matters_of, told
from detectors.presence import earlier_of, goes_out, identity, name_of, people_among
from detectors.purpose import Purpose, purpose_of
from messages import Direction


def lone_negotiator(document: Document) -> Iterator[Finding]:
    """Find commercial talk that only one of our people is on, in a negotiation whose register asks for two.

    Ours counts from the first message, theirs once one of us has written in the thread. Assistants, lists and shared
    mailboxes are no second person; whoever was on the thread before is.
    Known false positives: a second person who listens in by telephone or in a room.
    """
    if document.direction is Direction.INTERNAL:
        return
    matters = [one for one in matters_of(document) if one.two_needed]
    if not matters:
        return
    directory = document.context.directory
    here = [one.address for one in document.message.participants]
    before = [one for envelope in earlier_of(document) for one in envelope.people]
    people = people_among(directory, (*here, *before))
    spoke = {identity(directory, one.sender) for one in earlier_of(document)}
    if len(people) != 1 or not (goes_out(document) or people & spoke):
        return
    # What a message is for takes longest to tell, so it is asked of few.
    if purpose_of(document) is not Purpose.COMMERCIAL:
        return
    [alone] = people
    yield told(
        "lone_negotiator",
        0.85,
        f"{led(document, matters[0])}, and the register asks for two of us; "
        f"{name_of(document, alone)} is the only one of ours on "
        f"this thread{' so far' if earlier_of(document) else ''}.",
    )
