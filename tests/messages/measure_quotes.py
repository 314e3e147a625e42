"""Measures how well the author's own words are told apart.

    FRONTDOOR_DATA=DIR python -m tests.messages.measure_quotes [--show]

Per suite of quoted mail the share of files divided as its expectation says, and over the labelled messages the share of
evidence that lies in new or forwarded text. `--show` names the files that differ.
"""

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from messages import PartKind, clean
from tests.messages.read_by_hand import CRISP, GITHUB, ZAPIER, numbers

_SENT = (PartKind.NEW, PartKind.FORWARD)
_HAND_READ = (
    ("crisp-oss__email-reply-parser", "fixtures", CRISP),
    ("github__email_reply_parser", "emails", GITHUB),
    ("zapier__email-reply-parser", "emails", ZAPIER),
)
_NEVER_READ = {"train_e9.jsonl", "train_e10.jsonl", "train_e11.jsonl"}
_ANNOTATION = re.compile(r"^#(sig|reply)#", re.MULTILINE)


def main() -> int:
    """Print a line per suite and one for the evidence; 1 when a target is missed, 2 without data."""
    if "FRONTDOOR_DATA" not in os.environ:
        print("FRONTDOOR_DATA is not set: not measured")
        return 2
    data = Path(os.environ["FRONTDOOR_DATA"])
    show = "--show" in sys.argv
    fixtures = data / "quote_fixtures"
    reached = _print("discourse, same words as expected", _discourse(fixtures, own_convention=False), 0.0, show=show)
    reached &= _print(
        "discourse, but for sign-offs and inner quotes", _discourse(fixtures, own_convention=True), 0.90, show=show
    )
    for suite, tests, table in _HAND_READ:
        title = f"{suite.partition('__')[0]}, the lines read by hand"
        reached &= _print(title, _by_hand(fixtures / suite / "test" / tests, table), 0.85, show=show)
    reached &= _print("talon and forge, quotes left out", _annotated(fixtures, "reply"), 0.0, show=show)
    reached &= _print(
        "talon and forge, a signature found where there is one", _annotated(fixtures, "sig"), 0.0, show=show
    )
    reached &= _print("talon and forge, none found where there is none", _annotated(fixtures, ""), 0.0, show=show)
    reached &= _print("evidence in new or forwarded text", _evidence(data), 0.995, show=show)
    return 0 if reached else 1


def _print(title: str, outcomes: Iterator[tuple[str, bool]], target: float, *, show: bool) -> bool:
    found = list(outcomes)
    right = sum(ok for _, ok in found)
    share = right / len(found) if found else 0.0
    print(f"{title}: {right} of {len(found)}, {share:.3f}" + (f" (required {target:.3f})" if target else ""))
    if show:
        print("".join(f"  {name}\n" for name, ok in found if not ok), end="")
    return share >= target


def _discourse(fixtures: Path, *, own_convention: bool) -> Iterator[tuple[str, bool]]:
    """Compare with the suite's expected outputs, word by word.

    The suite drops forwards, keeps sign-offs and quotes that an answer follows. By our convention its output is first
    divided as well, so that only where reply and quote part counts; what then is left has to keep a word.
    """
    root = fixtures / "discourse__email_reply_trimmer" / "test"
    for path in sorted((root / "emails").glob("*.txt")):
        expected = _read(root / "trimmed" / path.name)
        text = _read(path)
        got = clean(text).joined(PartKind.NEW).split()
        want = expected.split()
        if own_convention:
            want = clean(expected).joined(PartKind.NEW).split()
        if path.name == "forwarded_message.txt":
            got = clean(text).joined(*_SENT).split()[-len(want) :]
        yield path.name, got == want


def _by_hand(root: Path, table: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """Compare line by line, space aside; whether a lone name or a joke signs off is a matter of taste."""
    for name, wanted in sorted(table.items()):
        text = _read(root / name)
        lines = text.split("\n")
        want = [lines[number - 1].strip() for number in numbers(wanted) if number <= len(lines)]
        got = [line.strip() for line in clean(text).joined(PartKind.NEW).split("\n")]
        yield name, list(filter(None, got)) == list(filter(None, want))


def _annotated(fixtures: Path, tag: str) -> Iterator[tuple[str, bool]]:
    """Compare with the #sig# and #reply# annotations of the lines."""
    roots = [fixtures / "mailgun__forge" / "dataset", fixtures / "mailgun__talon" / "tests/fixtures/signature/emails"]
    for path in sorted(
        one
        for root in roots
        for one in root.rglob("*")
        if one.is_file() and not one.name.endswith(("_sender", "_signature"))
    ):
        annotated = _read(path)
        text = _ANNOTATION.sub("", annotated)
        if tag == "" and "#sig#" not in annotated and path.parent.name == "N":
            yield path.name, not clean(text).of(PartKind.SIGNATURE)
        elif tag == "sig" and "#sig#" in annotated:
            kept = "".join(line for line in annotated.splitlines(keepends=True) if not line.startswith("#"))
            divided = clean(text)
            yield (
                path.name,
                bool(divided.of(PartKind.SIGNATURE))
                and divided.joined(PartKind.NEW).split()[: len(kept.split())] == kept.split(),
            )
        elif tag == "reply" and "#reply#" in annotated:
            quoted = [line.removeprefix("#reply#") for line in annotated.splitlines() if line.startswith("#reply#")]
            new = clean(text).joined(PartKind.NEW)
            yield path.name, not any(line.strip() and line.strip() in new for line in quoted)


def _evidence(data: Path) -> Iterator[tuple[str, bool]]:
    for path in [data / "dev.jsonl", *sorted(data.glob("train_*.jsonl"))]:
        if path.name in _NEVER_READ:
            continue
        with path.open(encoding="utf-8") as records:
            for record in map(json.loads, records):
                chat = record["channel"] == "slack"
                divided = clean(record["text"], subject=record.get("subject", ""), chat=chat)
                sent = [(part.start, part.end) for part in divided.of(*_SENT)]
                for label, quote in (record.get("evidence") or {}).items():
                    yield f"{path.name} {record['id']} {label}", _lies_in(record["text"], quote, sent)


def _lies_in(text: str, quote: str, ranges: list[tuple[int, int]]) -> bool:
    at = text.find(quote)
    while at >= 0:
        if any(start <= at and at + len(quote) <= end for start, end in ranges):
            return True
        at = text.find(quote, at + 1)
    return False


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main())
