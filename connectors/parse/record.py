"""From a JSON record to a Message: one mail or chat message as an object, as exchanged with other programs."""

import re
from collections.abc import Mapping
from datetime import datetime

from connectors.parse.addresses import normal_address, parse_addresses
from connectors.parse.body import MAX_TEXT
from connectors.parse.headers import MAX_VALUE, message_ids, parse_date
from connectors.parse.mail import ParseError
from connectors.parse.plain import storable_in_place
from messages import Channel, Message, Participant

_MAX_PEOPLE = 5_000
_MAX_ADDRESS = 320
# In letters of at most four bytes: what `parse_addresses` reads of one text.
_LONGEST_LIST = MAX_VALUE // 4
_PLAIN_ADDRESS = re.compile(r"[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII)


def parse_record(record: object, *, fallback_id: str) -> Message:
    """Read a record into a message.

    Read are `from`, `text`, and where they are given `id`, `channel`, `to`, `cc`, `subject`, `date`, `thread`,
    `message_id`, `in_reply_to` and `references`; never the direction or labels. A person is an address,
    `Name <address>`, or an object with `address` and `name`. `text` and `subject` are kept character for character, so
    that offsets into them hold for the record too. Raises ParseError with what is missing or of a wrong type.
    """
    if not isinstance(record, dict):
        raise ParseError("it is no JSON object")
    if not record.get("from"):
        raise ParseError("from is missing")
    if record.get("text") is None:
        raise ParseError("text is missing")
    senders = _people(record, "from")
    if not senders:
        raise ParseError("from names nobody")
    message_id = _message_id(record, "message_id")
    return Message(
        id=_identity(record) or message_id or fallback_id,
        channel=_channel(record),
        sender=senders[0],
        to=_people(record, "to"),
        cc=_people(record, "cc"),
        subject=_text(record, "subject"),
        text=_text(record, "text")[:MAX_TEXT],
        truncated=_is_cut(record),
        sent_at=_date(record),
        message_id=message_id,
        in_reply_to=_message_id(record, "in_reply_to"),
        references=_references(record),
        thread=_text(record, "thread"),
    )


def _text(record: Mapping[str, object], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ParseError(f"{key} is no text")
    return storable_in_place(value)


def _identity(record: Mapping[str, object]) -> str:
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**30 else ""
    return _text(record, "id")


def _channel(record: Mapping[str, object]) -> Channel:
    value = _text(record, "channel")
    try:
        return Channel(value or "email")
    except ValueError:
        raise ParseError("channel is neither email nor slack") from None


def _date(record: Mapping[str, object]) -> datetime | None:
    return parse_date(_text(record, "date"))


def _message_id(record: Mapping[str, object], key: str) -> str:
    return next(iter(message_ids(_text(record, key))), "")


def _references(record: Mapping[str, object]) -> tuple[str, ...]:
    value = record.get("references")
    if isinstance(value, list):
        value = " ".join(one if "<" in one else f"<{one}>" for one in value if isinstance(one, str))
    return message_ids(storable_in_place(value)) if isinstance(value, str) else ()


def _is_cut(record: Mapping[str, object]) -> bool:
    return len(_text(record, "text")) > MAX_TEXT or any(map(_are_many, map(record.get, ("from", "to", "cc"))))


def _are_many(people: object) -> bool:
    if isinstance(people, list):
        return len(people) > _MAX_PEOPLE or any(isinstance(one, str) and _are_many(one) for one in people)
    return isinstance(people, str) and (len(people) > _LONGEST_LIST or people.count("@") > _MAX_PEOPLE)


def _people(record: Mapping[str, object], key: str) -> tuple[Participant, ...]:
    value = record.get(key)
    if value is None:
        return ()
    found: dict[str, Participant] = {}
    for one in value[:_MAX_PEOPLE] if isinstance(value, list) else [value]:
        for person in _person(one, key):
            found.setdefault(person.address, person)
    return tuple(found.values())


def _person(value: object, key: str) -> tuple[Participant, ...]:
    if isinstance(value, dict):
        address, name = _text(value, "address"), _text(value, "name")
        found = normal_address(address) or address.strip().lower()[:_MAX_ADDRESS]
        return (Participant(address=found, name=" ".join(name.split())),) if found else ()
    if not isinstance(value, str):
        raise ParseError(f"{key} holds something that is no address")
    lowered = value.lower()
    if _PLAIN_ADDRESS.fullmatch(lowered):
        return (Participant(address=lowered),)
    people = parse_addresses([storable_in_place(value).encode()])
    if people or not value.strip():
        return people
    # A chat's user may have no address at all.
    return (Participant(address=storable_in_place(lowered.strip())[:_MAX_ADDRESS]),)
