"""The brief before a meeting: what they know, asked and were promised, what they may ask next, on one page.

Composed of a snapshot for one viewer: `Veil` says what this viewer may read of it. Nothing here reads a database.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from pydantic import BaseModel, Field

from detectors.finding import Label
from service.exposure.cautions import cautions, gaps
from service.exposure.compare import Change, Mark, answer_of, compare
from service.exposure.likely import likely_questions
from service.exposure.models import EntryKind
from service.exposure.snapshot import SEALED, Line, Snapshot, sureness

# So many entries of each part stand on the page; the rest is counted.
MOST_LINES, MOST_CHANGES = 12, 8
# What weakens our side most comes first.
TELLING: tuple[str, ...] = (
    SEALED,
    Label.BUDGET,
    Label.LEVERAGE,
    Label.COMPETITOR,
    Label.DECISION,
    Label.TIMELINE,
    Label.COMMITMENT,
    Label.SPECIFICATION,
    Label.INNOVATION,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Veil:
    """What a viewer may read. Of `hidden` entries they read the neutral words, not those that were typed for holders.

    `facts` are the words of sealed facts for those who hold the plan, by the fact's id.
    """

    hidden: frozenset[uuid.UUID] = frozenset()
    facts: Mapping[uuid.UUID, str] = field(default_factory=dict, repr=False)


class BriefLine(BaseModel):
    """An entry of the ledger in a brief."""

    id: uuid.UUID
    label: str
    words: str = Field(description="neutral words; of a sealed fact, what the viewer may know of it")
    withheld: bool = Field(description="whether the words are for the holders of a plan alone")
    told_by: str = Field(description="by role or pseudonym; who asked, for a question")
    sure: str = Field(description="how sure, in words")
    confidence: float
    since: datetime = Field(description="first told")
    last_at: datetime
    times: int
    answer: str = Field(description="for a question: open, or who answered it and after how many days")


class BriefGroup(BaseModel):
    """What they know under one label."""

    label: str
    lines: list[BriefLine]


class BriefQuestion(BaseModel):
    """A question to expect, why, and what can be said."""

    topic: str
    question: str
    why: str
    say: str


class BriefChange(BaseModel):
    """Something that is new, gone or changed since the brief before."""

    mark: str = Field(description="new, changed or gone")
    kind: str = Field(description="known, asked or promised; empty for the negotiation itself")
    label: str
    words: str
    how: str


class Brief(BaseModel):
    """A brief, for one viewer. `*_more` count what has no room on the page."""

    negotiation: str
    counterparty: str
    phase: str
    first_day: date | None
    last_day: date | None
    lead: str
    team: list[str]
    made_at: datetime
    made_by: str
    previous_at: datetime | None = Field(description="when the brief before was made; None for the first")
    changes: list[BriefChange]
    changes_more: int
    known: list[BriefGroup]
    known_more: int
    asked: list[BriefLine]
    asked_more: int
    asked_open: int
    promised: list[BriefLine]
    promised_more: int
    questions: list[BriefQuestion]
    gaps: list[str]
    careful: list[str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is on record of this counterparty."""
        return not (self.known or self.asked or self.promised)


def compose(
    snapshot: Snapshot,
    veil: Veil,
    *,
    made_at: datetime,
    made_by: str,
    before: Snapshot | None = None,
    previous_at: datetime | None = None,
) -> Brief:
    """Compose a brief for a viewer. `before` is the snapshot of the brief before, made at `previous_at`."""
    snapshot = veiled(snapshot, veil)
    valid = [line for line in snapshot.lines if line.is_valid]
    known = _of(valid, EntryKind.KNOWN, _telling)
    asked = _of(valid, EntryKind.ASKED, lambda one: (not one.is_open, -one.last_at.timestamp()))
    promised = _of(valid, EntryKind.PROMISED, lambda one: (-one.last_at.timestamp(),))
    changes = compare(before, snapshot) if before is not None else []
    return Brief(
        negotiation=snapshot.negotiation,
        counterparty=snapshot.counterparty,
        phase=snapshot.phase,
        first_day=snapshot.first_day,
        last_day=snapshot.last_day,
        lead=snapshot.lead,
        team=list(snapshot.team),
        made_at=made_at,
        made_by=made_by,
        previous_at=previous_at,
        changes=[_change(one, veil) for one in changes[:MOST_CHANGES]],
        changes_more=max(0, len(changes) - MOST_CHANGES),
        known=_groups(known[:MOST_LINES], veil),
        known_more=max(0, len(known) - MOST_LINES),
        asked=[_line(one, veil) for one in asked[:MOST_LINES]],
        asked_more=max(0, len(asked) - MOST_LINES),
        asked_open=sum(1 for one in asked if one.is_open),
        promised=[_line(one, veil) for one in promised[:MOST_LINES]],
        promised_more=max(0, len(promised) - MOST_LINES),
        questions=[
            BriefQuestion(topic=one.topic, question=one.question, why=one.why, say=one.say)
            for one in likely_questions(snapshot)
        ],
        gaps=gaps(snapshot),
        careful=cautions(snapshot, on=made_at.date()),
    )


def words_of(line: Line, veil: Veil) -> str:
    """Say what an entry says, as far as the viewer may know it: typed words and sealed facts are for holders."""
    if line.is_sealed:
        return veil.facts.get(line.sealed_fact, line.words) if line.sealed_fact else line.words
    return line.typed if line.typed and line.id not in veil.hidden else line.words


def is_withheld(line: Line, veil: Veil) -> bool:
    """Whether an entry says more to others than to this viewer."""
    if line.is_sealed:
        return line.sealed_fact not in veil.facts
    return bool(line.typed) and line.id in veil.hidden


def veiled(snapshot: Snapshot, veil: Veil) -> Snapshot:
    """Return a snapshot without what a viewer may not infer: what a sealed fact is about."""
    lines = (
        line.model_copy(update={"topic": SEALED}) if line.is_sealed and is_withheld(line, veil) else line
        for line in snapshot.lines
    )
    return snapshot.model_copy(update={"lines": tuple(lines)})


def place_of(label: str) -> int:
    """Return how far down a label stands among those that weaken our side."""
    return TELLING.index(label) if label in TELLING else len(TELLING)


def _of(lines: Iterable[Line], kind: EntryKind, order: Callable[[Line], tuple[float, ...]]) -> list[Line]:
    return sorted((line for line in lines if line.kind is kind), key=order)


def _telling(line: Line) -> tuple[float, ...]:
    return place_of(line.label), -line.confidence, -line.last_at.timestamp()


def _groups(lines: Sequence[Line], veil: Veil) -> list[BriefGroup]:
    groups: dict[str, list[BriefLine]] = {}
    for line in lines:
        groups.setdefault(line.label, []).append(_line(line, veil))
    return [BriefGroup(label=label, lines=some) for label, some in groups.items()]


def _line(line: Line, veil: Veil) -> BriefLine:
    return BriefLine(
        id=line.id,
        label=line.topic if line.kind is EntryKind.ASKED else line.label,
        words=words_of(line, veil),
        withheld=is_withheld(line, veil),
        told_by=line.told_by,
        sure=sureness(line.confidence),
        confidence=line.confidence,
        since=line.first_at,
        last_at=line.last_at,
        times=line.times,
        answer=answer_of(line) if line.kind is EntryKind.ASKED else "",
    )


def _change(change: Change, veil: Veil) -> BriefChange:
    line = change.line
    if line is None:
        return BriefChange(mark=change.mark, kind="", label="", words=change.how, how="")
    how = change.how or ("" if change.mark is not Mark.NEW else f"{line.told_by}, {sureness(line.confidence)}")
    label = line.topic if line.kind is EntryKind.ASKED else line.label
    return BriefChange(mark=change.mark, kind=line.kind, label=label, words=words_of(line, veil), how=how)
