"""Precision, recall and the like of printed scan rows against labelled messages."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from detectors.finding import Label

LABELS = frozenset(label.value for label in Label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Message-level precision and recall, the share of spans inside their text, and rows that are missing."""

    messages: int
    missing: int
    precision: float
    recall: float
    in_range: float
    hard_negative_alarms: float


def scan(files: list[Path], *, own_domain: str) -> list[dict[str, object]]:
    """Run `frontdoor scan` as a user would, and read its rows."""
    command = [
        Path(sys.executable).parent / "frontdoor",
        "scan",
        "--own-domain",
        own_domain,
        "--format",
        "jsonl",
        *files,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def score(gold: list[dict[str, object]], rows: list[dict[str, object]]) -> Scores:
    """Compare rows with the labels of messages; a message without row counts as silent, and as missing."""
    by_id = {row["id"]: row for row in rows}
    hits = false_alarms = wanted = near = near_alarms = spans = inside = 0
    for message in gold:
        row = by_id.get(message["id"], {"alert": False, "findings": []})
        wanted += bool(message["labels"])
        hits += bool(message["labels"]) and bool(row["alert"])
        false_alarms += not message["labels"] and bool(row["alert"])
        if message.get("near") and not message["labels"]:
            near += 1
            near_alarms += bool(row["alert"])
        for finding in row["findings"]:
            if finding["label"] in LABELS:
                spans += 1
                start, end = finding["start"], finding["end"]
                inside += start is not None and 0 <= start < end <= len(str(message["text"]))
    return Scores(
        messages=len(gold),
        missing=sum(message["id"] not in by_id for message in gold),
        precision=hits / max(hits + false_alarms, 1),
        recall=hits / max(wanted, 1),
        in_range=inside / max(spans, 1),
        hard_negative_alarms=near_alarms / max(near, 1),
    )
