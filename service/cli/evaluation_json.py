"""An evaluation as JSON."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import chain
from typing import Any

from detectors.quality import (
    Card,
    Judged,
    Mistake,
    average_precision,
    by_rule,
    card,
    false_alarms,
    missed,
    score,
    share_interval,
)
from service.pipeline.evaluate import Background, Evaluation, Labelled

_DIGITS = 4


def record(evaluation: Evaluation, *, policy: str, errors: int, rules: bool) -> dict[str, Any]:
    """Return all figures; `labelled` is null without labelled messages. Words of messages come with `errors` alone."""
    judged = list(chain.from_iterable(one.judged for one in evaluation.labelled))
    found: dict[str, Any] = {
        "policy": policy,
        "labelled": _labelled(card(judged), evaluation.labelled) if judged else None,
        "background": [_background(one) for one in evaluation.background],
    }
    if rules:
        found["rules"] = [asdict(one) for one in by_rule(judged)]
    if errors:
        alarms = chain.from_iterable(one.alarms for one in evaluation.background)
        found["errors"] = {
            "false_alarms": _mistakes(false_alarms(judged), errors),
            "missed": _mistakes(missed(judged), errors),
            "background": _mistakes(false_alarms(alarms), errors),
        }
    return found


def labels_of(alarms: Iterable[Judged]) -> Counter[str]:
    """Count the labels that messages alarmed for, each once a message."""
    return Counter(label for one in alarms for label in sorted({str(finding.label) for finding in one.kept}))


def _labelled(measured: Card, files: Sequence[Labelled]) -> dict[str, Any]:
    scores = measured.scores
    shares = {
        name: {"value": value, "low": measured.intervals[name].low, "high": measured.intervals[name].high}
        for name, value in scores.shares.items()
    }
    found = {
        "messages": scores.messages,
        "missing": scores.missing,
        "negatives": scores.negatives,
        "hard_negatives": scores.hard_negatives,
        "labels": {
            label: {name: shares.pop(f"{label}.{name}") for name in ("precision", "recall", "f1")} | {"n": row.n}
            for label, row in scores.labels.items()
        },
        **shares,
        "calibration_error": measured.calibration_error,
        "reliability": [asdict(one) for one in measured.reliability],
        "average_precision": average_precision(measured.curve),
        "files": [_file(one) for one in files],
    }
    return dict(_rounded(found))


def _file(file: Labelled) -> dict[str, Any]:
    scores = score(file.judged)
    row = asdict(scores.labels["any"])
    return {"name": file.name, "messages": scores.messages, **row} | {
        name: getattr(scores, name) for name in ("macro_f1", "negative_alarms", "hard_negative_alarms")
    }


def _background(file: Background) -> dict[str, Any]:
    alarms = len(file.alarms)
    interval = share_interval(alarms, file.messages)
    per_1000 = {"value": 1000 * alarms / file.messages, "low": 1000 * interval.low, "high": 1000 * interval.high}
    return {
        "name": file.name,
        "messages": file.messages,
        "alarms": alarms,
        "per_1000": _rounded(per_1000),
        "labels": dict(labels_of(file.alarms)),
    }


def _mistakes(mistakes: Sequence[Mistake], count: int) -> list[dict[str, Any]]:
    return [_rounded(asdict(one)) for one in mistakes[:count]]


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return value
