"""What the API shows and takes of plans. No value of theirs is in a repr, nor in what an error says."""

import uuid
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from messages import FactKind
from service.negotiations.access import Holder
from service.negotiations.facts import LONGEST_WORDS, MOST_WORDS, checked_fact, fact_fields
from service.negotiations.plan import LONGEST_NOTE, LONGEST_TITLE, EntryRole, PlanEntry, StoredEntry
from service.negotiations.traces import Entrance, Look, Way


class _Hidden(BaseModel):
    """A model that says nothing of itself in a log or a trace."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        return []


class SealedFactBody(_Hidden):
    """A sealed fact. Which fields it has depends on its kind; docs/plans.md says which."""

    kind: FactKind
    value: float | None = Field(default=None, allow_inf_nan=False)
    currency: str = Field(default="", max_length=LONGEST_WORDS)
    unit: str = Field(default="", max_length=LONGEST_WORDS)
    quantity: float | None = Field(default=None, allow_inf_nan=False)
    first: date | None = None
    last: date | None = None
    words: list[str] = Field(default_factory=list, max_length=MOST_WORDS)
    tolerance: float | None = Field(default=None, allow_inf_nan=False)


class PlanEntryIn(_Hidden):
    """An entry of a plan. One of role `strategy` is a note; all others have a fact."""

    role: EntryRole
    title: str = Field(default="", max_length=LONGEST_TITLE)
    note: str = Field(default="", max_length=LONGEST_NOTE)
    fact: SealedFactBody | None = None

    def entry(self) -> PlanEntry:
        """Return what was said as an entry. Raises FactError."""
        fact = checked_fact(self.fact.model_dump()) if self.fact is not None else None
        return PlanEntry(role=self.role, title=self.title, note=self.note, fact=fact)


class PlanEntryChangeIn(PlanEntryIn):
    """What is to stand in the place of the entry as it was at `version`."""

    version: int = Field(ge=1)


class PlanEntryView(_Hidden):
    """An entry of a plan. `readable` is false where the key that it was sealed with is missing."""

    id: uuid.UUID
    readable: bool
    role: EntryRole
    title: str
    note: str
    fact: SealedFactBody | None
    version: int
    changed_by: str
    changed_at: datetime


class HolderView(BaseModel):
    """Somebody who opens the plan. `disabled`: they can't sign in any more."""

    model_config = ConfigDict(from_attributes=True)

    user_id: uuid.UUID
    name: str
    address: str | None
    disabled: bool
    admitted_by: str
    admitted_at: datetime


class PlanLookView(BaseModel):
    """Who opened the plan or was refused, and when; looking again within ten minutes is the same look."""

    model_config = ConfigDict(from_attributes=True)

    actor: str
    at: datetime
    refused: bool


class PlanEntranceView(BaseModel):
    """A sign-in link, or a token that opens plans, that somebody else made for a holder: it lets them in as them."""

    model_config = ConfigDict(from_attributes=True)

    way: Way
    holder: str
    made_by: str
    at: datetime


class PlanView(_Hidden):
    """A plan, who opens it, who looked at it, and who could have got in as one of its holders, latest first."""

    entries: list[PlanEntryView]
    holders: list[HolderView]
    looks: list[PlanLookView]
    entrances: list[PlanEntranceView]


class HolderIn(BaseModel):
    """A user who leads the negotiation or is in its team."""

    model_config = ConfigDict(extra="forbid")

    user_id: uuid.UUID


def entry_view(stored: StoredEntry) -> PlanEntryView:
    """Show an entry to a holder."""
    entry = stored.entry or PlanEntry(role=EntryRole.OTHER)
    return PlanEntryView(
        id=stored.id,
        readable=stored.entry is not None,
        role=entry.role,
        title=entry.title,
        note=entry.note,
        fact=SealedFactBody.model_validate(fact_fields(entry.fact)) if entry.fact is not None else None,
        version=stored.version,
        changed_by=stored.changed_by,
        changed_at=stored.changed_at,
    )


def plan_view(
    entries: tuple[StoredEntry, ...], held: tuple[Holder, ...], looks: tuple[Look, ...], entrances: tuple[Entrance, ...]
) -> PlanView:
    """Show a plan to a holder."""
    return PlanView(
        entries=[entry_view(one) for one in entries],
        holders=[HolderView.model_validate(one) for one in held],
        looks=[PlanLookView.model_validate(one) for one in looks],
        entrances=[PlanEntranceView.model_validate(one) for one in entrances],
    )
