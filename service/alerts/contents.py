"""Opening the sealed words of messages and reviews."""

import json
import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.crypto import Keys
from service.errors import UndecryptableError
from service.models import MessageRow, Review
from service.negotiations.secrecy import note_of, withheld

log = logging.getLogger("frontdoor.alerts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a message says. `text` is None when it can't be shown: `note` says why.

    `attachments` are name, media type and size in bytes. `withheld` names the negotiations whose sealed facts keep it
    from whoever looks.
    """

    subject: str = ""
    text: str | None = None
    attachments: tuple[tuple[str, str, int], ...] = ()
    note: str = ""
    withheld: tuple[str, ...] = ()

    def words(self, part: str, start: int | None, end: int | None) -> str:
        """Return a stretch of the text or of the subject; empty when there is none, or it is not kept."""
        if start is None or end is None:
            return ""
        return {"": self.text or "", "subject": self.subject}.get(part, "")[start:end]


_GONE = Content(note="No longer kept: its time passed without cause.")
_CLOSED = Content(note="Can't be read: the key it was sealed with is missing, or the row was changed.")


def message_place(message_id: uuid.UUID) -> str:
    """Name the place that a message's content is sealed for."""
    return f"message:{message_id}"


def note_place(review_id: uuid.UUID) -> str:
    """Name the place that a review's note is sealed for."""
    return f"review:{review_id}"


def open_content(keys: Keys, message_id: uuid.UUID, key_id: str | None, sealed: bytes | None) -> Content:
    """Open a message's content; one that can't be opened does not stop the others."""
    if sealed is None or key_id is None:
        return _GONE
    try:
        content = json.loads(keys.open(key_id, sealed, place=message_place(message_id)))
    except UndecryptableError:
        log.warning("the content of message %s can't be opened", message_id)
        return _CLOSED
    files = tuple((name, kind, size) for name, kind, size in content.get("attachments", ()))
    return Content(subject=content["subject"], text=content["text"], attachments=files)


def contents_of(
    session: Session, keys: Keys, messages: Iterable[uuid.UUID], *, viewer: uuid.UUID | None = None
) -> dict[uuid.UUID, Content]:
    """Open the contents of these messages, at once, as a user gets to read them; None is somebody outside.

    What holds a sealed fact of a plan that the viewer does not open is not opened at all.
    """
    wanted = list(messages)
    closed = withheld(session, wanted, viewer)
    columns = (MessageRow.id, MessageRow.key_id, MessageRow.sealed)
    rows = session.execute(select(*columns).where(MessageRow.id.in_(set(wanted) - closed.keys())))
    opened = {row.id: open_content(keys, row.id, row.key_id, row.sealed) for row in rows}
    return opened | {one: Content(note=note_of(names), withheld=names) for one, names in closed.items()}


def open_note(keys: Keys, review: Review) -> str:
    """Open a review's note."""
    if review.sealed_note is None or review.key_id is None:
        return ""
    try:
        return keys.open(review.key_id, review.sealed_note, place=note_place(review.id))
    except UndecryptableError:
        log.warning("the note of review %s can't be opened", review.id)
        return ""
