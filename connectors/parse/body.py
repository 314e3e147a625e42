"""What a mail says: its text out of all its parts, and the list of what is attached."""

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple

from connectors.parse.charsets import decode_text
from connectors.parse.headers import decode_header
from connectors.parse.html import MAX_TAGS, html_to_text
from connectors.parse.mime import Entity, children, read_inner_mail
from connectors.parse.plain import shorten_gaps, storable, take_files, unflow
from connectors.parse.transfer import MAX_BLOCKS
from messages import Attachment, Span

# Past these a mail is an attack on its reader; what lies beyond is listed as an attachment or left out.
MAX_DEPTH = 50
MAX_PARTS = 1_000
MAX_TEXT = 1_000_000

_INLINE_TYPES = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext", "text/markdown"})
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_OTHER_RENDERINGS = frozenset({"text/x-amp-html", "text/watch-html"})
_MAIL_TYPES = frozenset({"message/rfc822", "message/global"})
_LOOKS_LIKE_HTML = re.compile(r"\s*(?:<!doctype html|<html[\s>])", re.IGNORECASE)
_DECLARED_IN_HTML = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_STUB = re.compile(r"\bhtml\b|browser|navigateur|navegador", re.IGNORECASE)
_STUB_LENGTH = 500
# As many different words as a short sentence has.
_OWN_WORDS = 8
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_LINK = re.compile(r"(?:https?://|www\.|mailto:)\S+", re.IGNORECASE)
_ENRICHED_TAG = re.compile(r"<[^<>]*>")
_PATH = re.compile(r"[/\\]")
# Controls, and the marks that reverse the direction of writing: "invoice\u202efdp.exe" reads "invoiceexe.pdf".
_UNPRINTABLE = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
FORWARD_MARK = "---------- Forwarded message ----------"


class Segment(NamedTuple):
    """A stretch of text with the ranges of it that its markup declares to be quoted."""

    text: str
    quoted: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The text of a mail, its quoted ranges, its attachments, and whether some of it was beyond a limit."""

    text: str
    quoted: tuple[Span, ...]
    attachments: tuple[Attachment, ...]
    truncated: bool


@dataclass(slots=True)
class _Budget:
    """How many parts may still be read, and whether anything was left out for want of it."""

    parts: int = MAX_PARTS
    exceeded: bool = False


@dataclass(slots=True, kw_only=True)
class _Gathered:
    """What has been gathered from the parts of one mail; attachments and budget are shared with mails inside it."""

    attachments: list[Attachment] = field(default_factory=list)
    budget: _Budget = field(default_factory=_Budget)
    forwards: list[Segment] = field(default_factory=list)
    has_text: bool = False
    is_report: bool = False


def read_body(entity: Entity) -> Body:
    """Read the text and the attachments of a mail. Never raises.

    The inline texts in their order, then the mails attached to it, each behind a line that marks it as forwarded.
    Without a readable text (an encrypted mail, a bare attachment) the text is empty.
    """
    gathered = _Gathered()
    segment = _read(entity, gathered, 0)
    return Body(
        text=segment.text,
        quoted=segment.quoted,
        attachments=tuple(gathered.attachments),
        truncated=gathered.budget.exceeded,
    )


def _read(entity: Entity, gathered: _Gathered, depth: int) -> Segment:
    segments = _segments(entity, gathered, depth)
    return _joined([*segments, *gathered.forwards], gathered.budget)


def _segments(entity: Entity, gathered: _Gathered, depth: int, *, muted: bool = False) -> list[Segment]:
    """Return the texts of a part; of a `muted` one only attachments and attached mails are taken."""
    gathered.budget.parts -= 1
    gathered.budget.exceeded |= entity.truncated or gathered.budget.parts < 0 or depth > MAX_DEPTH
    if gathered.budget.parts < 0:
        return []
    if depth > MAX_DEPTH:
        _attach(entity, gathered)
    elif entity.media_type.startswith("multipart/"):
        return _multipart(entity, gathered, depth, muted=muted)
    elif entity.media_type in _MAIL_TYPES:
        _attach_mail(entity, gathered, depth)
    elif entity.media_type in _OTHER_RENDERINGS:
        return []
    elif _is_attachment(entity, gathered):
        _attach(entity, gathered)
    elif not muted:
        return [_take_text(entity, gathered)]
    return []


def _multipart(entity: Entity, gathered: _Gathered, depth: int, *, muted: bool) -> list[Segment]:
    parts = _parts(entity, gathered)
    if not parts and entity.first("content-transfer-encoding"):
        entity = _decoded(entity)
        parts = _parts(entity, gathered)
    if not parts:
        return [] if muted else [_take_text(replace(entity, media_type="text/plain"), gathered)]
    if entity.media_type == "multipart/encrypted":
        for part in parts:
            _attach(part, gathered)
        return []
    if entity.media_type == "multipart/alternative" and not muted:
        return _alternative(parts, gathered, depth)
    gathered.is_report |= entity.media_type == "multipart/report"
    return [one for part in parts for one in _segments(part, gathered, depth + 1, muted=muted)]


def _parts(entity: Entity, gathered: _Gathered) -> list[Entity]:
    parts = list(islice(children(entity), MAX_PARTS + 1))
    gathered.budget.exceeded |= len(parts) > MAX_PARTS
    return parts[:MAX_PARTS]


def _alternative(parts: list[Entity], gathered: _Gathered, depth: int) -> list[Segment]:
    """Choose the plain text, unless another rendering says more; where each says something of its own, take both."""
    had_text = gathered.has_text
    plain = [part for part in parts if part.media_type == "text/plain" and part.disposition != "attachment"]
    chosen = [_take_text(part, gathered) for part in plain]
    is_short = sum(len(one.text) for one in chosen) <= _STUB_LENGTH
    words, said = _words(chosen), _vocabulary(chosen)
    for part in reversed([part for part in parts if part not in plain]):
        gathered.has_text = had_text
        rich = _segments(part, gathered, depth + 1)
        shown = _vocabulary(rich)
        says_more = len(shown - said) > _OWN_WORDS
        if len(said - shown) > _OWN_WORDS:
            rich = [*rich, *chosen] if says_more else chosen
        elif not _words(rich):
            continue
        elif words and not says_more:
            is_better = is_short and (_is_stub(chosen) or _words(rich) > 4 * words + 20)
            rich = rich if is_better else chosen
        if rich is not chosen:
            chosen, words, said = rich, _words(rich), _vocabulary(rich)
    gathered.has_text = had_text or bool(_words(chosen))
    return chosen


def _vocabulary(segments: list[Segment]) -> set[str]:
    return {word for one in segments for word in _LETTERS.findall(_LINK.sub(" ", one.text).lower())}


def _words(segments: list[Segment]) -> int:
    return sum(len(one.text.split()) for one in segments)


def _is_stub(segments: list[Segment]) -> bool:
    return any(_STUB.search(one.text) for one in segments)


def _is_attachment(entity: Entity, gathered: _Gathered) -> bool:
    if entity.media_type not in _INLINE_TYPES and entity.media_type not in _HTML_TYPES:
        return True
    # A named text is a file someone sent along, unless it is all there is to read.
    if entity.file_name:
        return entity.disposition == "attachment" or gathered.has_text
    return entity.disposition == "attachment" and gathered.has_text


def _take_text(entity: Entity, gathered: _Gathered) -> Segment:
    segment = _text(entity, gathered.budget)
    if not segment.quoted and "\nend" in segment.text:
        text, files = take_files(segment.text)
        segment = Segment(text)
        gathered.attachments += [
            Attachment(name=_file_name(name), media_type="application/octet-stream", size=size)
            for name, size in files[:MAX_PARTS]
        ]
    gathered.has_text |= bool(segment.text.strip())
    return segment


def _text(entity: Entity, budget: _Budget) -> Segment:
    content = entity.content(is_text=True)
    if entity.first("content-transfer-encoding") and entity.raw.count(b"=", entity.start, entity.end) > MAX_BLOCKS:
        budget.exceeded |= b"base64" in entity.first("content-transfer-encoding").lower()
    is_html = entity.media_type in _HTML_TYPES
    charset = entity.charset
    if is_html and not charset and (declared := _DECLARED_IN_HTML.search(content, 0, 4096)):
        charset = declared[1].decode("ascii")
    text = storable(decode_text(content, charset))
    if is_html or _LOOKS_LIKE_HTML.match(text):
        budget.exceeded |= text.count("<") > MAX_TAGS
        return Segment(*html_to_text(text))
    if len(text) > MAX_TEXT:
        text = shorten_gaps(text)
        budget.exceeded |= len(text) > 2 * MAX_TEXT
    text = text[: 2 * MAX_TEXT]
    if entity.parameters.get("format", "").lower() == "flowed":
        return Segment(unflow(text, delete_space=entity.parameters.get("delsp", "").lower() == "yes"))
    if entity.media_type in {"text/enriched", "text/richtext"}:
        return Segment(_ENRICHED_TAG.sub("", text))
    return Segment(text)


def _attach(entity: Entity, gathered: _Gathered, *, name: str = "") -> None:
    if len(gathered.attachments) >= MAX_PARTS:
        gathered.budget.exceeded = True
        return
    name = name or _file_name(entity.file_name)
    if not name and entity.media_type == "application/ms-tnef":
        name = "winmail.dat"
    gathered.attachments.append(Attachment(name=name, media_type=entity.media_type, size=len(entity.content())))


def _file_name(name: str) -> str:
    """Return the last part of a path, without what would not print, at most 255 characters."""
    parts = [part.strip() for part in _PATH.split(_UNPRINTABLE.sub("", name)) if part.strip(" .")]
    return parts[-1][:255] if parts else ""


def _attach_mail(entity: Entity, gathered: _Gathered, depth: int) -> None:
    """List an attached mail, and add its text as forwarded; in a report it is the mail that the report is about."""
    name = _file_name(entity.file_name)
    inner = _inner_mail(entity)
    if not name and (stem := _file_name(decode_header(inner.first("subject")).replace("/", "-"))):
        name = f"{stem[:250]}.eml"
    _attach(entity, gathered, name=name)
    if gathered.is_report or not inner.fields:
        return
    within = _Gathered(attachments=gathered.attachments, budget=gathered.budget)
    text, quoted = _read(inner, within, depth + 1)
    labels = ("From", "Date", "Subject", "To", "Cc")
    values = ((label, storable(decode_header(inner.first(label.lower()), inner.charset))) for label in labels)
    header = "\n".join([FORWARD_MARK, *(f"{label}: {value}" for label, value in values if value), "", ""])
    gathered.forwards.append(Segment(header + text, _shifted(quoted, len(header))))


def _inner_mail(entity: Entity) -> Entity:
    if entity.first("content-transfer-encoding"):
        entity = _decoded(entity)
    return read_inner_mail(entity.raw, entity.start, entity.end)


def _decoded(entity: Entity) -> Entity:
    """Return an entity whose parts were encoded as a whole, which the standard forbids, with that undone."""
    content = entity.content()
    return replace(entity, raw=content, start=0, end=len(content))


def _joined(segments: list[Segment], budget: _Budget) -> Segment:
    """Join texts with an empty line between them; one that repeats the text before it is left out."""
    kept = [one for one in segments if one.text.strip()]
    if len(kept) > 1:
        # Only plain texts begin with empty lines, and those have no ranges that would move.
        kept = [Segment(one.text.strip("\n"), one.quoted) for one in kept]
    pieces: list[str] = []
    quoted: list[Span] = []
    length = 0
    for before, segment in zip([None, *kept], kept, strict=False):
        if before is not None and before.text.split() == segment.text.split():
            continue
        if pieces:
            pieces.append("\n\n")
            length += 2
        pieces.append(segment.text)
        quoted += _shifted(segment.quoted, length)
        length += len(segment.text)
    budget.exceeded |= length > MAX_TEXT
    text = "".join(pieces)[:MAX_TEXT]
    spans = (Span(start=one.start, end=min(one.end, len(text))) for one in quoted if one.start < len(text))
    return Segment(text, tuple(spans))


def _shifted(spans: tuple[Span, ...], offset: int) -> tuple[Span, ...]:
    return tuple(Span(start=one.start + offset, end=one.end + offset) for one in spans)
