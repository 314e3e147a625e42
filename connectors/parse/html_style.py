"""What can be seen of an HTML element: hidden text is none of the message."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from connectors.parse.html_sheets import NO_SHEETS, Sheets

_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;]*)")
_ZERO = re.compile(r"(?:0+(?:\.0*)?|\.0+)(?:px|pt|em|rem|%|in|cm|mm|ex)?$")
_SPECK = re.compile(r"[01](?:\.\d*)?(?:px|pt)$")
# What stands in quotes or is a comment declares nothing.
_SET_APART = re.compile(r"""/\*.*?\*/|"[^"]*"|'[^']*'""", re.DOTALL)
_FAR_AWAY = re.compile(r"-\d{3,}")
_CLIPPED = re.compile(r"rect\((?:\s*[01](?:px)?[\s,]*){4}\)|inset\((?:50|100)%")
_SCALED_AWAY = re.compile(r"scale[xy]?\(\s*0*(?:\.0*)?\s*[,)]")
_NO_FONT = re.compile(r"(?:\A|\s)0*(?:\.0*)?(?:px|pt|em|%)?(?:/|\s)")
_FAINT = re.compile(r"0*\.0\d*$")
_CLEAR = re.compile(r"transparent|(?:rgb|hsl)a?\([^)]*[,/]\s*0*(?:\.0*)?%?\s*\)|#(?:[0-9a-f]{6}00|[0-9a-f]{3}0)$")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})")
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})")
_NAMES = {
    "aqua": "#00ffff", "black": "#000000", "blue": "#0000ff", "cyan": "#00ffff", "fuchsia": "#ff00ff",
    "ghostwhite": "#f8f8ff", "gray": "#808080", "green": "#008000", "grey": "#808080", "ivory": "#fffff0",
    "lime": "#00ff00", "magenta": "#ff00ff", "maroon": "#800000", "navy": "#000080", "olive": "#808000",
    "orange": "#ffa500", "purple": "#800080", "red": "#ff0000", "silver": "#c0c0c0", "snow": "#fffafa",
    "teal": "#008080", "white": "#ffffff", "whitesmoke": "#f5f5f5", "yellow": "#ffff00",
}  # fmt: skip
_TRANSPARENT = "transparent"
# In each of red, green and blue: nobody reads such a shade on the other.
_HARDLY_DIFFERENT = 15
_EDGES = ("left", "top", "right", "bottom")
# Never shown as text, whatever their style.
_UNSEEN = frozenset({"audio", "canvas", "datalist", "object", "select", "svg", "template", "video"})
_KEPT_SPACE = frozenset({"pre", "pre-wrap", "pre-line", "break-spaces"})
_COLOR_ATTRIBUTES = frozenset({"bgcolor", "color", "text"})
_MAX_STYLE = 4_096


class Look(NamedTuple):
    """How text inside an element looks; what CSS inherits is inherited by passing it on.

    `color` and `ground` are `#rrggbb`, empty when unknown: text is hidden only in a colour that was chosen for it.
    A `color` may be "transparent".
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
        return self.gone or self.invisible or self.tiny or (bool(self.color) and _is_unseen_on(self.color, self.ground))


PAGE = Look()


def style_of(attributes: Mapping[str, str]) -> Mapping[str, str]:
    """Split a style attribute into its declarations, all in lower case; the last of a name counts."""
    style = _SET_APART.sub("", attributes.get("style", "")[:_MAX_STYLE].lower())
    return {name: value.replace("!important", "").strip() for name, value in _DECLARATION.findall(style)}


def look_inside(
    look: Look, name: str, attributes: Mapping[str, str], style: Mapping[str, str], sheets: Sheets = NO_SHEETS
) -> Look:
    """Return how text looks inside an element that stands where `look` holds, in a mail with these style sheets."""
    if name in _UNSEEN or "hidden" in attributes or sheets.hide(name, attributes):
        return look._replace(gone=True)
    if _is_collapsed(style) and not sheets.show(name, attributes):
        return look._replace(gone=True)
    if name in {"pre", "listing"}:
        look = look._replace(preformatted=True)
    if not style and _COLOR_ATTRIBUTES.isdisjoint(attributes):
        return look
    if "visibility" in style:
        look = look._replace(invisible=style["visibility"] in {"hidden", "collapse"})
    if "font-size" in style:
        look = look._replace(tiny=bool(_ZERO.match(style["font-size"]) or _SPECK.match(style["font-size"])))
    elif "font" in style:
        look = look._replace(tiny=_NO_FONT.search(style["font"]) is not None)
    if "white-space" in style:
        look = look._replace(preformatted=style["white-space"] in _KEPT_SPACE)
    return _coloured(look, attributes, style)


def _is_collapsed(style: Mapping[str, str]) -> bool:
    if not style:
        return False
    if style.get("display") == "none" or _is_zero(style, "opacity") or _FAINT.match(style.get("opacity", "")):
        return True
    clipped = style.get("overflow", "").startswith("hidden")
    return (clipped and any(_is_zero(style, one) for one in ("height", "max-height", "width", "max-width"))) or (
        _is_elsewhere(style)
    )


def _is_elsewhere(style: Mapping[str, str]) -> bool:
    """Tell what is moved out of the page, cut away or made small beyond sight."""
    moved = style.get("position") in {"absolute", "fixed"} and any(
        _FAR_AWAY.match(style.get(edge, "")) for edge in _EDGES
    )
    clip = style.get("clip", "") + style.get("clip-path", "")
    return bool(
        moved
        or _FAR_AWAY.match(style.get("text-indent", ""))
        or _CLIPPED.search(clip)
        or _SCALED_AWAY.search(style.get("transform", ""))
    )


def _is_zero(style: Mapping[str, str], name: str) -> bool:
    return name in style and _ZERO.match(style[name]) is not None


def _coloured(look: Look, attributes: Mapping[str, str], style: Mapping[str, str]) -> Look:
    color = style.get("color", attributes.get("color", attributes.get("text", "")))
    ground = style.get("background-color", style.get("background", attributes.get("bgcolor", "")))
    if color and color not in {"inherit", "currentcolor"}:
        look = look._replace(color=_color(color))
    if ground and ground not in {"inherit", "none", "initial"} and (shown := _color(ground)) != _TRANSPARENT:
        look = look._replace(ground=shown)
    return look


@lru_cache(maxsize=1024)
def _is_unseen_on(color: str, ground: str) -> bool:
    """Tell whether a colour can't be told from the ground under it, both `#rrggbb` or not known."""
    if color == _TRANSPARENT:
        return True
    if not ground.startswith("#"):
        return False
    pairs = zip(bytes.fromhex(color[1:]), bytes.fromhex(ground[1:]), strict=True)
    return all(abs(one - other) <= _HARDLY_DIFFERENT for one, other in pairs)


def _color(value: str) -> str:
    """Return a colour as `#rrggbb`; empty for pictures, gradients and names that are not nearly white or black."""
    value = value.strip().lower()
    if "url(" in value or "gradient" in value:
        return ""
    if _CLEAR.search(value):
        return _TRANSPARENT
    if match := _RGB.search(value):
        return "#" + "".join(f"{min(int(one), 255):02x}" for one in match.groups())
    if match := _HEX.search(value if value.startswith("#") else f"#{value}" if len(value) == 6 else value):
        digits = match[1]
        return "#" + (digits if len(digits) == 6 else "".join(one * 2 for one in digits))
    return _NAMES.get(value.partition(" ")[0], "")
