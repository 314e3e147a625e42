"""From a JSON record to a Message: one mail or chat message as an object, as exchanged with other programs."""

from collections.abc import Mapping
from datetime import datetime

from connectors.parse.addresses import normal_address, parse_author
from connectors.parse.headers import message_ids, parse_date
from connectors.parse.mail import ParseError
from connectors.parse.plain import storable_in_place
from messages import Channel, Message, Participant

_MAX_PARTICIPANTS = 5_000


def parse_record(record: object, *, fallback_id: str) -> Message:
    """Read a record: `from`, `to`, `cc`, `subject`, `text`, `channel`, and optionally `id`, `date`, `message_id`,
    `in_reply_to`, `references`, `thread`.

    A person is an address, `Name <address>`, or an object with `address` and `name`. `text` is kept character for
    character, so that offsets into it hold for the record too. The direction, labels and all else are not read.
    Raises ParseError with what is missing or of the wrong type.
    """
    if not isinstance(record, dict):
        raise ParseError("it is no JSON object")
    sender = _person(record.get("from"), "from")
    message_id = _id(record, "message_id")
    return Message(
        id=_identity(record) or message_id or fallback_id,
        channel=_channel(record),
        sender=sender,
        to=_people(record, "to"),
        cc=_people(record, "cc"),
        subject=" ".join(_text(record, "subject").split()),
        text=_text(record, "text", required=True),
        sent_at=_date(record),
        message_id=message_id,
        in_reply_to=_id(record, "in_reply_to"),
        references=_references(record),
        thread=_text(record, "thread"),
    )
