"""Looking at messages before anything of them is stored: which are in scope, and what shows in them."""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from connectors import TRUNCATED
from detectors.catalogue import Analysis, analyze_each
from messages import Envelope, Message, counterparties_of
from service.database import Database
from service.pipeline.house import House
from service.sources.record import Refused
from service.threads.earlier import Arriving, earlier_of
from service.threads.store import Incoming, message_key

log = logging.getLogger("frontdoor.pipeline")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Messages that were looked at, before anything of them is stored.

    `found` are those in scope with what was seen in them, `refused` those that could not be judged, `counts` what the
    day's counts gain.
    """

    found: tuple[tuple[Incoming, Analysis], ...]
    refused: tuple[Refused, ...]
    counts: Mapping[str, int]


def judge_beside(database: Database, messages: Sequence[Message], house: House) -> Judged:
    """Judge messages with what went before in their threads; the database is asked for a moment only."""
    with database.transaction(write=False) as session:
        earlier = went_before(session, messages, house)
    return judge(messages, house, earlier)


def went_before(session: Session, messages: Sequence[Message], house: House) -> list[tuple[Envelope, ...] | None]:
    """Return what went before each message in its thread, stored or in the batch; None where it is of no use.

    It is of none to messages out of scope, and to nobody where neither people nor firms nor negotiations are known.
    """
    found: list[tuple[Envelope, ...] | None] = [None] * len(messages)
    if not house.context.knows_people:
        return found
    directory = house.context.directory
    parties = [counterparties_of(one, directory) for one in messages]
    places = [at for at, some in enumerate(parties) if some]
    arriving = [
        Arriving(message=messages[at], counterparties=parties[at], key=message_key(house.keys, messages[at]))
        for at in places
    ]
    for at, earlier in zip(places, earlier_of(session, house.keys, arriving), strict=True):
        found[at] = earlier
    return found


def judge(messages: Sequence[Message], house: House, earlier: Sequence[tuple[Envelope, ...] | None] = ()) -> Judged:
    """Analyze what is in scope; what is not is counted and forgotten. Needs no transaction.

    `earlier` is what went before each message; without it nothing is said of who is missing.
    """
    counts: Counter[str] = Counter(brought=len(messages))
    found: dict[bytes, tuple[Incoming, Analysis]] = {}
    refused = [Refused(location=one.id, why=TRUNCATED) for one in messages if one.truncated]
    looked_at = [
        (message, replace(house.context, earlier=before))
        for message, before in zip(messages, earlier or [None] * len(messages), strict=True)
        if house.looks_at(message)
    ]
    counts["out_of_scope"] = len(messages) - len(looked_at)
    for (message, _), analysis in zip(looked_at, analyze_each(looked_at), strict=True):
        if isinstance(analysis, Exception):
            failed = type(analysis).__name__
            log.error("analysis failed", extra={"error": failed})
            refused.append(Refused(location=message.id, why=f"the analysis failed ({failed})"))
            continue
        one = Incoming(
            message=message,
            direction=analysis.direction,
            counterparties=analysis.counterparties,
            text=analysis.text,
            key=message_key(house.keys, message),
        )
        found.setdefault(one.key, (one, analysis))
    return Judged(found=tuple(found.values()), refused=tuple(refused), counts=counts)
