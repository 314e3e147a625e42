"""What stood in the ledger when a brief was made: kept, so that the next one can say what changed.

Of a sealed fact a snapshot holds that it is one; its words come from the plan whenever somebody who may open it looks.
"""

import uuid
from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from service.exposure.models import EntryKind, EntryState

SEALED = "sealed_fact"


class Sureness(StrEnum):
    """How sure an entry is, in words; a band is wide enough that it does not change with every message."""

    VERY_SURE = "very sure"
    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


_BANDS = ((0.9, Sureness.VERY_SURE), (0.75, Sureness.SURE), (0.6, Sureness.LIKELY))


class Line(BaseModel):
    """An entry of the ledger. `told_by` is a pseudonym, of one of theirs for a question.

    `words` are neutral by rule, `typed` what the team put in their place, which may name what is sealed. `guards` are
    the negotiations whose holders alone read more than the neutral words. `days` lie between a question and the first
    answer or promise that followed it, and `answered_by` is who gave it; None and empty for one that is open.
    """

    model_config = ConfigDict(frozen=True)

    id: uuid.UUID
    kind: EntryKind
    label: str
    topic: str
    words: str
    typed: str = ""
    sealed_fact: uuid.UUID | None = None
    guards: tuple[uuid.UUID, ...] = ()
    told_by: str = ""
    confidence: float
    times: int
    first_at: datetime
    last_at: datetime
    state: EntryState = EntryState.VALID
    answered_by: str = ""
    days: float | None = None

    @property
    def is_sealed(self) -> bool:
        """Whether it is a fact of a plan."""
        return self.label == SEALED

    @property
    def is_valid(self) -> bool:
        """Whether it still counts."""
        return self.state is EntryState.VALID

    @property
    def is_open(self) -> bool:
        """Whether it is a question that nobody is known to have answered."""
        return self.kind is EntryKind.ASKED and self.days is None


class Published(BaseModel):
    """What all bidders were told, and on which day."""

    model_config = ConfigDict(frozen=True)

    text: str
    on: date


class Snapshot(BaseModel):
    """Everything that a brief is composed of. People are named as the directory names them.

    `silent` are blackouts that are not over, `amiss` sentences on what the negotiation lacks (a plan, a second person),
    `unread` sentences on what could not be read. `elsewhere` counts valid entries on the same counterparty in other
    negotiations.
    """

    model_config = ConfigDict(frozen=True)

    negotiation: str
    counterparty: str
    is_customer: bool = False
    phase: str
    first_day: date | None = None
    last_day: date | None = None
    lead: str
    team: tuple[str, ...] = ()
    amiss: tuple[str, ...] = ()
    silent: tuple[tuple[date | None, date | None], ...] = ()
    published: tuple[Published, ...] = ()
    unread: tuple[str, ...] = ()
    elsewhere: int = 0
    lines: tuple[Line, ...] = ()


def sureness(confidence: float) -> Sureness:
    """Say in words how sure something is."""
    return next((said for least, said in _BANDS if confidence >= least), Sureness.UNSURE)
