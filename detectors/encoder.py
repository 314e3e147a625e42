"""The encoder at run time: word pieces through ONNX, on one thread."""

from collections.abc import Iterator, Sequence
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

    `whole` (11,): totals (log-odds) of the ten labels and of any; `pieces` (n, 11): the same for each word piece, which
    stands at `places` (n, start and end) of the text. What is longer than 192 pieces is not read.
    """

    whole: NDArray[np.float32]
    pieces: NDArray[np.float32]
    places: tuple[tuple[int, int], ...]


class Encoder:
    """The network and its tokenizer, as bytes of their files."""

    def __init__(self, network: bytes, tokenizer: str) -> None:
        self._files = network, tokenizer
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # An arena keeps the largest window's memory for ever.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_str(tokenizer)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_LONGEST)

    def read(self, texts: Sequence[str]) -> Iterator[Reading]:
        """Yield what the network says of each text, in order."""
        for text in texts:
            # One at a time: read in company, the rounding to bytes would depend on the others.
            encoding = self._tokenizer.encode(text)
            ids = np.asarray([encoding.ids], np.int64)
            whole, pieces = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
            yield Reading(whole=whole[0], pieces=pieces[0], places=tuple(encoding.offsets))

    def to_disk(self, folder: Path) -> None:
        """Write the network and its tokenizer into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "network.onnx").write_bytes(self._files[0])
        (folder / "tokenizer.json").write_text(self._files[1], "utf-8")

    @classmethod
    def from_disk(cls, folder: Path) -> "Encoder":
        """Read an encoder that was written."""
        return cls((folder / "network.onnx").read_bytes(), (folder / "tokenizer.json").read_text("utf-8"))
