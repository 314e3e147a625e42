"""The screen's training: logistic regression, one label at a time, over the sentences of labelled messages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from detectors.cues import present
from detectors.features import features
from detectors.finding import SHOWN_IN
from detectors.judgement import LABELS
from detectors.screen import Screen
from detectors.training.corpus import Record, document_of
from detectors.windows import setting_of

_STRENGTH = 3.0
_RAREST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence: what the screen sees in it, the labels it shows, and those shown elsewhere in its message."""

    direction: str
    seen: tuple[str, ...]
    shown: frozenset[str]
    elsewhere: frozenset[str]


def lines(record: Record) -> list[Line]:
    """Return the sentences of a labelled message."""
    document = document_of(record)
    setting, text = setting_of(document), record["text"]
    places = {label: text.find(quote) for label, quote in record["evidence"].items()}
    told = []
    for index, sentence in enumerate(document.sentences):
        shown = frozenset(
            label
            for label, begin in places.items()
            if not sentence.part and sentence.start < begin + len(record["evidence"][label]) and begin < sentence.end
        )
        told.append(
            Line(
                direction=str(document.direction),
                seen=tuple(dict.fromkeys(features(sentence.folded, setting, present(document.line(index))))),
                shown=shown,
                elsewhere=frozenset(record["labels"]) - shown,
            )
        )
    return told


def fit(told: Sequence[Line]) -> Screen:
    """Fit the screen to sentences."""
    labels = (*LABELS, None)
    targets = np.full((len(told), len(labels)), np.nan)
    for at, label in enumerate(labels):
        asked = np.array([_asked(line, label) for line in told])
        shown = np.array([label in line.shown if label else bool(line.shown) for line in told])
        targets[asked, at] = shown[asked]
    return fit_totals([line.seen for line in told], targets)


def fit_totals(seen: Sequence[Sequence[str]], targets: np.ndarray, *, rarest: int = _RAREST) -> Screen:
    """Fit a screen to what is seen in texts (n,) and what they show (n, totals): 1, 0, or NaN where it isn't asked."""
    counts = Counter(name for one in seen for name in one)
    vocabulary = sorted(name for name, count in counts.items() if count >= rarest)
    places = {name: place for place, name in enumerate(vocabulary)}
    rarity = np.log((1 + len(seen)) / (1 + np.array([counts[name] for name in vocabulary]))) + 1
    matrix = _matrix(seen, places, rarity)
    worth, base = np.zeros((len(vocabulary), targets.shape[1])), np.zeros(targets.shape[1])
    for at, wanted in enumerate(targets.T):
        asked = ~np.isnan(wanted)
        model = LogisticRegression(C=_STRENGTH, solver="liblinear", max_iter=300, random_state=0)
        model.fit(matrix[asked], wanted[asked] > 0)
        worth[:, at], base[at] = model.coef_[0], model.intercept_[0]
    return Screen(vocabulary, rarity.astype(np.float32), worth.astype(np.float32), base.astype(np.float32))


def _asked(line: Line, label: str | None) -> bool:
    """Whether a sentence says something about a label: what stands beside the evidence may hint at it."""
    if label is None:
        return bool(line.shown) or not line.elsewhere
    return label in SHOWN_IN[line.direction] and label not in line.elsewhere


def _matrix(seen: Sequence[Sequence[str]], places: dict[str, int], rarity: np.ndarray) -> csr_matrix:
    columns = [[places[name] for name in one if name in places] for one in seen]
    starts = np.cumsum([0, *(len(one) for one in columns)])
    flat = np.array([place for one in columns for place in one])
    values = rarity[flat] / np.repeat([np.sqrt((rarity[one] ** 2).sum()) or 1.0 for one in columns], np.diff(starts))
    return csr_matrix((values, flat, starts), shape=(len(seen), len(places)))
