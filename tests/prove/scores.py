"""Rows that `frontdoor scan` printed, held against labelled messages or counted."""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from detectors.finding import Finding
from detectors.quality import Gold, Judged, gold_of, without_prediction

Record = Mapping[str, Any]


def scan(files: list[Path], *, own_domain: str) -> list[dict[str, Any]]:
    """Run `frontdoor scan` as a user would, and read its rows."""
    program = Path(sys.executable).parent / "frontdoor"
    command = [program, "scan", "--own-domain", own_domain, "--format", "jsonl", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def judged(records: Iterable[Record], rows: Iterable[Record]) -> list[Judged]:
    """Join labelled records with the rows of a scan; a record without row counts as silent, and as missing."""
    by_id = {row["id"]: row for row in rows}
    golds = [gold_of(record, identity=record["id"]) for record in records]
    return [_judged(gold, by_id[gold.id]) if gold.id in by_id else without_prediction(gold) for gold in golds]


def _judged(gold: Gold, row: Record) -> Judged:
    kept = tuple(
        Finding(
            label=one["label"],
            start=one["start"],
            end=one["end"],
            quote=one["quote"],
            confidence=one["confidence"],
            reason=one["reason"],
            detector=one["detector"],
            part=one.get("part", ""),
        )
        for one in row["findings"]
    )
    return Judged(gold=gold, alert=row["alert"], kept=kept, seen=kept)
