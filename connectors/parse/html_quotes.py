"""Which stretches of an HTML mail its own markup declares to be quotation, by the habits of the mail programs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from connectors.parse.html_lines import Lines, Mark
from messages import Span

_QUOTE_CLASSES = frozenset({"moz-cite-prefix", "gmail_attr", "protonmail_quote", "tutanota_quote", "zmail_extra"})
_QUOTE_IDS = frozenset({"OLK_SRC_BODY_SECTION", "mail-editor-reference-message-container"})
_TAIL_IDS = frozenset({"appendonsend", "divRplyFwdMsg", "stopSpelling"})
# Spaces left out.
_FROM = frozenset({
    "absender", "afzender", "avsändare", "da", "de", "emisor", "expéditeur", "feladó", "fra", "from", "från",
    "kimden", "lähettäjä", "mittente", "nadawca", "od", "odesílatel", "remetente", "remitente", "van", "von", "от",
    "发件人", "寄件者", "寄件人", "差出人", "보낸사람"
})  # fmt: skip
_LABEL = re.compile(r"\W{0,5}([^\W\d_][\w .-]{0,20}?)\s?[:\uff1a]")
_RULES = 200
_ATTRIBUTION = re.compile(
    r"[^\n]{5,200}(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef)[^\n]{0,60}:", re.IGNORECASE
)
_FORWARD = re.compile(
    r"[\s>_-]{0,80}(?:"
    r"begin (?:forwarded message|doorgestuurd bericht)"
    r"|anfang der weitergeleiteten (?:nachricht|e-mail)"
    r"|début du message (?:réexpédié|transféré)"
    r"|doorgestuurd bericht"
    r"|forwarded (?:message|by|mail)"
    r"|in[íi]cio d[ae]l? (?:mensagem|mensaje) (?:encaminhada|reencaminhada|reenviado)"
    r"|inizio messaggio inoltrato"
    r"|mensagem (?:encaminhada|reencaminhada)"
    r"|mensaje reenviado"
    r"|message transféré"
    r"|messaggio inoltrato"
    r"|vidarebefordrat meddelande"
    r"|weitergeleitete nachricht"
    r")",
    re.IGNORECASE,
)


class QuoteKind(StrEnum):
    """How far a quotation reaches."""

    ELEMENT = "element"  # as far as the element
    REPLY = "reply"  # Gmail's: up to the end of its blockquote; an answer may follow inside the element
    TAIL = "tail"  # from here on to the end of the mail
    BORDERED = "bordered"  # the element, if it begins like a reply
    HEADED = "headed"  # from here on to the end of the mail, if it begins with the header of a mail


@dataclass(slots=True, eq=False)
class Quote:
    """A quotation that has been opened."""

    kind: QuoteKind
    mark: Mark
    end: int = -1


@dataclass(slots=True)
class Quotes:
    """The quotations of one text under construction."""

    lines: Lines
    _open: list[Quote] = field(default_factory=list)
    _certain: int = 0
    _tail: Mark | None = None
    _rules: list[Mark] = field(default_factory=list)
    _ranges: list[tuple[int, int]] = field(default_factory=list)
    _forwarded: list[tuple[int, int]] = field(default_factory=list)

    def open(self, kind: QuoteKind) -> Quote | None:
        """Open the quotation that an element declares; None when none is to be closed with it."""
        if kind is QuoteKind.TAIL and not self._certain and self._tail is None:
            self._tail = self.lines.mark()
        if kind is QuoteKind.TAIL:
            return None
        quote = Quote(kind=kind, mark=self.lines.mark())
        self._open.append(quote)
        self._certain += kind in {QuoteKind.ELEMENT, QuoteKind.REPLY}
        return quote

    def rule(self) -> None:
        """Note a horizontal rule: Outlook draws one above the header of the mail it answers."""
        if not self._certain and self._tail is None and len(self._rules) < _RULES:
            self._rules.append(self.lines.mark())

    def close(self, quote: Quote, name: str) -> None:
        """Close a quotation at the end of its element `name`; elements close from the innermost outwards."""
        self._open.pop()
        self._certain -= quote.kind in {QuoteKind.ELEMENT, QuoteKind.REPLY}
        if quote.mark.start < 0:
            return
        self._judge(quote, self.lines.head(quote.mark))
        around = self._open[-1] if self._open else None
        if name == "blockquote" and around and around.kind is QuoteKind.REPLY and around.end < 0:
            around.end = self.lines.length

    def spans(self) -> tuple[Span, ...]:
        """Return the quoted ranges, in order, without overlap; call when all elements are closed."""
        tails = [mark for mark in self._rules if mark.start >= 0 and _is_header(self.lines.head(mark))]
        tails += [self._tail] if self._tail is not None and self._tail.start >= 0 else []
        if tails:
            first = min(tails, key=lambda mark: mark.start)
            forwarded = _FORWARD.match(self.lines.head(first))
            (self._forwarded if forwarded else self._ranges).append((first.start, self.lines.length))
        return _merged(self._ranges, self._forwarded)

    def _judge(self, quote: Quote, head: str) -> None:
        start, end = quote.mark.start, self.lines.length
        if _FORWARD.match(head):
            self._forwarded.append((start, end))
        elif quote.kind is QuoteKind.ELEMENT:
            self._ranges.append((start, end))
        elif quote.kind is QuoteKind.REPLY:
            self._ranges.append((start, end if quote.end < 0 else quote.end))
        elif quote.kind is QuoteKind.BORDERED:
            if _is_header(head) or _ATTRIBUTION.match(head):
                self._ranges.append((start, end))
        elif _is_header(head) and not self._certain and self._tail is None:
            self._tail = quote.mark


def _is_header(head: str) -> bool:
    """Tell the header of a mail: lines of a short label and a value, the author's among them."""
    lines = [line for line in head.split("\n") if line.strip()][:6]
    labels = [match[1].lower().replace(" ", "") for line in lines if (match := _LABEL.match(line))]
    return len(labels) > 1 and _LABEL.match(lines[0]) is not None and not _FROM.isdisjoint(labels[:4])


def quote_kind(name: str, attributes: Mapping[str, str], style: Mapping[str, str]) -> QuoteKind | None:
    """Tell what quotation an element declares by its name, its attributes and its style."""
    if name == "blockquote":
        return None if _is_indent(attributes, style) else QuoteKind.ELEMENT
    kind = _named_kind(attributes.get("id", ""), attributes.get("class", "").split())
    if kind is not None or name != "div":
        return kind
    if attributes.get("name") == "quote":
        return QuoteKind.ELEMENT
    if "solid" in style.get("border-left", style.get("border-left-style", "")):
        return QuoteKind.BORDERED
    return QuoteKind.HEADED if "solid" in style.get("border-top", style.get("border-top-style", "")) else None


def _named_kind(identity: str, classes: Sequence[str]) -> QuoteKind | None:
    if identity in _TAIL_IDS or "OutlookMessageHeader" in classes:
        return QuoteKind.TAIL
    if "gmail_quote" in classes:
        return QuoteKind.REPLY
    if identity in _QUOTE_IDS or not _QUOTE_CLASSES.isdisjoint(classes):
        return QuoteKind.ELEMENT
    return QuoteKind.ELEMENT if any("yahoo_quoted" in one for one in (*classes, identity)) else None


def _is_indent(attributes: Mapping[str, str], style: Mapping[str, str]) -> bool:
    """Tell the indented paragraph of an editor's toolbar, which is a blockquote too, from a quotation."""
    if attributes.get("type") == "cite" or "class" in attributes or "cite" in attributes:
        return False
    return style.get("border", "") in {"none", "0", "0px", "medium none", "none 0px"} and "border-left" not in style


def _merged(ranges: list[tuple[int, int]], forwarded: list[tuple[int, int]]) -> tuple[Span, ...]:
    """Join ranges that touch or overlap; those inside a forwarded message say nothing about its forwarder's words."""
    merged: list[tuple[int, int]] = []
    outer = _union(forwarded)
    position = 0
    for start, end in sorted(ranges):
        while position < len(outer) and outer[position][1] < end:
            position += 1
        if position < len(outer) and outer[position][0] <= start:
            continue
        merged.append((start, end))
    return tuple(Span(start=start, end=end) for start, end in _union(merged) if start < end)


def _union(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
