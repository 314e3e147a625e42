"""A contestant of the analysis benchmark, from outside: a process that reads mails when it is told to.

`contestants/turns.py` is the other end, and says what the lines between them are.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import IO, Any

FOLDER = Path(__file__).parent / "contestants"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")


class ContestantError(Exception):
    """A contestant ended before its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one turn took: processor seconds of the first reading and of all, their number, and seconds by the clock."""

    first: float
    spent: float
    readings: int
    wall: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """A running process. Every method raises ContestantError, with the last line it wrote, when it has ended."""

    process: subprocess.Popen[str]
    errors: IO[str]

    def version(self) -> str:
        """Wait until it has loaded; to be asked once, before anything else."""
        return self._answer()["ready"]

    def warm_up(self, mails: range, *, seconds: float, at_once: int = 10) -> None:
        """Have mails read for so much processor time, beginning anew after the last."""
        starts = cycle(range(mails.start, mails.stop, at_once))
        while seconds > 0:
            start = next(starts)
            seconds -= self.read(range(start, min(start + at_once, mails.stop)), seconds=0).spent

    def read(self, mails: range, *, seconds: float) -> Turn:
        """Have mails read once, and then again until so much processor time has passed."""
        assert self.process.stdin is not None
        try:
            print(
                json.dumps({"start": mails.start, "stop": mails.stop, "seconds": seconds}),
                file=self.process.stdin,
                flush=True,
            )
        except BrokenPipeError:
            raise self._ended() from None
        return Turn(**self._answer())

    def _answer(self) -> Mapping[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise self._ended()
        return json.loads(line)

    def _ended(self) -> ContestantError:
        self.process.wait()
        self.errors.seek(0)
        lines = self.errors.read().splitlines()
        return ContestantError(lines[-1] if lines else "it ended without a word")


@contextmanager
def started(python: str | Path, script: str, texts: Path) -> Iterator[Contestant]:
    """Run a script of `contestants` by an interpreter, with the texts it is to read, and end it afterwards."""
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as errors,
        subprocess.Popen(
            [python, FOLDER / script, texts],
            env=os.environ | ONE_THREAD,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        try:
            yield Contestant(process=process, errors=errors)
        finally:
            process.kill()
