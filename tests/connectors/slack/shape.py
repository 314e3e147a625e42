"""The shape of JSON: which keys there are, of which types; learnt from examples, and held against others."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Path = tuple[str, ...]

# What stands below these is an app's own, or differs from one to the next.
OPEN = frozenset({"blocks", "attachments", "values", "tokens", "metadata", "enterprise_user", "properties"})
# The places where a message stands.
MESSAGES: tuple[Path, ...] = (
    ("event",),
    ("event", "message"),
    ("event", "previous_message"),
    ("event", "root"),
    ("message",),
)
_MESSAGE = ("(message)",)
# Kinds whose event is itself a message.
_TALK = frozenset({"message", "app_mention"})
# Only workspaces of an Enterprise Grid organisation have it, and most recordings come from one.
_GRID = ("enterprise_id",)


def type_of(value: Any) -> str:
    """The name of a value's JSON type."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    names = {dict: "object", list: "array", str: "string", int: "number", float: "number"}
    return names[type(value)]


def paths(value: Any, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every path in a JSON value, the items of a list all at one, with its type."""
    if at:
        yield at, type_of(value)
    if at and at[-1] in OPEN:
        return
    if isinstance(value, dict):
        for key, one in value.items():
            yield from paths(one, (*at, key))
    elif isinstance(value, list):
        for one in value:
            yield from paths(one, (*at, "[]"))


class Shapes:
    """What was recorded of each kind, and of what several kinds have in common."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(int)
        self._types: defaultdict[str, defaultdict[Path, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._always: dict[str, set[Path]] = {}

    def learn(self, kind: str, payload: Mapping[str, Any], *, is_schema: bool) -> None:
        """Note a payload. A schema has all keys there can be, so it tells nothing of what there must be."""
        self._numbers[kind] += 1
        found = set()
        for path, kind_of_value in paths(payload):
            found.add(path)
            for place, inside in _places(kind, path):
                self._types[place][inside].add(kind_of_value)
        if not is_schema:
            self._always[kind] = self._always[kind] & found if kind in self._always else found

    def knows(self, kind: str) -> bool:
        return kind in self._numbers

    def number(self, kind: str) -> int:
        """How many were recorded."""
        return self._numbers[kind]

    def compare(self, kind: str, payloads: Sequence[Mapping[str, Any]]) -> tuple[int, list[str]]:
        """How many keys agree, and what does not."""
        wrong: list[str] = []
        seen: set[Path] = set()
        for payload in payloads:
            found = dict(paths(payload))
            seen |= set(found)
            for path, kind_of_value in found.items():
                allowed = set().union(*(self._types[place][inside] for place, inside in _places(kind, path)))
                if not allowed:
                    wrong.append(f"only in the fake: {'.'.join(path)}")
                elif kind_of_value not in allowed | {"null"} and allowed != {"null"}:
                    wrong.append(f"{'.'.join(path)} is {kind_of_value}, recorded {' or '.join(sorted(allowed))}")
            missing = {path for path in self._always.get(kind, ()) if len(path) < 3} - {*found, _GRID}
            wrong += [f"missing: {'.'.join(path)}" for path in missing]
        return len(seen), sorted(set(wrong))


def _places(kind: str, path: Path) -> Iterator[tuple[str, Path]]:
    """Where a path is known from: its own kind, what is around all events, all messages, all interactions."""
    yield kind, path
    is_event = path[0] == "event"
    if not is_event:
        yield "(around)", path
    for place in MESSAGES:
        if (
            path[: len(place)] == place
            and len(path) > len(place)
            and (not is_event or kind in _TALK or kind.startswith("message."))
        ):
            yield "(messages)", _MESSAGE + path[len(place) :]
