"""Entries of the ledger as pages show them to one viewer."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from service.console.desk import Desk
from service.console.ledger_query import STATES
from service.exposure.facts import SEALED_FACT
from service.exposure.models import EntryKind, ExposureEntry
from service.exposure.quotes import Quote, quotes_of
from service.exposure.reading import Link, links_of, reasons_of
from service.exposure.schemas import EditView, ExposureView
from service.exposure.snapshot import sureness
from service.exposure.store import views_of
from service.negotiations.access import viewer_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An entry for one viewer; `reason` says why it no longer counts."""

    view: ExposureView = field(repr=False)
    sure: str
    links: tuple[Link, ...]
    quotes: Sequence[Quote] = field(repr=False)
    reason: str = field(default="", repr=False)

    @property
    def label(self) -> str:
        """The label to show: of a question what it asks for, where that is known."""
        return self.view.topic or self.view.label if self.view.kind is EntryKind.ASKED else self.view.label

    @property
    def is_sealed(self) -> bool:
        """Whether it is a fact of a plan."""
        return self.view.label == SEALED_FACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What somebody of the team did to an entry."""

    id: uuid.UUID
    actor: str
    at: datetime
    said: str
    reason: str = field(repr=False)
    words: str = field(repr=False)
    undone: bool
    undoable: bool


def shown_entries(desk: Desk, rows: Sequence[ExposureEntry], *, all_sources: bool = False) -> list[Shown]:
    """Show entries to whoever asks; each with its latest source, or with all of them."""
    session, keys, viewer = desk.session, desk.keys, viewer_of(desk.asking)
    quotes = quotes_of(session, keys, rows, viewer, latest=not all_sources)
    links, reasons = links_of(session, rows), reasons_of(session, keys, rows, viewer)
    return [
        Shown(
            view=view,
            sure=sureness(view.confidence),
            links=links.get(view.id, ()),
            quotes=quotes.get(view.id, ()),
            reason=reasons.get(view.id, ""),
        )
        for view in views_of(session, keys, rows, viewer=viewer)
    ]


def steps_of(edits: Sequence[EditView], state: str) -> list[Step]:
    """Show what the team did to an entry, latest first; the last that changed something can be taken back."""
    standing = [one for one in edits if one.undoes is None and not one.undone]
    last = standing[-1] if standing else None
    return [
        Step(
            id=one.id,
            actor=one.actor,
            at=one.at,
            said=_said(one),
            reason=one.reason,
            words=one.words or "",
            undone=one.undone,
            undoable=one is last and one.state == state and _changes(one),
        )
        for one in reversed(edits)
    ]


def _changes(edit: EditView) -> bool:
    return edit.state != edit.state_before or edit.words is not None


def _said(edit: EditView) -> str:
    if edit.undoes is not None:
        return "Taken back"
    parts = []
    if edit.state != edit.state_before:
        parts.append(f"Set to {STATES[edit.state].title.lower()}")
    if edit.words is not None:
        parts.append("words changed" if parts else "Words changed")
    return ", ".join(parts) or "Noted"
