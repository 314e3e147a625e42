"""How people, counterparties and their changes are put into words on a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from messages import PersonKind
from service.directory.changes import Change, read_change
from service.directory.models import DirectoryChange, Origin

TITLES = {
    "address": "Address",
    "name": "Name",
    "role": "Role",
    "department": "Department",
    "manager": "Manager",
    "slack_id": "Slack id",
    "slack_team": "Slack team",
    "aliases": "Other addresses",
    "kind": "Kind",
    "members": "Members",
    "away": "Away",
    "deputy": "Deputy",
    "active": "With us",
    "user_name": "Name at the identity provider",
    "external_id": "Id at the identity provider",
    "groups": "Groups",
    "domains": "Domains",
    "owner": "Owner",
    "people": "Other people of theirs",
    "primary_contact": "Primary contact",
    "resellers": "Resellers",
}
_ORIGINS = {
    Origin.FILES: "the configuration's files",
    Origin.IMPORT: "an import",
    Origin.SCIM: "the identity provider",
    Origin.CONSOLE: "the console or API",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field's title and what it was and is, in words; empty for nothing."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """A change in words. `actor`, `origin` and `at` are those of one that was made."""

    name: str
    what: str
    fields: tuple[FieldChange, ...]
    actor: str = ""
    origin: str = ""
    at: datetime | None = None


def line_of(change: Change) -> ChangeLine:
    """Put a change into words."""
    what = "New" if change.is_new else "Deleted" if change.is_gone else "Left" if change.has_left else "Changed"
    fields = tuple(
        FieldChange(title=TITLES.get(key, key), before=in_words(key, before), after=in_words(key, after))
        for key, (before, after) in change.fields.items()
        if not (key == "active" and what in {"New", "Left"})
        and (what, key, after) != ("New", "kind", PersonKind.PERSON)
    )
    return ChangeLine(name=change.name, what=what, fields=fields)


def history_lines(rows: Sequence[DirectoryChange]) -> list[ChangeLine]:
    """Put a history into words."""
    lines = [(row, line_of(read_change(row))) for row in rows]
    return [
        ChangeLine(
            name=line.name,
            what=line.what,
            fields=line.fields,
            actor=row.actor,
            origin=_ORIGINS.get(Origin(row.origin), row.origin),
            at=row.at,
        )
        for row, line in lines
    ]


def in_words(field: str, value: Any) -> str:
    """Write a field's value as a form takes it; empty for nothing."""
    if value is None:
        return ""
    if field == "active":
        return "yes" if value else "no"
    if field == "away":
        return "; ".join(_days(*pair) for pair in value)
    return "; ".join(value) if isinstance(value, list) else str(value)


def as_form(values: Mapping[str, Any]) -> dict[str, str]:
    """Write all fields as a form takes them."""
    return {key: in_words(key, value) for key, value in values.items()}


def _days(first: str | None, last: str | None) -> str:
    return first if first is not None and first == last else f"{first or ''}..{last or ''}"
