"""Run the catalogue over labelled or background files and print how each label and each rule did.

Usage: FRONTDOOR_DATA=DIR python tests/detectors/measure_rules.py [--policy NAME] [--rules] [--errors LABEL] FILE...
FILE names a file of FRONTDOOR_DATA, with or without ".jsonl": train_e1, dev, background_mail.
"""

import argparse
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from detectors.catalogue import analyze
from detectors.context import Context
from detectors.finding import Finding, Label
from detectors.scoring import Policy, assess, builtin_policies
from messages import Channel, Directory, Message, Participant

Record = Mapping[str, Any]


def main() -> None:
    arguments = _arguments()
    policy = next(one for one in builtin_policies() if one.name == arguments.policy)
    context = Context(directory=Directory(own_domains=("ourco.example", *arguments.own_domain)))
    folder = Path(os.environ["FRONTDOOR_DATA"])
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    rules: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for name in arguments.files:
        for record in _records(folder / f"{name.removesuffix('.jsonl')}.jsonl"):
            everything, findings, alert = _judged(record, policy, context)
            _tally(tallies, record, findings, alert=alert)
            for one in everything:
                rules[one.label, one.rule]["right" if one.label in record.get("labels", ()) else "wrong"] += 1
            if arguments.errors:
                _print_errors(record, findings, arguments.errors)
    _print_labels(tallies)
    if arguments.rules:
        _print_rules(rules)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--policy", default="balanced")
    parser.add_argument(
        "--own-domain", action="append", default=[], help="another domain that is ours, for background mail"
    )
    parser.add_argument("--rules", action="store_true", help="print hits and precision of each rule, before any policy")
    parser.add_argument("--errors", default="", help="print misses and false alarms of a label, or of 'any'")
    return parser.parse_args()


def _records(path: Path) -> Iterator[Record]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def _judged(record: Record, policy: Policy, context: Context) -> tuple[tuple[Finding, ...], tuple[Finding, ...], bool]:
    """Analyse a record; background chat, which has no addresses, is taken as written by us to a supplier."""
    if "user" in record:
        record = {**record, "from": "us@ourco.example", "to": ["them@supplier.example"], "channel": "slack"}
    message = Message(
        id=record["id"],
        channel=Channel(record.get("channel", "email")),
        sender=Participant(address=record["from"]),
        to=tuple(Participant(address=one) for one in record.get("to", ())),
        cc=tuple(Participant(address=one) for one in record.get("cc", ())),
        subject=record.get("subject") or "",
        text=record["text"],
    )
    analysis = analyze(message, context)
    for one in analysis.findings:
        text = message.subject if one.part else message.text
        if text[one.start : one.end] != one.quote or not one.quote.strip():
            print(f"{record['id']}: offsets of {one.rule} are wrong")
    assessment = assess(analysis.findings, policy)
    return analysis.findings, assessment.findings, assessment.alert


def _tally(tallies: dict[str, Counter[str]], record: Record, findings: Iterable[Finding], *, alert: bool) -> None:
    wanted = set(record.get("labels", ()))
    found = {one.label for one in findings}
    for label in Label:
        tallies[label][_outcome(wanted=label in wanted, found=label in found)] += 1
    tallies["any"][_outcome(wanted=bool(wanted), found=alert)] += 1
    if not wanted and record.get("near"):
        tallies["hard negative"][_outcome(wanted=False, found=alert)] += 1


def _outcome(*, wanted: bool, found: bool) -> str:
    return ("tp" if found else "fn") if wanted else ("fp" if found else "tn")


def _print_labels(tallies: Mapping[str, Counter[str]]) -> None:
    for label, count in tallies.items():
        found, wanted = count["tp"] + count["fp"], count["tp"] + count["fn"]
        precision, recall = count["tp"] / max(found, 1), count["tp"] / max(wanted, 1)
        rate = 1000 * count["fp"] / max(count.total(), 1)
        print(
            f"{label:14} precision {precision:.3f}  recall {recall:.3f}  n {wanted:4}"
            f"  false alarms {count['fp']:3} ({rate:.1f} per 1,000 of {count.total()})"
        )


def _print_rules(rules: Mapping[tuple[str, str], Counter[str]]) -> None:
    for (label, rule), count in sorted(rules.items()):
        print(f"{label:14} {rule:28} hits {count.total():4}  precision {count['right'] / count.total():.2f}")


def _print_errors(record: Record, findings: Iterable[Finding], label: str) -> None:
    wanted = set(record.get("labels", ()))
    found = {one.label for one in findings}
    for one in sorted(wanted - found):
        if label == one or (label == "any" and not found):
            print(f"MISSED {record['id']} {one}: {record['evidence'][one]!r}")
    for finding in findings:
        if finding.label not in wanted and (label == finding.label or (label == "any" and not wanted)):
            print(f"FALSE  {record['id']} {finding.label} [{finding.rule} {finding.confidence:.2f}]: {finding.quote!r}")


if __name__ == "__main__":
    main()
