"""Make the model: cross-validate, train on everything, and write what ships.

Usage: python -m detectors.training.train [--cache .cache/model] [--fold N --into FILE]
Every step that is done is kept in the cache, under a name that holds the hash of the messages and settings that went
into it, so that a run goes on where another stopped; a change to the program itself raises `_FORM`. Written are
detectors/model (the pipeline and its manifest) and detectors/training/predictions.jsonl with its manifest. It takes
about an hour on two cores.
"""

import argparse
import hashlib
import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import torch
from sklearn.linear_model import LogisticRegression

from detectors.catalogue import DETECTORS, examine
from detectors.encoder import Encoder as Exported
from detectors.finding import SHOWN_IN
from detectors.judgement import ANY, COLUMNS, LABELS, Judgement, evidence_of
from detectors.quality import score
from detectors.reader import Reader
from detectors.scoring import builtin_policies
from detectors.screen import Screen
from detectors.signals import Signals
from detectors.trained import findings, trained
from detectors.training import corpus, linear
from detectors.training.encoder import Encoder, Settings, base_folder, described, rows_of, tokenizer_of, train
from detectors.training.export import export
from detectors.training.folds import FOLDS, always_trained_on, firms
from detectors.training.predictions import corpus_hash, judged, read_validation
from detectors.windows import is_one, setting_of

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "detectors" / "model"
PREDICTIONS = Path(__file__).parent / "predictions.jsonl"
# How promising a sentence must be to be read, in long messages and in short ones, and a window after the
# encoder's early layers: chosen on out-of-fold messages for what they keep, and for what they let pass.
LIMITS = {"least": -2.0, "least_short": -7.0, "least_promise": -5.2}
# Windows without a label that the screen's total for any signal puts below these, in long messages and in those of one
# window, teach the encoder little: it learns from one in six of them.
_TEACHES, _TEACHES_ALONE, _ONE_IN = -2.0, -3.9, 6
_ONE_HEARD_IN = 50
_STRENGTH = 0.1
_TOLD_SHARES = ("any.precision", "any.recall", "macro_f1", "hard_negative_alarms", "evidence_overlap")
# To be raised when sentences, cues, windows or the network change: what was trained before is then trained anew.
_FORM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the parts say of a message that they were not trained on: (windows, 10, COLUMNS), see `evidence_of`."""

    record: corpus.Record
    writer: str
    fold: int
    left_out: bool
    seen: np.ndarray


def main() -> None:
    """Run all steps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "model")
    parser.add_argument("--fold", type=int, choices=range(len(FOLDS)), help="do this fold alone, and ship nothing")
    parser.add_argument("--into", type=Path, help="where the predictions of that fold go")
    arguments = parser.parse_args()
    if (arguments.fold is None) != (arguments.into is None):
        parser.error("--fold and --into go together")
    settings, everyone = Settings(), corpus.writers()
    if arguments.fold is not None:
        _one_fold(arguments.fold, arguments.into, settings, everyone, arguments.cache)
        return
    folds = [_parts(_others(number, everyone), settings, arguments.cache) for number in range(len(FOLDS))]
    told = [one for number, parts in enumerate(folds) for one in _read(parts, number, FOLDS[number], everyone)]
    readers = {
        number: replace(parts, judgement=_judgement([one for one in told if one.fold != number]))
        for number, parts in enumerate(folds)
    }
    _predict(told, readers, PREDICTIONS)
    _manifest(PREDICTIONS.with_suffix(".json"), settings, everyone)
    parts = _parts(everyone, settings, arguments.cache)
    _ship(parts, _judgement(told), settings, everyone)


def _one_fold(number: int, into: Path, settings: Settings, everyone: Sequence[str], cache: Path) -> None:
    """Write what is found in the messages of a fold, judged as the model that ships judges."""
    parts = _parts(_others(number, everyone), settings, cache)
    reader = replace(parts, judgement=Judgement.from_disk(MODEL / "signals" / "judgement.json"))
    _predict(_read(parts, number, FOLDS[number], everyone), {number: reader}, into)
    _manifest(into.with_suffix(".json"), settings, everyone)


def _parts(writers: Sequence[str], settings: Settings, cache: Path) -> Reader:
    """Train on some writers, unless that was done before."""
    folder = cache / _digest(writers, settings)
    if not (folder / "done").exists():
        _train(writers, settings, cache, folder)
    unjudged = Judgement(slopes=np.zeros(COLUMNS), bases=np.zeros(ANY), **LIMITS)
    screen, encoder = Screen.from_disk(folder / "screen"), Exported(folder / "encoder")
    return Reader(screen=screen, encoder=encoder, judgement=unjudged)


def _train(writers: Sequence[str], settings: Settings, cache: Path, folder: Path) -> None:
    sys.stderr.write(f"training on {len(writers)} writers, into {folder.name}\n")
    screen = linear.fit(_lines(writers))
    screen.to_disk(folder / "screen")
    network, tokenizer = _begun(settings, cache), tokenizer_of(base_folder(cache))
    taught = _taught(writers, screen)
    train(network, rows_of(taught, tokenizer), settings, settings.epochs)
    export(network, tokenizer, [one.window.text for one in taught[::_ONE_HEARD_IN]], folder / "encoder")
    (folder / "done").touch()


def _begun(settings: Settings, cache: Path) -> Encoder:
    """Return the encoder trained on the files that no fold holds out: all folds go on from there."""
    writers, base = always_trained_on(), base_folder(cache)
    folder = cache / f"begun-{_digest(writers, settings)}"
    network = Encoder(base, settings)
    if not (folder / "network.pt").exists():
        sys.stderr.write(f"training on {len(writers)} writers that are never scored, into {folder.name}\n")
        screen = linear.fit(_lines(writers))
        rows = rows_of(_taught(writers, screen), tokenizer_of(base))
        train(network, rows, settings, settings.first_epochs)
        folder.mkdir(parents=True, exist_ok=True)
        torch.save(network.state_dict(), folder / "unfinished.pt")
        (folder / "unfinished.pt").rename(folder / "network.pt")
    network.load_state_dict(torch.load(folder / "network.pt", weights_only=True))
    return network


def _lines(writers: Sequence[str]) -> list[linear.Line]:
    return [line for writer in writers for record in corpus.records(writer) for line in linear.lines(record)]


def _taught(writers: Sequence[str], screen: Screen) -> list[corpus.Example]:
    """Return the windows that the encoder learns from."""
    examples = [
        one for writer in writers for record in corpus.records(writer) for one in corpus.examples(record, screen)
    ]
    return [one for at, one in enumerate(examples) if _teaches(one) or not at % _ONE_IN]


def _others(fold: int, everyone: Sequence[str]) -> list[str]:
    return [one for one in everyone if one not in FOLDS[fold]]


def _teaches(example: corpus.Example) -> bool:
    return bool(example.labels) or example.highest >= (_TEACHES_ALONE if example.alone else _TEACHES)


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
    screened = parts.screened(sentences, setting)
    seen = [
        evidence_of(reading, screened[one.first : one.last], setting, is_alone=is_one(sentences))
        for one, reading in parts.read(sentences, setting, screened)
        if reading is not None
    ]
    return np.stack(seen) if seen else np.empty((0, ANY, COLUMNS))


def _judgement(told: Sequence[Told]) -> Judgement:
    """Weigh the totals so that a confidence is a share of right findings, for each label over its strongest windows.

    The slopes are common to all labels, which have too few messages each; the bases are their own.
    """
    seen, labels, targets = [], [], []
    for one in told:
        for at, label in enumerate(LABELS):
            if label in SHOWN_IN[one.record["direction"]] and len(one.seen):
                of_label = one.seen[:, at]
                seen.append(of_label[np.argmax(of_label[:, 0] + of_label[:, 1])])
                labels.append(np.eye(ANY)[at])
                targets.append(label in one.record["labels"])
    columns = np.array(seen)
    middle, spread = columns.mean(0), columns.std(0)
    model = LogisticRegression(C=_STRENGTH, fit_intercept=False, max_iter=2000)
    model.fit(np.hstack([(columns - middle) / spread, np.array(labels)]), np.array(targets))
    slopes = model.coef_[0][:COLUMNS] / spread
    return Judgement(slopes=slopes, bases=model.coef_[0][COLUMNS:] - slopes @ middle, **LIMITS)


def _predict(told: Sequence[Told], readers: Mapping[int, Reader], into: Path) -> None:
    """Write what each fold's model finds in the messages that it never saw."""
    with into.open("w", encoding="utf-8") as file:
        for one in told:
            row = {"id": one.record["id"], "writer": one.writer, "fold": one.fold, "left_out": one.left_out}
            row["findings"] = list(_findings(one.record, readers[one.fold]))
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _findings(record: corpus.Record, reader: Reader) -> Iterator[Mapping[str, Any]]:
    model = partial(findings, model=reader)
    detectors = tuple(model if one is trained else one for one in DETECTORS)
    for one in examine(corpus.document_of(record), detectors):
        yield {"label": one.label, "start": one.start, "end": one.end, "confidence": one.confidence, "part": one.part}


def _ship(parts: Reader, judgement: Judgement, settings: Settings, everyone: Sequence[str]) -> None:
    pipeline = spacy.blank("en", meta={"name": "frontdoor_signals", "license": "Apache-2.0"})
    component = pipeline.add_pipe("signals")
    assert isinstance(component, Signals)
    component.reader = replace(parts, judgement=judgement)
    shutil.rmtree(MODEL, ignore_errors=True)
    pipeline.to_disk(MODEL)
    (MODEL / "sample.json").write_text(json.dumps(_sample(component.reader), indent=1) + "\n", "utf-8")
    files = sorted(path for path in MODEL.rglob("*") if path.is_file())
    hashes = {str(path.relative_to(MODEL)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    _manifest(MODEL / "manifest.json", settings, everyone, scores=_scores(), sha256=hashes)


def _sample(reader: Reader) -> dict[str, dict[str, dict[str, float]]]:
    """Return what the model says of a few messages of each writer: the highest confidence of each label."""
    told: dict[str, dict[str, dict[str, float]]] = {}
    for writer in (one for held in FOLDS for one in held):
        for record in corpus.records(writer)[::60]:
            found = sorted(findings(corpus.document_of(record), reader), key=lambda one: one.confidence)
            told.setdefault(writer, {})[record["id"]] = {one.label: one.confidence for one in found}
    return told


def _scores() -> dict[str, float]:
    """Return what the kept predictions are worth, by the policy that is the default."""
    [balanced] = (one for one in builtin_policies() if one.name == "balanced")
    shares = score(judged(read_validation().tested, balanced)).shares
    return {name: round(shares[name], 4) for name in _TOLD_SHARES}


def _manifest(path: Path, settings: Settings, everyone: Sequence[str], **more: Mapping[str, Any]) -> None:
    told = {
        "settings": described(settings),
        "folds": FOLDS,
        "writers": list(everyone),
        "corpus_sha256": corpus_hash(),
        "limits": LIMITS,
        **more,
    }
    path.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
