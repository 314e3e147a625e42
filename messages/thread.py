"""Which conversation a message belongs to."""

import re

from messages.message import Channel, Message

# Reply and forward marks of the common languages and clients: Re, AW, WG, Antw, RV, RES, ENC, TR, R, I, SV, VS, Fwd.
_MARK = re.compile(
    r"^\s*(?:(?:re|aw|wg|antw|antwort|rv|res|enc|tr|réf|ref|rif|sv|vs|fw|fwd|r|i|doorst)\s*(?:\[\d+\])?\s*:|\[[^\]]{1,40}\])\s*",
    re.IGNORECASE,
)


def subject_key(subject: str) -> str:
    """Reduce a subject to what stays the same along its thread: no reply marks, no list tags, folded case and space."""
    previous = None
    while subject != previous:
        previous, subject = subject, _MARK.sub("", subject)
    return " ".join(subject.casefold().split())


def thread_ids(message: Message) -> tuple[str, ...]:
    """Every id by which this message can be joined to a thread, the root's first.

    For Slack the source's own thread; for mail the references from the root on, the parent, then the message itself.
    Two messages belong together when they share one of them. A mail that has only its own id (a client that writes no
    References) falls back on `subject_key` and the counterparty, which needs the store: see service.pipeline.
    """
    if message.channel is Channel.SLACK:
        return (message.thread or message.id,)
    ids = (message.thread, *message.references, message.in_reply_to, message.message_id)
    return tuple(dict.fromkeys(one for one in ids if one)) or (message.id,)
