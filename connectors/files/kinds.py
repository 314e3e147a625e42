"""What a file is: by its name where the name says, else by how it begins."""

import os
import re
import stat
import zlib
from enum import StrEnum
from pathlib import Path

from connectors.files.chunks import GZIP

_SNIFFED = 8_192
_FOREIGN = {
    ".msg": "it is an Outlook .msg file: save or export it as .eml",
    ".pst": "it is an Outlook data file: export its folders as .eml or .mbox",
    ".ost": "it is an Outlook data file: export its folders as .eml or .mbox",
    ".zip": "it is a zip file, but no Slack export",
}
_MAIL_FIELD = re.compile(
    rb"(?:\A|\n)(?:from|to|subject|date|received|return-path|message-id|mime-version|content-type)[ \t]*:",
    re.IGNORECASE,
)
_FIELD = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")


class FileKind(StrEnum):
    """What a file holds."""

    MAIL = "mail"
    MBOX = "mbox"
    RECORDS = "records"


_SUFFIXES = {
    ".eml": FileKind.MAIL,
    ".mbox": FileKind.MBOX,
    ".mbx": FileKind.MBOX,
    ".jsonl": FileKind.RECORDS,
    ".ndjson": FileKind.RECORDS,
}


class UnreadableError(Exception):
    """Why a file can't be read; the text holds nothing of its content."""


def named_kind(name: str) -> FileKind | None:
    """Tell what a file is by its name; None when the name does not say. Raises UnreadableError for foreign formats."""
    # `Path.suffix` has none for a name such as `.eml`.
    suffix = os.path.splitext("x" + name.lower().removesuffix(".gz"))[1]  # noqa: PTH122
    if suffix in _FOREIGN:
        raise UnreadableError(_FOREIGN[suffix])
    return _SUFFIXES.get(suffix)


def kind_of(path: Path) -> FileKind:
    """Tell what an ordinary file is. Raises UnreadableError for what is none of the kinds, and OSError."""
    information = path.stat()
    if not stat.S_ISREG(information.st_mode):
        raise UnreadableError("it is no ordinary file: pass the data of a pipe by standard input, as -")
    if information.st_size == 0:
        raise UnreadableError("it is empty")
    kind = named_kind(path.name)
    if kind is not None:
        return kind
    with path.open("rb") as file:
        return sniffed(file.read(_SNIFFED))


def sniffed(head: bytes, *, or_mail: bool = False) -> FileKind:
    """Tell what begins like this: JSON lines with a brace, an mbox with `From `, a mail with its fields.

    Raises UnreadableError when it is nothing of the kind; with `or_mail` it passes for a mail then.
    """
    if head.startswith(GZIP):
        head = _unpacked(head)
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{"):
        return FileKind.RECORDS
    if head.startswith(b"From "):
        return FileKind.MBOX
    if or_mail or (_FIELD.match(head) and _MAIL_FIELD.search(head)):
        return FileKind.MAIL
    raise UnreadableError("it is neither a mail, nor an mbox, nor JSON lines")


def why_unreadable(error: OSError | ValueError) -> str:
    """Say in a few words why the system would not open a file."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "permission denied"
    return (error.strerror or "it can't be read").lower() if isinstance(error, OSError) else "it has an impossible name"


def shown(path: Path) -> str:
    """Return a path as text that can be stored, also one whose name is in no charset."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace("\0", "\\x00")


def _unpacked(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(head, _SNIFFED)
    except zlib.error:
        return b""
