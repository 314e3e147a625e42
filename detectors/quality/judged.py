"""What was predicted for a labelled message."""

from collections.abc import Iterable
from dataclasses import dataclass

from detectors.finding import Finding
from detectors.quality.gold import Gold
from detectors.scoring import Policy, assess


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A labelled message, what a policy kept of the findings, and all that was `seen` before any policy.

    `kept` is empty without an alert. `is_missing`: no prediction was made, which counts as silence.
    """

    gold: Gold
    alert: bool
    kept: tuple[Finding, ...]
    seen: tuple[Finding, ...]
    is_missing: bool = False


def judge(gold: Gold, findings: Iterable[Finding], policy: Policy) -> Judged:
    """Apply a policy to a message's findings as a scan does."""
    seen = tuple(findings)
    assessment = assess(seen, policy)
    return Judged(gold=gold, alert=assessment.alert, kept=assessment.findings if assessment.alert else (), seen=seen)


def without_prediction(gold: Gold) -> Judged:
    """Return the judgement of a message that nobody judged."""
    return Judged(gold=gold, alert=False, kept=(), seen=(), is_missing=True)
