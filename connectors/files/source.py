"""Files as a source of batches."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event
from typing import BinaryIO

from connectors import Batch, ConnectorError, Refusal
from connectors.files.folder import Mails, OneFile, SlackData, Unit, holds_slack, units_of
from connectors.files.kinds import FileKind, shown, why_unreadable
from connectors.files.reading import batched, passes, read_file, read_mails, read_stream
from connectors.files.slack_export import SlackExport

_STDIN = "-"
_KINDS = {FileKind.MAIL: "mails", FileKind.MBOX: "mbox files", FileKind.RECORDS: "JSON lines files"}


class Files:
    """Mails in files: .eml, .mbox, Maildir, JSON lines, Slack exports, folders of these, gzip included, and `-`.

    A stream is a file, or the single mails of a folder, named by the path as it was given. Its cursor holds how far it
    has been read: a file that grew is read on from there, one that was replaced is read again, and of a folder what
    changed since is read. `done` and `total` count bytes, of a folder's mails those that are new; standard input can
    be read once and has no total. What can't be read is one refusal, and the rest is read.
    """

    def __init__(self, paths: Sequence[Path], *, stdin: BinaryIO | None = None) -> None:
        self.source = "files"
        self._paths = tuple(paths)
        self._stdin = stdin

    @property
    def own_domain(self) -> str:
        """The domain of our own people in the first Slack export that is named by itself; empty without one."""
        for path in self._paths:
            try:
                if holds_slack(path):
                    return SlackExport(path).own_domain
            except (ConnectorError, OSError, ValueError):
                continue  # reading it will say what is wrong
        return ""

    def batches(self, cursors: Mapping[str, str]) -> Iterator[Batch]:
        """Yield what is new behind the cursors, path after path."""
        for path in self._paths:
            if str(path) == _STDIN:
                yield from self._standard_input()
                continue
            for unit in units_of(path):
                yield from _batches_of(unit, cursors)

    def wait(self, seconds: float, stop: Event) -> None:
        """Return after `seconds`, or when `stop` is set."""
        stop.wait(seconds)

    def check(self) -> str:
        """Say how many files of which kinds would be read.

        Raises ConnectorError when there is none.
        """
        found: Counter[str] = Counter()
        refusals: list[Refusal] = []
        for path in self._paths:
            if str(path) == _STDIN:
                found["standard input"] += 1
                continue
            for unit in units_of(path):
                if isinstance(unit, Refusal):
                    refusals.append(unit)
                else:
                    found.update(_kinds_of(unit))
        if not found:
            first = refusals[0] if refusals else Refusal(where="files", why="no path is given")
            raise ConnectorError(f"nothing to read at {first.where}: {first.why}")
        counts = [f"{name}: {count}" for name, count in sorted(found.items())]
        return ", ".join(counts + ([f"unreadable: {len(refusals)}"] if refusals else []))

    def close(self) -> None:
        """Nothing is kept open between batches."""

    def _standard_input(self) -> Iterator[Batch]:
        if self._stdin is None:
            yield _refused(Refusal(where=_STDIN, why="there is no standard input here"), "")
            return
        yield from batched(_STDIN, read_stream(self._stdin, _STDIN), cursor="", total=None)


def _batches_of(unit: Unit, cursors: Mapping[str, str]) -> Iterator[Batch]:
    if isinstance(unit, Refusal):
        yield _refused(unit, cursors.get(unit.where, ""))
    elif isinstance(unit, SlackData):
        yield from _slack(unit.path, cursors)
    elif isinstance(unit, Mails):
        stream = shown(unit.path)
        cursor = cursors.get(stream, "")
        found = passes(unit.files, cursor)
        total = sum(one.size for _, files in found for one in files)
        yield from batched(stream, read_mails(found), cursor=cursor, total=total)
    else:
        yield from _file(unit, cursors)


def _file(unit: OneFile, cursors: Mapping[str, str]) -> Iterator[Batch]:
    stream = shown(unit.path)
    cursor = cursors.get(stream, "")
    try:
        file = unit.path.open("rb")
    except OSError as error:
        yield _refused(Refusal(where=stream, why=why_unreadable(error)), cursor)
        return
    with file:
        total = file.seek(0, 2)
        file.seek(0)
        yield from batched(stream, read_file(file, stream, unit.kind, cursor), cursor=cursor, total=total)


def _slack(path: Path, cursors: Mapping[str, str]) -> Iterator[Batch]:
    export = SlackExport(path)
    try:
        yield from export.batches(cursors)
    except ConnectorError as error:
        yield _refused(Refusal(where=shown(path), why=str(error)), cursors.get(export.source, ""))
    finally:
        export.close()


def _refused(refusal: Refusal, cursor: str) -> Batch:
    return Batch(stream=refusal.where, messages=(), cursor=cursor, refusals=(refusal,))


def _kinds_of(unit: OneFile | Mails | SlackData) -> Mapping[str, int]:
    if isinstance(unit, SlackData):
        return {"Slack exports": 1}
    if isinstance(unit, Mails):
        return {"mails in Maildirs" if unit.is_maildir else "mails": len(unit.files)}
    return {_KINDS[unit.kind]: 1}
