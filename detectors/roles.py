"""Whether an author is the designated negotiator, as far as directory, mailbox and signature tell."""

import re

from detectors.document import Document, once
from messages import Channel, PartKind

_ROLE = re.compile(
    r"\b(procurement|purchas(?:ing|er)|sourcing|buyer|buying|category (?:manager|lead|management)"
    r"|commodity (?:manager|lead)"
    r"|einkauf\w*|inkoop\w*|achats?|acquisti|compras|(?:supply|supplier|vendor) management|vendor manager"
    r"|contracts? (?:manager|office))\b",
    re.IGNORECASE,
)
_CLOSING_LINES = 6
_CLOSING_WORDS = 6


def speaks_for_procurement(document: Document) -> bool:
    """Tell whether the author's directory role, mailbox name or signature is one of procurement.

    Where clean text finds no signature, the message's last short lines are taken for one.
    """
    sender = document.message.sender
    person = document.context.directory.person(sender.address)
    about = f"{sender.address.partition('@')[0].replace('.', ' ')} {sender.name}"
    if person is not None:
        about += f" {person.role} {person.department}"
    return bool(_ROLE.search(about) or _ROLE.search(closing_of(document)))


@once
def closing_of(document: Document) -> str:
    """Return a message's signature, and the short lines that may be one."""
    return f"{document.text.joined(PartKind.SIGNATURE)}\n{_closing(document)}"


def _closing(document: Document) -> str:
    """Return the short lines a mail ends with, or nothing: a chat message is signed by nobody."""
    if document.message.channel is not Channel.EMAIL:
        return ""
    lines = document.text.joined(PartKind.NEW).rstrip().splitlines()[1:][-_CLOSING_LINES:]
    short = (line for line in lines if len(line.split()) <= _CLOSING_WORDS)
    return "\n".join(line for line in short if not line.rstrip().endswith((".", "?", "!", ",", ":")))
