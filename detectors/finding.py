"""What a detector says."""

from dataclasses import dataclass
from enum import StrEnum


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
