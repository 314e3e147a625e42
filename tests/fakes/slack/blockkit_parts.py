"""Block Kit's limits for what stands in a block: texts, options, confirmations and the elements people act on.

Each function gives sentences that begin with the place of what is wrong ("blocks[2].text: …"). Sources:
docs.slack.dev/reference/block-kit/block-elements and /composition-objects.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Found = Iterator[str]
Part = Mapping[str, Any]

LONGEST_ID = 255
LONGEST_URL = 3000
MOST_OPTIONS = 100


def text(value: Any, place: str, most: int, *, plain: bool = False) -> Found:
    """A text object of at most `most` characters; `plain` when mrkdwn is not allowed."""
    if not isinstance(value, Mapping):
        yield f"{place}: must be a text object"
        return
    kind, said = value.get("type"), value.get("text")
    if kind not in {"plain_text", "plain_text" if plain else "mrkdwn"}:
        yield f"{place}: must be {'plain_text' if plain else 'plain_text or mrkdwn'}"
    if not isinstance(said, str) or not said:
        yield f"{place}: must have text of at least 1 character"
    elif len(said) > most:
        yield f"{place}: must be at most {most} characters, has {len(said)}"
    if kind == "mrkdwn" and "emoji" in value:
        yield f"{place}: emoji is for plain_text only"
    if kind == "plain_text" and "verbatim" in value:
        yield f"{place}: verbatim is for mrkdwn only"
    yield from unknown(value, place, ("type", "text", "emoji", "verbatim"))


def string(value: Any, place: str, most: int, *, needed: bool = False) -> Found:
    """A string of at most `most` characters; may be missing unless `needed`."""
    if value is None and not needed:
        return
    if not isinstance(value, str) or (needed and not value):
        yield f"{place}: must be a string{' of at least 1 character' if needed else ''}"
    elif len(value) > most:
        yield f"{place}: must be at most {most} characters, has {len(value)}"


def unknown(part: Part, place: str, known: tuple[str, ...]) -> Found:
    """Keys that are not Slack's are refused by it, too."""
    for key in part:
        if key not in known:
            yield f"{place}: {key} is not allowed"


def items(value: Any, place: str, most: int, *, least: int = 1) -> Found:
    """A list of `least` to `most` things."""
    if not isinstance(value, list):
        yield f"{place}: must be a list"
    elif not least <= len(value) <= most:
        yield f"{place}: must have {least} to {most} items, has {len(value)}"


def confirm(value: Any, place: str) -> Found:
    """A confirmation dialog."""
    if value is None:
        return
    if not isinstance(value, Mapping):
        yield f"{place}: must be a confirmation object"
        return
    yield from text(value.get("title"), f"{place}.title", 100, plain=True)
    yield from text(value.get("text"), f"{place}.text", 300)
    yield from text(value.get("confirm"), f"{place}.confirm", 30, plain=True)
    yield from text(value.get("deny"), f"{place}.deny", 30, plain=True)
    yield from style(value, place)


def style(part: Part, place: str) -> Found:
    """Primary or danger, or nothing."""
    if "style" in part and part["style"] not in ("primary", "danger"):
        yield f"{place}.style: must be primary or danger"


def option(value: Any, place: str, *, plain: bool, described: bool = True) -> Found:
    """One of several things to choose from. `plain` when its text may not be mrkdwn."""
    if not isinstance(value, Mapping):
        yield f"{place}: must be an option"
        return
    yield from text(value.get("text"), f"{place}.text", 75, plain=plain)
    yield from string(value.get("value"), f"{place}.value", 150, needed=True)
    if "description" in value and described:
        yield from text(value["description"], f"{place}.description", 75, plain=plain)
    yield from string(value.get("url"), f"{place}.url", LONGEST_URL)
    yield from unknown(value, place, ("text", "value", "description", "url"))


def options(part: Part, place: str, most: int, *, least: int = 1, plain: bool = True) -> Found:
    """The options of an element, and that what is chosen at first is one of them."""
    given = part.get("options")
    yield from items(given, f"{place}.options", most, least=least)
    if not isinstance(given, list):
        return
    for number, one in enumerate(given):
        yield from option(one, f"{place}.options[{number}]", plain=plain)
    yield from chosen(part, place, given)


def chosen(part: Part, place: str, given: list[Any]) -> Found:
    """What is chosen at first must be, word for word, one of the options."""
    first = part.get("initial_options", [part["initial_option"]] if "initial_option" in part else [])
    if "initial_options" in part and not first:
        yield f"{place}.initial_options: must not be empty"
    for one in first if isinstance(first, list) else [first]:
        if one not in given:
            yield f"{place}: what is chosen at first must be one of the options"
    values = [one.get("value") for one in given if isinstance(one, Mapping)]
    if len(set(values)) < len(values):
        yield f"{place}.options: two have the same value"


def button(part: Part, place: str) -> Found:
    yield from text(part.get("text"), f"{place}.text", 75, plain=True)
    yield from string(part.get("value"), f"{place}.value", 2000)
    yield from string(part.get("url"), f"{place}.url", LONGEST_URL)
    yield from string(part.get("accessibility_label"), f"{place}.accessibility_label", 75)
    yield from style(part, place)
    known = ("type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label")
    yield from unknown(part, place, known)


def select(part: Part, place: str) -> Found:
    if "option_groups" in part:
        yield from _groups(part, place)
    else:
        yield from options(part, place, MOST_OPTIONS)
    yield from placeholder(part, place)


def _groups(part: Part, place: str) -> Found:
    groups = part["option_groups"]
    yield from items(groups, f"{place}.option_groups", MOST_OPTIONS)
    if "options" in part:
        yield f"{place}: has options and option_groups"
    for number, group in enumerate(groups if isinstance(groups, list) else []):
        yield from text(group.get("label"), f"{place}.option_groups[{number}].label", 75, plain=True)
        yield from options(group, f"{place}.option_groups[{number}]", MOST_OPTIONS)


def choices(part: Part, place: str) -> Found:
    """Radio buttons and checkboxes."""
    yield from options(part, place, 10, plain=False)


def overflow(part: Part, place: str) -> Found:
    yield from options(part, place, 5)


def placeholder(part: Part, place: str) -> Found:
    if "placeholder" in part:
        yield from text(part["placeholder"], f"{place}.placeholder", 150, plain=True)


def text_input(part: Part, place: str) -> Found:
    yield from placeholder(part, place)
    least, most = part.get("min_length", 0), part.get("max_length", 3000)
    if not isinstance(least, int) or not 0 <= least <= 3000:
        yield f"{place}.min_length: must be from 0 to 3000"
    if not isinstance(most, int) or not 1 <= most <= 3000:
        yield f"{place}.max_length: must be from 1 to 3000"
    elif isinstance(least, int) and least > most:
        yield f"{place}: min_length is more than max_length"
    yield from string(part.get("initial_value"), f"{place}.initial_value", 3000)


def number_input(part: Part, place: str) -> Found:
    yield from placeholder(part, place)
    if not isinstance(part.get("is_decimal_allowed"), bool):
        yield f"{place}.is_decimal_allowed: must be given"


def image(part: Part, place: str) -> Found:
    if "slack_file" not in part:
        yield from string(part.get("image_url"), f"{place}.image_url", LONGEST_URL, needed=True)
    yield from string(part.get("alt_text"), f"{place}.alt_text", 2000, needed=True)


PICKERS = tuple(
    f"{many}{what}_select" for many in ("", "multi_") for what in ("users", "channels", "conversations", "external")
)
# Each element, how it is checked, and where it may stand: a section's side, an actions row, an input.
ELEMENTS: dict[str, tuple[Callable[[Part, str], Found], frozenset[str]]] = {
    "button": (button, frozenset({"section", "actions"})),
    "overflow": (overflow, frozenset({"section", "actions"})),
    "static_select": (select, frozenset({"section", "actions", "input"})),
    "multi_static_select": (select, frozenset({"section", "actions", "input"})),
    "radio_buttons": (choices, frozenset({"section", "actions", "input"})),
    "checkboxes": (choices, frozenset({"section", "actions", "input"})),
    "datepicker": (placeholder, frozenset({"section", "actions", "input"})),
    "timepicker": (placeholder, frozenset({"section", "actions", "input"})),
    "datetimepicker": (placeholder, frozenset({"actions", "input"})),
    "plain_text_input": (text_input, frozenset({"input"})),
    "email_text_input": (placeholder, frozenset({"input"})),
    "url_text_input": (placeholder, frozenset({"input"})),
    "number_input": (number_input, frozenset({"input"})),
    "rich_text_input": (placeholder, frozenset({"input"})),
    "file_input": (placeholder, frozenset({"input"})),
    "image": (image, frozenset({"section"})),
} | {name: (placeholder, frozenset({"section", "actions", "input"})) for name in PICKERS}


def element(value: Any, place: str, where: str) -> Found:
    """Something to act on, that stands in a block of the type `where`."""
    if not isinstance(value, Mapping):
        yield f"{place}: must be an element"
        return
    check, places = ELEMENTS.get(str(value.get("type")), (None, frozenset()))
    if check is None:
        yield f"{place}: {value.get('type')} is no element"
        return
    if where not in places:
        yield f"{place}: {value['type']} may not stand in {where}"
    yield from check(value, place)
    if value["type"] != "image":
        yield from string(value.get("action_id"), f"{place}.action_id", LONGEST_ID)
        yield from confirm(value.get("confirm"), f"{place}.confirm")
