"""How far a file or a folder has been read: the cursors of this connector, as JSON."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

# The beginning of a file by which a replaced one is told from one that grew.
_HEAD = 1_024


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePosition:
    """How far one file has been read, in bytes of its (uncompressed) content.

    `at` is where to go on, `count` how many messages and refusals lie before it, `last` where the latest of them
    begins. `size` is the size of the file on disk, `head` a hash of its first `head_size` bytes, `tail` one of the
    `tail_size` bytes of content before `at`: with them a file that was replaced or compacted is known.
    """

    at: int = 0
    count: int = 0
    last: int = 0
    size: int = 0
    head: str = ""
    head_size: int = 0
    tail: str = ""
    tail_size: int = 0

    def text(self) -> str:
        """Return the cursor's text."""
        return _text(asdict(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderPosition:
    """How far the single mails of a folder have been read.

    Files that last changed (ctime, in nanoseconds) up to `mark` are read. While a pass over newer ones is under way,
    `upto` is the newest change it takes in and `after` the name of the file it has come to; it goes by name.
    """

    mark: int = 0
    upto: int = 0
    after: str = ""

    def text(self) -> str:
        """Return the cursor's text."""
        return _text(asdict(self))


def file_position(cursor: str) -> FilePosition:
    """Read a cursor; one that is none, or a stranger's, means the beginning."""
    return FilePosition(**_values(cursor, asdict(FilePosition())))


def folder_position(cursor: str) -> FolderPosition:
    """Read a cursor; one that is none, or a stranger's, means the beginning."""
    return FolderPosition(**_values(cursor, asdict(FolderPosition())))


def head_of(file: BinaryIO, size: int = _HEAD) -> tuple[str, int]:
    """Return a hash of the first bytes of a file opened anew, and how many bytes that is."""
    head = file.read(min(size, _HEAD))
    file.seek(0)
    return fingerprint(head), len(head)


def fingerprint(data: bytes) -> str:
    """Return a short hash, the same in every run."""
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def _text(values: dict[str, object]) -> str:
    return json.dumps({key: value for key, value in values.items() if value}, separators=(",", ":"))


def _values(cursor: str, defaults: dict[str, Any]) -> dict[str, Any]:
    """Return a cursor's values if they are all known and of the kind of the defaults, else none."""
    try:
        values = json.loads(cursor or "{}")
    except ValueError:
        return {}
    if not isinstance(values, dict) or not values.keys() <= defaults.keys():
        return {}
    is_ours = all(type(value) is type(defaults[key]) for key, value in values.items())
    return values if is_ours and all(value >= 0 for value in values.values() if isinstance(value, int)) else {}
