"""The parts of a mail, found in its bytes.

An own reader in place of the standard library's, which recurses as deep as the mail says (a mail of a few hundred
levels ends in RecursionError) and goes line by line, two to three times slower. This one looks for boundaries in the
bytes, copies nothing but header fields, and leaves depth to its caller. `tests/connectors/parse/test_mime.py` holds it
against the standard library.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from connectors.parse.headers import MAX_VALUE, decode_header, parse_parameters
from connectors.parse.transfer import decode_transfer

# The key of the line that mailbox files put before a mail; no field can have this name.
ENVELOPE = "from "
_MAX_FIELDS = 5_000
# These are read beyond that number, so that nobody can hide the author behind a heap of fields.
_NEEDED_FIELD = re.compile(
    r"(?:resent-)?(?:from|sender|reply-to|to|cc|bcc)|subject|date|message-id|in-reply-to|references|content-[a-z-]+"
    r"|return-path|apparently-to|delivered-to|x-original-to|x-envelope-to|envelope-to|x-ms-journal-report"
)

# Folded lines belong to the field; a line of mere spaces does not (it is taken for the blank line by some programs).
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*+:[ \t]*+([^\n]*+(?:\n[ \t]++[^\s][^\n]*+)*+)(?:\n|\Z)")
_BLANK = re.compile(rb"[ \t]*+\r*+(?:\n|\Z)")
_FOLDED = re.compile(rb"(?:[ \t]++[^\s][^\n]*+(?:\n|\Z))+")
_LEADING = re.compile(rb"(?:\xef\xbb\xbf)?\s*+")
_LINE = re.compile(rb"[^\n]*+(?:\n|\Z)")
_ENVELOPE_LINE = re.compile(rb">?(From [^\n]*+)\n")
# Lines in the middle of a header that are no fields are badly folded ones if a field that mails have comes next.
_MISFOLDED_LINES = 20
_USUAL_FIELD = re.compile(
    rb"(?:arc-[a-z-]+|authentication-results|bcc|cc|content-[a-z-]+|date|delivered-to|dkim-[a-z-]+|from|in-reply-to"
    rb"|list-[a-z-]+|message-id|mime-version|received|references|reply-to|return-path|sender|subject|thread-[a-z]+|to"
    rb"|user-agent|x-[a-z0-9-]+)[ \t]*:",
    re.IGNORECASE,
)
_DELIMITER_END = re.compile(rb"(--)?[ \t]*+\r*+(?:\n|\Z)")
_LIKELY_DELIMITER = re.compile(rb"(?:\A|(?<=\n))--([^\s][^\r\n]{0,200})\r*\n(?=[!-9;-~]+:|\r*\n)")
_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
_MISWRITTEN_TYPES = {"html": "text/html", "html/text": "text/html", "plain/text": "text/plain", "text/htm": "text/html"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A mail or a part of one: its header, and where in `raw` its body lies.

    `fields` are keyed by lower-cased name, values raw and folded, in their order. `media_type` is lower case and always
    has a slash; `disposition` is lower case or empty. `truncated` is whether the header was cut.
    """

    fields: Mapping[str, tuple[bytes, ...]]
    raw: bytes
    start: int
    end: int
    media_type: str
    parameters: Mapping[str, str]
    disposition: str
    file_name: str
    truncated: bool = False

    def first(self, name: str) -> bytes:
        """Return the first value of a field, empty when it is missing."""
        return self.fields.get(name, (b"",))[0]

    def all(self, *names: str) -> tuple[bytes, ...]:
        """Return all values of these fields."""
        return tuple(value for name in names for value in self.fields.get(name, ()))

    @property
    def charset(self) -> str:
        """The declared charset, as it is written."""
        return self.parameters.get("charset", "")

    def content(self, *, is_text: bool = False) -> bytes:
        """Return the body with its transfer encoding undone."""
        body = self.raw[self.start : self.end]
        return decode_transfer(body, self.first("content-transfer-encoding"), is_text=is_text)


def read_mail(raw: bytes) -> Entity:
    """Read the header of a whole mail, past what mailbox files and careless programs put before it."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raw = raw.decode("utf-16", "replace").encode("utf-8", "replace")
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    return read_inner_mail(raw, 0, len(raw))


def read_inner_mail(raw: bytes, start: int, end: int) -> Entity:
    """Read the header of a mail that lies between `start` and `end`."""
    start = _skip(_LEADING, raw, start, end)
    envelope: dict[str, tuple[bytes, ...]] = {}
    while match := _ENVELOPE_LINE.match(raw, start, end):
        start = match.end()
        envelope.setdefault(ENVELOPE, (match[1],))
    if not _FIELD.match(raw, start, end):
        line_end = _skip(_LINE, raw, start, end)
        if _USUAL_FIELD.match(raw, line_end, end):
            start = line_end
    entity = read_entity(raw, start, end)
    return replace(entity, fields={**entity.fields, **envelope}) if envelope else entity


def read_entity(raw: bytes, start: int, end: int, *, default_type: str = "text/plain") -> Entity:
    """Read the header at `start`; the body is what follows up to `end`."""
    header = _Header()
    body = _read_fields(header, raw, start, end)
    fields = {name: tuple(map(bytes, values)) for name, values in header.fields.items()}
    content_type = fields.get("content-type", (b"",))[0]
    disposition = fields.get("content-disposition", (b"",))[0]
    media_type, parameters = parse_parameters(content_type) if content_type else ("", {})
    kind, details = parse_parameters(disposition) if disposition else ("", {})
    name = details.get("filename") or parameters.get("name") or ""
    return Entity(
        fields=fields,
        raw=raw,
        start=body,
        end=end,
        media_type=_usable_type(media_type, default_type),
        parameters=parameters,
        disposition=kind,
        file_name=decode_header(name.encode("latin-1", "replace")),
        truncated=header.truncated,
    )


def children(entity: Entity) -> Iterator[Entity]:
    """Yield the parts of a multipart entity, also of one whose end is missing or whose boundary is misdeclared."""
    default_type = "message/rfc822" if entity.media_type == "multipart/digest" else "text/plain"
    start = -1
    for at, after, is_last in _delimiters(entity):
        if start >= 0:
            yield read_entity(entity.raw, start, _before_newline(entity.raw, start, at), default_type=default_type)
        start = -1 if is_last else after
    if start >= 0:
        yield read_entity(entity.raw, start, entity.end, default_type=default_type)


@dataclass(slots=True)
class _Header:
    """The fields read so far."""

    fields: dict[str, list[bytearray]] = field(default_factory=dict)
    last: list[bytearray] = field(default_factory=list)
    count: int = 0
    truncated: bool = False

    def add(self, name: str, value: bytes) -> None:
        self.count += 1
        is_needed = self.count <= 2 * _MAX_FIELDS or name not in self.fields
        if self.count > _MAX_FIELDS and not (is_needed and _NEEDED_FIELD.fullmatch(name)):
            self.truncated = True
            self.last = [bytearray()]
            return
        self.last = self.fields.setdefault(name, [])
        self.last.append(bytearray(value[:MAX_VALUE]))
        self.truncated |= len(value) > MAX_VALUE

    def fold(self, value: bytes) -> None:
        last = self.last[-1]
        room = max(MAX_VALUE - len(last) - 1, 0)
        self.truncated |= len(value) > room
        if room:
            last += b" " + value[:room]


def _read_fields(header: _Header, raw: bytes, at: int, end: int) -> int:
    """Read the fields that begin at `at`; return where the body begins."""
    while at < end:
        if match := _FIELD.match(raw, at, end):
            header.add(match[1].decode("ascii").lower(), match[2])
            at = match.end()
            continue
        after = _skip(_BLANK, raw, at, end)
        if raw[at:after].strip(b"\r\n") and (match := _FOLDED.match(raw, after, end)) and header.last:
            header.fold(match[0])
            at = match.end()
        elif raw[at:after].strip(b"\r\n") and _FIELD.match(raw, after, end):
            at = after  # a line of mere spaces ends the header unless the header plainly goes on
        elif after > at:
            return after
        elif header.last and (after := _misfolded(raw, at, end)):
            header.fold(raw[at:after])
            at = after
        else:
            break
    return min(at, end)


def _skip(pattern: re.Pattern[bytes], raw: bytes, at: int, end: int) -> int:
    match = pattern.match(raw, at, end)
    return match.end() if match else at


def _misfolded(raw: bytes, at: int, end: int) -> int:
    """Return where lines end that were folded without a space in front, if a usual field follows them; else 0."""
    for _ in range(_MISFOLDED_LINES):
        at = _skip(_LINE, raw, at, end)
        if _USUAL_FIELD.match(raw, at, end):
            return at
        if at >= end or _BLANK.match(raw, at, end) or _FIELD.match(raw, at, end):
            return 0
    return 0


def _delimiters(entity: Entity) -> Iterator[tuple[int, int, bool]]:
    """Yield where each delimiter line begins and ends, and whether it is the closing one."""
    boundary = entity.parameters.get("boundary", "").rstrip().encode("latin-1", "replace")
    found = False
    if boundary:
        for delimiter in _occurrences(entity, boundary):
            found = True
            yield delimiter
    if not found and (likely := _LIKELY_DELIMITER.search(entity.raw, entity.start, entity.end)):
        yield from _occurrences(entity, likely[1].rstrip())


def _occurrences(entity: Entity, boundary: bytes) -> Iterator[tuple[int, int, bool]]:
    raw, mark = entity.raw, b"--" + boundary
    at = raw.find(mark, entity.start, entity.end)
    while at >= 0:
        rest = _DELIMITER_END.match(raw, at + len(mark), entity.end)
        if rest and (at == entity.start or raw[at - 1 : at] == b"\n"):
            yield at, rest.end(), rest[1] is not None
        at = raw.find(mark, at + len(mark), entity.end)


def _before_newline(raw: bytes, start: int, at: int) -> int:
    """Step back over the line end that belongs to the delimiter."""
    if at > start and raw[at - 1 : at] == b"\n":
        at -= 1
    while at > start and raw[at - 1 : at] == b"\r":
        at -= 1
    return at


def _usable_type(media_type: str, default: str) -> str:
    media_type = _MISWRITTEN_TYPES.get(media_type, media_type)
    if _TYPE.fullmatch(media_type):
        return media_type
    if media_type.startswith("multipart"):
        return "multipart/mixed"
    return "application/octet-stream" if media_type.startswith(("application", "audio", "image", "video")) else default
