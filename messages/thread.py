"""Which conversation a message belongs to."""

import re

from messages.message import Channel, Message

# Marks of the common languages and clients. One letter alone is a mark only as Italian Outlook writes it, a capital
# right at the colon ("R: offerta"). "Ref:" is none: it means "reference" far more often than it answers.
_REPLY = r"re|aw|antw|antwort|sv|vs|res|rép|rif|odp|ynt|回复|回覆|答复|답장"
_FORWARD = r"fw|fwd|wg|tr|enc|rv|doorst|vb|vl|pd|转发|轉寄"
_COUNT = r"(?:\s?[\[(]\d{1,3}[\])])?"
_REPLY_MARK = rf"(?:(?i:{_REPLY}){_COUNT}\s?[:\uff1a]|R{_COUNT}:(?=\s))"
_FORWARD_MARK = rf"(?:(?i:{_FORWARD}){_COUNT}\s?[:\uff1a]|I{_COUNT}:(?=\s))"
# What gateways and lists write in front; any other tag ("[PO 4711]", "[Falcon]") is part of the subject itself, except
# where a mark follows it: then a list has put it in front of somebody's reply.
_GATEWAY = r"\[(?i:ext|extern|external|external email|externe|externo|esterno|spam|suspected spam|caution|secure)\]"
_TAG = rf"(?:{_GATEWAY}|\[[^\[\]]{{1,40}}\](?=\s{{0,9}}(?:{_REPLY_MARK}|{_FORWARD_MARK})))"
_LEAD = re.compile(rf"\s*(?:(?P<reply>{_REPLY_MARK})|(?P<forward>{_FORWARD_MARK})|{_TAG})")
_LONGEST = 2_000


def subject_key(subject: str) -> str:
    """Reduce a subject to what stays the same along its thread: no marks, no gateway's tags, folded case and space."""
    return " ".join(subject[_lead(subject)[0] :].casefold().split())


def is_answer(subject: str) -> bool:
    """Whether a subject begins with a reply or forward mark: then somebody else may have worded it."""
    return bool(_lead(subject)[1])


def is_forwarded(subject: str) -> bool:
    """Whether a subject's first mark is a forward's: "Fw: Re: offer" is forwarded, "Re: Fw: offer" an answer."""
    return _lead(subject)[1] == "forward"


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


def _lead(subject: str) -> tuple[int, str]:
    """Return where marks and tags end, and the first mark's kind: "reply", "forward" or empty."""
    place, first = 0, ""
    while place < _LONGEST:
        mark = _LEAD.match(subject, place, _LONGEST)
        if mark is None:
            break
        place, first = mark.end(), first or mark.lastgroup or ""
    return place, first
