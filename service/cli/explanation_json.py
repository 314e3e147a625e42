"""An explanation as JSON."""

from typing import Any

from detectors.explanation import Explanation, Feature, Leaning, LeftOut, Sign, Told, why_not
from detectors.scoring import Contribution

_DIGITS = 3


def record(explanation: Explanation) -> dict[str, Any]:
    """Return all of an explanation; offsets index the text that `scan --with-text` prints."""
    document, assessment = explanation.document, explanation.assessment
    return {
        "id": document.message.id,
        "direction": document.direction.value,
        "counterparties": [one.name for one in document.counterparties],
        "languages_not_assessed": list(document.languages_not_assessed),
        "left_out": [_left_out(one) for one in explanation.left_out],
        "attachments_not_read": [one.name for one in document.message.attachments],
        "limit": round(explanation.limit, _DIGITS),
        "sentences": [_told(one) for one in explanation.sentences],
        "people": [_sign(one) for one in explanation.people],
        "policy": assessment.policy,
        "threshold": explanation.policy.threshold,
        "risk": round(assessment.risk, 1),
        "severity": assessment.severity.value,
        "alert": assessment.alert,
        "contributions": [_contribution(one) for one in assessment.contributions],
        "why_not": why_not(explanation),
    }


def _left_out(one: LeftOut) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": one.kind, "start": one.start, "end": one.end}
    if one.about:
        told["about"] = one.about
    return _with_part(told, one.part)


def _told(one: Told) -> dict[str, Any]:
    told = {
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "treatment": one.treatment.value,
        "hope": round(one.hope, _DIGITS),
        "screen": [_leaning(leaning) for leaning in one.leanings],
        "signs": [_sign(sign) for sign in one.signs],
    }
    return _with_part(told, one.part)


def _leaning(one: Leaning) -> dict[str, Any]:
    return {
        "label": one.label or "any",
        "total": round(one.total, _DIGITS),
        "base": round(one.base, _DIGITS),
        "raised": [_feature(feature) for feature in one.raised],
        "lowered": [_feature(feature) for feature in one.lowered],
    }


def _feature(one: Feature) -> dict[str, Any]:
    return {"kind": one.kind, "name": one.name, "worth": round(one.worth, _DIGITS)}


def _sign(one: Sign) -> dict[str, Any]:
    finding = one.finding
    return {
        "detector": finding.detector,
        "rule": finding.rule,
        "label": str(finding.label),
        "confidence": round(finding.confidence, _DIGITS),
        "least": one.least,
        "fate": one.fate.value,
        "start": finding.start,
        "end": finding.end,
        "quote": finding.quote,
        "reason": finding.reason,
    }


def _contribution(one: Contribution) -> dict[str, Any]:
    return {
        "label": str(one.finding.label),
        "start": one.finding.start,
        "end": one.finding.end,
        "points": round(one.points, 1),
        "reason": one.reason,
    }


def _with_part(told: dict[str, Any], part: str) -> dict[str, Any]:
    return told | ({"part": part} if part else {})
