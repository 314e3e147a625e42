"""What can be seen of an HTML element: hidden text is none of the message."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;]*)")
_ZERO = re.compile(r"(?:0+(?:\.0*)?|\.0+)(?:px|pt|em|rem|%|in|cm|mm|ex)?$")
_SPECK = re.compile(r"[01](?:\.\d*)?(?:px|pt)$")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*\)")
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})")
_NAMES = {"white": "#ffffff", "black": "#000000", "snow": "#fffafa", "ivory": "#fffff0", "whitesmoke": "#f5f5f5"}
# Never shown as text, whatever their style.
_UNSEEN = frozenset({"audio", "canvas", "datalist", "object", "select", "svg", "template", "video"})
_KEPT_SPACE = frozenset({"pre", "pre-wrap", "pre-line", "break-spaces"})
_COLOR_ATTRIBUTES = frozenset({"bgcolor", "color", "text"})
_MAX_STYLE = 4_096


class Look(NamedTuple):
    """How text inside an element looks; what CSS inherits is inherited by passing it on.

    `color` and `ground` are `#rrggbb`, empty when unknown: text is hidden only in a colour that was chosen for it.
    """

    gone: bool = False
    invisible: bool = False
    tiny: bool = False
    color: str = ""
    ground: str = "#ffffff"
    preformatted: bool = False

    @property
    def hidden(self) -> bool:
        """Whether a reader would not see text here."""
        return self.gone or self.invisible or self.tiny or (bool(self.color) and self.color == self.ground)


PAGE = Look()


def style_of(attributes: Mapping[str, str]) -> Mapping[str, str]:
    """Split a style attribute into its declarations, all in lower case; the last of a name counts."""
    style = attributes.get("style", "")[:_MAX_STYLE].lower()
    return {name: value.replace("!important", "").strip() for name, value in _DECLARATION.findall(style)}


def look_inside(look: Look, name: str, attributes: Mapping[str, str], style: Mapping[str, str]) -> Look:
    """Return how text looks inside an element that stands where `look` holds."""
    if name in _UNSEEN or "hidden" in attributes or _is_collapsed(style):
        return look._replace(gone=True)
    if name in {"pre", "listing"}:
        look = look._replace(preformatted=True)
    if not style and _COLOR_ATTRIBUTES.isdisjoint(attributes):
        return look
    if "visibility" in style:
        look = look._replace(invisible=style["visibility"] in {"hidden", "collapse"})
    if "font-size" in style:
        look = look._replace(tiny=bool(_ZERO.match(style["font-size"]) or _SPECK.match(style["font-size"])))
    if "white-space" in style:
        look = look._replace(preformatted=style["white-space"] in _KEPT_SPACE)
    return _coloured(look, attributes, style)


def _is_collapsed(style: Mapping[str, str]) -> bool:
    if not style:
        return False
    if style.get("display") == "none" or _is_zero(style, "opacity"):
        return True
    clipped = style.get("overflow", "").startswith("hidden")
    return clipped and any(_is_zero(style, one) for one in ("height", "max-height", "width", "max-width"))


def _is_zero(style: Mapping[str, str], name: str) -> bool:
    return name in style and _ZERO.match(style[name]) is not None


def _coloured(look: Look, attributes: Mapping[str, str], style: Mapping[str, str]) -> Look:
    color = style.get("color", attributes.get("color", attributes.get("text", "")))
    ground = style.get("background-color", style.get("background", attributes.get("bgcolor", "")))
    if color and color not in {"inherit", "currentcolor"}:
        look = look._replace(color=_color(color))
    if ground and ground not in {"inherit", "none", "transparent", "initial"}:
        look = look._replace(ground=_color(ground))
    return look


def _color(value: str) -> str:
    """Return a colour as `#rrggbb`; empty for pictures, gradients and names that are not nearly white or black."""
    value = value.strip().lower()
    if "url(" in value or "gradient" in value:
        return ""
    if match := _RGB.search(value):
        return "#" + "".join(f"{min(int(one), 255):02x}" for one in match.groups())
    if match := _HEX.search(value if value.startswith("#") else f"#{value}" if len(value) == 6 else value):
        digits = match[1]
        return "#" + (digits if len(digits) == 6 else "".join(one * 2 for one in digits))
    return _NAMES.get(value.partition(" ")[0], "")
