"""The encoder as a file: ONNX, its weights rounded to bytes.

What is exported computes the same as the network that was trained, for one text at a time and in fewer steps: no
padding to mask, one matrix for query, key and value, positions and token types added up beforehand. It is cut in two
where the early head stands.

What stands between is rounded at run time, all of a matrix by one scale, so that a few loud neurons coarsen all others.
Those of the inner layers are put together and rounded apart, which takes two fifths of the error away.
"""

import math
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn

from detectors.encoder import FILES, LONGEST
from detectors.training.encoder import Encoder, Head

_LOUD = 32


def export(model: Encoder, tokenizer: Tokenizer, texts: Sequence[str], into: Path) -> None:
    """Write the encoder as it is shipped: the early layers with their head, the others with theirs, the tokenizer.

    `texts` are some that it will be like to read: they tell which neurons are loud.
    """
    model.float().eval()
    ids = torch.randint(1000, 20_000, (24,))
    told = [torch.tensor(one.ids)[None] for one in tokenizer.encode_batch([*texts])]
    orders = _loudest_first(model.base.encoder.layer, lambda: [model(one, torch.ones_like(one)) for one in told])
    early = _Early(model, orders[: model.early])
    late = _Late(model.base.encoder.layer[model.early :], model.last_head, orders[model.early :])
    states = early(ids)[1].detach()
    into.mkdir(parents=True, exist_ok=True)
    paths = [into / name for name in FILES]
    _write(early, ids, "ids", ("promise", "states"), paths[0])
    _write(late, states, "states", ("whole", "pieces"), paths[1])
    paths[2].write_text(tokenizer.to_str(), "utf-8")


def export_late(
    layers: Sequence[Any], head: Head, read: Callable[[], object], states: torch.Tensor, into: Path
) -> None:
    """Write late layers with their head; `read` lets them read texts like those to come, `states` are of any."""
    _write(_Late(layers, head, _loudest_first(layers, read)), states, "states", ("whole", "pieces"), into)


def _loudest_first(layers: Sequence[Any], read: Callable[[], object]) -> list[torch.Tensor]:
    """Return for each layer its inner neurons, in the order of the most that they say when texts are read."""
    heard: list[list[torch.Tensor]] = [[] for _ in layers]
    ears = [
        layer.intermediate.register_forward_hook(lambda _, __, said, one=one: one.append(said.abs().amax((0, 1))))
        for layer, one in zip(layers, heard, strict=True)
    ]
    with torch.no_grad():
        read()
    for ear in ears:
        ear.remove()
    return [torch.stack(one).amax(0).argsort(descending=True) for one in heard]


def _write(network: nn.Module, given: torch.Tensor, name: str, told: Sequence[str], small: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            network,
            (given,),
            str(whole),
            input_names=[name],
            output_names=[*told],
            dynamic_axes={one: {0: "length"} for one in (name, "states", "pieces")},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, small, weight_type=QuantType.QInt8, per_channel=True)
        onnx.checker.check_model(onnx.load(str(small)))


class _Early(nn.Module):
    """Word pieces (length,) to a window's totals (11,) after the early layers, and states (length, width)."""

    def __init__(self, model: Encoder, orders: Sequence[torch.Tensor]) -> None:
        super().__init__()
        embeddings = model.base.embeddings
        self.words, self.norm = embeddings.word_embeddings, embeddings.LayerNorm
        places = embeddings.position_embeddings.weight[:LONGEST] + embeddings.token_type_embeddings.weight[0]
        self.places = nn.Parameter(places.detach())
        self.layers = nn.ModuleList(map(_Layer, model.base.encoder.layer[: model.early], orders))
        self.head = model.early_head

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return what the trained network says of one text."""
        states = self.norm(self.words(ids) + self.places[: ids.shape[0]])
        for layer in self.layers:
            states = layer(states)
        return _totals(self.head, states)[0], states


class _Late(nn.Module):
    """States (length, width) to a window's totals (n,) and those of its pieces (length, n)."""

    def __init__(self, layers: Iterable[Any], head: Head, orders: Sequence[torch.Tensor]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(map(_Layer, layers, orders))
        self.head = head

    def forward(self, states: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return what the trained network says of one text."""
        for layer in self.layers:
            states = layer(states)
        return _totals(self.head, states)


class _Layer(nn.Module):
    def __init__(self, layer: Any, order: torch.Tensor) -> None:
        super().__init__()
        asked = layer.attention.self
        self.heads = asked.num_attention_heads
        shrunk = 1 / math.sqrt(asked.attention_head_size)
        weights = torch.cat([asked.query.weight * shrunk, asked.key.weight, asked.value.weight])
        self.matrix = nn.Parameter(weights.detach().t().contiguous())
        self.bias = nn.Parameter(torch.cat([asked.query.bias * shrunk, asked.key.bias, asked.value.bias]).detach())
        self.heeded, self.norm = layer.attention.output.dense, layer.attention.output.LayerNorm
        self.wider, self.last_norm = layer.intermediate.dense, layer.output.LayerNorm
        self.wider.weight.data, self.wider.bias.data = self.wider.weight[order], self.wider.bias[order]
        narrower = layer.output.dense.weight.detach()[:, order].t().contiguous()
        self.loud, self.quiet = nn.Parameter(narrower[:_LOUD]), nn.Parameter(narrower[_LOUD:])
        self.narrower_bias = layer.output.dense.bias

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """Return the next states (length, width)."""
        length, width = states.shape
        query, key, value = (states @ self.matrix + self.bias).reshape(length, 3, self.heads, -1).permute(1, 2, 0, 3)
        heeded = torch.softmax(query @ key.transpose(1, 2), -1) @ value
        states = self.norm(self.heeded(heeded.permute(1, 0, 2).reshape(length, width)) + states)
        inner = nn.functional.gelu(self.wider(states))
        narrow = inner[:, :_LOUD] @ self.loud + inner[:, _LOUD:] @ self.quiet + self.narrower_bias
        return self.last_norm(narrow + states)


def _totals(head: Head, states: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    pieces = head.piece(states)
    return head.whole(states.mean(0)) + pieces.amax(0), pieces
