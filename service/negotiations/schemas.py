"""What the API and the console show of negotiations, and take. The keys are those of negotiations.toml."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from messages import Phase
from service.negotiations.states import State

_Texts = list[str]


class NegotiationFilter(BaseModel):
    """Which negotiations are asked for; what is left out does not narrow, but for archived ones and templates."""

    model_config = ConfigDict(extra="forbid")

    phase: list[str] = Field(default_factory=list)
    states: list[str] = Field(default_factory=list)
    counterparty: str | None = Field(default=None, max_length=300)
    person: str | None = Field(default=None, max_length=320, description="lead, or in the team")
    archived: bool = False
    template: bool = False
    q: str | None = Field(default=None, max_length=200, description="letters of name, counterparty or topic")


class NegotiationQuery(NegotiationFilter):
    """Which negotiations, and how many of them. `after` is the `next` of the page before."""

    after: uuid.UUID | None = None
    limit: int = Field(default=50, ge=1, le=200)


class _Keyed(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Departed(_Keyed):
    """Somebody who belonged to lead or team up to a day."""

    person: str
    until: date


class BlackoutDays(_Keyed):
    """Days on which only those who are allowed to talk to the bidders: the lead, if nobody is named."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    allowed: _Texts = Field(default_factory=list)


class AuthorityOf(_Keyed):
    """What somebody may talk about, of price, terms, technical and commit; `price` is the highest to agree on."""

    person: str
    may: _Texts | None = None
    price: float | None = Field(default=None, allow_inf_nan=False)
    currency: str = "EUR"


class PublishedOn(_Keyed):
    """What all bidders were told, and when."""

    text: str
    day: date = Field(alias="date")


class PublishedIn(_Keyed):
    """What all bidders were told; today, if no day is given. It can't be taken back."""

    text: str
    day: date | None = Field(default=None, alias="date")


class _Terms(_Keyed):
    team: _Texts | None = None
    sponsors: _Texts | None = None
    superiors: _Texts | None = None
    former: list[Departed] | None = None
    phase: str | None = None
    first_day: date | None = Field(default=None, alias="from")
    last_day: date | None = Field(default=None, alias="to")
    blackout: list[BlackoutDays] | None = None
    authority: list[AuthorityOf] | None = None
    finance: _Texts | None = None
    topics: _Texts | None = None
    two_needed: StrictBool | None = None

    def given(self) -> dict[str, Any]:
        """Return what was said, under the keys of negotiations.toml; days may be taken away by None."""
        fields = self.model_dump(by_alias=True, exclude_unset=True, mode="json")
        for one in fields.get("authority") or ():
            if one.get("may") is None:
                one.pop("may", None)
        return {key: value for key, value in fields.items() if value is not None or key in {"from", "to"}}


class NegotiationIn(_Terms):
    """A new negotiation. People are named by address, counterparties by name; a template needs neither."""

    name: str
    counterparties: _Texts = Field(default_factory=list)
    lead: str = ""
    published: list[PublishedOn] = Field(default_factory=list)
    is_template: StrictBool = False

    def given(self) -> dict[str, Any]:
        """Return what was said, under the keys of negotiations.toml."""
        return {key: value for key, value in super().given().items() if key != "is_template"}


class NegotiationChangeIn(_Terms):
    """What is to be changed in the negotiation as it was at `version`; what is left out stays as it is."""

    version: int = Field(ge=1)
    name: str | None = None
    counterparties: _Texts | None = None
    lead: str | None = None

    def given(self) -> dict[str, Any]:
        """Return what was said, under the keys of negotiations.toml."""
        return {key: value for key, value in super().given().items() if key != "version"}


class CopyIn(_Keyed):
    """A copy under a new name, its days `years` later; a template is copied with its days as they are.

    What is given replaces what stands in the original. The plan, and what was published, are not copied.
    """

    name: str
    years: Annotated[int, Field(ge=0, le=10)] = 1
    lead: str | None = None
    counterparties: _Texts | None = None
    is_template: StrictBool = False


class StateView(BaseModel):
    """Something that a negotiation is or lacks: `advice` says what to do."""

    state: State
    title: str
    advice: str
    urgent: bool


class NegotiationSummary(BaseModel):
    """A negotiation as a row of the list. What its plan says is with its holders alone; that there is one, is not."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    id: uuid.UUID
    name: str
    phase: Phase
    lead: str
    counterparties: list[str]
    team: list[str]
    first_day: date | None = Field(alias="from")
    last_day: date | None = Field(alias="to")
    next_day: date | None = Field(description="when something happens next")
    next_event: str = Field(description="what happens then: begins, ends, blackout begins, blackout ends")
    states: list[StateView]
    has_plan: bool
    held: bool = Field(description="whether its plan has holders, who alone change who is in it, publish and archive")
    alerts: int = Field(description="alerts of the last 30 days")
    exposed: int = Field(description="entries of the ledger that count")
    is_template: bool
    archived_at: datetime | None
    version: int
    updated_at: datetime


class NegotiationView(NegotiationSummary):
    """A negotiation with all but its plan."""

    sponsors: list[str]
    superiors: list[str]
    former: list[Departed]
    blackout: list[BlackoutDays]
    authority: list[AuthorityOf]
    finance: list[str]
    topics: list[str]
    two_needed: bool
    published: list[PublishedOn]
    copied_from: uuid.UUID | None
    created_at: datetime
    created_by: str


class NegotiationPage(BaseModel):
    """A page of negotiations by name. `next` is the `after` of the following page, None at the end."""

    negotiations: list[NegotiationSummary]
    next: uuid.UUID | None


class ChangeView(BaseModel):
    """A change: each field that it touched with its value before and after."""

    model_config = ConfigDict(from_attributes=True)

    at: datetime
    actor: str
    fields: dict[str, list[Any]]


class RateIn(_Keyed):
    """How many of a currency are one euro."""

    per_euro: float = Field(gt=0, lt=1e12, allow_inf_nan=False)


class RateView(BaseModel):
    """How many of a currency are one euro, and who said so when."""

    model_config = ConfigDict(from_attributes=True)

    currency: str
    per_euro: float
    set_by: str
    set_at: datetime
