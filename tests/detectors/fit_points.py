"""Fit what cues and rules are worth (detectors/points.toml) to labelled messages.

Usage: python tests/detectors/fit_points.py [--write] FILE...
FILE names a file of detectors/training/corpus without ".jsonl": dev, train_e1.

Logistic regression with a quadratic penalty, one label at a time, by Newton steps along one feature after the other. A
row is a sentence in a direction where the label can occur. Sentences of files without any label weigh more: they stand
for the ordinary mail that outnumbers signals in the field. The sums are then stretched and shifted so that a confidence
is a share of right findings: fitted on one half of the writers, judged on the other.
"""

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from detectors.catalogue import DETECTORS
from detectors.context import Context
from detectors.cues import NAMES
from detectors.document import Document, prepare
from detectors.rules import Table, hits_of
from messages import Channel, Directory, Message, Participant

_PENALTY = 2.5
_RULE_PENALTY = 2.0
_ORDINARY_WEIGHT = 6.0
_SWEEPS = 25
_OWN = "ourco.example"
_CORPUS = Path(__file__).parents[2] / "detectors" / "training" / "corpus"
_TABLES: dict[str, Table] = {one.__name__: sys.modules[one.__module__].TABLE for one in DETECTORS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A sentence: its features (cues and rules), whether it shows the label, and how much it weighs."""

    message: str
    writer: str
    features: tuple[str, ...]
    shown: bool
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What each feature is worth, and the base."""

    base: float
    worth: Mapping[str, float]

    def total(self, row: Row) -> float:
        return self.base + sum(self.worth[feature] for feature in row.features if feature in self.worth)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--write", action="store_true", help="write detectors/points.toml")
    arguments = parser.parse_args()
    rows = _rows(arguments.files)
    stretch, shift = _calibration(rows, arguments.files)
    print(f"stretch {stretch:.2f} shift {shift:.2f}")
    if not arguments.write:
        return
    told = ["# What each cue and rule is worth for each label: written by tests/detectors/fit_points.py.\n"]
    told += [_toml(label, fit(of_label), stretch, shift) for label, of_label in rows.items()]
    (Path(__file__).parents[2] / "detectors" / "points.toml").write_text("".join(told), "utf-8")


def _rows(files: Iterable[str]) -> dict[str, list[Row]]:
    context = Context(directory=Directory(own_domains=(_OWN,)))
    rows: dict[str, list[Row]] = defaultdict(list)
    for writer in files:
        path = _CORPUS / f"{writer}.jsonl"
        records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        weight = 1.0 if any(one["labels"] for one in records) else _ORDINARY_WEIGHT
        for record in records:
            document = prepare(_message(record), context)
            for label, table in _TABLES.items():
                if table.concerns(document):
                    rows[label].extend(_label_rows(record, document, label, writer, weight))
    return rows


def _label_rows(record: Mapping[str, Any], document: Document, label: str, writer: str, weight: float) -> Iterator[Row]:
    """Yield a message's rows; what stands beside the evidence in a labelled message says nothing and is left out."""
    evidence = record["evidence"].get(label, "")
    begin = record["text"].find(evidence) if evidence else -1
    table = _TABLES[label]
    for index, (sentence, cues) in enumerate(zip(document.sentences, document.cues, strict=True)):
        shown = begin >= 0 and not sentence.part and sentence.start < begin + len(evidence) and begin < sentence.end
        line = document.line(index)
        if table.looks_at(line) and (shown or label not in record["labels"]):
            ruled = hits_of(table, line, table.candidates(line))
            features = (*(NAMES[cue] for cue in cues), *(f"rule {hit.rule.name}" for hit in ruled))
            yield Row(message=record["id"], writer=writer, features=features, shown=shown, weight=weight)


def _message(record: Mapping[str, Any]) -> Message:
    return Message(
        id=record["id"],
        channel=Channel(record["channel"]),
        sender=Participant(address=record["from"]),
        to=tuple(Participant(address=one) for one in record["to"]),
        cc=tuple(Participant(address=one) for one in record["cc"]),
        subject=record["subject"],
        text=record["text"],
    )


def fit(rows: Sequence[Row]) -> Fit:
    """Return what maximises the likelihood of the rows, less the penalty."""
    holders: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for feature in row.features:
            holders[feature].append(index)
    worth = dict.fromkeys(holders, 0.0)
    everywhere, base, sums = range(len(rows)), 0.0, [0.0] * len(rows)
    for _ in range(_SWEEPS):
        step = _step(rows, everywhere, sums, base, penalty=0.01)
        base, largest = base + step, abs(step)
        sums = [one + step for one in sums]
        for feature, members in holders.items():
            penalty = _RULE_PENALTY if feature.startswith("rule ") else _PENALTY
            step = _step(rows, members, sums, worth[feature], penalty=penalty)
            worth[feature] += step
            largest = max(largest, abs(step))
            for member in members:
                sums[member] += step
        if largest < 0.01:
            break
    return Fit(base=base, worth=worth)


def _step(rows: Sequence[Row], members: Sequence[int], sums: Sequence[float], now: float, *, penalty: float) -> float:
    slope, curve = penalty * now, penalty
    for member in members:
        row = rows[member]
        share = 1 / (1 + math.exp(-sums[member]))
        slope += row.weight * (share - row.shown)
        curve += row.weight * share * (1 - share)
    return max(-1.0, min(1.0, -slope / (curve + 1e-6)))


def _calibration(rows: Mapping[str, Sequence[Row]], files: Sequence[str]) -> tuple[float, float]:
    """Return stretch and shift that turn sums into honest confidences, over messages of writers not fitted on."""
    judged: list[tuple[float, bool]] = []
    for held in (set(files[::2]), set(files[1::2])):
        for of_label in rows.values():
            fitted = fit([row for row in of_label if row.writer not in held])
            best: dict[str, tuple[float, bool]] = {}
            for row in of_label:
                if row.writer in held and row.weight == 1.0:
                    total, shown = best.get(row.message, (-math.inf, False))
                    best[row.message] = (max(total, fitted.total(row)), shown or row.shown)
            judged += [one for one in best.values() if one[0] > -4]
    return _platt(judged)


def _platt(judged: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Return the stretch and shift under which the sums' odds are those observed."""
    stretch, shift = 1.0, 0.0
    for _ in range(400):
        errors = [(1 / (1 + math.exp(-stretch * total - shift)) - shown, total) for total, shown in judged]
        stretch -= 0.2 * sum(error * total for error, total in errors) / len(judged)
        shift -= 0.2 * sum(error for error, _ in errors) / len(judged)
    return stretch, shift


def _toml(label: str, fitted: Fit, stretch: float, shift: float) -> str:
    worth = {name: round(stretch * one, 2) for name, one in sorted(fitted.worth.items(), key=lambda item: -item[1])}
    cues = [f'"{name}" = {one}' for name, one in worth.items() if abs(one) >= 0.1 and not name.startswith("rule ")]
    rules = [f'"{name.removeprefix("rule ")}" = {one}' for name, one in worth.items() if name.startswith("rule ")]
    told = [f"[{label}]", f"base = {stretch * fitted.base + shift:.2f}", f"[{label}.rules]", *rules]
    return "\n" + "\n".join([*told, f"[{label}.cues]", *cues]) + "\n"


if __name__ == "__main__":
    main()
