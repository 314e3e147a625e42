"""HTML cut into tags and text, in one pass however hostile it is.

A tree builder that follows the standard is quadratic by the standard: 20 kB of unclosed `<b a=1><b a=2>…` and `<p>`
make it build millions of nodes. Text and quotations need no tree.
"""

import html
import re
from collections.abc import Iterator, Mapping
from itertools import islice

# By the standard a quote counts only behind an equals sign; one without its twin counts for nothing here.
_TAG = re.compile(
    r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)*+)>""",
)
_ATTRIBUTE = re.compile(
    r"""(?:\A|(?<=[\s/"']))([^\s/>="']++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]++)))?+""",
)
_COMMENT_END = re.compile(r"--!?>")
_ATTRIBUTES = 100
_RAW_END = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
}


def tokens(markup: str) -> Iterator[tuple[str, str]]:
    """Yield ("", text), ("name", raw attributes) for a start tag and ("/name", "") for an end tag; names in lower case.

    Comments, declarations and the content of scripts and their like are left out. Text is still escaped.
    """
    at = 0
    while (tag := markup.find("<", at)) >= 0:
        if tag > at:
            yield "", markup[at:tag]
        match = _TAG.match(markup, tag)
        if match is None:
            at = _after_other(markup, tag)
            if at == tag + 1:
                yield "", "<"
            continue
        at, name = match.end(), match[2].lower()
        if match[1]:
            yield f"/{name}", ""
            continue
        yield name, match[3]
        if name in _RAW_END:
            end = _RAW_END[name].search(markup, at)
            at = end.start() if end else len(markup)
    if at < len(markup):
        yield "", markup[at:]


def attributes(raw: str) -> Mapping[str, str]:
    """Read the attributes of a start tag: names in lower case, values unescaped, the first of a name counts."""
    if not raw or raw.isspace():
        return {}
    found: dict[str, str] = {}
    for match in islice(_ATTRIBUTE.finditer(raw), _ATTRIBUTES):
        found.setdefault(match[1].lower(), unescape(match[2] or match[3] or match[4] or ""))
    return found


def unescape(text: str) -> str:
    """Replace character references; a text with one that no program could mean is returned as it is."""
    if "&" not in text:
        return text
    try:
        return html.unescape(text)
    except ValueError:  # a reference of more than 4,300 digits
        return text


def _after_other(markup: str, tag: int) -> int:
    """Return where to go on behind a `<` that begins no complete tag; one further when it is mere text."""
    if markup.startswith("<!--", tag):
        if markup.startswith((">", "->"), tag + 4):
            return markup.index(">", tag) + 1
        end = _COMMENT_END.search(markup, tag + 4)
        return end.end() if end else len(markup)
    following = markup[tag + 1 : tag + 2]
    if following in {"!", "?", "/"}:
        close = markup.find(">", tag)
        return close + 1 if close >= 0 else len(markup)
    if following.isascii() and following.isalpha():
        return len(markup)  # a tag that never ends takes the rest with it, as in every browser
    return tag + 1
