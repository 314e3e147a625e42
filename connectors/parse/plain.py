"""Plain text as it is kept: line ends, characters that can't be stored, flowed lines."""

import re

_SURROGATE = re.compile("[\ud800-\udfff]")
_QUOTE_MARKS = re.compile(r">*")
_GAP = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]++")
_LONGEST_GAP = 100
_UUENCODED = re.compile(
    r"^begin [0-7]{3,4} ([^\n]{1,255})\n((?:[!-`][ -`]{1,62}\n)+)(?:[ `]\n)?end(?:\n|\Z)", re.MULTILINE
)


def storable(text: str) -> str:
    """Return the text with line feeds alone, and without the NULs and lone surrogates that no database takes."""
    if "\r" in text:
        text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = text.replace("\0", "")
    return text if text.isascii() else _SURROGATE.sub("", text)


def shorten_gaps(text: str) -> str:
    """Cut every stretch of empty lines or of spaces, invisible characters included, to a hundred of them."""
    return _GAP.sub(lambda match: _short_gap(match[0]), text)


def storable_in_place(text: str) -> str:
    """Like `storable`, but character for character, line ends untouched: offsets into the text stay true."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def unflow(text: str, *, delete_space: bool = False) -> str:
    """Join the soft line breaks of format=flowed (RFC 3676); quoted lines keep one run of `>` marks.

    `delete_space` is the part's DelSp=yes: the space before a soft break belongs to the break.
    """
    pieces: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        depth, content = _split_marks(line)
        soft = content.endswith(" ") and content != "-- "
        if soft and delete_space:
            content = content[:-1]
        # Strictly an empty line would end the paragraph and vanish; people who see it there mean it.
        if depth == open_depth and content and content != "-- ":
            pieces.append(content)
        else:
            pieces.append(f"\n{'>' * depth} {content}" if depth else f"\n{content}")
        open_depth = depth if soft else -1
    return "".join(pieces).removeprefix("\n")


def take_files(text: str) -> tuple[str, list[tuple[str, int]]]:
    """Take the uuencoded files out of a text; returns what remains, and each file's name and size in bytes."""
    if "\nend" not in text:
        return text, []
    files = [
        (match[1], sum((ord(line[0]) - 32) & 63 for line in match[2].split("\n") if line))
        for match in _UUENCODED.finditer(text)
    ]
    return (_UUENCODED.sub("", text), files) if files else (text, [])


def _split_marks(line: str) -> tuple[int, str]:
    match = _QUOTE_MARKS.match(line)
    depth = match.end() if match else 0
    content = line[depth:]
    return depth, content.removeprefix(" ")


def _short_gap(gap: str) -> str:
    if len(gap) <= _LONGEST_GAP:
        return gap
    return "\n" * min(gap.count("\n"), _LONGEST_GAP) or " " * _LONGEST_GAP
