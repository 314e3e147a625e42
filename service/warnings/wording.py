"""The words of warnings, as data: those that ship, in each language, and what a company puts in their place.

A text is named by its tables and key, joined by dots: `author.budget.headline`. Its placeholders, such as
`{counterparty}`, are filled with values that are escaped for Slack, so that nobody's name becomes a mention or a link.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from string import Formatter

from service.errors import ConfigurationError
from service.settings import SlackSource

LANGUAGES = ("en", "de")

# Block Kit's limits of what a text ends up in, by the end of its name; the shorter ones leave room for placeholders.
_LIMITS = (
    (("modal.title", "modal.submit", "modal.close"), 24),
    (("buttons.", "frame.link"), 40),
    (("labels.",), 40),
    (("headline",), 150),
    (("lesson",), 200),
    (("",), 600),
)
_LONGEST_VALUE = 200
# Signs that nobody sees, halves of such that no store takes, and those that turn the direction of the text behind them,
# ours included.
_UNSEEN = re.compile("[\ud800-\udfff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """All texts: language to name to text."""

    texts: Mapping[str, Mapping[str, str]]

    def text(self, language: str, name: str, **values: str) -> str:
        """Return a text with its placeholders filled; the values are escaped and, where they are long, cut.

        A language that is not spoken here is answered in English. Raises KeyError for a text or value that is missing.
        """
        text = self.texts.get(language, self.texts[LANGUAGES[0]])[name]
        return text.format(**{key: escape(cut(value, _LONGEST_VALUE)) for key, value in values.items()})

    def has(self, name: str) -> bool:
        """Tell whether there is such a text."""
        return name in self.texts[LANGUAGES[0]]


def escape(text: str) -> str:
    """Make a text show as it is in Slack's markup: no mention, no link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, longest: int) -> str:
    """Put a text on one line and shorten it to `longest` characters, at a word's end where there is one near.

    Signs that nobody sees are left out: they would turn the direction of our own words behind them.
    """
    line = " ".join(_UNSEEN.sub("", text).split())
    if len(line) <= longest:
        return line
    head = line[: longest - 1]
    whole = head.rpartition(" ")[0]
    return (whole if len(whole) > longest // 2 else head) + "…"


def wording_of(source: SlackSource) -> Wording:
    """Return the words that a source's people are spoken to with. Raises ConfigurationError for a file of theirs."""
    return load_wording(source.wording)


def text_of(source: SlackSource, language: str, name: str, **values: str) -> str:
    """Return one text, as `Wording.text` does."""
    return wording_of(source).text(language, name, **values)


@lru_cache(maxsize=16)
def load_wording(path: Path | None = None) -> Wording:
    """Read the texts that ship, and put those of a company's file in their place.

    The file has a table for each language with the same tables and keys within as the files that ship; it needs only
    what it changes. Raises ConfigurationError that names the key to mend.
    """
    shipped = {language: _shipped(language) for language in LANGUAGES}
    if path is None:
        return Wording(texts=shipped)
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"the wording {path} can't be read") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"the wording {path} is not TOML: {error}") from error
    for language, texts in data.items():
        if language not in LANGUAGES or not isinstance(texts, dict):
            raise ConfigurationError(f"the wording {path}: {language!r} is none of {', '.join(LANGUAGES)}")
        for name, text in _flat(texts):
            _check(name, text, shipped[language], where=f"the wording {path}: {language}.{name}")
            shipped[language][name] = str(text)
    return Wording(texts=shipped)


def _shipped(language: str) -> dict[str, str]:
    file = resources.files("service.warnings") / "wording" / f"{language}.toml"
    return {name: str(text) for name, text in _flat(tomllib.loads(file.read_text("utf-8")))}


def _flat(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def _check(name: str, text: object, known: Mapping[str, str], *, where: str) -> None:
    if name not in known:
        raise ConfigurationError(f"{where}: there is no such text")
    if not isinstance(text, str) or not text.strip():
        raise ConfigurationError(f"{where} must be a text")
    try:
        given = placeholders(text)
    except ValueError as error:
        raise ConfigurationError(f"{where}: a brace that is no placeholder is written twice") from error
    needed = placeholders(known[name])
    if given != needed:
        odd = ", ".join(f"{{{one}}}" for one in sorted(given ^ needed))
        raise ConfigurationError(f"{where}: the placeholders must be those of the text that ships, see {odd}")
    longest = limit_of(name)
    if len(text) > longest:
        raise ConfigurationError(f"{where} is longer than {longest} characters")


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces. Raises ValueError for a text whose braces don't match."""
    found = set[str]()
    for _, field, form, conversion in Formatter().parse(text):
        if field is None:
            continue
        if form or conversion or not field.isidentifier():
            raise ValueError("a placeholder is a name in braces")
        found.add(field)
    return frozenset(found)


def limit_of(name: str) -> int:
    """Return the most characters that a text of this name may have."""
    for parts, longest in _LIMITS:
        if any(name.endswith(part) or name.startswith(part) for part in parts):
            return longest
    raise AssertionError(name)
