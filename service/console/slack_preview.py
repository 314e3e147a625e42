"""Block Kit as it looks in Slack, near enough to judge words by: blocks in, pieces of HTML out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

# The channel that previews are about.
CHANNEL_NAME = "#ext-norvik"

_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_SPAN = re.compile(
    r"<#[^<>]*>|<(?:[^<>|]+)\|(?P<link>[^<>]*)>"
    r"|(?<![\w*])\*(?P<bold>[^*\n]+)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic>[^_\n]+)_(?![\w_])"
)

_EMPTY = Markup()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block: `kind` as Slack names it, its text as HTML, and the texts of its buttons, or of an input's help."""

    kind: str
    html: Markup = _EMPTY
    buttons: tuple[str, ...] = ()
    hint: str = ""


def pieces(blocks: Iterable[Mapping[str, Any]]) -> tuple[Piece, ...]:
    """Draw the blocks that warnings and their modals are made of."""
    return tuple(_piece(block) for block in blocks)


def html_of(mrkdwn: str) -> Markup:
    """Draw Slack's markup: quotations, bold, italic, links and mentions (which lead nowhere here)."""
    drawn = []
    for line in mrkdwn.split("\n"):
        quoted = line.startswith("> ")
        inside = _line(line[2:] if quoted else line)
        drawn.append(
            Markup("<blockquote>{}</blockquote>").format(inside) if quoted else Markup("{}<br>").format(inside)
        )
    text = Markup().join(drawn)
    return Markup(str(text).removesuffix("<br>").replace("<br><blockquote>", "<blockquote>"))  # noqa: S704 - escaped above


def _piece(block: Mapping[str, Any]) -> Piece:
    kind = str(block["type"])
    if kind == "actions":
        return Piece(kind=kind, buttons=tuple(one["text"]["text"] for one in block["elements"]))
    if kind == "input":
        return Piece(kind=kind, html=escape(block["label"]["text"]), hint=block["hint"]["text"])
    text = block["elements"][0] if kind == "context" else block["text"]
    beside = (block["accessory"]["text"]["text"],) if "accessory" in block else ()
    return Piece(kind=kind, html=html_of(text["text"]), buttons=beside)


def _line(text: str) -> Markup:
    drawn, end = Markup(), 0
    for span in _SPAN.finditer(text):
        drawn += _plain(text[end : span.start()]) + _span(span)
        end = span.end()
    return drawn + _plain(text[end:])


def _span(span: re.Match[str]) -> Markup:
    if span["bold"] is not None:
        return Markup("<strong>{}</strong>").format(_plain(span["bold"]))
    if span["italic"] is not None:
        return Markup("<em>{}</em>").format(_plain(span["italic"]))
    name = CHANNEL_NAME if span["link"] is None else span["link"]
    return Markup('<span class="slack-link">{}</span>').format(_plain(name))


def _plain(text: str) -> Markup:
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    return escape(text)
