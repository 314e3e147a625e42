"""Journal reports: the mail that a server wraps around another mail to say who really got it.

Exchange and Microsoft 365 send a multipart with a text part of lines such as `Sender:`, `Recipient:` and `Bcc:`, then
the mail itself as message/rfc822. Those it was blind-copied to stand in the report alone. Reading the mail inside loses
what stands around it, so only a report in which nothing else is said, and which stayed within one organisation, is one.
"""

import re
from itertools import islice

from connectors.parse.addresses import parse_addresses
from connectors.parse.charsets import decode_text
from connectors.parse.mime import Entity, children, read_inner_mail

AUTHOR_FIELDS = ("from", "sender", "reply-to", "resent-from", "resent-sender")
RECIPIENT_FIELDS = ("to", "resent-to", "apparently-to", "bcc", "resent-bcc", "cc", "resent-cc")
DELIVERY_FIELDS = ("delivered-to", "x-original-to", "x-envelope-to", "envelope-to")

_LINE = re.compile(
    r"[ \t]*(sender|on-behalf-of|subject|message-id|recipient|to|cc|bcc|label|sentutc)[ \t]*:[ \t]*(.*)", re.IGNORECASE
)
_ADDRESS_LINE = re.compile(r"\s*[^\s@]{1,320}@[^\s@]{1,320}(?:,\s*(?:Expanded|Forwarded)\s*:\s*\S+)?\s*", re.IGNORECASE)
_ROUTE = re.compile(r",\s*(?:Expanded|Forwarded)\s*:.*", re.IGNORECASE)
_MAX_LINES = 100_000
_RECEIVED = frozenset({"recipient", "to", "cc", "bcc"})


def unwrap_journal(entity: Entity) -> tuple[Entity, tuple[bytes, ...]]:
    """Return the mail inside a journal report and the addresses that received it; any other mail as it is, and none."""
    if entity.media_type != "multipart/mixed":
        return entity, ()
    first, *mails = [*islice(children(entity), 4)] or [entity]
    # An encrypted mail may come twice, as it was sent and decrypted.
    if not 1 <= len(mails) <= 2 or any(part.media_type not in {"message/rfc822", "message/global"} for part in mails):
        return entity, ()
    if first.media_type != "text/plain" or not _stayed_inside(entity):
        return entity, ()
    lines = _report(decode_text(first.content(is_text=True), first.charset).replace("\r", ""))
    labels = {label for label, _ in lines}
    is_envelope = {"sender", "message-id"} <= labels and len(labels) > 2
    if not lines or not (is_envelope or "x-ms-journal-report" in entity.fields):
        return entity, ()
    mail = read_inner_mail(mails[0].raw, mails[0].start, mails[0].end)
    if not mail.fields:
        return entity, ()
    return mail, tuple(_ROUTE.sub("", value).encode("utf-8", "replace") for label, value in lines if label in _RECEIVED)


def same_organisation(one: str, other: str) -> bool:
    """Tell whether two domains are equal, or one lies inside the other."""
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and (one == other or ("." in shorter and longer.endswith(f".{shorter}")))


def _stayed_inside(entity: Entity) -> bool:
    """Tell whether the report itself went from a domain to that domain, as from a server to its journal mailbox."""
    authors = parse_addresses(entity.all(*AUTHOR_FIELDS), entity.charset)
    recipients = parse_addresses(entity.all(*RECIPIENT_FIELDS, *DELIVERY_FIELDS), entity.charset)
    return (
        bool(authors and recipients)
        and not entity.truncated
        and all(same_organisation(authors[0].domain, one.domain) for one in (*authors, *recipients))
    )


def _report(text: str) -> list[tuple[str, str]]:
    """Return the lines of a report by their labels in lower case; none when it says anything but such lines."""
    lines: list[tuple[str, str]] = []
    label = ""
    if text.count("\n") > _MAX_LINES:
        return []
    for line in filter(str.strip, text.split("\n")):
        if match := _LINE.fullmatch(line):
            label = match[1].lower()
            lines.append((label, match[2]))
        elif label in _RECEIVED and _ADDRESS_LINE.fullmatch(line):
            lines.append((label, line))
        elif label != "subject" or not line[0].isspace():
            return []
    return lines
