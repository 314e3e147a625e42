"""Figures: measured, compared with what is required, printed and put on record in docs/proofs.md."""

import os
import platform
import re
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# A line of pytest's summary, up to the reason; a captured log line of level ERROR names no file of ours there.
_UNPASSED = re.compile(r"^(?:FAILED|ERROR) (tests/.+?)(?: - .*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure. `measured` None: it could not be measured, and `note` says why.

    `goal`: what is hoped for beyond what is required, and `reached` whether it came true.
    """

    name: str
    required: str
    measured: str | None
    holds: bool
    note: str = ""
    goal: str = ""
    reached: bool = False

    @property
    def row(self) -> str:
        """The figure as a line of the table."""
        state = "FALLS SHORT" if not self.holds else "holds, goal reached" if self.goal and self.reached else "holds"
        required = f"{self.required}, goal {self.goal}" if self.goal else self.required
        cells = (self.name, self.measured or "not measured", required, state, self.note)
        return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a number must be, at least or at most, and what it should be; `digits` are shown behind the dot."""

    name: str
    required: float
    goal: float
    is_ceiling: bool = False
    digits: int = 3
    unit: str = ""

    def figure(self, value: float | None, *, shown: str = "", note: str = "") -> Figure:
        """Compare a value, which is not rounded for that; None was not measured. `shown` stands for it in the row."""
        return Figure(
            name=self.name,
            measured=None if value is None else f"{shown or f'{value:.{self.digits}f}'} {self.unit}".strip(),
            required=self._limit(self.required),
            holds=value is not None and self._is_met(value, self.required),
            note=note,
            goal=self._limit(self.goal),
            reached=value is not None and self._is_met(value, self.goal),
        )

    def _limit(self, limit: float) -> str:
        return f"{'≤' if self.is_ceiling else '≥'} {limit:g} {self.unit}".strip()

    def _is_met(self, value: float, limit: float) -> bool:
        return value <= limit if self.is_ceiling else value >= limit


HEADER = "| figure | measured | required | | note |\n|---|---|---|---|---|"

Measurement = Callable[[], Iterable[Figure]]


def prove(title: str, measurements: Iterable[Measurement]) -> int:
    """Measure everything, print each figure as it comes, record all; returns the exit status."""
    figures: list[Figure] = []
    print(HEADER, flush=True)
    for measure in measurements:
        try:
            for figure in measure():
                figures.append(figure)
                print(figure.row, flush=True)
        except Exception as error:  # noqa: BLE001 - one measurement that breaks must not hide the others
            traceback.print_exc()
            broken = Figure(
                name=measure.__name__.replace("_", " "),
                required="",
                measured=None,
                holds=False,
                note=f"the measurement broke: {type(error).__name__}",
            )
            figures.append(broken)
            print(broken.row, flush=True)
    _record(title, figures)
    short = [figure.name for figure in figures if not figure.holds]
    print(
        f"{len(figures) - len(short)} of {len(figures)} figures hold"
        + (f"; short: {', '.join(short)}" if short else "")
    )
    return 1 if short else 0


def run_tests(
    name: str, command: Sequence[str], *, cwd: Path, required: str, environment: Mapping[str, str] | None = None
) -> Figure:
    """Run pytest by a command. Where it fails, its output goes to standard error, and the figure names the tests."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr, flush=True)
    closing = next((line for line in reversed(done.stdout.splitlines()) if " in " in line), "no closing line")
    unpassed = dict.fromkeys(_UNPASSED.findall(done.stdout))
    return Figure(
        name=name,
        measured=closing.strip("= "),
        required=required,
        holds=done.returncode == 0,
        note=", ".join(unpassed),
    )


def _record(title: str, figures: list[Figure]) -> None:
    """Replace this title's part of docs/proofs.md."""
    path = ROOT / "docs" / "proofs.md"
    text = path.read_text("utf-8") if path.exists() else "# Proofs\n\nThe last output of each `make prove-…`.\n"
    parts = text.split("\n## ")
    rest = [part for part in parts[1:] if not part.startswith(f"{title}\n")]
    lines = "\n".join(figure.row for figure in figures)
    rest.append(f"{title}\n\n{_circumstances()}\n\n{HEADER}\n{lines}\n")
    path.write_text(
        "\n## ".join([parts[0].rstrip("\n") + "\n", *sorted(part.rstrip("\n") + "\n" for part in rest)]), "utf-8"
    )


def _circumstances() -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    changed = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=no"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit.stdout.strip() or 'none'}"
        f"{' with changes' if changed.stdout.strip() else ''}, "
        f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, {sys.platform}"
    )
