"""Storing messages: identity, thread, sealed text."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from messages import Channel, CleanText, Counterparty, Direction, Message, subject_key, thread_ids
from service.alerts.contents import message_place
from service.crypto import Keys
from service.models import MessageRow, Thread, ThreadRef
from service.threads.order import SUBJECT_WINDOW, is_bare_reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A message in scope, on its way into the store."""

    message: Message
    direction: Direction
    counterparties: tuple[Counterparty, ...]
    text: CleanText
    key: bytes


def message_key(keys: Keys, message: Message) -> bytes:
    """Identify a message across redeliveries, folders and mailboxes.

    Mail goes by Message-ID, author, firms, subject, text and file names together, since an id alone can be forged to
    hide a mail behind another; without a Message-ID by its date and recipients. Slack goes by channel and time stamp,
    which `id` holds.
    """
    if message.channel is Channel.SLACK:
        return slack_key(keys, message.id)
    if message.message_id:
        name = message.message_id
    elif message.sent_at is not None:
        name = "\n".join((message.sent_at.isoformat(), message.subject, *(one.address for one in message.recipients)))
    else:
        name = message.id
    said = f"{subject_key(message.subject)}\n{message.text}\n{[file.name for file in message.attachments]}"
    text = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
    domains = ",".join(sorted({person.domain for person in message.recipients}))
    return keys.digest("message", f"mail\n{name}\n{message.sender.address}\n{domains}\n{text}")


def slack_key(keys: Keys, message_id: str) -> bytes:
    """Identify a version of a Slack message by its id, through whichever workspace of its channel it came.

    An id that is no Slack's own (`TEAM:CHANNEL:TS`), such as that of a record in a file, stands for itself.
    """
    _, _, version = message_id.partition(":")
    return keys.digest("message", f"slack\n{version or message_id}")


def stored_ids(session: Session, candidates: Iterable[bytes]) -> dict[bytes, uuid.UUID]:
    """Tell which of these messages are stored already, and as what."""
    rows = session.execute(select(MessageRow.key, MessageRow.id).where(MessageRow.key.in_(list(candidates))))
    return {row.key: row.id for row in rows}


def refs_of(
    keys: Keys, message: Message, counterparties: Iterable[Counterparty]
) -> tuple[tuple[bytes, ...], bytes | None]:
    """Return a message's thread names, hashed, and for mail the name its subject gives among the same firms."""
    firms = [party.name for party in counterparties] or [""]
    names = tuple(
        keys.digest("thread", f"{message.channel}\n{name}\n{firm}") for name in thread_ids(message) for firm in firms
    )
    subject = subject_key(message.subject)
    if message.channel is Channel.SLACK or not subject:
        return names, None
    together = "\n".join(sorted(firms))
    return names, keys.digest("subject", f"{subject}\n{together}")


def join_threads(session: Session, keys: Keys, incoming: Sequence[Incoming], *, now: datetime) -> list[uuid.UUID]:
    """Find or begin the thread of each message, in order, and remember every name the thread goes by.

    A name counts only among the same firms: nobody joins another firm's conversation by quoting its Message-IDs.
    """
    refs = [refs_of(keys, one.message, one.counterparties) for one in incoming]
    wanted = {ref for names, subject in refs for ref in (*names, subject) if ref}
    rows = session.execute(select(ThreadRef).where(ThreadRef.ref.in_(wanted))).scalars()
    known = {row.ref: (row.thread_id, row.seen_at) for row in rows}
    before = dict(known)
    threads: dict[uuid.UUID, dict[str, object]] = {}
    joined = []
    for one, (names, subject) in zip(incoming, refs, strict=True):
        at = one.message.sent_at or now
        found = next((known[name][0] for name in names if name in known), None)
        if found is None and subject and subject in known and is_bare_reply(one.message):
            thread, seen = known[subject]
            found = thread if abs(at - seen) <= SUBJECT_WINDOW else None
        if found is None:
            found = uuid.uuid4()
            threads[found] = {"id": found, "channel": one.message.channel.value, "seen_at": now}
        for name in names:
            known.setdefault(name, (found, at))
        if subject:
            known[subject] = (found, at)
        joined.append(found)
    if threads:
        session.execute(insert(Thread), list(threads.values()))
    session.execute(update(Thread).where(Thread.id.in_(set(joined) - set(threads))).values(seen_at=now))
    _save_refs(session, known, before)
    return joined


def store_messages(
    session: Session,
    keys: Keys,
    source: str,
    incoming: Sequence[Incoming],
    threads: Sequence[uuid.UUID],
    *,
    now: datetime,
    text_hours: int,
) -> list[uuid.UUID]:
    """Store messages with their text sealed and due to go; returns their ids, in order."""
    ids = [uuid.uuid4() for _ in incoming]
    if not ids:
        return ids
    rows = []
    for row_id, one, thread in zip(ids, incoming, threads, strict=True):
        message = one.message
        key_id, sealed = keys.seal(_content(message), place=message_place(row_id))
        rows.append(
            {
                "id": row_id,
                "key": one.key,
                "thread_id": thread,
                "source": source,
                "external_id": message.id,
                "channel": message.channel.value,
                "direction": one.direction.value,
                "sent_at": message.sent_at or now,
                "stored_at": now,
                "participants": _participants(message),
                "parts": [[part.kind.value, part.start, part.end] for part in one.text.parts],
                "key_id": key_id,
                "sealed": sealed,
                "text_until": now + timedelta(hours=text_hours),
            }
        )
    session.execute(insert(MessageRow), rows)
    return ids


def restore_text(
    session: Session, keys: Keys, row_id: uuid.UUID, one: Incoming, *, now: datetime, text_hours: int
) -> None:
    """Seal the text of a stored message anew where its time was over: there is cause again to keep it for a while."""
    key_id, sealed = keys.seal(_content(one.message), place=message_place(row_id))
    session.execute(
        update(MessageRow)
        .where(MessageRow.id == row_id, MessageRow.sealed.is_(None))
        .values(
            key_id=key_id,
            sealed=sealed,
            parts=[[part.kind.value, part.start, part.end] for part in one.text.parts],
            text_until=now + timedelta(hours=text_hours),
        )
    )


def _content(message: Message) -> str:
    """Write what is sealed: a file's name can say as much as a sentence."""
    files = [[file.name, file.media_type, file.size] for file in message.attachments]
    content = {"subject": message.subject, "text": message.text, "attachments": files}
    return json.dumps(content, ensure_ascii=False)


def _participants(message: Message) -> list[list[str]]:
    roles = (("from", (message.sender,)), ("to", message.to), ("cc", message.cc))
    return [[role, person.address, person.name] for role, people in roles for person in people]


def _save_refs(
    session: Session,
    known: dict[bytes, tuple[uuid.UUID, datetime]],
    before: dict[bytes, tuple[uuid.UUID, datetime]],
) -> None:
    new = [
        {"ref": ref, "thread_id": thread, "seen_at": seen} for ref, (thread, seen) in known.items() if ref not in before
    ]
    if new:
        session.execute(insert(ThreadRef), new)
    for ref, (thread, seen) in known.items():
        if ref in before and before[ref] != (thread, seen):
            session.execute(update(ThreadRef).where(ThreadRef.ref == ref).values(thread_id=thread, seen_at=seen))
