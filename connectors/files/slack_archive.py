"""The files of a Slack export, in a folder or a zip: named, listed and read within bounds. Nothing is unpacked to disk.

users.json  channels.json  groups.json  dms.json  mpims.json     who and where, some of them may be missing
general/2024-05-01.json  general/2024-05-02.json  …              a folder a channel, a file a day
"""

import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol

PEOPLE = ("users.json", "org_users.json")
PLACES = ("channels.json", "groups.json", "dms.json", "mpims.json")

# A day of the busiest channel is some megabytes; the people of the largest company some hundred.
LARGEST_DAY = 64 * 2**20
LARGEST_INDEX = 256 * 2**20

# Text of this kind packs to a tenth. What packs to a two-hundredth was made to unpack.
_LARGEST_RATIO = 200
_UNSUSPICIOUS = 2**20
_DAY = re.compile(r"(?:.*/)?([^/]+)/([0-9]{4}-[0-9]{2}-[0-9]{2})\.json", re.DOTALL)
_DEEPEST = 4


class UnreadableError(Exception):
    """A file of the export can't be read. The text says why, without its content."""


class Archive(Protocol):
    """Files by their names, relative to the export, with slashes."""

    def names(self) -> list[str]:
        """Return the names of all JSON files."""
        ...

    def read(self, name: str, *, limit: int) -> bytes:
        """Return the content of a file of at most `limit` bytes. Raises UnreadableError."""
        ...

    def close(self) -> None:
        """Let go of what is open; calling it twice is harmless."""
        ...


def is_slack_export(path: Path) -> bool:
    """Whether this is the folder or the zip of a Slack export: it has a list of people or places, and a day of talk."""
    if path.is_dir() and not any((path / name).is_file() for name in PEOPLE + PLACES):
        return False
    try:
        archive = open_archive(path)
    except UnreadableError:
        return False
    names = archive.names()
    archive.close()
    return any(name in names for name in PEOPLE + PLACES) and any(map(day_of, names))


def open_archive(path: Path) -> Archive:
    """Open a folder or a zip. Raises UnreadableError when it is neither."""
    if path.is_dir():
        return _Folder(path)
    try:
        return _Zip(path)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableError(f"neither a folder nor a zip ({type(error).__name__})") from error


def day_of(name: str) -> tuple[str, str] | None:
    """Tell the day and the folder of a day's file; None for other files."""
    match = _DAY.fullmatch(name)
    return (match[2], match[1]) if match else None


def read_json(archive: Archive, name: str, *, limit: int) -> list[object]:
    """Read a file that holds a list. Raises UnreadableError."""
    content = archive.read(name, limit=limit)
    try:
        found = json.loads(content)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not JSON (line {error.lineno}, column {error.colno})") from None
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"not JSON ({type(error).__name__})") from None
    if not isinstance(found, list):
        raise UnreadableError("not a list")
    return found


class _Folder:
    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> list[str]:
        return [file.relative_to(self._path).as_posix() for file in _json_files(self._path, _DEEPEST)]

    def read(self, name: str, *, limit: int) -> bytes:
        file = self._path / name
        try:
            with file.open("rb") as opened:
                content = opened.read(limit + 1)
        except OSError as error:
            raise UnreadableError(f"can't be opened ({type(error).__name__})") from error
        if len(content) > limit:
            raise UnreadableError(f"larger than {limit // 2**20} MB")
        return content

    def close(self) -> None:
        """Nothing stays open."""


class _Zip:
    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        entries = {_tidy(entry.filename): entry for entry in self._zip.infolist() if not entry.is_dir()}
        root = _root(list(entries))
        self._entries = {name.removeprefix(root): entry for name, entry in entries.items() if name.startswith(root)}

    def names(self) -> list[str]:
        return [name for name in self._entries if name.endswith(".json")]

    def read(self, name: str, *, limit: int) -> bytes:
        entry = self._entries[name]
        if entry.file_size > limit:
            raise UnreadableError(f"larger than {limit // 2**20} MB")
        if entry.file_size > max(_UNSUSPICIOUS, entry.compress_size * _LARGEST_RATIO):
            raise UnreadableError("packed so tightly that it must be a trap")
        try:
            # The sizes above are what the zip says of itself; it may lie.
            with self._zip.open(entry) as opened:
                content = opened.read(limit + 1)
        except (OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error, lzma.LZMAError) as error:
            raise UnreadableError(f"can't be unpacked ({type(error).__name__})") from None
        if len(content) > limit:
            raise UnreadableError(f"larger than {limit // 2**20} MB")
        return content

    def close(self) -> None:
        self._zip.close()


def _json_files(folder: Path, depth: int) -> Iterator[Path]:
    """Find JSON files, in order, without following links to folders, which may lead in circles."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            if depth > 1 and not entry.is_symlink():
                yield from _json_files(entry, depth - 1)
        elif entry.suffix == ".json" and entry.is_file():
            yield entry


def _tidy(name: str) -> str:
    return name.replace("\\", "/")


def _root(names: list[str]) -> str:
    """Find the folder inside a zip that holds the export: some zips have one around everything."""
    indexes = [PurePosixPath(name) for name in names if PurePosixPath(name).name in PEOPLE + PLACES]
    if not indexes:
        return ""
    parent = min(indexes, key=lambda path: len(path.parts)).parent.as_posix()
    return "" if parent == "." else f"{parent.rstrip('/')}/"
