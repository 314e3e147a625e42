"""How often each rule of a detector speaks, and how often it is right."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from detectors.quality.judged import Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleScore:
    """A rule of a detector: its findings before any policy, and how many are in messages that show the label."""

    label: str
    detector: str
    rule: str
    findings: int
    right: int


def by_rule(judged: Iterable[Judged]) -> list[RuleScore]:
    """Count each rule's findings, by label, detector and rule; optional labels are left out."""
    counts, right = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for one in judged:
        for finding in one.seen:
            if finding.label not in one.gold.optional:
                key = (str(finding.label), finding.detector, finding.rule)
                counts[key] += 1
                right[key] += finding.label in one.gold.labels
    return [
        RuleScore(label=key[0], detector=key[1], rule=key[2], findings=counts[key], right=right[key])
        for key in sorted(counts)
    ]
