"""The quality card as a page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from detectors.quality import (
    ANY,
    Card,
    Judged,
    Mistake,
    Scores,
    average_precision,
    false_alarms,
    missed,
    score,
)
from detectors.training.predictions import Predicted, Validation

_MISTAKES = 10
_LONGEST_QUOTE = 120
_METHOD = """\
The messages of the writers below are judged by models that were trained without their writer: the writers are divided
into folds, each fold is tested with a model of all the others and of the files for training alone. A message is left
out of the test where the firm it goes to or comes from occurs in the training part of its fold, too. What the models
said is kept in `detectors/training/predictions.jsonl`, so that this page is computed without training.

A confidence is calibrated on the folds that are not tested: 0.5 is as often right as wrong where every third message
shows a signal. A policy asks for one confidence, the same for all labels.

- **A message** is found when it raises an alert, whichever label raised it; **a label** when a finding of it is kept.
- **Macro F1** is the mean of the ten labels' F1. **Hard negatives** are messages without a label made to resemble one.
- **Evidence** overlaps where a right finding touches the words a reader marked; its length is the median length of such
  a finding over those words; it is in range where its offsets lie in the text.
- Numbers in brackets are 95 % intervals from 1,000 resamples of the messages (Wilson's for alarms per 1,000).
"""
_LIMITS = """\
- The corpus is written for this project, by few writers, in English, about an invented company. Half of its mixed files
  are signals and half are made to look like one. In real traffic signals are rare: judge by the alarms per 1,000, too.
- The intervals take messages as independent. Messages of one writer resemble each other, pairs of messages that differ
  in one clause more so: another writer's figures may lie outside.
- How the model is built and trained was settled by trials on the same folds that are shown here, and the files for
  training alone were written where those trials showed errors, and like ordinary traffic where that raised alarms. None
  of it holds a tested message, but it flatters the figures somewhat.
- Ordinary traffic is mail of the years 1999 to 2002 and public chat. Its messages have no labels: an alarm may be
  right.
"""
_AGAIN = """\
```sh
make quality                                        # this page, from the predictions that are kept
FRONTDOOR_DATA=DIR make quality                     # and the alarms on ordinary traffic
frontdoor evaluate FILE.jsonl --policy quiet        # your own labelled messages
```
"""


def page(
    validation: Validation,
    cards: Mapping[str, Card],
    default: Sequence[Judged],
    background: Mapping[str, Mapping[str, Mapping[str, Any]]],
) -> str:
    """Return the page; `default` is what the balanced policy makes of the tested messages, in their order."""
    balanced = cards["balanced"]
    parts = [
        "# Quality of detection\n",
        "".join(f"{line}\n" for line in _what(validation, balanced)),
        f"## How it was measured\n\n{_METHOD}",
        f"## By policy\n\n{_policies(cards)}",
        f"## Ordinary traffic\n\n{_background(background)}",
        *(f"## By label, {name}\n\n{_labels(one)}" for name, one in cards.items()),
        f"## By writer, balanced\n\n{_writers(validation, default)}",
        f"## Curves\n\n{_curves(balanced)}",
        f"## Mistakes, balanced\n\n{_mistakes(default)}",
        f"## Limits\n\n{_LIMITS}",
        f"## How the predictions were made\n\n{_manifest(validation.manifest)}",
        f"## Again\n\n{_AGAIN}",
    ]
    return "\n".join(parts)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _what(validation: Validation, balanced: Card) -> Iterator[str]:
    scores = balanced.scores
    left_out = len(validation.predicted) - len(validation.tested)
    writers = {one.labelled.writer for one in validation.predicted}
    folds = {one.fold for one in validation.predicted}
    yield "Written by `make quality`; don't edit."
    yield ""
    yield (
        f"{scores.messages:,} messages of {len(writers)} writers in {len(folds)} folds were tested, "
        f"{scores.labels[ANY].n:,} with a signal, {scores.hard_negatives:,} of the others hard negatives; "
        f"{left_out:,} were left out, {scores.missing:,} have no prediction."
    )
    untested = sorted({one.writer for one in validation.corpus} - writers)
    if untested:
        yield f"For training alone: {', '.join(untested)}."
    if not validation.is_current:
        yield ""
        yield "**The corpus has changed since these predictions were made.**"


def _policies(cards: Mapping[str, Card]) -> str:
    shares = ("macro_f1", "hard_negative_alarms", "evidence_overlap", "evidence_length", "evidence_in_range")
    names = (f"{ANY}.precision", f"{ANY}.recall", f"{ANY}.f1", *shares)
    titles = ("precision", "recall", "F1", "macro F1", "alarms on hard negatives", "overlap", "length", "in range")
    rows = [(policy, *(_share(card, name) for name in names)) for policy, card in cards.items()]
    return table(("policy", *titles), rows)


def _labels(card: Card) -> str:
    rows = [
        (label, *(_share(card, f"{label}.{name}") for name in ("precision", "recall", "f1")), f"{row.n:,}")
        for label, row in sorted(card.scores.labels.items(), key=lambda one: one[0] != ANY)
    ]
    return table(("label", "precision", "recall", "F1", "n"), rows)


def _background(background: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> str:
    files = list(dict.fromkeys(name for rows in background.values() for name in rows))
    if not files:
        return "Alarms per 1,000 messages: not measured.\n"
    cells = [[_rate(rows.get(name)) for name in files] for rows in background.values()]
    rows = [(policy, *row) for policy, row in zip(background, cells, strict=True)]
    return "Alarms per 1,000 messages, by the model that ships.\n\n" + table(("policy", *files), rows)


def _rate(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return "not measured"
    rate = row["per_1000"]
    return f"{rate['value']:.1f} [{rate['low']:.1f}, {rate['high']:.1f}]: {row['alarms']:,} of {row['messages']:,}"


def _writers(validation: Validation, default: Sequence[Judged]) -> str:
    def writer_of(pair: tuple[Predicted, Judged]) -> tuple[str, str]:
        return pair[0].labelled.writer, pair[0].fold

    rows = []
    pairs = sorted(zip(validation.tested, default, strict=True), key=writer_of)
    for (writer, fold), group in groupby(pairs, key=writer_of):
        scores = score(one for _, one in group)
        whole = scores.labels[ANY]
        near = f"{scores.hard_negative_alarms:.3f} of {scores.hard_negatives:,}" if scores.hard_negatives else ""
        found = (f"{whole.recall:.3f}", f"{whole.f1:.3f}", f"{scores.macro_f1:.3f}") if whole.n else ("", "", "")
        precision = f"{whole.precision:.3f}" if whole.n else ""
        rows.append((writer, fold, f"{scores.messages:,}", f"{whole.n:,}", precision, *found, near, _false(scores)))
    titles = ("messages", "with a label", "precision", "recall", "F1", "macro F1", "hard negatives", "false alarms")
    return table(("writer", "fold", *titles), rows)


def _false(scores: Scores) -> str:
    return f"{round(scores.negative_alarms * scores.negatives):,} of {scores.negatives:,}"


def _curves(card: Card) -> str:
    bins = table(
        ("confidence", "findings", "mean confidence", "right"),
        [(f"{one.low:.1f} to {one.high:.1f}", f"{one.n:,}", f"{one.confidence:.3f}", f"{one.right:.3f}")
         for one in card.reliability],
    )  # fmt: skip
    return (
        "![Precision over recall](quality/precision-recall.svg)\n\n"
        f"The area under the curve is {average_precision(card.curve):.3f}. A message's confidence is that of its "
        "strongest finding.\n\n"
        "![Reliability of confidences](quality/reliability.svg)\n\n"
        "Of each message and label the strongest finding counts. The expected calibration error is "
        f"{card.calibration_error:.3f}.\n\n{bins}"
    )


def _mistakes(default: Sequence[Judged]) -> str:
    wrong, silent = false_alarms(default), missed(default)
    return (
        f"The surest false alarms, {min(_MISTAKES, len(wrong))} of {len(wrong):,}:\n\n{_listed(wrong)}\n"
        f"Signals that were missed, {min(_MISTAKES, len(silent))} of {len(silent):,}, those of silent messages first, "
        f"and of these the least sure:\n\n{_listed(silent)}"
    )


def _listed(mistakes: Sequence[Mistake]) -> str:
    rows = [(one.id, one.label, f"{one.confidence:.2f}", _words(one.quote)) for one in mistakes[:_MISTAKES]]
    return table(("message", "label", "confidence", "words"), rows)


def _words(quote: str) -> str:
    plain = " ".join(quote.split())
    return plain if len(plain) <= _LONGEST_QUOTE else plain[:_LONGEST_QUOTE] + "…"


def _manifest(manifest: Mapping[str, Any]) -> str:
    return table(("", ""), _flat(manifest, ""))


def _flat(value: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, one in value.items():
        if isinstance(one, Mapping):
            yield from _flat(one, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", ", ".join(map(str, one)) if isinstance(one, list) else str(one)


def _share(card: Card, name: str) -> str:
    interval = card.intervals[name]
    return f"{card.scores.shares[name]:.3f} [{interval.low:.3f}, {interval.high:.3f}]"
