"""Make the model: cross-validate, train on everything, and write what ships.

Usage: python -m detectors.training.train [--cache .cache/model]
Every step that is done is kept in the cache, under a name that holds the hash of what went into it, so that a run
goes on where another stopped. Written are detectors/model (the pipeline and its manifest) and
detectors/training/predictions.jsonl with its manifest. Its four folds took forty minutes on two busy cores.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from sklearn.linear_model import LogisticRegression

from detectors.catalogue import DETECTORS, examine
from detectors.judgement import ANY, LABELS, Judgement, evidence_of
from detectors.reader import Reader
from detectors.signals import Signals
from detectors.trained import findings, trained
from detectors.training import corpus, linear
from detectors.training.encoder import Settings, base_folder, described, rows_of, tokenizer_of, train
from detectors.training.export import export
from detectors.training.folds import FOLDS, firms
from detectors.training.predictions import corpus_hash
from detectors.windows import setting_of

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "detectors" / "model"
PREDICTIONS = Path(__file__).parent / "predictions.jsonl"
# The screen's total for any signal below which a sentence is not read, in long messages and in those of one window:
# chosen on out-of-fold messages for what they keep, and on real mail for what they let pass.
LEAST, LEAST_ALONE = -1.3, -3.2
_STRENGTH = 0.3
# To be raised when sentences, cues, windows or the network change: what was trained before is then trained anew.
_FORM = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the parts say of a message that they were not trained on: (windows, 10, 5), see `evidence_of`."""

    record: corpus.Record
    writer: str
    fold: int
    left_out: bool
    seen: np.ndarray


def main() -> None:
    """Run all steps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "model")
    arguments = parser.parse_args()
    settings, everyone = Settings(), corpus.writers()
    told: list[Told] = []
    for number, held in enumerate(FOLDS):
        parts = _parts([one for one in everyone if one not in held], settings, arguments.cache)
        told += _read(parts, number, held, everyone)
    judgements = [_judgement([one for one in told if one.fold != number]) for number in range(len(FOLDS))]
    _predict(told, judgements, settings, everyone, arguments.cache)
    parts = _parts(everyone, settings, arguments.cache)
    _ship(parts, _judgement(told), settings, everyone)


def _parts(writers: Sequence[str], settings: Settings, cache: Path) -> Reader:
    """Train on some writers, unless that was done before."""
    folder = cache / _digest(writers, settings)
    if (folder / "done").exists():
        return Reader.from_disk(folder)
    sys.stderr.write(f"training on {len(writers)} writers, into {folder.name}\n")
    screen = linear.fit([line for writer in writers for one in corpus.records(writer) for line in linear.lines(one)])
    screen.to_disk(folder / "screen")
    base = base_folder(cache)
    tokenizer = tokenizer_of(base)
    examples = [
        one for writer in writers for record in corpus.records(writer) for one in corpus.examples(record, writer)
    ]
    encoder = export(train(rows_of(examples, tokenizer), base, settings), tokenizer)
    encoder.to_disk(folder / "encoder")
    Judgement(weights=np.zeros((ANY, 5)), least=LEAST, least_alone=LEAST_ALONE).to_disk(folder / "judgement.json")
    (folder / "done").touch()
    return Reader.from_disk(folder)


def _digest(writers: Sequence[str], settings: Settings) -> str:
    """Hash what a training depends on: the form of what is learned from, the settings, the messages."""
    hashed = hashlib.sha256(json.dumps([_FORM, described(settings)], sort_keys=True).encode())
    for writer in sorted(writers):
        hashed.update((corpus.CORPUS / f"{writer}.jsonl").read_bytes())
    return hashed.hexdigest()[:16]


def _read(parts: Reader, fold: int, held: Sequence[str], everyone: Sequence[str]) -> list[Told]:
    """Let the parts read the messages of the writers who were held out."""
    known = firms(one for writer in everyone if writer not in held for one in corpus.records(writer))
    return [
        Told(
            record=record,
            writer=writer,
            fold=fold,
            left_out=bool(firms([record]) & known),
            seen=_seen(record, parts),
        )
        for writer in held
        for record in corpus.records(writer)
    ]


def _seen(record: corpus.Record, parts: Reader) -> np.ndarray:
    document = corpus.document_of(record)
    setting, sentences = setting_of(document), [one.folded for one in document.sentences]
    screened = parts.screened(sentences, setting, document.cues)
    chosen = parts.promising(sentences, setting, screened)
    readings = parts.encoder.read([one.text for one in chosen])
    seen = [
        evidence_of(reading.whole, screened[one.first : one.last].max(0))
        for one, reading in zip(chosen, readings, strict=True)
    ]
    return np.stack(seen) if seen else np.empty((0, ANY, 5))


def _judgement(told: Sequence[Told]) -> Judgement:
    """Weigh the totals so that a confidence is a share of right findings, for each label over its strongest windows.

    The slopes are common to all labels, which have too few messages each; the bases are their own.
    """
    inputs, targets = [], []
    for one in told:
        for at, label in enumerate(LABELS):
            if label in linear.CONCERNED[one.record["direction"]] and len(one.seen):
                strongest = one.seen[np.argmax(one.seen[:, at, 0] + one.seen[:, at, 2])][at]
                bases = np.zeros(ANY)
                bases[at] = 1.0
                inputs.append(np.concatenate([strongest[:4], bases]))
                targets.append(label in one.record["labels"])
    model = LogisticRegression(C=_STRENGTH, fit_intercept=False, max_iter=2000)
    model.fit(np.array(inputs), np.array(targets))
    slopes, bases = model.coef_[0][:4], model.coef_[0][4:]
    return Judgement(weights=np.column_stack([np.tile(slopes, (ANY, 1)), bases]), least=LEAST, least_alone=LEAST_ALONE)


def _predict(
    told: Sequence[Told], judgements: Sequence[Judgement], settings: Settings, everyone: Sequence[str], cache: Path
) -> None:
    """Write what each fold's model finds in the messages that it never saw, judged as the other folds taught."""
    readers = [
        replace(_parts([one for one in everyone if one not in held], settings, cache), judgement=judgement)
        for held, judgement in zip(FOLDS, judgements, strict=True)
    ]
    with PREDICTIONS.open("w", encoding="utf-8") as file:
        for one in told:
            row = {"id": one.record["id"], "writer": one.writer, "fold": one.fold, "left_out": one.left_out}
            row["findings"] = list(_findings(one.record, readers[one.fold]))
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    _manifest(PREDICTIONS.with_suffix(".json"), settings, everyone)


def _findings(record: corpus.Record, reader: Reader) -> Iterator[Mapping[str, Any]]:
    model = partial(findings, model=reader)
    detectors = tuple(model if one is trained else one for one in DETECTORS)
    for one in examine(corpus.document_of(record), detectors):
        yield {"label": one.label, "start": one.start, "end": one.end, "confidence": one.confidence, "part": one.part}


def _ship(parts: Reader, judgement: Judgement, settings: Settings, everyone: Sequence[str]) -> None:
    pipeline = spacy.blank("en")
    component = pipeline.add_pipe("signals")
    assert isinstance(component, Signals)
    component.reader = replace(parts, judgement=judgement)
    pipeline.to_disk(MODEL)
    (MODEL / "sample.json").write_text(json.dumps(_sample(component.reader), indent=1) + "\n", "utf-8")
    _manifest(MODEL / "manifest.json", settings, everyone)


def _sample(reader: Reader) -> dict[str, dict[str, dict[str, float]]]:
    """Return what the model says of a few messages of each writer: the highest confidence of each label."""
    told: dict[str, dict[str, dict[str, float]]] = {}
    for writer in (one for held in FOLDS for one in held):
        for record in corpus.records(writer)[::60]:
            found = sorted(findings(corpus.document_of(record), reader), key=lambda one: one.confidence)
            told.setdefault(writer, {})[record["id"]] = {one.label: one.confidence for one in found}
    return told


def _manifest(path: Path, settings: Settings, everyone: Sequence[str]) -> None:
    told = {
        "settings": described(settings),
        "folds": FOLDS,
        "writers": list(everyone),
        "corpus_sha256": corpus_hash(),
        "least": LEAST,
        "least_alone": LEAST_ALONE,
    }
    path.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
