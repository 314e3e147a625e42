"""Reading what detection is measured on: labelled messages, and messages that hardly hold a signal, as JSON lines."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.files.chunks import BrokenDataError, chunks, split_lines
from connectors.files.kinds import FileKind, UnreadableError, kind_of, shown, why_unreadable
from connectors.parse.mail import MAX_MAIL, ParseError
from connectors.parse.record import parse_record
from detectors.quality import Gold, GoldError, gold_of
from messages import Channel, Message
from service.errors import BadRequestError

_THEM = "them@supplier.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that can be used: what it is called, whether its messages are labelled, and how many they are.

    `speaker` is the address that chat without addresses is taken to come from; empty where there is no such chat.
    """

    path: Path
    name: str
    is_labelled: bool
    messages: int
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A message and, where the file is labelled, what a reader says of it."""

    message: Message
    gold: Gold | None


def survey(paths: Sequence[Path], *, speaker: str = "") -> list[Source]:
    """Read every file once, so that what is wrong with the last line is said before the first is judged.

    With `speaker` (an address of ours) chat records that have `user` and no `from` are taken as written by that address
    to a supplier. Raises BadRequestError, which names file and line.
    """
    return [_surveyed(path, speaker) for path in paths]


def rows(source: Source) -> Iterator[Row]:
    """Yield a file's messages, in order. Raises BadRequestError where the file has changed for the worse."""
    return _rows(source.path, source.speaker)


def as_outbound(record: Mapping[str, Any], speaker: str) -> dict[str, Any]:
    """Return a chat record as if `speaker` had written it to a supplier."""
    return {
        **record,
        "channel": Channel.SLACK.value,
        "subject": record.get("channel") or "",
        "from": speaker,
        "to": [_THEM],
    }


def _surveyed(path: Path, speaker: str) -> Source:
    messages, labelled = 0, False
    for row in _rows(path, speaker):
        messages += 1
        labelled = row.gold is not None
    if not messages:
        raise BadRequestError(f"{shown(path)}: it holds no messages")
    return Source(path=path, name=shown(path), is_labelled=labelled, messages=messages, speaker=speaker)


def _rows(path: Path, speaker: str) -> Iterator[Row]:
    is_labelled: bool | None = None
    for count, (number, data) in enumerate(_lines(path), 1):
        where = f"{shown(path)}, line {number}"
        row = _row(data, where, f"{shown(path)}#{count}", speaker)
        if is_labelled is not None and is_labelled is not (row.gold is not None):
            raise BadRequestError(
                f"{where}: labels are missing here or in the lines before; a file has them all or none"
            )
        is_labelled = row.gold is not None
        yield row


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not empty, with their numbers."""
    try:
        if kind_of(path) is not FileKind.RECORDS:
            raise BadRequestError(f"{shown(path)}: it is no JSON lines file")
        with path.open("rb") as file:
            for number, piece in enumerate(split_lines(chunks(file), 0, MAX_MAIL), 1):
                if piece.data is None:
                    raise BadRequestError(f"{shown(path)}, line {number}: it is larger than 64 MB")
                if piece.data.strip():
                    yield number, piece.data
    except (UnreadableError, BrokenDataError) as error:
        raise BadRequestError(f"{shown(path)}: {error}") from error
    except (OSError, ValueError) as error:
        raise BadRequestError(f"{shown(path)}: {why_unreadable(error)}") from error


def _row(data: bytes, where: str, fallback_id: str, speaker: str) -> Row:
    try:
        record = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadRequestError(f"{where}: it is no JSON") from None
    if not isinstance(record, dict):
        raise BadRequestError(f"{where}: it is no JSON object")
    if "user" in record and not record.get("from"):
        if not speaker:
            raise BadRequestError(f"{where}: from is missing; chat that has user instead needs --as-outbound")
        record = as_outbound(record, speaker)
    try:
        message = parse_record(record, fallback_id=fallback_id)
        return Row(message=message, gold=gold_of(record, identity=message.id) if "labels" in record else None)
    except (ParseError, GoldError) as error:
        raise BadRequestError(f"{where}: {error}") from error
