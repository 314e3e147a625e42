"""What a counterparty asked lately, by what it asked for: an answer to it weighs more."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from detectors.finding import Finding, Label
from detectors.topics import topics_asked
from messages import Direction
from service.crypto import Keys
from service.exposure.models import EntryKind, EntryState, ExposureEntry, ExposureSource
from service.models import MessageRow

# How long after a question something told still answers it: on the same topic anywhere, and in the question's own
# thread where it is not clear what was asked.
ANSWER_WINDOW = timedelta(days=60)
THREAD_WINDOW = timedelta(days=14)
LEAKS = frozenset(
    {
        Label.SPECIFICATION,
        Label.BUDGET,
        Label.TIMELINE,
        Label.INNOVATION,
        Label.LEVERAGE,
        Label.COMPETITOR,
        Label.DECISION,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question: its topic (empty where it is not clear), when it was asked, and in which thread."""

    topic: str
    said_at: datetime
    thread_id: uuid.UUID | None = None


@dataclass(slots=True)
class Questions:
    """The questions of some counterparties, by name. What is heard while a batch is worked on is added by `hear`."""

    _by_firm: dict[str, list[Asked]] = field(default_factory=lambda: defaultdict(list))

    def answered(
        self, counterparties: Iterable[str], said_at: datetime, *, thread_id: uuid.UUID | None = None
    ) -> Mapping[str, str]:
        """Return which labels of something told then would answer a question, with words that name the question.

        Where several questions ask for the same, the latest before it counts. A question without clear topic is
        answered by any leak in its own thread.
        """
        latest: dict[str, datetime] = {}
        for one in (one for firm in set(counterparties) for one in self._by_firm.get(firm, ())):
            gap = said_at - one.said_at
            if timedelta() <= gap <= ANSWER_WINDOW and one.topic:
                latest[one.topic] = max(one.said_at, latest.get(one.topic, one.said_at))
            elif timedelta() <= gap <= THREAD_WINDOW and thread_id is not None and one.thread_id == thread_id:
                for label in LEAKS:
                    latest[label.value] = max(one.said_at, latest.get(label.value, one.said_at))
        return {topic: f"answers their question of {day_words(at)}" for topic, at in latest.items()}

    def hear(
        self,
        counterparties: Iterable[str],
        findings: Iterable[Finding],
        said_at: datetime,
        *,
        direction: Direction = Direction.INBOUND,
        thread_id: uuid.UUID | None = None,
    ) -> None:
        """Add the questions of a message that is not in the ledger yet, such as an earlier one of the same batch."""
        if direction is not Direction.INBOUND:
            return
        asked = [one for one in findings if one.label == Label.ELICITATION]
        topics = {topic for one in asked for topic in topics_asked(one.quote, rule=one.rule) or ("",)}
        for firm in set(counterparties):
            self._by_firm[firm].extend(
                Asked(topic=str(topic), said_at=said_at, thread_id=thread_id) for topic in sorted(topics)
            )


def questions_of(
    session: Session, keys: Keys, counterparties: Iterable[str], *, now: datetime, since: datetime | None = None
) -> Questions:
    """Take a snapshot of what these counterparties have asked; what the team took back is left out.

    `since` spares older ones, where nothing said before then is going to be judged.
    """
    del keys  # what was asked for is not sealed, only its words are
    entry, source = ExposureEntry, ExposureSource
    query = (
        select(entry.counterparty, entry.topic, source.said_at, MessageRow.thread_id)
        .join(source, source.entry_id == entry.id)
        .join(MessageRow, MessageRow.id == source.message_id, isouter=True)
        .where(
            entry.counterparty.in_(set(counterparties)),
            entry.kind == EntryKind.ASKED.value,
            entry.state != EntryState.RETRACTED.value,
            source.said_at <= now,
        )
    )
    if since is not None:
        start = since - ANSWER_WINDOW
        query = query.where(entry.last_at >= start, source.said_at >= start)
    found = Questions()
    for firm, topic, said_at, thread_id in session.execute(query):
        found._by_firm[firm].append(Asked(topic=topic, said_at=said_at, thread_id=thread_id))  # noqa: SLF001
    return found


def day_words(at: datetime) -> str:
    """Write a day as people do: 3 March."""
    return f"{at.day} {at:%B}"
