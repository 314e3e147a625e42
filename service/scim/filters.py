"""The language of filters and paths (RFC 7644, sections 3.4.2.2 and 3.5.2), read into a small tree.

    filter     = conjunction *("or" conjunction)
    conjunction = term *("and" term)
    term       = "not" "(" filter ")" | "(" filter ")" | attribute "pr" | attribute operator value
               | attribute "[" filter "]" [ "." sub ( "pr" | operator value ) ]
    path       = attribute [ "[" filter "]" [ "." sub ] ]

Length, depth and the number of comparisons are bounded. Reading takes one pass.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from service.scim.errors import InvalidFilterError, InvalidPathError, ScimError

_LONGEST, _DEEPEST, _MOST = 8_000, 32, 200
# One alternative at most fits at any place, and none can match the same text in two ways.
_TOKEN = re.compile(
    r'[ \t]*(?:(?P<mark>[()\[\]])|(?P<text>"(?:[^"\\\x00-\x1f]|\\.)*")|(?P<number>-?[0-9][0-9.eE+-]*)'
    r"|(?P<sub>\.[A-Za-z$][A-Za-z0-9_$-]*)|(?P<word>[A-Za-z$][A-Za-z0-9_$:.-]*))"
)
_NAME = re.compile(r"(?:(?P<schema>urn:[a-z0-9._:-]+):)?(?P<name>[a-z$][a-z0-9_$-]*)(?:\.(?P<sub>[a-z$][a-z0-9_$-]*))?")
_UNKEPT = re.compile("[\x00\ud800-\udfff]")

Operator = Literal["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "pr"]
OPERATORS: frozenset[str] = frozenset({"eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"})
Value = str | bool | float | None


@dataclass(frozen=True, slots=True)
class Attribute:
    """The name of an attribute, in lower case: the schema's URN (or none), the name, the sub-attribute (or none)."""

    schema: str
    name: str
    sub: str = ""


@dataclass(frozen=True, slots=True)
class Compare:
    """An attribute compared with a value; `pr` asks whether there is one."""

    attribute: Attribute
    operator: Operator
    value: Value = None


@dataclass(frozen=True, slots=True)
class Not:
    """What does not match."""

    term: "Filter"


@dataclass(frozen=True, slots=True)
class Both:
    """What matches all of these, or with `either` one of them."""

    terms: tuple["Filter", ...]
    either: bool = False


@dataclass(frozen=True, slots=True)
class Among:
    """What has, among the values of an attribute, one that matches."""

    attribute: Attribute
    term: "Filter"


Filter = Compare | Not | Both | Among


@dataclass(frozen=True, slots=True)
class Path:
    """What an operation is about: an attribute, some of its values, or a part of them."""

    attribute: Attribute
    term: Filter | None = None


def parse_filter(text: str) -> Filter:
    """Read a filter. Raises InvalidFilterError."""
    reader = _Reader(text, InvalidFilterError)
    found = reader.filter(0)
    reader.end()
    return found


def parse_path(text: str) -> Path:
    """Read the path of an operation. Raises InvalidPathError."""
    reader = _Reader(text, InvalidPathError)
    attribute, term = reader.attribute(), None
    if reader.takes("["):
        term = reader.filter(1)
        reader.expect("]")
        attribute = Attribute(attribute.schema, attribute.name, reader.sub())
    reader.end()
    return Path(attribute, term)


class _Reader:
    """The tokens of a text, read from the left."""

    def __init__(self, text: str, error: type[ScimError]) -> None:
        self._error, self._at, self._compared = error, 0, 0
        if len(text) > _LONGEST:
            raise error(f"that is longer than {_LONGEST} characters")
        if _UNKEPT.search(text):
            raise error("that has a character which no stored value can have")
        self._tokens = self._split(text.rstrip(" \t"))

    def filter(self, depth: int) -> Filter:
        return self._joined("or", lambda: self._joined("and", lambda: self._term(depth)))

    def attribute(self) -> Attribute:
        kind, text = self._next()
        match = _NAME.fullmatch(text.lower()) if kind == "word" else None
        if match is None:
            raise self._error("an attribute is expected, such as userName or name.familyName")
        return Attribute(match["schema"] or "", match["name"], match["sub"] or "")

    def sub(self) -> str:
        kind, text = self._peek()
        if kind != "sub":
            return ""
        self._at += 1
        return text[1:].lower()

    def takes(self, mark: str) -> bool:
        if self._peek()[1].lower() != mark:
            return False
        self._at += 1
        return True

    def expect(self, mark: str) -> None:
        if not self.takes(mark):
            raise self._error(f"{mark} is missing")

    def end(self) -> None:
        if self._at < len(self._tokens):
            raise self._error("it goes on where it should have ended")

    def _joined(self, word: str, term: Callable[[], Filter]) -> Filter:
        terms = [term()]
        while self.takes(word):
            terms.append(term())
        return terms[0] if len(terms) == 1 else Both(tuple(terms), either=word == "or")

    def _term(self, depth: int) -> Filter:
        if depth > _DEEPEST:
            raise self._error(f"it is nested deeper than {_DEEPEST} levels")
        negated = self._peek()[1].lower() == "not" and self._tokens[self._at + 1 : self._at + 2] == [("mark", "(")]
        if negated:
            self._at += 1
        if self.takes("("):
            inner = self.filter(depth + 1)
            self.expect(")")
            return Not(inner) if negated else inner
        attribute = self.attribute()
        if not self.takes("["):
            return self._compare(attribute)
        inner = self.filter(depth + 1)
        self.expect("]")
        sub = self.sub()
        # Entra ID asks for `emails[type eq "work"].value eq "…"`: both of the same value.
        if sub:
            inner = Both((inner, self._compare(Attribute("", sub))))
        return Among(attribute, inner)

    def _compare(self, attribute: Attribute) -> Compare:
        self._compared += 1
        if self._compared > _MOST:
            raise self._error(f"it compares more than {_MOST} times")
        operator = self._next()[1].lower()
        if operator == "pr":
            return Compare(attribute, "pr")
        if operator not in OPERATORS:
            raise self._error("an operator is expected: " + ", ".join((*sorted(OPERATORS), "pr")))
        return Compare(attribute, operator, self._value())  # type: ignore[arg-type] # just looked up

    def _value(self) -> Value:
        kind, text = self._next()
        if kind == "word" and text.lower() in {"true", "false", "null"}:
            return {"true": True, "false": False, "null": None}[text.lower()]
        if kind not in {"text", "number"}:
            raise self._error('a value is expected, such as "text", true or null')
        try:
            value = float(text) if kind == "number" else str(json.loads(text))
        except ValueError:
            raise self._error("a value can't be read: texts are written as in JSON") from None
        if isinstance(value, str) and _UNKEPT.search(value):
            raise self._error("a value has a character which no stored value can have")
        return value

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "")

    def _next(self) -> tuple[str, str]:
        token = self._peek()
        self._at += 1
        return token

    def _split(self, text: str) -> list[tuple[str, str]]:
        tokens, at = [], 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                raise self._error("it can't be read")
            tokens.append((str(match.lastgroup), match[str(match.lastgroup)]))
            at = match.end()
        return tokens
