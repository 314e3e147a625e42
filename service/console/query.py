"""The alert list's address: what a reviewer asked for, as a filter, as links and as removable chips."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from unicodedata import category
from urllib.parse import urlencode

from detectors.scoring import Severity
from service.alerts.schemas import AlertFilter, Sort
from service.console import words
from service.models import AlertStatus

_LONGEST, _MOST = 200, 50


class Params(Protocol):
    """A query string's values, several to a name."""

    def getlist(self, key: str) -> Sequence[str]:
        """Return all values of a name."""


class Tab(StrEnum):
    """The groups of statuses a reviewer works through."""

    OPEN = "open"
    NEW = "new"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    SUPPRESSED = "suppressed"
    ALL = "all"

    @property
    def heading(self) -> str:
        """What the tab is called."""
        return words.title(words.STATUSES, self.value)

    @property
    def statuses(self) -> tuple[AlertStatus, ...]:
        """Which statuses it shows; none stands for all."""
        if self is Tab.OPEN:
            return (AlertStatus.NEW, AlertStatus.IN_PROGRESS)
        return () if self is Tab.ALL else (AlertStatus(self.value),)

    def total(self, counts: Mapping[AlertStatus, int]) -> int:
        """Add up how many alerts it shows."""
        return sum(counts.get(status, 0) for status in self.statuses or AlertStatus)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """An active filter: what it says, and the address of the list without it."""

    name: str
    value: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """What the list is asked for. Days are whole days in UTC, the last one included.

    `negotiation_name` is what the negotiation is called; the address does not hold it.
    """

    tab: Tab = Tab.OPEN
    severity: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    counterparty: str = ""
    person: str = ""
    policy: str = ""
    negotiation: uuid.UUID | None = None
    negotiation_name: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""
    sort: Sort = Sort.SAID
    cursor: str = ""

    @property
    def filter(self) -> AlertFilter:
        """As the alert store takes it."""
        return AlertFilter(
            status=list(self.tab.statuses),
            severity=list(self.severity),
            label=list(self.label),
            counterparty=self.counterparty or None,
            person=self.person or None,
            policy=self.policy or None,
            negotiation=self.negotiation,
            since=datetime.combine(self.since, datetime.min.time(), UTC) if self.since else None,
            until=datetime.combine(self.until, datetime.min.time(), UTC) + timedelta(days=1) if self.until else None,
            text=self.text or None,
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything but the tab and the order is asked for."""
        return bool(self.chips)

    @property
    def query(self) -> str:
        """Its query string, without what is so anyway."""
        pairs: list[tuple[str, str]] = []
        if self.tab is not Tab.OPEN:
            pairs.append(("status", self.tab.value))
        pairs += [("severity", one) for one in self.severity]
        pairs += [("label", one) for one in self.label]
        for name in ("counterparty", "person", "policy", "negotiation", "since", "until", "text"):
            value = getattr(self, name)
            if value:
                pairs.append((name, str(value)))
        if self.sort is not Sort.SAID:
            pairs.append(("sort", self.sort.value))
        if self.cursor:
            pairs.append(("cursor", self.cursor))
        return urlencode(pairs)

    @property
    def href(self) -> str:
        """The list's address."""
        return _address("/alerts", self)

    @property
    def first(self) -> "ListQuery":
        """The same from its beginning."""
        return replace(self, cursor="")

    @property
    def bare(self) -> "ListQuery":
        """The same tab and order without filters."""
        return ListQuery(tab=self.tab, sort=self.sort)

    def after(self, cursor: str) -> "ListQuery":
        """Return the same from a cursor on."""
        return replace(self, cursor=cursor)

    def under(self, tab: Tab) -> "ListQuery":
        """Return the same under another tab."""
        return replace(self, tab=tab, cursor="")

    def alert(self, alert: uuid.UUID) -> str:
        """Return the address of an alert that remembers the list it was opened from."""
        return self.first.place(alert)

    def place(self, alert: uuid.UUID) -> str:
        """Return the address of an alert that remembers its place in the list, too: the cursor."""
        return _address(f"/alerts/{alert}", self)

    def export(self, form: str) -> str:
        """Return the address of the whole list as a file."""
        return (
            f"/api/v1/alerts/export?{urlencode({**self._asked, 'sort': self.sort.value, 'format': form}, doseq=True)}"
        )

    @property
    def stream(self) -> str:
        """The address of the news about alerts that the list would show."""
        return f"/feeds/alerts/events?{urlencode(self._asked, doseq=True)}"

    @property
    def chips(self) -> list[Chip]:
        """The active filters."""
        chips = [
            Chip(name=name.capitalize(), value=words.title(known, one), href=self._without(name, one))
            for name, known in (("severity", words.SEVERITIES), ("label", words.LABELS))
            for one in getattr(self, name)
        ]
        for name, said in (("counterparty", "Counterparty"), ("person", "Person"), ("policy", "Policy")):
            if value := getattr(self, name):
                chips.append(Chip(name=said, value=value, href=self._without(name)))
        if self.negotiation:
            called = self.negotiation_name or str(self.negotiation)
            chips.append(Chip(name="Negotiation", value=called, href=self._without("negotiation")))
        for name, said in (("since", "From"), ("until", "To"), ("text", "Words")):
            if value := getattr(self, name):
                chips.append(Chip(name=said, value=str(value), href=self._without(name)))
        return chips

    @property
    def _asked(self) -> dict[str, object]:
        return self.filter.model_dump(mode="json", exclude_defaults=True)

    def _without(self, name: str, one: str | None = None) -> str:
        rest: object = None if name in {"since", "until", "negotiation"} else ""
        if one is not None:
            rest = tuple(value for value in getattr(self, name) if value != one)
        return replace(self, cursor="", **{name: rest}).href  # type: ignore[arg-type] # the names are the fields' own


def parse_query(params: Params) -> ListQuery:
    """Read a list's address. What can't be meant is left out: the chips show what is in force."""
    tab, sort = last_of(params, "status"), last_of(params, "sort")
    return ListQuery(
        tab=Tab(tab) if tab in set(Tab) else Tab.OPEN,
        severity=tuple(one for one in Severity if one in params.getlist("severity"))[::-1],
        label=tuple(filter(None, dict.fromkeys(cleaned(one) for one in params.getlist("label")[:_MOST]))),
        counterparty=last_of(params, "counterparty"),
        person=last_of(params, "person").lower(),
        policy=last_of(params, "policy"),
        negotiation=id_in(last_of(params, "negotiation")),
        since=day_in(last_of(params, "since")),
        until=day_in(last_of(params, "until")),
        text=last_of(params, "text"),
        sort=Sort(sort) if sort in set(Sort) else Sort.SAID,
        cursor=last_of(params, "cursor"),
    )


def _address(path: str, query: ListQuery) -> str:
    return f"{path}?{query.query}" if query.query else path


def last_of(params: Params, name: str) -> str:
    """Return the last value of a name in a query string, fit to be looked for; empty for none."""
    return cleaned((params.getlist(name) or [""])[-1])


def cleaned(value: str) -> str:
    """Cut a value short and take out what no name or word has in it."""
    # PostgreSQL refuses NUL in a text, and no name or word has a control character in it.
    return "".join(one for one in value[:_LONGEST] if category(one) not in {"Cc", "Cs"}).strip()


def id_in(text: str) -> uuid.UUID | None:
    """Read an id; None for anything else."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def day_in(text: str) -> date | None:
    """Read a day such as 2026-03-31; None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1970 <= day.year <= 9998 else None
