"""From the bytes of a mail to a Message."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from connectors.parse.addresses import parse_author, read_addresses
from connectors.parse.body import read_body
from connectors.parse.headers import decode_header, message_ids, parse_date
from connectors.parse.journal import AUTHOR_FIELDS, DELIVERY_FIELDS, same_organisation, unwrap_journal
from connectors.parse.mime import ENVELOPE, Entity, read_mail
from messages import Channel, Message, Participant, is_forwarded

# Larger mails are refused unread; mail servers stop at half of it.
MAX_MAIL = 64 * 1024 * 1024

_MAX_SUBJECT = 10_000
_AUTHOR_FIELDS = ("from", "sender", "resent-from", "resent-sender", "return-path", "reply-to")


class ParseError(Exception):
    """Why something is no message; the text quotes nothing of it."""


def parse_mail(raw: bytes, *, fallback_id: str) -> Message:
    """Read a mail, however damaged.

    The message's `id` is its Message-ID, or `fallback_id` when it has none. Lines of `text` end in line feeds; the
    `quoted` ranges are those an HTML text declares, and none in a mail that its subject calls forwarded: there the
    author passes on what is quoted. A journal report is read as the mail inside it. Further authors, and senders and
    addresses for replies of other organisations, are in `cc`; who it was delivered to is in `to`. Raises ParseError
    when there is no header, or neither an author nor a body.
    """
    if len(raw) > MAX_MAIL:
        raise ParseError("it is larger than 64 MB")
    entity = read_mail(raw)
    if entity.fields.keys() <= {ENVELOPE}:
        raise ParseError("it has no mail header" if raw.strip() else "it is empty")
    entity, received = unwrap_journal(entity)
    charset = entity.charset
    sender = _author(entity)
    if sender is None and not entity.raw[entity.start : entity.end].strip():
        raise ParseError("it has neither an author nor a body")
    people = _people(entity, sender, received)
    subject = decode_header(entity.first("subject"), charset)
    body = read_body(entity)
    message_id = next(iter(message_ids(decode_header(entity.first("message-id")))), "")
    return Message(
        id=message_id or fallback_id,
        channel=Channel.EMAIL,
        sender=sender or Participant(address=""),
        to=people.to,
        cc=people.cc,
        subject=subject[:_MAX_SUBJECT],
        text=body.text,
        sent_at=parse_date(decode_header(entity.first("date"))),
        message_id=message_id,
        in_reply_to=next(iter(message_ids(decode_header(entity.first("in-reply-to")))), ""),
        references=message_ids(decode_header(entity.first("references"))),
        attachments=body.attachments,
        quoted=() if is_forwarded(subject) else body.quoted,
        truncated=body.truncated or entity.truncated or people.truncated or len(subject) > _MAX_SUBJECT,
    )


class _People(NamedTuple):
    """Everyone a mail was addressed to, and whether some were beyond a limit."""

    to: tuple[Participant, ...]
    cc: tuple[Participant, ...]
    truncated: bool


def _people(entity: Entity, sender: Participant | None, received: Sequence[bytes]) -> _People:
    charset = entity.charset
    named = read_addresses(entity.all("to", "resent-to", "apparently-to", "bcc", "resent-bcc"), charset)
    copied = read_addresses(entity.all("cc", "resent-cc"), charset)
    delivered = read_addresses((*entity.all(*DELIVERY_FIELDS), *received), charset)
    authors = read_addresses(entity.all("from"), charset)
    behind = read_addresses(entity.all(*AUTHOR_FIELDS), charset)
    to = named.people
    cc = _others(copied.people, to)
    to += _others(delivered.people, to + cc)
    if sender is not None:
        outside = (one for one in behind.people if not same_organisation(one.domain, sender.domain))
        cc += _others(dict.fromkeys((*authors.people, *outside)), (sender, *to, *cc))
    return _People(to, cc, any(one.truncated for one in (named, copied, delivered, behind)))


def _author(entity: Entity) -> Participant | None:
    """Return the first author with an address; failing that, the first with a name."""
    best: Participant | None = None
    for name in _AUTHOR_FIELDS:
        author = parse_author(entity.all(name), entity.charset)
        if author is not None and "@" in author.address:
            # The address may come from a lesser field than the name: "From: Jane Doe" without one is common in drafts.
            return author if best is None or author.name else Participant(address=author.address, name=best.name)
        best = best or author
    envelope = entity.first(ENVELOPE).split()
    return best or (parse_author(envelope[1:2]) if len(envelope) > 1 else None)


def _others(people: Iterable[Participant], known: Sequence[Participant]) -> tuple[Participant, ...]:
    addresses = {one.address for one in known}
    return tuple(one for one in people if one.address not in addresses)
