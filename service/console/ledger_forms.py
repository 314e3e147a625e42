"""What the forms on the ledger's pages send."""

import uuid
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from detectors.finding import Label
from service.errors import BadRequestError
from service.exposure.by_hand import TOPICS, Added, Way
from service.exposure.models import EntryKind

_Short = Annotated[str, Field(max_length=1000)]


class AddForm(BaseModel):
    """An entry added by hand, as it was typed. `back` is the page to return to."""

    counterparty: _Short = ""
    kind: EntryKind = EntryKind.KNOWN
    topic: _Short = ""
    on: _Short = ""
    way: Way = Way.MEETING
    told_by: _Short = ""
    words: _Short = ""
    reason: _Short = ""
    negotiation: uuid.UUID | None = None
    back: _Short = ""

    def added(self, now: datetime) -> Added:
        """Return what is to be written down. Raises BadRequestError with what is missing."""
        if self.topic not in TOPICS:
            raise BadRequestError("Say what it is about.")
        return Added(
            counterparty=self.counterparty.replace("\0", ""),
            negotiation_id=self.negotiation,
            kind=self.kind,
            topic=Label(self.topic),
            words=needed(self.words, "Say what they know, asked or were promised."),
            told_at=_moment(self.on, now),
            way=self.way,
            told_by=" ".join(self.told_by.replace("\0", "").split()),
        )


def needed(text: str, otherwise: str) -> str:
    """Return a text in one line. Raises BadRequestError, saying what is missing, for an empty one."""
    text = " ".join(text.replace("\0", "").split())
    if not text:
        raise BadRequestError(otherwise)
    return text


def _moment(text: str, now: datetime) -> datetime:
    """Read a day as its noon in UTC, not later than now."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadRequestError("Say on which day.") from error
    if day.year < 1970 or day > now.date():
        raise BadRequestError("The day lies in the future, or too far back.")
    return min(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), now)
