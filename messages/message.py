"""A message as its author sent it: frozen, complete, without judgement."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    """Where a message was said."""

    EMAIL = "email"
    SLACK = "slack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a message's text in characters, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One end of a message.

    `address` is a lower-cased mail address; for a Slack user without a known one it is `USERID@TEAMID.slack`.
    """

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """What follows the last @; empty when there is none."""
        return self.address.rpartition("@")[2] if "@" in self.address else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What is known of an earlier message without its words: addresses, the sender's and the recipients', and when."""

    sender: str
    recipients: tuple[str, ...] = ()
    sent_at: datetime | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Everyone on it, the sender first."""
        return (self.sender, *self.recipients)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that travelled with the message; its content is not kept. `size` in bytes after transfer decoding."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One email or one chat message.

    `id` names it in what is printed: the record's id, else the Message-ID, else `path#n`.
    `message_id`, `in_reply_to` and `references` hold Message-IDs without angle brackets; `thread` is the source's own
    name of the thread (Slack: `CHANNEL:THREAD_TS`), empty when the source has none.
    `subject` is the mail's subject or the Slack channel's name. `text` is what every offset indexes: for mail the
    extracted plain text. `quoted` are ranges of `text` that the markup of the mail itself declares to be quotation
    (an HTML blockquote); plain-text quotation is for `clean` to find.
    `sent_at` is aware, or None where the source gives no usable date.
    `truncated`: some of it was beyond a reading limit.
    """

    id: str
    channel: Channel
    sender: Participant
    to: tuple[Participant, ...] = ()
    cc: tuple[Participant, ...] = ()
    subject: str = ""
    text: str = ""
    sent_at: datetime | None = None
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    thread: str = ""
    attachments: tuple[Attachment, ...] = ()
    quoted: tuple[Span, ...] = ()
    truncated: bool = False

    @property
    def recipients(self) -> tuple[Participant, ...]:
        """Everyone it was addressed to, `to` before `cc`."""
        return self.to + self.cc

    @property
    def participants(self) -> tuple[Participant, ...]:
        """The author and everyone it was addressed to."""
        return (self.sender, *self.to, *self.cc)
