"""From the bytes of a mail to a Message."""

from collections.abc import Sequence

from connectors.parse.addresses import parse_addresses, parse_author
from connectors.parse.body import read_body
from connectors.parse.headers import decode_header, message_ids, parse_date
from connectors.parse.journal import unwrap_journal
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
    author passes on what is quoted. A journal report is read as the mail inside it. Raises ParseError when there is no
    header, or neither an author nor a body.
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
    to = parse_addresses(entity.all("to", "resent-to", "apparently-to", "bcc", "resent-bcc"), charset)
    cc = _others(parse_addresses(entity.all("cc", "resent-cc"), charset), to)
    to += _others(received, to + cc)
    subject = decode_header(entity.first("subject"), charset)[:_MAX_SUBJECT]
    body = read_body(entity)
    message_id = next(iter(message_ids(decode_header(entity.first("message-id")))), "")
    return Message(
        id=message_id or fallback_id,
        channel=Channel.EMAIL,
        sender=sender or Participant(address=""),
        to=to,
        cc=cc,
        subject=subject,
        text=body.text,
        sent_at=parse_date(decode_header(entity.first("date"))),
        message_id=message_id,
        in_reply_to=next(iter(message_ids(decode_header(entity.first("in-reply-to")))), ""),
        references=message_ids(decode_header(entity.first("references"))),
        attachments=body.attachments,
        quoted=() if is_forwarded(subject) else body.quoted,
    )


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


def _others(people: Sequence[Participant], known: Sequence[Participant]) -> tuple[Participant, ...]:
    addresses = {one.address for one in known}
    return tuple(one for one in people if one.address not in addresses)
