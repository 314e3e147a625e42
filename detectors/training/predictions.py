"""What cross-validation said of each message of the corpus, by a model that never saw its writer.

It is kept in the repository. `predictions.jsonl` has a row a message: `id`, `writer`, `fold`, `findings` (each with
`label`, `start`, `end`, `confidence`, `part`; all of confidence 0.05 or more, before any policy), and `left_out` where
a counterparty of the message is in the training part of its fold, too. `predictions.json` says how they were made; its
`corpus_sha256` is `corpus_hash()`.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detectors.finding import Finding
from detectors.quality import Gold, Judged, gold_of, judge, without_prediction
from detectors.scoring import Policy

FOLDER = Path(__file__).parent
CORPUS = FOLDER / "corpus"
_OWN_DOMAIN = "ourco.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A message of the corpus: what a reader says of it, who wrote it, and the domains of its counterparties."""

    gold: Gold
    writer: str
    domains: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicted:
    """A message of the corpus with the findings of the model of its fold. `findings` None: there is no row for it."""

    labelled: Labelled
    fold: str
    findings: tuple[Finding, ...] | None
    is_left_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """A cross-validation: the messages of every writer that was tested, the corpus, and the manifest."""

    predicted: tuple[Predicted, ...]
    corpus: tuple[Labelled, ...]
    manifest: Mapping[str, Any]
    is_current: bool

    @property
    def tested(self) -> tuple[Predicted, ...]:
        """The messages that count: those that were not left out."""
        return tuple(one for one in self.predicted if not one.is_left_out)


class PredictionsError(Exception):
    """The predictions do not fit the corpus. The text says where."""


def corpus_hash(corpus: Path = CORPUS) -> str:
    """Return the SHA-256 of the corpus: names and contents of its files, in the names' order."""
    total = hashlib.sha256()
    for path in sorted(corpus.glob("*.jsonl")):
        total.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def read_corpus(corpus: Path = CORPUS) -> tuple[Labelled, ...]:
    """Read every labelled message, writer by writer. Raises GoldError."""
    return tuple(_labelled(row, path.stem) for path in sorted(corpus.glob("*.jsonl")) for row in _rows(path))


def read_validation(folder: Path = FOLDER, corpus: Path = CORPUS) -> Validation:
    """Read what cross-validation left in a folder.

    A writer without any row was not tested; of one that was tested every message counts, also one without a row.
    Raises PredictionsError where the rows do not fit the corpus, OSError where there are none.
    """
    everything = read_corpus(corpus)
    rows = {row["id"]: row for row in _rows(folder / "predictions.jsonl")}
    manifest = json.loads((folder / "predictions.json").read_text("utf-8"))
    folds: dict[str, str] = {}
    for row in rows.values():
        if folds.setdefault(row["writer"], str(row["fold"])) != str(row["fold"]):
            raise PredictionsError(f"the messages of {row['writer']} are in two folds")
    predicted = [_predicted(one, rows.pop(one.gold.id, None), folds) for one in everything if one.writer in folds]
    if rows:
        raise PredictionsError(f"{len(rows)} predictions are of no message of the corpus, first {min(rows)}")
    return Validation(
        predicted=tuple(predicted),
        corpus=everything,
        manifest=manifest,
        is_current=manifest.get("corpus_sha256") == corpus_hash(corpus),
    )


def judged(predicted: Sequence[Predicted], policy: Policy) -> list[Judged]:
    """Apply a policy to predictions; a message without a row is missing."""
    return [
        without_prediction(one.labelled.gold)
        if one.findings is None
        else judge(one.labelled.gold, one.findings, policy)
        for one in predicted
    ]


def leaks(validation: Validation) -> list[str]:
    """Name the tested messages with a counterparty that is in the training part of their fold, too."""
    fold_of = {one.labelled.writer: one.fold for one in validation.predicted}
    known: dict[str, set[str]] = {
        fold: {domain for one in validation.corpus if fold_of.get(one.writer) != fold for domain in one.domains}
        for fold in set(fold_of.values())
    }
    return [one.labelled.gold.id for one in validation.tested if one.labelled.domains & known[one.fold]]


def _rows(path: Path) -> list[dict[str, Any]]:
    # Not splitlines: a text may hold characters that pass for line ends there.
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def _labelled(record: Mapping[str, Any], writer: str) -> Labelled:
    addresses = [record["from"], *record["to"], *record["cc"]]
    domains = {address.rpartition("@")[2].lower() for address in addresses}
    return Labelled(
        gold=gold_of(record, identity=record["id"]),
        writer=writer,
        domains=frozenset(one for one in domains if one != _OWN_DOMAIN and not one.endswith(f".{_OWN_DOMAIN}")),
    )


def _predicted(labelled: Labelled, row: Mapping[str, Any] | None, folds: Mapping[str, str]) -> Predicted:
    if row is not None and row["writer"] != labelled.writer:
        raise PredictionsError(f"{labelled.gold.id} is by {labelled.writer}, not by {row['writer']}")
    return Predicted(
        labelled=labelled,
        fold=folds[labelled.writer],
        findings=None if row is None else tuple(_finding(one, labelled.gold.text) for one in row["findings"]),
        is_left_out=row is not None and bool(row.get("left_out")),
    )


def _finding(found: Mapping[str, Any], text: str) -> Finding:
    return Finding(
        label=found["label"],
        start=found["start"],
        end=found["end"],
        quote="" if found.get("part") else text[found["start"] : found["end"]],
        confidence=found["confidence"],
        reason="",
        detector="",
        part=found.get("part") or "",
    )
