"""What the API and the console show of alerts."""

import uuid
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from service.models import AlertStatus, Verdict


class Sort(StrEnum):
    """The order of a list, greatest first."""

    SAID = "said"
    UPDATED = "updated"
    RISK = "risk"


class AlertFilter(BaseModel):
    """Which alerts are asked for; what is left out does not narrow. `text`: all its words stand in the messages."""

    model_config = ConfigDict(extra="forbid")

    status: list[AlertStatus] = Field(default_factory=list)
    severity: list[str] = Field(default_factory=list)
    label: list[str] = Field(default_factory=list)
    counterparty: str | None = None
    person: str | None = None
    policy: str | None = None
    negotiation: uuid.UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str | None = Field(default=None, max_length=200)


class AlertQuery(AlertFilter):
    """Which alerts, in which order, and how many of them. `cursor` is the `next` of the page before."""

    sort: Sort = Sort.SAID
    cursor: str | None = Field(default=None, max_length=200)
    limit: int = Field(default=50, ge=1, le=200)


class AlertSummary(BaseModel):
    """An alert as a row of the list."""

    id: uuid.UUID
    policy: str
    status: AlertStatus
    severity: str
    risk: float = Field(description="0 to 100")
    labels: list[str]
    channel: str
    counterparty: str
    people: list[str] = Field(description="authors of the evidence")
    subject: str = Field(description="of the last message with evidence; the channel's name for Slack")
    quote: str = Field(description="the words that weigh most")
    withheld: list[str] = Field(
        default_factory=list,
        description="negotiations whose sealed facts stand in these words: their holders alone get subject and quote",
    )
    verdict: Verdict | None
    said_at: datetime = Field(description="when the latest evidence was said")
    opened_at: datetime
    updated_at: datetime
    reopened: int = Field(description="how often new evidence opened it again")


class AlertPage(BaseModel):
    """A page of alerts. `next` is the cursor of the following page, None at the end."""

    alerts: list[AlertSummary]
    next: str | None


class PersonView(BaseModel):
    """A participant; `role` is from, to or cc."""

    role: str
    address: str
    name: str
    ours: bool


class PartView(BaseModel):
    """A range of the text, end exclusive: new, quote, forward, signature or disclaimer."""

    kind: str
    start: int
    end: int


class AttachmentView(BaseModel):
    """A file that travelled along; its size in bytes."""

    name: str
    media_type: str
    size: int


class FindingView(BaseModel):
    """A piece of evidence. Offsets index the message's text, or its `part`; None for a finding without words.

    Of a message that is withheld there are neither words nor offsets, part or rule.
    """

    label: str
    part: str
    start: int | None
    end: int | None
    quote: str
    confidence: float
    points: float = Field(description="its share of the alert's risk score")
    explanation: str = Field(description="how the points come about")
    reason: str
    detector: str
    rule: str


class MessageView(BaseModel):
    """A message of the alert's thread. `text` is None when it is no longer kept, or withheld: `text_note` says why.

    `withdrawn_at` is when its author deleted it in Slack, or put an edited version in its place.
    """

    id: uuid.UUID
    external_id: str
    channel: str
    direction: str
    sent_at: datetime
    withdrawn_at: datetime | None = None
    participants: list[PersonView]
    subject: str
    text: str | None
    text_note: str
    withheld: list[str] = Field(
        default_factory=list, description="negotiations whose sealed facts stand in it, and whose plans you don't open"
    )
    parts: list[PartView]
    attachments: list[AttachmentView]
    findings: list[FindingView]


class WarningView(BaseModel):
    """Warnings in Slack that came of the alert's messages and fared alike: to authors or to readers, never by name."""

    people: int = Field(description="how many were warned so")
    kind: str = Field(description="author or reader")
    labels: list[str]
    state: str = Field(description="due, claimed, sent (Slack accepted it), failed, unknown or expired")
    at: datetime = Field(description="when the first was sent; when it was planned, where it was not")
    answer: str | None = Field(description="delete, authorised, asked or not_a_problem; None for no answer yet")
    answered_at: datetime | None = Field(description="when the latest answer came")


class ReviewView(BaseModel):
    """A reviewer's step. `undone` when a later step took it back."""

    id: uuid.UUID
    reviewer: str
    verdict: Verdict | None
    status: AlertStatus
    note: str
    reviewed_at: datetime
    undoes: uuid.UUID | None
    undone: bool


class AlertDetail(AlertSummary):
    """An alert with its thread, its reviews, and the warnings that came of it, each oldest first."""

    messages: list[MessageView]
    reviews: list[ReviewView]
    warnings: list[WarningView] = Field(default_factory=list)


class ReviewIn(BaseModel):
    """A reviewer's step: a verdict (which resolves unless a status says otherwise), a status, or a note alone."""

    model_config = ConfigDict(extra="forbid")

    verdict: Verdict | None = None
    status: AlertStatus | None = None
    note: str = Field(default="", max_length=10_000)


class BulkReviewIn(ReviewIn):
    """The same step for several alerts."""

    alerts: list[uuid.UUID] = Field(min_length=1, max_length=200)
