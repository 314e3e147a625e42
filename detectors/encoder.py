"""The encoder at run time: word pieces through ONNX, on one thread."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

FILES = ("early.onnx", "late.onnx", "tokenizer.json")
# More word pieces of a window are not read.
LONGEST = 192


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the encoder says of a window.

    `whole` (11,): totals (log-odds) of the ten labels and of any; `pieces` (n, 11): the same for each word piece,
    which stands at `places` (n, start and end) of the text. What is longer than 192 pieces is not read. That of acts
    has four columns.
    """

    whole: NDArray[np.float32]
    pieces: NDArray[np.float32]
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What the early layers say of a window: `promise` (11,) are totals as `Reading.whole` has them, but rough.

    `states` are what the other layers go on from.
    """

    promise: NDArray[np.float32]
    states: NDArray[np.float32]
    places: tuple[tuple[int, int], ...]


class Late:
    """Late layers, which go on from early states, from their file."""

    def __init__(self, network: Path) -> None:
        self._session = _session(network)

    def read(self, glance: Glance) -> Reading:
        """Read to the end what was glanced at."""
        whole, pieces = self._session.run(None, {"states": glance.states})
        return Reading(whole=whole, pieces=pieces, places=glance.places)


class Encoder:
    """The early layers, the others and the tokenizer, from a folder with their files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._early, self._late = _session(folder / FILES[0]), Late(folder / FILES[1])
        self._tokenizer = Tokenizer.from_file(str(folder / FILES[2]))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    # One window at a time: read in company, the rounding to bytes would depend on the others.

    def glance(self, text: str) -> Glance:
        """Read a text as far as the early layers go."""
        encoding = self._tokenizer.encode(text)
        promise, states = self._early.run(None, {"ids": np.asarray(encoding.ids, np.int64)})
        return Glance(promise=promise, states=states, places=tuple(encoding.offsets))

    def read_on(self, glance: Glance) -> Reading:
        """Read to the end what was glanced at."""
        return self._late.read(glance)

    def to_disk(self, folder: Path) -> None:
        """Copy the files into another folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copyfile(self._folder / name, folder / name)


def _session(network: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # As exact as the rounding to bytes, and a tenth faster.
    options.add_session_config_entry("optimization.enable_gelu_approximation", "1")
    return onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
