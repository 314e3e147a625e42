"""Which folders of an account are read: from the operator's words to the server's own names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from imapclient import imap_utf7

from connectors import ConnectorError

# Views over other folders, and what the owner threw away or has not sent: read only where they are named.
_LEFT_OUT = frozenset({r"\all", r"\flagged", r"\important", r"\trash", r"\junk", r"\drafts"})
_CLOSED = frozenset({r"\noselect", r"\nonexistent"})
_SPECIAL = _LEFT_OUT | {r"\sent", r"\archive"}

# What folders are called on servers that mark none (RFC 6154 is optional).
_USUAL_NAMES = {
    r"\sent": ("sent", "sent items", "sent messages", "sent mail", "gesendet", "gesendete elemente", "enviados"),
    r"\trash": ("trash", "deleted items", "deleted messages", "papierkorb", "gelöschte elemente", "corbeille"),
    r"\junk": ("junk", "junk email", "junk e-mail", "spam", "bulk mail", "junk-e-mail"),
    r"\drafts": ("drafts", "entwürfe", "brouillons", "borradores"),
}
_MARK_OF = {name: mark for mark, names in _USUAL_NAMES.items() for name in names}

_LIST_LINE = re.compile(
    rb'\((?P<marks>[^)]*)\) (?:NIL|"(?P<delimiter>\\?[^"])") (?P<name>"(?:[^"\\]|\\.)*"|\{\d+\}|.+)',
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    r"""One folder: `name` as a person reads it, `wire` as the server writes it (modified UTF-7, without quotes).

    `marks` are its attributes in lower case, such as `\sent` or `\noselect`.
    """

    name: str
    wire: str
    delimiter: str = "/"
    marks: frozenset[str] = frozenset()

    @property
    def open(self) -> bool:
        """Whether it can hold messages at all."""
        return not self.marks & _CLOSED

    @property
    def is_inbox(self) -> bool:
        """Whether it is the one folder whose name has no case."""
        return self.wire.upper() == "INBOX"


def folders_listed(lines: Iterable[bytes | tuple[bytes, bytes] | None]) -> tuple[Folder, ...]:
    """Read the answers to LIST, a name sent as a literal being the second of a pair.

    What is no such answer, and names that can't be sent back, are passed over.
    """
    found = (_folder(line) for line in lines if line)
    return _marked_by_name([folder for folder in found if folder])


def folders_wanted(listed: Sequence[Folder], wanted: Iterable[str]) -> tuple[Folder, ...]:
    """Choose from what is there, in the order in which it is wanted, each folder once.

    Raises ConnectorError, listing what there is, when a name is missing or nothing at all is left to read.
    """
    chosen: dict[str, Folder] = {}
    for one in wanted:
        matches = _matches(listed, one)
        if not matches and not _is_pattern(one):
            raise ConnectorError(_missing(listed, one))
        chosen.update((folder.wire, folder) for folder in matches)
    if not chosen:
        raise ConnectorError(f"none of the folders asked for is there; there are: {_names(listed)}")
    return tuple(chosen.values())


def _folder(line: bytes | tuple[bytes, bytes]) -> Folder | None:
    head, literal = line if isinstance(line, tuple) else (line, None)
    match = _LIST_LINE.fullmatch(head)
    if match is None:
        return None
    name = literal if literal is not None else _unquoted(match["name"])
    if not name or not name.isascii():
        return None
    return Folder(
        name="INBOX" if name.upper() == b"INBOX" else _decoded(name),
        wire=name.decode("ascii"),
        delimiter=(match["delimiter"] or b"").decode("ascii", "replace")[-1:],
        marks=frozenset(match["marks"].decode("ascii", "replace").lower().split()),
    )


def _unquoted(name: bytes) -> bytes:
    if not name.startswith(b'"'):
        return name
    return re.sub(rb"\\(.)", rb"\1", name[1:-1], flags=re.DOTALL)


def _decoded(wire: bytes) -> str:
    # A name that is not what it would be encoded to stays as it is, so that two names never become one.
    try:
        name = imap_utf7.decode(wire)
        faithful = imap_utf7.encode(name) == wire
    except ValueError:
        faithful = False
    return name if faithful else wire.decode("ascii")


def _marked_by_name(folders: list[Folder]) -> tuple[Folder, ...]:
    if any(folder.marks & _SPECIAL for folder in folders):
        return tuple(folders)
    return tuple(_marked(folder) for folder in folders)


def _marked(folder: Folder) -> Folder:
    path = folder.name.split(folder.delimiter) if folder.delimiter else [folder.name]
    top = path[1:] if len(path) > 1 and path[0].upper() == "INBOX" else path
    mark = _MARK_OF.get(top[0].casefold()) if len(top) == 1 else None
    if mark is None:
        return folder
    return Folder(name=folder.name, wire=folder.wire, delimiter=folder.delimiter, marks=folder.marks | {mark})


def _matches(listed: Sequence[Folder], one: str) -> list[Folder]:
    if one.startswith("\\"):
        return [folder for folder in listed if folder.open and one.lower() in folder.marks]
    exact = [folder for folder in listed if folder.open and _is_called(folder, one)]
    if exact or not _is_pattern(one):
        return exact
    return [folder for folder in listed if folder.open and not folder.marks & _LEFT_OUT and _fits(folder, one)]


def _is_pattern(one: str) -> bool:
    return one.startswith("\\") or "*" in one or "%" in one


def _is_called(folder: Folder, name: str) -> bool:
    if folder.is_inbox:
        return name.upper() == "INBOX"
    return name in (folder.name, folder.name.replace(folder.delimiter or "/", "/"))


def _fits(folder: Folder, pattern: str) -> bool:
    level = f"[^{re.escape(folder.delimiter)}]*" if folder.delimiter else ".*"
    wild = {"*": ".*", "%": level}
    expression = "".join(wild.get(sign) or re.escape(sign) for sign in pattern)
    flags = re.DOTALL | (re.IGNORECASE if folder.is_inbox else 0)
    return re.fullmatch(expression, folder.name, flags) is not None


def _missing(listed: Sequence[Folder], name: str) -> str:
    closed = any(_is_called(folder, name) for folder in listed)
    reason = "only holds other folders" if closed else "does not exist"
    return f"the folder {name!r} {reason}; there are: {_names(listed)}"


def _names(listed: Sequence[Folder]) -> str:
    names = sorted(folder.name for folder in listed if folder.open)
    more = f" and {len(names) - 50} more" if len(names) > 50 else ""
    return ", ".join(repr(name) for name in names[:50]) + more
