"""The encoder as a file: ONNX, its weights rounded to bytes."""

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn

from detectors.encoder import Encoder as Exported
from detectors.training.encoder import Encoder


def export(model: Encoder, tokenizer: Tokenizer) -> Exported:
    """Return the encoder as it is shipped."""
    model.float().eval()
    ids = torch.randint(1000, 20_000, (1, 24))
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        torch.onnx.export(
            _Plain(model),
            (ids, torch.ones_like(ids)),
            str(whole),
            input_names=["ids", "mask"],
            output_names=["whole", "pieces"],
            dynamic_axes={name: {0: "batch", 1: "length"} for name in ("ids", "mask", "pieces")},
            dynamo=False,
        )
        quantize_dynamic(whole, small, weight_type=QuantType.QInt8, per_channel=True)
        onnx.checker.check_model(onnx.load(str(small)))
        return Exported(small.read_bytes(), tokenizer.to_str())


class _Plain(nn.Module):
    def __init__(self, model: Encoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return what the model does, without names."""
        whole, pieces = self.model(ids, mask)
        return whole, pieces
