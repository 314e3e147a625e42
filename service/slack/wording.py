"""What the app says to people who press, report or ask: data in `wording/`, a file for each language it speaks."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from service.warnings.wording import LANGUAGES, cut, escape, load_wording

__all__ = ["LANGUAGES", "Markup", "cut", "escape", "labels_in_words", "link", "plain", "quoted", "say", "texts"]


class Markup(str):
    """Text that is Slack markup of our own making (a link, a mention): it goes into a text as it is."""

    __slots__ = ()


def say(language: str, name: str, /, **values: object) -> str:
    """Return a text as mrkdwn; values are words of somebody's, and can't become a mention or a link.

    `name` is `section.name` of the data. A language that is not spoken here gets English.
    """
    shown = {key: value if isinstance(value, Markup) else escape(str(value)) for key, value in values.items()}
    return texts(language)[name].format(**shown)


def plain(language: str, name: str, /, **values: object) -> str:
    """Return a text for a place that takes no markup: a title, a label, a button."""
    return texts(language)[name].format(**values)


def quoted(text: str, *, most: int = 300) -> Markup:
    """Return words of somebody's as a quotation of one line and at most `most` characters."""
    return Markup(f">{escape(cut(text, most))}")


def link(url: str, words: str) -> Markup:
    """Return a link with these words, or the words alone where there is no address."""
    return Markup(f"<{url}|{escape(words)}>" if url else escape(words))


@cache
def texts(language: str) -> Mapping[str, str]:
    """Return all texts of a language, by `section.name`; those of English for a language that is not spoken here."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    data = tomllib.loads((resources.files("service.slack") / "wording" / f"{spoken}.toml").read_text("utf-8"))
    return {f"{section}.{name}": text.strip() for section, rows in data.items() for name, text in rows.items()}


def labels_in_words(language: str, labels: Iterable[str]) -> str:
    """Name labels as people say them, apart by commas; one without a name goes by its own."""
    words = load_wording()
    names = (f"labels.{label}" for label in labels)
    return ", ".join(words.text(language, one) if words.has(one) else one.partition(".")[2] for one in names)
