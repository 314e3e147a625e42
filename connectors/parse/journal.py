"""Journal reports: the mail that a server wraps around another mail to say who really got it.

Exchange and Microsoft 365 send a multipart with a text part of lines such as `Sender:`, `Recipient:` and `Bcc:`, then
the mail itself as message/rfc822. Those it was blind-copied to stand in the report alone.
"""

import re
from itertools import islice

from connectors.parse.addresses import parse_addresses
from connectors.parse.charsets import decode_text
from connectors.parse.mime import Entity, children, read_inner_mail
from messages import Participant

_LINE = re.compile(r"(?m)^[ \t]*(sender|message-id|recipient|to|cc|bcc)[ \t]*:[ \t]*(\S[^\n]*)$", re.IGNORECASE)
_ENVELOPE_LENGTH = 262_144
# "member@x.example, Expanded: list@x.example": the list is named in the mail itself.
_ROUTE = re.compile(r",\s*(?:Expanded|Forwarded)\s*:.*", re.IGNORECASE)


def unwrap_journal(entity: Entity) -> tuple[Entity, tuple[Participant, ...]]:
    """Return the mail inside a journal report with everyone who received it; any other mail as it is, with nobody."""
    if entity.media_type != "multipart/mixed":
        return entity, ()
    parts = list(islice(children(entity), 3))
    mails = [part for part in parts[1:] if part.media_type in {"message/rfc822", "message/global"}]
    if not mails or parts[0].media_type != "text/plain":
        return entity, ()
    text = decode_text(parts[0].content(is_text=True)[:_ENVELOPE_LENGTH], parts[0].charset).replace("\r", "")
    lines = [(label.lower(), value) for label, value in _LINE.findall(text)]
    labels = {label for label, _ in lines}
    is_envelope = {"sender", "message-id"} <= labels and len(labels) > 2
    if not is_envelope and "x-ms-journal-report" not in entity.fields:
        return entity, ()
    mail = read_inner_mail(mails[0].raw, mails[0].start, mails[0].end)
    if not mail.fields:
        return entity, ()
    received = [_ROUTE.sub("", value) for label, value in lines if label not in {"sender", "message-id"}]
    return mail, parse_addresses(value.encode("utf-8", "replace") for value in received)
