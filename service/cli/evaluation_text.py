"""An evaluation as lines for a person."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from detectors.quality import (
    ANY,
    Card,
    Judged,
    Mistake,
    by_rule,
    card,
    false_alarms,
    missed,
    score,
    share_interval,
)
from service.cli.evaluation_json import labels_of
from service.pipeline.evaluate import Background, Evaluation, Labelled

_SHARES = (
    ("macro F1", "macro_f1"),
    ("micro F1", "micro_f1"),
    ("alarms on messages without a label", "negative_alarms"),
    ("alarms on hard negatives", "hard_negative_alarms"),
    ("evidence overlap", "evidence_overlap"),
    ("evidence length, median ratio", "evidence_length"),
    ("evidence in range", "evidence_in_range"),
)


def lines(evaluation: Evaluation, *, policy: str, errors: int, rules: bool) -> Iterator[str]:
    """Yield the lines of a report; words of messages come with `errors` alone."""
    judged = list(chain.from_iterable(one.judged for one in evaluation.labelled))
    yield f"policy {policy}; 95 % intervals in brackets"
    if judged:
        yield from _labelled(card(judged))
    if len(evaluation.labelled) > 1:
        yield from _files(evaluation.labelled)
    if evaluation.background:
        yield from _background(evaluation.background)
    if rules:
        yield from _rules(judged)
    if errors:
        alarms = chain.from_iterable(one.alarms for one in evaluation.background)
        yield from _mistakes("surest false alarms", false_alarms(judged), errors, otherwise="it shows another label")
        yield from _mistakes("missed signals", missed(judged), errors, otherwise="it alarmed for another label")
        yield from _mistakes("surest alarms on messages without labels", false_alarms(alarms), errors)


def _labelled(measured: Card) -> Iterator[str]:
    scores = measured.scores
    yield ""
    yield (
        f"{scores.messages:,} labelled messages: {scores.labels[ANY].n:,} with a label, "
        f"{scores.hard_negatives:,} hard negatives, {scores.missing:,} without a prediction"
    )
    yield ""
    yield f"{'':<16}{'precision':<22}{'recall':<22}{'F1':<22}{'n':>6}"
    for label in (ANY, *(label for label in scores.labels if label != ANY)):
        cells = [_share(measured, f"{label}.{name}") for name in ("precision", "recall", "f1")]
        yield f"{label:<16}" + "".join(f"{cell:<22}" for cell in cells) + f"{scores.labels[label].n:>6,}"
    yield ""
    for title, name in _SHARES:
        yield f"{title:<38}{_share(measured, name)}"
    claims = sum(one.n for one in measured.reliability)
    yield f"{'calibration error':<38}{measured.calibration_error:.3f} of {claims:,} confidences"


def _files(files: Sequence[Labelled]) -> Iterator[str]:
    width = _width(one.name for one in files)
    yield ""
    yield f"{'file':<{width}}{'messages':>9}{'precision':>11}{'recall':>8}{'macro F1':>10}{'on hard negatives':>19}"
    for one in files:
        scores = score(one.judged)
        row = scores.labels[ANY]
        # A file without any label has no recall, and one without hard negatives no alarms on them.
        recall, macro = (f"{row.recall:.3f}", f"{scores.macro_f1:.3f}") if row.n else ("-", "-")
        near = f"{scores.hard_negative_alarms:.3f}" if scores.hard_negatives else "-"
        precision = f"{row.precision:.3f}"
        yield f"{one.name:<{width}}{scores.messages:>9,}{precision:>11}{recall:>8}{macro:>10}{near:>19}"


def _background(files: Sequence[Background]) -> Iterator[str]:
    width = _width(one.name for one in files)
    yield ""
    yield f"{'without labels':<{width}}{'messages':>9}{'alarms':>8}{'per 1,000':>11}"
    for one in files:
        interval = share_interval(len(one.alarms), one.messages)
        rate = 1000 * len(one.alarms) / one.messages
        labels = ", ".join(f"{label} {count}" for label, count in labels_of(one.alarms).most_common())
        yield (
            f"{one.name:<{width}}{one.messages:>9,}{len(one.alarms):>8,}{rate:>11.1f} "
            f"[{1000 * interval.low:.1f}, {1000 * interval.high:.1f}]  {labels}".rstrip()
        )


def _rules(judged: Iterable[Judged]) -> Iterator[str]:
    yield ""
    yield f"{'label':<16}{'detector':<16}{'rule':<32}{'findings':>9}{'right':>8}"
    for one in by_rule(judged):
        yield f"{one.label:<16}{one.detector:<16}{one.rule:<32}{one.findings:>9,}{one.right / one.findings:>8.2f}"


def _mistakes(title: str, mistakes: Sequence[Mistake], count: int, *, otherwise: str = "") -> Iterator[str]:
    if not mistakes:
        return
    yield ""
    yield f"{title}: {min(count, len(mistakes)):,} of {len(mistakes):,}"
    for one in mistakes[:count]:
        whole = "" if one.is_whole else f"  ({otherwise})"
        words = f"  \N{LEFT DOUBLE QUOTATION MARK}{' '.join(one.quote.split())}\N{RIGHT DOUBLE QUOTATION MARK}"
        yield f"    {' '.join(one.id.split())}  {one.label} {one.confidence:.2f}{words if one.quote else ''}{whole}"


def _share(measured: Card, name: str) -> str:
    interval = measured.intervals[name]
    return f"{measured.scores.shares[name]:.3f} [{interval.low:.3f}, {interval.high:.3f}]"


def _width(names: Iterable[str]) -> int:
    return max(16, *(len(name) + 2 for name in names))
