"""The encoder at run time: word pieces through ONNX, on one thread."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

_LONGEST = 192


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the encoder says of a window.

    `whole` (11,): totals (log-odds) of the ten labels and of any; `pieces` (n, 11): the same for each word piece,
    which stands at `places` (n, start and end) of the text. What is longer than 192 pieces is not read.
    """

    whole: NDArray[np.float32]
    pieces: NDArray[np.float32]
    places: tuple[tuple[int, int], ...]


class Encoder:
    """The early layers, the others and the tokenizer, as bytes of their files."""

    def __init__(self, early: bytes, late: bytes, tokenizer: str) -> None:
        self._files = early, late, tokenizer
        self._early, self._late = _session(early), _session(late)
        self._tokenizer = Tokenizer.from_str(tokenizer)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_LONGEST)

    def read(self, texts: Iterable[str], *, least: float = -math.inf) -> Iterator[Reading | None]:
        """Yield what the network says of each text, in order; None where the early total for any is below `least`."""
        for text in texts:
            # One at a time: read in company, the rounding to bytes would depend on the others.
            encoding = self._tokenizer.encode(text)
            promise, states = self._early.run(None, {"ids": np.asarray(encoding.ids, np.int64)})
            if promise[-1] < least:
                yield None
                continue
            whole, pieces = self._late.run(None, {"states": states})
            yield Reading(whole=whole, pieces=pieces, places=tuple(encoding.offsets))

    def to_disk(self, folder: Path) -> None:
        """Write the network and its tokenizer into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "early.onnx").write_bytes(self._files[0])
        (folder / "late.onnx").write_bytes(self._files[1])
        (folder / "tokenizer.json").write_text(self._files[2], "utf-8")

    @classmethod
    def from_disk(cls, folder: Path) -> "Encoder":
        """Read an encoder that was written."""
        early, late = ((folder / name).read_bytes() for name in ("early.onnx", "late.onnx"))
        return cls(early, late, (folder / "tokenizer.json").read_text("utf-8"))


def _session(network: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # As exact as the rounding to bytes, and a tenth faster.
    options.add_session_config_entry("optimization.enable_gelu_approximation", "1")
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
