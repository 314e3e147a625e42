"""The encoder's training: a sentence encoder, fine-tuned to tell the ten signals and their places.

The base model is all-MiniLM-L6-v2 (Apache-2.0), from the package that carries it; see requirements-train.txt. A
window's total for a label is what its mean says and what its most telling word piece says, added; word pieces are
trained on the evidence, so that they can show it. The same is asked of the states after two layers, so that a hopeless
window need not be read to the end (early exit, as in Xin et al., DeeBERT, 2020).
"""

import math
import random
import sys
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from transformers import AutoModel

from detectors.encoder import LONGEST
from detectors.judgement import ANY, LABELS
from detectors.training.corpus import Example

_MASK = 103
_PAD = 0
_BATCH_TOKENS = 3072
_EVIDENCE_SHARE, _EARLY_SHARE = 0.5, 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the encoder is trained; kept in the manifest."""

    first_epochs: int = 3
    epochs: int = 3
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warm_up: float = 0.1
    dropout: float = 0.1
    averaged: float = 0.997
    masked: float = 0.1
    smoothing: float = 0.02
    seed: int = 7
    layers: int = 6
    early: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An example as numbers: word pieces, the labels' targets (NaN: not asked), and each piece's labels."""

    ids: np.ndarray
    targets: np.ndarray
    pieces: np.ndarray


class Head(nn.Module):
    """States (batch, length, width) and their mask to totals of windows (batch, n) and pieces (batch, length, n)."""

    def __init__(self, width: int, totals: int = len(LABELS) + 1) -> None:
        super().__init__()
        self.whole, self.piece = nn.Linear(width, totals), nn.Linear(width, totals)
        nn.init.constant_(self.whole.bias, -1.0)
        nn.init.constant_(self.piece.bias, -2.0)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the totals."""
        shown = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * shown).sum(1) / shown.sum(1)
        pieces = self.piece(states)
        return self.whole(mean) + (pieces - 1e4 * (1 - shown)).amax(1), pieces


class Encoder(nn.Module):
    """Word pieces (batch, length) and their mask to the totals of all layers' head and, of windows alone, of the early.

    The eleventh total is for a signal of any kind.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        super().__init__()
        self.base = AutoModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            attn_implementation="eager",
        )
        self.base.encoder.layer = self.base.encoder.layer[: settings.layers]
        self.base.embeddings.word_embeddings.weight.requires_grad = False
        self.drop = nn.Dropout(settings.dropout)
        self.early = settings.early
        self.last_head, self.early_head = (Head(self.base.config.hidden_size) for _ in range(2))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return the totals of windows and of their pieces, and those of windows after the early layers."""
        told = self.base(input_ids=ids, attention_mask=mask, output_hidden_states=True)
        whole, pieces = self.last_head(self.drop(told.last_hidden_state), mask)
        return whole, pieces, self.early_head(self.drop(told.hidden_states[self.early]), mask)[0]


def base_folder(cache: Path) -> Path:
    """Unpack the base model from its package; returns the folder."""
    folder = cache / "all-MiniLM-L6-v2"
    if not (folder / "model.safetensors").exists():
        with (
            resources.as_file(resources.files("all_minilm_l6_v2") / "model.zip") as packed,
            zipfile.ZipFile(packed) as file,
        ):
            file.extractall(folder)
    return folder


def tokenizer_of(folder: Path) -> Tokenizer:
    """Return the base model's tokenizer, cutting at LONGEST pieces."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return tokenizer


def rows_of(examples: Sequence[Example], tokenizer: Tokenizer) -> list[Row]:
    """Turn examples into numbers."""
    return [_row(one, tokenizer) for one in examples]


def _row(example: Example, tokenizer: Tokenizer) -> Row:
    encoding = tokenizer.encode(example.window.text)
    targets = np.zeros(len(LABELS) + 1, np.float32)
    pieces = np.zeros((len(encoding.ids), len(LABELS) + 1), np.float32)
    for label in example.labels:
        # A signal told elsewhere in the message may be hinted at here: neither right nor wrong.
        targets[LABELS.index(label)] = 1.0 if label in example.evidence else math.nan
    if example.labels:
        targets[ANY] = 1.0 if example.evidence else math.nan
    for label, (start, end) in example.evidence.items():
        for at, (begin, stop) in enumerate(encoding.offsets):
            if begin < end and start < stop:
                pieces[at, [LABELS.index(label), ANY]] = 1.0
    return Row(ids=np.asarray(encoding.ids, np.int64), targets=targets, pieces=pieces)


def _batches(rows: Sequence[Row], chance: random.Random | None = None) -> Iterator[list[int]]:
    """Yield indexes of rows of similar length, so many that a batch holds about _BATCH_TOKENS pieces."""
    order = list(range(len(rows)))
    if chance:
        chance.shuffle(order)
        order.sort(key=lambda one: _padded(len(rows[one].ids)))
    else:
        order.sort(key=lambda one: len(rows[one].ids))
    batches: list[list[int]] = []
    batch: list[int] = []
    for one in order:
        if batch and (len(batch) + 1) * _padded(len(rows[one].ids)) > _BATCH_TOKENS:
            batches.append(batch)
            batch = []
        batch.append(one)
    batches.append(batch)
    if chance:
        chance.shuffle(batches)
    yield from batches


def _padded(length: int) -> int:
    # Few shapes: every new one costs the matrix library the making of a program of its own.
    return -(-length // 32) * 32


def _tensors(rows: Sequence[Row]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    longest = _padded(max(len(row.ids) for row in rows))
    ids = np.full((len(rows), longest), _PAD, np.int64)
    mask = np.zeros((len(rows), longest), np.int64)
    pieces = np.zeros((len(rows), longest, len(LABELS) + 1), np.float32)
    for at, row in enumerate(rows):
        ids[at, : len(row.ids)], mask[at, : len(row.ids)], pieces[at, : len(row.ids)] = row.ids, 1, row.pieces
    targets = np.stack([row.targets for row in rows])
    return torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(targets), torch.from_numpy(pieces)


def train(model: Encoder, rows: Sequence[Row], settings: Settings, epochs: int) -> None:
    """Fine-tune a model on rows; how fast it learns rises and falls once.

    What remains are the moving averages of its weights, which do a little better than the last of them.
    """
    torch.manual_seed(settings.seed)
    chance = random.Random(settings.seed)  # noqa: S311 - repeatable, not secret
    heads = [*model.last_head.parameters(), *model.early_head.parameters()]
    body = [one for one in model.base.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": settings.rate}, {"params": heads, "lr": settings.head_rate}],
        weight_decay=settings.decay,
    )
    averages = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(settings.averaged))
    steps = epochs * sum(1 for _ in _batches(rows))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: rising_and_falling(step, steps, settings.warm_up)
    )
    model.train()
    for epoch in range(epochs):
        begin, total, count = time.perf_counter(), 0.0, 0
        for batch in _batches(rows, chance):
            ids, mask, targets, pieces = _tensors([rows[one] for one in batch])
            ids[torch.rand(ids.shape) < settings.masked] = _MASK
            with torch.autocast("cpu", dtype=torch.bfloat16):
                whole, piece, early = model(ids, mask)
            loss = loss_of_windows(whole, targets, settings) + _EARLY_SHARE * loss_of_windows(early, targets, settings)
            loss += _EVIDENCE_SHARE * loss_of_pieces(piece, pieces, mask, targets)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            averages.update_parameters(model)
            optimizer.zero_grad()
            total, count = total + float(loss.detach()) * len(batch), count + len(batch)
        sys.stderr.write(f"epoch {epoch + 1}: loss {total / count:.4f}, {time.perf_counter() - begin:.0f} s\n")
    model.load_state_dict(averages.module.state_dict())
    model.eval()


def rising_and_falling(step: int, steps: int, warm_up: float) -> float:
    """Return the share of the rate that is learned at in a step: it rises, then falls evenly."""
    rising = step / max(1, int(steps * warm_up))
    return min(rising, max(0.0, (steps - step) / max(1, steps * (1 - warm_up))))


def loss_of_windows(told: torch.Tensor, targets: torch.Tensor, settings: Settings) -> torch.Tensor:
    """Return how far totals of windows are from their targets, those that are asked."""
    asked = ~torch.isnan(targets)
    wanted = torch.where(asked, targets, torch.zeros_like(targets))
    soft = wanted * (1 - 2 * settings.smoothing) + settings.smoothing
    each = nn.functional.binary_cross_entropy_with_logits(told.float(), soft, reduction="none")
    return (each * asked).sum(1).mean()


def loss_of_pieces(told: torch.Tensor, wanted: torch.Tensor, mask: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Return how far totals of word pieces are from what is wanted, of the labels that are asked."""
    shown = (mask.unsqueeze(-1) * ~torch.isnan(targets).unsqueeze(1)).float()
    each = nn.functional.binary_cross_entropy_with_logits(told.float(), wanted, reduction="none")
    return ((each * shown).sum((1, 2)) / mask.sum(1)).mean()


def described(settings: Settings) -> Mapping[str, Any]:
    """Return the settings as they are written down."""
    return {name: getattr(settings, name) for name in settings.__slots__}
