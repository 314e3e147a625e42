"""The bytes of a file, piece by piece: unpacked, and cut into mails or lines without holding more than one of them."""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

CHUNK = 262_144
GZIP = b"\x1f\x8b"

# A separator of an mbox and the field behind it fit in here.
_OVERLAP = 4_096
_LOOK_AHEAD = 2_500
_FROM_LINE = re.compile(rb"From [^\n]{0,1000}\n")
_DATED = re.compile(rb"\d:\d\d")
_ADDRESSED = re.compile(rb"From (?:[^\s@]+@\S+|-)\s")
_MOZILLA = re.compile(rb"From - ?[^\n]*\n(?:From|Received|Return-Path|X-Mozilla-[A-Za-z0-9]+|X-Account-Key):")
_FIELD_AFTER = re.compile(rb">?From |[!-9;-~]{1,200}[ \t]*:")
_ESCAPED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


class BrokenDataError(Exception):
    """Compressed data that ends early or is damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A mail of an mbox or a line: from byte `start` to `end`. `data` is None when it is larger than may be read."""

    start: int
    end: int
    data: bytes | None


def chunks(file: BinaryIO, *, start: int = 0) -> Iterator[bytes]:
    """Yield the content of a file from byte `start` on, unpacked if it is compressed with gzip.

    Raises BrokenDataError when compressed data ends early.
    """
    first = file.read(CHUNK)
    if first.startswith(GZIP):
        yield from _without(inflate(chain([first], _blocks(file))), start)
        return
    if start < len(first):
        yield first[start:]
    elif start > len(first):
        file.seek(start)
    yield from _blocks(file)


def inflate(compressed: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack gzip data, also several streams one after another. Raises BrokenDataError."""
    unpacker = zlib.decompressobj(31)
    for block in compressed:
        data = block
        while data:
            if unpacker.eof:
                data = data.lstrip(b"\0")  # tapes pad
                if not data:
                    break
                unpacker = zlib.decompressobj(31)
            try:
                unpacked = unpacker.decompress(data, CHUNK)
            except zlib.error as error:
                raise BrokenDataError("its compressed data is damaged") from error
            if unpacked:
                yield unpacked
            data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if not unpacker.eof:
        raise BrokenDataError("its compressed data ends early")


def split_mbox(blocks: Iterator[bytes], start: int, limit: int) -> Iterator[Piece]:
    """Cut an mbox into its mails, each with its `From ` line; `start` is the offset of the first block."""
    return _split(blocks, start, limit, _mail_end, _OVERLAP)


def split_lines(blocks: Iterator[bytes], start: int, limit: int) -> Iterator[Piece]:
    """Cut a file into its lines, line feeds included; `start` is the offset of the first block."""
    return _split(blocks, start, limit, _line_end, 0)


def unescape_mail(data: bytes) -> bytes:
    """Undo what an mbox does to a mail: `>From ` at the beginning of lines, and an empty line at the end."""
    if b">From " in data:
        data = _ESCAPED_FROM.sub(rb"\1", data)
    return data[:-1].removesuffix(b"\r") if data.endswith((b"\n\n", b"\n\r\n")) else data


def _split(
    blocks: Iterator[bytes], start: int, limit: int, find_end: Callable[[bytearray, int, int], int], overlap: int
) -> Iterator[Piece]:
    buffer, offset, begin = bytearray(), start, start
    searched, too_large = 0, False
    for block in chain(blocks, [b""]):
        buffer += block
        position = 0
        until = len(buffer) - _LOOK_AHEAD if block else len(buffer)
        while (end := find_end(buffer, max(position, searched), until)) > position:
            data = None if too_large or end - position > limit else bytes(buffer[position:end])
            yield Piece(start=begin, end=offset + end, data=data)
            position, begin, too_large = end, offset + end, False
        # What is dropped has been searched, but for a separator that may have begun.
        surplus = len(buffer) - overlap if len(buffer) - position > limit else position
        too_large |= surplus > position
        del buffer[:surplus]
        offset += surplus
        searched = max(0, len(buffer) - overlap)
    if offset + len(buffer) > begin:
        yield Piece(start=begin, end=offset + len(buffer), data=None if too_large else bytes(buffer))


def _line_end(buffer: bytearray, position: int, _until: int, /) -> int:
    return buffer.find(b"\n", position) + 1


def _mail_end(buffer: bytearray, position: int, until: int, /) -> int:
    """Find where the next mail begins; what begins behind `until` may go on behind the buffer. 0 means not in here."""
    at = buffer.find(b"\nFrom ", position)
    while 0 <= at <= until:
        if _is_separator(buffer, at + 1):
            return at + 1
        at = buffer.find(b"\nFrom ", at + 1)
    return 0


def _is_separator(buffer: bytearray, at: int) -> bool:
    """Tell a `From ` line of an mbox: it has a time, or an address after an empty line, or it is Mozilla's bare one.

    In any case a field must follow, since people begin sentences with From.
    """
    line = _FROM_LINE.match(buffer, at)
    if line is None or not _FIELD_AFTER.match(buffer, line.end()):
        return False
    after_empty_line = buffer[max(0, at - 3) : at].endswith((b"\n\n", b"\n\r\n"))
    return bool(
        _DATED.search(line[0]) or (after_empty_line and _ADDRESSED.match(line[0])) or _MOZILLA.match(buffer, at)
    )


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(CHUNK):
        yield block


def _without(blocks: Iterator[bytes], start: int) -> Iterator[bytes]:
    for block in blocks:
        if start < len(block):
            yield block[start:]
        start = max(0, start - len(block))
