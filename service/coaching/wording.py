"""What App Home, the course and reminders say: data in `words/`, a file for each language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from service.coaching.course import Language
from service.slack.wording import Markup, escape


def say(language: str, name: str, /, **values: object) -> str:
    """Return a text as mrkdwn; values are escaped, unless they are markup of our own making."""
    shown = {key: value if isinstance(value, Markup) else escape(str(value)) for key, value in values.items()}
    return texts(language)[name].format(**shown)


def plain(language: str, name: str, /, **values: object) -> str:
    """Return a text for a place that takes no markup: a title, a label, a button."""
    return texts(language)[name].format(**values)


@cache
def texts(language: str) -> Mapping[str, str]:
    """Return all texts of a language, by `section.name`; those of English for a language that is not spoken here."""
    spoken = language if language in set(Language) else Language.ENGLISH
    data = tomllib.loads((resources.files("service.coaching") / "words" / f"{spoken}.toml").read_text("utf-8"))
    return {f"{section}.{name}": text.strip() for section, rows in data.items() for name, text in rows.items()}
