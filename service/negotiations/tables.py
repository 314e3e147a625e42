"""One table of a register in data, read strictly: each flaw is told with where it stands and the key.

The data come from a TOML file, the API, the console or the store; days may be dates or ISO text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from messages import Directory, Period
from service.errors import BadRequestError, ConfigurationError, FrontdoorError

LONGEST, LONGEST_TEXT, MOST = 200, 5000, 1000
_UNKEPT = re.compile("[\x00\ud800-\udfff]")
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a flaw is raised as, and how it tells whoever wrote it what to do. `words` are what keys are called."""

    error: type[FrontdoorError]
    no_person: str
    no_firm: str
    no_department: str
    words: Mapping[str, str] = field(default_factory=dict)


FILES = Wording(
    error=ConfigurationError,
    no_person="who is not in people.csv: add a row, or mend the address",
    no_firm="which is not in counterparties.csv: add a row, or mend the name",
    no_department="which is no address and no department of people.csv",
)
HERE = Wording(
    error=BadRequestError,
    no_person="who is not in the directory: add them under People, or mend the address",
    no_firm="which is not in the directory: add the firm under Counterparties, or mend the name",
    no_department="which is no address and no department of anybody in the directory",
    words={
        "from": "the first day",
        "to": "the last day",
        "two_needed": "two needed",
        "former": "who left the team",
        "may": "what they may talk about",
        "price": "the highest price",
        "until": "the last day in the team",
        "allowed": "who may talk",
        "date": "the day",
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of keys, and where it stands; every reader raises the wording's error, naming the key.

    Unless it is `strict`, people and firms that the directory does not know are taken as they are named. Unless it has
    to be `complete`, lead and counterparties may be empty.
    """

    where: str
    data: Mapping[str, Any]
    directory: Directory
    wording: Wording = FILES
    strict: bool = True
    complete: bool = True

    def wrong(self, key: str, what: str) -> FrontdoorError:
        """Make the error for a key."""
        called = self.wording.words.get(key, key)
        return self.wording.error(f"{self.where}: {called} {what}" if self.where else f"{called} {what}")

    def check_keys(self, known: frozenset[str] | set[str]) -> None:
        """Refuse a key that is not known."""
        unknown = sorted(set(self.data) - known)
        if unknown:
            raise self.wording.error(f"{self.where}: {unknown[0]!r} is none of {', '.join(sorted(known))}")

    def text(self, key: str, otherwise: str | None = None, *, longest: int = LONGEST) -> str:
        """Read a text; one that has nothing to stand in for it is needed."""
        value = self.data.get(key, otherwise)
        if not isinstance(value, str) or (otherwise is None and not value.strip()):
            raise self.wrong(key, "must be a text" if str(value or "").strip() else "is needed")
        return self._kept(key, value, longest)

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.wrong(key, "must be a list of texts")
        if len(value) > MOST:
            raise self.wrong(key, f"has more than {MOST} entries")
        return tuple(self._kept(key, one, LONGEST) for one in value)

    def flag(self, key: str) -> bool:
        """Read true or false."""
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, "must be true or false")
        return value

    def day(self, key: str) -> date | None:
        """Read a day that may be left out."""
        value = self.data.get(key)
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                value = key
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        raise self.wrong(key, "must be a day such as 2026-03-31")

    def needed_day(self, key: str) -> date:
        """Read a day."""
        value = self.day(key)
        if value is None:
            raise self.wrong(key, "is needed: a day such as 2026-03-31")
        return value

    def days(self) -> Period:
        """Read the days between `from` and `to`."""
        first, last = self.day("from"), self.day("to")
        if first is not None and last is not None and last < first:
            raise self.wrong("to", f"lies before {self.wording.words.get('from', 'from')} ({first})")
        return Period(first=first, last=last)

    def person(self, key: str) -> str:
        """Read an address of one of ours; returns the one that they are known by."""
        return self.known_person(key, self.text(key))

    def people(self, key: str) -> tuple[str, ...]:
        """Read addresses of ours, each person once."""
        return tuple(dict.fromkeys(self.known_person(key, one) for one in self.texts(key)))

    def known_person(self, key: str, address: str) -> str:
        """Return the address that a person is known by."""
        person = self.directory.person(address)
        if person is not None:
            return person.address
        if self.strict:
            raise self.wrong(key, f"names {address!r}, {self.wording.no_person}")
        return address

    def word(self, key: str, words: type[Word], value: object) -> Word:
        """Read one of several words."""
        if not isinstance(value, str) or value not in {one.value for one in words}:
            raise self.wrong(key, f"must be one of {', '.join(words)}")
        return words(value)

    def tables(self, key: str) -> list["Table"]:
        """Read the tables under a key; each stands at its number."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(key, f"must be tables, each under [[{key}]]")
        if len(value) > MOST:
            raise self.wrong(key, f"has more than {MOST} entries")
        above = f"{self.where}, " if self.where else ""
        called = self.wording.words.get(key, key)
        return [replace(self, where=f"{above}{called} {number}", data=one) for number, one in enumerate(value, start=1)]

    def _kept(self, key: str, text: str, longest: int) -> str:
        if len(text) > longest:
            raise self.wrong(key, f"is longer than {longest} characters")
        if _UNKEPT.search(text):
            raise self.wrong(key, "has a character in it that can't be kept")
        return text.strip()
