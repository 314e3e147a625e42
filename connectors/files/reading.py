"""The messages of one file or of a folder's single mails, one after another, each with the position behind it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import BinaryIO

from connectors import Batch, Refusal
from connectors.files.chunks import BrokenDataError, Piece, chunks, split_lines, split_mbox, unescape_mail
from connectors.files.folder import MailFile, present
from connectors.files.kinds import FileKind, UnreadableError, shown, sniffed, why_unreadable
from connectors.files.position import FilePosition, FolderPosition, file_position, fingerprint, folder_position, head_of
from connectors.parse.mail import MAX_MAIL, ParseError, parse_mail
from connectors.parse.record import parse_record
from messages import Message

_BATCH_MESSAGES = 200
_BATCH_BYTES = 8 * 1024 * 1024
_TAIL = 64
_TOO_LARGE = "it is larger than 64 MB"
_NOT_UTF8 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A message or a refusal, the position behind it, how many bytes are done with it, and its own."""

    outcome: Message | Refusal
    position: FilePosition | FolderPosition
    done: int
    size: int


def batched(stream: str, items: Iterator[Item], *, cursor: str, total: int | None) -> Iterator[Batch]:
    """Gather items into batches of at most 200 items or about 8 MB; `cursor` is what holds before the first.

    What breaks off the reading becomes a refusal of the stream at the end.
    """
    pile: list[Item] = []
    failure: tuple[Refusal, ...] = ()
    size = done = 0
    try:
        for item in items:
            pile.append(item)
            size += item.size
            if len(pile) >= _BATCH_MESSAGES or size >= _BATCH_BYTES:
                yield _batch(stream, pile, total=total)
                cursor, done = item.position.text(), item.done
                pile, size = [], 0
    except (BrokenDataError, UnreadableError) as error:
        failure = (Refusal(where=stream, why=str(error)),)
    except OSError as error:
        failure = (Refusal(where=stream, why=why_unreadable(error)),)
    if pile:
        last = _batch(stream, pile, total=total)
        yield replace(last, refusals=last.refusals + failure)
    elif failure:
        yield Batch(stream=stream, messages=(), cursor=cursor, refusals=failure, done=done, total=total)


def read_file(file: BinaryIO, where: str, kind: FileKind, cursor: str) -> Iterator[Item]:
    """Read what lies behind the cursor of an ordinary file opened anew.

    Raises UnreadableError, BrokenDataError and OSError.
    """
    position = _resumed(file, file_position(cursor))
    if kind is FileKind.MAIL:
        if position.at != position.size or not position.count:
            yield _whole(chunks(file), where, replace(position, at=position.size, count=1, last=0))
        return
    position, blocks = _settled(file, position, kind)
    is_empty = not position.count
    for item in _pieces(blocks, where, kind, position):
        is_empty = False
        # Of a compressed file the place in it stands for the place in its content.
        yield replace(item, done=min(file.tell(), position.size))
    if is_empty:
        raise UnreadableError("it is empty")


def read_stream(file: BinaryIO, where: str) -> Iterator[Item]:
    """Read standard input to its end, whatever it holds. Raises UnreadableError, BrokenDataError and OSError."""
    blocks = chunks(file)
    first = next(blocks, b"")
    if not first.strip():
        raise UnreadableError("it is empty")
    kind = sniffed(first, or_mail=True)
    blocks = chain([first], blocks)
    if kind is FileKind.MAIL:
        yield _whole(blocks, where, FilePosition(count=1))
    else:
        yield from _pieces(blocks, where, kind, FilePosition())


def passes(files: Sequence[MailFile], cursor: str) -> list[tuple[FolderPosition, list[MailFile]]]:
    """Divide what is new in a folder behind the cursor into passes, each with the position before it.

    First the rest of a pass that was broken off, then a pass over what changed since; both by name.
    """
    start = folder_position(cursor)
    found = []
    mark = start.mark
    if start.upto:
        rest = [one for one in files if start.mark < one.changed <= start.upto and one.name > start.after]
        found.append((start, rest))
        mark = start.upto
    newer = [one for one in files if one.changed > mark]
    if newer:
        found.append((FolderPosition(mark=mark, upto=max(one.changed for one in newer)), newer))
    return found


def read_mails(found: Sequence[tuple[FolderPosition, Sequence[MailFile]]]) -> Iterator[Item]:
    """Read the single mails of these passes. Raises nothing."""
    done = 0
    for start, files in found:
        for number, one in enumerate(files, 1):
            done += one.size
            outcome = _read_single(one)
            position = replace(start, after=one.name) if number < len(files) else FolderPosition(mark=start.upto)
            if outcome is not None:
                yield Item(outcome=outcome, position=position, done=done, size=one.size)


def _read_single(one: MailFile) -> Message | Refusal | None:
    """Read a mail of a folder; None when it has gone since the folder was listed, as mails in a Maildir do."""
    where = shown(one.path)
    if one.size > MAX_MAIL:
        return Refusal(where=where, why=_TOO_LARGE)
    try:
        path = present(one)
        if path is None:
            return None
        with path.open("rb") as file:
            return _message(_joined(chunks(file)), f"{where}#1")
    except BrokenDataError as error:
        return Refusal(where=where, why=str(error))
    except (OSError, ValueError) as error:
        return Refusal(where=where, why=why_unreadable(error))


def _whole(blocks: Iterator[bytes], where: str, position: FilePosition) -> Item:
    data = _joined(blocks)
    return Item(outcome=_message(data, f"{where}#1"), position=position, done=position.size, size=len(data or b""))


def _joined(blocks: Iterator[bytes]) -> bytes | None:
    """Return the whole content; None when it is larger than may be read."""
    taken, size = [], 0
    for block in blocks:
        size += len(block)
        if size > MAX_MAIL:
            return None
        taken.append(block)
    return b"".join(taken)


def _pieces(blocks: Iterator[bytes], where: str, kind: FileKind, start: FilePosition) -> Iterator[Item]:
    is_mbox = kind is FileKind.MBOX
    split = split_mbox if is_mbox else split_lines
    count = start.count
    for piece in split(blocks, start.at, MAX_MAIL):
        if piece.data is not None and not piece.data.strip():
            continue
        if piece.start == 0 and piece.data is not None and piece.data.startswith(_NOT_UTF8):
            raise UnreadableError("it is UTF-16 text: save it as UTF-8")
        count += 1
        place = f"{where}#{count}"
        outcome = _mbox_message(piece, place) if is_mbox else _record(piece, place)
        tail = b"" if piece.data is None else piece.data[-_TAIL:]
        position = replace(
            start, at=piece.end, count=count, last=piece.start, tail=fingerprint(tail), tail_size=len(tail)
        )
        yield Item(outcome=outcome, position=position, done=piece.end, size=piece.end - piece.start)


def _message(data: bytes | None, place: str) -> Message | Refusal:
    if data is None:
        return Refusal(where=place, why=_TOO_LARGE)
    try:
        return parse_mail(data, fallback_id=place)
    except ParseError as error:
        return Refusal(where=place, why=str(error))


def _mbox_message(piece: Piece, place: str) -> Message | Refusal:
    return _message(None if piece.data is None else unescape_mail(piece.data), place)


def _record(piece: Piece, place: str) -> Message | Refusal:
    if piece.data is None:
        return Refusal(where=place, why=_TOO_LARGE)
    try:
        record = json.loads(piece.data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Refusal(where=place, why="it is no JSON")
    try:
        return parse_record(record, fallback_id=place)
    except ParseError as error:
        return Refusal(where=place, why=str(error))


def _resumed(file: BinaryIO, position: FilePosition) -> FilePosition:
    """Return the position in a file as it is now: the beginning, if it is another file than it was then."""
    size = file.seek(0, 2)
    file.seek(0)
    if position.head and (head_of(file, position.head_size)[0] != position.head or size < position.size):
        position = FilePosition()
    head, head_size = head_of(file, position.head_size or size)
    return replace(position, size=size, head=head, head_size=head_size)


def _settled(file: BinaryIO, position: FilePosition, kind: FileKind) -> tuple[FilePosition, Iterator[bytes]]:
    """Return where to go on and the bytes from there.

    That is one message back if the last one was only half written then, and the beginning if what stood before the
    position is no longer there: mail programs compact their files.
    """
    if not position.at:
        return position, chunks(file)
    before = position.tail_size
    known, following = _parted(chunks(file, start=position.at - before), before)
    first = next(following, b"")
    if before and fingerprint(known) != position.tail:
        position = replace(position, at=0, count=0, last=0)
    elif _begins_anew(known, first, kind):
        return position, chain([first], following) if first else following
    else:
        position = replace(position, at=position.last, count=position.count - 1)
    file.seek(0)
    return position, chunks(file, start=position.at)


def _begins_anew(known: bytes, first: bytes, kind: FileKind) -> bool:
    """Whether the bytes `first` begin a new message behind the `known` ones."""
    if kind is FileKind.RECORDS:
        return not first or not known or known.endswith(b"\n")
    begun = first.lstrip(b"\r\n")
    return not begun or begun.startswith(b"From ")


def _parted(blocks: Iterator[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """Return the first `size` bytes, and the rest in blocks none of which is empty."""
    taken = b""
    while len(taken) < size and (block := next(blocks, b"")):
        taken += block
    rest = taken[size:]
    return taken[:size], chain([rest], blocks) if rest else blocks


def _batch(stream: str, pile: Sequence[Item], *, total: int | None) -> Batch:
    outcomes = [item.outcome for item in pile]
    return Batch(
        stream=stream,
        messages=tuple(one for one in outcomes if isinstance(one, Message)),
        cursor=pile[-1].position.text(),
        refusals=tuple(one for one in outcomes if isinstance(one, Refusal)),
        done=pile[-1].done,
        total=total,
    )
