"""How many mails of 200 words are read in a second, on one core: by us, and by what others would use.

Usage: [FRONTDOOR_DATA=DIR] python -m tests.bench.analysis [--rounds 5] [--seconds 2]
Every contestant is a process of its own on the same core. In each round they take turns on the same 50 mails, which
none has seen before, and then go over them again for two seconds. What counts is the first reading. Rates are per
second of processor time, so that other programs on the machine change little; ratios are taken round by round. With
FRONTDOOR_DATA the same is printed for real mail.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from tests.bench.contestant import Contestant, ContestantError, Turn, started
from tests.bench.peers import NoPeersError, peers_python
from tests.bench.texts import Texts, background_texts, corpus_texts, words_of

SCRIPTS = {
    "frontdoor": "frontdoor.py",
    "spacy tokenizer": "spacy_tokenizer.py",
    "presidio": "presidio.py",
    "regex list": "regex_list.py",
}
OURS, PEER = "frontdoor", "presidio"
SLICE = 50
WARM_UP_SECONDS = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Mails a second of processor time, one figure a round; `again` is empty where one reading took all the time.

    `share` is how much of the core there was to be had.
    """

    version: str
    first: tuple[float, ...]
    again: tuple[float, ...]
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of all rounds: the contestants' rates, and why one is missing."""

    rates: Mapping[str, Rates]
    missing: Mapping[str, str]

    @property
    def ratios(self) -> dict[str, tuple[float, ...]]:
        """Our rate divided by each other's, round by round: `frontdoor / presidio` and the like."""
        if OURS not in self.rates:
            return {}
        return {
            f"{OURS} / {name}": tuple(
                ours / theirs for ours, theirs in zip(self.rates[OURS].first, rates.first, strict=True)
            )
            for name, rates in self.rates.items()
            if name != OURS
        }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="the least processor time of a turn")
    arguments = parser.parse_args()
    for kind, texts in kinds_of_texts(arguments.rounds * SLICE).items():
        lengths = [words_of(one) for one in texts.mails]
        print(f"{len(lengths)} mails {kind}, {min(lengths)} to {max(lengths)} words, {mean(lengths):.0f} on average:")
        _print(contest(texts, rounds=arguments.rounds, seconds=arguments.seconds))


def kinds_of_texts(count: int) -> dict[str, Texts]:
    """Return mails made of the corpus, which the model knows, and with FRONTDOOR_DATA real ones."""
    kinds = {"made of the corpus": corpus_texts(count)}
    if data := os.environ.get("FRONTDOOR_DATA"):
        kinds["of real business"] = background_texts(Path(data), count)
    return kinds


def measure(*, rounds: int = 5, seconds: float = 2.0) -> dict[str, dict[str, float]]:
    """Measure on every kind of texts there is; takes about a minute for each.

    Returns for each kind medians over the rounds, of first readings: mails a second of processor time under
    `frontdoor`, `spacy tokenizer`, `presidio` and `regex list`, and ratios under `frontdoor / presidio` and the like.
    What could not run is not among them.
    """
    measured = {}
    for kind, texts in kinds_of_texts(rounds * SLICE).items():
        done = contest(texts, rounds=rounds, seconds=seconds)
        rates = {name: rates.first for name, rates in done.rates.items()}
        measured[kind] = {name: median(values) for name, values in (rates | done.ratios).items()}
    return measured


def contest(texts: Texts, *, rounds: int, seconds: float) -> Outcome:
    """Let all contestants read the same mails in turns, on one core."""
    size = len(texts.mails) // rounds
    records = [*texts.mails, *texts.warming]
    with tempfile.TemporaryDirectory() as folder, _one_core(), ExitStack() as running:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps({"own_domain": texts.own_domain, "records": records}), "utf-8")
        ready, missing = _ready(running, path)
        for contestant, _ in ready.values():
            contestant.warm_up(range(len(texts.mails), len(records)), seconds=WARM_UP_SECONDS)
        turns: dict[str, list[Turn]] = {name: [] for name in ready}
        for start in range(0, size * rounds, size):
            for name, (contestant, _) in ready.items():
                turns[name].append(contestant.read(range(start, start + size), seconds=seconds))
    return Outcome(
        rates={name: _rates(turns[name], size, version) for name, (_, version) in ready.items()}, missing=missing
    )


def _ready(running: ExitStack, texts: Path) -> tuple[dict[str, tuple[Contestant, str]], dict[str, str]]:
    """Start all, one after the other; returns those that run, with their versions, and why others do not."""
    ready: dict[str, tuple[Contestant, str]] = {}
    missing: dict[str, str] = {}
    for name, script in SCRIPTS.items():
        try:
            python = peers_python() if name == PEER else sys.executable
            contestant = running.enter_context(started(python, script, texts))
            ready[name] = contestant, contestant.version()
        except (NoPeersError, ContestantError) as error:
            missing[name] = str(error)
    return ready, missing


@contextmanager
def _one_core() -> Iterator[None]:
    """Keep this process, and what it starts meanwhile, to one core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _rates(turns: Sequence[Turn], size: int, version: str) -> Rates:
    return Rates(
        version=version,
        first=tuple(size / one.first for one in turns),
        again=tuple(size * (one.readings - 1) / (one.spent - one.first) for one in turns if one.readings > 1),
        share=sum(one.spent for one in turns) / sum(one.wall for one in turns),
    )


def _print(done: Outcome) -> None:
    print(f"  {'':<28}{'median':>8}{'in rounds':>18}{'read again':>13}")
    for name, rates in sorted(done.rates.items(), key=lambda one: -median(one[1].first)):
        again = f"{median(rates.again):.0f}" if rates.again else ""
        print(f"  {name:<28}{_spread(rates.first, 0 if min(rates.first) > 100 else 1)}{again:>13}  {rates.version}")
    for name, ratios in done.ratios.items():
        print(f"  {name:<28}{_spread(ratios, 1 if min(ratios) > 10 else 2)}")
    for name, why in done.missing.items():
        print(f"  {name:<28} not measured: {why}")
    share = mean(rates.share for rates in done.rates.values()) if done.rates else 0
    print(f"  mails a second of processor time, one core; {share:.0%} of it was to be had\n", flush=True)


def _spread(values: Sequence[float], digits: int) -> str:
    return f"{median(values):>8.{digits}f}{f'{min(values):.{digits}f} to {max(values):.{digits}f}':>18}"


if __name__ == "__main__":
    main()
