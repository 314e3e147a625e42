"""From findings to a risk score: confidence is the detector's, weight the policy's, and every point is explained."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from types import MappingProxyType

from detectors.drip_rules import DripRules, read_drip_rules
from detectors.finding import Finding, Label
from detectors.severity import PolicyError, Severity
from detectors.warning_rules import WarningRules, read_warning_rules

__all__ = [
    "Assessment",
    "Contribution",
    "Policy",
    "PolicyError",
    "Severity",
    "assess",
    "builtin_policies",
    "load_policy",
    "severity_of",
]

_KEYS = frozenset({"title", "threshold", "internal", "weights", "confidence", "severity", "answers", "drip", "warn"})
_BONUS = 0.4
_NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What counts, and how much.

    `weights`: label to 0..1, the share of its confidence that counts; a label without weight is not looked at.
    `confidence`: label to the least confidence that is kept. `threshold`: the risk score (0..100) that raises an alert.
    `bands`: severity to the least risk score that earns it. `internal`: whether messages without a counterparty count.
    `answer_bonus` (0..1): the share of what a finding lacks to certainty that it gains by answering a question of
    theirs. `drip`: when small leaks add up.
    """

    name: str
    title: str
    weights: Mapping[str, float]
    confidence: Mapping[str, float]
    threshold: float
    bands: Mapping[Severity, float]
    internal: bool = False
    answer_bonus: float = _BONUS
    drip: DripRules = field(default_factory=DripRules)
    warning: WarningRules = field(default_factory=WarningRules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """The points that one finding adds to the risk score, and why. `answers` names the question that it answers."""

    finding: Finding
    points: float
    reason: str
    answers: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A policy's judgement of a message. `risk` is 0..100 and the sum of the contributions' points."""

    policy: str
    risk: float
    severity: Severity
    alert: bool
    contributions: tuple[Contribution, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings the policy kept."""
        return tuple(one.finding for one in self.contributions)


def assess(
    findings: Iterable[Finding], policy: Policy, *, in_scope: bool = True, answers: Mapping[str, str] = _NO_ANSWERS
) -> Assessment:
    """Weigh findings by a policy.

    Risk is 100 * (1 - product of (1 - w)) over the strongest finding of each label, where w is confidence * weight:
    independent reasons add up without passing 100, and repeating oneself does not. Findings are taken strongest first;
    a contribution's points are what it adds to those before it, so they sum to the risk exactly.

    `answers` maps a label to words such as "answers their question of 3 March": what they asked for and were told
    weighs more than what somebody let slip. Its w becomes 1 - (1 - w) * (1 - the policy's answer bonus).
    """
    kept = [
        one
        for one in findings
        if policy.weights.get(one.label, 0.0) > 0 and one.confidence >= policy.confidence.get(one.label, 0.0)
    ]
    if not (in_scope or policy.internal):
        kept = []
    kept.sort(key=lambda one: (-_weighed(one, policy, answers), one.start or 0, one.label))
    contributions: list[Contribution] = []
    rest, seen = 1.0, set[str]()
    for one in kept:
        gain, why = 0.0, f"{one.label} is already counted"
        if one.label not in seen:
            share = _weighed(one, policy, answers)
            gain, why = 100 * rest * share, _why(one, policy, answers)
            rest *= 1 - share
        seen.add(one.label)
        answered = answers.get(one.label, "")
        contributions.append(Contribution(finding=one, points=gain, reason=why, answers=answered))
    risk = sum(one.points for one in contributions)
    return Assessment(
        policy=policy.name,
        risk=risk,
        severity=severity_of(risk, policy),
        alert=bool(contributions) and risk >= policy.threshold,
        contributions=tuple(contributions),
    )


def severity_of(risk: float, policy: Policy) -> Severity:
    """Return the gravest severity whose band the risk reaches."""
    reached = [severity for severity in Severity if risk >= policy.bands.get(severity, 101.0)]
    return reached[-1] if reached else Severity.INFORMATIONAL


def load_policy(text: str, *, name: str) -> Policy:
    """Read a policy from TOML. Raises PolicyError, naming the key, when it can't be used."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"policy {name}: {error}") from error
    unknown = sorted(set(data) - _KEYS)
    if unknown:
        raise PolicyError(f"policy {name}: {unknown[0]!r} is none of {', '.join(sorted(_KEYS))}")
    if not isinstance(data.get("internal", False), bool):
        raise PolicyError(f"policy {name}: internal must be true or false")
    weights = _numbers(data.get("weights"), f"policy {name}: weights", top=1.0)
    return Policy(
        name=name,
        title=str(data.get("title", name)),
        weights=weights,
        confidence=_numbers(data.get("confidence", {}), f"policy {name}: confidence", top=1.0),
        threshold=_numbers({"threshold": data.get("threshold")}, f"policy {name}", top=100.0)["threshold"],
        bands=_bands(data.get("severity"), f"policy {name}: severity"),
        internal=data.get("internal", False),
        answer_bonus=_bonus(data.get("answers", {}), f"policy {name}: answers"),
        drip=read_drip_rules(data.get("drip", {}), where=f"policy {name}: drip"),
        warning=read_warning_rules(
            data.get("warn", {}), where=f"policy {name}: warn", labels=frozenset(Label) | frozenset(weights)
        ),
    )


def builtin_policies() -> tuple[Policy, ...]:
    """Return the policies that ship: quiet, balanced (the default) and vigilant."""
    folder = resources.files("detectors") / "policies"
    return tuple(
        load_policy((folder / f"{name}.toml").read_text("utf-8"), name=name)
        for name in ("quiet", "balanced", "vigilant")
    )


def _weighed(finding: Finding, policy: Policy, answers: Mapping[str, str]) -> float:
    share = finding.confidence * policy.weights[finding.label]
    return 1 - (1 - share) * (1 - policy.answer_bonus) if finding.label in answers else share


def _why(finding: Finding, policy: Policy, answers: Mapping[str, str]) -> str:
    why = f"{finding.label}: confidence {finding.confidence:.2f} x weight {policy.weights[finding.label]:.2f}"
    return f"{why}; {answers[finding.label]}" if finding.label in answers else why


def _bonus(data: object, where: str) -> float:
    return _numbers(data, where, top=1.0, keys=("bonus",)).get("bonus", _BONUS)


def _bands(data: object, where: str) -> dict[Severity, float]:
    told = _numbers(data, where, top=100.0, keys=Severity)
    bands = {severity: told[severity] for severity in Severity if severity in told}
    if list(bands.values()) != sorted(bands.values()):
        raise PolicyError(f"{where}: the risk scores must rise from {', '.join(bands)}")
    return bands


def _numbers(data: object, where: str, *, top: float, keys: Iterable[str] | None = None) -> dict[str, float]:
    if not isinstance(data, Mapping):
        raise PolicyError(f"{where}: a table of numbers is needed")
    known = set(keys) if keys is not None else None
    for key, value in data.items():
        if known is not None and key not in known:
            raise PolicyError(f"{where}: {key!r} is none of {', '.join(sorted(known))}")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= top:
            raise PolicyError(f"{where}: {key} must be a number from 0 to {top:g}")
    return {str(key): float(value) for key, value in data.items()}
