"""What a detector says."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from messages import Direction


class Label(StrEnum):
    """The ten signals that a text can show."""

    SPECIFICATION = "specification"
    BUDGET = "budget"
    TIMELINE = "timeline"
    INNOVATION = "innovation"
    LEVERAGE = "leverage"
    COMPETITOR = "competitor"
    DECISION = "decision"
    COMMITMENT = "commitment"
    SIDESTEP = "sidestep"
    ELICITATION = "elicitation"


# Leaks and promises go out, fishing comes in, and anybody may go round the negotiator.
SHOWN_IN: Mapping[str, frozenset[str]] = {
    Direction.OUTBOUND: frozenset(Label) - {Label.ELICITATION},
    Direction.INBOUND: frozenset({Label.SIDESTEP, Label.ELICITATION}),
    Direction.INTERNAL: frozenset({Label.SIDESTEP}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Some words of a message and what they show.

    `start` and `end` index the original text of `part`, end exclusive, and `quote` is that stretch; all three are
    None/empty for a finding that needs no words. `part` is empty for the message's text, else "subject".
    `confidence` in 0..1 is how sure the detector is, before any policy; `reason` is a sentence for a reader;
    `detector` the name of the function that found it; `rule` the rule's name inside it.
    """

    label: str
    start: int | None
    end: int | None
    quote: str
    confidence: float
    reason: str
    detector: str
    rule: str = ""
    part: str = ""
