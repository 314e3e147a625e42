"""From an HTML mail to its text, with the stretches it declares to be quoted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from connectors.parse.html_lines import Lines
from connectors.parse.html_quotes import Quote, QuoteKind, Quotes, quote_kind
from connectors.parse.html_sheets import NO_SHEETS, Sheets, sheets_of
from connectors.parse.html_style import PAGE, Look, look_inside, style_of
from connectors.parse.html_tokens import attributes, tokens, unescape
from messages import Span

_VOID = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta",
    "param", "source", "track", "wbr"
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "html", "legend", "li", "main", "menu", "nav",
    "ol", "pre", "section", "summary", "ul"
})  # fmt: skip
_PARAGRAPHS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p"})
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_CELLS = frozenset({"td", "th", "caption"})
_ROWS = frozenset({"tr", "tbody", "thead", "tfoot"})
_TABLE_PARTS = _CELLS | _ROWS | {"table"}
# An end tag inside one of these does not end an element outside of it.
_SCOPES = _CELLS | {"table"}
# Deeper elements are read, but no longer told apart.
_MAX_DEPTH = 5_000
# Some seconds' work; what follows is left out.
_MAX_TOKENS = 2_000_000
# With the text between them, so many tags are all read.
MAX_TAGS = _MAX_TOKENS // 2 - 1
_CACHED_LENGTH = 300


def html_to_text(html: str) -> tuple[str, tuple[Span, ...]]:
    """Return the text a reader of the HTML sees, and the ranges of it that its markup declares to be quoted.

    Blocks become lines, items `- `, cells ` | `; hidden text, scripts and comments are left out. The ranges are in
    order and do not overlap; a forwarded message is not among them. Never raises; takes time linear in the input.
    """
    has_sheet = "<style" in html or "<STYLE" in html
    page = _Page(styled=has_sheet and "background" in html, sheets=sheets_of(html) if has_sheet else NO_SHEETS)
    for tag, content in islice(tokens(html), _MAX_TOKENS):
        if not tag:
            page.text(content)
        elif tag[0] == "/":
            page.close_tag(tag[1:])
        else:
            page.open_tag(tag, content)
    page.close_all()
    return page.lines.text(), page.quotes.spans()


def _tag(name: str, raw: str) -> "_Tag":
    found = attributes(raw)
    style = style_of(found) if "style" in found else {}
    return _Tag(found, style, quote_kind(name, found, style), _is_tight(found.get("class", ""), style))


# The tags of a mail repeat themselves.
_cached_tag = lru_cache(maxsize=2048)(_tag)


def _is_tight(classes: str, style: Mapping[str, str]) -> bool:
    """Tell a paragraph without space around it: Outlook writes every line as one."""
    return "mso" in classes.lower() or style.get("margin", style.get("margin-top", "")).startswith("0")


class _Tag(NamedTuple):
    """What a start tag says, told from its name and its attributes alone."""

    attributes: Mapping[str, str]
    style: Mapping[str, str]
    quote: QuoteKind | None
    tight: bool


class _Element(NamedTuple):
    """An open element, with how text looked before it, and how many lines to break at its end."""

    name: str
    look: Look
    quote: Quote | None
    breaks: int


@dataclass(slots=True)
class _Page:
    """Where the reader of the tags stands."""

    lines: Lines = field(default_factory=Lines)
    quotes: Quotes = field(init=False)
    styled: bool = False
    sheets: Sheets = NO_SHEETS
    look: Look = PAGE
    hidden: bool = False
    stack: list[_Element] = field(default_factory=list)
    scopes: list[str] = field(default_factory=lambda: [""])
    counts: list[dict[str, int]] = field(default_factory=lambda: [{}])
    list_depth: int = 0

    def __post_init__(self) -> None:
        self.quotes = Quotes(self.lines)

    def text(self, escaped: str) -> None:
        if self.hidden:
            return
        if self.look.preformatted:
            self.lines.write_preformatted(unescape(escaped))
        else:
            self.lines.write(unescape(escaped))

    def open_tag(self, name: str, raw: str) -> None:
        if name == "br":
            self.lines.add_line()
        if name in _VOID and name != "hr":
            return
        self._close_implied(name)
        tag = _tag(name, raw) if len(raw) > _CACHED_LENGTH else _cached_tag(name, raw)
        quote = self.quotes.open(tag.quote) if tag.quote is not None else None
        if name == "hr":
            self.quotes.rule()
            self.lines.break_line()
            return
        breaks = 1 if name in _BLOCKS or (tag.tight and name in _PARAGRAPHS) else 2 if name in _PARAGRAPHS else 0
        self._push(_Element(name, self.look, quote, breaks))
        # What a style sheet makes of a class is not known here.
        unknown = self.styled and "class" in tag.attributes
        outside = self.look._replace(color="", ground="") if unknown else self.look
        look = look_inside(outside, name, tag.attributes, tag.style, self.sheets)
        if look is not self.look:
            self.look, self.hidden = look, look.hidden
        self._lay_out(name, breaks)

    def close_tag(self, name: str) -> None:
        if name in {"br", "p"} and not self.counts[-1].get(name):
            self.lines.add_line()
            return
        depth = len(self.counts) - 1
        while name in _TABLE_PARTS and depth and not self.counts[depth].get(name):
            if self.scopes[depth] == "table" and name != "table":
                return
            depth -= 1
        if not self.counts[depth].get(name):
            return
        while self.stack[-1].name != name or len(self.counts) - 1 - (name in _SCOPES) > depth:
            self._pop()
        self._pop()

    def close_all(self) -> None:
        while self.stack:
            self._pop()

    def _close_implied(self, name: str) -> None:
        """Close what a start tag ends without saying so."""
        if self.stack and self.stack[-1].name == "p" and (name in _BLOCKS or name in _PARAGRAPHS or name == "table"):
            self._pop()
        if name == "li" and self.stack and self.stack[-1].name == "li":
            self._pop()
        if name in _CELLS or name in _ROWS:
            if self.scopes[-1] in _CELLS:
                self.close_tag(self.scopes[-1])
            if name in _ROWS:
                self.close_tag("tr")

    def _push(self, element: _Element) -> None:
        if len(self.stack) >= _MAX_DEPTH:
            if element.quote is not None:
                self.quotes.close(element.quote, element.name)
            return
        self.stack.append(element)
        counts = self.counts[-1]
        counts[element.name] = counts.get(element.name, 0) + 1
        if element.name in _SCOPES:
            self.scopes.append(element.name)
            self.counts.append({})
        self.list_depth += element.name in _LISTS

    def _pop(self) -> None:
        name, look, quote, breaks = self.stack.pop()
        if name in _SCOPES:
            self.scopes.pop()
            self.counts.pop()
        self.counts[-1][name] -= 1
        self.list_depth -= name in _LISTS
        if look is not self.look:
            self.look, self.hidden = look, look.hidden
        if quote is not None:
            self.quotes.close(quote, name)
        if name == "table":
            self.lines.end_table()
        elif name == "tr":
            self.lines.end_row()
        elif breaks:
            self.lines.break_line(breaks)

    def _lay_out(self, name: str, breaks: int) -> None:
        if name == "li":
            self.lines.begin_item(max(self.list_depth, 1))
        elif breaks:
            self.lines.break_line(breaks)
        elif name == "table":
            self.lines.begin_table()
        elif name == "tr":
            self.lines.end_row()
        elif name in _CELLS:
            self.lines.begin_cell()
