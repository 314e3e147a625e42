"""The ledger's address: what a reader asked for, as a filter, as links and as removable chips."""

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from service.console import words
from service.console.query import Chip, Params, cleaned, day_in, last_of
from service.exposure.models import EntryKind, EntryState
from service.exposure.reading import Sort
from service.exposure.schemas import EntryFilter

PAGE = 50
_MOST_PAGES, _MOST_LABELS = 1000, 50

KINDS = {
    EntryKind.KNOWN: "What they know",
    EntryKind.ASKED: "What they asked",
    EntryKind.PROMISED: "What was promised",
}
STATES = {
    EntryState.VALID: words.Word(title="Valid", meaning="It counts."),
    EntryState.RETRACTED: words.Word(title="Retracted", meaning="It was not told, or is wrong."),
    EntryState.KNOWN_BEFORE: words.Word(title="Known before", meaning="They knew, so nothing was given away."),
    EntryState.OUTDATED: words.Word(title="Outdated", meaning="It was true then, and is not any more."),
}
SORTS = {
    Sort.LAST: "Last told first",
    Sort.FIRST: "First told first",
    Sort.SURE: "Surest first",
    Sort.OFTEN: "Most often told first",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerQuery:
    """What a ledger is asked for. `path` is its page; `kind` None shows all three parts. Days are whole, in UTC.

    `by_name` is for a firm that the directory does not know: its page is found by its name in the query string.
    """

    path: str
    counterparty: str | None = None
    negotiation_id: uuid.UUID | None = None
    by_name: bool = False
    kind: EntryKind | None = None
    label: tuple[str, ...] = ()
    state: tuple[EntryState, ...] = ()
    since: date | None = None
    until: date | None = None
    sort: Sort = Sort.LAST
    page: int = 1

    @property
    def filter(self) -> EntryFilter:
        """As the ledger takes it."""
        return EntryFilter(
            counterparty=self.counterparty,
            negotiation=self.negotiation_id,
            kind=[self.kind] if self.kind is not None else [],
            label=list(self.label),
            state=list(self.state),
            since=datetime.combine(self.since, datetime.min.time(), UTC) if self.since else None,
            until=datetime.combine(self.until, datetime.min.time(), UTC) + timedelta(days=1) if self.until else None,
        )

    @property
    def href(self) -> str:
        """Its address, without what is so anyway."""
        asked = [(name, value) for name, value in self._pairs if value]
        return f"{self.path}?{urlencode(asked)}" if asked else self.path

    @property
    def first(self) -> "LedgerQuery":
        """The same from its beginning."""
        return replace(self, page=1)

    @property
    def bare(self) -> "LedgerQuery":
        """The same order without filters."""
        return replace(self, kind=None, label=(), state=(), since=None, until=None, page=1)

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order is asked for."""
        return bool(self.chips) or self.kind is not None

    def of_kind(self, kind: EntryKind | None) -> "LedgerQuery":
        """Return the same for one part, or for all."""
        return replace(self, kind=kind, page=1)

    def on(self, page: int) -> "LedgerQuery":
        """Return the same on another page."""
        return replace(self, page=page)

    @property
    def export(self) -> str:
        """The address of all of it as CSV."""
        asked = self.filter.model_dump(mode="json", exclude_defaults=True) | {"format": "csv"}
        return f"/api/v1/exposure/export?{urlencode(asked, doseq=True)}"

    @property
    def chips(self) -> list[Chip]:
        """The active filters."""
        chips = [
            Chip(name="Label", value=words.title(words.LABELS, one), href=self._without("label", one))
            for one in self.label
        ]
        chips += [Chip(name="State", value=STATES[one].title, href=self._without("state", one)) for one in self.state]
        if self.since:
            chips.append(Chip(name="From", value=str(self.since), href=replace(self, page=1, since=None).href))
        if self.until:
            chips.append(Chip(name="To", value=str(self.until), href=replace(self, page=1, until=None).href))
        return chips

    @property
    def _pairs(self) -> list[tuple[str, str]]:
        return [
            ("counterparty", self.counterparty or "" if self.by_name else ""),
            ("kind", self.kind or ""),
            *(("label", one) for one in self.label),
            *(("state", one.value) for one in self.state),
            ("since", str(self.since or "")),
            ("until", str(self.until or "")),
            ("sort", self.sort if self.sort is not Sort.LAST else ""),
            ("page", str(self.page) if self.page > 1 else ""),
        ]

    def _without(self, name: str, one: str) -> str:
        rest = tuple(value for value in getattr(self, name) if value != one)
        return replace(self, page=1, **{name: rest}).href  # type: ignore[arg-type] # the names are the fields' own


def parse_ledger(
    params: Params,
    path: str,
    *,
    counterparty: str | None = None,
    negotiation_id: uuid.UUID | None = None,
    by_name: bool = False,
) -> LedgerQuery:
    """Read a ledger's address. What can't be meant is left out: the chips show what is in force."""
    kind, sort, page = last_of(params, "kind"), last_of(params, "sort"), last_of(params, "page")
    asked = params.getlist("state")
    return LedgerQuery(
        path=path,
        counterparty=counterparty,
        negotiation_id=negotiation_id,
        by_name=by_name,
        kind=EntryKind(kind) if kind in set(EntryKind) else None,
        label=tuple(filter(None, dict.fromkeys(cleaned(one) for one in params.getlist("label")[:_MOST_LABELS]))),
        state=tuple(one for one in EntryState if one in asked),
        since=day_in(last_of(params, "since")),
        until=day_in(last_of(params, "until")),
        sort=Sort(sort) if sort in set(Sort) else Sort.LAST,
        page=min(int(page), _MOST_PAGES) if page.isascii() and page.isdigit() and int(page[:6]) > 0 else 1,
    )
