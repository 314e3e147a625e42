"""What lies in a folder: mails one by one, mailbox files, Maildirs, Slack exports, and folders again."""

import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from connectors import Refusal
from connectors.files.kinds import FileKind, UnreadableError, kind_of, shown, why_unreadable
from connectors.files.slack_export import is_slack_export

# Two files can bear the same time if they were written within one tick of the file system's clock, in nanoseconds; some
# file systems know only seconds, or every other of them.
_TICK = 20_000_000
_COARSE_TICK = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFile:
    """A file with one mail. `name` sorts it, `changed` is its ctime in nanoseconds, `size` in bytes."""

    name: str
    path: Path
    changed: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFile:
    """A file that is read by itself."""

    path: Path
    kind: FileKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Mails:
    """The single mails of a folder, or of a Maildir, by name."""

    path: Path
    files: tuple[MailFile, ...]
    is_maildir: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackData:
    """A Slack export, folder or zip."""

    path: Path


Unit = OneFile | Mails | SlackData | Refusal


def units_of(path: Path) -> Iterator[Unit]:
    """Yield what is to be read at a path, in a stable order; what can't be read is a refusal. Raises nothing."""
    try:
        if path.is_dir():
            yield from _units_in(path)
        else:
            yield _unit_of(path)
    except (OSError, ValueError) as error:
        yield Refusal(where=shown(path), why=why_unreadable(error))


def holds_slack(path: Path) -> bool:
    """Tell a Slack export, folder or zip."""
    return (path.is_dir() or (path.suffix.lower() == ".zip" and path.is_file())) and is_slack_export(path)


def present(one: MailFile) -> Path | None:
    """Return where a mail is now: in a Maildir it moves from new/ to cur/ and is renamed when someone reads it."""
    if one.path.exists():
        return one.path
    maildir, unique = one.path.parent.parent, one.path.name.partition(":")[0]
    if one.path.parent.name not in {"new", "cur"} or not _is_maildir(maildir):
        return None
    moved = [path for path in (maildir / "cur").iterdir() if path.name.partition(":")[0] == unique]
    return moved[0] if moved else None


def _unit_of(path: Path) -> Unit:
    try:
        if holds_slack(path):
            return SlackData(path=path)
        return OneFile(path=path, kind=kind_of(path))
    except UnreadableError as error:
        return Refusal(where=shown(path), why=str(error))
    except (OSError, ValueError) as error:
        return Refusal(where=shown(path), why=why_unreadable(error))


def _units_in(top: Path) -> Iterator[Unit]:
    waiting, found = [top], False
    while waiting:
        folder = waiting.pop()
        try:
            units, folders = _listed(folder)
        except OSError as error:
            units, folders = [Refusal(where=shown(folder), why=why_unreadable(error))], []
        yield from units
        found = found or bool(units)
        waiting += reversed(folders)
    if not found:
        yield Refusal(where=shown(top), why="no mails in this folder")


def _listed(folder: Path) -> tuple[list[Unit], list[Path]]:
    """Return what is to be read in a folder, and the folders in it."""
    if is_slack_export(folder):
        return [SlackData(path=folder)], []
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    is_maildir = _is_maildir(folder)
    folders = [Path(one.path) for one in found if one.is_dir(follow_symlinks=False)]
    if is_maildir:
        inner = [one for one in folders if one.name not in {"cur", "new", "tmp"}]
        return [Mails(path=folder, files=_mails_of(folder), is_maildir=True)], inner
    folders = [one for one in folders if not one.name.startswith(".") or _is_maildir(one)]
    single, others = _told_apart([one for one in found if not one.name.startswith(".")])
    units: list[Unit] = list(others)
    if single:
        units.insert(0, Mails(path=folder, files=_settled(single, is_maildir=False), is_maildir=False))
    return units, folders


def _told_apart(entries: list[os.DirEntry[str]]) -> tuple[list[Path], list[Unit]]:
    """Part the single mails of a folder from all else that is to be read."""
    single: list[Path] = []
    others: list[Unit] = []
    for entry in entries:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            continue
        if entry.is_dir():
            others.append(Refusal(where=shown(path), why="links to folders are not followed"))
            continue
        unit = _unit_of(path)
        if isinstance(unit, OneFile) and unit.kind is FileKind.MAIL:
            single.append(path)
        else:
            others.append(unit)
    return single, others


def _is_maildir(folder: Path) -> bool:
    return (folder / "cur").is_dir() and (folder / "new").is_dir()


def _mails_of(maildir: Path) -> tuple[MailFile, ...]:
    paths = [
        Path(entry.path) for part in ("cur", "new") for entry in os.scandir(maildir / part) if entry.name[0] != "."
    ]
    return _settled(paths, is_maildir=True)


def _settled(paths: list[Path], *, is_maildir: bool) -> tuple[MailFile, ...]:
    """Look at mails once the clock has moved on: then whatever is written later bears a later time."""
    files = _looked_at(paths, is_maildir=is_maildir)
    newest = max((one.changed for one in files), default=0)
    tick = _TICK if newest % 1_000_000_000 else _COARSE_TICK
    if 0 <= (age := time.time_ns() - newest) < tick:
        time.sleep((tick - age) / 1e9)
        files = _looked_at(paths, is_maildir=is_maildir)
    return tuple(sorted(files, key=lambda one: one.name))


def _looked_at(paths: list[Path], *, is_maildir: bool) -> list[MailFile]:
    files = []
    for path in paths:
        try:
            information = path.stat()
        except OSError:
            continue  # gone since the folder was listed
        if stat.S_ISREG(information.st_mode):
            # In a Maildir what follows the colon are flags, which change.
            name = path.name.partition(":")[0] if is_maildir else path.name
            changed, size = information.st_ctime_ns, information.st_size
            files.append(MailFile(name=shown(Path(name)), path=path, changed=changed, size=size))
    return files
