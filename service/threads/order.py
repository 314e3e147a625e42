"""What of a message counts for those after it in its thread, and which of two goes before the other.

For whoever keeps track of threads, with a database or without one: nothing here needs its libraries.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from messages import Envelope, Message, is_answer

# A reply without references joins the conversation of the same subject and firms when that was seen this recently.
SUBJECT_WINDOW = timedelta(days=30)

Item = TypeVar("Item")


def envelope_of(message: Message) -> Envelope:
    """Return what is kept of a message for those after it."""
    recipients = tuple(one.address for one in message.recipients)
    return Envelope(sender=message.sender.address, recipients=recipients, sent_at=message.sent_at)


def is_bare_reply(message: Message) -> bool:
    """Whether a message answers, and names no other that it answers."""
    return not (message.thread or message.in_reply_to or message.references) and is_answer(message.subject)


def is_near(one: datetime | None, other: datetime | None) -> bool:
    """Whether a bare reply of one time can belong to what was said at another."""
    return one is None or other is None or abs(one - other) <= SUBJECT_WINDOW


def goes_before(one: tuple[datetime | None, int], other: tuple[datetime | None, int]) -> bool:
    """Whether the first of two messages, each a date and a place in the order of reading, went before the other.

    Earlier is what has an earlier date; where one of them has none, or both the same, what was read first.
    """
    (first, place), (second, other_place) = one, other
    if first is None or second is None or first == second:
        return place < other_place
    return first < second


def in_order(items: Iterable[Item], when: Callable[[Item], tuple[datetime | None, int]]) -> list[Item]:
    """Sort by date; what has none stays where it was read. `when` gives an item's date and its place."""
    by_place = sorted(items, key=lambda item: when(item)[1])
    if all(when(item)[0] is not None for item in by_place):
        return sorted(by_place, key=lambda item: when(item)[0] or datetime.min)  # noqa: DTZ901 - none lacks a date
    ordered: list[Item] = []
    for item in by_place:
        at = len(ordered)
        while at and goes_before(when(item), when(ordered[at - 1])):
            at -= 1
        ordered.insert(at, item)
    return ordered
