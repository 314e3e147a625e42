"""Whether an author is the designated negotiator, as far as directory, mailbox and signature tell."""

import re

from detectors.document import Document
from messages import PartKind

_ROLE = re.compile(
    r"\b(procurement|purchas(?:ing|er)|sourcing|buyer|buying|category (?:manager|lead|management)"
    r"|commodity (?:manager|lead)"
    r"|einkauf\w*|inkoop\w*|achats?|acquisti|compras|(?:supply|supplier|vendor) management|vendor manager"
    r"|contracts? (?:manager|office))\b",
    re.IGNORECASE,
)
_CLOSING_LINES = 6


def speaks_for_procurement(document: Document) -> bool:
    """Tell whether the author's directory role, mailbox name or signature is one of procurement.

    Where clean text finds no signature, the message's last short lines are taken for one.
    """
    sender = document.message.sender
    person = document.context.directory.people.get(sender.address)
    about = f"{sender.address.partition('@')[0].replace('.', ' ')} {sender.name}"
    if person is not None:
        about += f" {person.role} {person.department}"
    signature = document.text.joined(PartKind.SIGNATURE)
    return bool(_ROLE.search(about) or _ROLE.search(f"{signature}\n{_closing(document)}"))


def _closing(document: Document) -> str:
    new = document.text.joined(PartKind.NEW).rstrip()
    lines = new[-400:].splitlines()[-_CLOSING_LINES:]
    return "\n".join(line for line in lines if len(line) < 60 and not line.rstrip().endswith((".", "?", "!")))
