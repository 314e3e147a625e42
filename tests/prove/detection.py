"""What detection promises, measured. Run by `make prove-detection`; takes half an hour.

Cross-validated figures come from the predictions that are kept in the repository; FRONTDOOR_DATA names the folder with
messages of ordinary traffic.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from email.message import EmailMessage
from itertools import chain, cycle
from pathlib import Path
from statistics import median

from detectors.quality import card, share_interval
from detectors.scoring import builtin_policies
from detectors.training.predictions import CORPUS, FOLDER, judged, leaks, read_corpus, read_validation
from service.pipeline.labelled import as_outbound
from tests.bench import analysis
from tests.prove import scores
from tests.prove.figures import ROOT, Figure, Target, prove
from tests.prove.reading import OWN_DOMAIN
from tests.prove.reproduction import trained_again

[POLICY] = (one for one in builtin_policies() if one.name == "balanced")
# By the names of `Scores.shares`.
CROSS_VALIDATED = {
    "any.precision": Target(name="message-level precision", required=0.91, goal=0.95),
    "any.recall": Target(name="message-level recall", required=0.85, goal=0.94),
    "macro_f1": Target(name="macro F1 of the ten labels", required=0.79, goal=0.90),
    "hard_negative_alarms": Target(name="alarms on hard negatives", required=0.10, goal=0.04, is_ceiling=True),
    "evidence_overlap": Target(name="evidence overlap", required=0.90, goal=0.95),
    "evidence_length": Target(name="evidence length, median ratio", required=2.5, goal=1.5, is_ceiling=True),
    "evidence_in_range": Target(name="evidence in range", required=1.0, goal=1.0),
}
MAIL = Target(name="alarms on background_mail", required=60, goal=4, is_ceiling=True, digits=1, unit="per 1,000")
CHAT = Target(name="alarms on background_chat", required=6, goal=0.5, is_ceiling=True, digits=2, unit="per 1,000")
PRESIDIO = Target(name="analysis: times Presidio's rate", required=15, goal=100, digits=1)
TOKENIZER = Target(name="analysis: share of spaCy's bare tokenizer's rate", required=0.2, goal=0.9, digits=2)
MEMORY = Target(name="resident memory at most", required=400, goal=250, is_ceiling=True, digits=0, unit="MB")
LOAD = Target(name="load, first message included", required=2, goal=1, is_ceiling=True, digits=2, unit="s")
LARGE = Target(name="a mail of 10 MB", required=5, goal=2, is_ceiling=True, digits=2, unit="s")
_LARGE_BYTES = 10_000_000
# The ids of messages of ordinary traffic whose alarm is true to a strict reader of the label guide.
_CALLED_TRUE: dict[str, list[str]] = json.loads(Path(__file__).with_name("true_alarms.json").read_text("utf-8"))


def cross_validated(folder: Path = FOLDER, corpus: Path = CORPUS) -> Iterator[Figure]:
    """Score the kept predictions, each by a model that never saw the message's writer."""
    if not (folder / "predictions.jsonl").is_file():
        for target in CROSS_VALIDATED.values():
            yield target.figure(None, note="there are no predictions: make model")
        return
    validation = read_validation(folder, corpus)
    measured = card(judged(validation.tested, POLICY))
    scored = measured.scores
    writers = len({one.labelled.writer for one in validation.predicted})
    left_out = len(validation.predicted) - len(validation.tested)
    note = f"{scored.messages:,} messages of {writers} writers, {left_out:,} left out"
    for name, target in CROSS_VALIDATED.items():
        value, interval = scored.shares[name], measured.intervals[name]
        yield target.figure(value, shown=f"{value:.3f} [{interval.low:.3f}, {interval.high:.3f}]", note=note)
        note = ""
    yield _none("messages without a prediction", scored.missing)
    yield _none("messages with a firm that their model knew", len(leaks(validation)))
    yield Figure(
        name="predictions are of this corpus",
        measured="yes" if validation.is_current else "no",
        required="yes",
        holds=validation.is_current,
    )


def ordinary_traffic() -> Iterator[Figure]:
    """Scan real mail and chat that hardly hold a signal: every alarm counts, none is excused."""
    data = os.environ.get("FRONTDOOR_DATA")
    with tempfile.TemporaryDirectory() as folder:
        for target, name, own in ((MAIL, "background_mail", "enron.com"), (CHAT, "background_chat", OWN_DOMAIN)):
            source = Path(data or folder) / f"{name}.jsonl"
            if not source.is_file():
                yield target.figure(None, note=f"FRONTDOOR_DATA should name a folder with {source.name}")
                continue
            records = [json.loads(line) for line in source.read_text("utf-8").split("\n") if line.strip()]
            written = Path(folder) / source.name
            written.write_text("".join(f"{json.dumps(_addressed(one))}\n" for one in records), "utf-8")
            alarms = [row["id"] for row in scores.scan([written], own_domain=own) if row["alert"]]
            interval = share_interval(len(alarms), len(records))
            true = [one for one in _CALLED_TRUE[name] if one in alarms]
            within = f"{1000 * interval.low:.1f} to {1000 * interval.high:.1f}"
            called = f"a reader calls {len(true)} of them true: {', '.join(true) or 'none'}"
            yield target.figure(
                1000 * len(alarms) / len(records),
                note=f"{len(alarms)} of {len(records):,}; 95 %: {within}; {called}",
            )


def speed_beside_others() -> Iterator[Figure]:
    """Read the same mails as a peer and as a bare tokenizer, on one core: mails of the corpus, and real ones."""
    for kind, rates in analysis.measure().items():
        note = ", ".join(f"{name} {rate:.0f}/s" for name, rate in rates.items() if "/" not in name)
        yield PRESIDIO.figure(rates.get("frontdoor / presidio"), note=f"mails {kind}; {note}")
        yield TOKENIZER.figure(rates.get("frontdoor / spacy tokenizer"), note=f"mails {kind}")


def memory_and_load(*, starts: int = 5) -> Iterator[Figure]:
    """Start afresh and analyse one message that the model is asked about."""
    begun = [_read() for _ in range(starts)]
    if not all(one["findings"] for one in begun):
        yield from (target.figure(None, note="nothing was found: the model was not asked") for target in (MEMORY, LOAD))
        return
    yield MEMORY.figure(max(one["peak"] for one in begun), note=f"the most of {starts} starts")
    busy = median(one["load_busy"] for one in begun)
    yield LOAD.figure(
        median(one["load"] for one in begun), note=f"the median of {starts} starts; processor {busy:.2f} s"
    )


def large_mails() -> Iterator[Figure]:
    """Parse and analyse mails of 10 MB, each in a process of its own: the slowest counts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.eml"
        taken = {}
        for name, mail in _large_mails():
            path.write_bytes(mail)
            taken[name] = _read(path)
        note = ", ".join(
            f"{name} {one['read']:.2f} s (processor {one['read_busy']:.2f} s, {one['peak']:.0f} MB)"
            for name, one in taken.items()
        )
        yield LARGE.figure(max(one["read"] for one in taken.values()), note=note)


def reproduction() -> Iterator[Figure]:
    """Train a fold again."""
    return trained_again(POLICY)


def _none(name: str, count: int) -> Figure:
    return Figure(name=name, measured=str(count), required="0", holds=count == 0)


def _addressed(record: dict[str, object]) -> dict[str, object]:
    return as_outbound(record, f"us@{OWN_DOMAIN}") if "user" in record else record


def _read(*mail: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.prove.reading", *mail]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def _large_mails() -> Iterator[tuple[str, bytes]]:
    """Make mails of the corpus, full of signals, as text and as a table, and one without any sentence's end."""
    lines = chain.from_iterable(one.gold.text.splitlines() for one in cycle(read_corpus()))
    yield "text", _mail("\n".join(_filled(lines)))
    rows = (f"<tr><td>{line}</td></tr>" for line in _filled(lines))
    yield "table", _mail(f"<table>{''.join(rows)}</table>", subtype="html")
    yield "one word", _mail("our budget is 40k " + "x4" * (_LARGE_BYTES // 2))


def _filled(lines: Iterator[str]) -> Iterator[str]:
    size = 0
    while size < _LARGE_BYTES:
        line = next(lines)
        size += len(line) + 1
        yield line


def _mail(content: str, *, subtype: str = "plain") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Jo <jo@{OWN_DOMAIN}>", "Bo <bo@norvik.example>", "Large"
    mail.set_content(content, subtype=subtype, cte="8bit")
    return mail.as_bytes()


if __name__ == "__main__":
    measurements = (cross_validated, ordinary_traffic, speed_beside_others, memory_and_load, large_mails, reproduction)
    sys.exit(prove("detection", measurements))
