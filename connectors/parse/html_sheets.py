"""Which elements the style sheets of a mail hide, and which they show whatever their own style says."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_OPENING = re.compile(r"<style(?=[\s>])", re.IGNORECASE)
_CLOSING = re.compile(r"</style(?=[\s>])", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DISPLAY = re.compile(r"(?:\A|[\s;])display\s*:\s*([a-z-]+)", re.IGNORECASE)
# A class, an id or a name of elements by itself: what is hidden by anything longer is taken to be seen.
_SIMPLE = re.compile(r"[a-z0-9]*(?:[.#][\w-]+)?", re.IGNORECASE)
_PART = re.compile(r"[.#]?[\w-]+|\*")
_MAX_SHEET = 200_000


class Sheets(NamedTuple):
    """Names of elements (`p`, `.class`, `p.class`, `#id`, `*`): those the sheets hide, and those they show."""

    hiding: frozenset[str]
    showing: frozenset[str]

    def hide(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Whether an element is hidden, wherever it is shown."""
        names = _names(name, attributes) if self.hiding else ()
        return not self.hiding.isdisjoint(names) and self.showing.isdisjoint(names)

    def show(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Whether an element may be shown against its own style: a phone, or a rule that is important, can do so."""
        return bool(self.showing) and not self.showing.isdisjoint(_names(name, attributes))


NO_SHEETS = Sheets(frozenset(), frozenset())


def sheets_of(html: str) -> Sheets:
    """Read the style sheets inside a mail, as far as they hide and show; takes time linear in its length."""
    hiding: set[str] = set()
    showing: set[str] = set()
    for selectors, display, is_conditional in _rules("}".join(_contents(html))[:_MAX_SHEET]):
        if display != "none":
            showing.update(part for one in selectors for part in _PART.findall(one.split(" ")[-1]))
        elif not is_conditional:
            hiding.update(one for one in selectors if _SIMPLE.fullmatch(one))
    return Sheets(frozenset(hiding), frozenset(showing)) if hiding or showing else NO_SHEETS


def _contents(html: str) -> Iterator[str]:
    at = 0
    while (opening := _OPENING.search(html, at)) and (closing := _CLOSING.search(html, opening.end())):
        yield html[opening.end() : closing.start()].partition(">")[2]
        at = closing.end()


def _rules(css: str) -> Iterator[tuple[list[str], str, bool]]:
    """Yield the selectors of each rule that sets the display, what to, and whether only under some condition."""
    depth = 0
    for piece in _COMMENT.sub("", css.lower()).split("}"):
        before, brace, declarations = piece.rpartition("{")
        if not brace:
            depth = max(depth - 1, 0)
            continue
        condition, inner, selector = before.rpartition("{")
        depth += condition.count("{") + bool(inner)
        display = _DISPLAY.findall(declarations)
        if display:
            yield [one.strip() for one in selector.split(",")], display[-1], depth > 0


def _names(name: str, attributes: Mapping[str, str]) -> set[str]:
    classes = attributes.get("class", "").lower().split()
    names = {name, "*", *(f".{one}" for one in classes), *(f"{name}.{one}" for one in classes)}
    return names | {f"#{attributes['id'].strip().lower()}"} if "id" in attributes else names
