"""The form of a negotiation: from what was typed to data under the keys of negotiations.toml, and to a copy's name."""

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData

from messages import Matter
from service.console.plan_forms import read_number
from service.negotiations.facts import FactError

# Many people in a team make many fields; the request's size is bounded before.
_MOST_FIELDS = 20_000
_PEOPLE = ("team", "sponsors", "superiors")
_LINES = ("finance", "topics", "counterparties")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

EMPTY: Mapping[str, Any] = {
    "name": "",
    "lead": "",
    "counterparties": [],
    "team": [],
    "sponsors": [],
    "superiors": [],
    "former": [],
    "phase": "scouting",
    "from": None,
    "to": None,
    "blackout": [],
    "authority": [],
    "finance": [],
    "topics": [],
    "two_needed": False,
}


async def read_form(request: Request) -> FormData:
    """Read a form of many fields."""
    return await request.form(max_fields=_MOST_FIELDS)


TheForm = Annotated[FormData, Depends(read_form)]


def data_of(form: FormData) -> dict[str, Any]:
    """Return what was typed as data. Who is in it is in the data only where the form had it; nothing published is."""
    data: dict[str, Any] = {
        "name": text_in(form, "name"),
        "phase": text_in(form, "phase"),
        "from": text_in(form, "from") or None,
        "to": text_in(form, "to") or None,
        "two_needed": bool(text_in(form, "two_needed")),
        "blackout": [_blackout(row) for row in _rows(form, "blackout", ("from", "to", "allowed"))],
        "authority": [_authority(row, may) for row, may in _authorities(form)],
        "former": [_without_empty(row) for row in _rows(form, "former", ("person", "until"))],
    }
    if "lead" in form:
        data["lead"] = text_in(form, "lead")
    data |= {key: addresses(texts_in(form, key)) for key in _PEOPLE if key in form}
    data |= {key: _lines(texts_in(form, key)) for key in _LINES if key in form}
    return data


def text_in(form: FormData, name: str) -> str:
    """Return the last text of a name; empty for none."""
    return (texts_in(form, name) or [""])[-1].strip()


def texts_in(form: FormData, name: str) -> list[str]:
    """Return all texts of a name; files are none."""
    return [value for value in form.getlist(name) if isinstance(value, str)]


def addresses(texts: Sequence[str]) -> list[str]:
    """Return addresses that stand apart by white space, comma or semicolon, each once."""
    return list(dict.fromkeys(one for text in texts for one in re.split(r"[\s,;]+", text) if one))


def number_in(text: str) -> int:
    """Read a version; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def id_in(text: str) -> uuid.UUID | None:
    """Read an id; None for anything else."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def next_name(name: str) -> str:
    """Suggest what a copy is called: the years in the name one later, or `copy` behind it."""
    later = _YEAR.sub(lambda year: str(int(year[0]) + 1), name)
    return later if later != name else f"{name} (copy)"


def _lines(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(line.strip() for text in texts for line in text.splitlines() if line.strip()))


def _rows(form: FormData, name: str, keys: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of a list, in the order of their numbers; rows in which nothing was typed are left out."""
    for number in _numbers(form, name):
        row = {key: text_in(form, f"{name}-{number}-{key}") for key in keys}
        if any(row.values()):
            yield row


def _authorities(form: FormData) -> Iterator[tuple[dict[str, str], list[str]]]:
    for number in _numbers(form, "authority"):
        row = {key: text_in(form, f"authority-{number}-{key}") for key in ("person", "price", "currency")}
        may = texts_in(form, f"authority-{number}-may")
        # A currency alone is what an empty row begins with.
        if row["person"] or row["price"] or may:
            yield row, may


def _numbers(form: FormData, name: str) -> list[int]:
    found = (re.fullmatch(rf"{name}-([0-9]{{1,5}})-[a-z]+", key) for key in form)
    return sorted({int(one[1]) for one in found if one})


def _blackout(row: Mapping[str, str]) -> dict[str, Any]:
    return {**_without_empty({"from": row["from"], "to": row["to"]}), "allowed": addresses([row["allowed"]])}


def _authority(row: Mapping[str, str], may: Sequence[str]) -> dict[str, Any]:
    data: dict[str, Any] = {"person": row["person"], "currency": row["currency"] or "EUR"}
    if row["price"]:
        data["price"] = _amount(row["price"])
        may = [*may, *([] if Matter.PRICE in may else [Matter.PRICE.value])]
    return {**data, "may": list(may)}


def _amount(text: str) -> float | str:
    """Read an amount; what is none, or can be read in two ways, is left as it is, and refused by who checks it."""
    try:
        return read_number("price", text)
    except FactError:
        return text


def _without_empty(row: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in row.items() if value}
