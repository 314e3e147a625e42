"""What the API shows of the ledger, and what it takes."""

import uuid
from datetime import datetime
from typing import Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator, model_validator

from detectors.finding import Label
from service.exposure.by_hand import Way
from service.exposure.models import EntryKind, EntryState


def storable(text: str) -> str:
    """Return a text that PostgreSQL can hold. Raises ValueError."""
    if "\x00" in text:
        raise ValueError("there is a NUL in it")
    return text


class EntryFilter(BaseModel):
    """Which entries are asked for; what is left out does not narrow. The times bound when it was last told."""

    model_config = ConfigDict(extra="forbid")

    counterparty: str | None = Field(default=None, max_length=300)
    negotiation: uuid.UUID | None = None
    kind: list[EntryKind] = Field(default_factory=list, examples=[["known"]])
    label: list[str] = Field(default_factory=list)
    state: list[EntryState] = Field(default_factory=list, examples=[["valid", "outdated"]])
    person: str | None = Field(default=None, max_length=300, examples=["Engineering 1"])
    since: datetime | None = None
    until: datetime | None = None


class EntryQuery(EntryFilter):
    """Which entries, and how many of them. `cursor` is the `next` of the page before."""

    cursor: str | None = Field(default=None, max_length=200)
    limit: int = Field(default=100, ge=1, le=2000)


class ExposureView(BaseModel):
    """A thing that a counterparty knows, asked or was promised."""

    id: uuid.UUID
    counterparty: str
    negotiation_id: uuid.UUID | None
    negotiation: str = Field(description="its name, empty for none")
    kind: EntryKind
    label: str
    topic: str = Field(description="what it is about, as the name of a label; empty where that is not clear")
    words: str = Field(description="neutral words; of a sealed fact its own, for those who may open the plan")
    told_by: str = Field(description="the pseudonym of whoever told or asked it first, the same in all of this ledger")
    channel: str
    confidence: float
    times: int = Field(description="in how many messages")
    first_at: datetime
    last_at: datetime
    state: EntryState
    authorised: bool = Field(description="whether reviewers found all that tells it authorised")
    taken_back: bool = Field(
        description="whether all that tells it was deleted or changed since; it may have been read"
    )
    answers: int = Field(description="how many questions it answers; of a question, how many answers and promises")
    days: float | None = Field(description="the fewest between question and answer; None where it is linked with none")
    added_by: str = Field(description="who wrote it down by hand, empty for what was found")
    updated_at: datetime


class ExposurePage(BaseModel):
    """A page of entries, the last told first. `next` is the cursor of the following page, None at the end."""

    entries: list[ExposureView]
    next: str | None


class ExposureSourceView(BaseModel):
    """Where an entry stands. `words` is empty where they can't be shown: `note` says why."""

    said_at: datetime
    told_by: str
    words: str
    note: str
    remark: str = Field(description="what became of it: misread, authorised, deleted by its author")
    alert_id: uuid.UUID | None


class ChainEntry(BaseModel):
    """A link of a chain: `days` after the question, 0 for the question itself."""

    id: uuid.UUID
    kind: EntryKind
    label: str
    topic: str
    words: str
    told_by: str
    channel: str
    at: datetime
    days: float
    same_thread: bool


class ChainView(BaseModel):
    """A question, and what was told or promised after it, in order of time."""

    links: list[ChainEntry]


class EditView(BaseModel):
    """What the team did to an entry. Reason and words are for those who may open the plan, where there is one."""

    id: uuid.UUID
    actor: str
    at: datetime
    state_before: EntryState
    state: EntryState
    reason: str
    words: str | None
    undoes: uuid.UUID | None
    undone: bool


class ExposureDetail(ExposureView):
    """An entry with where it stands, the chains it belongs to, and what was done to it, oldest first."""

    sources: list[ExposureSourceView]
    chains: list[ChainView]
    edits: list[EditView]


class EditIn(BaseModel):
    """What to do to an entry: another state, other words, or both."""

    model_config = ConfigDict(extra="forbid")

    state: EntryState | None = None
    words: str | None = Field(default=None, min_length=1, max_length=500)
    reason: str = Field(min_length=1, max_length=2000, pattern=r"\S")

    @field_validator("words", "reason")
    @classmethod
    def _is_storable(cls, text: str | None) -> str | None:
        return text if text is None else storable(text)

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if self.state is None and self.words is None:
            raise ValueError("give a state, words, or both")
        return self


class ExposureIn(BaseModel):
    """Something that was told, asked or promised where no source of ours hears it, and how somebody knows.

    `topic` is what it is about, a leak's label or `commitment`. `told_by` is an address, or the department or role of
    somebody who need not be known.
    """

    model_config = ConfigDict(extra="forbid")

    counterparty: str = Field(min_length=1, max_length=300)
    negotiation: uuid.UUID | None = None
    kind: EntryKind
    topic: Label
    words: str = Field(min_length=1, max_length=500, pattern=r"\S")
    said_at: AwareDatetime
    way: Way = Way.PHONE
    told_by: str = Field(default="", max_length=320)
    reason: str = Field(min_length=1, max_length=2000, pattern=r"\S")

    @field_validator("counterparty", "words", "told_by", "reason")
    @classmethod
    def _is_storable(cls, text: str) -> str:
        return storable(text)
