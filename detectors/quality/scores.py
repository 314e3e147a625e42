"""Precision, recall and the like of judged messages."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detectors.quality.gold import LABELS
from detectors.quality.judged import Judged

# The row of the whole message: whether anything at all was alarmed, whichever label.
ANY = "any"

_Count = tuple[str, str]
_MESSAGE_OUTCOMES = {(True, True): "tp", (True, False): "fn", (False, True): "fp", (False, False): "tn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelScore:
    """How well one label is found; `n` messages show it. What would divide by nothing is 0."""

    precision: float
    recall: float
    f1: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """How good predictions are; all but the counts are shares in 0..1, and `evidence_length` a ratio.

    `labels`: the ten labels and ANY. A label is predicted where a finding of it was kept; ANY goes by the alert.
    `negative_alarms`: the share of the `negatives`, which show no label, that raised an alert;
    `hard_negative_alarms`: the same of those among them that were made to resemble a label. `evidence_overlap`: of the
    labels found rightly, the share with a finding that touches the reader's evidence; `evidence_length`: the median
    length of those findings over the evidence's own; `evidence_in_range`: the share of all findings whose offsets lie
    in the text.
    """

    messages: int
    missing: int
    negatives: int
    hard_negatives: int
    labels: Mapping[str, LabelScore]
    macro_f1: float
    micro_f1: float
    negative_alarms: float
    hard_negative_alarms: float
    evidence_overlap: float
    evidence_length: float
    evidence_in_range: float

    @property
    def shares(self) -> dict[str, float]:
        """Every figure but the counts, by name: `macro_f1`, `budget.precision`."""
        rows = {
            f"{label}.{name}": float(getattr(row, name))
            for label, row in self.labels.items()
            for name in ("precision", "recall", "f1")
        }
        names = ("macro_f1", "micro_f1", "negative_alarms", "hard_negative_alarms")
        evidence = ("evidence_overlap", "evidence_length", "evidence_in_range")
        return rows | {name: float(getattr(self, name)) for name in names + evidence}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one message adds to the counts, and the lengths of its right findings over the evidence's."""

    counts: tuple[tuple[_Count, int], ...]
    lengths: tuple[float, ...] = ()


def score(judged: Iterable[Judged]) -> Scores:
    """Compare predictions with labels."""
    return total((outcome_of(one), 1) for one in judged)


def outcome_of(judged: Judged) -> Outcome:
    """Return what a message adds to the figures."""
    gold = judged.gold
    found = {one.label for one in judged.kept}.intersection(LABELS)
    counts = Counter[_Count]({("messages", "all"): 1, ("messages", "missing"): int(judged.is_missing)})
    for label in LABELS:
        if label not in gold.optional and (label in gold.labels or label in found):
            counts[label, _MESSAGE_OUTCOMES[label in gold.labels, label in found]] += 1
    if gold.labels or not gold.optional:
        counts[ANY, _MESSAGE_OUTCOMES[bool(gold.labels), judged.alert]] += 1
    if gold.near and not gold.labels:
        counts["near", "all"] += 1
        counts["near", "alarm"] += judged.alert
    for one in judged.kept:
        if one.label in LABELS and not one.part:
            counts["evidence", "findings"] += 1
            counts["evidence", "in range"] += _is_in_range(one.start, one.end, len(gold.text))
    lengths: list[float] = []
    for label in sorted(gold.labels & found & gold.evidence.keys()):
        touching = list(_touching(judged, label))
        counts["evidence", "hit" if touching else "miss"] += 1
        lengths += touching
    return Outcome(counts=tuple(sorted((+counts).items())), lengths=tuple(lengths))


def total(outcomes: Iterable[tuple[Outcome, int]]) -> Scores:
    """Sum up outcomes, each as often as its number says."""
    count = Counter[_Count]()
    lengths: list[float] = []
    for outcome, times in outcomes:
        for key, number in outcome.counts:
            count[key] += number * times
        lengths += outcome.lengths * times
    lengths.sort()
    labels = {label: _row(count, label) for label in (*LABELS, ANY)}
    all_labels = [sum(count[label, kind] for label in LABELS) for kind in ("tp", "fp", "fn")]
    return Scores(
        messages=count["messages", "all"],
        missing=count["messages", "missing"],
        negatives=count[ANY, "fp"] + count[ANY, "tn"],
        hard_negatives=count["near", "all"],
        labels=labels,
        macro_f1=sum(labels[label].f1 for label in LABELS) / len(LABELS),
        micro_f1=_f1(*all_labels),
        negative_alarms=_ratio(count[ANY, "fp"], count[ANY, "fp"] + count[ANY, "tn"]),
        hard_negative_alarms=_ratio(count["near", "alarm"], count["near", "all"]),
        evidence_overlap=_ratio(count["evidence", "hit"], count["evidence", "hit"] + count["evidence", "miss"]),
        evidence_length=lengths[len(lengths) // 2] if lengths else 0.0,
        evidence_in_range=_ratio(count["evidence", "in range"], count["evidence", "findings"]),
    )


def _touching(judged: Judged, label: str) -> Iterable[float]:
    """Yield the lengths, over the evidence's, of a label's findings that touch it."""
    words = judged.gold.evidence[label]
    start = judged.gold.text.find(words)
    end = start + len(words)
    for one in judged.kept:
        if one.label != label or one.part or one.start is None or one.end is None:
            continue
        if one.start < end and start < one.end:
            yield (one.end - one.start) / len(words)


def _is_in_range(start: int | None, end: int | None, length: int) -> bool:
    return start is not None and end is not None and 0 <= start < end <= length


def _row(count: Counter[_Count], label: str) -> LabelScore:
    tp, fp, fn = (count[label, kind] for kind in ("tp", "fp", "fn"))
    return LabelScore(precision=_ratio(tp, tp + fp), recall=_ratio(tp, tp + fn), f1=_f1(tp, fp, fn), n=tp + fn)


def _f1(tp: int, fp: int, fn: int) -> float:
    return _ratio(2 * tp, 2 * tp + fp + fn)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
