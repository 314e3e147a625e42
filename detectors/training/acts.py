"""The training of the encoder of acts: late layers of their own, on the trained model's early states.

Usage: python -m detectors.training.acts (`make acts`), in the environment of `make model`; a few minutes on two cores.
The base model's upper layers are fine-tuned on the windows of acts/*.jsonl, one file for each act and writer: messages
with the words by which they show it, or none. The early layers, which ship already, stay as they are. Confidences are
fitted (Platt, 1999) to what a training on two thirds of the writers says of the others. Which windows need reading at
all a screen of words tells, trained against those of the labelled corpus.
"""

import hashlib
import json
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from transformers import AutoModel

from detectors.actor import FILES, words_of
from detectors.acts import ACTS, Act
from detectors.document import in_every_language
from detectors.encoder import Encoder, Glance
from detectors.features import features
from detectors.finding import Label
from detectors.patterns import as_bytes
from detectors.payment_terms import MAY_BE_TERMS
from detectors.screen import Screen
from detectors.trained import glanced
from detectors.training import corpus
from detectors.training.encoder import (
    Head,
    Settings,
    base_folder,
    loss_of_pieces,
    loss_of_windows,
    rising_and_falling,
)
from detectors.training.export import export_late
from detectors.training.linear import fit_totals
from detectors.windows import setting_of, windows
from messages import Direction

TEXTS = Path(__file__).parent / "acts"
DETECTORS = Path(__file__).resolve().parents[1]
INTO, MODEL = DETECTORS / "acts_model", DETECTORS / "model"
CACHE = DETECTORS.parent / ".cache"
SETTINGS = Settings(epochs=4, averaged=0.985)
# What shows one seldom shows these, so that it teaches them as well; a promise about paying is not asked.
_APART = {
    Act.NEED: (Act.TERMS, Act.PRICE),
    Act.TERMS: (Act.NEED, Act.PRICE),
    Act.PROMISE: (Act.NEED, Act.TERMS),
    Act.PRICE: (Act.NEED, Act.TERMS),
}
_FOLDS = 3
_BATCH_PIECES, _EVIDENCE_SHARE = 1024, 0.5
# Words of fewer windows tell the screen nothing.
_RAREST = 5
# So much of what shows an act may be passed over.
_PASSED_OVER = {Act.NEED: 0.1, Act.TERMS: 0.18, Act.PROMISE: 0.12, Act.PRICE: 0.14}
# Of the labelled corpus; the benchmark measures with others.
_ORDINARY = tuple(f"train_g{number}" for number in range(3, 38))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A window: the act that it was written for, whether it shows that, where in its text, what the early layers see.

    `is_of_paying`: it may be about terms, whatever it was written for.
    """

    act: Act
    writer: str
    shows: bool
    spans: tuple[tuple[int, int], ...]
    words: str
    is_of_paying: bool
    glance: Glance = field(repr=False)


def main() -> None:
    """Train, and write what ships into detectors/acts_model."""
    encoder = Encoder(MODEL / "signals" / "encoder")
    told = list(samples(encoder))
    seen = [(_totals(_train(others), own), own) for own, others in _parted(told)]
    slopes, shifts = _fitted(seen)
    late = _train(told)
    INTO.mkdir(exist_ok=True)
    states = torch.from_numpy(told[0].glance.states)
    export_late(late.layers, late.head, lambda: _totals(late, told), states, INTO / FILES[0])
    screen, limits = _screen(told, list(_ordinary()))
    screen.to_disk(INTO / "screen")
    judged = {"limits": limits, "slopes": slopes, "shifts": shifts}
    (INTO / FILES[1]).write_text(json.dumps(judged, indent=1) + "\n", "utf-8")
    manifest = {"windows": len(told), "cross": _scores(seen), "sha256": {one: _hash(INTO / one) for one in FILES}}
    manifest["texts_sha256"] = {path.name: _hash(path) for path in sorted(TEXTS.glob("*.jsonl"))}
    (INTO / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    sys.stderr.write(f"{json.dumps(manifest['cross'])}\n")


def samples(encoder: Encoder) -> Iterator[Sample]:
    """Yield the windows of all texts; of a message that shows an act, those that it shows in."""
    for path in sorted(TEXTS.glob("*.jsonl")):
        name, _, writer = path.stem.partition("_")
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            yield from _samples(json.loads(line), Act(name), writer, number, encoder)


def _samples(record: Mapping[str, str], act: Act, writer: str, number: int, encoder: Encoder) -> Iterator[Sample]:
    is_internal = act is Act.PRICE and number % 2
    message = {
        "id": "m",
        "channel": "email" if number % 4 else "slack",
        "from": f"a@{corpus.OWN_DOMAIN}",
        "to": [f"b@{corpus.OWN_DOMAIN}" if is_internal else "b@firm.example"],
        "cc": [],
        "subject": "",
        "text": record["text"],
    }
    document = in_every_language(corpus.document_of(message))
    begin = record["text"].find(record["tells"]) if record["tells"] else -1
    end = begin + len(record["tells"])
    for window in windows(setting_of(document), [one.folded for one in document.sentences]):
        held = document.sentences[window.first : window.last]
        spans = tuple(
            (start, start + len(one.folded))
            for one, start in zip(held, window.starts, strict=True)
            if begin >= 0 and one.start < end and begin < one.end
        )
        if spans or begin < 0:
            yield Sample(
                act=act,
                writer=writer,
                shows=begin >= 0,
                spans=spans,
                words=words_of(window),
                is_of_paying=MAY_BE_TERMS.holds(as_bytes(window.text)),
                glance=encoder.glance(window.text),
            )


def _parted(told: Sequence[Sample]) -> Iterator[tuple[list[Sample], list[Sample]]]:
    """Part what a third of the writers wrote from what the others did, for each third."""
    fold = {writer: at % _FOLDS for at, writer in enumerate(sorted({one.writer for one in told}))}
    for part in range(_FOLDS):
        own = [one for one in told if fold[one.writer] == part]
        yield own, [one for one in told if fold[one.writer] != part]


class Late(nn.Module):
    """Early states (batch, length, width) and their mask to the totals of windows and pieces, for each act."""

    def __init__(self) -> None:
        super().__init__()
        base = AutoModel.from_pretrained(
            base_folder(CACHE),
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            attn_implementation="eager",
        )
        self.layers = base.encoder.layer[SETTINGS.early : SETTINGS.layers]
        self.head, self.drop = Head(base.config.hidden_size, len(ACTS)), nn.Dropout(SETTINGS.dropout)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the totals."""
        states, hidden = self.drop(states), (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            told = layer(states, attention_mask=hidden)
            states = told[0] if isinstance(told, tuple) else told
        whole, pieces = self.head(self.drop(states), mask)
        return whole, pieces


def _train(told: Sequence[Sample]) -> Late:
    torch.manual_seed(SETTINGS.seed)
    chance, late = random.Random(SETTINGS.seed), Late()  # noqa: S311 - repeatable, not secret
    optimizer = torch.optim.AdamW(
        [
            {"params": late.layers.parameters(), "lr": SETTINGS.rate},
            {"params": late.head.parameters(), "lr": SETTINGS.head_rate},
        ],
        weight_decay=SETTINGS.decay,
    )
    averages = AveragedModel(late, multi_avg_fn=get_ema_multi_avg_fn(SETTINGS.averaged))
    steps = SETTINGS.epochs * len(_batches(told))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: rising_and_falling(step, steps, SETTINGS.warm_up)
    )
    late.train()
    for epoch in range(SETTINGS.epochs):
        begin, total, batches = time.perf_counter(), 0.0, _batches(told, chance)
        for batch in batches:
            states, mask, targets, pieces = _tensors(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                whole, piece = late(states, mask)
            loss = loss_of_windows(whole, targets, SETTINGS)
            loss = loss + _EVIDENCE_SHARE * loss_of_pieces(piece.float(), pieces, mask, targets)
            loss.backward()
            nn.utils.clip_grad_norm_(late.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            averages.update_parameters(late)
            optimizer.zero_grad()
            total += float(loss.detach())
        sys.stderr.write(f"epoch {epoch + 1}: loss {total / len(batches):.4f}, {time.perf_counter() - begin:.0f} s\n")
    late.load_state_dict(averages.module.state_dict())
    late.float().eval()
    return late


def _batches(told: Sequence[Sample], chance: random.Random | None = None) -> list[list[Sample]]:
    """Put windows of similar length together, so many that a batch holds about _BATCH_PIECES pieces."""
    order = list(told)
    if chance:
        chance.shuffle(order)
    order.sort(key=lambda one: -(-len(one.glance.states) // 16))
    found: list[list[Sample]] = [[]]
    for one in order:
        longest = max(len(each.glance.states) for each in (*found[-1], one))
        if found[-1] and (len(found[-1]) + 1) * longest > _BATCH_PIECES:
            found.append([])
        found[-1].append(one)
    if chance:
        chance.shuffle(found)
    return found


def _tensors(batch: Sequence[Sample]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    states, mask = _side_by_side([one.glance for one in batch])
    targets, pieces = torch.full((len(batch), len(ACTS)), torch.nan), torch.zeros(*mask.shape, len(ACTS))
    for at, one in enumerate(batch):
        column = ACTS.index(one.act)
        targets[
            at, [ACTS.index(other) for other in _APART[one.act] if not (one.is_of_paying and other is Act.TERMS)]
        ] = 0.0
        targets[at, column] = float(one.shows)
        for place, (begin, end) in enumerate(one.glance.places):
            pieces[at, place, column] = float(any(begin < stop and start < end for start, stop in one.spans))
    return states, mask, targets, pieces


def _totals(late: Late, told: Sequence[Sample]) -> NDArray[np.float32]:
    """Return the totals (n, 4) of windows."""
    with torch.no_grad():
        each = [
            late(torch.from_numpy(one.glance.states)[None], torch.ones(1, len(one.glance.states)))[0] for one in told
        ]
    totals: NDArray[np.float32] = torch.cat(each).numpy()
    return totals


Ordinary = Sequence[tuple[str, Sequence[Act]]]
Seen = Sequence[tuple[NDArray[np.float32], Sequence[Sample]]]


def _own(seen: Seen, act: Act) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return the totals of the windows that were written for an act, and whether they show it."""
    each = [
        (totals[at, ACTS.index(act)], one.shows)
        for totals, told in seen
        for at, one in enumerate(told)
        if one.act is act
    ]
    return np.array([total for total, _ in each], np.float32), np.array([shows for _, shows in each])


def _fitted(seen: Seen) -> tuple[dict[str, float], dict[str, float]]:
    models = {}
    for act in ACTS:
        totals, shows = _own(seen, act)
        models[act] = LogisticRegression(C=1e6).fit(totals[:, None], shows)
    slopes = {str(act): round(float(one.coef_[0, 0]), 4) for act, one in models.items()}
    return slopes, {str(act): round(float(one.intercept_[0]), 4) for act, one in models.items()}


def _scores(seen: Seen) -> dict[str, float]:
    """Return how often a window that shows an act has a higher total than one that doesn't, by the other writers."""
    scores = {}
    for act in ACTS:
        totals, shows = _own(seen, act)
        scores[str(act)] = round(float((totals[shows][:, None] > totals[~shows][None]).mean()), 4)
    return scores


def _screen(told: Sequence[Sample], ordinary: Ordinary) -> tuple[Screen, dict[str, float]]:
    """Fit the screen, and its limits by what the other writers teach: windows below are not read."""
    showing = [one for one in told if one.shows]
    screens = [(own, _screen_of(others, ordinary)) for own, others in _parted(showing)]
    limits = {}
    for act in ACTS:
        each = [screen.worded(one.words)[ACTS.index(act)] for own, screen in screens for one in own if one.act is act]
        limits[str(act)] = round(float(np.quantile(each, _PASSED_OVER[act])), 3)
    return _screen_of(showing, ordinary), limits


def _screen_of(showing: Sequence[Sample], ordinary: Ordinary) -> Screen:
    """Fit it to tell what shows an act from ordinary windows; what only looks like one is left to the late layers."""
    targets = np.full((len(showing) + len(ordinary), len(ACTS)), np.nan)
    for row, one in enumerate(showing):
        targets[row, ACTS.index(one.act)] = 1.0
    for row, (_, acts) in enumerate(ordinary, len(showing)):
        targets[row, [ACTS.index(act) for act in acts]] = 0.0
    texts = [*(one.words for one in showing), *(words for words, _ in ordinary)]
    return fit_totals([tuple(dict.fromkeys(features(text, "", ()))) for text in texts], targets, rarest=_RAREST)


def _side_by_side(glances: Sequence[Glance]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return early states (batch, length, width) and their mask."""
    longest, width = max(len(one.states) for one in glances), glances[0].states.shape[1]
    states, mask = torch.zeros(len(glances), longest, width), torch.zeros(len(glances), longest, dtype=torch.long)
    for at, one in enumerate(glances):
        states[at, : len(one.states)], mask[at, : len(one.states)] = torch.from_numpy(one.states), 1
    return states, mask


def _ordinary() -> Iterator[tuple[str, Sequence[Act]]]:
    """Yield the windows of mails outward that the early layers read, and the acts that these do not show."""
    for writer in _ORDINARY:
        for record in corpus.records(writer):
            document = corpus.document_of(record)
            if document.direction is Direction.OUTBOUND:
                acts = [act for act in ACTS if act is not Act.PROMISE or Label.COMMITMENT not in record["labels"]]
                yield from ((words_of(window), acts) for window, _ in glanced(document))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
