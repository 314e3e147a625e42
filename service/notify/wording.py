"""What is said in procurement's channel: data in `wording/`, a file for each language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

LANGUAGES = ("en", "de")


def say(language: str, name: str, /, **values: object) -> str:
    """Return a text, `section.name` of the data, with its placeholders filled; values are escaped already."""
    return texts(language)[name].format(**values)


def counted(language: str, name: str, count: int, /, **values: object) -> str:
    """Return a text about so many: `NAME_one` or `NAME_many`."""
    return say(language, f"{name}_{'one' if count == 1 else 'many'}", count=count, **values)


def title(language: str, section: str, name: str) -> str:
    """Call a label, a severity and the like by its title; one that has none is called by itself."""
    return texts(language).get(f"{section}.{name}") or name.replace("_", " ").capitalize()


def inline(language: str, section: str, name: str) -> str:
    """Call something by its title as it stands within a sentence: in English small."""
    word = title(language, section, name)
    return word.lower() if language == "en" else word


@cache
def texts(language: str) -> Mapping[str, str]:
    """Return all texts of a language by `section.name`."""
    data = tomllib.loads((resources.files("service.notify") / "wording" / f"{language}.toml").read_text("utf-8"))
    return {f"{section}.{name}": text for section, rows in data.items() for name, text in rows.items()}
