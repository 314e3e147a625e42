"""A Slack export as a source of batches: days in order, and within a day channel after channel.

An export is one stream. Its cursor names the file that is being read and how many of its entries are done, so reading
goes on within a file, and an export that has grown by later days is read on from there.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from connectors import Batch, ConnectorError, Refusal
from connectors.files.slack_archive import (
    LARGEST_DAY,
    Archive,
    UnreadableError,
    day_of,
    is_slack_export,
    open_archive,
    read_json,
)
from connectors.files.slack_index import Index, read_index
from connectors.parse.slack import SlackParseError, parse_slack
from connectors.parse.slack_people import mapping, one_line, own_domain
from messages import Message

__all__ = ["SlackExport", "is_slack_export"]

_BATCH = 200


class SlackExport:
    """One export, a folder or a zip. Raises ConnectorError when used on something else."""

    def __init__(self, path: Path) -> None:
        self.source = str(path)
        self._path = path
        self._archive: Archive | None = None
        self._index: Index | None = None

    @property
    def own_domain(self) -> str:
        """The domain of our own people without a known mail address; it belongs among the directory's own domains."""
        return own_domain(self._opened()[1].team)

    def batches(self, cursors: Mapping[str, str]) -> Iterator[Batch]:
        """Yield what is behind the cursor, at most two hundred messages at a time; `done` and `total` count files."""
        # Anew each time: it may have grown since.
        self.close()
        archive, index = self._opened()
        names = sorted(index.days, key=_order)
        start = _load_cursor(cursors.get(self.source, ""))
        pile = _Pile(stream=self.source, total=len(names), file=start.file, entry=start.entry)
        if not start.file:
            pile.refusals += [Refusal(where=self._where(name), why=why) for name, why in index.broken.items()]
        for number, name in enumerate(names):
            pile.done = number
            if _order(name) < _order(start.file):
                continue
            skip = start.entry if name == start.file else 0
            for entry, found in self._entries(archive, index, name, skip=skip):
                pile.add(name, entry, found)
                if pile.size >= _BATCH:
                    yield pile.batch()
        pile.done = len(names)
        if pile.size or pile.moved:
            yield pile.batch()

    def wait(self, seconds: float, stop: Event) -> None:
        """Return after `seconds`, or when `stop` is set."""
        stop.wait(seconds)

    def check(self) -> str:
        """Say what the export holds."""
        index = self._opened()[1]
        folders = {name.rpartition("/")[0] for name in index.days}
        return f"a Slack export of {len(index.users)} users, {len(folders)} channels, {len(index.days)} files"

    def close(self) -> None:
        """Close the zip; calling it twice is harmless."""
        if self._archive is not None:
            self._archive.close()
        self._archive = self._index = None

    def _opened(self) -> tuple[Archive, Index]:
        if self._archive is None or self._index is None:
            try:
                self._archive = open_archive(self._path)
            except UnreadableError as error:
                raise ConnectorError(f"{self._path} is no Slack export: {error}") from error
            self._index = read_index(self._archive)
        return self._archive, self._index

    def _where(self, name: str) -> str:
        return f"{self.source}/{one_line(name)}"

    def _entries(
        self, archive: Archive, index: Index, name: str, *, skip: int
    ) -> Iterator[tuple[int, Message | Refusal | None]]:
        """Yield each entry of a day's file behind the first `skip` with its number from 1.

        A file that can't be read gives a refusal and moves nothing, so it is read once it can be.
        """
        where = self._where(name)
        try:
            raws = read_json(archive, name, limit=LARGEST_DAY)
        except UnreadableError as error:
            yield skip, Refusal(where=where, why=str(error))
            return
        channel = index.channel(archive, name)
        for number, raw in enumerate(raws[skip:], start=skip + 1):
            try:
                found = parse_slack(raw, team=index.team, channel=channel, users=index.users)
            except SlackParseError as error:
                yield number, Refusal(where=f"{where}#{number}", why=str(error))
            else:
                yield number, found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cursor:
    file: str = ""
    entry: int = 0


@dataclass(slots=True, kw_only=True)
class _Pile:
    """What goes into the next batch."""

    stream: str
    total: int
    file: str
    entry: int
    done: int = 0
    moved: bool = False
    messages: list[Message] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.messages) + len(self.refusals)

    def add(self, file: str, entry: int, found: Message | Refusal | None) -> None:
        self.file, self.entry, self.moved = file, entry, True
        if isinstance(found, Refusal):
            self.refusals.append(found)
        elif found is not None:
            self.messages.append(found)

    def batch(self) -> Batch:
        batch = Batch(
            stream=self.stream,
            messages=tuple(self.messages),
            cursor=json.dumps({"file": self.file, "entry": self.entry}),
            refusals=tuple(self.refusals),
            done=self.done,
            total=self.total,
        )
        self.messages, self.refusals, self.moved = [], [], False
        return batch


def _order(name: str) -> tuple[str, str]:
    found = day_of(name)
    return (found[0] if found else "", name)


def _load_cursor(text: str) -> _Cursor:
    try:
        raw = json.loads(text)
    except ValueError:
        return _Cursor()
    file, entry = mapping(raw).get("file"), mapping(raw).get("entry")
    if not isinstance(file, str) or not isinstance(entry, int) or isinstance(entry, bool) or entry < 0:
        return _Cursor()
    return _Cursor(file=file, entry=entry)
